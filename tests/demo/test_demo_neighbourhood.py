"""The generator draws a plausible, plainly invented neighbourhood, the same for the same seed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from linli.demo import generate
from linli.demo.documents import PASSPORT, RESIDENT
from linli.demo.doses import AD5, BIBP, CORONAVAC, KCONVAC, OTHER_PROGRAMMES, RABIES, WIBP, ZF2001
from linli.demo.ground import AREA_KM2, METRES_A_DEGREE_LAT, METRES_A_DEGREE_LON, Box, areas
from linli.demo.names import REAL
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.residents import LIVES_AND_REGISTERED, LIVES_ONLY, NEITHER, REGISTERED_ONLY
from linli.domain.identity import read_document, read_phone, read_uscc

DAY = date(2021, 6, 20)


@pytest.fixture(scope="module")
def ours() -> Neighbourhood:
    return generate(people=8000)


@pytest.fixture(scope="module")
def lives_here(ours: Neighbourhood) -> NDArray[np.bool_]:
    return np.isin(ours.people.belongs, (LIVES_AND_REGISTERED, LIVES_ONLY))


def covid(n: Neighbourhood) -> NDArray[np.int64]:
    """How many doses against COVID-19 each person had."""
    return np.bincount(n.doses.person[n.doses.product < OTHER_PROGRAMMES], minlength=len(n.people))


def first_days(n: Neighbourhood, *products: int) -> NDArray[np.int64]:
    """The day of each person's first dose if it was of one of these products, else -1."""
    first = np.flatnonzero((n.doses.number == 1) & np.isin(n.doses.product, products))
    days = np.full(len(n.people), -1)
    days[n.doses.person[first]] = n.doses.given_on[first].astype(np.int64)
    return days


def square_metres(box: Box) -> float:
    points = [part.split() for part in box.wkt().removeprefix("POLYGON ((").removesuffix("))").split(", ")]
    x = [float(lon) * METRES_A_DEGREE_LON for lon, _ in points]
    y = [float(lat) * METRES_A_DEGREE_LAT for _, lat in points]
    return abs(sum(x[i] * y[i + 1] - x[i + 1] * y[i] for i in range(len(points) - 1))) / 2


def test_the_outline_has_the_published_area_and_each_level_tiles_it() -> None:
    by_level: dict[str, float] = {}
    for area in areas():
        by_level[area.level] = by_level.get(area.level, 0.0) + square_metres(area.box)
    assert by_level == pytest.approx(dict.fromkeys(("subdistrict", "committee", "grid"), AREA_KM2 * 1e6), rel=1e-3)


def test_the_committees_are_the_real_eleven() -> None:
    committees = [area for area in areas() if area.level == "committee"]
    assert len(committees) == 11
    assert {"东王居委会", "斯文里居委会", "张家宅居委会"} <= {area.name for area in committees}
    assert all(len(area.code) == 12 and area.code.startswith("310106011") for area in committees)


def test_places_do_not_move_with_the_seed_or_the_number_of_people(ours: Neighbourhood) -> None:
    other = generate(people=500, seed=7)
    assert other.buildings == ours.buildings
    assert other.areas == ours.areas
    assert 150 <= len(ours.buildings) <= 225
    assert len({building.code for building in ours.buildings}) == len(ours.buildings)


def test_buildings_stand_inside_their_grid(ours: Neighbourhood) -> None:
    boxes = {area.code: area.box for area in ours.areas}
    for building in ours.buildings:
        grid, box = boxes[building.area], building.box
        assert grid.west < box.west < box.east < grid.east, building.code
        assert grid.south < box.south < box.north < grid.north, building.code


@pytest.mark.parametrize("place", ["国泰君安", "嘉地中心", "雕塑公园", "仲益大厦", "梅龙镇广场", "阳光家园"])
def test_the_places_of_the_chronicle_are_there(ours: Neighbourhood, place: str) -> None:
    assert place in {building.name for building in ours.buildings}


def test_as_many_people_as_asked_for_and_a_fifth_more_who_work_here(ours: Neighbourhood) -> None:
    assert ours.residents == 8000
    assert len(ours.people) == 9600
    assert (ours.people.belongs[8000:] == NEITHER).all()
    assert (ours.people.works_for[8000:] >= 0).all()


@pytest.mark.parametrize("people", [99, 80_001])
def test_too_few_or_too_many_people_are_refused(people: int) -> None:
    with pytest.raises(ValueError, match="people must be"):
        generate(people=people)


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [(0, 18, 0.045, 0.10), (18, 40, 0.20, 0.36), (40, 60, 0.20, 0.33), (60, 76, 0.22, 0.34), (76, 105, 0.07, 0.14)],
)
def test_it_is_an_old_central_district(
    ours: Neighbourhood, lives_here: NDArray[np.bool_], low: int, high: int, least: float, most: float
) -> None:
    ages = ours.people.age[lives_here]
    assert least < ((ages >= low) & (ages < high)).mean() < most


def test_more_than_a_third_are_sixty_or_older(ours: Neighbourhood, lives_here: NDArray[np.bool_]) -> None:
    assert 0.35 < (ours.people.age[lives_here] >= 60).mean() < 0.41


