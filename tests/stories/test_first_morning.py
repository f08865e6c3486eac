"""20 June 2021, from eight o'clock: the office loads a list, mends a row, works the due list, opens a figure to names.

A real browser, a real server, a demo of its own with areas and buildings alone. Everybody is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from browser import served_demo
from linli.demo import generate
from linli.domain.identity.resident_id import check_digit

pytestmark = pytest.mark.browser

HEADER = ("姓名", "身份证号码", "联系电话", "楼栋编号", "室号", "第一针时间", "第一针疫苗", "第二针时间", "第二针疫苗")


def number(birth: str, serial: int) -> str:
    """A resident id with the marks of invention."""
    first17 = f"310100{birth}{serial}"
    return first17 + check_digit(first17)


GRANDMA = ("王奶奶", number("19480302", 902), "19700000001", "101", "2021-05-20", "科兴", "", "")
LATE = ("李迟到", number("19700511", 903), "19700000002", "102", "2021年4月1日", "北京生物", "", "")
DONE = ("陈全程", number("19800511", 904), "19700000003", "103", "2021.3.1", "科兴", "2021.3.25", "科兴")
WRONG = ("赵写错", number("19900511", 906)[:-1] + "?", "19700000004", "104", "", "", "", "")
NOWHERE = ("孙无楼", number("19910511", 908), "19700000005", "105", "", "", "", "")


def workbook(building: str) -> bytes:
    """The committee's list as Excel writes it, two rows of it wrong."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["东王居委会名单（虚构）"])
    sheet.append(HEADER)
    for name, document, phone, room, *doses in (GRANDMA, LATE, DONE, WRONG):
        sheet.append([name, document, phone, building, room, *doses])
    name, document, phone, room, *doses = NOWHERE
    sheet.append([name, document, phone, "无人知道的楼", room, *doses])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def office(browser: Browser) -> Iterator[Page]:
    """The office, signed in, in English so that the test reads like its sentences."""
    with served_demo(stage="places", people=200) as address:
        context = browser.new_context(base_url=address, locale="en-GB", accept_downloads=True)
        context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
        page = context.new_page()
        page.goto("/demo/office/")
        yield page
        context.close()


@pytest.fixture(scope="module")
def building() -> str:
    """The code of a building of the demo."""
    return generate(people=200).buildings[0].code


def test_the_board_says_what_to_do_when_nobody_is_there(office: Page) -> None:
    office.goto("/board/")
    expect(office.get_by_text(re.compile("list", re.IGNORECASE)).first).to_be_visible()


def test_load_a_list_see_and_mend_its_bad_rows(office: Page, building: str, tmp_path: Path) -> None:
    file = tmp_path / "committee.xlsx"
    file.write_bytes(workbook(building))
    office.goto("/lists/")
    office.get_by_role("link", name="Load a list").first.click()
    office.locator("input[name=file]").set_input_files(file)
    office.get_by_label("Area the list is about").select_option(index=1)
    office.get_by_label("Who wrote it").select_option(label="A new source: name it below")
    office.get_by_text("Name a new source").click()
    office.get_by_label("Name of the new source").fill("Dongwang committee (invented)")
    office.get_by_label("Yes, it covers doses").check()
    office.get_by_role("button", name="Judge the list").click()
    expect(office.get_by_text("2 bad rows left out")).to_be_visible()

    office.get_by_role("link", name="Mend").first.click()
    expect(office.get_by_text(re.compile("id", re.IGNORECASE)).first).to_be_visible()
    office.locator(f"input[value='{WRONG[1]}']").first.fill(number("19900511", 906))
    office.get_by_role("button", name="Save and judge again").first.click()
    office.goto("/lists/")
    office.get_by_role("link", name="committee.xlsx").click()
    expect(office.get_by_text("1 bad row left out")).to_be_visible()
    office.get_by_role("button", name="Apply the list").click()
    expect(office.get_by_text("In the register").first).to_be_visible()


def test_work_the_due_list_and_take_it_away(office: Page) -> None:
    office.goto("/due/?group=overdue")
    expect(office.get_by_role("link", name=LATE[0])).to_be_visible()
    expect(office.get_by_role("link", name=GRANDMA[0])).to_have_count(0)
    office.goto("/due/")
    office.get_by_label("Name or last digits of phone").fill("王奶奶")
    office.get_by_role("button", name="Show").first.click()
    expect(office.get_by_role("link", name=GRANDMA[0])).to_be_visible()
    expect(office.get_by_role("link", name=LATE[0])).to_have_count(0)
    with office.expect_download() as download:
        office.get_by_role("link", name="XLSX").first.click()
    saved = BytesIO(Path(download.value.path()).read_bytes())
    rows = list(openpyxl.load_workbook(saved).active.values)  # type: ignore[union-attr]  # the file has a sheet
    assert any(GRANDMA[0] in row for row in rows)
    assert not any(LATE[0] in row for row in rows)


def test_her_page_says_why(office: Page) -> None:
    office.goto("/due/")
    office.get_by_role("link", name=GRANDMA[0]).click()
    expect(office.get_by_role("heading", name=GRANDMA[0])).to_be_visible()
    expect(office.get_by_text("21 days after the dose of Thu 20 May").first).to_be_visible()
    expect(office.get_by_text("Thu 15 July").first).to_be_visible()


def test_open_a_figure_down_to_the_names(office: Page) -> None:
    office.goto("/board/")
    office.locator("#changes").get_by_role("link", name="1 Overdue").click()
    expect(office.locator("main tbody a[href*='/people/']")).to_have_count(1)


def test_switch_the_language(office: Page) -> None:
    office.goto("/due/?group=overdue")
    office.get_by_role("button", name="中文").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("应种名单")
    expect(office.get_by_role("link", name=LATE[0])).to_be_visible()
    office.get_by_role("button", name="English").click()


def test_the_same_list_again_changes_nothing(office: Page, building: str, tmp_path: Path) -> None:
    file = tmp_path / "committee.xlsx"
    file.write_bytes(workbook(building))
    office.goto("/lists/new/")
    office.locator("input[name=file]").set_input_files(file)
    office.get_by_label("Area the list is about").select_option(index=1)
    office.get_by_label("Who wrote it").select_option(label="Dongwang committee (invented)")
    office.get_by_label("Yes, it covers doses").check()
    office.get_by_role("button", name="Judge the list").click()
    expect(office.get_by_text("2 bad rows left out")).to_be_visible()
    expect(office.locator("main")).not_to_contain_text("added")
