"""One person, every vaccine group: the whole of chapter 4 in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.domain.eligibility.chart.forecasting import SeriesForecast
from linli.domain.eligibility.chart.grouping import GroupForecast, group_forecasts
from linli.domain.eligibility.chart.history import Chart, Person
from linli.domain.eligibility.chart.selecting import best_of, forecasts
from linli.domain.eligibility.reasons import Code
from linli.domain.eligibility.schedule import Schedule


@dataclass(frozen=True)
class Judgement:
    """What the schedule says of a person on a day: forecasts by vaccine group, and the doses that were left out."""

    chart: Chart
    groups: dict[str, list[GroupForecast]]
    series: dict[str, list[SeriesForecast]]

    @property
    def left_out(self) -> dict[int, Code]:
        """Places of doses that could not be judged, with the reason."""
        return self.chart.left_out


def judge_person(schedule: Schedule, person: Person, *, on: date, groups: Iterable[str] | None = None) -> Judgement:
    """Evaluate a person's doses and forecast the next ones, for all vaccine groups or those named."""
    chart = Chart(schedule, person, on)
    wanted = None if groups is None else set(groups)
    chosen = [group for group in schedule.groups if wanted is None or group.name in wanted]
    made = {
        name: forecasts(chart, schedule.antigen_of_name[name])
        for group in chosen
        for name in group.antigens
        if name in schedule.antigen_of_name
    }
    answers = {
        group.name: group_forecasts(
            chart, group, [one for name in group.antigens if name in made for one in best_of(chart, made[name])]
        )
        for group in chosen
    }
    return Judgement(chart, answers, made)
