"""The lists of the neighbourhood itself: areas, buildings, doors, employers."""

from __future__ import annotations

from datetime import timedelta

from linli.demo.buildings import INVENTED
from linli.demo.ground import STREET_CODE, STREET_NAME, Area
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.tables import CellRow, Entry, Form, Table

AREA_KINDS = {"subdistrict": "街道", "committee": "居委会", "grid": "网格"}
ENGLISH = {
    "奉贤": "Fengxian",
    "东王": "Dongwang",
    "新德": "Xinde",
    "郑家巷": "Zhengjiaxiang",
    "张家宅": "Zhangjiazhai",
    "祥福": "Xiangfu",
    "达安城": "Da'ancheng",
    "新福康里": "Xinfukangli",
    "恒丰": "Hengfeng",
    "华沁": "Huaqin",
    "斯文里": "Siwenli",
}


def places_lists(n: Neighbourhood) -> list[Table]:
    """Areas, buildings, doors and employers, in the order in which they are loaded."""
    return [_areas(n), _buildings(n), _doors(n), _employers(n)]


def title(words: str) -> str:
    """A list's title line, which says that the list is invented."""
    return f"{STREET_NAME}{words}（虚构数据，仅供演示）"


def _entry(n: Neighbourhood, file: str, kind: str, form: Form) -> Entry:
    return Entry(file, kind, STREET_CODE, "office", "街道办事处（虚构）", 10, False, n.on - timedelta(30), form=form)


def _areas(n: Neighbourhood) -> Table:
    columns = {
        "area_code": "区域代码",
        "area_name": "区域名称",
        "area_name_en": "区域英文名",
        "area_kind": "区域类型",
        "parent_code": "上级代码",
        "outline": "轮廓WKT",
        "note": "备注",
    }
    rows: list[CellRow] = [
        [
            area.code,
            area.name,
            _english(area),
            AREA_KINDS[area.level],
            area.parent,
            area.box.wkt(),
            "形状为示意，非测绘" if area.level != "grid" else "网格为虚构，形状为示意",
        ]
        for area in n.areas
    ]
    entry = _entry(n, "01-areas.invented.csv", "areas", "csv")
    return Table(entry, title("区域表"), tuple(columns), [list(columns.values())], rows)


def _english(area: Area) -> str:
    if area.level == "subdistrict":
        return "Shimen Er Road Subdistrict"
    stem = next(stem for stem in ENGLISH if area.name.startswith((f"{stem}居委会", f"{stem}第")))
    return f"{ENGLISH[stem]} Committee" if area.level == "committee" else f"{ENGLISH[stem]} Grid {int(area.code[-2:])}"


def _buildings(n: Neighbourhood) -> Table:
    columns = {
        "building_code": "楼栋编号",
        "building_name": "楼栋名称",
        "building_name_en": "楼栋英文名称",
        "building_kind": "楼栋类型",
        "address": "地址",
        "area": "区域代码",
        "floors": "层数",
        "lon": "经度",
        "lat": "纬度",
        "outline": "轮廓WKT",
        "note": "备注",
    }
    rows: list[CellRow] = []
    for building in n.buildings:
        lon, lat = (round(degrees, 6) for degrees in building.box.middle())
        row: CellRow = [building.code, building.name, building.name_en, building.kind, building.address, building.area]
        row += [building.floors, lon, lat, building.box.wkt(), building.note]
        rows.append(row)
    entry = _entry(n, "02-buildings.invented.csv", "buildings", "csv")
    return Table(entry, title("楼栋表"), tuple(columns), [list(columns.values())], rows)


def _doors(n: Neighbourhood) -> Table:
    columns = {"building": "楼栋编号", "stair": "单元", "door": "室号", "floor": "楼层", "note": "备注"}
    doors = zip(
        n.doors.building.tolist(), n.doors.stair.tolist(), n.doors.room.tolist(), n.doors.floor.tolist(), strict=True
    )
    rows: list[CellRow] = [
        [n.buildings[place].code, stair_text(n, place, stair), str(room), floor, INVENTED]
        for place, stair, room, floor in doors
    ]
    entry = _entry(n, "03-doors.invented.csv", "doors", "csv")
    return Table(entry, title("门牌表"), tuple(columns), [list(columns.values())], rows)


def stair_text(n: Neighbourhood, place: int, stair: int) -> str:
    """The stair as lists write it; a building with one stair has no name for it."""
    return str(stair) if n.buildings[place].stairs > 1 else ""


def _employers(n: Neighbourhood) -> Table:
    columns = {
        "employer": "单位名称",
        "employer_code": "统一社会信用代码",
        "work_building": "所在楼宇",
        "floor": "楼层",
        "contact": "联系人",
        "phone": "联系电话",
        "note": "备注",
    }
    rows: list[CellRow] = [
        [
            firm.name,
            firm.code,
            n.buildings[firm.building].name,
            firm.floor,
            "联系人（虚构）",
            str(19_700_200_000 + place),
            INVENTED,
        ]
        for place, firm in enumerate(n.employers)
    ]
    entry = _entry(n, "04-employers.invented.xlsx", "employers", "xlsx")
    return Table(entry, title("楼宇单位名单"), tuple(columns), [list(columns.values())], rows)
