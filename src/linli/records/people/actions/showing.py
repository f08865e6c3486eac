"""Copying the believed facts onto people: newest of the best source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from linli.records import bulk
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Listing, Name, Person, Phone, Stay
from linli.records.people.queries import STAY, chunks

PLACES = (
    "household",
    "living_area",
    "living_building",
    "living_door",
    "registered_area",
    "registered_building",
    "working_area",
    "working_building",
    "employer",
)
# The columns of a person that are told or shown, in the order in which rows are written.
SHOWN = (
    *("birth_date", "sex", "name", "phone", "phone_hash", "phone_tail_hash", "is_covered"),
    *(f"{column}_id" for column in PLACES),
)
NO_PHONE = ("", "", "")


@action
def rebuild(*, by: Who, people: Sequence[int] | None = None, at: datetime | None = None) -> int:
    """Copy the believed facts onto some people (none given: everybody) anew; a right copy stays as it is."""
    wanted = list(Person.objects.order_by("id").values_list("id", flat=True)) if people is None else sorted(people)
    _show_best(people=wanted)
    write(by=by, verb="people.rebuild", detail={"people": len(wanted)}, at=at)
    return len(wanted)


def _show_best(*, people: Sequence[int]) -> None:
    """Copy the believed facts onto people: newest of the best source. A rebuild of all gives the same."""
    worst_first = ("-source__rank", "on", "id")
    for chunk in chunks(people):
        of = {"person_id__in": chunk}
        shown: dict[int, dict[str, Any]] = {key: dict.fromkeys(PLACES) for key in chunk}
        names = dict(Name.objects.filter(**of).order_by(*worst_first).values_list("person_id", "value"))
        tokens = Phone.objects.filter(**of).annotate(token=Cast("value", TextField())).order_by(*worst_first)
        phones = {person: told for person, *told in tokens.values_list("person_id", "token", "value_hash", "tail_hash")}
        for person, kind, *place in (
            Stay.objects.filter(**of).order_by(*worst_first).values_list("person_id", "kind", *STAY)
        ):
            shown[person] |= _shown_columns(kind, tuple(place))
        covered = set(Listing.objects.filter(**of, covers_doses=True).values_list("person_id", flat=True))
        # Someone merged has no facts any more and keeps what was shown last.
        fixed = Person.objects.filter(id__in=chunk, merged_into=None)
        rows = (
            (
                key,
                public_id,
                birth,
                sex,
                names.get(key, ""),
                *phones.get(key, NO_PHONE),
                key in covered,
                *shown[key].values(),
            )
            for key, public_id, birth, sex in fixed.values_list("id", "public_id", "birth_date", "sex")
        )
        # An upsert by id: one statement for all, where an UPDATE would need one for each person.
        bulk.insert(Person, ("id", "public_id", *SHOWN), rows, unique=("id",), update=SHOWN[2:])


def _shown_columns(kind: str, place: tuple[Any, ...]) -> dict[str, Any]:
    """The columns of a person that a stay fills; `place` are the columns `STAY`."""
    area, building, door, household, employer, _ = place
    if kind == Stay.Kind.LIVING:
        return {"living_area": area, "living_building": building, "living_door": door, "household": household}
    if kind == Stay.Kind.REGISTERED:
        return {"registered_area": area, "registered_building": building}
    return {"working_area": area, "working_building": building, "employer": employer}
