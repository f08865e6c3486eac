"""What FHIR, its code systems and the guide for immunisation forecasts call things.

SNOMED CT codes are those of the guide's value set of target diseases, and of SNOMED CT's own for what it lacks; CVX
codes of vaccine groups are the unspecified formulations by which CDC's CVX list names a group.
"""

from __future__ import annotations

from linli.domain.eligibility.chart import SeriesStatus
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.reasons import Code

GUIDE = "http://hl7.org/fhir/us/immds"
CVX = "http://hl7.org/fhir/sid/cvx"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
DOSE_STATUS = "http://terminology.hl7.org/CodeSystem/immunization-evaluation-dose-status"
FORECAST_STATUS = "http://terminology.hl7.org/CodeSystem/immunization-recommendation-status"
GUIDE_STATUS = f"{GUIDE}/CodeSystem/ForecastStatus"
GUIDE_REASON = f"{GUIDE}/CodeSystem/ForecastReason"
GUIDE_DOSE_REASON = f"{GUIDE}/CodeSystem/StatusReason"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
OUR_REASON = "urn:linli:reason"
"""Codes of `REASONS`, as docs/contracts.md lists them."""
OUR_STATUS = "urn:linli:forecast-status"
OUR_DOSE_STATUS = "urn:linli:dose-status"
CDSI = "urn:linli:cdsi-observation"
"""CDSi's own codes of observations, such as 007, have no address of CDC's."""

BEGAN: dict[str, str] = {"007": "170", "004": "171"}
"""CDSi's observations of a state (pregnant, stem cell transplant), and of the day it began, which it counts from."""

SYSTEMS: dict[str, str] = {
    CVX: "CVX",
    "urn:oid:2.16.840.1.113883.12.292": "CVX",
    SNOMED: "SNOMED",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMED",
    "https://phinvads.cdc.gov": "CDCPHINVS",
    "http://phinvads.cdc.gov": "CDCPHINVS",
    "urn:oid:2.16.840.1.114222.4.5.274": "CDCPHINVS",
    CDSI: "CDSI",
    "": "CDSI",
}
"""Code systems by their addresses, as CDC's supporting data names them; a code without one is taken for CDSi's own."""
MVX = ("http://hl7.org/fhir/sid/mvx", "urn:oid:2.16.840.1.113883.12.227")

DATES = (
    ("recommended", "30980-7", "Date vaccine due"),
    ("past_due", "59778-1", "Date when overdue for immunization"),
    ("latest", "59777-3", "Latest date to give immunization"),
    ("earliest", "30981-5", "Earliest date to give"),
)
"""Fields of a forecast with the LOINC codes of the guide's example, in its order."""

DISEASES: dict[str, tuple[str, str]] = {
    "COVID-19": ("186747009", "Coronavirus infection"),
    "covid-19-cn-2021": ("186747009", "Coronavirus infection"),
    "Cholera": ("63650001", "Cholera"),
    "Dengue": ("38362002", "Dengue"),
    "Diphtheria": ("397430003", "Diphtheria"),
    "Ebola": ("37109004", "Ebola virus disease"),
    "HPV": ("240532009", "Human papillomavirus infection"),
    "HepA": ("40468003", "Viral hepatitis, type A"),
    "HepB": ("66071002", "Type B viral hepatitis"),
    "Hib": ("709410003", "Haemophilus influenzae type b infection"),
    "Influenza": ("719590007", "Influenza caused by seasonal influenza virus"),
    "Japanese Encephalitis": ("52947006", "Japanese encephalitis virus disease"),
    "Measles": ("14189004", "Measles"),
    "Meningococcal": ("23511006", "Meningococcal infectious disease"),
    "Meningococcal B": ("23511006", "Meningococcal infectious disease"),
    "Mumps": ("36989005", "Mumps"),
    "Orthopoxvirus": ("67924001", "Smallpox"),
    "Pertussis": ("27836007", "Pertussis"),
    "Pneumococcal": ("16814004", "Pneumococcal infectious disease"),
    "Polio": ("721764008", "Infection caused by Human poliovirus"),
    "RSV": ("55735004", "Respiratory syncytial virus infection"),
    "Rabies": ("14168008", "Rabies"),
    "Rotavirus": ("415822001", "Viral gastroenteritis caused by Rotavirus"),
    "Rubella": ("36653000", "Rubella"),
    "TBE": ("712986001", "Tickborne encephalitis"),
    "Tetanus": ("76902006", "Tetanus"),
    "Typhoid": ("4834000", "Typhoid fever"),
    "Varicella": ("38907003", "Varicella"),
    "Yellow Fever": ("16541001", "Yellow fever"),
    "Zoster": ("4740000", "Herpes zoster"),
}
"""What each antigen protects against; chikungunya has its name alone."""

