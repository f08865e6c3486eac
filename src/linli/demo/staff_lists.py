"""Staff lists: one workbook a tower, and the foreign firm's own in English."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from linli.demo import documents
from linli.demo.ground import STREET_CODE
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.people_lists import DOCUMENT_WORDS
from linli.demo.places_lists import title
from linli.demo.tables import CellRow, Entry, Table
from linli.demo.wide_doses import WideDoses, wide_doses

ENGLISH_DOCUMENTS = ("Resident ID", "Passport", "Hong Kong / Macau permit", "Taiwan permit")
# The management of these towers asks for doses too.
TOWERS_WITH_DOSES = ("国泰君安", "仲益大厦")


def staff_lists(n: Neighbourhood, rng: np.random.Generator) -> list[Table]:
    """One list for each tower or mall in the order of their codes, then the foreign firm's."""
    told = wide_doses(n, on=n.on - timedelta(10), rng=rng, told=0.95)
    building_of = np.array([firm.building for firm in n.employers])
    foreign = np.array([firm.is_foreign for firm in n.employers])
    works_for = n.people.works_for
    tables = []
    for place in sorted({firm.building for firm in n.employers if firm.share}):
        here = (works_for >= 0) & (building_of[works_for] == place) & ~foreign[works_for]
        tables.append(_tower(n, place, np.flatnonzero(here).tolist(), told))
    abroad = (works_for >= 0) & foreign[works_for]
    return [*tables, _foreign_firm(n, np.flatnonzero(abroad).tolist(), told)]


def _tower(n: Neighbourhood, place: int, people: list[int], told: WideDoses) -> Table:
    columns = {
        "counter": "序号",
        "employer": "单位名称",
        "employer_code": "统一社会信用代码",
        "work_building": "办公楼宇",
        "floor": "楼层",
        "name": "员工姓名",
        "sex": "性别",
        "id_kind": "证件类型",
        "id_number": "证件号码",
        "birth_date": "出生日期",
        "phone": "手机号码",
        "note": "备注",
    }
    building, everybody = n.buildings[place], n.people
    people.sort(key=lambda p: (int(everybody.works_for[p]), p))
    with_doses = building.name in TOWERS_WITH_DOSES
    rows: list[CellRow] = []
    for counter, p in enumerate(people, 1):
        firm = n.employers[int(everybody.works_for[p])]
        row: CellRow = [counter, firm.name, firm.code, building.name, firm.floor, everybody.name[p]]
        row += ["女" if everybody.female[p] else "男", DOCUMENT_WORDS[int(everybody.document[p])], everybody.number[p]]
        row += [everybody.birth[p].item(), str(everybody.phone[p] or ""), ""]
        rows.append(row + told.cells(p, "iso")[:4] if with_doses else row)
    if with_doses:
        ordinals = {1: "第一针", 2: "第二针"}
        for number, words in ordinals.items():
            columns |= {f"dose{number}_on": f"{words}日期", f"dose{number}_product": f"{words}疫苗"}
    code = building.code
    entry = Entry(
        f"20-staff-{code}.invented.xlsx",
        "staff",
        STREET_CODE,
        f"staff-{code}",
        f"{building.name}员工名单（虚构）",
        40,
        with_doses,
        n.on - timedelta(10),
        basis="working",
        form="xlsx",
    )
    return Table(entry, title(f"{building.name}员工名单"), tuple(columns), [list(columns.values())], rows, people)


def _foreign_firm(n: Neighbourhood, people: list[int], told: WideDoses) -> Table:
    columns = {
        "counter": "No.",
        "name": "Full name",
        "sex": "Gender",
        "id_kind": "Document type",
        "id_number": "Document number",
        "birth_date": "Date of birth",
        "phone": "Mobile",
        "employer": "Company",
        "employer_code": "Credit code",
        "work_building": "Office building",
        "dose1_on": "First dose date",
        "dose1_product": "First dose vaccine",
        "dose2_on": "Second dose date",
        "dose2_product": "Second dose vaccine",
        "note": "Remarks",
    }
    firm = next(firm for firm in n.employers if firm.is_foreign)
    building, everybody = n.buildings[firm.building], n.people
    rows: list[CellRow] = []
    for counter, p in enumerate(people, 1):
        kind = int(everybody.document[p])
        row: CellRow = [
            counter,
            everybody.name[p],
            "Female" if everybody.female[p] else "Male",
            ENGLISH_DOCUMENTS[kind],
        ]
        row += [
            everybody.number[p],
            everybody.birth[p].item(),
            _abroad(str(everybody.phone[p]), kind),
            firm.name_en,
            firm.code,
        ]
        rows.append([*row, building.name_en, *told.cells(p, "english")[:4], ""])
    entry = Entry(
        "21-staff-foreign-firm.invented.xlsx",
        "staff",
        STREET_CODE,
        "staff-foreign-firm",
        firm.name_en,
        40,
        True,
        n.on - timedelta(10),
        basis="working",
        form="xlsx",
    )
    words = "Staff of Sample International (Shanghai) Ltd. (invented people, for demonstration only)"
    return Table(entry, words, tuple(columns), [list(columns.values())], rows, people)


def _abroad(phone: str, kind: int) -> str:
    """The firm writes numbers with the country's code and dashes."""
    return "" if phone == "0" else f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}" if kind == documents.RESIDENT else phone
