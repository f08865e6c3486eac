"""The lists of people: the police register, and what the residents' committees keep in their own ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from linli.demo import documents
from linli.demo.families import CHILD, GRANDCHILD, HEAD, PARENT, PARENT_SPOUSE, SHARER, SPOUSE, Ints
from linli.demo.ground import STREET_CODE
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.person_words import Where, Who
from linli.demo.places_lists import title
from linli.demo.residents import LIVES_AND_REGISTERED, LIVES_ONLY, REGISTERED_ONLY
from linli.demo.tables import Cell, CellRow, Entry, Form, Table
from linli.demo.wide_doses import DateForm, WideDoses, wide_doses

DOCUMENT_WORDS = ("居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证")
STATE_WORDS = ("人户一致", "人在户不在", "户在人不在")
ROLES = {
    HEAD: "户主",
    SPOUSE: "配偶",
    CHILD: "子女",
    PARENT: "父亲",
    PARENT_SPOUSE: "母亲",
    GRANDCHILD: "孙辈",
    SHARER: "同住",
}


@dataclass(frozen=True, slots=True)
class Habit:
    """How one committee keeps its list."""

    file: str
    committees: tuple[str, ...]  # last three digits of their codes
    form: Form
    with_doses: bool
    two_header_rows: bool = False
    dates: DateForm = "iso"
    by_code: bool = False  # names the building by its code


HABITS = (
    Habit("11-committees-south.invented.xlsx", ("002", "003", "008"), "xlsx", True, two_header_rows=True, dates="cell"),
    Habit("12-committees-middle.invented.xlsx", ("004", "007", "013"), "xlsx", True, dates="iso", by_code=True),
    Habit("13-committees-north.invented.xlsx", ("021", "022", "026"), "xlsx", True, dates="chinese"),
    Habit("14-committee-hengfeng-no-doses.invented.xlsx", ("023",), "xlsx", False),
    Habit("15-committee-siwenli.gb18030.invented.csv", ("027",), "gb18030", True, dates="slashes"),
)


def people_lists(n: Neighbourhood, rng: np.random.Generator) -> list[Table]:
    """The police register, then the committees' lists."""
    told = wide_doses(n, on=n.on - timedelta(5), rng=rng, told=0.93)
    return [_register(n), *(_committee(n, habit, told, rng) for habit in HABITS)]


def _register(n: Neighbourhood) -> Table:
    """Everybody registered here, wherever they live; no doses, no word of who lives where."""
    columns = {
        "counter": "序号",
        "name": "姓名",
        "sex": "性别",
        "birth_date": "出生日期",
        "id_number": "公民身份号码",
        "household": "户号",
        "role": "与户主关系",
        "registered_address": "户籍地址",
    }
    people = np.flatnonzero(np.isin(n.people.belongs, (LIVES_AND_REGISTERED, REGISTERED_ONLY)))
    who, where = Who(n), Where(n)
    rows: list[CellRow] = [
        [
            place + 1,
            who.name[p],
            who.sex[p],
            who.birth[p],
            who.number[p],
            where.household(p),
            ROLES[who.role[p]],
            where.address(p),
        ]
        for place, p in enumerate(people.tolist())
    ]
    entry = Entry(
        "10-police-register.invented.xlsx",
        "people",
        STREET_CODE,
        "police-register",
        "派出所户籍名册（虚构）",
        20,
        False,
        n.on - timedelta(20),
        basis="registered",
        form="xlsx",
    )
    return Table(entry, title("户籍名册"), tuple(columns), [list(columns.values())], rows, people.tolist())


