"""A week of Mrs Chen (invented): no list tells of her doses, she had one elsewhere, falls ill, comes, is mis-keyed.

A real browser, a real server. At each step the due list, the board and her own page say the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served_demo
from linli.demo import generate
from linli.domain.identity.resident_id import check_digit

pytestmark = pytest.mark.browser

FIRST17 = "31010019550214902"
NAME, NUMBER, PHONE = "陈阿婆", FIRST17 + check_digit(FIRST17), "19700000021"
STATES = ("Due", "Overdue", "Waiting", "Unknown", "Deferred", "Refused", "Complete")


@pytest.fixture(scope="module")
def committee(browser: Browser) -> Iterator[Page]:
    """A worker over the street, signed in, in English; nobody lives there yet."""
    with served_demo(stage="places", people=200) as address:
        context = browser.new_context(base_url=address, locale="en-GB")
        context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
        page = context.new_page()
        page.goto("/demo/office/")
        yield page
        context.close()


def open_her_page(page: Page) -> None:
    page.goto("/due/?group=people")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()


def write_down(page: Page, what: str) -> None:
    open_her_page(page)
    page.get_by_role("link", name=what, exact=True).click()


def agree(page: Page, state: str, *, on: str = "2021-06-20", to_do: bool) -> None:
    """The due list, the board and her page tell one state, and only the right ones call her up."""
    group = state.lower()
    page.goto(f"/due/?group={group}&on={on}")
    expect(page.get_by_role("link", name=NAME)).to_have_count(1)
    page.goto(f"/due/?group=open&on={on}")
    expect(page.get_by_role("link", name=NAME)).to_have_count(1 if to_do else 0)
    page.goto("/board/")
    page.goto(f"{page.url.split('?')[0]}?on={on}")
    stands = page.get_by_role("list", name="How they stand")
    told = {
        item.inner_text().split()[0]: item.inner_text().split()[-1] for item in stands.get_by_role("listitem").all()
    }
    assert {word: count for word, count in told.items() if count != "0"} == {state: "1"}
    page.goto(f"/due/?group=people&on={on}")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator(".status-big")).to_have_text(state)


def test_she_stands_in_a_list_that_says_nothing_of_doses(committee: Page, tmp_path: Path) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["姓名", "身份证号码", "联系电话", "楼栋编号", "室号"])
    rows.writerow([NAME, NUMBER, PHONE, generate(people=200).buildings[0].code, "101"])
    file = tmp_path / "gate.csv"
    file.write_text(out.getvalue(), encoding="utf-8-sig")
    committee.goto("/lists/new/")
    committee.locator("input[name=file]").set_input_files(file)
    committee.get_by_label("Area the list is about").select_option(index=1)
    committee.get_by_label("Who wrote it").select_option(label="A new source: name it below")
    committee.get_by_text("Name a new source").click()
    committee.get_by_label("Name of the new source").fill("Gate list (invented)")
    committee.get_by_label("No, or only for some people").check()
    committee.get_by_role("button", name="Judge the list").click()
    committee.get_by_role("button", name="Apply the list").click()
    expect(committee.get_by_text("In the register").first).to_be_visible()
    agree(committee, "Unknown", to_do=True)
    expect(committee.get_by_text("Silence does not mean unvaccinated")).to_be_visible()


def test_on_tuesday_she_tells_of_a_dose_elsewhere(committee: Page) -> None:
    write_down(committee, "A dose given elsewhere")
    committee.get_by_label("Product").select_option(label="CoronaVac inactivated")
    committee.get_by_label("Day", exact=True).fill("2021-05-25")
    committee.get_by_label("Which dose was it?").fill("1")
    committee.get_by_label("The person or the family says so; no paper was seen").check()
    committee.get_by_label("Place").fill("苏州（虚构）")
    expect(committee.get_by_text("Dose 2 from Tue 15 June; last day on time Tue 20 July.")).to_be_visible()
    committee.get_by_role("button", name="Write down the dose").click()
    expect(committee.get_by_text("The dose is written down.")).to_be_visible()
    agree(committee, "Due", to_do=True)
    expect(committee.locator("#doses")).to_contain_text("Told, no paper")
    committee.goto("/due/?group=told_only")
    expect(committee.get_by_role("link", name=NAME)).to_have_count(1)


def test_on_wednesday_she_is_ill(committee: Page) -> None:
    write_down(committee, "A deferral")
    committee.get_by_label("Fever or acute illness").check()
    committee.get_by_label("Put off since").fill("2021-06-16")
    expect(committee.get_by_text("Leaves the due list.")).to_be_visible()
    committee.get_by_role("button", name="Write down the deferral").click()
    expect(committee.get_by_text("Put off until Wed 30 June.")).to_be_visible()
    agree(committee, "Deferred", to_do=False)
    agree(committee, "Deferred", on="2021-06-29", to_do=False)
    agree(committee, "Due", on="2021-06-30", to_do=True)
    agree(committee, "Due", on="2021-06-15", to_do=True)


def test_on_friday_she_is_well_again(committee: Page) -> None:
    open_her_page(committee)
    committee.get_by_role("link", name="End this status, or strike it as a mistake").click()
    committee.get_by_label("It ended sooner").check()
    committee.get_by_label("From which day?").fill("2021-06-18")
    expect(committee.get_by_text("Comes onto the due list.")).to_be_visible()
    committee.get_by_role("button", name="End it").click()
    agree(committee, "Due", to_do=True)
    agree(committee, "Deferred", on="2021-06-17", to_do=False)
    expect(committee.locator("#statuses")).to_contain_text("ended sooner")


def test_on_saturday_her_second_dose_is_mis_keyed(committee: Page) -> None:
    write_down(committee, "A dose given elsewhere")
    committee.get_by_label("Product").select_option(label="Ad5-nCoV adenovirus vector")
    committee.get_by_label("Day", exact=True).fill("2021-06-19")
    committee.get_by_label("Which dose was it?").fill("2")
    committee.get_by_label("An immunisation register shows it").check()
    committee.get_by_label("In this drive").check()
    committee.get_by_role("button", name="Write down the dose").click()
    agree(committee, "Waiting", to_do=False)  # another kind than the first: it does not count, and she would wait anew
    expect(committee.get_by_text("Does not count: another kind of vaccine than the first dose")).to_be_visible()


def test_the_mistake_is_corrected_and_she_is_done(committee: Page) -> None:
    open_her_page(committee)
    committee.get_by_role("link", name="Correct Sat 19 June").click()
    committee.get_by_role("link", name="Wrong product").click()
    committee.get_by_label("The right product").select_option(label="CoronaVac inactivated")
    expect(committee.get_by_text("Needs no further dose.")).to_be_visible()
    committee.get_by_role("button", name="Correct the dose").click()
    expect(committee.get_by_text("The dose is corrected.")).to_be_visible()
    expect(committee.locator("del", has_text="Ad5-nCoV")).to_be_visible()
    agree(committee, "Complete", to_do=False)
    agree(committee, "Due", on="2021-06-18", to_do=True)


def test_an_undo_brings_the_mistake_back_and_another_one_the_truth(committee: Page) -> None:
    open_her_page(committee)
    committee.locator("#doses").get_by_role("button", name="Undo").click()
    expect(committee.get_by_text("Taken back. Both lines stay in the record.")).to_be_visible()
    agree(committee, "Waiting", to_do=False)
    committee.locator("#doses").get_by_role("button", name="Undo").last.click()
    agree(committee, "Complete", to_do=False)
    expect(committee.locator("#doses del")).to_have_count(6)  # three rows struck, day and product of each
