"""Lists that go out to Excel: what each kind holds, and the copies that are out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from linli.domain.sheets.copies import Copied, CopyColumn, CopyKind
from linli.records.accounts.models import Worker
from linli.records.accounts.queries import Right
from linli.records.lists.models import Export
from linli.records.lists.queries.copies.areas import Areas
from linli.records.lists.queries.copies.buildings import Buildings
from linli.records.lists.queries.copies.doors import Doors
from linli.records.lists.queries.copies.doses import Doses
from linli.records.lists.queries.copies.employers import Employers
from linli.records.lists.queries.copies.keeper import Keeper, Met
from linli.records.lists.queries.copies.people import People
from linli.records.places.models import Area

KEEPERS: dict[CopyKind, Keeper] = {
    "people": People(),
    "employers": Employers(),
    "buildings": Buildings(),
    "areas": Areas(),
    "doors": Doors(),
    "doses": Doses(),
}
# Whoever may write of a person by hand may bring people and doses back; places and firms are the office's lists.
RETURN_RIGHTS: dict[CopyKind, Right] = {
    "people": Right.RECORD,
    "doses": Right.RECORD,
    "employers": Right.LISTS,
    "buildings": Right.LISTS,
    "areas": Right.LISTS,
    "doors": Right.LISTS,
}


def copied(export: Export) -> Copied:
    """A copy as it went out."""
    columns = tuple(CopyColumn(field, header) for field, header in export.columns)
    return Copied(kind_of(export.kind), export.language, columns, json.loads(export.snapshot))


def kind_of(text: str) -> CopyKind:
    """A kind of copy by its name. Raises StopIteration for others."""
    return next(kind for kind in KEEPERS if kind == text)


def copies(*, public_ids: Sequence[str]) -> QuerySet[Export]:
    """Copies by their ids, without what they hold, the newest first."""
    return Export.objects.filter(public_id__in=public_ids).defer("snapshot").select_related("area", "by")


def copies_of(worker: Worker, *, paths: Sequence[str]) -> QuerySet[Export]:
    """The copies that a worker took out, and those of the areas whose lists they load; the newest first."""
    seen = Q(by=worker)
    for path in paths:
        seen |= Q(area__path__startswith=path)
    return Export.objects.filter(seen).defer("snapshot").select_related("area", "by")


def meeting_area(paths: Sequence[str]) -> Area | None:
    """The smallest area that holds all of some subtrees."""
    if not paths:
        return None
    parts = [path.rstrip("/").split("/") for path in paths]
    shared = []
    for level in zip(*parts, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return Area.objects.filter(path="".join(f"{code}/" for code in shared)).first()


__all__ = ["KEEPERS", "RETURN_RIGHTS", "Keeper", "Met", "copied", "copies", "copies_of", "kind_of", "meeting_area"]
