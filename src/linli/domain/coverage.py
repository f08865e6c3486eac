"""Coverage indicators of a group of people on a day: counts, and shares that name their denominator.

Terms as in WHO's monitoring of immunisation programmes: coverage, drop-out, zero-dose, timeliness. Definitions are
those of docs/contracts.md; contraindicated and refused people stay in the denominator, those who moved away leave it.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of people. Adding two groups without a person in common gives the group of both."""

    people: int = 0  # all persons of the denominator
    offered: int = 0  # of these, inside the age gate that day
    first: int = 0  # with a valid first dose
    full: int = 0  # with a complete series
    first_offered: int = 0  # with a valid first dose, of those inside the gate
    full_offered: int = 0
    due: int = 0
    waiting: int = 0
    overdue: int = 0
    not_eligible: int = 0
    unknown: int = 0
    refused: int = 0
    contraindicated: int = 0
    deferred: int = 0
    moved: int = 0  # beside the denominator: they live here no more
    first_proven: int = 0  # with a valid first dose even if doses that somebody only told of did not count
    full_proven: int = 0
    told_only: int = 0  # with a first dose or complete series that only told doses make
    second_past: int = 0  # whose last day on time for the second dose has passed
    second_timely: int = 0  # of these, had it by then
    finish_past: int = 0  # whose last day on time for the whole series has passed
    dropped: int = 0  # of these, did not finish
    entering: int = 0  # due since this very day
    last_days: int = 0  # due, and the last day on time is within a week

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(*map(operator.add, _counts(self), _counts(other)))

    @property
    def first_share(self) -> float | None:
        """First-dose coverage over all persons."""
        return share(self.first, self.people)

    @property
    def full_share(self) -> float | None:
        """Full-course coverage over all persons."""
        return share(self.full, self.people)

    @property
    def first_proven_share(self) -> float | None:
        """First-dose coverage without the doses that somebody only told of."""
        return share(self.first_proven, self.people)

    @property
    def full_proven_share(self) -> float | None:
        """Full-course coverage without the doses that somebody only told of."""
        return share(self.full_proven, self.people)

    @property
    def first_between(self) -> tuple[float, float] | None:
        """First-dose coverage by what is proven alone, and with what somebody told of; None of nobody."""
        return _between(self.first_proven, self.first, self.people)

    @property
    def full_between(self) -> tuple[float, float] | None:
        """Full-course coverage by what is proven alone, and with what somebody told of; None of nobody."""
        return _between(self.full_proven, self.full, self.people)

    @property
    def first_offered_share(self) -> float | None:
        """First-dose coverage over those inside the age gate."""
        return share(self.first_offered, self.offered)

    @property
    def full_offered_share(self) -> float | None:
        """Full-course coverage over those inside the age gate."""
        return share(self.full_offered, self.offered)

    @property
    def dropout_share(self) -> float | None:
        """Drop-out over those whose last day on time for the whole series has passed."""
        return share(self.dropped, self.finish_past)

    @property
    def classic_dropout_share(self) -> float | None:
        """Drop-out in its classic form: (first - full) / first."""
        return share(self.first - self.full, self.first)

    @property
    def timely_share(self) -> float | None:
        """Second doses given by the last day on time, over those whose last day has passed."""
        return share(self.second_timely, self.second_past)

    @property
    def unknown_share(self) -> float | None:
        """People of whom no list that covers doses says anything."""
        return share(self.unknown, self.people)


_counts = operator.attrgetter(*(field.name for field in fields(Coverage)))


def _between(proven: int, counted: int, people: int) -> tuple[float, float] | None:
    # A told dose can also spoil a proven course, such as one of another platform: then fewer count than are proven.
    return (min(proven, counted) / people, max(proven, counted) / people) if people else None


def share(part: int, whole: int) -> float | None:
    """A part of a whole from 0 to 1; None of nothing."""
    return part / whole if whole else None
