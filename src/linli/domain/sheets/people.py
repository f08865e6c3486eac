"""Lists of people: who they are, where they live and work, and their doses where the list has them."""

from __future__ import annotations

from datetime import date
from typing import Final

from linli.domain.identity import Document, IdentityError, document_kind, read_document
from linli.domain.identity.document import OTHER, RESIDENCE_PERMIT, RESIDENT_ID
from linli.domain.sheets.cells import Cells, is_formula
from linli.domain.sheets.doses import Products, one_dose, wide_doses
from linli.domain.sheets.rows import PersonRow
from linli.domain.sheets.workplaces import credit_code

OLDEST: Final = 120
SEXES: Final[dict[str, str]] = {
    **dict.fromkeys(("男", "男性", "m", "male", "man", "1"), "M"),
    **dict.fromkeys(("女", "女性", "f", "female", "woman", "2"), "F"),
    **dict.fromkeys(("未知", "未说明", "unknown", "other", "其他", "0", "9"), ""),
}
# (lives here, is registered here); None where the word does not say.
RESIDENCE_WORDS: Final[dict[tuple[bool | None, bool | None], str]] = {
    (True, True): (
        "both 人户一致 户在人在 人在户在 一致 户人一致 常住户籍 本地户籍常住 "
        "livesandregisteredhere livinghereandregisteredhere"
    ),
    (True, False): (
        "living_here livinghere 人在户不在 人户分离(人在) 外来 外来人口 流动人口 来沪人员 来沪 租客 租户 租住 租赁 "
        "非户籍 非户籍人口 外地 境外人员 外籍 "
        "liveshere livesonlyhere liveshereonly livinghereonly tenant notregisteredhere"
    ),
    (False, True): (
        "registered_here registeredhere 户在人不在 人户分离(户在) 空挂 空挂户 挂户 空户 "
        "registeredonlyhere registeredhereonly registeredonly"
    ),
    (False, False): "neither 人户均不在 人户不在 人户都不在 已搬离 搬离 迁出 已迁出 movedaway moved left",
    (None, True): "户籍 户籍人口 本地户籍 本地 本市户籍 沪籍",
    (True, None): "常住 常住人口 实有人口 居住 居民 resident",
}
RESIDENCE: Final = {word: flags for flags, words in RESIDENCE_WORDS.items() for word in words.split()}


def person(cells: Cells, products: Products) -> PersonRow:
    """One line of a people, staff or doses list."""
    kind = cells.layout.kind
    name = cells.name() if kind != "doses" or "name" in cells.index else ""
    number = cells.needed("id_number") if kind == "doses" else cells.text("id_number")
    document = _document(cells, number)
    birth_date = birth_of(cells, document)
    if kind == "people" and not number and not cells.text("birth_date"):
        cells.report(
            "id_number" if "id_number" in cells.index else "birth_date", "missing", needed="id_number|birth_date"
        )
    employer, employer_code = cells.text("employer"), credit_code(cells, severity="warning")
    if kind == "staff" and not (employer or employer_code):
        cells.report("employer", "missing", needed="employer")
    living_here, registered_here = _residence(cells)
    text = cells.text
    return PersonRow(
        line=cells.line,
        name=name,
        birth_date=birth_date,
        sex=_sex(cells, document),
        document=document,
        phone=cells.phone(),
        area=text("area"),
        building=text("building"),
        stair=text("stair"),
        door=text("door"),
        household=text("household"),
        living_address=text("living_address"),
        registered_address=text("registered_address"),
        living_here=living_here,
        registered_here=registered_here,
        employer=employer,
        employer_code=employer_code,
        work_building=text("work_building"),
        floor=text("floor"),
        note=text("note"),
        doses=one_dose(cells, products, birth_date) if kind == "doses" else wide_doses(cells, products, birth_date),
    )


def _document(cells: Cells, number: str) -> Document | None:
    if not number or is_formula(number):
        return None
    words = cells.text("id_kind")
    kind = document_kind(words) if words else ""
    if words and not kind:
        cells.report("id_kind", "unknown_document_kind", severity="warning")
        kind = OTHER
    try:
        document = read_document(number, kind=kind)
    except IdentityError as refused:
        cells.refuse("id_number", refused)
        return None
    if kind and document.kind != kind and {kind, document.kind} != {RESIDENT_ID, RESIDENCE_PERMIT}:
        cells.report("id_kind", "document_kind_differs", severity="warning", kind=document.kind)
    return document


def birth_of(cells: Cells, document: Document | None) -> date | None:
    """The birth date of a line, from its column or its id; one that cannot be keeps the row out."""
    said = cells.date("birth_date")
    inside = document.birth_date if document else None
    if said is not None and inside is not None and said != inside:
        cells.report("birth_date", "birth_date_differs", in_id=inside.isoformat())
    birth_date = said or inside
    if birth_date is None:
        return None
    field = "birth_date" if said else "id_number"
    if birth_date > cells.on:
        cells.report(field, "birth_in_future", on=cells.on.isoformat())
    age = cells.on.year - birth_date.year - ((cells.on.month, cells.on.day) < (birth_date.month, birth_date.day))
    if age > OLDEST:
        cells.report(field, "too_old", age=age)
    return birth_date


def _sex(cells: Cells, document: Document | None) -> str:
    said = cells.word("sex", SEXES, otherwise="")
    inside = document.sex if document else ""
    if said and inside and said != inside:
        cells.report("sex", "sex_differs", severity="warning", in_id=inside)
    return inside or said


def _residence(cells: Cells) -> tuple[bool | None, bool | None]:
    value = cells.text("residence_state").lower().replace(" ", "")
    if not value:
        return None, None
    flags = RESIDENCE.get(value) or RESIDENCE.get(value.replace("-", "_"))
    if flags is None:
        cells.report("residence_state", "unknown_word", severity="warning", taken_as="")
        return None, None
    return flags
