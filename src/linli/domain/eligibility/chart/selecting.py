"""Which series is best for a person: one prioritized series a group, then the best of the antigen (chapter 8)."""

from __future__ import annotations

from collections.abc import Sequence

from linli.domain.eligibility.antigens import Antigen
from linli.domain.eligibility.chart.forecasting import SeriesForecast, SeriesStatus, forecast
from linli.domain.eligibility.chart.history import Chart
from linli.domain.eligibility.chart.relevant import relevant
from linli.domain.eligibility.chart.scoring import complete, in_process, scored, valid_doses
from linli.domain.eligibility.paths import Kind


def forecasts(chart: Chart, antigen: Antigen) -> list[SeriesForecast]:
    """Every relevant series of an antigen, those that ask for a complete group after the others (chapter 4.3, 4.4)."""
    made: list[SeriesForecast] = []
    done: set[str] = set()
    for series in chart.schedule.series_of_antigen.get(antigen.name, ()):
        if relevant(chart, series):
            made.append(forecast(chart, antigen, series, frozenset(done)))
            if complete(made[-1]):
                done.add(series.path.group)
    return made


def best_of(chart: Chart, made: Sequence[SeriesForecast]) -> list[SeriesForecast]:
    """The best series of an antigen, by the order of their groups (table 8-14)."""
    groups: dict[str, list[SeriesForecast]] = {}
    for one in made:
        groups.setdefault(one.series.path.group, []).append(one)
    first = {
        group: prioritized
        for group, members in sorted(groups.items())
        if (prioritized := _prioritized(chart, members)) is not None
    }
    return [one for one in first.values() if _best(one, [first[g] for g in one.series.path.equivalent if g in first])]


def _best(one: SeriesForecast, equivalent: list[SeriesForecast]) -> bool:
    """Table 8-14."""
    if complete(one):
        return True
    if any(complete(other) for other in equivalent) or one.series.kind is Kind.EVALUATION_ONLY:
        return False
    return one.series.kind is Kind.RISK or not any(other.series.kind is Kind.RISK for other in equivalent)


def _prioritized(chart: Chart, members: list[SeriesForecast]) -> SeriesForecast | None:
    """Table 8-3, then table 8-5 and SELECTBEST-2."""
    begun = [one for one in members if one.state.satisfied] if chart.schedule.platform_binds else []
    if begun:
        return min(begun, key=_first_platform)
    open_ = [one for one in members if _may_start(chart, one)]
    scorable = [one for one in open_ if _scorable(chart, one, open_)]
    defaults = [one for one in open_ if one.series.path.default]
    if not scorable:
        return defaults[0] if len(defaults) == 1 else None
    if len(scorable) == 1:
        return scorable[0]
    done, going = [one for one in scorable if complete(one)], [one for one in scorable if in_process(one)]
    if len(done) == 1:
        return done[0]
    if not done and len(going) == 1:
        return going[0]
    default = [one for one in scorable if one.series.path.default]
    if not done and not going and len(default) == 1:
        return default[0]
    points = scored(scorable) or dict.fromkeys(range(len(scorable)), 0)
    best = min(points, key=lambda place: (-points[place], scorable[place].series.path.preference, place))
    return scorable[best]


def _may_start(chart: Chart, one: SeriesForecast) -> bool:
    """A series without a dose is not begun before its minimum age to start."""
    start = one.series.path.minimum_start
    return start is None or valid_doses(one) > 0 or chart.reaches(start) <= chart.on


def _scorable(chart: Chart, one: SeriesForecast, members: list[SeriesForecast]) -> bool:
    """SELECTB-24 and SELECTSCORE-2."""
    forbidden = SeriesStatus.CONTRAINDICATED
    if one.status is forbidden and any(other.status is not forbidden for other in members):
        return False
    path, kind = one.series.path, one.series.kind
    if kind is Kind.EVALUATION_ONLY:
        return complete(one)
    if kind is Kind.RISK:
        return path.priority <= min(other.series.path.priority for other in members)
    if valid_doses(one):
        start = path.maximum_start
        return start is None or min(day for _, day in one.state.satisfied) < chart.reaches(start)
    return not any(valid_doses(other) or other.series.path.default for other in members)


def _first_platform(one: SeriesForecast) -> int:
    """A programme of one platform a person goes on with that of the first dose that counts."""
    return min(day for _, day in one.state.satisfied)
