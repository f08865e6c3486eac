"""How much each agreement and each difference speaks for one person: the m and u probabilities of Fellegi and Sunter.

Their model (A theory for record linkage, 1969) sets the probability of an observation where two records are one person
(m) against that where they are two (u), and adds the logarithms over the fields. Two people of a neighbourhood are not
always strangers, and relatives share surname, phone and door all at once, so u stands here for three kinds of two
people, each with its own prior and its own column below: strangers, members of one household, and twins. The odds are
those of one person against all three together.

The values are set from what is known of such lists, not fitted to any: about one record in twenty has a second one, an
id is mistyped in a few of a hundred rows, half of the people in a second list have another phone there. Where a value
depends on how common something is in the register itself (a name, a phone, a building), it is counted there: `None`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import Final

from linli.domain.identity.duplicates import births, names, numbers

SAME_PHONE: Final = "same_phone"
OTHER_PHONE: Final = "different_phone"
SAME_DOOR: Final = "same_door"
SAME_BUILDING: Final = "same_building"
MAYBE_DOOR: Final = "same_building_no_door"
OTHER_PLACE: Final = "different_place"
SAME_SEX: Final = "same_sex"
OTHER_SEX: Final = "different_sex"


@dataclass(frozen=True, slots=True)
class Chances:
    """Logarithms (base 2) of the probability of one observation: of one person, two strangers, relatives, twins."""

    same: float
    strangers: float | None
    household: float
    twins: float


def _chances(same: float, strangers: float | None, household: float, twins: float) -> Chances:
    return Chances(log2(same), None if strangers is None else log2(strangers), log2(household), log2(twins))


# Pairs in N records: N^2 / 2. Of these, for each record: 0.05 second ones, 1.2 relatives, 0.003 twins.
PRIORS: Final = {"same": 0.1, "household": 2.4, "twins": 0.006}
FEWEST: Final = 10_000  # a small register is judged like a sample of a larger one

LEVELS: Final[dict[str, Chances]] = {
    # the name                                 one person  strangers  household  twins
    names.SAME: _chances(0.84, None, 1e-4, 1e-3),
    names.VARIANT: _chances(0.03, None, 1e-4, 1e-3),
    names.SAME_SOUND: _chances(0.03, None, 1e-3, 0.015),
    names.NEAR_SOUND: _chances(0.01, None, 2e-3, 0.02),
    names.LATIN: _chances(0.80, None, 1e-3, 0.015),
    names.NEAR_LATIN: _chances(0.10, None, 2e-3, 0.02),
    names.ONE_CHARACTER: _chances(0.03, None, 0.06, 0.45),
    names.OTHER_SURNAME: _chances(0.01, None, 1e-3, 1e-3),
    names.DIFFERENT: _chances(0.02, 0.98, 0.93, 0.50),
    # the birth date
    births.SAME: _chances(0.91, None, 4e-5, 0.995),
    births.SWAPPED: _chances(0.008, 4e-5, 4e-5, 2e-4),
    births.TRANSPOSED: _chances(0.008, 1.5e-4, 2e-4, 3e-4),
    births.ONE_DIGIT: _chances(0.025, 1e-3, 1.5e-3, 2e-3),
    births.LUNAR: _chances(0.015, 6e-5, 6e-5, 2e-4),
    births.PLACEHOLDER: _chances(0.010, 4e-4, 4e-4, 1e-4),
    births.SAME_DAY: _chances(0.004, 2.5e-3, 2.5e-3, 1e-5),
    births.SAME_YEAR: _chances(0.010, 0.016, 0.02, 1e-3),
    births.DIFFERENT: _chances(0.010, 0.98, 0.97, 1e-3),
    # resident ids, given how the birth dates compare
    numbers.SAME: _chances(0.90, 1e-9, 1e-6, 1e-5),
    numbers.ONE_DIGIT: _chances(0.02, 2e-7, 2e-6, 1e-5),
    numbers.ONE_DIGIT_ORDER: _chances(0.008, 2e-4, 2e-4, 0.02),
    numbers.SOUND_ONE_DIGIT: _chances(0.012, 2e-4, 4e-4, 1e-4),
    numbers.SOUND_ORDER: _chances(0.008, 8e-3, 8e-3, 0.50),
    numbers.TRANSPOSED: _chances(0.010, 5e-6, 1e-5, 3e-3),
    numbers.DIGIT_LOST: _chances(0.010, 1e-6, 1e-6, 1e-5),
    numbers.DOUBTFUL: _chances(0.015, 0.03, 0.03, 0.03),
    numbers.DIFFERENT: _chances(0.012, 0.96, 0.95, 0.45),
    # other documents
    numbers.SAME_PAPER: _chances(0.70, 1e-8, 1e-6, 1e-6),
    numbers.NEAR_PAPER: _chances(0.04, 1e-4, 0.02, 0.05),  # families apply together and get neighbouring numbers
    numbers.OTHER_PAPER: _chances(0.26, 1.0, 0.98, 0.95),  # passports are renewed
    # phones: none in common says little
    SAME_PHONE: _chances(0.55, None, 0.35, 0.60),
    OTHER_PHONE: _chances(0.45, 1.0, 0.65, 0.40),
    # places
    SAME_DOOR: _chances(0.55, None, 0.75, 0.90),
    MAYBE_DOOR: _chances(0.65, None, 0.82, 0.92),
    SAME_BUILDING: _chances(0.10, None, 0.07, 0.04),
    OTHER_PLACE: _chances(0.30, 1.0, 0.15, 0.06),
    # the sex
    SAME_SEX: _chances(0.99, 0.50, 0.42, 0.65),
    OTHER_SEX: _chances(0.01, 0.50, 0.58, 0.35),
}
# What a person who decides need not be told.
SILENT: Final = frozenset({SAME_SEX, OTHER_PHONE, OTHER_PLACE, numbers.OTHER_PAPER})
REASONS: Final = tuple(level for level in LEVELS if level not in SILENT)
AGAINST: Final = frozenset(
    {names.DIFFERENT, births.DIFFERENT, births.SAME_YEAR, numbers.DIFFERENT, numbers.DOUBTFUL, OTHER_SEX}
)
