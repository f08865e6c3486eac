"""What users of other systems complained about, where it concerns who somebody is and how a mistake is repaired.

Each complaint is one test, named by what went wrong there and by the issue's number. The list is that of the brief;
everybody here is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from linli.records.accounts.actions import enrol, grant
from linli.records.doses import actions as doses
from linli.records.doses.models import Correction, Dose, Forecast
from linli.records.doses.queries import DoseKnownError, DoseNumberTakenError, groups, standings
from linli.records.duplicates import actions as duplicates
from linli.records.duplicates.models import Merge, Pair
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.people import actions as people
from linli.records.people.models import Person, Source, Stay
from linli.records.places.models import Area, Building
from linli.records.programme import actions as programme
from linli.records.programme.models import Programme, Vaccine
from small_street import AREAS, BUILDINGS, OFFICE, ON, PEOPLE_HEADER, person_line, resident_id, table_counts

pytestmark = pytest.mark.django_db
WANG, LI, ZHOU = resident_id("19500101", 1), resident_id("19600202", 2), resident_id("19700303", 3)
NAME, OTHER = "王建国", "李秀英"
FIRST, SECOND = date(2021, 5, 20), date(2021, 6, 12)
DOSES_HEADER = "姓名,证件号码,剂次,接种日期,疫苗名称,批号\n"

Load = Callable[..., List]


@pytest.fixture(autouse=True)
def _the_day(settings: Settings) -> None:
    settings.TODAY = ON.isoformat()


@pytest.fixture
def covid(db: None) -> Programme:
    """The schedule in force, and a drive."""
    return programme.adopt(by=OFFICE, code="covid-19-cn-2021")


@pytest.fixture
def load(covid: Programme) -> Load:
    """Receive, judge and apply a list of the committees, which covers doses."""
    source = people.open_source(by=OFFICE, code="committee", name="居委会名单", rank=20, covers_doses=True)

    def _load(content: str, *, area: str | None = "S", of: Source = source, covers: bool = True) -> List:
        received = lists.receive(
            by=OFFICE,
            file_name="list.csv",
            content=content.encode(),
            source=of,
            area=Area.objects.get(code=area) if area else None,
            as_of=ON,
            covers_doses=covers,
        )
        return lists.apply(by=OFFICE, of=lists.stage(by=OFFICE, of=received, on=ON), on=ON)

    _load(AREAS, area=None)
    _load(BUILDINGS)
    programme.open_drive(by=OFFICE, name="drive", programme=covid, area=Area.objects.get(code="S"), starts_on=FIRST)
    return _load


@pytest.fixture
def street(load: Load) -> Load:
    """Two neighbours behind one door with one phone: Wang with a first dose, Li without."""
    load(PEOPLE_HEADER + person_line(NAME, WANG, first=(FIRST.isoformat(), "BIBP")) + person_line(OTHER, LI))
    return load


@pytest.fixture
def office(street: Load) -> Client:
    """The office's browser."""
    worker = enrol(by=OFFICE, username="office", name="Office", password=None)
    grant(by=OFFICE, worker=worker, area=Area.objects.get(code="S"), role="office")
    client = Client(headers={"accept-language": "en"})
    client.force_login(worker)
    return client


def person(name: str = NAME) -> Person:
    return Person.objects.get(name=name, merged_into=None)


def vaccine(code: str) -> Vaccine:
    return Vaccine.objects.get(code=code)


def by_hand(name: str, code: str, on: date, **more: Any) -> Dose:
    said = {"evidence": "paper", "today": ON} | more
    return doses.record_by_hand(by=OFFICE, person=person(name), vaccine=vaccine(code), given_on=on, **said)


def stands(name: str = NAME) -> Forecast:
    return standings(programme=Programme.objects.get(), on=ON).get(person=person(name))


def in_group(group: str) -> list[str]:
    """The names that a group of the due list holds."""
    of = Programme.objects.get()
    rows = standings(programme=of, on=ON).filter(groups(programme=of, on=ON)[group])
    return sorted(rows.values_list("person__name", flat=True))


def page(client: Client, name: str = NAME) -> str:
    return client.get(f"/people/{person(name).public_id}/").content.decode()


# ---- the number of a dose ----


