"""Likely pairs: what is found, in which order, for which reasons; and what is not. Everybody is invented."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

import pytest

from linli.domain.identity.duplicates import LEAST, REASONS, Found, People, find
from linli.domain.identity.resident_id import check_digit


def resident_id(born: date, order: int, region: str = "310100") -> str:
    """An invented resident id: a whole city's code, serials from 900."""
    body = f"{region}{born:%Y%m%d}{order:03}"
    return body + check_digit(body)


BORN = date(1950, 4, 28)
ID, OTHER_ID = resident_id(BORN, 902), resident_id(date(1948, 11, 3), 904)


@dataclass(frozen=True)
class Somebody:
    """One record."""

    name: str = "王秀英"
    born: date | None = BORN
    sex: str = "F"
    document: tuple[str, str] | None = ("resident_id", ID)
    phones: tuple[str, ...] = ("19700000001",)
    places: tuple[tuple[int, int], ...] = ((1, 11),)
    more_names: tuple[str, ...] = field(default=())


def people(*records: Somebody) -> People:
    return People(
        names=[(one.name, *one.more_names) for one in records],
        births=[one.born for one in records],
        sexes=[one.sex for one in records],
        documents=[[one.document] if one.document else [] for one in records],
        phones=[one.phones for one in records],
        places=[one.places for one in records],
    )


def pair(one: Somebody, other: Somebody) -> Found | None:
    found = find(people(one, other))
    assert len(found) <= 1
    return found[0] if found else None


GRANDMOTHER = Somebody()
NO_ID = replace(GRANDMOTHER, document=None)
ELSEWHERE = {"phones": ("19700000002",), "places": ((2, 22),)}


