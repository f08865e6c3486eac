"""A small invented schedule in CDC's XML schema: diseases and vaccines that do not exist, one for every kind of rule.

Vaccines 901 and 902 are against Redpox (902 only by way of exception), 903 is never right for its first dose; 911 and
912 are live and disturb each other; 921 holds Twin A and Twin B, 922 Twin A alone; 931 is for each winter; 941 and 942
are two products against Bluepox, 943 counts for either; 951 is for those at risk; 961 is against Greypox, which 962
holds only from ten years of age on.
"""

from __future__ import annotations

from functools import cache
from xml.sax.saxutils import escape

from linli.domain.eligibility import Schedule
from linli.domain.eligibility.supporting_data import read_supporting_data


def tag(name: str, /, *inside: str, **fields: str) -> str:
    body = "".join(inside) + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in fields.items())
    return f"<{name}>{body}</{name}>"


def age(absolute: str = "", minimum: str = "", best: str = "", latest: str = "", oldest: str = "", **dates: str) -> str:
    return tag(
        "age", absMinAge=absolute, minAge=minimum, earliestRecAge=best, latestRecAge=latest, maxAge=oldest, **dates
    )


def interval(
    absolute: str, minimum: str, best: str = "", latest: str = "", *, name: str = "interval", priority: str = "",
    target: str = "", recent: str = "", observation: str = "", **dates: str,
) -> str:  # fmt: skip
    since = "N" if target or recent or observation else "Y"
    return tag(
        name,
        tag("fromRelevantObs", code=observation) if observation else "",
        fromPrevious=since,
        fromTargetDose=target,
        fromMostRecent=recent,
        absMinInt=absolute,
        minInt=minimum,
        earliestRecInt=best,
        latestRecInt=latest,
        intervalPriority=priority,
        **dates,
    )


def use(cvx: str, begin: str = "", end: str = "", *, kind: str = "preferableVaccine", flag: str = "Y") -> str:
    return tag(kind, cvx=cvx, beginAge=begin, endAge=end, forecastVaccineType=flag)


def condition(kind: str, **fields: str) -> str:
    return tag("condition", conditionType=kind, **fields)


def skip(context: str, *sets: str, logic: str = "n/a") -> str:
    return tag("conditionalSkip", f"<context>{context}</context><setLogic>{logic}</setLogic>", *sets)


def one_set(*conditions: str, logic: str = "", **dates: str) -> str:
    head = f"<conditionLogic>{logic}</conditionLogic>"
    return tag("set", head, *conditions, **dates)


def dose(number: int, *parts: str, recurring: str = "No", season: tuple[str, str] | None = None) -> str:
    winter = tag("seasonalRecommendation", startDate=season[0], endDate=season[1]) if season else ""
    return tag("seriesDose", f"<doseNumber>Dose {number}</doseNumber>", *parts, winter, recurringDose=recurring)


def series(
    name: str, antigen: str, *doses: str, kind: str = "Standard", group: str = "1", equivalent: str = "",
    default: str = "No", product: str = "No", preference: str = "1", priority: str = "A", start: str = "",
    stop: str = "", gender: str = "", indications: tuple[tuple[str, str, str], ...] = (),
) -> str:  # fmt: skip
    select = tag(
        "selectSeries",
        defaultSeries=default,
        productPath=product,
        seriesGroupName=f"Group {group}",
        seriesGroup=group,
        seriesPriority=priority,
        seriesPreference=preference,
        minAgeToStart=start,
        maxAgeToStart=stop,
    )
    named = [
        tag("indication", tag("observationCode", text=f"Observation {code}", code=code), beginAge=begin, endAge=end)
        for code, begin, end in indications
    ]
    head = tag("x", seriesName=name, targetDisease=antigen, vaccineGroup=antigen, seriesType=kind)[3:-4]
    return tag(
        "series", head, f"<equivalentSeriesGroups>{equivalent}</equivalentSeriesGroups>",
        f"<requiredGender>{gender}</requiredGender>", select, *named, *doses,
    )  # fmt: skip


def antigen(*inside: str, immunity: str = "", contraindications: str = "") -> bytes:
    text = tag("immunity", immunity) + tag("contraindications", contraindications) + "".join(inside)
    return f'<?xml version="1.0" encoding="UTF-8"?>{tag("antigenSupportingData", text)}'.encode()


