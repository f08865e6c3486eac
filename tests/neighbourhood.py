"""The cast: invented people of a small invented neighbourhood, on one day, and the lists that name them.

Everybody here is made up; their numbers carry the marks of `src/linli/demo/data/README.md`. Tests name people by
constant (`GRANDMOTHER`), so a story reads without looking up a row. `neighbourhood_lists.py` gives their lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domain.identity.resident_id import check_digit

DAY = date(2021, 6, 20)

STREET, DONGWANG, SIWENLI = "310106011", "310106011003", "310106011027"
# code, name, kind, parent
AREAS = (
    (STREET, "石门二路街道", "街道", ""),
    (DONGWANG, "东王居委会", "居委会", STREET),
    (SIWENLI, "斯文里居委会", "居委会", STREET),
)


@dataclass(frozen=True, slots=True)
class House:
    """A building of the cast."""

    code: str
    name: str
    name_en: str
    kind: str
    area: str
    floors: int
    lon: float
    lat: float

    @property
    def outline(self) -> str:
        """A square of some 20 metres as WKT."""
        west, east, south, north = self.lon - 0.0001, self.lon + 0.0001, self.lat - 0.00009, self.lat + 0.00009
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        return "POLYGON ((" + ", ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in corners) + "))"


LANE_1 = House("003-1", "凤阳路9101弄1号", "No. 1, Lane 9101 Fengyang Road", "住宅", DONGWANG, 3, 121.4601, 31.2341)
LANE_2 = House("003-2", "凤阳路9101弄2号", "No. 2, Lane 9101 Fengyang Road", "住宅", DONGWANG, 3, 121.4605, 31.2341)
HIGH_RISE = House("027-1", "新闸路9202弄3号", "No. 3, Lane 9202 Xinzha Road", "住宅", SIWENLI, 24, 121.4612, 31.2402)
TOWER = House("003-9", "仲益大厦", "Zhongyi Tower", "商务楼", DONGWANG, 22, 121.4609, 31.2336)
HOUSES = (LANE_1, LANE_2, HIGH_RISE, TOWER)
# building, stair, room, floor
DOORS = (
    (LANE_1, "", "101", 1),
    (LANE_1, "", "201", 2),
    (LANE_1, "", "301", 3),
    (LANE_2, "", "101", 1),
    (LANE_2, "", "201", 2),
    (HIGH_RISE, "1", "501", 5),
    (HIGH_RISE, "1", "1802", 18),
    (HIGH_RISE, "2", "1203", 12),
    (HIGH_RISE, "2", "2001", 20),
)

EMPLOYER_NAME, EMPLOYER_CODE = "上海虚构贸易有限公司（虚构）", "91310100MAYY90017P"


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose somebody had: its product's code, the city record's words for it, its number."""

    given_on: date
    product: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody of the cast, and what the engine says of them on DAY.

    `belongs`: both, lives, registered, works. `status` as in the contracts; the two days are those of the next dose.
    """

    key: str
    name: str
    sex: str
    birth_date: date
    document: str
    story: str
    status: str
    belongs: str = "both"
    house: House | None = None
    stair: str = ""
    room: str = ""
    household: str = ""
    phone: str = ""
    document_words: str = "居民身份证"
    elsewhere: str = ""
    works: bool = False
    doses: tuple[Dose, ...] = ()
    next_dose: int | None = None
    earliest_on: date | None = None
    latest_on: date | None = None

    @property
    def document_kind(self) -> str:
        """The register's code of the document kind."""
        return "passport" if self.document_words == "护照" else "resident_id"

    @property
    def fifteen(self) -> str:
        """The resident id as it was written before 1999."""
        return self.document[:6] + self.document[8:17]


def resident_id(birth_date: date, serial: int) -> str:
    """A resident id with the marks of invention: a whole city's code and a serial from 900 (odd for men)."""
    first17 = f"310100{birth_date:%Y%m%d}{serial}"
    return first17 + check_digit(first17)


def _born(year: int, month: int, day: int, serial: int) -> tuple[date, str]:
    birth_date = date(year, month, day)
    return birth_date, resident_id(birth_date, serial)


