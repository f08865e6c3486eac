"""Points for the series of a group that none outdoes at once (chapters 8.3 to 8.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from linli.domain.calendar import reach
from linli.domain.eligibility.chart.forecasting import SeriesForecast, SeriesStatus
from linli.domain.eligibility.chart.skips import in_force

Points = tuple[int, int, int]
_Rule = tuple[Callable[[SeriesForecast], bool], Points]


def valid_doses(made: SeriesForecast) -> int:
    """SELECTB-21."""
    return len(made.state.satisfied)


def in_process(made: SeriesForecast) -> bool:
    """SELECTB-16."""
    return valid_doses(made) > 0 and made.status is SeriesStatus.NOT_COMPLETE


def complete(made: SeriesForecast) -> bool:
    """SELECTB-6."""
    return made.status is SeriesStatus.COMPLETE


def scored(series: Sequence[SeriesForecast]) -> dict[int, int]:
    """Points of the series that table 8-5 has scored, by their place; empty where it scores none."""
    for member, rules in ((complete, _complete_rules), (in_process, _in_process_rules)):
        pool = [made for made in series if member(made)]
        if pool:
            return _points(series, pool, rules(pool))
    if any(valid_doses(made) for made in series):
        return {}
    return _points(series, list(series), _no_valid_rules(list(series)))


def _points(series: Sequence[SeriesForecast], pool: list[SeriesForecast], rules: list[_Rule]) -> dict[int, int]:
    points = {place: 0 for place, made in enumerate(series) if made in pool}
    for holds, (alone, shared, missing) in rules:
        true_of = {place for place in points if holds(series[place])}
        for place in points:
            points[place] += missing if place not in true_of else alone if len(true_of) == 1 else shared
    return points


def _complete_rules(pool: list[SeriesForecast]) -> list[_Rule]:
    """Table 8-7."""
    most = max(map(valid_doses, pool))
    return [(lambda made: valid_doses(made) == most, (1, 0, -1))]


def _in_process_rules(pool: list[SeriesForecast]) -> list[_Rule]:
    """Table 8-9."""
    most, fewest = max(map(valid_doses, pool)), min(map(remaining, pool))
    finishes = [finish(made) for made in pool if completable(made)]
    return [
        (lambda made: made.series.path.product and all_valid(made), (2, 2, -2)),
        (completable, (3, 3, -3)),
        (lambda made: valid_doses(made) == most, (2, 0, -2)),
        (lambda made: remaining(made) == fewest, (2, 0, -2)),
        (lambda made: completable(made) and finish(made) == min(finishes), (1, 0, -1)),
    ]


def _no_valid_rules(pool: list[SeriesForecast]) -> list[_Rule]:
    """Table 8-11."""
    starts = [made.earliest for made in pool if made.earliest is not None]
    return [
        (lambda made: made.earliest is not None and made.earliest == min(starts), (1, 0, -1)),
        (completable, (1, 1, -1)),
        (lambda made: made.series.path.product, (-1, -1, 1)),
    ]


def all_valid(made: SeriesForecast) -> bool:
    """SELECTB-2."""
    return bool(made.state.evaluations) and all(judged.valid for judged in made.state.evaluations)


def remaining(made: SeriesForecast) -> int:
    """Target doses not satisfied yet, the next one among them (SELECTB-5)."""
    return len(made.series.doses) - made.state.step


def finish(made: SeriesForecast) -> int:
    """SELECTB-12: the earliest date plus the longest minimum interval after a dose before."""
    if made.earliest is None:
        return 0
    day, on = made.earliest, made.state.chart.on
    later = made.series.doses[made.state.step + 1 :]
    periods = {
        row.minimum
        for dose in later
        for row in dose.intervals
        if row.minimum is not None and _from_previous(row.from_target, row.from_recent, row.from_observation)
        if in_force(row, on)
    }
    return max((reach(day, period) for period in periods), default=day)


def _from_previous(target: int | None, recent: tuple[str, ...], observation: str | None) -> bool:
    return target is None and not recent and observation is None


def completable(made: SeriesForecast) -> bool:
    """SELECTB-3: it can be finished before the maximum age of its last dose."""
    if made.earliest is None:
        return False
    chart = made.state.chart
    ages = [row for row in made.series.doses[-1].ages if in_force(row, chart.on)]
    maximum = ages[0].maximum if ages else None
    return maximum is None or finish(made) < chart.reaches(maximum)