GROUPS: dict[str, str] = {
    "COVID-19": "213",
    "Cholera": "26",
    "DTaP/Tdap/Td": "107",
    "Dengue": "330",
    "Ebola": "214",
    "HPV": "137",
    "HepA": "85",
    "HepB": "45",
    "Hib": "17",
    "Influenza": "88",
    "Japanese Encephalitis": "129",
    "MMR": "03",
    "Meningococcal": "108",
    "Meningococcal B": "164",
    "Orthopoxvirus": "325",
    "Pneumococcal": "152",
    "Polio": "89",
    "RSV": "304",
    "Rabies": "90",
    "Rotavirus": "122",
    "TBE": "222",
    "Typhoid": "91",
    "Varicella": "21",
    "Yellow Fever": "184",
    "Zoster": "188",
    "covid-19-cn-2021": "213",
}

STATUSES: dict[SeriesStatus, tuple[str, str]] = {
    SeriesStatus.NOT_COMPLETE: ("notComplete", "Not Complete"),
    SeriesStatus.COMPLETE: ("complete", "Complete"),
    SeriesStatus.IMMUNE: ("immune", "Immune"),
    SeriesStatus.CONTRAINDICATED: ("contraindicated", "Contraindicated"),
    SeriesStatus.NOT_RECOMMENDED: ("notRecommended", "Not Recommended"),
    SeriesStatus.AGED_OUT: ("agedOut", "Aged Out"),
}
"""CDSi's statuses as the guide codes them."""

FORECAST_REASONS: dict[Code, tuple[str, str]] = {
    Code.COMPLETE: ("complete", "Complete"),
    Code.NOT_RECOMMENDED: ("notRecommended", "Not Recommended"),
    Code.SEASON_OVER: ("seasonalPast", "Seasonal End Date Passed"),
    Code.AGED_OUT: ("maximumAge", "Maximum Age Exceeded"),
}

DOSE_STATUSES: dict[DoseStatus, tuple[str, str]] = {
    DoseStatus.NOT_VALID: ("notvalid", "Not Valid"),
    DoseStatus.EXTRANEOUS: ("extraneous", "Extraneous"),
    DoseStatus.SUBSTANDARD: ("substandard", "Sub-standard"),
}
"""CDSi's statuses of a dose that does not count; FHIR has one word for all of them."""

NOT_EVALUATED = ("notevaluated", "Not Evaluated")
DOSE_REASONS: dict[Code, tuple[str, str]] = {
    Code.TOO_YOUNG: ("tooyoung", "Patient Too Young"),
    Code.TOO_OLD: ("tooold", "Patient Too Old"),
    Code.NOT_ALLOWED: ("inappropriate", "Inappropriate Vaccine"),
    Code.INADVERTENT: ("inappropriate", "Inappropriate Vaccine"),
    Code.OTHER_PLATFORM: ("inappropriate", "Inappropriate Vaccine"),
    Code.TOO_CLOSE: ("toosoon", "Administered Too Soon"),
    Code.SAME_DAY: ("toosoon", "Administered Too Soon"),
    Code.LIVE_CONFLICT: ("productconflict", "Product Conflict"),
}
SUBSTANDARD_REASONS: dict[str, tuple[str, str]] = {
    "partialdose": ("quantity", "Insufficient Quantity"),
    "partial": ("quantity", "Insufficient Quantity"),
    "coldchainbreak": ("storage", "Adverse Storage Conditions"),
    "adversestorage": ("storage", "Adverse Storage Conditions"),
    "recall": ("recall", "Recalled Product"),
    "expired": ("expired", "Past Expiration Date"),
}
"""Why a dose was bad, by FHIR's code of the reason that the record gives."""
