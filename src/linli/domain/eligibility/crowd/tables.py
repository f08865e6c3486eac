"""The rules of one antigen, as they are in force on one day, as one array of numbers: what compiled code reads.

A table is rows of a fixed width; `at(rules, SERIES, 2, GROUP)` is one number of it. Only series for everybody are in
them: whoever has an observation is judged by the chart. An age is a row of `PERIODS`, -1 is none. Vaccines have a place
among those of the antigen, or stand by their index in the schedule where any vaccine may matter. (One array, because a
function that takes forty costs the compiler minutes; docs/decisions/0016-compiled-automaton.md.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from linli.domain.compiled import compiled

Ints = NDArray[np.int64]

NEVER = np.iinfo(np.int32).max
EVER = -(1 << 30)
NO_PERIOD = -(1 << 15)

HEAD, PERIODS, VACCINES, ASSOCIATIONS, SERIES, DOSES, AGES, INTERVALS, PRODUCTS, USES = range(10)
SKIPS, SETS, CONDITIONS, COUNTED, RECENT, LATER, CONFLICTS, CONFLICT_OF, WAITS, WAIT_OF = range(10, 20)

IMMUNE_BEFORE, SERIES_COUNT, PLACES, VACCINE_COUNT, DISTURBED, PERIOD_COUNT = range(6)  # HEAD
MONTHS, DAYS = range(2)  # PERIODS, LATER, WAITS
RELEVANT, PLACE = range(2)  # VACCINES
BEGIN, END = range(2)  # ASSOCIATIONS, USES
(
    FIRST_DOSE,
    LAST_DOSE,
    SEXES,
    EVALUATION_ONLY,
    GROUP,
    EQUIVALENT,
    DEFAULT,
    PRODUCT,
    PREFERENCE,
    MINIMUM_START,
    MAXIMUM_START,
    BESIDE_DEFAULT,
) = range(12)  # SERIES; BESIDE_DEFAULT: without a valid dose it never comes before the default of its group
(
    DOSE_NUMBER,
    RECURRING,
    SEASON_START,
    SEASON_END,
    AGE_IN_FORCE,
    AGES_FROM,
    AGES_TO,
    INTERVALS_FROM,
    INTERVALS_TO,
    ALLOWABLE_TO,
    SKIPS_FROM,
    SKIPS_TO,
    LATER_FROM,
    LATER_TO,
    WAITING,
) = range(15)  # DOSES; allowable intervals follow the preferable ones
SINCE, UNTIL = range(2)  # AGES, INTERVALS, SETS: the days a row is in force
ABSOLUTE_AGE, MINIMUM_AGE, RECOMMENDED_AGE, LATEST_AGE, MAXIMUM_AGE = range(2, 7)  # AGES
FROM, FROM_WHICH, IN_FORCE, HURRIED = range(2, 6)  # INTERVALS
ABSOLUTE, MINIMUM, RECOMMENDED, LATEST = 6, 8, 10, 12  # INTERVALS: months, then days
USES_FROM, USES_TO, INADVERTENT_USE = range(3)  # PRODUCTS, by dose and place
CONTEXT, EVERY_SET, SETS_FROM, SETS_TO = range(4)  # SKIPS
EVERY_CONDITION, CONDITIONS_FROM, CONDITIONS_TO = range(2, 5)  # SETS
CONDITION, BEGIN_AGE, END_AGE, START, STOP, COMPARE, COUNT, VALID_ONLY, WHICH, LENGTH, LENGTH_DAYS, GROUPS = range(12)
CONFLICT_BEGIN, CONFLICT_SHORT, CONFLICT_END = 0, 2, 4  # CONFLICTS: months, then days

WIDTHS = np.array([6, 2, 2, 2, 12, 15, 7, 14, 3, 2, 4, 5, 12, 1, 1, 2, 6, 1, 2, 1], np.int64)
"""Width of each table; COUNTED is by set and place, RECENT and the two `_OF` by set, place or dose and vaccine."""

PREVIOUS, TARGET, RECENT_DOSE, OBSERVED = range(4)
AGE, INTERVAL, DOSE_COUNT, COMPLETED = range(4)
EVALUATION, FORECAST = 1, 2
GREATER, EQUAL, LESS = range(3)


@compiled
def at(rules: Ints, table: int, row: int, column: int) -> int:
    """One number of a table."""
    return int(rules[rules[table] + row * WIDTHS[table] + column])


def pack(tables: Mapping[int, Sequence[Sequence[int]]]) -> Ints:
    """Tables one after the other, their starts in front."""
    parts = [np.array(tables[table], np.int64).reshape(-1) for table in range(len(WIDTHS))]
    starts = np.cumsum([len(WIDTHS), *(len(part) for part in parts)])[:-1]
    return np.concatenate([starts.astype(np.int64), *parts])
