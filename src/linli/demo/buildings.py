"""Invented buildings on the schematic ground: lanes, high-rise housing, towers and the chronicle's named places."""

from __future__ import annotations

from dataclasses import dataclass

from linli.demo.ground import STREET_CODE, Area, Box

# The words of the building list's column for the kind.
HOME, TOWER, MIXED, SHOP, HOTEL, PUBLIC = "住宅", "商务楼", "商住", "商场", "酒店", "公共设施"
INVENTED = "虚构"
NAMED = "名称见2021年6月报道，位置与形状为示意"


@dataclass(frozen=True, slots=True)
class Building:
    """A building: its grid, kind, stairs and floors, and how many households it takes beside the others."""

    code: str
    name: str
    name_en: str
    area: str
    kind: str
    address: str
    stairs: int
    floors: int
    weight: int  # households, relative to other buildings
    box: Box
    note: str


# What stands in each grid, west to east: L lanes, M lanes and newer houses mixed, H high-rise housing, T an office
# tower beside shops and flats, P a public place (park, museum, centre).
PATTERN = {
    "002": "TTM",
    "003": "LHT",
    "004": "LLM",
    "007": "LHT",
    "008": "TLL",
    "013": "MHL",
    "021": "HHHM",
    "022": "HLH",
    "023": "MHTL",
    "026": "HLM",
    "027": "MPH",
}
# The streets along the southern edge of each row of committees; house numbers on them are invented.
STREETS = {
    "002": "南京西路",
    "008": "南京西路",
    "003": "凤阳路",
    "004": "北京西路",
    "013": "北京西路",
    "007": "石门二路",
    "022": "新闸路",
    "026": "新闸路",
    "027": "山海关路",
    "023": "昌平路",
    "021": "恒丰路",
}
# (committee, grid) -> places of the chronicle in a grid of kind T or P: name, English name, kind, floors.
PLACES = {
    ("002", 1): (("梅龙镇广场", "Westgate Mall", SHOP, 37),),
    ("002", 2): (("仲益大厦", "Zhongyi Tower", TOWER, 22), ("美琪大戏院", "Majestic Theatre", PUBLIC, 3)),
    ("003", 3): (("国泰君安", "Guotai Junan Tower", TOWER, 20), ("麦金依酒店", "Hotel McKinley", HOTEL, 12)),
    ("007", 3): (("嘉地中心", "Jiadi Centre", TOWER, 26),),
    ("008", 1): (("石二商务楼甲（虚构）", "Shi'er Offices A (invented)", TOWER, 18),),
    ("023", 3): (
        ("苏河商务楼（虚构）", "Suhe Offices (invented)", TOWER, 24),
        ("阳光家园", "Sunshine Home", PUBLIC, 4),
    ),
    ("027", 2): (("雕塑公园", "Sculpture Park", PUBLIC, 1), ("上海自然博物馆", "Natural History Museum", PUBLIC, 3)),
}
SMALL_TOWERS = {
    ("004", 3): "石二商务楼乙（虚构）",
    ("013", 1): "石二商务楼丙（虚构）",
    ("026", 3): "石二商务楼丁（虚构）",
}


def buildings(areas: list[Area]) -> list[Building]:
    """All buildings in the order of their codes, which no seed and no number of people changes."""
    rows = []
    for area in areas:
        if area.level == "grid":
            rows += _grid(area)
    return rows


def _grid(area: Area) -> list[Building]:
    committee, number = area.parent.removeprefix(STREET_CODE), int(area.code[-2:])
    block = area.box.part(0.07, 0.93, 0.05, 0.95)  # streets round about
    pattern = PATTERN[committee][number - 1]
    draw = {"L": _lanes, "M": _mixed, "H": _high_rise, "T": _tower, "P": _public}[pattern]
    rows = []
    for place, spec in enumerate(draw(committee, number, block), 1):
        name, name_en, kind, address, stairs, floors, weight, box, note = spec
        code = f"{committee}-{number:02d}-{place:02d}"
        rows.append(Building(code, name, name_en, area.code, kind, address, stairs, floors, weight, box, note))
    return rows


# name, English name, kind, address, stairs, floors, weight, box, note
Spec = tuple[str, str, str, str, int, int, int, Box, str]


