"""Which numbers say too much of a person when they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from linli.domain.suppression.table import Table


class Why(IntEnum):
    """Why a number is hidden; nought: it is not."""

    SHOWN = 0
    SMALL = 1  # from one to `small` - 1 people
    NEARLY_ALL = 2  # so few of the place are not in it
    EVERYBODY = 3  # all of the place are in it: the number tells how each of them stands
    FEW_PEOPLE = 4  # the place has too few people
    COMPLEMENT = 5  # else another hidden number could be worked out


@dataclass(frozen=True, slots=True)
class Rules:
    """What is too small to show. Every hidden number stays uncertain by `small` people or more."""

    small: int  # numbers from 1 to small - 1 are hidden
    fewest: int  # a place with fewer people is hidden whole
    silent: frozenset[int] = frozenset()  # categories that say nothing of a person, even if everybody is in them

    def __post_init__(self) -> None:
        if not 2 <= self.small <= self.fewest:
            raise ValueError("small must be two or more, and fewest no less")


def sensitive(table: Table, rules: Rules) -> NDArray[np.int8]:
    """`Why` each cell must be hidden for its own sake (primary suppression).

    What is true of the whole tree tells nothing of one place: a category that everybody or nobody is in is shown.
    """
    values, people = table.values, table.people[:, None]
    rest = people - values
    why = np.zeros(values.shape, dtype=np.int8)
    telling = np.array([not set(table.members(column)) <= rules.silent for column in range(table.columns)])
    why[(people > 0) & (rest == 0) & telling & (values[0] < values[0, -1])] = Why.EVERYBODY
    why[(rest > 0) & (rest < rules.small)] = Why.NEARLY_ALL
    why[(values > 0) & (values < rules.small)] = Why.SMALL
    few = (table.people > 0) & (table.people < rules.fewest)
    for place in np.flatnonzero(few):
        above: int | None = int(place)
        while above is not None and few[above]:
            above = table.parents[above]
        is_nought_above = values[above] == 0 if above is not None else np.zeros(table.columns, dtype=bool)
        why[place, ~is_nought_above] = Why.FEW_PEOPLE
    return why
