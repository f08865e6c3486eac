"""Lists of the neighbourhood itself: areas, buildings, doors."""

from __future__ import annotations

import re
from typing import Final

from linli.domain.sheets.cells import Cells
from linli.domain.sheets.rows import AreaRow, BuildingRow, DoorRow

AREA_KINDS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        "city": "市 城市 直辖市 municipality",
        "district": "区 县 区县 市辖区 county",
        "subdistrict": "街道 镇 乡 街镇 乡镇 街道办事处 town township street",
        "committee": "居委会 居委 居民委员会 村委会 村 社区 居民区 居村委 村居 community village neighbourhood",
        "grid": "网格 片区 块区 小区 cell",
        "other": "其他 其它",
    }.items()
    for word in [*words.split(), kind]
}
BUILDING_KINDS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        "residential": "住宅 住宅楼 居民楼 居住 公寓 里弄 新村 housing home flats apartments",
        "office": "办公 办公楼 写字楼 商务楼 商务楼宇 楼宇 商办 tower offices",
        "shop": "商场 商铺 商业 购物中心 沿街商铺 mall retail shops",
        "hotel": "酒店 宾馆",
        "school": "学校 幼儿园 中学 小学 kindergarten",
        "hospital": "医院 卫生服务中心 社区卫生服务中心 clinic",
        "mixed": "综合 商住 商住两用 综合体 混合",
        "public": "公共 公共设施 文化 体育 文化中心 civic",
        "other": "其他 其它",
    }.items()
    for word in [*words.split(), kind]
}
POLYGON = re.compile(r"(?:SRID=4326;)?\s*(?:MULTI)?POLYGON\s*\(\(.*\)\)", re.IGNORECASE | re.DOTALL)
POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s+(-?\d{1,3}(?:\.\d+)?)")


def area(cells: Cells) -> AreaRow:
    """One line of an area list."""
    code = cells.needed("area_code")
    if "/" in code:
        cells.report("area_code", "bad_code")
    return AreaRow(
        line=cells.line,
        code=code,
        name=cells.needed("area_name"),
        name_en=cells.text("area_name_en"),
        kind=cells.word("area_kind", AREA_KINDS, otherwise="other"),
        parent_code=cells.text("parent_code"),
        lon=cells.number("lon", lowest=-180, highest=180),
        lat=cells.number("lat", lowest=-90, highest=90),
        outline=_outline(cells),
        note=cells.text("note"),
    )


def building(cells: Cells) -> BuildingRow:
    """One line of a building list; a building without a name is called by its address, then its code."""
    code, name, address = cells.text("building_code"), cells.text("building_name"), cells.text("address")
    if not (name or address or code):
        cells.report("building_name", "missing", needed="building_name")
    floors = cells.number("floors", lowest=1, highest=200)
    return BuildingRow(
        line=cells.line,
        code=code,
        name=name or address or code,
        name_en=cells.text("building_name_en"),
        kind=cells.word("building_kind", BUILDING_KINDS, otherwise="other"),
        address=address,
        area=cells.text("area"),
        lon=cells.number("lon", lowest=-180, highest=180),
        lat=cells.number("lat", lowest=-90, highest=90),
        floors=None if floors is None else int(floors),
        outline=_outline(cells),
        note=cells.text("note"),
    )


def door(cells: Cells) -> DoorRow:
    """One line of a door list."""
    return DoorRow(
        line=cells.line,
        building=cells.needed("building"),
        door=cells.needed("door"),
        stair=cells.text("stair"),
        household=cells.text("household"),
        area=cells.text("area"),
        floor=cells.text("floor"),
        note=cells.text("note"),
    )


def _outline(cells: Cells) -> str:
    outline = cells.text("outline")
    if not outline:
        return ""
    points = [(float(lon), float(lat)) for lon, lat in POINT.findall(outline)]
    inside = all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points)
    if not POLYGON.fullmatch(outline) or len(points) < 4 or not inside:
        # A map without one outline is better than a register without one building.
        cells.report("outline", "bad_outline", severity="warning")
        return ""
    return outline