REDPOX = antigen(
    series(
        "Redpox 3 doses", "Redpox",
        dose(1, age("6 weeks - 4 days", "6 weeks", "2 months", "3 months + 4 weeks"),
             use("901", "6 weeks", "5 years"), use("902", "0 days", kind="allowableVaccine"),
             tag("inadvertentVaccine", cvx="903")),
        dose(2, age("10 weeks - 4 days", "10 weeks", "4 months"),
             interval("4 weeks - 4 days", "4 weeks", "8 weeks", "13 weeks"), use("901", "", "5 years"),
             use("902", kind="allowableVaccine"), tag("inadvertentVaccine", cvx="903"),
             skip("Both", one_set(condition("Age", beginAge="12 months"), condition(
                 "Vaccine Count by Age", beginAge="12 months - 4 days", doseCount="0", doseType="Valid",
                 doseCountLogic="greater than", vaccineTypes="901;902"), logic="AND"))),
        dose(3, age(oldest="5 years"), interval("8 weeks - 4 days", "8 weeks", "6 months", "13 months"),
             interval("16 weeks - 4 days", "16 weeks", target="1"),
             interval("12 weeks", "", target="1", name="allowableInterval"), use("901", "", "5 years"),
             skip("Forecast", one_set(condition("Interval", interval="3 years")))),
        default="Yes", equivalent="2", stop="12 months",
    ),
    series("Redpox late start", "Redpox",
           dose(1, age("12 months - 4 days", "12 months", "12 months"), use("901", "", "5 years")),
           equivalent="2", preference="2"),
    series("Redpox at risk", "Redpox",
           dose(1, age("2 years", "2 years", "2 years"), use("901"), use("951")),
           dose(2, interval("3 years - 4 days", "3 years", "3 years", "4 years"), use("951"), recurring="Yes"),
           kind="Risk", group="2", equivalent="1", indications=(("101", "2 years", "60 years"),)),
    series("Redpox soon", "Redpox",
           dose(1, age("2 years", "2 years"), interval("", "2 months", observation="102"), use("951")),
           kind="Risk", group="2", priority="B", indications=(("102", "", ""), ("101", "2 years", "60 years"))),
    immunity=tag("clinicalHistory", guidelineCode="301")
    + tag("dateOfBirth", tag("exclusion", exclusionCode="302"), immunityBirthDate="01/01/1950", birthCountry=""),
    contraindications=tag("vaccineGroup", tag("contraindication", observationCode="201", beginAge="", endAge="2 years"))
    + tag("vaccine", tag("contraindication", tag("contraindicatedVaccine", cvx="901", beginAge="", endAge=""),
                         observationCode="202")),
)  # fmt: skip
LIVE = {
    name: antigen(
        series(f"{name} 2 doses", name, dose(1, age("12 months - 4 days", "12 months", "12 months"), use(cvx)),
               dose(2, interval("4 weeks - 4 days", "4 weeks", "3 months"), use(cvx)), default="Yes"))
    for name, cvx in (("Live one", "911"), ("Live two", "912"))
}  # fmt: skip
TWINS = {
    name: antigen(
        series(f"{name} 2 doses", name,
               dose(1, age("6 weeks", "6 weeks", best, "1 year"), *(use(cvx) for cvx in cvxs)),
               dose(2, interval("4 weeks", least, wait, "1 year", priority=priority),
                    *(use(cvx) for cvx in cvxs)), default="Yes"))
    for name, best, least, wait, priority, cvxs in (
        ("Twin A", "2 months", "4 weeks", "8 weeks", "", ("921", "922")),
        ("Twin B", "3 months", "6 weeks", "12 weeks", "override", ("921",)),
    )
}  # fmt: skip
WINTERPOX = antigen(
    series("Winterpox", "Winterpox",
           dose(1, age("6 months", "6 months", "6 months"), interval("4 weeks", "4 weeks", "4 weeks"), use("931"),
                skip("Both", one_set(condition("Age", beginAge="9 years")), one_set(condition(
                    "Vaccine Count by Date", endDate="20250701", doseCount="1", doseType="Total",
                    doseCountLogic="greater than")), logic="OR"), season=("20250901", "20260331")),
           dose(2, age("6 months", "6 months"), interval("4 weeks", "4 weeks"), use("931"), recurring="Yes",
                season=("20250901", "20260331")), default="Yes"),
)  # fmt: skip
BLUEPOX = antigen(
    *(series(f"Bluepox {cvx}", "Bluepox",
             dose(1, age("18 years - 4 days", "18 years", "18 years"), use(cvx), use("943", kind="allowableVaccine")),
             dose(2, interval("4 weeks - 4 days", "4 weeks", "4 weeks", "8 weeks"), use(cvx),
                  use("943", kind="allowableVaccine")),
             *extra, product=product, preference=preference)
      for cvx, product, preference, extra in (
          ("941", "Yes", "1", ()),
          ("942", "Yes", "2", ()),
          ("943", "No", "3", (dose(3, interval("8 weeks", "8 weeks"), use("943"), use("941"), use("942")),)),
      )),
    series("Bluepox of women", "Bluepox", dose(1, age("18 years", "18 years"), use("941")), gender="Female",
           group="2", start="50 years", default="Yes"),
    series("Bluepox abroad", "Bluepox", dose(1, age("18 years"), use("944")), kind="Evaluation Only", group="3"),
)  # fmt: skip
GREYPOX = antigen(
    series("Greypox", "Greypox",
           dose(1, age("1 year", "1 year", effectiveDate="20200101"), age("2 years", "2 years",
                cessationDate="20191231"), use("961"), use("962")),
           dose(2, interval("8 weeks", "8 weeks", recent="911; 961", effectiveDate="20200101"), use("961"),
                skip("Evaluation", one_set(condition("Completed Series", seriesGroups="2")))),
           default="Yes"),
    series("Greypox once", "Greypox", dose(1, age("40 years", "40 years"), use("962")), group="2"),
)  # fmt: skip


