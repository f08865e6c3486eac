"""Empty lists to fill in: linli's own header for each kind, with invented example lines."""

from __future__ import annotations

from typing import Final

from linli.domain.sheets.header import label
from linli.domain.sheets.layout import Kind

DOSES_WIDE: Final = tuple(f"dose{number}_{part}" for number in (1, 2) for part in ("on", "product", "lot", "place"))

TEMPLATE_FIELDS: Final[dict[Kind, tuple[str, ...]]] = {
    "areas": ("area_code", "area_name", "area_name_en", "area_kind", "parent_code", "lon", "lat", "outline", "note"),
    "buildings": (
        *("building_code", "building_name", "building_name_en", "building_kind", "address", "area", "floors"),
        *("lon", "lat", "outline", "note"),
    ),
    "doors": ("building", "stair", "door", "household", "area", "floor", "note"),
    "people": (
        *("name", "id_kind", "id_number", "sex", "birth_date", "phone", "area", "building", "stair", "door"),
        *("household", "living_address", "registered_address", "residence_state", "employer"),
        *(*DOSES_WIDE, "note"),
    ),
    "doses": (
        *("name", "id_kind", "id_number", "birth_date", "dose_number", "given_on", "product", "lot", "place"),
        *("supply_ended", "note"),
    ),
    "employers": ("employer", "employer_code", "work_building", "floor", "area", "contact", "phone", "note"),
    "staff": (
        *("name", "id_kind", "id_number", "sex", "birth_date", "phone", "employer", "employer_code"),
        *("work_building", "floor", "note"),
    ),
}

# Invented: no such people, employers or numbers. (Chinese, English); what is not named here stays empty.
EXAMPLE: Final[dict[str, tuple[str, str]]] = {
    "area_code": ("SL-01", "SL-01"),
    "area_name": ("示例居委会", "Example committee"),
    "area_name_en": ("Example committee", "Example committee"),
    "area_kind": ("居委会", "committee"),
    "parent_code": ("SL", "SL"),
    "building_code": ("SL-01-3", "SL-01-3"),
    "building_name": ("示例路1弄3号", "No. 3, Lane 1, Example Road"),
    "building_name_en": ("No. 3, Lane 1, Example Road", "No. 3, Lane 1, Example Road"),
    "building_kind": ("住宅", "residential"),
    "address": ("示例路1弄3号", "No. 3, Lane 1, Example Road"),
    "building": ("示例路1弄3号", "No. 3, Lane 1, Example Road"),
    "area": ("示例居委会", "Example committee"),
    "floors": ("6", "6"),
    "lon": ("121.4600", "121.4600"),
    "lat": ("31.2350", "31.2350"),
    "outline": ("POLYGON((121.46 31.235, 121.461 31.235, 121.461 31.236, 121.46 31.235))",) * 2,
    "stair": ("1", "1"),
    "door": ("301", "301"),
    "household": ("SL-01-3-301", "SL-01-3-301"),
    "name": ("张示例", "Example Zhang"),
    "id_kind": ("身份证", "Resident ID"),
    "id_number": ("310106198001019999", "310106198001019999"),
    "sex": ("男", "M"),
    "birth_date": ("1980-01-01", "1980-01-01"),
    "phone": ("13800000000", "13800000000"),
    "living_address": ("示例路1弄3号301室", "Room 301, No. 3, Lane 1, Example Road"),
    "registered_address": ("示例路1弄3号301室", "Room 301, No. 3, Lane 1, Example Road"),
    "residence_state": ("人户一致", "both"),
    "employer": ("示例有限公司", "Example Co., Ltd."),
    "work_building": ("示例大厦", "Example Tower"),
    "floor": ("12", "12"),
    "contact": ("李示例", "Example Li"),
    "dose_number": ("1", "1"),
    "given_on": ("2021-05-06", "2021-05-06"),
    "product": ("BIBP", "BIBP"),
    "supply_ended": ("否", "no"),
    "lot": ("202104001", "202104001"),
    "place": ("示例接种点", "Example site"),
    "dose1_on": ("2021-05-06", "2021-05-06"),
    "dose1_product": ("BIBP", "BIBP"),
    "note": ("示例，导入时跳过", "Example: skipped when the list is loaded"),
}


def template(kind: Kind, language: str) -> list[tuple[str, ...]]:
    """A header and an example line for a list of this kind; `language` begins with zh for Chinese, else English.

    The example line is marked in its note column, and `parse` leaves it out.
    """
    fields = TEMPLATE_FIELDS[kind]
    column = 0 if language.startswith("zh") else 1
    example = tuple(EXAMPLE[field][column] if field in EXAMPLE else "" for field in fields)
    return [tuple(label(field, language) for field in fields), example]
