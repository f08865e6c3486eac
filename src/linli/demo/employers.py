"""Invented employers in the office towers, and the people who come to work there by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from linli.demo import documents, names
from linli.demo.buildings import HOTEL, MIXED, SHOP, TOWER, Building
from linli.demo.families import Ints, Rng
from linli.demo.residents import NEITHER, NO_ONE, People, births, elsewhere, numbers

FIRST = "云启恒信明远华悦博瑞安泰和智嘉源盛景"
SECOND = "达成创维联通辰诺润邦捷丰"
TRADES = (
    ("科技", "Technology"),
    ("贸易", "Trading"),
    ("物业管理", "Property"),
    ("广告", "Advertising"),
    ("餐饮", "Catering"),
    ("咨询", "Consulting"),
    ("设计", "Design"),
    ("物流", "Logistics"),
    ("文化传播", "Media"),
    ("教育", "Education"),
)
FOREIGN_FIRM = ("示例国际（上海）有限公司（虚构）", "Sample International (Shanghai) Ltd. (invented)")
EMPLOYERS_A_TOWER = 9


@dataclass(frozen=True, slots=True)
class Employer:
    """A firm or shop in a building here; `is_foreign` marks the one that writes its list in English."""

    code: str
    name: str
    name_en: str
    building: int  # place in the list of buildings
    floor: str
    share: float  # of the people who work in towers and malls; 0 elsewhere
    is_foreign: bool = False


def employers(buildings: list[Building], rng: Rng) -> list[Employer]:
    """Nine employers in each tower and mall, one in each mixed building and hotel; all invented, their names say so."""
    rows: list[Employer] = []
    stems = [first + second for first in FIRST for second in SECOND if first != second]
    order = rng.permutation(len(stems))
    for place, building in enumerate(buildings):
        here = {TOWER: EMPLOYERS_A_TOWER, SHOP: EMPLOYERS_A_TOWER, MIXED: 1, HOTEL: 1}.get(building.kind, 0)
        for number in range(here):
            serial = len(rows) + 1
            trade, trade_en = TRADES[int(rng.integers(0, len(TRADES)))]
            stem = stems[order[serial % len(stems)]]
            floor = str(int(rng.integers(1, building.floors + 1)))
            foreign = building.name == "嘉地中心" and number == 0
            name = FOREIGN_FIRM[0] if foreign else f"上海{stem}{trade}有限公司（虚构）"
            name_en = FOREIGN_FIRM[1] if foreign else f"{trade_en} {serial:03d} Ltd. (invented)"
            share = 1.0 / (1 + number) if here > 1 else 0.0  # a few firms are large, most are small
            rows.append(Employer(documents.credit_code(serial), name, name_en, place, floor, share, foreign))
    return rows


def with_jobs(people: People, firms: list[Employer], rng: Rng) -> Ints:
    """Which residents work in a building here: one in twelve of those of working age."""
    works = (people.age >= 20) & (people.age < 60) & (rng.random(len(people)) < 0.085)
    return np.where(works, _firm_of(len(people), firms, rng), NO_ONE)


def workers(count: int, firms: list[Employer], on: date, rng: Rng) -> People:
    """So many people who work here by day and live and are registered elsewhere."""
    female = rng.random(count) < 0.52
    birth, age = births(np.asarray(20 + 39 * rng.beta(1.4, 2.2, count), float), on)
    works_for = _firm_of(count, firms, rng)
    abroad = np.array([0.3 if firm.is_foreign else 0.006 for firm in firms])[works_for]
    document = np.where(rng.random(count) < abroad, documents.PASSPORT, documents.RESIDENT)
    belongs = np.full(count, NEITHER)
    number, region = numbers(document, belongs, birth, female, documents.WORKERS, rng)
    born = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    name = names.full_names(names.surnames(count, rng), names.given_names(born, female, rng))
    foreign = np.flatnonzero(document == documents.PASSPORT)
    name[foreign] = names.foreign_names(len(foreign), rng)
    nobody = np.full(count, NO_ONE)
    return People(
        name=name,
        female=female,
        birth=birth,
        age=age,
        document=document,
        number=number,
        phone=documents.phones(count, documents.WORKERS, rng),
        door=nobody,
        household=nobody,
        role=nobody,
        belongs=belongs,
        elsewhere=elsewhere(region, belongs, document, rng),
        works_for=works_for,
    )


def _firm_of(count: int, firms: list[Employer], rng: Rng) -> Ints:
    shares = np.array([firm.share for firm in firms])
    return rng.choice(len(firms), count, p=shares / shares.sum())