def test_many_live_where_they_are_not_registered_and_the_reverse(ours: Neighbourhood) -> None:
    shares = np.bincount(ours.people.belongs[:8000], minlength=4) / 8000
    assert shares[LIVES_AND_REGISTERED] == pytest.approx(0.61, abs=0.06)
    assert shares[LIVES_ONLY] == pytest.approx(0.24, abs=0.06)
    assert shares[REGISTERED_ONLY] == pytest.approx(0.15, abs=0.04)


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [(18, 105, 0.62, 0.70), (18, 60, 0.70, 0.80), (60, 76, 0.55, 0.67), (76, 105, 0.2, 0.45)],
)
def test_first_doses_by_age(
    ours: Neighbourhood, lives_here: NDArray[np.bool_], low: int, high: int, least: float, most: float
) -> None:
    group = lives_here & (ours.people.age >= low) & (ours.people.age < high)
    assert least < (covid(ours)[group] > 0).mean() < most


def test_nobody_under_18_had_a_dose(ours: Neighbourhood) -> None:
    given = ours.doses.product < OTHER_PROGRAMMES
    age = (ours.doses.given_on - ours.people.birth[ours.doses.person]).astype(np.int64)[given] / 365.2425
    assert age.min() >= 17.99


def test_doses_end_on_the_evening_before_the_day(ours: Neighbourhood) -> None:
    assert ours.doses.given_on.max() == np.datetime64("2021-06-19")


def test_products_come_when_they_were_offered_and_in_plausible_shares(ours: Neighbourhood) -> None:
    doses = ours.doses
    for product, begin in ((AD5, "2021-05-13"), (KCONVAC, "2021-05-14"), (WIBP, "2021-02-25"), (ZF2001, "2021-03-10")):
        given = doses.given_on[doses.product == product]
        assert len(given) > 0
        assert given.min() >= np.datetime64(begin)
    covid_doses = doses.product < OTHER_PROGRAMMES
    large = np.isin(doses.product[covid_doses], (BIBP, CORONAVAC)).mean()
    assert 0.75 < large < 0.90
    assert {int(product) for product in np.unique(doses.product)} == set(range(RABIES + 1))


def test_second_doses_are_mostly_in_their_window_some_late_and_a_few_too_close(ours: Neighbourhood) -> None:
    first = first_days(ours, BIBP, WIBP, CORONAVAC, KCONVAC)
    today = np.datetime64(DAY).astype(np.int64)
    past = (first > 0) & (first + 56 < today)
    overdue = past & (covid(ours) == 1)
    assert 0.05 < overdue.sum() / past.sum() < 0.14
    second = (ours.doses.number == 2) & (first[ours.doses.person] > 0)
    gap = ours.doses.given_on[second].astype(np.int64) - first[ours.doses.person[second]]
    assert 0.001 < (gap < 14).mean() < 0.008
    assert 0.02 < ((gap >= 14) & (gap < 21)).mean() < 0.10
    assert ((gap >= 21) & (gap <= 56)).mean() > 0.85
    assert 0 < np.isin(ours.doses.product[second], (AD5, ZF2001)).sum() < 60


def test_documents_are_right_all_different_and_marked_as_invented(ours: Neighbourhood) -> None:
    people = ours.people
    assert len(set(people.number.tolist())) == len(people)
    for number, document, female, birth in zip(
        people.number.tolist(), people.document.tolist(), people.female.tolist(), people.birth.tolist(), strict=True
    ):
        if document == RESIDENT:
            said = read_document(number, kind="resident_id")  # raises where the check digit is wrong
            assert (said.birth_date, said.sex) == (birth, "F" if female else "M")
            assert number[4:6] == "00"
            assert 900 <= int(number[14:17]) <= 989
        else:
            assert number.startswith(("X00", "H00", "000"))
    assert (people.document == PASSPORT).sum() > 10


def test_phones_are_shared_in_families_and_marked_as_invented(ours: Neighbourhood) -> None:
    phones = ours.people.phone[ours.people.phone > 0].tolist()
    assert {str(phone)[:5] for phone in phones} == {"19700"}
    assert read_phone(str(phones[0])) == str(phones[0])
    assert len(set(phones)) < len(phones) * 0.97


def test_employers_say_that_they_are_invented(ours: Neighbourhood) -> None:
    assert len({firm.code for firm in ours.employers}) == len(ours.employers)
    for firm in ours.employers:
        assert "虚构" in firm.name
        assert "invented" in firm.name_en
        assert read_uscc(firm.code) == firm.code


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_bears_a_name_of_the_chronicle(seed: int) -> None:
    assert not REAL & set(generate(people=40_000, seed=seed).people.name.tolist())


def test_another_seed_is_another_neighbourhood(ours: Neighbourhood) -> None:
    other = generate(people=8000, seed=1)
    assert (other.people.name != ours.people.name).mean() > 0.9
    assert len(other.doses) != len(ours.doses)


def test_another_day_has_other_doses() -> None:
    earlier = generate(people=2000, on=date(2021, 5, 1))
    assert earlier.doses.given_on.max() < np.datetime64("2021-05-01")
    assert AD5 not in earlier.doses.product
