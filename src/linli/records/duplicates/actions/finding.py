"""Finding duplicates: likely pairs are put into the queue, and only what is beyond doubt is merged at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from linli.domain.identity.duplicates import AGAINST
from linli.records.duplicates.actions.merging import merge
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries.keeping import better
from linli.records.duplicates.queries.search import Likely, search
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Person
from linli.records.people.queries import chunks

CHANGED = ("score", "reasons", "state", "found_at", "decided_by", "decided_at")


@action
def find(
    *,
    by: Who,
    people: Collection[int] | None = None,
    found: Sequence[Likely] | None = None,
    progress: Callable[[int, int], None] | None = None,
    at: datetime | None = None,
) -> dict[str, int]:
    """Bring the queue up to date for everybody, or for some `people` (ids): how many are new, changed, dropped, merged.

    `found` is what `search` gave for the same people: a door that searches first keeps the database free for others
    meanwhile. A pair said to be two people comes back only with evidence that was not there before. Merged at once is
    only who has an equal sound id, name and birth date, and was never separated by a human.
    """
    likely = search(people=people, progress=progress) if found is None else found
    now = at or timezone.now()
    alive = _alive(likely)
    likely = [pair for pair in likely if pair.one in alive and pair.other in alive]
    known = {(pair.one_id, pair.other_id): pair for pair in _known(people)}
    fresh: list[Pair] = []
    changed: list[Pair] = []
    for pair in likely:
        old = known.pop((pair.one, pair.other), None)
        if old is None:
            fresh.append(_new(pair, now))
        elif _says_more(pair, old):
            changed.append(_renewed(old, pair, now))
    Pair.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    Pair.objects.bulk_update(changed, CHANGED, batch_size=500)
    dropped = [old.pk for old in known.values() if old.state == Pair.State.OPEN]
    for chunk in chunks(dropped):
        Pair.objects.filter(pk__in=chunk, state=Pair.State.OPEN).delete()
    merged = _merge_sure([pair for pair in likely if pair.is_sure], by, at)
    counts = {"new": len(fresh), "changed": len(changed), "dropped": len(dropped), "merged": merged}
    write(by=by, verb="duplicates.find", detail=counts | {"everybody": people is None}, at=at)
    return counts


def _alive(likely: Sequence[Likely]) -> set[int]:
    """Who of these is not merged: somebody may have merged a pair since the search."""
    ids = sorted({person for pair in likely for person in (pair.one, pair.other)})
    alive: set[int] = set()
    for chunk in chunks(ids):
        alive.update(Person.objects.filter(pk__in=chunk, merged_into=None).values_list("pk", flat=True))
    return alive


def _known(people: Collection[int] | None) -> list[Pair]:
    """The pairs of the queue that a search of these people can find again."""
    if people is None:
        return list(Pair.objects.all())
    rows: dict[int, Pair] = {}
    for chunk in chunks(sorted(people)):
        for pair in Pair.objects.filter(Q(one__in=chunk) | Q(other__in=chunk)):
            rows[pair.pk] = pair
    return list(rows.values())


def _says_more(found: Likely, old: Pair) -> bool:
    """Whether a pair that is there is to be written anew: a decided one only for evidence that its human had not."""
    if old.state == Pair.State.APART:
        return bool(set(found.reasons) - set(old.reasons) - AGAINST)
    return (found.score, list(found.reasons), Pair.State.OPEN) != (old.score, old.reasons, old.state)


def _renewed(old: Pair, found: Likely, now: datetime) -> Pair:
    if old.state != Pair.State.OPEN:
        old.state, old.found_at, old.decided_by, old.decided_at = Pair.State.OPEN, now, "", None
    old.score, old.reasons = found.score, list(found.reasons)
    return old


def _new(found: Likely, now: datetime) -> Pair:
    reasons = list(found.reasons)
    return Pair(one_id=found.one, other_id=found.other, score=found.score, reasons=reasons, found_at=now)


def _merge_sure(sure: Sequence[Likely], by: Who, at: datetime | None) -> int:
    """Merge those beyond doubt, unless a human said otherwise: by calling them two people, or by undoing a merge."""
    count = 0
    for pair in sure:
        both = [pair.one, pair.other]
        said = Pair.objects.filter(one=pair.one, other=pair.other, state=Pair.State.APART)
        if said.exists() or Merge.objects.filter(kept__in=both, gone__in=both).exists():
            continue
        people = Person.objects.in_bulk(both)
        kept, gone = better(*people.values())
        if kept.merged_into_id is None and gone.merged_into_id is None:
            merge(by=by, kept=kept, gone=gone, at=at)
            count += 1
    return count