def typed(position: int, digit: str, *, again: bool = False) -> tuple[str, str]:
    """Her id with one digit mistyped; `again`: with the check digit computed anew."""
    number = ID[:position] + digit + ID[position + 1 :]
    return ("resident_id", number[:17] + check_digit(number[:17])) if again else ("other", number)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        pytest.param(replace(GRANDMOTHER, **ELSEWHERE), {"same_id", "same_name", "same_birth"}, id="moved, new phone"),
        pytest.param(
            replace(GRANDMOTHER, document=("resident_id", ID[:6] + ID[8:17])), {"same_id"}, id="fifteen digits"
        ),
        pytest.param(replace(GRANDMOTHER, document=typed(3, "5"), **ELSEWHERE), {"id_one_digit"}, id="id that fails"),
        pytest.param(
            replace(GRANDMOTHER, document=typed(3, "5", again=True), **ELSEWHERE),
            {"id_one_digit_sound"},
            id="id passes",
        ),
        pytest.param(
            replace(GRANDMOTHER, document=typed(15, "8", again=True), **ELSEWHERE), {"id_near"}, id="order code passes"
        ),
        pytest.param(
            replace(GRANDMOTHER, document=("other", ID[:14] + ID[15] + ID[14] + ID[16:])),
            {"id_transposed"},
            id="swapped",
        ),
        pytest.param(
            replace(GRANDMOTHER, document=("other", ID[:9] + ID[10:]), **ELSEWHERE), {"id_digit_lost"}, id="digit lost"
        ),
        pytest.param(replace(NO_ID, **ELSEWHERE), {"same_name", "same_birth"}, id="no id, moved"),
        pytest.param(replace(NO_ID, name="WANG Xiuying", **ELSEWHERE), {"latin_name"}, id="pinyin"),
        pytest.param(replace(NO_ID, name="Xiu Ying Wang"), {"latin_name"}, id="pinyin, surname last"),
        pytest.param(replace(NO_ID, name="wang xiu yin"), {"latin_name_near"}, id="pinyin, a letter missing"),
        pytest.param(replace(NO_ID, name="王绣瑛"), {"same_pinyin"}, id="homophones"),
        pytest.param(replace(NO_ID, name="黄秀英"), {"surname_one_character", "same_phone"}, id="surname misheard"),
        pytest.param(replace(NO_ID, name="王秀"), {"name_one_character", "same_birth"}, id="a character missing"),
        pytest.param(replace(NO_ID, name="王英秀"), {"name_one_character"}, id="characters swapped"),
        pytest.param(replace(NO_ID, name="王秀英（大）"), {"same_name"}, id="a remark in brackets"),
        pytest.param(replace(NO_ID, born=date(1950, 3, 12)), {"birth_lunar"}, id="birthday of the Chinese calendar"),
        pytest.param(replace(NO_ID, born=date(1951, 4, 28)), {"birth_one_digit"}, id="year one off"),
        pytest.param(replace(NO_ID, born=date(1950, 4, 8)), {"birth_one_digit"}, id="day one digit off"),
        pytest.param(replace(NO_ID, born=date(1950, 1, 1)), {"birth_year_only"}, id="only the year was known"),
        pytest.param(replace(NO_ID, born=None, sex=""), {"same_name", "same_phone", "same_door"}, id="no birth date"),
        pytest.param(
            replace(GRANDMOTHER, name="李桂珍", **ELSEWHERE), {"same_id", "different_name"}, id="one id, other name"
        ),
        pytest.param(replace(GRANDMOTHER, sex="M"), {"different_sex", "same_id"}, id="another sex"),
    ],
)
def test_second_records_are_found_with_their_reasons(other: Somebody, reasons: set[str]) -> None:
    found = pair(GRANDMOTHER, other)
    assert found is not None
    assert reasons <= set(found.reasons) <= set(REASONS)
    assert found.score >= LEAST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            Somebody("陳国強", document=None), Somebody("陈国强", document=None), id="traditional and simplified"
        ),
        pytest.param(Somebody("周喆", document=None), Somebody("周哲", document=None), id="a variant kept for names"),
        pytest.param(
            Somebody("单丽", document=None), Somebody("SHAN Li", document=None), id="a surname with its own reading"
        ),
        pytest.param(Somebody("尉迟明", document=None), Somebody("Yuchi Ming", document=None), id="a compound surname"),
        pytest.param(
            Somebody("吕乐", document=None), Somebody("LYU LE", document=None), id="the other reading of a character"
        ),
        pytest.param(
            Somebody("买买提·艾力", document=None), Somebody("买买提艾力", document=None), id="the dot left out"
        ),
        pytest.param(
            Somebody("Anna Example", document=("passport", "X00000001")),
            Somebody("EXAMPLE ANNA", document=None),
            id="a foreigner's name turned round",
        ),
        pytest.param(
            Somebody("Anna Example", document=("passport", "X00000001")),
            Somebody("Ana Exampel", document=("passport", "X00000001")),
            id="one passport, name mistyped",
        ),
        pytest.param(
            Somebody("杨梅", born=date(1962, 5, 4), document=None),
            Somebody("杨梅", born=date(1962, 4, 5), document=None),
            id="day and month swapped",
        ),
    ],
)
def test_more_second_records(one: Somebody, other: Somebody) -> None:
    assert pair(one, other) is not None


TWIN = Somebody("王建国", date(1980, 5, 1), "M", ("resident_id", resident_id(date(1980, 5, 1), 911)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            TWIN,
            replace(TWIN, name="王建军", document=("resident_id", resident_id(date(1980, 5, 1), 913))),
            id="twins with ids next to each other",
        ),
        pytest.param(
            TWIN,
            replace(TWIN, name="王丽萍", sex="F", document=("resident_id", resident_id(date(1980, 5, 1), 912))),
            id="brother and sister, twins",
        ),
        pytest.param(
            replace(TWIN, born=date(1955, 3, 2), document=("resident_id", resident_id(date(1955, 3, 2), 901))),
            replace(TWIN, name="王小国", document=None),
            id="father and son on one phone",
        ),
        pytest.param(
            replace(TWIN, document=None),
            replace(TWIN, name="王建华", born=date(1982, 7, 9), document=None),
            id="brothers on one phone",
        ),
        pytest.param(
            GRANDMOTHER,
            Somebody("王秀英", date(1948, 11, 3), "F", ("resident_id", OTHER_ID), ("19700000002",), ((1, 12),)),
            id="elders of one name in one building",
        ),
        pytest.param(
            GRANDMOTHER,
            Somebody("王秀英", date(1950, 9, 9), document=None, **ELSEWHERE),  # type: ignore[arg-type]
            id="elders of one name and year",
        ),
        pytest.param(
            NO_ID,
            Somebody("钱宝根", date(1950, 4, 28), "M", None),
            id="husband and wife born on one day",
        ),
        pytest.param(
            NO_ID,
            Somebody("王芳", BORN, document=None, **ELSEWHERE),
            id="one birthday and surname",  # type: ignore[arg-type]
        ),
    ],
)
def test_two_people_are_left_alone(one: Somebody, other: Somebody) -> None:
    assert pair(one, other) is None