def _committee(n: Neighbourhood, habit: Habit, told: WideDoses, rng: np.random.Generator) -> Table:
    """Everybody a few committees know: those who live there, and most of those who left but stay registered."""
    columns = {
        "counter": "序号",
        "area": "居委会",
        "building": "楼栋编号" if habit.by_code else "楼栋",
        "stair": "单元",
        "door": "室号",
        "household": "户号",
        "name": "姓名",
        "sex": "性别",
        "id_kind": "证件类型",
        "id_number": "证件号码",
        "birth_date": "出生日期",
        "phone": "联系电话",
        "residence_state": "人户状态",
        "registered_address": "户籍地址",
        "living_address": "现居住地",
        "note": "备注",
    }
    people = _people_of(n, habit.committees, rng)
    who, where = Who(n), Where(n)
    old_number = _old_numbers(n, people, rng)
    no_number = rng.random(len(people)) < 0.003
    spaced = rng.random(len(people)) < 0.04
    rows: list[CellRow] = []
    for place, p in enumerate(people.tolist()):
        state = who.belongs[p]
        number: Cell = "" if no_number[place] and who.document[p] == documents.RESIDENT else who.number[p]
        if old_number[place] and number:
            number = documents.fifteen_digits(who.number[p])
        name = who.name[p]
        if spaced[place] and len(name) == 2:
            name = f"{name[0]}　{name[1]}"  # how offices align short names
        row: CellRow = [place + 1, where.committee(p), where.building(p, by_code=habit.by_code), where.stair(p)]
        row += [where.door(p), where.household(p), name, who.sex[p], DOCUMENT_WORDS[who.document[p]], number]
        row += [who.birth[p], who.phone[p], STATE_WORDS[state], who.elsewhere[p] if state == LIVES_ONLY else ""]
        row += [who.elsewhere[p] if state == REGISTERED_ONLY else "", ""]
        rows.append(row)
    headers = [list(columns.values())]
    fields = tuple(columns)
    if habit.with_doses:
        fields, headers = _with_doses(told, people.tolist(), rows, fields, headers, habit)
    code = STREET_CODE if len(habit.committees) > 1 else STREET_CODE + habit.committees[0]
    entry = Entry(
        habit.file,
        "people",
        code,
        f"committees-{'-'.join(habit.committees)}",
        "居委会摸排名单（虚构）",
        30,
        habit.with_doses,
        n.on - timedelta(5),
        form=habit.form,
    )
    return Table(entry, title("居民摸排表"), fields, headers, rows, people.tolist())


def _with_doses(
    told: WideDoses,
    people: Sequence[int],
    rows: list[CellRow],
    fields: tuple[str, ...],
    headers: list[list[str]],
    habit: Habit,
) -> tuple[tuple[str, ...], list[list[str]]]:
    """Add three doses side by side to each row, under one header row or two."""
    for row, p in zip(rows, people, strict=True):
        row += told.cells(p, habit.dates)
    ordinals = ("第一针", "第二针", "第三针")
    fields += tuple(f"dose{number}_{part}" for number in (1, 2, 3) for part in ("on", "product"))
    if habit.two_header_rows:
        below = [""] * len(headers[0]) + ["接种日期", "疫苗"] * 3
        return fields, [headers[0] + [word for ordinal in ordinals for word in (ordinal, "")], below]
    return fields, [headers[0] + [f"{ordinal}{part}" for ordinal in ordinals for part in ("接种日期", "疫苗")]]


def _people_of(n: Neighbourhood, committees: tuple[str, ...], rng: np.random.Generator) -> Ints:
    """Residents of these committees in the order of buildings, doors and households."""
    of_building = np.array(
        [building.area[len(STREET_CODE) : len(STREET_CODE) + 3] in committees for building in n.buildings]
    )
    lived = np.arange(n.residents)
    door = n.people.door[lived]
    known = (n.people.belongs[lived] != REGISTERED_ONLY) | (rng.random(n.residents) < 0.55)
    here = of_building[n.doors.building[door]] & known
    order: Ints = np.lexsort((lived, n.people.household[lived], door))
    people: Ints = order[here[order]]
    return people


def _old_numbers(n: Neighbourhood, people: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Who is listed with the fifteen digits of an old paper: some of the oldest."""
    old = (n.people.age[people] > 68) & (n.people.document[people] == documents.RESIDENT)
    listed: NDArray[np.bool_] = old & (rng.random(len(people)) < 0.12)
    return listed
