"""Any document that says who a person is; the kind is recognised from Chinese or English words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from linli.domain.identity.characters import plain
from linli.domain.identity.refusal import IdentityError
from linli.domain.identity.resident_id import read_resident_id, undamaged

RESIDENT_ID: Final = "resident_id"
RESIDENCE_PERMIT: Final = "hk_macau_taiwan_residence_permit"
OTHER: Final = "other"

# The order matters: a residence permit (居民居住证) is not a travel permit, a permanent resident's card is not a
# resident's.
KIND_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (RESIDENCE_PERMIT, ("居民居住证", "港澳台居住证", "hong kong, macau and taiwan residence", "hmt residence")),
    ("foreign_permanent_residence", ("永久居留", "永居证", "permanent residen", "green card")),
    (
        "hk_macau_permit",
        ("港澳居民", "来往内地", "回乡证", "港澳通行证", "港澳证", "hong kong", "macau", "macao", "home return"),
    ),
    ("taiwan_permit", ("台湾居民", "来往大陆", "台胞证", "台湾通行证", "taiwan")),
    ("birth_certificate", ("出生医学证明", "出生证", "birth certificate")),
    ("household_book", ("户口簿", "户口本", "household register", "household book", "hukou")),
    ("officer_card", ("军官证", "警官证", "文职", "officer")),
    ("soldier_card", ("士兵证", "士官证", "军人证", "soldier")),
    ("passport", ("护照", "passport")),
    (RESIDENT_ID, ("身份证", "居民证", "resident id", "identity card", "id card", "national id", "ric")),
    (OTHER, ("其他", "其它", "other")),
)
DOCUMENT_KINDS: Final[tuple[str, ...]] = (RESIDENT_ID, *(kind for kind, _ in KIND_WORDS if kind != RESIDENT_ID))

FORMATS: Final[dict[str, re.Pattern[str]]] = {
    "hk_macau_permit": re.compile(r"[HM](\d{8}|\d{10})"),
    "taiwan_permit": re.compile(r"\d{8}(\d{2}[A-Z]?)?"),
    "foreign_permanent_residence": re.compile(r"[A-Z]{3}\d{12}|9\d{17}|9\d{16}X"),
    "passport": re.compile(r"(?=.*\d)[A-Z0-9]{5,20}"),
    "birth_certificate": re.compile(r"[A-Z]?\d{9,12}"),
    "officer_card": re.compile(r"(?=.*\d)[A-Z0-9\u4e00-\u9fff]{4,24}"),
    "soldier_card": re.compile(r"(?=.*\d)[A-Z0-9\u4e00-\u9fff]{4,24}"),
}
ANY_NUMBER = re.compile(r"(?=.*\d)\w{3,32}")
RESIDENCE_PERMIT_PLACES = ("810000", "820000", "830000")


@dataclass(frozen=True, slots=True)
class Document:
    """A person's document: `kind` of DOCUMENT_KINDS, the number in its usual form, what a resident id says inside.

    Two documents are the same person when `kind` and `number` agree. `sex` is M, F or empty.
    """

    kind: str
    number: str
    birth_date: date | None = None
    sex: str = ""


def document_kind(words: str) -> str:
    """The kind that these words mean, or empty when they are not known."""
    text = plain(words).lower()
    if text in DOCUMENT_KINDS:
        return text
    for kind, known in KIND_WORDS:
        if any(word in text for word in known):
            return kind
    return ""


def read_document(text: str, *, kind: str = "") -> Document:
    """Read a number together with its kind (a code of DOCUMENT_KINDS; empty: told from the number).

    A number that is a sound resident id counts as one even where the kind column says otherwise, so that a person
    is not kept twice. Raises IdentityError: those of a resident id, document_format, document_kind_needed.
    """
    number = undamaged(text)
    if (
        len(number) in (15, 18)
        and number[:15].isdigit()
        and kind not in ("officer_card", "soldier_card", "foreign_permanent_residence")
    ):
        if kind in ("", RESIDENT_ID, RESIDENCE_PERMIT):
            return _resident(number)
        try:
            return _resident(number)
        except IdentityError:
            pass
    if kind in (RESIDENT_ID, RESIDENCE_PERMIT):
        return _resident(number)
    if not kind:
        kind = _guess(number)
    if not FORMATS.get(kind, ANY_NUMBER).fullmatch(number):
        if "*" in number:
            raise IdentityError("id_masked")
        raise IdentityError("document_format", kind=kind)
    return Document(kind, number)


def _resident(number: str) -> Document:
    found = read_resident_id(number)
    kind = RESIDENCE_PERMIT if found.number.startswith(RESIDENCE_PERMIT_PLACES) else RESIDENT_ID
    return Document(kind, found.number, found.birth_date, found.sex)


def _guess(number: str) -> str:
    if FORMATS["hk_macau_permit"].fullmatch(number):
        return "hk_macau_permit"
    if re.fullmatch(r"[A-Z]{3}\d{12}", number):
        return "foreign_permanent_residence"
    if re.fullmatch(r"[A-Z]{1,2}\d{6,8}", number):
        return "passport"
    if re.fullmatch(r"[\d*]{10,}X?", number):
        # A resident id with digits missing or too many is far likelier than any other document of digits alone.
        read_resident_id(number)
    raise IdentityError("document_kind_needed")
