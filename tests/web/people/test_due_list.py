"""The due list through the browser's eyes: filters, counts, sorting, files, and who may see whom."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from street import EVIL, Street, add_residents

from linli.records.journal.models import Entry
from linli.records.lists.models import Export

Browser = Callable[..., Client]
DUE = "/due/"
NORTH = {
    "甲全程",
    "乙应种",
    "丙逾期",
    "丁等待",
    "戊少年",
    "己生日",
    "庚末日",
    EVIL,
    "=1+2",
    "无生日",
    "壬两处",
    "癸不详",
}
ALL = NORTH | {"辛南人"}


def shown(client: Client, **filters: object) -> list[str]:
    """Names on a page of the list, in order."""
    page = client.get(DUE, filters, follow=True).context["page"]
    return [line.person.name for line in page]


def file_rows(client: Client, **filters: object) -> list[dict[str, str]]:
    """Rows of the file; the mark behind columns for reading is left out."""
    answer = client.get("/due/export.csv", filters, follow=True)
    assert answer.status_code == 200
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return [{name.removesuffix(" (read only)"): cell for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("people", ALL),
        ("complete", {"甲全程"}),
        ("due", {"乙应种", "己生日", "庚末日", EVIL, "=1+2", "辛南人", "壬两处"}),
        ("overdue", {"丙逾期"}),
        ("waiting", {"丁等待"}),
        ("not_eligible", {"戊少年", "无生日"}),
        ("unknown", {"癸不详"}),
        ("open", {"乙应种", "丙逾期", "己生日", "庚末日", EVIL, "=1+2", "辛南人", "壬两处", "癸不详"}),
        ("entering", {"己生日"}),
        ("last_days", {"庚末日"}),
    ],
)
def test_a_group_lists_its_people_and_the_quick_choice_counts_them(
    signed_in: Browser, group: str, names: set[str]
) -> None:
    client = signed_in("office")
    assert set(shown(client, group=group)) == names
    answer = client.get(DUE, {"group": group})
    current = next(one for one in answer.context["segments"] if one["current"])
    assert current["count"] == answer.context["page"].paginator.count == len(names)


def test_without_a_group_the_list_is_what_is_to_do(signed_in: Browser) -> None:
    client = signed_in("office")
    assert shown(client) == shown(client, group="open") == shown(client, group="no such group")


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"search": "应种"}, {"乙应种"}),
        ({"search": "0003"}, {"丙逾期"}),
        ({"vaccine": "BIBP"}, {"甲全程", "丙逾期"}),
        ({"vaccine": "poison"}, ALL),
        ({"dose": "2"}, {"丙逾期", "丁等待", "庚末日"}),
        ({"dose": "99"}, ALL),
        ({"of": "working"}, {"壬两处"}),
        ({"on": "not a day"}, ALL),
        ({"page": "99"}, ALL),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",  # a set has no order to be named by
)
def test_filters_narrow_and_odd_values_are_left_out(
    signed_in: Browser, filters: dict[str, str], names: set[str]
) -> None:
    assert set(shown(signed_in("office"), group="people", **filters)) == names


def test_places_narrow_by_the_stay_that_is_asked_for(signed_in: Browser, street: Street) -> None:
    client = signed_in("office")
    north, tower = street.areas["N"].public_id, street.buildings["T1"].public_id
    assert set(shown(client, group="people", area=north)) == NORTH
    assert set(shown(client, group="people", area=north, of="working")) == {"壬两处"}
    assert "壬两处" not in shown(client, group="people", area=north, of="living")
    assert set(shown(client, group="people", building=tower, of="working")) == {"壬两处"}
    assert set(shown(client, group="people", employer=street.employer.public_id)) == {"壬两处"}
    south = street.areas["Z"].public_id
    assert set(shown(client, group="people", area=south, building=tower)) == {"辛南人", "壬两处"}


def test_a_day_in_the_past_is_judged_by_the_facts_up_to_it(signed_in: Browser) -> None:
    client = signed_in("office")
    assert shown(client, group="complete", on="2021-04-24") == []
    assert set(shown(client, group="due", on="2021-04-24", vaccine="BIBP")) == {"甲全程", "丙逾期"}
    assert shown(client, group="not_eligible", search="己生日", on="2021-06-19") == ["己生日"]


@pytest.mark.parametrize("column", ["name", "place", "age", "dose", "product", "earliest", "latest", "state", "reason"])
def test_every_column_sorts_both_ways(signed_in: Browser, column: str) -> None:
    client = signed_in("office")
    up, down = (shown(client, group="people", sort=sort) for sort in (column, f"-{column}"))
    assert set(up) == set(down) == ALL
    assert up != down
    if column == "age":
        assert up[0] == "己生日" or up[0] == "戊少年"
        assert down[0] == "甲全程"
    assert f"sort=-{column}" in client.get(DUE, {"group": "people", "sort": column}).content.decode()


def test_a_row_says_place_age_products_dates_and_why(signed_in: Browser) -> None:
    page = signed_in("office").get(DUE, {"group": "overdue"})
    (line,) = page.context["page"]
    assert (line.place, line.place_more, line.age) == (["North House", "Door 101"], "North", 51)
    assert line.products == "BIBP inactivated"
    assert "CoronaVac" in line.products_more
    assert line.why == "The last day on time was Thu 27 May; give it all the same, nothing starts again."
    text = page.content.decode()
    assert "Thu 27 May" in text
    assert "24 days ago" in text
    assert '<span class="nowrap">Overdue</span> · <span class="nowrap">Sun 20 June</span>' in text


def test_unknown_people_are_due_if_none_elsewhere(signed_in: Browser) -> None:
    assert "due if none elsewhere" in signed_in("office").get(DUE, {"group": "unknown"}).content.decode()


def test_the_list_has_pages_that_keep_the_filter(signed_in: Browser, street: Street) -> None:
    add_residents(street, 60)
    client = signed_in("office")
    first = client.get(DUE, {"search": "邻居", "sort": "-name"}, follow=True)
    assert len(first.context["page"].object_list) == 50
    assert shown(client, search="邻居", sort="-name", page=2) == [f"邻居{k:03}" for k in range(9, -1, -1)]
    link = re.search(r'href="(\?[^"]*page=2[^"]*)"', first.content.decode())
    assert link
    assert "sort=-name" in link[1]


@pytest.mark.parametrize("group", ["open", "people"])
def test_the_page_asks_the_same_few_questions_however_long_the_list(
    signed_in: Browser, street: Street, django_assert_max_num_queries: DjangoAssertNumQueries, group: str
) -> None:
    client = signed_in("office")
    client.get(DUE)
    with django_assert_max_num_queries(20) as few:
        client.get(DUE, {"group": group})
    count = len(few.captured_queries)
    add_residents(street, 120)
    with django_assert_max_num_queries(20) as many:
        page = client.get(DUE, {"group": group})
    assert len(many.captured_queries) == count > 5
    assert len(page.content) < 300_000


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"search": "nobody"}, "Nobody by this name or phone in your areas"),
        ({"of": "working", "vaccine": "ZF2001"}, "No people fit these filters"),
        ({"group": "dropped", "search": "应种"}, "Nobody of this kind on this day"),
    ],
    ids=["search", "filters", "group"],
)
def test_an_empty_list_says_why(signed_in: Browser, filters: dict[str, str], said: str) -> None:
    assert said in signed_in("office").get(DUE, filters, follow=True).content.decode()


def test_without_a_drive_the_list_says_so(db: None) -> None:
    from linli.records.accounts.actions import enrol, grant
    from linli.records.journal.actions import Who
    from linli.records.places.actions import draw_areas
    from linli.records.places.models import Area

    by = Who("", "test")
    draw_areas(
        by=by,
        areas=[{"code": "S", "name": "街道", "name_en": "", "kind": "other", "parent_code": "", "outline": None}],
    )
    worker = enrol(by=by, username="office", name="office", password=None)
    grant(by=by, worker=worker, area=Area.objects.get(), role="office")
    client = Client()
    client.force_login(worker)
    client.cookies["django_language"] = "en"
    assert "No drive is open yet" in client.get(DUE).content.decode()


class TestRights:
    def test_the_list_needs_a_login(self, street: Street) -> None:
        answer = Client().get(DUE)
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/due/")

    @pytest.mark.parametrize("address", [DUE, "/due/export.csv", "/due/export.xlsx"])
    def test_a_leader_sees_no_names(self, signed_in: Browser, address: str) -> None:
        assert signed_in("leader").get(address).status_code == 403

    def test_a_committee_worker_sees_the_people_of_the_committee(self, signed_in: Browser) -> None:
        client = signed_in("north")
        assert set(shown(client, group="people")) == NORTH
        assert client.get(DUE, {"group": "people"}).context["page"].paginator.count == len(NORTH)

    @pytest.mark.parametrize("search", ["辛南人", "8888", "13900008888"])
    def test_another_areas_person_is_not_found(self, signed_in: Browser, search: str) -> None:
        assert shown(signed_in("north"), group="people", search=search) == []
        assert shown(signed_in("office"), group="people", search=search) == ["辛南人"]

    @pytest.mark.parametrize(("key", "code"), [("area", "Z"), ("area", "S"), ("building", "Z1")])
    @pytest.mark.parametrize("address", [DUE, "/due/export.csv"])
    def test_another_areas_place_is_not_found(
        self, signed_in: Browser, street: Street, address: str, key: str, code: str
    ) -> None:
        place = (street.areas if key == "area" else street.buildings)[code]
        assert signed_in("north").get(address, {key: place.public_id}).status_code == 404
        assert signed_in("office").get(address, {key: place.public_id}).status_code == 200

    def test_places_of_other_areas_are_no_choice(self, signed_in: Browser) -> None:
        options = re.findall(r"<option[^>]*>([^<]*)<", signed_in("north").get(DUE).content.decode())
        assert "North House" in options
        assert not [option for option in options if "South" in option]


class TestFiles:
    def test_the_file_holds_the_whole_list_and_no_one_else(self, signed_in: Browser, street: Street) -> None:
        add_residents(street, 60)
        rows = file_rows(signed_in("north"), group="people")
        assert len(rows) == len(NORTH) + 60
        assert "辛南人" not in {row["Full name"] for row in rows}
        assert len({row["Record"] for row in rows}) == len(rows)

    def test_a_row_of_the_file(self, signed_in: Browser, street: Street) -> None:
        (row,) = file_rows(signed_in("office"), group="overdue")
        assert row == {
            "Record": street.people["丙逾期"].public_id,
            "Copy": Export.objects.get().public_id,
            "Full name": "丙逾期",
            "Sex": "Female",
            "Date of birth": "1970-01-01",
            "Phone": "13900000003",
            "Committee": "North",
            "Building": "North House",
            "Stair": "",
            "Door": "101",
            "Household": "",
            "Employer": "",
            "Work building": "",
            "Age": "51",
            "Registered at": "",
            "Status": "Overdue",
            "Next dose": "2",
            "Begun with": "BIBP inactivated",
            "Products that may be given": ", ".join(
                f"{code} inactivated" for code in ("BIBP", "WIBP", "CoronaVac", "KCONVAC")
            ),
            "Earliest": "2021-04-22",
            "Recommended from": "2021-04-22",
            "Last day on time": "2021-05-27",
            "Days left": "-24",
            "Reason": "The last day on time was Thu 27 May; give it all the same, nothing starts again.",
            "On the day": "2021-06-20",
        }

    def test_a_formula_in_a_name_is_text(self, signed_in: Browser) -> None:
        names = {row["Full name"] for row in file_rows(signed_in("office"), group="people")}
        assert "'=1+2" in names
        assert "=1+2" not in names
        book = openpyxl.load_workbook(
            io.BytesIO(signed_in("office").get("/due/export.xlsx", {"group": "people"}).content)
        )
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert "=1+2" in [cell.value for cell in cells]

    def test_the_file_name_tells_nothing_of_anybody(self, signed_in: Browser) -> None:
        answer = signed_in("office").get("/due/export.csv", {"search": "应种"}, follow=True)
        assert answer["Content-Disposition"] == 'attachment; filename="due-list-2021-06-20.csv"'
        assert "no-store" in answer["Cache-Control"]

    def test_taking_names_away_leaves_a_journal_line(self, signed_in: Browser) -> None:
        file_rows(signed_in("north"), group="overdue")
        line = Entry.objects.get(verb="reports.export")
        assert line.who_name == "north"
        assert line.detail["people"] == 1

    def test_an_empty_file_still_has_its_header(self, signed_in: Browser) -> None:
        answer = signed_in("office").get("/due/export.csv", {"search": "nobody"}, follow=True)
        assert answer.content.decode("utf-8-sig").startswith("Record,Copy,Full name,Sex")


def test_a_script_in_a_name_is_shown_as_text(signed_in: Browser) -> None:
    text = signed_in("office").get(DUE, {"search": EVIL, "group": "people"}, follow=True).content.decode()
    assert EVIL not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_list_speaks_chinese(signed_in: Browser) -> None:
    text = signed_in("office", "zh-hans").get(DUE, {"group": "overdue"}).content.decode()
    for words in ("应种名单", "进入接种窗口", "101室", "北京生物灭活疫苗", "按时截止日"):
        assert words in text
    assert "North House" not in text
    rows = signed_in("office", "zh-hans").get("/due/export.csv", {"group": "overdue"}).content.decode("utf-8-sig")
    assert rows.startswith("记录号,副本号,姓名")


def test_the_chosen_place_stays_chosen_and_its_name_is_text(signed_in: Browser, street: Street) -> None:
    house = street.buildings["N1"]
    house.name_en = EVIL
    house.save()
    text = signed_in("office").get(DUE, {"building": house.public_id, "of": "living"}).content.decode()
    assert f'<option value="{house.public_id}" selected>&lt;script&gt;' in text
    assert '<optgroup label="North">' in text
    assert '<option value="living" selected>' in text
    assert EVIL not in text
