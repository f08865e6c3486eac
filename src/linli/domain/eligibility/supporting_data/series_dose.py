"""One dose of a series: ages, intervals, vaccines, conditional skips, recurrence and season."""

from __future__ import annotations

from typing import Any

from linli.domain.eligibility.conditions import (
    AgeCondition,
    CompletedCondition,
    Condition,
    ConditionalSkip,
    CountCondition,
    IntervalCondition,
    SkipSet,
)
from linli.domain.eligibility.dated import Source
from linli.domain.eligibility.schedule import Age, Interval, TargetDose, VaccineUse
from linli.domain.eligibility.supporting_data.xml import Node
from linli.domain.eligibility.tables import ScheduleError

_CONTEXTS = {"evaluation": "evaluation", "forecast": "forecast", "both": "both"}
_LOGIC = {"": "or", "or": "or", "and": "and"}
_COMPARE = {
    "greater than": "greater than",
    "equal to": "equal to",
    "equal": "equal to",
    "less than": "less than",
}
_DOSE_TYPES = {"valid": "valid", "total": "total", "": "total"}


def read_dose(row: Node, source: Source) -> TargetDose:
    """Read a seriesDose element. Raises ScheduleError naming what is wrong."""
    season = next(row.all("seasonalRecommendation"), None)
    return TargetDose(
        number=row.number("doseNumber"),
        ages=tuple(_age(one, source) for one in row.all("age")),
        intervals=tuple(_interval(one, source) for one in row.all("interval") if _filled(one)),
        preferable=tuple(_use(one) for one in row.all("preferableVaccine") if one.text("cvx")),
        allowable=tuple(_use(one) for one in row.all("allowableVaccine") if one.text("cvx")),
        skips=tuple(_skip(one, source) for one in row.all("conditionalSkip") if _filled(one)),
        allowable_intervals=tuple(_interval(one, source) for one in row.all("allowableInterval") if _filled(one)),
        inadvertent=tuple(one.vaccine() for one in row.all("inadvertentVaccine") if one.text("cvx")),
        recurring=row.yes("recurringDose"),
        season_start=season.day("startDate") if season else None,
        season_end=season.day("endDate") if season else None,
    )


def _filled(row: Node) -> bool:
    return len(row.element) > 0


def _dated(row: Node, source: Source) -> dict[str, Any]:
    return {
        "effective_on": row.day("effectiveDate"),
        "cessation_on": row.day("cessationDate"),
        "source": source,
    }


def _age(row: Node, source: Source) -> Age:
    return Age(
        absolute_minimum=row.period("absMinAge"),
        minimum=row.period("minAge"),
        earliest_recommended=row.period("earliestRecAge"),
        latest_recommended=row.period("latestRecAge"),
        maximum=row.period("maxAge"),
        **_dated(row, source),
    )


def _interval(row: Node, source: Source) -> Interval:
    previous, target = row.yes("fromPrevious"), row.text("fromTargetDose")
    recent, observation = row.vaccines("fromMostRecent"), row.text("fromRelevantObs/code")
    if not (previous or target or recent or observation):
        raise ScheduleError(f"{row.path}: an interval from nothing")
    return Interval(
        from_target=row.number("fromTargetDose") if target and not previous else None,
        from_recent=() if previous or target else recent,
        from_observation=None if previous or target or recent else observation,
        absolute_minimum=row.period("absMinInt"),
        minimum=row.period("minInt"),
        earliest_recommended=row.period("earliestRecInt"),
        latest_recommended=row.period("latestRecInt"),
        priority=bool(row.text("intervalPriority")),
        **_dated(row, source),
    )


def _use(row: Node) -> VaccineUse:
    return VaccineUse(
        vaccine=row.vaccine(),
        begin_age=row.period("beginAge"),
        end_age=row.period("endAge"),
        maker=row.text("mvx"),
        trade_name=row.text("tradeName"),
        recommended=row.yes("forecastVaccineType"),
    )


def _skip(row: Node, source: Source) -> ConditionalSkip:
    sets = tuple(
        SkipSet(
            conditions=tuple(_condition(condition) for condition in one.all("condition")),
            every=one.choice("conditionLogic", _LOGIC) == "and",
            **_dated(one, source),
        )
        for one in row.all("set")
    )
    return ConditionalSkip(row.choice("context", _CONTEXTS), sets, every=row.choice("setLogic", _LOGIC) == "and")


def _condition(row: Node) -> Condition:
    kind = row.take("conditionType").casefold()
    if kind == "age":
        return AgeCondition(begin_age=row.period("beginAge"), end_age=row.period("endAge"))
    if kind == "interval":
        return IntervalCondition(interval=row.take_period("interval"))
    if kind == "completed series":
        groups = tuple(part.strip() for part in row.take("seriesGroups").split(";"))
        return CompletedCondition(groups=groups)
    if not kind.startswith("vaccine count by"):
        raise ScheduleError(f"{row.path}/conditionType: not known: {kind!r}")
    return CountCondition(
        vaccines=row.vaccines("vaccineTypes"),
        begin_age=row.period("beginAge"),
        end_age=row.period("endAge"),
        start_on=row.day("startDate"),
        end_on=row.day("endDate"),
        compare=row.choice("doseCountLogic", _COMPARE),
        count=row.number("doseCount"),
        valid_only=row.choice("doseType", _DOSE_TYPES) == "valid",
    )
