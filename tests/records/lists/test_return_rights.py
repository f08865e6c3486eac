"""What a list that came back may touch: the records of whoever brought it back, and not one more."""

from __future__ import annotations

from typing import Any

import pytest

from excel_desk import apply, bring_back, fates, remarks, row, take_out
from linli.records.accounts import actions as accounts
from linli.records.accounts.models import Grant, Worker
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.lists.queries.copies import copies_of, meeting_area
from linli.records.people.actions import StayTold, move
from linli.records.people.models import Person
from linli.records.places import actions as places
from linli.records.places.models import Area, Building
from round_trip import changed, put, rows_of, table
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, person_line, resident_id, table_counts

WANG, LI, ZHAO = resident_id("19500101", 1), resident_id("19600202", 2), resident_id("19700303", 3)
PEOPLE = (
    PEOPLE_HEADER
    + person_line("王建国", WANG, first=("2021-05-01", "BIBP"))
    + person_line("李秀英", LI, door="302", phone="13800000002")
    + person_line(
        "赵远", ZHAO, area="张家宅居委会", building="山海关路5号", phone="13800000003", first=("2021-05-01", "BIBP")
    )
)


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


def worker(role: str = "committee_worker", area: str = "S-1") -> Worker:
    made = accounts.enrol(by=OFFICE, username=f"{role}-{area}", name="王芳", password=None)
    accounts.grant(by=OFFICE, worker=made, area=Area.objects.get(code=area), role=role)
    return made


def every_phone(sheet: Any) -> None:
    for line in range(2, sheet.max_row + 1):
        put("联系电话", f"1391111000{line}", row=line)(sheet)


def told(back: List, line: int) -> tuple[str, list[tuple[str, str, str]], list[Any], str]:
    one = Row.objects.get(list=back, line=line)
    return one.outcome, [(p["code"], p["column"], p["severity"]) for p in one.problems], one.changes, one.subject_id


def test_a_person_of_another_area_is_answered_like_one_that_does_not_exist(people: None) -> None:
    rows = rows_of(changed(take_out(), every_phone), "xlsx")
    zhao = next(at for at, line in enumerate(rows) if "赵远" in line)
    rows.append(["AAAAbbbbCCCC", *rows[zhao][1:]])
    back = bring_back(table(rows), "all.csv", worker=worker())
    assert fates(back) == {"changed": 2, "unknown": 2}
    assert (
        told(back, zhao + 1)
        == told(back, len(rows))
        == (
            "unknown",
            [("unknown_record", "记录号", "bad")],
            [],
            "",
        )
    )
    apply(back)
    assert Person.objects.get(name="赵远").phone == "13800000003"
    assert Person.objects.get(name="王建国").phone.startswith("1391111")


def test_rows_of_another_area_that_are_missing_are_not_told_of(people: None) -> None:
    rows = rows_of(take_out(), "xlsx")
    back = bring_back(table(rows[:2]), "one.csv", worker=worker())
    assert fates(back) == {"same": 1, "removed": 1}
    assert "赵远" not in str([one.cells for one in Row.objects.filter(list=back)])


def test_an_id_that_another_copy_held_opens_nothing(people: None) -> None:
    mine, theirs = rows_of(take_out(area="S-1"), "xlsx"), rows_of(take_out(area="S-2"), "xlsx")
    forged = [theirs[1][0], mine[1][1], *theirs[1][2:]]
    back = bring_back(table([*mine, forged]), "forged.csv", worker=worker())
    assert remarks(back, "unknown") == ["unknown_record"]


@pytest.mark.parametrize(
    ("role", "kind", "outcome"),
    [
        ("committee_worker", "people", "changed"),
        ("committee_worker", "doses", "changed"),
        ("committee_worker", "employers", "unknown"),
        ("committee_worker", "buildings", "unknown"),
        ("volunteer", "people", "unknown"),
        ("leader", "people", "unknown"),
        ("office", "employers", "changed"),
        ("office", "buildings", "changed"),
        ("committee_worker", "areas", "unknown"),
        ("committee_worker", "doors", "unknown"),
        ("office", "areas", "changed"),
        ("office", "doors", "changed"),
    ],
)
def test_which_role_may_bring_back_what(people: None, load: Load, role: str, kind: str, outcome: str) -> None:
    load("单位名称,办公楼宇,楼层\n示范信息公司,新昌路1号,3\n")
    cells: dict[str, tuple[str, object]] = {
        "people": ("联系电话", "13911112222"),
        "doses": ("批号", "A1"),
        "employers": ("楼层", "9"),
        "areas": ("区域名称", "新名居委会"),
        "doors": ("楼层", 9),
    }
    header, value = cells.get(kind, ("地址", "新昌路一号"))
    back = bring_back(changed(take_out(kind, area="S-1"), put(header, value)), worker=worker(role))
    assert back.counts[outcome] >= 1
    assert set(fates(back)) <= {outcome, "same"}


def test_rights_count_as_they_are_when_the_list_is_applied(people: None) -> None:
    me = worker()
    back = bring_back(changed(take_out(area="S-1"), every_phone), worker=me)
    assert fates(back) == {"changed": 2}
    Grant.objects.filter(worker=me).delete()
    before = table_counts()
    assert fates(apply(back)) == {"unknown": 2}
    assert table_counts() == before


def test_a_login_that_was_closed_changes_nothing(people: None) -> None:
    me = worker()
    back = bring_back(changed(take_out(area="S-1"), every_phone), worker=me)
    accounts.close(by=OFFICE, worker=me)
    assert fates(apply(back)) == {"unknown": 2}


