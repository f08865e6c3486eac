"""Doses side by side, as people told them to whoever keeps a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from linli.demo.doses import OTHER_PROGRAMMES
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.tables import Cell

DateForm = Literal["iso", "cell", "slashes", "chinese", "english"]
# The short words that committees use, in the order of doses.PRODUCTS.
WORDS = ("北京生物", "武汉生物", "科兴", "康泰", "康希诺", "智飞")
ENGLISH_WORDS = ("Sinopharm Beijing", "Sinopharm Wuhan", "Sinovac", "Kangtai", "CanSino", "Zhifei")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOST = 3
SLIPS = 0.003  # share of people who name the day before: a doubt when the city's export comes


@dataclass(frozen=True)
class WideDoses:
    """What each person told: day, product and number of each dose against COVID-19."""

    by_person: dict[int, list[tuple[date, int, int]]]

    def cells(self, person: int, form: DateForm) -> list[Cell]:
        """Six cells: day and product of three doses, empty where there is none."""
        row: list[Cell] = [""] * (2 * MOST)
        words = ENGLISH_WORDS if form == "english" else WORDS
        for given_on, product, number in self.by_person.get(person, ()):
            row[2 * number - 2 : 2 * number] = [written(given_on, form), words[product]]
        return row


def wide_doses(n: Neighbourhood, *, on: date, rng: np.random.Generator, told: float) -> WideDoses:
    """The doses before a day of those people who told of theirs (a share of all)."""
    speaks = rng.random(len(n.people)) < told
    doses = n.doses
    kept = speaks[doses.person] & (doses.product < OTHER_PROGRAMMES) & (doses.given_on < np.datetime64(on))
    slips = rng.random(len(n.people)) < SLIPS
    by_person: dict[int, list[tuple[date, int, int]]] = {}
    rows = (doses.person[kept], doses.given_on[kept], doses.product[kept], doses.number[kept])
    for person, given_on, product, number in zip(*(column.tolist() for column in rows), strict=True):
        day = given_on - timedelta(1) if slips[person] else given_on
        by_person.setdefault(person, []).append((day, product, number))
    return WideDoses(by_person)


def written(day: date, form: DateForm) -> Cell:
    """A day as a list's keeper types it."""
    if form == "cell":
        return day
    if form == "slashes":
        return f"{day.year}/{day.month}/{day.day}"
    if form == "chinese":
        return f"{day.year}年{day.month}月{day.day}日"
    if form == "english":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return day.isoformat()