@pytest.mark.usefixtures("street")
def test_a_second_dose_keyed_as_a_first_one_still_counts_as_the_second_divoc_534_cowin_291() -> None:
    with pytest.raises(DoseNumberTakenError):
        by_hand(NAME, "BIBP", SECOND, number=1)
    by_hand(NAME, "BIBP", SECOND, number=1, accept=True)  # even if somebody insists
    assert (stands().valid_doses, stands().next_dose) == (2, None)


@pytest.mark.usefixtures("street")
def test_a_wrong_dose_number_is_corrected_by_a_row_divoc_558_cowin_494() -> None:
    dose = by_hand(NAME, "BIBP", SECOND, number=3)
    right = doses.correct(by=OFFICE, dose=dose, reason="number", today=ON, number=2)
    assert (right.number, right.given_on) == (2, SECOND)
    assert Correction.objects.get().dose == dose
    assert Dose.objects.get(pk=dose.pk).is_struck
    assert stands().next_dose is None


@pytest.mark.usefixtures("street")
def test_a_second_first_dose_is_stopped_agenda_saude_371() -> None:
    with pytest.raises(DoseNumberTakenError) as refused:
        by_hand(NAME, "CoronaVac", date(2021, 6, 1), number=1)
    assert refused.value.dose is not None
    assert refused.value.dose.given_on == FIRST
    assert Dose.objects.count() == 1


def test_the_dose_number_is_loud_on_the_page_agenda_saude_301(office: Client) -> None:
    figure = page(office).split("Next dose", 1)[1].split("</div>", 2)[1]
    assert "Dose 2" in figure
    assert 'class="figure-value"' in figure


@pytest.mark.usefixtures("street")
def test_the_wait_is_that_of_the_product_agenda_saude_246() -> None:
    by_hand(OTHER, "ZF2001", date(2021, 6, 1))
    assert [(row.next_dose, row.earliest_on) for row in (stands(), stands(OTHER))] == [
        (2, date(2021, 6, 10)),  # 21 days after an inactivated one
        (2, date(2021, 6, 29)),  # 28 days after a subunit one
    ]


# ---- who somebody is ----


def test_a_walk_in_dose_finds_the_person_and_makes_no_new_one_divoc_593(street: Load) -> None:
    before = Person.objects.count()
    street(DOSES_HEADER + f"{OTHER},{LI},1,2021-06-10,BIBP,A1\n")
    assert Person.objects.count() == before
    assert stands(OTHER).valid_doses == 1


def test_nobody_becomes_a_new_person_by_a_new_phone_and_a_missing_id_divoc_597(street: Load) -> None:
    gate = people.open_source(by=OFFICE, code="walk-in", name="Walk-ins", rank=60)
    before = Person.objects.count()
    of = street(
        "姓名,出生日期,联系电话,居委会,楼栋,单元,室号,第一针接种日期,第一针疫苗名称\n"
        f"{OTHER},1960-02-02,13900000009,东王居委会,新昌路3号,1,501,2021-06-10,BIBP\n",
        of=gate,
        covers=False,
    )
    row = Row.objects.get(list=of)
    assert (row.outcome, [problem["code"] for problem in row.problems]) == ("doubt", ["maybe_known"])
    assert Person.objects.count() == before  # a human decides whom the row means


@pytest.mark.usefixtures("street")
def test_a_dose_of_a_second_record_counts_after_the_merge_and_is_given_back_by_an_undo_divoc_619() -> None:
    home = person(OTHER)
    stay = people.StayTold("living", home.living_area_id, home.living_building_id, home.living_door_id)
    told = people.Told(None, OTHER, date(1960, 2, 2), "F", phone="13900000009", stays=(stay,))
    source = people.open_source(by=OFFICE, code="walk-in", name="Walk-ins", rank=60)
    (twin,) = people.record(by=OFFICE, source=source, on=ON, covers_doses=False, told=[told])
    of = Person.objects.get(pk=twin)
    doses.record_by_hand(
        by=OFFICE, person=of, vaccine=vaccine("BIBP"), given_on=date(2021, 6, 10), today=ON, evidence="record"
    )
    duplicates.find(by=OFFICE)
    pair = Pair.objects.get(state="open")
    assert {pair.one.pk, pair.other.pk} == {home.pk, twin}
    merge = duplicates.join(by=OFFICE, pair=pair, kept=home)
    assert standings(programme=Programme.objects.get(), on=ON).get(person=home).valid_doses == 1
    duplicates.undo(by=OFFICE, merge=merge)
    rows = standings(programme=Programme.objects.get(), on=ON)
    assert [rows.get(person=one).valid_doses for one in (home, of)] == [0, 1]


