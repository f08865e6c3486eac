"""The people of the planted neighbourhood, household by household, and the traps among them: see planted.py."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planted_names import COUNTIES, GIVEN, RANKS, SURNAMES

BUILDINGS, DOORS = 200, 90
TRAPS = {"twins": 160, "elders": 150, "father_and_son": 300, "siblings": 150, "namesakes": 12}
WEIGHTS, CHECK = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


@dataclass(frozen=True)
class Row:
    """One row of a list. `person` is who it really is; `fault` is set where list B names someone a second time."""

    sheet: str
    person: int
    name: str
    birth: date | None
    sex: str
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    building: int = -1
    door: str = ""
    fault: str = ""


class Town:
    """The people of the neighbourhood, each once, and the pairs that were made to look alike."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.rows: list[Row] = []
        self.traps: dict[str, list[tuple[int, int]]] = {}
        self.numbers: set[str] = set()

    # --- the neighbourhood

    def settle(self, people: int) -> None:
        """Traps first, then households until there are enough people."""
        scale = people / 40_000
        for trap, count in TRAPS.items():
            self.traps[trap] = []
            for _ in range(max(1, round(count * scale))):
                getattr(self, f"trap_{trap}")()
        while len(self.rows) < people:
            self.household()
        del self.rows[people:]

    def household(self) -> None:
        rng, (building, door), surname = self.rng, self.address(), self.surname()
        kind = rng.choices(["elder", "couple", "family", "three", "sharers", "single"], [16, 24, 24, 8, 8, 20])[0]
        if kind in ("elder", "single"):
            year = rng.randint(1926, 1958) if kind == "elder" else rng.randint(1962, 2000)
            self.person(surname, year, rng.choice("MF"), building, door)
        elif kind == "sharers":
            for _ in range(rng.randint(2, 4)):
                self.person(self.surname(), rng.randint(1978, 2002), rng.choice("MF"), building, door)
        else:
            year = rng.randint(1928, 1965) if kind == "couple" else rng.randint(1966, 1992)
            man = self.person(surname, year, "M", building, door)
            woman = self.person(self.surname(), year + rng.randint(-2, 6), "F", building, door)
            shared = rng.choice(GIVEN[_generation(year + 28)][2]) if year < 1950 and rng.random() < 0.5 else ""
            for _ in range(0 if kind == "couple" and rng.random() < 0.7 else rng.choices([1, 2], [8, 2])[0]):
                self.person(surname, year + rng.randint(23, 36), rng.choice("MF"), building, door, first=shared, of=man)
            if kind == "three":
                self.person(surname, year - rng.randint(22, 34), "M", building, door, of=man)
                self.person(self.surname(), year - rng.randint(22, 32), "F", building, door, of=woman)

    def person(
        self,
        surname: str,
        year: int,
        sex: str,
        building: int,
        door: str,
        *,
        first: str = "",
        of: int | None = None,
        name: str = "",
        birth: date | None = None,
        phone: str | None = None,
    ) -> int:
        """Somebody new; `of`: the person at the same door whose phone a child or an old one uses. Gives the number."""
        rng = self.rng
        birth = birth or date(min(year, 2018), 1, 1) + timedelta(days=rng.randrange(365))
        age = 2021 - birth.year
        if phone is None:
            borrowed = of is not None and (age < 16 or (age > 78 and rng.random() < 0.5))
            phone = self.rows[of].phone if borrowed and of is not None else self.phone() if age > 12 else ""
            phone = "" if rng.random() < 0.06 else phone
        kind, number = self.document(birth, sex, age)
        row = Row(
            "A",
            len(self.rows),
            name or surname + self.given(birth.year, sex, first),
            birth,
            sex,
            kind,
            number,
            phone,
            building,
            door,
        )
        self.rows.append(row)
        return row.person

    def document(self, birth: date, sex: str, age: int) -> tuple[str, str]:
        rng = self.rng
        drawn = rng.random()
        if drawn < 0.012:
            return "passport", f"{rng.choice('EGX')}{rng.randrange(10**8):08d}"
        if drawn < 0.02:
            return "hk_macau_permit", f"H{rng.randrange(10**8):08d}"
        if rng.random() < (0.25 if age < 16 else 0.03):
            return "", ""
        return "resident_id", self.resident_id(rng.choice(COUNTIES), birth, sex)

    def resident_id(self, county: str, birth: date, sex: str, order: int | None = None) -> str:
        while True:
            code = self.rng.randrange(1, 999) if order is None else order
            code += (code % 2 == 1) != (sex == "M")
            number = with_check(f"{county}{birth:%Y%m%d}{code:03d}")
            if number not in self.numbers:
                self.numbers.add(number)
                return number
            order = None

    def address(self) -> tuple[int, str]:
        return self.rng.randrange(BUILDINGS), f"{self.rng.randrange(1, 19)}{self.rng.randrange(1, DOORS // 18 + 1):02d}"

    def phone(self) -> str:
        return f"1{self.rng.choice('3578')}{self.rng.randrange(10**9):09d}"

    def surname(self) -> str:
        return self.rng.choices(list(SURNAMES), RANKS)[0]

    def given(self, year: int, sex: str, first: str = "") -> str:
        heads_f, tails_f, heads_m, tails_m = GIVEN[_generation(year)]
        heads, tails = (heads_f, tails_f) if sex == "F" else (heads_m, tails_m)
        single = {1900: 0.12, 1946: 0.35, 1966: 0.4, 1982: 0.4, 2000: 0.1}[_generation(year)]
        tail = self.rng.choice(tails)
        return tail if not first and self.rng.random() < single else (first or self.rng.choice(heads)) + tail

    # --- the traps

    def trap_twins(self) -> None:
        rng, (building, door), surname = self.rng, self.address(), self.surname()
        year = rng.choice([rng.randint(1950, 1980), rng.randint(1985, 2017)])
        birth = date(year, 1, 1) + timedelta(days=rng.randrange(365))
        sexes = rng.choice(["MM", "FF", "MF"])
        heads, tails = GIVEN[_generation(year)][:2] if sexes[0] == "F" else GIVEN[_generation(year)][2:]
        shared, (one, other) = rng.choice(heads), rng.sample(tails, 2)
        names = [surname + shared + one, surname + shared + other]
        if rng.random() < 0.25:
            names = [surname + one, surname + other]
        phone = self.phone()
        pair = [
            self.person(surname, year, sex, building, door, name=name, birth=birth, phone=phone)
            for sex, name in zip(sexes, names, strict=True)
        ]
        drawn, county, order = rng.random(), rng.choice(COUNTIES), rng.randrange(1, 990)
        for place, person in enumerate(pair):
            row = self.rows[person]
            kind, number = ("", "") if drawn < 0.2 else ("resident_id", "")
            if kind:
                near = order + (2 * place if sexes[0] == sexes[1] else place)
                number = self.resident_id(county, birth, row.sex, near if drawn < 0.7 else None)
            self.rows[person] = replace(row, id_kind=kind, id_number=number)
        self.traps["twins"].append((pair[0], pair[1]))

    def trap_elders(self) -> None:
        rng, surname, sex = self.rng, self.surname(), self.rng.choice("FFM")
        name = surname + self.given(1938, sex)
        building, door = self.address()
        year, committee = rng.randint(1930, 1955), self.phone()
        group = []
        for _ in range(rng.randint(3, 6)):
            at = (
                (building, door)
                if rng.random() < 0.1
                else ((building + rng.randrange(12)) % BUILDINGS, self.address()[1])
            )
            born = year if rng.random() < 0.3 else rng.randint(1928, 1958)
            phone = committee if rng.random() < 0.2 else None
            group.append(self.person(surname, born, sex, *at, name=name, phone=phone))
        self.traps["elders"] += [(one, other) for place, one in enumerate(group) for other in group[place + 1 :]]

    def trap_father_and_son(self) -> None:
        rng, (building, door), surname = self.rng, self.address(), self.surname()
        year, tail, phone = rng.randint(1940, 1985), rng.choice("国平明华强军峰杰伟"), self.phone()
        one, other = rng.sample("建小志大文永晓俊", 2)
        father = self.person(surname, year, "M", building, door, name=surname + one + tail, phone=phone)
        son = self.person(
            surname, year + rng.randint(22, 34), "M", building, door, name=surname + other + tail, phone=phone
        )
        self.traps["father_and_son"].append((father, son))

    def trap_siblings(self) -> None:
        rng, (building, door), surname = self.rng, self.address(), self.surname()
        year, head, phone = rng.randint(1945, 2012), rng.choice("建国志海佳子"), self.phone()
        one, other = rng.sample("华平军伟明杰涵轩", 2)
        birth = date(year, 1, 1) + timedelta(days=rng.randrange(365))
        # A few are born on the same day of another year.
        later = birth + timedelta(days=rng.choice([365, 365 + rng.randrange(200), 400 + rng.randrange(700)]))
        pair = [
            self.person(surname, year, "M", building, door, name=surname + head + tail, birth=day, phone=phone)
            for tail, day in ((one, birth), (other, later))
        ]
        self.traps["siblings"].append((pair[0], pair[1]))

    def trap_namesakes(self) -> None:
        rng, surname, sex = self.rng, self.surname(), self.rng.choice("MF")
        year = rng.randint(1935, 1965)
        name, birth = surname + self.given(year, sex), date(year, 1, 1) + timedelta(days=rng.randrange(365))
        pair = [self.person(surname, year, sex, *self.address(), name=name, birth=birth) for _ in range(2)]
        for person in pair:
            number = self.resident_id(rng.choice(COUNTIES), birth, sex)
            self.rows[person] = replace(self.rows[person], id_kind="resident_id", id_number=number)
        self.traps["namesakes"].append((pair[0], pair[1]))


def with_check(first17: str) -> str:
    """Seventeen digits with the check digit of GB 11643."""
    return first17 + CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def _generation(year: int) -> int:
    return max(start for start in GIVEN if start <= year)
