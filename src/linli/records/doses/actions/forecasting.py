"""Drawing the forecast anew: for those whom a fact touched, or for everybody under a schedule."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import ParamSpec, TypeVar

from linli.records import bulk
from linli.records.doses.models import Forecast
from linli.records.doses.queries import FORECAST_COLUMNS, forecast_rows
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Person
from linli.records.people.queries import chunks
from linli.records.programme.actions import adopt as adopt_schedule
from linli.records.programme.models import Edition, Programme
from linli.records.programme.queries import known_as, rules_of

MANY = 2_000
"""People from whom on compiled code judges a vaccine group."""

P = ParamSpec("P")
R = TypeVar("R")


def _compiled_first(adopting: Callable[P, R]) -> Callable[P, R]:
    """Let the compiler work before the action begins: whoever writes meanwhile would wait for it half a minute."""

    @functools.wraps(adopting)
    def adopted(*args: P.args, **kwargs: P.kwargs) -> R:
        wanted = known_as(str(kwargs["code"]))
        if wanted.group and Person.objects.count() > MANY:
            from linli.domain.eligibility.groups.assessing import warm_up  # brings the compiler along

            warm_up(rules_of(Edition(wanted.code, wanted.sha256, wanted.group)))
        return adopting(*args, **kwargs)

    return adopted


@_compiled_first
@action
def adopt(
    *, by: Who, code: str, progress: Callable[[int, int], None] | None = None, at: datetime | None = None
) -> Programme:
    """Work by a schedule, or by its new version: its products become known, and everybody's forecast is drawn."""
    programme = adopt_schedule(by=by, code=code, at=at)
    forecast(by=by, programme=programme, progress=progress, at=at)
    return programme


@action
def forecast(
    *,
    by: Who,
    programme: Programme,
    people: Sequence[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
    at: datetime | None = None,
) -> int:
    """Draw the forecast of some people (none given: of everybody) anew from their doses. Gives the number of rows."""
    wanted = sorted(Person.objects.values_list("id", flat=True)) if people is None else sorted(set(people))
    made = _draw(programme, wanted, progress)
    detail = {"programme": programme.code, "people": len(wanted), "rows": made}
    write(by=by, verb="doses.forecast", detail=detail, at=at)
    return made


@action
def follow(*, by: Who, people: Iterable[int], programme: Programme | None = None, at: datetime | None = None) -> None:
    """Draw the forecast of a few people anew after something was written down of them; under one programme or all."""
    wanted = sorted(set(people))
    made = sum(_draw(adopted, wanted) for adopted in ([programme] if programme else Programme.objects.all()))
    write(by=by, verb="doses.forecast", detail={"people": len(wanted), "rows": made}, at=at)


def _draw(programme: Programme, people: Sequence[int], progress: Callable[[int, int], None] | None = None) -> int:
    made = 0
    for chunk in chunks(people):
        # Whoever writes of one of them meanwhile waits here, then sees their rows and the programme as they became.
        list(Person.objects.select_for_update().filter(pk__in=chunk).order_by("pk").values_list("pk", flat=True))
        programme.refresh_from_db(fields=["sha256", "group", "version", "library"])
        Forecast.objects.filter(programme=programme, person_id__in=chunk).delete()
        rows = forecast_rows(programme=programme, people=chunk)
        bulk.insert(Forecast, FORECAST_COLUMNS, rows)
        made += len(rows)
        if progress:
            progress(len(chunk), len(people))
    return made