def test_a_wrong_phone_locks_nobody_out_divoc_588(office: Client, street: Load) -> None:
    Person.objects.filter(name=NAME).update(phone="13900099999", phone_hash="x", phone_tail_hash="x")
    before = Person.objects.count()
    street(DOSES_HEADER + f"{NAME},{WANG},2,{SECOND},BIBP,A2\n")  # found by document, not by phone
    assert Person.objects.count() == before
    found = office.get("/due/", {"search": NAME, "group": "people"}, follow=True).context["page"]
    assert [line.due.state for line in found] == ["complete"]


def test_a_corrected_phone_is_another_fact_and_the_wrong_one_stays_to_be_seen_divoc_664(
    office: Client, street: Load
) -> None:
    register = people.open_source(by=OFFICE, code="police", name="Police register", rank=10, covers_doses=True)
    street(PEOPLE_HEADER + person_line(NAME, WANG, phone="13700000007"), of=register)
    assert person().phone == "13700000007"
    assert "13800000001" in page(office)


def test_a_phone_is_never_an_identity_cowin_301(street: Load) -> None:
    assert {person().phone, person(OTHER).phone} == {"13800000001"}
    street(PEOPLE_HEADER + person_line("王小明", ZHOU, phone="13800000001"))
    assert Person.objects.filter(phone_hash=person().phone_hash).count() == 3
    duplicates.find(by=OFFICE)
    assert not Merge.objects.exists()
    assert in_group("people") == sorted([NAME, OTHER, "王小明"])


def test_a_search_by_phone_shows_everybody_of_it_divoc_641(office: Client) -> None:
    found = office.get("/due/", {"search": "0001", "group": "people"}, follow=True).context["page"]
    assert sorted(line.person.name for line in found) == sorted([NAME, OTHER])


def test_numbers_of_documents_are_shown_to_nobody_by_chance_divoc_641(office: Client) -> None:
    assert WANG not in page(office)
    assert WANG[-4:] in page(office)


# ---- what was given ----


def test_two_lists_that_tell_other_products_wait_for_a_human_cowin_213(street: Load) -> None:
    city = people.open_source(by=OFFICE, code="city", name="City export", rank=10, covers_doses=True)
    of = street(DOSES_HEADER + f"{NAME},{WANG},1,{FIRST},CoronaVac,A1\n", of=city)
    row = Row.objects.get(list=of)
    assert (row.outcome, [problem["code"] for problem in row.problems]) == ("doubt", ["dose_conflict"])
    assert Dose.objects.get().vaccine.code == "BIBP"


def test_a_wrong_product_is_repaired_and_both_stay_to_be_seen_cowin_213(office: Client) -> None:
    dose = Dose.objects.get()
    doses.correct(by=OFFICE, dose=dose, reason="product", today=ON, vaccine=vaccine("CoronaVac"))
    text = page(office)
    assert "<del>BIBP inactivated</del>" in text
    assert "Wrong product" in text
    assert "Same product" in text.split("CoronaVac inactivated", 1)[0]


def test_the_same_list_again_doubles_no_dose_mavis_1535(street: Load) -> None:
    content = DOSES_HEADER + f"{NAME},{WANG},2,{SECOND},BIBP,A2\n"
    street(content)
    before = table_counts()
    street(content + f"{OTHER},{LI},1,2021-06-10,BIBP,A3\n")  # the old rows come again beside a new one
    assert table_counts()["Dose"] == before["Dose"] + 1