def schedule_file() -> bytes:
    """Which vaccine holds which antigen, the groups, the vaccines in conflict, and the observations."""
    holds = {
        "901": ["Redpox"], "902": ["Redpox"], "903": ["Redpox"], "951": ["Redpox"], "911": ["Live one"],
        "912": ["Live two"], "921": ["Twin A", "Twin B"], "922": ["Twin A"], "931": ["Winterpox"],
        "941": ["Bluepox"], "942": ["Bluepox"], "943": ["Bluepox"], "944": ["Bluepox"], "961": ["Greypox"],
        "962": ["Greypox"],
    }  # fmt: skip
    old = "10 years"
    cvx_map = "".join(
        tag("cvxMap", *(tag("association", antigen=name, associationBeginAge=old if cvx == "962" else "")
                        for name in names), cvx=cvx, shortDescription=f"Vaccine {cvx}")
        for cvx, names in holds.items()
    )  # fmt: skip
    groups = {"Redpox": ["Redpox"], "Live one": ["Live one"], "Live two": ["Live two"], "Twins": ["Twin A", "Twin B"],
              "Winterpox": ["Winterpox"], "Bluepox": ["Bluepox"], "Greypox": ["Greypox"]}  # fmt: skip
    conflicts = "".join(
        tag("liveVirusConflict", tag("previous", cvx=one), tag("current", cvx=other), conflictBeginInterval="1 day",
            minConflictEndInterval="24 days", conflictEndInterval="28 days")
        for one in ("911", "912") for other in ("911", "912")
    )  # fmt: skip
    body = (
        tag("liveVirusConflicts", conflicts)
        + tag("vaccineGroups", tag("vaccineGroup", name="Twins", administerFullVaccineGroup="Yes"))
        + tag("vaccineGroupToAntigenMap", *(
            tag("vaccineGroupMap", f"<name>{name}</name>", *(f"<antigen>{one}</antigen>" for one in antigens))
            for name, antigens in groups.items()))
        + tag("cvxToAntigenMap", cvx_map)
        + tag("observations", *(
            tag("observation", tag("codedValues", tag("codedValue", code=f"S{code}", codeSystem="SNOMED")),
                observationCode=code, observationTitle=f"Observation {code}")
            for code in ("101", "102", "201", "202", "301", "302")))
    )  # fmt: skip
    return tag("scheduleSupportingData", body).encode()


def files() -> dict[str, bytes]:
    """The invented schedule as a folder of files."""
    antigens = {"Redpox": REDPOX, **LIVE, **TWINS, "Winterpox": WINTERPOX, "Bluepox": BLUEPOX, "Greypox": GREYPOX}
    return {"schedule.xml": schedule_file()} | {f"antigen-{name}.xml": data for name, data in antigens.items()}


@cache
def invented_schedule() -> Schedule:
    """The invented schedule, read from its files."""
    read = read_supporting_data(files())
    assert read.problems == ()
    return read.schedule
