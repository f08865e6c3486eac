"""The public board: an area and the areas below it, from the office's own board, with small numbers hidden.

One denominator alone is published, those living there: shown beside each other, the others would give each other away.
Why and how numbers are hidden and rounded: docs/decisions/0011-public-board.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domain.coverage import Coverage, share
from linli.records.places.models import Area
from linli.records.programme.models import Programme
from linli.records.reports.queries.board import board

SMALL = 5  # numbers of people from 1 to 4 are hidden
FEWEST = 100  # areas with fewer people are hidden whole
STEP = 5  # what is shown is rounded to fives
OF = "living"
CATEGORIES = ("none", "unknown", "begun", "complete")  # each person is in one
FIRST = (CATEGORIES.index("begun"), CATEGORIES.index("complete"))
COLUMNS = (*CATEGORIES, "first", "people")


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """An area as everybody may see it: numbers of people by column, None where hidden.

    Without a code: those of whom it is not known in which of the areas they live.
    """

    code: str
    name: str
    name_en: str
    counts: dict[str, int | None]

    def share(self, column: str) -> float | None:
        """A share of the people here, worked out from the numbers that are shown; None where one is hidden."""
        part, whole = self.counts[column], self.counts["people"]
        return None if part is None or whole is None else share(part, whole)


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """The whole and the areas directly below, on a day."""

    on: date
    whole: PublicPlace
    areas: list[PublicPlace]

    @property
    def places(self) -> list[PublicPlace]:
        """The whole first."""
        return [self.whole, *self.areas]


def public_board(*, area: Area, programme: Programme, on: date) -> PublicBoard:
    """What everybody may see of an area on a day.

    People of the area whose own area below is not known are a line of their own, or left out while they are few.
    """
    found = board(area=area, programme=programme, on=on, of=OF)
    places: list[tuple[Area | None, list[int]]] = [
        (one.place, _counts(one.coverage)) for one in found.areas if isinstance(one.place, Area)
    ]
    rest = [whole - sum(parts) for whole, *parts in zip(_counts(found.total), *(row for _, row in places), strict=True)]
    if sum(rest) >= FEWEST and places:
        places.append((None, rest))
    whole, *below = _shown([row for _, row in places], rest)
    return PublicBoard(
        on=on,
        whole=_public(area, whole),
        areas=[_public(place, counts) for (place, _), counts in zip(places, below, strict=True)],
    )


def _counts(coverage: Coverage) -> list[int]:
    """People by category."""
    no_dose = coverage.people - coverage.first - coverage.unknown
    return [no_dose, coverage.unknown, coverage.first - coverage.full, coverage.full]


def _shown(areas: list[list[int]], rest: list[int]) -> list[dict[str, int | None]]:
    """The numbers of the whole and of each area as they may be shown; without areas the rest is the whole."""
    from linli.domain.suppression import Rules, counted, publish  # the solver is slow to load, and few pages need it

    rows = [[0] * len(CATEGORIES), *areas] if areas else [rest]
    rules = Rules(small=SMALL, fewest=FEWEST, silent=frozenset({CATEGORIES.index("unknown")}))
    found = publish(counted([None, *[0] * len(areas)], rows, groups=[FIRST]), rules, step=STEP)
    return [
        {
            column: None if hidden else int(count)
            for column, count, hidden in zip(COLUMNS, counts, is_hidden, strict=True)
        }
        for counts, is_hidden in zip(found.shown, found.hidden, strict=True)
    ]


def _public(place: Area | None, counts: dict[str, int | None]) -> PublicPlace:
    if place is None:
        return PublicPlace("", "", "", counts)
    return PublicPlace(place.code, place.name, place.name_en, counts)
