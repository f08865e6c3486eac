"""Forgetting people: what names anybody goes, what is counted stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from linli.records import bulk
from linli.records.doses.models import Correction, Forecast, StatusEnd
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries.rows import owned
from linli.records.journal.actions import Who, action, write
from linli.records.lists.models import List, Row
from linli.records.people.models import Household, Person, Stay
from linli.records.people.queries import chunks
from linli.records.places.models import Area
from linli.records.programme.models import Drive
from linli.records.retention.models import Tally, TallySpan
from linli.records.retention.queries import drives, exports_to_forget, forgettable, lists_to_forget
from linli.records.retention.tallying import SPAN, Stands, tallies

BATCH = 2000
NAMELESS = "—"  # the name of a list's file, once it is forgotten

Progress = Callable[[int, int], None]  # people done now, people in all


class StillNeededError(RuntimeError):
    """Nobody is to be forgotten: every drive is open, or its people may still be kept."""

    def __init__(self, needed: Sequence[Drive]) -> None:
        super().__init__(", ".join(drive.name for drive in needed))
        self.needed = needed


@action
def forget(*, by: Who, on: date, progress: Progress | None = None, at: datetime | None = None) -> dict[str, int]:
    """Forget everybody whose drives are over for as long as they may be kept; gives what went, and what was counted.

    Names, phones, documents, addresses, doses, statuses, notes, lists and copies of those people go for good; a tally
    stays. All of it or nothing. Raises StillNeededError.
    """
    # Nobody writes down anybody of these areas meanwhile: a row that refers to one of them waits here.
    list(Area.objects.select_for_update().order_by("id"))
    over, needed = drives(on=on)
    people = list(forgettable(on=on).order_by("id").values_list("id", flat=True))
    lists, exports = lists_to_forget(on=on), exports_to_forget(on=on)
    done: Counter[str] = Counter()
    if not people and not lists.exclude(file_name=NAMELESS).exists() and not exports.exists():
        raise StillNeededError(needed)
    for piece in tallies(people, drives=over, on=on) if people else ():
        done["tallies"] += _keep(piece)
    for chunk in chunks(people, BATCH):
        done += _remove([*chunk, *_signposts(chunk)])
        if progress:
            progress(len(chunk), len(people))
    done["exports"] += _gone(exports)
    done["rows"] += _gone(Row.objects.filter(list__in=lists))
    done["lists"] += _empty(lists)
    kinds = {"people": "people_person", "doses": "doses_dose", "lists": "lists", "rows": "rows", "tallies": "tallies"}
    detail = {kind: done[name] for kind, name in kinds.items()} | {"on": on.isoformat()}
    subjects = [("area", drive.area.public_id) for drive in over]
    write(by=by, verb="retention.forget", detail=detail, subjects=subjects, at=at)
    return dict(done)


def _keep(piece: Sequence[Stands]) -> int:
    made = Tally.objects.bulk_create([_tally(one) for one in piece], batch_size=BATCH)
    rows = [(tally.pk, *span) for tally, one in zip(made, piece, strict=True) for span in one.spans]
    bulk.insert(TallySpan, ("person_id", *SPAN), rows)
    return len(made)


def _tally(one: Stands) -> Tally:
    place = one.place
    where = {f"{place.of}_area_id": place.area, f"{place.of}_building_id": place.building}
    return Tally(birth_date=one.birth_date, is_covered=one.is_covered, employer_id=place.employer, **where)


def _signposts(people: Sequence[int]) -> list[int]:
    """Records that were merged into these, directly or through another."""
    found: list[int] = []
    step = list(people)
    while step:
        step = list(Person.objects.filter(merged_into__in=step).values_list("id", flat=True))
        found += step
    return found


def _remove(people: Sequence[int]) -> Counter[str]:
    """Remove all that is written down of some people, and them."""
    done: Counter[str] = Counter()
    homes = set(Stay.objects.filter(person__in=people).exclude(household=None).values_list("household_id", flat=True))
    beyond: tuple[tuple[type[Model], Q], ...] = (
        (StatusEnd, Q(status__person__in=people)),
        (Correction, Q(dose__person__in=people) | Q(by_dose__person__in=people)),
        (Merge, Q(kept__in=people) | Q(gone__in=people)),
        (Pair, Q(one__in=people) | Q(other__in=people)),
        (Forecast, Q(person__in=people)),
    )
    own = ((model, Q(**{f"{column}__in": people})) for model, column in owned())
    person: tuple[type[Model], Q] = (Person, Q(id__in=people))
    # A person and the one they were merged into refer to each other; both go.
    Person.objects.filter(id__in=people).update(merged_into=None, household=None)
    for model, whose in (*beyond, *own, person):
        done[model._meta.db_table] += _gone(model._default_manager.filter(whose))  # noqa: SLF001  # Django's public name for it
    left = Household.objects.filter(id__in=homes)
    living = Q(id__in=Stay.objects.exclude(household=None).values("household"))
    done["people_household"] += _gone(left.exclude(living))
    return done


def _gone(rows: QuerySet[Any]) -> int:
    """Delete rows without reading them first: what refers to them has gone before, else the database refuses."""
    return rows.order_by()._raw_delete(connection.alias) or 0  # noqa: SLF001  # Django has no other way without reading


def _empty(lists: QuerySet[List]) -> int:
    """Leave of a list what it was and how many rows it had."""
    waiting = (List.State.RECEIVED, List.State.STAGED)
    lists.filter(state__in=waiting).update(state=List.State.SET_ASIDE)
    named = lists.exclude(file_name=NAMELESS)
    return named.update(
        file_name=NAMELESS, content=b"", sha256="", header=[], unknown_columns=[], refusal=None, copies=[]
    )