def test_the_likeliest_comes_first() -> None:
    found = find(people(GRANDMOTHER, replace(NO_ID, name="王绣瑛"), GRANDMOTHER, replace(NO_ID, **ELSEWHERE)))
    assert (found[0].one, found[0].other) == (0, 2)
    assert all(better.score >= worse.score for better, worse in pairwise(found))
    assert found[0].reasons[0] == "same_id"


@pytest.mark.parametrize(
    ("change", "is_sure"),
    [
        pytest.param({}, True, id="equal sound id, name and birth date"),
        pytest.param(ELSEWHERE, True, id="whatever phone and door"),
        pytest.param({"name": "王 秀英"}, True, id="a gap in the name"),
        pytest.param({"name": "王秀瑛"}, False, id="a homophone in the name"),
        pytest.param({"name": "WANG Xiuying"}, False, id="the name in Latin letters"),
        pytest.param({"name": "陈秀英", "more_names": ("王秀英",)}, True, id="one of two names"),
        pytest.param({"born": None}, False, id="no birth date told"),
        pytest.param({"born": date(1950, 4, 29)}, False, id="another birth date"),
        pytest.param({"document": None}, False, id="no id"),
        pytest.param({"document": typed(15, "8", again=True)}, False, id="another id"),
        pytest.param({"sex": "M"}, False, id="another sex"),
    ],
)
def test_only_equal_id_name_and_birth_date_are_merged_without_asking(change: dict[str, object], is_sure: bool) -> None:
    found = pair(GRANDMOTHER, replace(GRANDMOTHER, **change))  # type: ignore[arg-type]
    assert found is not None
    assert found.is_sure == is_sure


def test_an_id_that_fails_its_check_is_never_beyond_doubt() -> None:
    wrong = ("other", ID[:17] + ("0" if ID[17] != "0" else "1"))
    found = pair(replace(GRANDMOTHER, document=wrong), replace(GRANDMOTHER, document=wrong))
    assert found is not None
    assert not found.is_sure


def test_an_equal_passport_is_never_beyond_doubt() -> None:
    found = pair(
        replace(GRANDMOTHER, document=("passport", "X00000001")),
        replace(GRANDMOTHER, document=("passport", "X00000001")),
    )
    assert found is not None
    assert not found.is_sure


def test_a_common_name_weighs_less() -> None:
    names = ["王秀英"] * 40 + [f"陆{given}" for given in "珏雯霖菲萱骏磊瑶琪彤"]
    crowd = [
        Somebody(name, date(1938, 1, 1 + k % 28), document=None, phones=(), places=()) for k, name in enumerate(names)
    ]
    twice = [Somebody(name, BORN, document=None, phones=(), places=()) for name in ("王秀英", "陆珏")] * 2
    score = {found.one: found.score for found in find(people(*twice, *crowd)) if found.other < 4}
    assert score[1] > score[0]


def test_a_phone_of_many_weighs_less() -> None:
    crowd = [
        Somebody(f"居民{k}", date(1970, 1, 1 + k % 28), document=None, phones=("19700009999",)) for k in range(200)
    ]
    shared = replace(NO_ID, places=(), phones=("19700009999",))
    own = replace(NO_ID, places=(), phones=("19700000009",), born=date(1951, 6, 6), name="李桂珍")
    score = {(found.one, found.other): found.score for found in find(people(shared, shared, own, own, *crowd))}
    assert score[2, 3] > score[0, 1]


def test_only_pairs_with_those_asked_for() -> None:
    records = people(GRANDMOTHER, GRANDMOTHER, GRANDMOTHER, TWIN, TWIN)
    everybody = {(found.one, found.other) for found in find(records)}
    assert everybody == {(0, 1), (0, 2), (1, 2), (3, 4)}
    assert {(found.one, found.other) for found in find(records, among=[2])} == {(0, 2), (1, 2)}
    assert find(records, among=[]) == []


def test_columns_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="length"):
        People(names=[["王秀英"]], births=[], sexes=[""], documents=[[]], phones=[[]], places=[[]])
