"""The due list: people with how they stand on a day, filtered, sorted, and worded from the engine's own answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Count, F, Q, QuerySet
from numpy.typing import NDArray

from linli.domain.calendar import NO_DAY, Period, add, date_of, day_of
from linli.domain.eligibility import REASONS, Code, Offer, Reason, Schedule, products_for
from linli.domain.eligibility.reasons import Value
from linli.records.doses.models import Forecast
from linli.records.doses.queries import Judged, groups, judge, standings
from linli.records.people.models import Employer
from linli.records.people.queries import DENOMINATORS, chunks, named
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme

SORTS: dict[str, tuple[str, ...]] = {
    "name": ("person__name",),
    "place": (
        "person__living_building__code",
        "person__living_door__stair",
        "person__living_door__number",
        "person__name",
    ),
    "age": ("-person__birth_date",),
    "dose": ("next_dose", "person__name"),
    "product": ("vaccine__code", "person__name"),
    "earliest": ("earliest_on", "person__name"),
    "latest": ("latest_on", "person__name"),
    "state": ("state", "engine_state", "person__name"),
    "reason": ("engine_state", "valid_doses", "reason", "person__name"),
}


PLACES = (
    "living_area",
    "living_building",
    "living_door",
    "registered_area",
    "registered_building",
    "working_area",
    "working_building",
    "employer",
)


@dataclass(frozen=True, slots=True)
class DueFilter:
    """What the reader asked for; `of` says by which stay area and building are meant, empty for any of the three."""

    on: date
    group: str = "open"
    of: str = ""
    area: Area | None = None
    building: Building | None = None
    employer: Employer | None = None
    vaccine: str = ""
    dose: int | None = None
    search: str = ""
    sort: str = "latest"


@dataclass(frozen=True, slots=True)
class Due:
    """One person of the list with the engine's answer for the day; `engine_state` as if every list covered doses."""

    row: Forecast
    state: str
    engine_state: str
    why: Reason
    next_dose: int
    earliest_on: date | None
    recommended_on: date | None
    latest_on: date | None
    offer: Offer


def due_rows(*, programme: Programme, paths: Sequence[str], want: DueFilter) -> QuerySet[Forecast]:
    """The people of some subtrees who fit a filter, sorted. Lazy; `due_page` takes a part of it."""
    rows = _matching(programme, paths, want).filter(groups(programme=programme, on=want.on)[want.group])
    rows = rows.select_related("person", "vaccine", *(f"person__{column}" for column in PLACES))
    return rows.order_by(*_order(want.sort), "person_id")


def due_page(rows: QuerySet[Forecast], *, start: int, stop: int) -> list[Forecast]:
    """Some rows of `due_rows`, in order: sorted by id alone first, since sorting all their places too is slow."""
    keys = list(rows.values_list("pk", flat=True)[start:stop])
    return list(rows.filter(pk__in=keys))


def every_due_row(rows: QuerySet[Forecast]) -> QuerySet[Forecast]:
    """All rows of `due_rows`, for a file: what many people share is read once and not with every person.

    Homes, doors and workplaces are left as ids: whoever writes the file names each of them once.
    """
    shared = ("vaccine", "person__registered_area", "person__registered_building")
    return rows.select_related(None).select_related("person").prefetch_related(*shared)


def due_counts(*, programme: Programme, paths: Sequence[str], want: DueFilter, of: Iterable[str]) -> dict[str, int]:
    """How many people each of some groups would list under the same filter: one query for all of them."""
    conditions = groups(programme=programme, on=want.on)
    wanted = {f"n_{group}": Count("pk", filter=conditions[group]) for group in of}
    found = _matching(programme, paths, want).aggregate(**wanted)
    return {group.removeprefix("n_"): count for group, count in found.items()}


def with_engine(rows: Sequence[Forecast], *, programme: Programme, on: date) -> list[Due]:
    """Add the engine's own answer for the day to rows of `due_rows`: two queries for every few thousand of them."""
    found: list[Due] = []
    for chunk in chunks(rows):
        judged = judge(programme=programme, people=[row.person_id for row in chunk], on=on)
        found += answered(chunk, judged, on=on)
    return found