def test_somebody_who_moved_away_meanwhile_is_nobody_of_ours(people: None) -> None:
    content = changed(take_out(area="S-1"), every_phone)
    wang = Person.objects.get(name="王建国")
    there = Building.objects.get(code="B3")
    for kind in ("living", "registered"):
        move(by=OFFICE, person=wang, on=ON, to=StayTold(kind, there.area_id, there.pk))
    assert fates(bring_back(content, worker=worker())) == {"changed": 1, "unknown": 1}


def test_a_move_out_of_the_own_areas_is_not_written_in_a_file(people: None) -> None:
    content = changed(take_out(area="S-1"), put("楼栋", "山海关路5号"))
    back = bring_back(content, worker=worker())
    assert remarks(back, "bad") == ["outside_scope"]
    content = changed(take_out(area="S-1"), put("楼栋", "山海关路6号"))
    (problem,) = row(bring_back(content, worker=Worker.objects.get()), "bad").problems
    assert (problem["code"], problem["params"]) == ("unknown_building", {})  # the like of it lies elsewhere: not named


def test_the_area_of_a_list_is_that_of_its_copies(people: None) -> None:
    one, other = rows_of(take_out(area="S-1"), "xlsx"), rows_of(take_out(area="S-2"), "xlsx")
    assert bring_back(table(one), "one.csv").area == Area.objects.get(code="S-1")
    assert bring_back(table([*one, *other[1:]]), "both.csv").area == Area.objects.get(code="S")


@pytest.mark.parametrize("parent", ["S-2", "S"])
def test_an_area_is_hung_below_another_only_by_who_has_both(people: None, parent: str) -> None:
    places.draw_areas(by=OFFICE, areas=[_grid("S-1-1", "S-1"), _grid("S-1-2", "S-1")])
    grid = next(at for at, line in enumerate(rows_of(take_out("areas"), "xlsx"), 1) if "S-1-1" in line)
    content = changed(take_out("areas"), put("上级代码", parent, row=grid))
    back = bring_back(content, worker=worker("office"))
    assert remarks(back, "bad") == ["parent_outside"]
    apply(back)
    assert Area.objects.get(code="S-1-1").path == "S/S-1/S-1-1/"
    content = changed(take_out("areas"), put("上级代码", "S-1-2", row=grid))
    apply(bring_back(content, worker=Worker.objects.get()))
    assert Area.objects.get(code="S-1-1").path == "S/S-1/S-1-2/S-1-1/"


def test_the_own_top_stays_where_it_hangs(people: None) -> None:
    content = changed(take_out("areas", area="S-1"), put("上级代码", "S-1"))
    assert remarks(bring_back(content, worker=worker("office")), "bad") == ["parent_outside"]


@pytest.mark.parametrize("kind", ["areas", "doors"])
def test_a_place_of_another_area_is_answered_like_one_that_does_not_exist(people: None, kind: str) -> None:
    rows = rows_of(take_out(kind), "xlsx")
    theirs = next(at for at, line in enumerate(rows) if "张家宅居委会" in line)
    rows.append(["AAAAbbbbCCCC", *rows[theirs][1:]])
    back = bring_back(table(rows), f"{kind}.csv", worker=worker("office"))
    nothing = ("unknown", [("unknown_record", "记录号", "bad")], [], "")
    assert (told(back, theirs + 1), told(back, len(rows))) == (nothing, nothing)


def _grid(code: str, parent: str) -> dict[str, Any]:
    return {"code": code, "name": code, "name_en": "", "kind": "grid", "parent_code": parent, "outline": None}


@pytest.mark.parametrize(
    ("paths", "code"), [([], None), (["S/S-1/"], "S-1"), (["S/S-1/", "S/S-2/"], "S"), (["S/", "S/S-2/"], "S")]
)
def test_the_smallest_area_of_several(street: Area, paths: list[str], code: str | None) -> None:
    found = meeting_area(paths)
    assert (found.code if found else None) == code


def test_copies_are_seen_by_who_took_them_and_by_the_office_of_their_area(people: None) -> None:
    take_out(area="S-1")
    assert copies_of(worker(), paths=[]).count() == 0
    assert copies_of(worker(area="S-2"), paths=["S/S-1/"]).count() == 1


class _Stop:
    """Asks to stop at the first step of a phase."""

    def __init__(self, phase: str) -> None:
        self.phase = phase
        self.seen: set[str] = set()

    def __call__(self, phase: str, done: int, total: int) -> None:
        self.seen.add(phase)
        if phase == self.phase:
            raise lists.StoppedError(phase)


@pytest.mark.parametrize(
    ("kind", "header", "value", "phase"),
    [
        ("people", "联系电话", "13911112222", "people"),
        ("people", "联系电话", "13911112222", "forecast"),
        ("doses", "批号", "A1", "doses"),
    ],
)
def test_stopped_halfway_nothing_is_written(people: None, kind: str, header: str, value: str, phase: str) -> None:
    back = bring_back(changed(take_out(kind), put(header, value)))
    before = table_counts()
    with pytest.raises(lists.StoppedError):
        lists.apply(by=OFFICE, of=back, on=ON, progress=_Stop(phase))
    assert table_counts() == before
    back.refresh_from_db()
    assert (back.state, fates(back)["changed"]) == ("staged", 1)
    assert fates(apply(back))["changed"] == 1
