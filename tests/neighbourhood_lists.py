"""The lists of the cast, as bytes, in the words that the demo's lists use."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from linli.demo.tables import Cell
from linli.demo.workbook import workbook
from neighbourhood import (
    AREAS,
    CAST,
    DOORS,
    EMPLOYER_CODE,
    EMPLOYER_NAME,
    GRANDFATHER,
    HOUSES,
    STREET,
    TOWER,
    UNKNOWN,
    Cast,
)


@dataclass(frozen=True, slots=True)
class CastFile:
    """A list of the cast: how it is received, and its content."""

    file: str
    kind: str
    area: str
    source: str
    source_name: str
    rank: int
    covers_doses: bool
    as_of: date
    basis: str
    content: bytes


STATES = {"both": "人户一致", "lives": "人在户不在", "registered": "户在人不在"}
SHORT_NAMES = {"BIBP": "北京生物", "CoronaVac": "科兴", "KCONVAC": "康泰", "Ad5-nCoV": "康希诺", "ZF2001": "智飞"}


def areas_csv() -> bytes:
    """The areas."""
    return _csv([["区域代码", "区域名称", "区域类型", "上级代码", "备注"], *([*row, "虚构"] for row in AREAS)])


def buildings_csv() -> bytes:
    """The buildings, with their shapes."""
    header = [
        "楼栋编号",
        "楼栋名称",
        "楼栋英文名称",
        "楼栋类型",
        "地址",
        "区域代码",
        "层数",
        "经度",
        "纬度",
        "轮廓WKT",
        "备注",
    ]
    rows = [
        [h.code, h.name, h.name_en, h.kind, h.name, h.area, h.floors, h.lon, h.lat, h.outline, "虚构"] for h in HOUSES
    ]
    return _csv([header, *rows])


def doors_csv() -> bytes:
    """The doors."""
    rows = [[house.code, stair, room, floor, "虚构"] for house, stair, room, floor in DOORS]
    return _csv([["楼栋编号", "单元", "室号", "楼层", "备注"], *rows])


def employers_csv() -> bytes:
    """The one employer."""
    header = ["单位名称", "统一社会信用代码", "所在楼宇", "楼层", "联系人", "联系电话"]
    return _csv([header, [EMPLOYER_NAME, EMPLOYER_CODE, TOWER.name, "8", "联系人（虚构）", "19700200001"]])


def register_xlsx(people: tuple[Cast, ...] = CAST) -> bytes:
    """The police register: everybody registered here, no doses."""
    header = ["序号", "姓名", "性别", "出生日期", "公民身份号码", "户号", "户籍地址"]
    registered = [p for p in people if p.belongs in ("both", "registered")]
    rows: list[list[Cell]] = [
        [number, p.name, p.sex, p.birth_date, p.document, p.household, _address(p)]
        for number, p in enumerate(registered, 1)
    ]
    return _xlsx("户籍名册（虚构）", header, rows)


def committees_xlsx(people: tuple[Cast, ...] = CAST) -> bytes:
    """The committees' list: who lives here and who left, with the COVID-19 doses they told of; UNKNOWN is not on it."""
    header = ["序号", "居委会", "楼栋", "单元", "室号", "户号", "姓名", "性别"]
    header += ["证件类型", "证件号码", "出生日期", "联系电话"]
    header += ["人户状态", "户籍地址", "现居住地"]
    header += [f"{ordinal}{part}" for ordinal in ("第一针", "第二针", "第三针") for part in ("接种日期", "疫苗")]
    rows: list[list[Cell]] = []
    for number, p in enumerate([p for p in people if p.house and p is not UNKNOWN], 1):
        assert p.house is not None
        doses: list[Cell] = [""] * 6
        for dose in p.doses:
            if dose.number:
                doses[2 * dose.number - 2 : 2 * dose.number] = [dose.given_on, SHORT_NAMES[dose.product]]
        committee = next(name for code, name, _, _ in AREAS if code == p.house.area)
        row: list[Cell] = [number, committee, p.house.name, p.stair, p.room, p.household, p.name, p.sex]
        row += [p.document_words, p.fifteen if p is GRANDFATHER else p.document, p.birth_date, p.phone]
        row += [STATES[p.belongs], p.elsewhere if p.belongs == "lives" else ""]
        rows.append([*row, p.elsewhere if p.belongs == "registered" else "", *doses])
    return _xlsx("居民摸排表（虚构）", header, rows)


def staff_xlsx(people: tuple[Cast, ...] = CAST) -> bytes:
    """The employer's list: who works there; no doses."""
    header = ["序号", "单位名称", "统一社会信用代码", "办公楼宇", "楼层"]
    header += ["员工姓名", "性别", "证件类型", "证件号码", "出生日期", "手机号码"]
    firm: list[Cell] = [EMPLOYER_NAME, EMPLOYER_CODE, TOWER.name, "8"]
    rows: list[list[Cell]] = [
        [number, *firm, p.name, p.sex, p.document_words, p.document, p.birth_date, p.phone]
        for number, p in enumerate([p for p in people if p.works], 1)
    ]
    return _xlsx("仲益大厦员工名单（虚构）", header, rows)


def doses_csv(people: tuple[Cast, ...] = CAST) -> bytes:
    """The city's export: every dose on a line, products by code."""
    header = ["受种者姓名", "证件类型", "证件号码", "出生日期", "疫苗名称", "剂次", "接种日期", "疫苗批号", "接种单位"]
    rows: list[list[Cell]] = []
    for p in people:
        for dose in p.doses:
            row: list[Cell] = [p.name, p.document_words, p.document, p.birth_date.isoformat(), dose.product]
            rows.append([*row, dose.number or "", dose.given_on.isoformat(), "INV2106001", "东王居民区临时接种点"])
    return _csv([header, *rows])


def files() -> tuple[CastFile, ...]:
    """The lists of the cast in load order."""
    start, office = date(2021, 5, 20), ("office", "街道办事处（虚构）", 10)
    return (
        CastFile("areas.csv", "areas", STREET, *office, False, start, "living", areas_csv()),
        CastFile("buildings.csv", "buildings", STREET, *office, False, start, "living", buildings_csv()),
        CastFile("doors.csv", "doors", STREET, *office, False, start, "living", doors_csv()),
        CastFile("employers.csv", "employers", STREET, *office, False, start, "living", employers_csv()),
        CastFile(
            "register.xlsx",
            "people",
            STREET,
            "police-register",
            "户籍名册（虚构）",
            20,
            False,
            date(2021, 5, 31),
            "registered",
            register_xlsx(),
        ),
        CastFile(
            "committees.xlsx",
            "people",
            STREET,
            "committees",
            "居委会摸排名单（虚构）",
            30,
            True,
            date(2021, 6, 15),
            "living",
            committees_xlsx(),
        ),
        CastFile(
            "staff.xlsx",
            "staff",
            STREET,
            "staff-003-9",
            "员工名单（虚构）",
            40,
            False,
            date(2021, 6, 10),
            "working",
            staff_xlsx(),
        ),
        CastFile(
            "doses.csv",
            "doses",
            STREET,
            "city-doses",
            "接种记录导出（虚构）",
            25,
            True,
            date(2021, 6, 19),
            "living",
            doses_csv(),
        ),
    )


def _address(p: Cast) -> str:
    assert p.house is not None
    return f"{p.house.name}{p.stair + '单元' if p.stair else ''}{p.room}室"


def _csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(title: str, header: list[str], rows: list[list[Cell]]) -> bytes:
    return workbook([[title], header, *rows], sheet="虚构数据 invented", frozen=3)
