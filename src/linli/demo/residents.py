"""Invented residents: families behind doors, with names, documents, phones and where they are registered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from linli.demo import documents, families, names
from linli.demo.buildings import Building
from linli.demo.families import Floats, Ints, Rng

LIVES_AND_REGISTERED, LIVES_ONLY, REGISTERED_ONLY, NEITHER = range(4)
NO_ONE = -1

ELSEWHERE_SHANGHAI = ("上海市其他区", "浦东新区", "普陀区", "宝山区", "闵行区", "虹口区")


@dataclass(frozen=True)
class Doors:
    """Doors of all buildings, one array entry a door: place of the building, stair, floor and room."""

    building: Ints
    stair: Ints
    floor: Ints
    room: Ints


@dataclass(frozen=True)
class People:
    """Everybody invented, one array entry a person; the first are residents, then those who only work here.

    `door` and `household` are -1 for those, `phone` is 0 where there is none, `works_for` -1 where no employer here.
    """

    name: names.Names
    female: NDArray[np.bool_]
    birth: NDArray[np.datetime64]
    age: Floats  # years on the day
    document: Ints  # documents.RESIDENT, PASSPORT, HK_MACAO, TAIWAN
    number: documents.Texts
    phone: Ints
    door: Ints
    household: Ints
    role: Ints
    belongs: Ints  # LIVES_AND_REGISTERED, LIVES_ONLY, REGISTERED_ONLY, NEITHER
    elsewhere: names.Names  # where those who are not registered here are, or where those who left live; else empty
    works_for: Ints

    def __len__(self) -> int:
        return len(self.name)


def residents(people: int, buildings: list[Building], on: date, rng: Rng) -> tuple[People, Doors]:
    """So many people who live here, are registered here or both, and the doors of all buildings."""
    members = families.members(people, rng)
    households = int(members.household[-1]) + 1
    doors, door_of = _doors(households, buildings, rng)
    belongs = _belongs(members, rng)
    birth, age = births(members.age, on)
    document = _documents(members, belongs, rng)
    number, region = numbers(document, belongs, birth, members.female, documents.RESIDENTS, rng)
    drawn = People(
        name=_names(members, document, birth, rng),
        female=members.female,
        birth=birth,
        age=age,
        document=document,
        number=number,
        phone=_phones(members, age, rng),
        door=door_of[members.household],
        household=members.household,
        role=members.role,
        belongs=belongs,
        elsewhere=elsewhere(region, belongs, document, rng),
        works_for=np.full(people, NO_ONE),
    )
    return drawn, doors


def joined(first: People, second: People) -> People:
    """Two groups as one, in this order."""
    return replace(
        first, **{field: np.concatenate([getattr(first, field), getattr(second, field)]) for field in first.__dict__}
    )


def births(age: Floats, on: date) -> tuple[NDArray[np.datetime64], Floats]:
    """Birth dates that give the ages on the day, and the ages."""
    days = (age * 365.2425).astype(np.int64).clip(1)
    return np.datetime64(on) - days, days / 365.2425


def numbers(
    document: Ints,
    belongs: Ints,
    birth: NDArray[np.datetime64],
    female: NDArray[np.bool_],
    given: documents.Range,
    rng: Rng,
) -> tuple[documents.Texts, Ints]:
    """Document numbers, and the city whose code each resident id bears: most of those registered here bear ours."""
    count = len(document)
    other = rng.choice(np.array(list(documents.OTHER_CITIES)), count)
    ours = rng.random(count) < np.array([0.88, 0.25, 0.9, 0.6])[belongs]
    region = np.where(ours, documents.SHANGHAI, other)
    number = documents.resident_ids(region, birth, female, given, rng)
    foreign = np.flatnonzero(document != documents.RESIDENT)
    number[foreign] = documents.other_numbers(document[foreign], given, rng)
    return number, region


def elsewhere(region: Ints, belongs: Ints, document: Ints, rng: Rng) -> names.Names:
    """The other place of people who are not both living and registered here."""
    count = len(region)
    cities = np.array(list(documents.OTHER_CITIES.values()), object)
    place = cities[np.searchsorted(list(documents.OTHER_CITIES), region) % len(cities)]
    place = np.where(region == documents.SHANGHAI, _one_of(ELSEWHERE_SHANGHAI, count, rng), place)
    gone = np.where(rng.random(count) < 0.85, _one_of(ELSEWHERE_SHANGHAI[1:], count, rng), "境外")
    place = np.where(belongs == REGISTERED_ONLY, gone, place)
    place = np.where(document != documents.RESIDENT, "境外", place)
    return np.where(belongs == LIVES_AND_REGISTERED, "", place).astype(object)


def _one_of(texts: tuple[str, ...], count: int, rng: Rng) -> names.Names:
    drawn: names.Names = np.array(texts, object)[rng.integers(0, len(texts), count)]
    return drawn


def _doors(households: int, buildings: list[Building], rng: Rng) -> tuple[Doors, Ints]:
    """Doors for so many households and one in twenty-five empty; a door of a lane may have two households."""
    weights = np.array([building.weight for building in buildings], float)
    wanted = np.ceil(weights / weights.sum() * households * 1.04).astype(np.int64)
    building = np.repeat(np.arange(len(buildings)), wanted)
    place = np.arange(len(building)) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    stairs = np.array([row.stairs for row in buildings])[building]
    floors = np.array([row.floors for row in buildings])[building]
    floor = place // stairs % floors + 1
    doors = Doors(building, place % stairs + 1, floor, floor * 100 + place // (stairs * floors) + 1)
    door_of = rng.permutation(len(building))[:households]
    shared = rng.random(households) < 0.03
    moved = np.flatnonzero(shared & (floors[door_of] <= 3))  # old lane houses, where families share a door
    moved = moved[np.argsort(building[door_of[moved]], kind="stable")]
    before, after = door_of[moved[:-1]], door_of[moved[1:]]
    door_of[moved[1:]] = np.where(building[after] == building[before], before, after)
    return doors, door_of


def _belongs(members: families.Members, rng: Rng) -> Ints:
    """Most households are of one kind; grown children and the young are often registered where they do not live."""
    households = int(members.household[-1]) + 1
    first = np.searchsorted(members.household, np.arange(households))
    kind = members.kind[first]
    outside, gone = (np.array([row[column] for row in families.KINDS])[kind] for column in (1, 2))
    drawn = rng.random(households)
    of_house = np.select([drawn < outside, drawn < outside + gone], [LIVES_ONLY, REGISTERED_ONLY], LIVES_AND_REGISTERED)
    belongs = of_house[members.household]
    alone = rng.random(len(belongs))
    both = belongs == LIVES_AND_REGISTERED
    left = both & (members.role == families.CHILD) & (members.age > 22) & (alone < 0.35)
    married_in = both & (members.role == families.SPOUSE) & (members.age < 60) & (alone < 0.12)
    return np.where(left, REGISTERED_ONLY, np.where(married_in, LIVES_ONLY, belongs))


def _documents(members: families.Members, belongs: Ints, rng: Rng) -> Ints:
    """Some tenants who live alone come from abroad, Hong Kong, Macao or Taiwan."""
    drawn = rng.random(len(belongs))
    tenants = (belongs == LIVES_ONLY) & (members.kind == families.SINGLE) & (members.age < 60)
    document = np.select([drawn < 0.09, drawn < 0.12, drawn < 0.15], [1, 2, 3], documents.RESIDENT)
    return np.where(tenants, document, documents.RESIDENT)


def _names(members: families.Members, document: Ints, birth: NDArray[np.datetime64], rng: Rng) -> names.Names:
    households = int(members.household[-1]) + 1
    surname = names.surnames(households, rng)[members.household]
    own = np.isin(members.role, families.OWN_NAME)
    surname[own] = names.surnames(int(own.sum()), rng)
    given = names.given_names(birth.astype("datetime64[Y]").astype(np.int64) + 1970, members.female, rng)
    full = names.full_names(surname, given)
    foreign = np.flatnonzero(document == documents.PASSPORT)
    full[foreign] = names.foreign_names(len(foreign), rng)
    return full


def _phones(members: families.Members, age: Floats, rng: Rng) -> Ints:
    """A mobile for most adults; the very old and children share the one of their household, or have none."""
    count = len(age)
    own = documents.phones(count, documents.RESIDENTS, rng)
    has_own = rng.random(count) < np.select([age < 14, age < 68, age < 80], [0.02, 0.98, 0.8], 0.35)
    households = int(members.household[-1]) + 1
    shared = np.zeros(households, np.int64)
    owners = np.flatnonzero(has_own)
    shared[members.household[owners]] = own[owners]
    lends = rng.random(count) < 0.85
    return np.where(has_own, own, np.where(lends, shared[members.household], 0))
