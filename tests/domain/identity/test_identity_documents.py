"""Who a person is: resident ids and other documents. Every number here is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.identity import (
    DOCUMENT_KINDS,
    IDENTITY_REFUSALS,
    Document,
    IdentityError,
    check_digit,
    document_kind,
    expand,
    read_document,
    read_resident_id,
)

ZHANG = "310106199001011236"
ZHANG_15 = "310106900101123"
WITH_X = next(
    number
    for order in range(1, 999)
    if (number := (first := f"31010619880229{order:03}") + check_digit(first)).endswith("X")
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ZHANG, id="plain"),
        pytest.param(f"  {ZHANG} ", id="spaces around"),
        pytest.param("310106 1990 0101 1236", id="spaces inside"),
        pytest.param("310106-19900101-1236", id="dashes"),
        pytest.param("３１０１０６１９９００１０１１２３６", id="full width"),
        pytest.param(f"'{ZHANG}", id="Excel's apostrophe"),
        pytest.param(f"\u2018{ZHANG}", id="curly apostrophe"),
        pytest.param(f"\t{ZHANG}", id="leading tab"),
        pytest.param(f'="{ZHANG}"', id="text constant"),
        pytest.param(f"\ufeff{ZHANG}\u200b", id="invisible characters"),
        pytest.param(ZHANG_15, id="15 digits"),
        pytest.param(f"{ZHANG_15}.0", id="15 digits as a decimal"),
    ],
)
def test_one_person_however_the_id_is_written(text: str) -> None:
    assert read_document(text) == Document("resident_id", ZHANG, date(1990, 1, 1), "M")


def test_small_x_is_the_check_character() -> None:
    found = read_resident_id(WITH_X.lower())
    assert (found.number, found.birth_date) == (WITH_X, date(1988, 2, 29))


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        pytest.param("3.10106E+17", "excel_lost_digits", {}, id="scientific"),
        pytest.param("3.10106199001011E+17", "excel_lost_digits", {}, id="scientific, 15 digits"),
        pytest.param("3e17", "excel_lost_digits", {}, id="scientific, short"),
        pytest.param("310106199001011234.0", "excel_lost_digits", {}, id="decimal of 18 digits"),
        pytest.param("310106199001011000", "excel_lost_digits", {}, id="last three digits are zeros"),
        pytest.param("310106199001011234", "check_digit", {"expected": "6", "found": "4"}, id="check digit"),
        pytest.param("31010619900101123", "id_length", {"digits": 17}, id="17 digits"),
        pytest.param("3101061990010112366", "id_length", {"digits": 19}, id="19 digits"),
        pytest.param("31010619901301123X", "id_birth_date", {"digits": "19901301"}, id="month 13"),
        pytest.param("310106900230123", "id_birth_date", {"digits": "19900230"}, id="30 February in 15 digits"),
        pytest.param("310106********1236", "id_masked", {}, id="stars"),
        pytest.param("31010619900101123A", "id_format", {}, id="a letter at the end"),
        pytest.param("12345678", "document_kind_needed", {}, id="eight digits may be anything"),
        pytest.param("不详人士", "document_kind_needed", {}, id="words"),
    ],
)
def test_refused_with_its_reason(text: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(IdentityError) as refused:
        read_document(text)
    assert (refused.value.code, refused.value.params) == (code, params)
    assert tuple(params) == IDENTITY_REFUSALS[code]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("身份证", "resident_id"),
        ("居民身份证", "resident_id"),
        ("Resident ID card", "resident_id"),
        ("护照", "passport"),
        ("外国护照", "passport"),
        ("Passport", "passport"),
        ("港澳居民来往内地通行证", "hk_macau_permit"),
        ("回乡证", "hk_macau_permit"),
        ("台胞证", "taiwan_permit"),
        ("台湾居民来往大陆通行证", "taiwan_permit"),
        ("港澳台居民居住证", "hk_macau_taiwan_residence_permit"),
        ("港澳居民居住证", "hk_macau_taiwan_residence_permit"),
        ("外国人永久居留身份证", "foreign_permanent_residence"),
        ("军官证", "officer_card"),
        ("士兵证", "soldier_card"),
        ("户口簿", "household_book"),
        ("出生医学证明", "birth_certificate"),
        ("其他", "other"),
        ("图书馆读者证", ""),
    ],
)
def test_kinds_in_chinese_and_english(words: str, kind: str) -> None:
    assert document_kind(words) == kind
    assert kind == "" or kind in DOCUMENT_KINDS


def test_a_kind_code_means_itself() -> None:
    assert [document_kind(kind) for kind in DOCUMENT_KINDS] == list(DOCUMENT_KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        pytest.param("e1234 5678", "", Document("passport", "E12345678"), id="Chinese passport, kind told"),
        pytest.param("C01X00T47", "passport", Document("passport", "C01X00T47"), id="foreign passport"),
        pytest.param("H12345678", "", Document("hk_macau_permit", "H12345678"), id="Hong Kong permit, kind told"),
        pytest.param("M0123456701", "hk_macau_permit", Document("hk_macau_permit", "M0123456701"), id="Macau permit"),
        pytest.param("01234567", "taiwan_permit", Document("taiwan_permit", "01234567"), id="Taiwan permit"),
        pytest.param(
            "USA110090010101",
            "",
            Document("foreign_permanent_residence", "USA110090010101"),
            id="foreigner's permanent residence",
        ),
        pytest.param("军字第2001988号", "officer_card", Document("officer_card", "军字第2001988号"), id="officer"),
        pytest.param(
            ZHANG, "passport", Document("resident_id", ZHANG, date(1990, 1, 1), "M"), id="a sound id is an id"
        ),
    ],
)
def test_other_documents(text: str, kind: str, expected: Document) -> None:
    assert read_document(text, kind=kind) == expected


def test_residence_permit_of_hong_kong_keeps_its_kind() -> None:
    number = (first := "81000019900101001") + check_digit(first)
    assert read_document(number).kind == "hk_macau_taiwan_residence_permit"


@pytest.mark.parametrize("kind", ["passport", "taiwan_permit", "hk_macau_permit", "officer_card", "other"])
def test_a_number_without_the_form_of_its_kind(kind: str) -> None:
    with pytest.raises(IdentityError) as refused:
        read_document("!", kind=kind)
    assert (refused.value.code, refused.value.params) == ("document_format", {"kind": kind})


@given(
    region=st.integers(110000, 659999),
    born=st.dates(date(1900, 1, 1), date(1999, 12, 31)),
    order=st.integers(1, 999),
)
def test_fifteen_digits_and_eighteen_are_one_person(region: int, born: date, order: int) -> None:
    short = f"{region}{born:%y%m%d}{order:03}"
    long = read_resident_id(expand(short))
    assert long == read_resident_id(short)
    assert (long.birth_date, long.sex) == (born, "M" if order % 2 else "F")
    assert long.number[-1] == check_digit(long.number[:17])


@given(position=st.integers(0, 16), shift=st.integers(1, 9))
def test_one_wrong_digit_never_passes(position: int, shift: int) -> None:
    wrong = ZHANG[:position] + str((int(ZHANG[position]) + shift) % 10) + ZHANG[position + 1 :]
    with pytest.raises(IdentityError):
        read_resident_id(wrong)


@given(text=st.text(max_size=40), kind=st.sampled_from(("", *DOCUMENT_KINDS)))
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    try:
        number = read_document(text, kind=kind).number
    except IdentityError as refused:
        error = refused
    else:
        assert number
        return
    assert tuple(error.params) == IDENTITY_REFUSALS[error.code]