def answered(rows: Sequence[Forecast], judged: Judged, *, on: date) -> list[Due]:
    """Rows of `standings` with what the engine said of their people."""
    place = {person: index for index, person in enumerate(judged.people)}
    answer, rules = judged.answer, judged.schedule
    offers: dict[tuple[object, ...], Offer] = {}
    reached = _ages_reached(judged, on)
    found = []
    for row in rows:
        i = place[row.person_id]
        series = rules.series[answer.series[i]].code if answer.series[i] >= 0 else None
        begun = rules.vaccine_codes[answer.first_product[i]] if answer.first_product[i] >= 0 else None
        key = (series, begun, int(reached[i]))
        if key not in offers:
            offers[key] = products_for(rules, series=series, started_with=begun, on=on, birth=row.person.birth_date)
        found.append(
            Due(
                row=row,
                state=row.state,  # type: ignore[attr-defined]  # annotated by `standings`
                engine_state=row.engine_state,  # type: ignore[attr-defined]
                why=_why(judged, i),
                next_dose=int(answer.next_dose[i]),
                earliest_on=date_of(answer.earliest_on[i]),
                recommended_on=date_of(answer.recommended_on[i]),
                latest_on=date_of(answer.latest_on[i]),
                offer=offers[key],
            )
        )
    return found


def _why(judged: Judged, i: int) -> Reason:
    """The reason for a status with its dates; `explain` tells the whole story, too slowly for a long list."""
    answer = judged.answer
    code = Code(int(answer.reason[i]))
    values: dict[str, Value] = {
        "completed_on": date_of(answer.completed_on[i]),
        "eligible_on": date_of(answer.eligible_on[i]),
        "earliest_on": date_of(answer.earliest_on[i]),
        "latest_on": date_of(answer.latest_on[i]),
        "number": int(answer.next_dose[i]),
    }
    return Reason(code, {name: values[name] for name in REASONS[code].params if name in values})


def _ages_reached(judged: Judged, on: date) -> NDArray[np.int64]:
    """For each person a number that tells which of the schedule's ages they have reached; equal ones share an offer."""
    births, day = judged.patients.birth, day_of(on)
    reached: NDArray[np.int64] = (births != NO_DAY).astype(np.int64)
    for place, age in enumerate(_ages(judged.schedule), 1):
        reached |= (add(births, age) <= day).astype(np.int64) << place
    return reached


def _ages(rules: Schedule) -> list[Period]:
    doses = [dose for series in rules.series for dose in series.doses]
    uses = [use for dose in doses for use in (*dose.preferable, *dose.allowable)]
    found = {age for dose in doses for row in dose.ages for age in (row.minimum, row.offered_below, row.maximum)}
    found |= {age for use in uses for age in (use.begin_age, use.end_age)}
    return [age for age in found if age is not None]


def _matching(programme: Programme, paths: Sequence[str], want: DueFilter) -> QuerySet[Forecast]:
    """Everybody whom a filter lets through, of whatever group."""
    rows = standings(programme=programme, on=want.on).filter(_seen(paths))
    if want.area is not None:
        rows = rows.filter(_place(want.of, "area__in", Area.objects.filter(path__startswith=want.area.path)))
    if want.building is not None:
        rows = rows.filter(_place(want.of, "building", want.building))
    if want.area is None and want.building is None and want.of:
        rows = rows.filter(**{f"person__{want.of}_area__isnull": False})
    if want.employer is not None:
        rows = rows.filter(person__employer=want.employer)
    if want.vaccine:
        rows = rows.filter(vaccine__code=want.vaccine)
    if want.dose is not None:
        rows = rows.filter(next_dose=want.dose)
    if want.search:
        rows = rows.filter(named(want.search, of="person__"))
    return rows


def _seen(paths: Sequence[str]) -> Q:
    """People with a stay in one of the subtrees: the same people whose page the worker may open."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= _place("", "area__in", Area.objects.filter(path__startswith=path))
    return seen


def _place(of: str, column: str, value: object) -> Q:
    """Any of the three stays, or the one asked for."""
    chosen = (of,) if of else DENOMINATORS
    condition = Q(pk__in=[])
    for stay in chosen:
        condition |= Q(**{f"person__{stay}_{column}": value})
    return condition


def _order(sort: str) -> list[Any]:
    descending = sort.startswith("-")
    columns = SORTS.get(sort.lstrip("-"), SORTS["latest"])
    ordered = []
    for position, column in enumerate(columns):
        backwards = column.startswith("-") != (descending and position == 0)
        expression = F(column.lstrip("-"))
        ordered.append(expression.desc(nulls_last=True) if backwards else expression.asc(nulls_last=True))
    return ordered
