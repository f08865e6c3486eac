"""The due list: people with how they stand on a day, filtered, sorted, and worded from the engine's own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from linli.domain.calendar import date_of
from linli.domain.eligibility import Code, Offer, products_for
from linli.records.doses.models import Forecast
from linli.records.doses.queries import groups, judge, standings
from linli.records.people.models import Employer
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme

SORTS: dict[str, tuple[str, ...]] = {
    "name": ("person__name",),
    "place": ("person__living_building__code", "person__living_door__stair", "person__living_door__number", "person__name"),
    "age": ("-person__birth_date",),
    "dose": ("next_dose", "person__name"),
    "earliest": ("earliest_on", "person__name"),
    "latest": ("latest_on", "person__name"),
    "state": ("state", "person__name"),
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
    """One person of the list with the engine's answer for the day."""

    row: Forecast
    state: str
    reason: str
    next_dose: int
    earliest_on: date | None
    recommended_on: date | None
    latest_on: date | None
    offer: Offer


def due_rows(*, programme: Programme, paths: Sequence[str], want: DueFilter) -> QuerySet[Forecast]:
    """The people of some subtrees who fit a filter, sorted. Lazy: the caller takes a page of it."""
    rows = standings(programme=programme, on=want.on).filter(_seen(paths))
    rows = rows.filter(groups(programme=programme, on=want.on)[want.group])
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
    related = ("living_building", "living_door", "registered_building", "working_building", "employer", "living_area")
    rows = rows.select_related("person", "vaccine", *(f"person__{column}" for column in related))
    return rows.order_by(*_order(want.sort), "person_id")


def with_engine(rows: Sequence[Forecast], *, programme: Programme, on: date) -> list[Due]:
    """Add the engine's own answer for the day to rows of `due_rows`: one call for all of them, two queries."""
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
                reason=Code(int(answer.reason[i])).text,
                next_dose=int(answer.next_dose[i]),
                earliest_on=date_of(answer.earliest_on[i]),
                recommended_on=date_of(answer.recommended_on[i]),
                latest_on=date_of(answer.latest_on[i]),
                offer=offers[key],
            )
        )
    return found


def _seen(paths: Sequence[str]) -> Q:
    if paths and Area.objects.filter(parent=None, path__in=paths).exists():
        return Q()  # the whole installation: no need to ask where each person belongs
    areas = Q(pk__in=[])
    for path in paths:
        areas |= _place("", "area__in", Area.objects.filter(path__startswith=path))
    return areas


def _place(of: str, column: str, value: object) -> Q:
    """Any of the three stays, or the one asked for."""
    chosen = (of,) if of else DENOMINATORS
    condition = Q(pk__in=[])
    for stay in chosen:
        condition |= Q(**{f"person__{stay}_{column}": value})
    return condition


def _order(sort: str) -> list[F | str]:  # type: ignore[type-arg]
    descending = sort.startswith("-")
    columns = SORTS.get(sort.lstrip("-"), SORTS["latest"])
    ordered = []
    for position, column in enumerate(columns):
        backwards = column.startswith("-") != (descending and position == 0)
        expression = F(column.lstrip("-"))
        ordered.append(expression.desc(nulls_last=True) if backwards else expression.asc(nulls_last=True))
    return ordered  # type: ignore[return-value]