def _home(street: str, lane: int, house: int, kind: str, stairs: int, floors: int, weight: int, box: Box) -> Spec:
    name = f"{street}{lane}弄{house}号"
    return (name, f"No. {house}, Lane {lane} {english(street)}", kind, name, stairs, floors, weight, box, INVENTED)


def _lanes(committee: str, number: int, block: Box) -> list[Spec]:
    street, lane = STREETS[committee], _lane(committee, number)
    rows, specs = 4, []
    for row in range(rows):
        for side in (0, 1):
            box = block.part(side * 0.53, side * 0.53 + 0.47, row / rows, row / rows + 0.16)
            specs.append(_home(street, lane, row * 2 + side + 1, HOME, 1, 3, 5, box))
    return specs


def _mixed(committee: str, number: int, block: Box) -> list[Spec]:
    street, lane = STREETS[committee], _lane(committee, number)
    specs = []
    small = SMALL_TOWERS.get((committee, number))
    if small:
        box = block.part(0.0, 0.42, 0.0, 0.26)
        specs.append((small, "Small offices (invented)", TOWER, f"{street}{lane + 1}号", 1, 9, 0, box, INVENTED))
    shops = block.part(0.52 if small else 0.0, 1.0, 0.0, 0.2)
    name = f"{street}{lane + 3}号"
    specs.append((name, f"{lane + 3} {english(street)}", MIXED, name, 2, 6, 10, shops, INVENTED))
    for house in range(4):
        row, side = divmod(house, 2)
        box = block.part(side * 0.55, side * 0.55 + 0.45, 0.38 + row * 0.33, 0.56 + row * 0.33)
        specs.append(_home(street, lane, house + 1, HOME, 2, 6, 11, box))
    return specs


def _high_rise(committee: str, number: int, block: Box) -> list[Spec]:
    street, lane = STREETS[committee], _lane(committee, number)
    specs = []
    for house in range(6):
        row, side = divmod(house, 2)
        box = block.part(side * 0.56 + 0.04, side * 0.56 + 0.36, row * 0.35 + 0.02, row * 0.35 + 0.2)
        specs.append(_home(street, lane, house + 1, HOME, 1 + house % 2, (18, 24, 28)[row], 16 + 4 * row, box))
    return specs


def _tower(committee: str, number: int, block: Box) -> list[Spec]:
    street, lane = STREETS[committee], _lane(committee, number)
    specs: list[Spec] = []
    for place, (name, name_en, kind, floors) in enumerate(PLACES[committee, number]):
        box = block.part(0.0, 0.62, 0.0, 0.3) if place == 0 else block.part(0.7, 1.0, 0.0, 0.24)
        note = INVENTED if INVENTED in name else NAMED
        specs.append((name, name_en, kind, f"{street}{lane + place * 2}号", 1, floors, 0, box, note))
    for house in range(4):
        row, side = divmod(house, 2)
        box = block.part(side * 0.55, side * 0.55 + 0.45, 0.45 + row * 0.3, 0.63 + row * 0.3)
        specs.append(_home(street, lane, house + 1, MIXED if house < 1 else HOME, 2, 7, 8, box))
    return specs


def _public(committee: str, number: int, block: Box) -> list[Spec]:
    street, lane = STREETS[committee], _lane(committee, number)
    sides = (block.part(0.0, 1.0, 0.0, 0.55), block.part(0.1, 0.9, 0.66, 0.95))
    return [
        (name, name_en, kind, f"{street}{lane + place * 2}号", 1, floors, 0, box, NAMED)
        for place, ((name, name_en, kind, floors), box) in enumerate(zip(PLACES[committee, number], sides, strict=True))
    ]


def _lane(committee: str, number: int) -> int:
    """An invented lane number, different in every grid of a street."""
    return 1000 + int(committee) * 10 + number * 4 if committee != "008" else 1500 + number * 4


ENGLISH = {
    "南京西路": "Nanjing Road (W)",
    "凤阳路": "Fengyang Road",
    "北京西路": "Beijing Road (W)",
    "石门二路": "Shimen Er Road",
    "新闸路": "Xinzha Road",
    "山海关路": "Shanhaiguan Road",
    "昌平路": "Changping Road",
    "恒丰路": "Hengfeng Road",
}


def english(street: str) -> str:
    """The street's name as English signs write it."""
    return ENGLISH[street]