GRANDMOTHER = Cast(
    "grandmother",
    "王秀英",
    "女",
    *_born(1945, 3, 12, 900),
    "76, one dose of CoronaVac 23 days ago: due for the second",
    "due",
    house=LANE_1,
    room="101",
    household="H1",
    phone="19700000001",
    doses=(Dose(date(2021, 5, 28), "CoronaVac", 1),),
    next_dose=2,
    earliest_on=date(2021, 6, 18),
    latest_on=date(2021, 7, 23),
)
GRANDFATHER = Cast(
    "grandfather",
    "钱宝根",
    "男",
    *_born(1938, 11, 5, 901),
    "82, her husband: no dose, her phone, and fifteen digits in the committee's list",
    "due",
    house=LANE_1,
    room="101",
    household="H1",
    phone="19700000001",
    next_dose=1,
)
EARLY_PAIR = Cast(
    "early_pair",
    "陈国平",
    "男",
    *_born(1970, 8, 30, 903),
    "a bus driver with two doses 14 days apart in February: they count",
    "complete",
    house=LANE_1,
    room="201",
    household="H2",
    phone="19700000002",
    doses=(Dose(date(2021, 2, 1), "BIBP", 1), Dose(date(2021, 2, 15), "BIBP", 2)),
)
OVERDUE = Cast(
    "overdue",
    "沈佩珍",
    "女",
    *_born(1952, 1, 19, 902),
    "one dose of BIBP on 12 April: her second was to be by 7 June",
    "overdue",
    house=LANE_1,
    room="301",
    household="H3",
    phone="19700000003",
    doses=(Dose(date(2021, 4, 12), "BIBP", 1),),
    next_dose=2,
    earliest_on=date(2021, 5, 3),
    latest_on=date(2021, 6, 7),
)
MIXED = Cast(
    "mixed",
    "陆志明",
    "男",
    *_born(1985, 6, 6, 905),
    "BIBP, then Ad5-nCoV: another platform, so the second dose is still open, and late",
    "overdue",
    house=LANE_2,
    room="101",
    household="H4",
    phone="19700000004",
    doses=(Dose(date(2021, 4, 20), "BIBP", 1), Dose(date(2021, 5, 20), "Ad5-nCoV", 2)),
    next_dose=2,
    latest_on=date(2021, 6, 15),
)
WORKER = Cast(
    "worker",
    "周晓雯",
    "女",
    *_born(1990, 12, 3, 970),
    "works in the tower, lives in Pudong: one dose of KCONVAC 19 days ago",
    "waiting",
    "works",
    phone="19700100005",
    elsewhere="浦东新区",
    works=True,
    doses=(Dose(date(2021, 6, 1), "KCONVAC", 1),),
    next_dose=2,
    earliest_on=date(2021, 6, 22),
    latest_on=date(2021, 7, 27),
)
GONE = Cast(
    "gone",
    "顾根福",
    "男",
    *_born(1948, 4, 8, 907),
    "registered here, moved to Baoshan years ago; the committee knows of no dose",
    "due",
    "registered",
    house=LANE_2,
    room="201",
    household="H5",
    phone="19700000006",
    elsewhere="宝山区",
    next_dose=1,
)
UNKNOWN = Cast(
    "unknown",
    "俞月琴",
    "女",
    *_born(1958, 9, 21, 904),
    "stands in the police register only, which says nothing of doses",
    "unknown",
    "registered",
    house=HIGH_RISE,
    stair="1",
    room="501",
    household="H6",
)
FOREIGNER = Cast(
    "foreigner",
    "Anna Example",
    "女",
    date(1988, 2, 29),
    "X00012345",
    "a tenant with a passport, born on 29 February: day 21 after her first dose is today",
    "due",
    "lives",
    house=HIGH_RISE,
    stair="1",
    room="1802",
    household="H7",
    phone="19700000008",
    document_words="护照",
    elsewhere="境外",
    doses=(Dose(date(2021, 5, 30), "BIBP", 1),),
    next_dose=2,
    earliest_on=date(2021, 6, 20),
    latest_on=date(2021, 7, 25),
)
ALMOST_ADULT = Cast(
    "almost_adult",
    "徐子轩",
    "男",
    *_born(2003, 6, 21, 909),
    "17, turns 18 tomorrow",
    "not_eligible",
    house=HIGH_RISE,
    stair="2",
    room="1203",
    household="H8",
    phone="19700000009",
    next_dose=1,
    earliest_on=date(2021, 6, 21),
)
COMPLETE = Cast(
    "complete",
    "金丽华",
    "女",
    *_born(1975, 5, 17, 906),
    "his mother: two doses of CoronaVac, 23 days apart; works in the tower below her home",
    "complete",
    house=HIGH_RISE,
    stair="2",
    room="1203",
    household="H8",
    phone="19700000009",
    works=True,
    doses=(Dose(date(2021, 4, 15), "CoronaVac", 1), Dose(date(2021, 5, 8), "CoronaVac", 2)),
)
ONE_DOSE = Cast(
    "one_dose",
    "朱俊",
    "男",
    *_born(1993, 10, 10, 911),
    "one dose of Ad5-nCoV, and done",
    "complete",
    house=HIGH_RISE,
    stair="2",
    room="2001",
    household="H9",
    phone="19700000010",
    doses=(Dose(date(2021, 5, 16), "Ad5-nCoV", 1),),
)
HALF_WAY = Cast(
    "half_way",
    "杨慧敏",
    "女",
    *_born(1968, 7, 2, 908),
    "two of three doses of ZF2001; the third from the day after tomorrow",
    "waiting",
    house=HIGH_RISE,
    stair="2",
    room="2001",
    household="H9",
    phone="19700000011",
    doses=(Dose(date(2021, 4, 25), "ZF2001", 1), Dose(date(2021, 5, 25), "ZF2001", 2)),
    next_dose=3,
    earliest_on=date(2021, 6, 22),
    latest_on=date(2021, 10, 25),
)
FLU_SHOT = Cast(
    "flu_shot",
    "潘文琴",
    "女",
    *_born(1949, 12, 31, 910),
    "an influenza vaccine ten days ago: her first dose waits for day 14",
    "waiting",
    house=LANE_2,
    room="101",
    household="H4",
    phone="19700000012",
    doses=(Dose(date(2021, 6, 10), "141"),),
    next_dose=1,
    earliest_on=date(2021, 6, 24),
)

CAST = (
    GRANDMOTHER,
    GRANDFATHER,
    EARLY_PAIR,
    OVERDUE,
    MIXED,
    WORKER,
    GONE,
    UNKNOWN,
    FOREIGNER,
    ALMOST_ADULT,
    COMPLETE,
    ONE_DOSE,
    HALF_WAY,
    FLU_SHOT,
)
