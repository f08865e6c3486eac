"""The page of one person: status, reasons, doses, facts, household, history; and who may open it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from street import EVIL, Street

Browser = Callable[..., Client]


def page(client: Client, street: Street, name: str, **values: str) -> str:
    """The text of a person's page without its tags."""
    answer = client.get(f"/people/{street.people[name].public_id}/", values)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_an_overdue_person(signed_in: Browser, street: Street) -> None:
    text = page(signed_in("office"), street, "丙逾期")
    for words in (
        "Female · 51 years old · 1 January 1970 · 13900000003",
        "Overdue",
        "Next dose Dose 2",
        "Earliest Thu 22 April 59 days ago",
        "Last day on time Thu 27 May 24 days ago",
        "Same product BIBP inactivated",
        "Others of the same kind WIBP inactivated, CoronaVac inactivated, KCONVAC inactivated",
        "Earliest on Thu 22 April: 21 days after the dose of Thu 1 April.",
        "Last day on time Thu 27 May: 8 weeks after the dose of Thu 1 April.",
        "version 2021-03-29",
        "Counts as dose 1.",
        "L-1",
        "卫生服务中心",
        "Register (invented)",
        "covers doses",
        "Wrote down doses",
    ):
        assert words in text


def test_a_dose_that_does_not_count_says_why(signed_in: Browser, street: Street) -> None:
    text = page(signed_in("office"), street, "庚末日")
    assert "Does not count: 9 days after the one before, at least 14 days are needed (Mon 10 May)." in text
    assert "The last dose did not count: dose 2 may be given now." in text
    assert "Last day on time Mon 21 June tomorrow" in text


def test_another_maker_of_the_same_platform_counts(signed_in: Browser, street: Street) -> None:
    text = page(signed_in("office"), street, "甲全程")
    assert "All doses done since Sun 25 April." in text
    assert "another maker than the first dose (BIBP inactivated), same kind" in text


def test_silence_is_not_called_unvaccinated(signed_in: Browser, street: Street) -> None:
    text = page(signed_in("office"), street, "癸不详")
    assert "Unknown due if none elsewhere" in text
    assert "Silence does not mean unvaccinated" in text
    assert "says nothing of doses" in text
    assert "Silence" not in page(signed_in("office"), street, "乙应种")


def test_a_child_and_a_person_without_birth_date(signed_in: Browser, street: Street) -> None:
    child = page(signed_in("office"), street, "戊少年")
    assert "Too young for the ages open now; old enough on Sat 1 January 2028." in child
    unknown = page(signed_in("office"), street, "无生日")
    assert "birth date not known" in unknown
    assert "ask for it, then this can be judged" in unknown


def test_the_day_decides(signed_in: Browser, street: Street) -> None:
    client = signed_in("office")
    past = page(client, street, "甲全程", on="2021-04-10")
    assert "Judged for Sat 10 April" in past
    assert "Waiting" in past
    assert "Given after this day: not counted yet." in past
    assert "Judged for" not in page(client, street, "甲全程")


def test_facts_are_told_with_source_and_day_the_believed_first(signed_in: Browser, street: Street) -> None:
    text = page(signed_in("office"), street, "乙应种")
    assert "Name 乙应种 Register (invented) · Tue 1 June differs: 乙又名 · Gate list (invented) · Thu 3 June" in text
    assert "Phone 13900000002 Register (invented) · Tue 1 June differs: 13700000000" in text
    assert "Lives at North · North House · Door 101" in text
    assert "differs: South · South House · Door 101" in text
    assert "Works at no list says" in text


def test_the_household_shows_those_one_may_see(signed_in: Browser, street: Street) -> None:
    assert "丙逾期" in page(signed_in("north"), street, "乙应种").split("Household", 1)[1]
    # 壬两处 works in the north and lives in the south, behind the same door as 辛南人.
    assert "辛南人" in page(signed_in("office"), street, "壬两处")
    assert "辛南人" not in page(signed_in("north"), street, "壬两处")


@pytest.mark.parametrize(("worker", "name", "status"), [
    ("office", "辛南人", 200),
    ("north", "辛南人", 404),
    ("north", "乙应种", 200),
    ("leader", "乙应种", 403),
])  # fmt: skip
def test_who_may_open_a_page(signed_in: Browser, street: Street, worker: str, name: str, status: int) -> None:
    assert signed_in(worker).get(f"/people/{street.people[name].public_id}/").status_code == status


def test_nobody_by_that_id(signed_in: Browser) -> None:
    assert signed_in("office").get("/people/nobody/").status_code == 404


def test_everybody_on_the_list_has_a_page(signed_in: Browser, street: Street) -> None:
    client = signed_in("office")
    for line in client.get("/due/", {"group": "people"}).context["page"]:
        assert client.get(f"/people/{line.person.public_id}/").status_code == 200


def test_before_the_forecast_is_drawn_the_page_says_so(signed_in: Browser, street: Street) -> None:
    from linli.records.doses.models import Forecast

    Forecast.objects.all().delete()
    assert "Not judged yet" in page(signed_in("office"), street, "乙应种")


def test_the_page_takes_few_questions(
    signed_in: Browser, street: Street, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in("office")
    page(client, street, "乙应种")
    with django_assert_max_num_queries(20):
        page(client, street, "壬两处")


def test_a_script_in_a_name_is_shown_as_text(signed_in: Browser, street: Street) -> None:
    answer = signed_in("office").get(f"/people/{street.people[EVIL].public_id}/").content.decode()
    assert EVIL not in answer
    assert "&lt;script&gt;" in answer


def test_the_page_speaks_chinese(signed_in: Browser, street: Street) -> None:
    text = page(signed_in("office", "zh-hans"), street, "丙逾期")
    for words in ("51岁", "逾期", "第1剂", "8周", "5月27日 周四", "北京生物灭活疫苗", "同类其他产品"):
        assert words in text
