"""A register full of words that spreadsheets mangle goes out, through other programs, and comes back the same."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from excel_desk import apply, bring_back, fates, take_out
from linli.domain.sheets.copies import COPY_KINDS
from linli.records.doses.models import Dose
from linli.records.people.actions import Told, by_hand, record
from linli.records.people.models import Employer, Household, Person
from linli.records.places.models import Area, Building, Door
from round_trip import as_bare_book, as_excel_csv, changed
from small_street import OFFICE, ON, PEOPLE_HEADER, Load, person_line, resident_id, table_counts

NAMES = (
    "欧阳·娜仁",
    "O'Brien",
    "'单引号",
    "𠮷田",
    "=1+1",
    "+A1",
    "王 小 明",
    "José",
    "㛃",
    "👩‍👩‍👧家",
    "_x0041_",
    "李\n秀英",
    "王**",
)
DOORS = ("0301", "3-12", "1E5", "3/4", "12:30", "TRUE", "甲1", "00", "A-1", "=1", "1.10", "101室", "5月6日")
PHONES = (
    "+85261234567",
    "021-62580000",
    "13800000001",
    "021-62580000-12",
    "4008001234",
    "62580000",
    *["13900000000"] * 7,
)
LOTS = ("00123", "2021-04", "202104001234567890", "1E10", "'A", "=A", "@B", "0", "A B", "４", "50%", "May 5", "-")

WAYS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "xlsx": ("xlsx", lambda data: data),
    "xlsx saved by openpyxl": ("xlsx", lambda data: changed(data, lambda _: None)),
    "xlsx saved bare": ("xlsx", as_bare_book),
    "csv": ("csv", lambda data: data),
    "csv saved by Chinese Excel": ("csv", lambda data: as_excel_csv(data, encoding="gbk", errors="replace")),
    "csv in GB18030": ("csv", as_excel_csv),
    "csv saved by American Excel": ("csv", lambda data: as_excel_csv(data, day="%-m/%-d/%Y", encoding="utf-8-sig")),
    "csv as Unicode text": ("csv", lambda data: as_excel_csv(data, day="%d/%m/%Y", encoding="utf-16")),
}


@pytest.fixture
def hostile(street: Area, load: Load) -> None:
    """Invented people, doors, firms and lots such as no list brings in, but older programs might have."""
    load(
        PEOPLE_HEADER
        + "".join(
            person_line(
                f"张{'甲乙丙丁戊己庚辛壬癸子丑寅'[n]}",
                resident_id(f"19{50 + n}0{1 + n % 9}1{n % 10}", n),
                door=str(n),
                first=("2021-05-01", "BIBP"),
            )
            for n in range(13)
        )
    )
    load("单位名称,办公楼宇,楼层\n甲公司,金融大厦,012\n乙公司,金融大厦,3-4\n")
    firm = Employer.objects.get(name="甲公司")
    Employer.objects.filter(name="乙公司").update(name="=cmd|' /C calc'!A0")
    told = []
    for n, person in enumerate(Person.objects.order_by("name")):
        Door.objects.filter(pk=person.living_door_id).update(number=DOORS[n], stair="" if n % 2 else "01")
        Household.objects.filter(pk=person.household_id).update(label=f"0{n}")
        Dose.objects.filter(person=person).update(lot=LOTS[n], place=f"{NAMES[n]}接种点")
        told.append(Told(person.pk, NAMES[n], None, "", None, PHONES[n]))
    record(by=OFFICE, source=by_hand(by=OFFICE), on=ON, covers_doses=False, told=told)
    Person.objects.update(employer=firm, working_area=firm.building.area, working_building=firm.building)
    Building.objects.filter(code="B1").update(name="3-5", name_en="=Block", address="00123", lon=121.1, lat=31.000001)
    Area.objects.filter(code="S-1").update(name="=1+1", name_en="3-5")
    Area.objects.filter(code="S-2").update(code="1E5", path="S/1E5/", name="00123")
    Building.objects.filter(code="B2").update(name="TRUE", floors=None, lon=None, lat=None)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", COPY_KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_comes_back_the_same(hostile: None, language: str, kind: str, way: str) -> None:
    ending, saved = WAYS[way]
    content = take_out(kind, language=language, ending=ending)
    if ending == "xlsx":
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    back = bring_back(saved(content), f"copy.{ending}")
    told = [problem for one in _rows(back) for problem in one.problems]
    assert (set(fates(back)), told) == ({"same"}, [])
    before = table_counts()
    apply(back)
    assert table_counts() == before


def _rows(back: object) -> list[object]:
    from linli.records.lists.models import Row

    return list(Row.objects.filter(list=back))
