"""Where a person stands in one series: target doses passed, and how each dose was judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from linli.domain.calendar import Period
from linli.domain.eligibility.chart.history import Chart, Record
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Series, TargetDose


class Finding(NamedTuple):
    """A rule that spoke: the day it draws the line on, what it counts from, and the length of time."""

    code: Code
    limit: int | None = None
    since: int | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How one dose was judged for one series; `target` is the number of the target dose it was held against, or 0."""

    record: Record
    status: DoseStatus
    finding: Finding
    target: int

    @property
    def valid(self) -> bool:
        return self.status is DoseStatus.VALID

    @property
    def inadvertent(self) -> bool:
        return self.finding.code is Code.INADVERTENT


@dataclass
class SeriesState:
    """A patient series while its doses are judged; `completed` are the groups of the antigen with a complete series."""

    chart: Chart
    series: Series
    completed: frozenset[str]
    evaluations: list[Evaluation] = field(default_factory=list)
    satisfied: list[tuple[int, int]] = field(default_factory=list)
    step: int = 0

    @property
    def target(self) -> TargetDose | None:
        """The target dose that is waited for; None at the end of the series."""
        return self.series.doses[self.step] if self.step < len(self.series.doses) else None

    def satisfy(self, target: TargetDose, day: int) -> None:
        """A target dose is done; one that recurs is waited for again."""
        self.satisfied.append((target.number, day))
        if not target.recurring:
            self.step += 1

    def day_of_target(self, number: int) -> int | None:
        """Day of the dose that satisfied a target dose, the last one where it recurs."""
        return next((day for which, day in reversed(self.satisfied) if which == number), None)
