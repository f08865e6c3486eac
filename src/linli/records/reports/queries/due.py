"""The due list: people with how they stand on a day, filtered, sorted, and worded from the engine's own answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from linli.domain.calendar import date_of
from linli.domain.eligibility import Code, Offer, Reason, products_for
from linli.domain.eligibility.reasons import Value
from linli.records.doses.models import Forecast
from linli.records.doses.queries import Judged, groups, judge, standings
from linli.records.people.models import Employer
from linli.records.people.queries import DENOMINATORS, chunks
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
    """The people of some subtrees who fit a filter, sorted. Lazy: the caller takes a page of it."""
    rows = _matching(programme, paths, want).filter(groups(programme=programme, on=want.on)[want.group])
    related = ("living_building", "living_door", "living_area", "registered_building", "registered_area")
    related += ("working_building", "working_area", "employer")
    rows = rows.select_related("person", "vaccine", *(f"person__{column}" for column in related))
    return rows.order_by(*_order(want.sort), "person_id")


def due_counts(*, programme: Programme, paths: Sequence[str], want: DueFilter, of: Iterable[str]) -> dict[str, int]:
    """How many people each of some groups would list under the same filter: one query for all of them."""
    conditions = groups(programme=programme, on=want.on)
    wanted = {f"n_{group}": Count("pk", filter=conditions[group]) for group in of}
    found = _matching(programme, paths, want).aggregate(**wanted)
    return {group.removeprefix("n_"): count for group, count in found.items()}


def with_engine(rows: Sequence[Forecast], *, programme: Programme, on: date) -> list[Due]:
    """Add the engine's own answer for the day to rows of `due_rows`: two queries for every few thousand of them."""
    return [due for chunk in chunks(rows) for due in _answered(chunk, programme, on)]


def _answered(rows: Sequence[Forecast], programme: Programme, on: date) -> list[Due]:
    judged = judge(programme=programme, people=[row.person_id for row in rows], on=on)
    place = {person: index for index, person in enumerate(judged.people)}
    answer, rules = judged.answer, judged.schedule
    offers: dict[tuple[object, ...], Offer] = {}
    found = []
    for row in rows:
        i = place[row.person_id]
        series = rules.series[answer.series[i]].code if answer.series[i] >= 0 else None
        begun = rules.vaccine_codes[answer.first_product[i]] if answer.first_product[i] >= 0 else None
        key = (series, begun, row.person.birth_date)
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
    days: dict[str, Value] = {
        "completed_on": date_of(answer.completed_on[i]),
        "eligible_on": date_of(answer.eligible_on[i]),
        "earliest_on": date_of(answer.earliest_on[i]),
        "latest_on": date_of(answer.latest_on[i]),
        "number": int(answer.next_dose[i]),
    }
    return Reason(code, days)


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
        rows = rows.filter(Q(person__name__icontains=want.search) | Q(person__phone__endswith=want.search))
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
