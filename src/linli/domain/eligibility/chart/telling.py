"""A judgement retold: for each dose and each date the rule that gave it and its table, with the values it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from linli.domain.calendar import Period, date_of
from linli.domain.eligibility.chart.forecasting import SeriesForecast, SeriesStatus
from linli.domain.eligibility.chart.grouping import GroupForecast
from linli.domain.eligibility.chart.history import Dose
from linli.domain.eligibility.chart.judging import Judgement
from linli.domain.eligibility.chart.standing import standing
from linli.domain.eligibility.chart.state import Evaluation, Finding
from linli.domain.eligibility.chart.verdicts import verdicts
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.reasons import REASONS, TABLES, Code, Reason, Value


@dataclass(frozen=True, slots=True)
class Line:
    """One reason, with the table it comes from."""

    reason: Reason

    @property
    def table(self) -> str:
        """Table of the specification, "" for none."""
        return TABLES.get(self.reason.code, "")


@dataclass(frozen=True, slots=True)
class ToldForecast:
    """One forecast of a group: how it stands, and the rule behind each date."""

    forecast: GroupForecast
    standing: Line
    dates: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything there is to say of a person and a vaccine group; doses in the order of days, with their places."""

    group: str
    forecasts: tuple[ToldForecast, ...]
    doses: tuple[tuple[Dose, Line], ...]
    places: tuple[int, ...]


def tell(judgement: Judgement, group: str) -> Told:
    """Walk through each dose and each date of a vaccine group; doses that are none of the group's are left out."""
    forecasts, chart = judgement.groups[group], judgement.chart
    judged = verdicts(forecasts)
    shown = tuple(ToldForecast(one, _line(*_standing(judgement, one, judged)), tuple(_dates(one))) for one in forecasts)
    places = [place for place in range(len(chart.person.doses)) if place in judged or place in chart.left_out]
    places.sort(key=lambda place: (chart.person.doses[place].on or chart.person.birth, place))
    doses = tuple((chart.person.doses[place], _dose(judgement, judged, place)) for place in places)
    return Told(group, shown, doses, tuple(places))


def tell_doses(judgement: Judgement, judged: Mapping[int, Evaluation], places: Iterable[int]) -> dict[int, Line]:
    """What is to be said of some doses, by their places: as they were judged, or why they were left out."""
    return {place: _dose(judgement, judged, place) for place in places}


def _line(code: Code, values: dict[str, Value]) -> Line:
    named = {name: values[name] for name in REASONS[code].params if name in values}
    return Line(Reason(code, named))


def _standing(
    judgement: Judgement, forecast: GroupForecast, judged: dict[int, Evaluation]
) -> tuple[Code, dict[str, Value]]:
    _status, code = standing(forecast, judged, judgement.chart.on)
    if code is Code.NOT_RECOMMENDED and any(_season_over(one) for one in forecast.series):
        code = Code.SEASON_OVER
    last = max((day for one in forecast.series for _, day in one.state.satisfied), default=None)
    return code, {
        "completed_on": None if last is None else date_of(last),
        "series": forecast.series[0].series.code,
        "earliest_on": None if forecast.earliest is None else date_of(forecast.earliest),
        "latest_on": None if forecast.past_due is None else date_of(forecast.past_due),
        "number": forecast.dose_number,
    }


def _season_over(one: SeriesForecast) -> bool:
    return one.status is SeriesStatus.NOT_RECOMMENDED and one.target is not None


def _dose(judgement: Judgement, judged: Mapping[int, Evaluation], place: int) -> Line:
    dose = judgement.chart.person.doses[place]
    values: dict[str, Value] = {"given_on": dose.on, "product": dose.vaccine or None}
    values["birth_on"] = judgement.chart.person.birth
    if place in judgement.chart.left_out:
        return _line(judgement.chart.left_out[place], values)
    evaluation = judged[place]
    finding, day = evaluation.finding, evaluation.record.day
    if evaluation.status is DoseStatus.VALID:
        values["number"] = evaluation.target
    if finding.since is not None:
        values["days"] = day - finding.since
        values["other_on"] = date_of(finding.since)
    values["allowed_on"] = None if finding.limit is None else date_of(finding.limit)
    for name in ("minimum_age", "minimum", "absolute_minimum"):
        values[name] = finding.period
    return _line(finding.code, values)


def _dates(forecast: GroupForecast) -> Iterator[Line]:
    """The rule behind each date: an antigen's own where it gave the day, else what the group makes of it."""
    kinds = (
        (forecast.earliest, 0, Code.EARLIEST_LAST_DOSE),
        (forecast.recommended, 1, Code.RECOMMENDED_EARLIEST),
        (forecast.past_due, 2, Code.LATEST_EARLIEST),
    )
    for day, place, otherwise in kinds:
        if day is None:
            continue
        found = [one.why[place] for one in forecast.series if len(one.why) > place and one.why[place].limit == day]
        finding = found[0] if found else Finding(otherwise, day)
        length = finding.period
        if place == 2 and length is not None:
            length = _inclusive(length)
        since = None if finding.since is None else date_of(finding.since)
        yield _line(finding.code, {"date": date_of(day), "age": length, "interval": length, "from_on": since})


def _inclusive(period: Period) -> Period:
    """A latest period names the first day too late; people are told the last day on time."""
    return replace(period, days=period.days - 1)