def test_a_corrected_dose_does_not_come_back_with_the_list_that_told_it_wrongly_mavis_1535(street: Load) -> None:
    content = DOSES_HEADER + f"{OTHER},{LI},1,2021-06-10,BIBP,A3\n"
    street(content)
    dose = Dose.objects.get(person=person(OTHER))
    doses.correct(by=OFFICE, dose=dose, reason="day", today=ON, given_on=date(2021, 6, 9))
    street(content + "\n")
    assert [row.given_on for row in Dose.objects.filter(person=person(OTHER), is_struck=False)] == [date(2021, 6, 9)]


def test_every_row_that_goes_out_has_an_id_that_stays_mavis_2446(office: Client) -> None:
    def keys() -> set[str]:
        answer = office.get("/due/export.csv", {"group": "people"})
        return {row.split(",")[0] for row in answer.content.decode("utf-8-sig").splitlines()[1:]}

    before = keys()
    by_hand(OTHER, "BIBP", SECOND)
    assert {person().public_id, person(OTHER).public_id} <= before == keys()


@pytest.mark.usefixtures("street")
def test_whoever_had_it_elsewhere_leaves_the_working_list_mavis_2027_agenda_saude_380() -> None:
    assert OTHER in in_group("open")
    by_hand(OTHER, "Ad5-nCoV", date(2021, 6, 1), evidence="told")
    assert OTHER not in in_group("open")
    assert in_group("complete") == [OTHER]
    assert in_group("told_only") == [OTHER]


@pytest.mark.usefixtures("street")
def test_already_had_blocks_mavis_3065() -> None:
    with pytest.raises(DoseKnownError):
        by_hand(NAME, "BIBP", FIRST)


def test_already_had_is_said_on_the_form_before_anything_is_kept_mavis_3180(office: Client) -> None:
    sent = {"vaccine": "BIBP", "given_on": FIRST.isoformat(), "evidence": "told", "where": "elsewhere"}
    answer = office.post(f"/people/{person().public_id}/doses/new/", sent)
    assert "This dose is written down already" in answer.content.decode()
    assert Dose.objects.count() == 1


def test_an_old_dose_does_not_move_the_person_mavis_1986(street: Load) -> None:
    before = person().living_building, Stay.objects.count()
    other = Building.objects.get(code="B3")
    street(DOSES_HEADER.replace("批号", "接种地点") + f"{NAME},{WANG},2,{SECOND},BIBP,{other.name}社区卫生服务中心\n")
    assert Dose.objects.get(given_on=SECOND).place
    assert (person().living_building, Stay.objects.count()) == before


def test_those_who_are_done_do_not_clutter_the_list_mavis_4201(office: Client) -> None:
    by_hand(NAME, "BIBP", SECOND)
    listed = [line.person.name for line in office.get("/due/").context["page"]]
    assert listed == [OTHER]
    assert in_group("complete") == [NAME]


# ---- repair ----


@pytest.mark.usefixtures("street")
def test_whoever_took_a_refusal_back_is_not_stuck_agenda_saude_387() -> None:
    refusal = doses.refuse(
        by=OFFICE, person=person(), programme=Programme.objects.get(), on=FIRST, today=ON, told_by="self"
    )
    assert NAME not in in_group("open")
    doses.end(by=OFFICE, status=refusal, on=ON, today=ON, told_by="self")
    assert NAME in in_group("open")
    assert stands().next_dose == 2


@pytest.mark.usefixtures("street")
def test_whoever_was_put_off_comes_back_by_themselves_agenda_saude_387() -> None:
    doses.defer(
        by=OFFICE, person=person(), programme=Programme.objects.get(), on=FIRST, today=ON, until_on=ON, reason="other"
    )
    assert NAME in in_group("open")


@pytest.mark.usefixtures("street")
def test_a_dose_of_the_wrong_person_goes_over_whole_and_back_beat_divoc() -> None:
    before = [(row.state, row.valid_doses) for row in (stands(), stands(OTHER))]  # type: ignore[attr-defined]
    dose = Dose.objects.get()
    doses.correct(by=OFFICE, dose=dose, reason="person", today=ON, person=person(OTHER))
    assert [row.valid_doses for row in (stands(), stands(OTHER))] == [0, 1]
    doses.undo(by=OFFICE, correction=Correction.objects.get(), today=ON)
    assert [(row.state, row.valid_doses) for row in (stands(), stands(OTHER))] == before  # type: ignore[attr-defined]
