"""An invented neighbourhood in two lists, with duplicates planted by realistic faults and with traps beside them.

`planted(people=40_000, duplicates=2_000, seed=1)` gives rows of two lists. List A names every person once; list B
names `duplicates` of them a second time, as another clerk writes them down. Everything is drawn from one seed; nobody
is real. Nothing is shared with the finder: names, sounds, alike characters and the check digit stand here on their own.

The neighbourhood: 200 buildings with doors; households as an old district has them (elders alone, couples, families,
three generations, people sharing a flat). Surnames by frequency; given names by generation, so that elders share a few
names (about 1 in 700 is called the same as a given elder). Children bear the father's surname, brothers and sisters of
the older generations one character of the given name. Adults have a phone; children and half of the very old use the
one of somebody at the same door. Resident ids are from one of 40 counties (half from the district itself); a quarter of
the children and 3 in 100 adults have none in list A; 2 in 100 people have another document.

A second record keeps everything of the first, except: the phone is another in 40 of 100, the address is another in 20
of 100 (a work place, an old address) and missing in 10; and it has the fault by which it was planted:

  other_phone      another phone, all else as it was
  id_fails         one digit of the id mistyped: the check digit does not fit (6 in 100 of the rows)
  id_passes        one digit mistyped and the check digit computed anew by some program
  id_transposed    two neighbouring digits swapped
  id_fifteen       the id in its old form of fifteen digits
  id_missing       no document
  pinyin           the name in Latin letters, in one of four orders and spacings; half without document
  variant          a traditional or variant character; half without document
  homophone        a character of the same sound; half without document
  name_typo        a character wrong, missing, doubled or swapped; half without document
  birth_swapped    day and month swapped; no document
  birth_digit      one digit of the birth date wrong; no document
  birth_lunar      the birthday of the Chinese calendar; no document; people born before 1975
  moved            another address and another phone; half without document
  two_faults       two of the above at once

Traps, which are two people each, at least as many as real neighbourhoods have (`TRAPS`, for 40,000 people):

  twins            born on one day, same door, surname and phone, given names that share a character, order codes of the
                   id next to each other in half; a fifth of the pairs without ids
  elders           groups of three to six elders of one name in one committee's buildings, some at one address, some
                   born in one year, some with one phone (the committee's)
  father_and_son   on one phone and at one door, their names one character apart
  siblings         on one phone, names one character apart, born one to three years apart
  namesakes        one name and one birth date, different ids and addresses
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from planted_names import HOMOPHONE, LUNAR, SOUNDS, SURNAMES, VARIANT
from planted_town import Row, Town, with_check

FAULTS = {
    "other_phone": 16,
    "id_fails": 8,
    "id_passes": 6,
    "id_transposed": 4,
    "id_fifteen": 8,
    "id_missing": 13,
    "pinyin": 8,
    "variant": 4,
    "homophone": 6,
    "name_typo": 6,
    "birth_swapped": 3,
    "birth_digit": 4,
    "birth_lunar": 3,
    "moved": 5,
    "two_faults": 6,
}
OTHER_PHONE, OTHER_ADDRESS, NO_ADDRESS, HALF = 0.40, 0.20, 0.10, 0.5


@dataclass
class Planted:
    """Rows in a shuffled order, and the pairs of people that were made to look alike, by trap."""

    rows: list[Row]
    traps: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def planted(
    *, people: int = 40_000, duplicates: int = 2_000, seed: int = 1, mix: dict[str, int] | None = None
) -> Planted:
    """The two lists; `mix` gives other weights to the faults."""
    town = Town(random.Random(seed))
    town.settle(people)
    rng = town.rng
    second: list[Row] = []
    faults = mix or FAULTS
    clerk = Clerk(town)
    chosen = rng.sample(range(len(town.rows)), len(town.rows))
    for person in chosen:
        if len(second) == duplicates:
            break
        fault = rng.choices(list(faults), list(faults.values()))[0]
        if (row := clerk.again(town.rows[person], fault)) is not None:
            second.append(row)
    first = list(town.rows)
    rng.shuffle(first)
    rng.shuffle(second)
    return Planted(first + second, town.traps)


class Clerk:
    """Who writes some of the people down a second time."""

    def __init__(self, town: Town) -> None:
        self.town, self.rng = town, town.rng
        self.faults: dict[str, Callable[[Row], Row | None]] = {
            name: getattr(self, name) for name in FAULTS if name != "two_faults"
        }

    def again(self, row: Row, fault: str) -> Row | None:
        """The row as list B has it; None where this person cannot be written down with this fault."""
        names = list(self.faults)
        wanted = self.rng.sample(names, 2) if fault == "two_faults" else [fault]
        written: Row | None = self.usual(replace(row, sheet="B", fault=fault))
        for name in wanted:
            written = self.faults[name](written) if written is not None else None
        return written

    def usual(self, row: Row) -> Row:
        """What often differs between lists anyway."""
        rng = self.rng
        if rng.random() < OTHER_PHONE:
            row = replace(row, phone=self.town.phone() if rng.random() < 0.8 else "")
        drawn = rng.random()
        if drawn < OTHER_ADDRESS:
            building, door = self.town.address()
            row = replace(row, building=building, door=door)
        elif drawn < OTHER_ADDRESS + NO_ADDRESS:
            row = replace(row, building=-1, door="")
        return row

    def half_without(self, row: Row) -> Row:
        return self.id_missing(row) or row if self.rng.random() < HALF else row

    def other_phone(self, row: Row) -> Row | None:
        return replace(row, phone=self.town.phone())

    def id_fails(self, row: Row) -> Row | None:
        number = self.mistyped(row)
        return replace(row, id_number=number) if number else None

    def id_passes(self, row: Row) -> Row | None:
        number = self.mistyped(row)
        return replace(row, id_number=with_check(number[:17])) if number and number[:17] != row.id_number[:17] else None

    def mistyped(self, row: Row) -> str:
        """The id with one digit wrong; a wrong birthday in it is still a day of the calendar."""
        if row.id_kind != "resident_id" or len(row.id_number) != 18:
            return ""
        while True:
            place = self.rng.randrange(17)
            digit = self.rng.choice("0123456789".replace(row.id_number[place], ""))
            number = row.id_number[:place] + digit + row.id_number[place + 1 :]
            if place < 6 or place > 13 or _day(number[6:14]):
                return number

    def id_transposed(self, row: Row) -> Row | None:
        number = row.id_number
        places = [place for place in range(16) if len(number) == 18 and number[place] != number[place + 1]]
        if row.id_kind != "resident_id" or not places:
            return None
        place = self.rng.choice(places)
        return replace(row, id_number=number[:place] + number[place + 1] + number[place] + number[place + 2 :])

    def id_fifteen(self, row: Row) -> Row | None:
        if row.id_kind != "resident_id" or len(row.id_number) != 18 or row.id_number[6:8] != "19":
            return None
        return replace(row, id_number=row.id_number[:6] + row.id_number[8:17])

    def id_missing(self, row: Row) -> Row | None:
        return replace(row, id_kind="", id_number="") if row.id_number else None

    def pinyin(self, row: Row) -> Row | None:
        surname, given = split(row.name)
        try:
            family, own = SURNAMES[surname], [SOUNDS[character] for character in given]
        except KeyError:
            return None
        forms = (
            f"{family} {''.join(own)}".upper(),
            f"{''.join(own).capitalize()} {family.capitalize()}",
            f"{family}{''.join(own)}",
            f"{family.capitalize()} {' '.join(own)}",
        )
        return self.half_without(replace(row, name=self.rng.choice(forms)))

    def variant(self, row: Row) -> Row | None:
        return self._replaced(row, VARIANT)

    def homophone(self, row: Row) -> Row | None:
        surname, given = split(row.name)
        changed = self._replaced(replace(row, name=given), HOMOPHONE)
        return replace(changed, name=surname + changed.name) if changed else None

    def _replaced(self, row: Row, table: dict[str, str]) -> Row | None:
        known = [part for part in table if part in row.name and table[part] != part]
        if not known:
            return None
        part = self.rng.choice(known)
        return self.half_without(replace(row, name=row.name.replace(part, table[part], 1)))

    def name_typo(self, row: Row) -> Row | None:
        surname, given = split(row.name)
        if not given or not all(character in SOUNDS for character in given):
            return None
        wrong = self.rng.choice(list(SOUNDS))
        place = self.rng.randrange(len(given))
        ways = [given[:place] + wrong + given[place + 1 :]] * 3
        if len(given) == 2:
            ways += [given[1:], given[::-1]]
        else:
            ways += [given + wrong]
        name = surname + self.rng.choice(ways)
        return self.half_without(replace(row, name=name)) if name != row.name else None

    def birth_swapped(self, row: Row) -> Row | None:
        day = row.birth
        if day is None or day.day > 12 or day.day == day.month:
            return None
        return replace(row, birth=date(day.year, day.day, day.month), id_kind="", id_number="")

    def birth_digit(self, row: Row) -> Row | None:
        if row.birth is None:
            return None
        digits = f"{row.birth:%Y%m%d}"
        while True:
            place = self.rng.randrange(2, 8)
            changed = _day(digits[:place] + self.rng.choice("0123456789") + digits[place + 1 :])
            if changed and changed != row.birth and changed < date(2021, 6, 1):
                return replace(row, birth=changed, id_kind="", id_number="")

    def birth_lunar(self, row: Row) -> Row | None:
        if row.birth is None or row.birth.year not in LUNAR:
            return None
        new_year, lengths, leap = LUNAR[row.birth.year]
        start = date(row.birth.year, int(new_year[:2]), int(new_year[2:]))
        left = (row.birth - start).days
        for place, length in enumerate(map(int, lengths.split())):
            if 0 <= left < length:
                month = place + 1 if not leap or place < leap else place
                changed = _day(f"{row.birth.year}{month:02d}{left + 1:02d}")
                return replace(row, birth=changed, id_kind="", id_number="") if changed else None
            left -= length
        return None

    def moved(self, row: Row) -> Row | None:
        building, door = self.town.address()
        return self.half_without(replace(row, building=building, door=door, phone=self.town.phone()))


def split(name: str) -> tuple[str, str]:
    """Surname and given name."""
    size = 2 if name[:2] in SURNAMES else 1
    return name[:size], name[size:]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
