"""Deciding a pair of the queue, once."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.records.duplicates.actions.merging import merge
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.actions import Who, action, write
from linli.records.people.models import Person


class PairDecidedError(ValueError):
    """Somebody decided this pair meanwhile, or it left the queue."""


class NotOfPairError(ValueError):
    """The record to keep is none of the two of the pair."""


@action
def join(*, by: Who, pair: Pair, kept: Person, at: datetime | None = None) -> Merge:
    """Say that both records of a pair are one person and merge the other one into `kept`.

    Raises PairDecidedError, NotOfPairError, and what `merge` raises.
    """
    held = _open(pair)
    if kept.pk not in (held.one_id, held.other_id):
        raise NotOfPairError(pair.public_id)
    gone = held.other if kept.pk == held.one_id else held.one
    return merge(by=by, kept=kept, gone=gone, at=at)


@action
def keep_apart(*, by: Who, pair: Pair, at: datetime | None = None) -> None:
    """Say that the two are two people: the pair leaves the queue until there is other evidence.

    Raises PairDecidedError.
    """
    held = _open(pair)
    held.state, held.decided_by, held.decided_at = Pair.State.APART, by.name, at or timezone.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    subjects = [("person", held.one.public_id), ("person", held.other.public_id)]
    write(by=by, verb="duplicates.keep_apart", subjects=subjects, at=at)


def _open(pair: Pair) -> Pair:
    """The pair, locked: of two who decide it at once the second waits here and then finds it decided."""
    rows = Pair.objects.select_for_update(of=("self",)).select_related("one", "other")
    held = rows.filter(pk=pair.pk, state=Pair.State.OPEN).first()
    if held is None:
        raise PairDecidedError(pair.public_id)
    return held
