"""Antigens merged into the forecast of a vaccine group (chapter 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.domain.eligibility.antigens import VaccineGroup
from linli.domain.eligibility.chart.forecasting import SeriesForecast, SeriesStatus
from linli.domain.eligibility.chart.history import Chart
from linli.domain.eligibility.chart.relevant import guidance
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.reasons import Code

_LADDER = (
    SeriesStatus.CONTRAINDICATED,
    SeriesStatus.AGED_OUT,
    SeriesStatus.NOT_RECOMMENDED,
    SeriesStatus.NOT_COMPLETE,
)


@dataclass(frozen=True)
class GroupForecast:
    """What a person needs of a vaccine group, by one series group; days are None unless a dose is still to be given."""

    group: str
    series_group: str
    kind: Kind
    status: SeriesStatus
    earliest: int | None
    recommended: int | None
    past_due: int | None
    latest: int | None
    dose_number: int
    vaccines: tuple[str, ...]
    series: tuple[SeriesForecast, ...]
    guidance: tuple[str, ...] = ()

    @property
    def valid_doses(self) -> int:
        """Doses that count, for the antigen of the group that has the fewest."""
        return min(len(one.state.satisfied) for one in self.series)

    @property
    def why(self) -> Code | None:
        """The rule that gave the earliest day; where it is no antigen's own, it is the day of the last dose."""
        if self.earliest is None:
            return None
        own = (one.why[0].code for one in self.series if one.why and one.earliest == self.earliest)
        return next(own, Code.EARLIEST_LAST_DOSE)


def group_forecasts(chart: Chart, group: VaccineGroup, best: Sequence[SeriesForecast]) -> list[GroupForecast]:
    """Forecasts of a vaccine group from the best series of its antigens, one for each series group (FORECASTVG-1).

    They stand in the order in which they matter: for people at risk first, then by the codes of the series groups.
    """
    contained: dict[tuple[bool, str], list[SeriesForecast]] = {}
    for one in best:
        path = one.series.path
        contained.setdefault((one.series.kind is not Kind.RISK, path.group), []).append(one)
    return [_merged(chart, group, members) for _key, members in sorted(contained.items(), key=lambda item: item[0])]


def speaking(forecasts: Sequence[GroupForecast]) -> GroupForecast | None:
    """The forecast that speaks for a group: the first one that is not aged out, or else the first one."""
    live = [one for one in forecasts if one.status is not SeriesStatus.AGED_OUT]
    return next(iter(live or forecasts), None)


def _merged(chart: Chart, group: VaccineGroup, members: list[SeriesForecast]) -> GroupForecast:
    status = _status(members)
    open_ = [one for one in members if one.earliest is not None] if status is SeriesStatus.NOT_COMPLETE else []
    earliest = _earliest(chart, group, open_) if open_ else None
    numbers = [one.dose_number for one in open_]
    first = members[0].series
    return GroupForecast(
        group=group.name,
        series_group=first.path.group,
        kind=first.kind,
        status=status,
        earliest=earliest,
        recommended=_not_before(earliest, [one.recommended for one in open_]),
        past_due=_not_before(earliest, [one.past_due for one in open_]),
        latest=min((one.latest for one in open_ if one.latest is not None), default=None),
        dose_number=(min if group.full else max)(numbers, default=0),
        vaccines=tuple(dict.fromkeys(vaccine for one in open_ for vaccine in one.vaccines)),
        series=tuple(members),
        guidance=tuple(dict.fromkeys(text for one in members for text in _guidance(chart, one))),
    )


def _guidance(chart: Chart, one: SeriesForecast) -> tuple[str, ...]:
    """FORECASTGUIDANCE-1; of a series that is done, or not for this person, there is nothing to say."""
    antigen = chart.schedule.antigen_of_name[one.series.antigen]
    open_ = one.status in (SeriesStatus.NOT_COMPLETE, SeriesStatus.CONTRAINDICATED)
    return guidance(chart, antigen, one.series) if open_ else ()


def _status(members: list[SeriesForecast]) -> SeriesStatus:
    """SINGLEANTVG-1 and table 9-4."""
    statuses = {one.status for one in members}
    if len(statuses) == 1:
        return members[0].status
    return next((status for status in _LADDER if status in statuses), SeriesStatus.COMPLETE)


def _earliest(chart: Chart, group: VaccineGroup, open_: list[SeriesForecast]) -> int:
    """SINGLEANTVG-2 and MULTIANTVG-1."""
    days = [one.earliest for one in open_ if one.earliest is not None]
    if not any(one.priority for one in open_) or len(group.antigens) == 1:
        return max(days)
    given = [record.day for antigen in group.antigens for record in chart.records_of(antigen)]
    return max([min(days), *given])


def _not_before(earliest: int | None, days: list[int | None]) -> int | None:
    """FORECASTVG-2 and -3: the earliest of some days, but not before the earliest date."""
    known = [day for day in days if day is not None]
    return max(min(known), earliest) if known and earliest is not None else None
