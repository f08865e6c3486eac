"""Invented names: surnames by their frequency in Shanghai, given names by generation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.object_]

# Shares in per mille, rounded from common lists; the rest is spread over RARE.
SURNAMES = {
    surname: share
    for share, surnames in (
        (68, "王"),
        (64, "张"),
        (58, "陈"),
        (50, "李"),
        (42, "徐"),
        (36, "朱"),
        (34, "周"),
        (32, "沈"),
        (30, "陆"),
        (29, "顾"),
        (27, "吴"),
        (25, "杨"),
        (23, "黄刘"),
        (22, "金"),
        (20, "赵"),
        (18, "俞"),
        (17, "潘钱"),
        (16, "曹蒋孙"),
        (15, "唐"),
        (14, "胡施"),
        (13, "严姚"),
        (12, "许"),
        (11, "高郑"),
        (10, "马倪何林"),
        (9, "邵方冯"),
        (8, "秦龚叶"),
        (7, "韩谢宋"),
        (6, "瞿"),
        (5, "奚盛毛余"),
        (4, "凌乔"),
        (3, "计"),
        (2, "查单"),
    )
    for surname in surnames
}
RARE = ["欧阳", "诸葛", "司徒", "上官", "仇", "区", "解", "翟", "宓", "费", "闵", "浦", "忻", "柏", "戚", "屠"]

# Given names: from year, women's first and second characters, men's; a share has one character only.
GENERATIONS: tuple[tuple[int, str, str, str, str, float], ...] = (
    (
        0,
        "秀桂玉凤美金兰月素惠文淑翠雅爱",
        "英珍芳娣妹宝兰仙琴娥珠贞华",
        "根阿德金福永国志家宝友鸿祖兴",
        "发生祥福根林荣康庆昌元宝泉",
        0.12,
    ),
    (
        1946,
        "建秀惠玉美慧丽莉小国爱月佩雪",
        "华芳英珍萍琴娟娣敏芬妹珠",
        "建国志永德卫金伟正荣家新",
        "国平明华民强生忠良康兴根",
        0.38,
    ),
    (
        1966,
        "海晓丽雅慧静春燕红文琼雯",
        "燕红霞萍琳敏英蓉梅静芳珏",
        "海晓志伟建文永春立俊剑宏",
        "军峰东勇伟斌明华杰青刚辉",
        0.42,
    ),
    (
        1982,
        "佳晓雯思嘉静怡雨诗婷欣倩",
        "婷雯怡佳倩敏洁琳颖雪菲蕾",
        "佳晓嘉俊志文浩宇天一子晨",
        "杰伟骏磊超斌俊峰凯晨昊鑫",
        0.4,
    ),
    (
        2000,
        "梓子欣雨诗思语若依嘉可一",
        "涵萱怡彤琪瑶妍悦宁玥馨诺",
        "子梓浩宇俊嘉一天奕博睿泽",
        "轩涵宇豪辰睿泽霖阳铭然诚",
        0.1,
    ),
)
FOREIGN_GIVEN = (
    "Anna",
    "Maria",
    "Julia",
    "Emma",
    "Clara",
    "Yuki",
    "Sofia",
    "Nina",
    "Lucas",
    "Martin",
    "Paul",
    "Daniel",
    "Hiro",
    "Marco",
    "Peter",
    "Tomas",
)
FOREIGN_FAMILY = (
    "Example",
    "Sample",
    "Placeholder",
    "Fictive",
    "Mustermann",
    "Rossi-Demo",
    "Tanaka-Demo",
    "Dupont-Demo",
    "Smith-Demo",
)

# The chronicle names these real people; nobody invented bears their name.
REAL = frozenset({"王华", "可晓林", "镇杨", "刘燮", "沈冠君"})


def surnames(count: int, rng: np.random.Generator) -> Names:
    """So many surnames, drawn by frequency."""
    common = np.array(list(SURNAMES.values()), float)
    rest = max(1000.0 - common.sum(), 20.0) / len(RARE)
    weights = np.concatenate([common, np.full(len(RARE), rest)])
    pool = np.array([*SURNAMES, *RARE], object)
    return pool[rng.choice(len(pool), count, p=weights / weights.sum())]


def given_names(born: NDArray[np.int64], female: NDArray[np.bool_], rng: np.random.Generator) -> Names:
    """A given name for each person by year of birth and sex."""
    out: Names = np.empty(len(born), object)
    starts = np.array([row[0] for row in GENERATIONS])
    generation = np.searchsorted(starts, born, "right") - 1
    for place, (_, first_f, second_f, first_m, second_m, single) in enumerate(GENERATIONS):
        for is_female, first, second in ((True, first_f, second_f), (False, first_m, second_m)):
            mask = (generation == place) & (female == is_female)
            count = int(mask.sum())
            heads = _letters(first)[rng.integers(0, len(first), count)]
            tails = _letters(second)[rng.integers(0, len(second), count)]
            out[mask] = np.where(rng.random(count) < single, "", heads) + tails
    return out


def full_names(surname: Names, given: Names) -> Names:
    """Surname and given name; who would bear a name of the chronicle gets another character."""
    names: Names = surname + given
    for place in np.flatnonzero(np.isin(names.astype(str), list(REAL))):
        names[place] = names[place] + "之"
    return names


def foreign_names(count: int, rng: np.random.Generator) -> Names:
    """Names of people with a passport; the family names are plainly made up."""
    given = np.array(FOREIGN_GIVEN, object)[rng.integers(0, len(FOREIGN_GIVEN), count)]
    family = np.array(FOREIGN_FAMILY, object)[rng.integers(0, len(FOREIGN_FAMILY), count)]
    names: Any = given + " " + family
    return np.asarray(names, object)


def _letters(text: str) -> Names:
    return np.array(list(text), object)
