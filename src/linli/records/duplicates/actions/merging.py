"""Merging two records of one person, and undoing it: every row that went over is known by its id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Max, Q
from django.utils import timezone

from linli.records.doses.actions import follow
from linli.records.doses.models import Dose, Forecast, Status
from linli.records.doses.queries import MergedAwayError
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries.rows import movable, new_since, owned
from linli.records.journal.actions import Who, action, write
from linli.records.people.actions import rebuild
from linli.records.people.actions.showing import PLACES
from linli.records.people.models import Listing, Person
from linli.records.places.queries import hold_register


class SamePersonError(ValueError):
    """A record cannot be merged with itself."""


class MergeUndoneError(ValueError):
    """This merge was undone already."""


class LaterMergeError(ValueError):
    """The kept record was merged in turn: that later merge must be undone first."""

    def __init__(self, later: Merge) -> None:
        super().__init__(later.public_id)
        self.later = later


class NewRowsError(ValueError):
    """Doses or statuses came after the merge: say of each whether it belongs to the record that comes back."""

    def __init__(self, rows: Sequence[Dose | Status]) -> None:
        super().__init__(", ".join(row.public_id for row in rows))
        self.rows = rows


@action
def merge(*, by: Who, kept: Person, gone: Person, at: datetime | None = None) -> Merge:
    """Make two records one: all that was written down of `gone` belongs to `kept`, which fills in what it lacks.

    The record of `gone` stays as a signpost. Raises SamePersonError and MergedAwayError.
    """
    if kept.pk == gone.pk:
        raise SamePersonError(kept.public_id)
    # A list that is being applied may write down doses of the one that goes: it is waited for, or waits.
    hold_register()
    kept, gone = _held(kept.pk, gone.pk)
    done = Merge(kept=kept, gone=gone, who_id=by.public_id, who_name=by.name, at=at or timezone.now())
    done.before = {"birth_date": None, "sex": None, "listings": {}} | _last()
    for model, column in owned():
        ids, same = movable(model, column, kept=kept, gone=gone)
        if model is Listing:
            done.before["listings"] = _join_listings(same)
        model._default_manager.filter(pk__in=ids).update(**{column: kept})  # noqa: SLF001  # Django's public name for it
        if ids:
            done.moved[f"{model._meta.model_name} {column}"] = ids  # noqa: SLF001
    _fill_in(kept, gone, done.before)
    done.save()
    cleared: dict[str, Any] = dict.fromkeys(PLACES) | {"phone": "", "phone_hash": "", "phone_tail_hash": ""}
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, is_covered=False, **cleared)
    Forecast.objects.filter(person=gone).delete()
    _settle_pairs(done, Pair.State.MERGED, by)
    rebuild(by=by, people=[kept.pk], at=at)
    follow(by=by, people=[kept.pk], at=at)
    rows = sum(len(ids) for ids in done.moved.values())
    write(by=by, verb="duplicates.merge", detail={"rows": rows}, subjects=_subjects(done), at=at)
    return done


@action
def undo(*, by: Who, merge: Merge, to_gone: Collection[str] | None = None, at: datetime | None = None) -> Merge:
    """Make one record two again, each with what it had; `to_gone` are the public ids of newer rows that go back too.

    Raises MergeUndoneError, LaterMergeError, and NewRowsError while it is not said whose the newer rows are.
    """
    hold_register()
    done = Merge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    if done.undone_at is not None:
        raise MergeUndoneError(done.public_id)
    if done.kept.merged_into_id is not None:
        raise LaterMergeError(Merge.objects.get(gone=done.kept, undone_at=None))
    newer = new_since(done)
    if newer and to_gone is None:
        raise NewRowsError(newer)
    Person.objects.filter(pk=done.gone_id).update(merged_into=None)
    for key, ids in done.moved.items():
        name, column = key.split()
        rows = apps.get_model("records", name)._default_manager  # noqa: SLF001  # Django's public name for it
        rows.filter(pk__in=ids, **{column: done.kept}).update(**{column: done.gone})
    for row in newer:
        if row.public_id in (to_gone or ()):
            type(row).objects.filter(pk=row.pk).update(person=done.gone)
    _take_back(done)
    done.undone_by, done.undone_at = by.name, at or timezone.now()
    done.save(update_fields=["undone_by", "undone_at"])
    _settle_pairs(done, Pair.State.OPEN, by)
    both = [done.kept_id, done.gone_id]
    rebuild(by=by, people=both, at=at)
    follow(by=by, people=both, at=at)
    write(by=by, verb="duplicates.undo", detail={"newer": len(newer)}, subjects=_subjects(done), at=at)
    return done


def _held(*ids: int) -> tuple[Person, Person]:
    """Two people, locked in the order of their ids so that two merges of the same two cannot wait for each other."""
    rows = {row.pk: row for row in Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")}
    for row in rows.values():
        if row.merged_into_id is not None:
            raise MergedAwayError(row.public_id)
    return rows[ids[0]], rows[ids[1]]


def _last() -> dict[str, int]:
    """The newest dose and status at this time: whatever comes later has a higher id."""
    newest = {"last_dose": Dose, "last_status": Status}
    return {key: model.objects.aggregate(last=Max("pk"))["last"] or 0 for key, model in newest.items()}  # type: ignore[attr-defined]  # both are models


def _join_listings(same: Sequence[tuple[int, int]]) -> dict[str, list[Any]]:
    """Where both stand in one source's list, the kept one's row tells the newer day; gives the rows as they were."""
    rows = Listing.objects.in_bulk([key for pair in same for key in pair])
    before: dict[str, list[Any]] = {}
    for theirs, ours in same:
        kept, gone = rows[ours], rows[theirs]
        before[str(ours)] = [kept.on.isoformat(), kept.covers_doses]
        kept.on, kept.covers_doses = max(kept.on, gone.on), kept.covers_doses or gone.covers_doses
    Listing.objects.bulk_update([rows[ours] for _, ours in same], ["on", "covers_doses"])
    return before


def _fill_in(kept: Person, gone: Person, before: dict[str, Any]) -> None:
    if kept.birth_date is None and gone.birth_date is not None:
        before["birth_date"] = gone.birth_date.isoformat()
        kept.birth_date = gone.birth_date
    if not kept.sex and gone.sex:
        before["sex"] = kept.sex = gone.sex
    if before["birth_date"] or before["sex"]:
        kept.save(update_fields=["birth_date", "sex"])


def _take_back(done: Merge) -> None:
    """Undo `_join_listings` and `_fill_in`, where nobody said otherwise meanwhile."""
    kept, before = done.kept, done.before
    if before["birth_date"] and kept.birth_date and kept.birth_date.isoformat() == before["birth_date"]:
        kept.birth_date = None
    if before["sex"] and kept.sex == before["sex"]:
        kept.sex = ""
    kept.save(update_fields=["birth_date", "sex"])
    rows = Listing.objects.in_bulk([int(key) for key in before["listings"]])
    for key, (on, covers) in before["listings"].items():
        rows[int(key)].on, rows[int(key)].covers_doses = on, covers
    Listing.objects.bulk_update(rows.values(), ["on", "covers_doses"])


def _settle_pairs(done: Merge, state: str, by: Who) -> None:
    """Say of the pair of the two what became of it; open pairs of the record that is gone are found anew by `find`."""
    one, other = sorted((done.kept_id, done.gone_id))
    Pair.objects.filter(one_id=one, other_id=other).update(state=state, decided_by=by.name, decided_at=done.at)
    if state == Pair.State.MERGED:
        Pair.objects.filter(Q(one_id=done.gone_id) | Q(other_id=done.gone_id), state=Pair.State.OPEN).delete()


def _subjects(done: Merge) -> list[tuple[str, str]]:
    return [("person", done.kept.public_id), ("person", done.gone.public_id)]
