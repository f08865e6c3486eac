"""Reading the journal."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from linli.records.journal.models import Entry, Subject

LOOK = "people.look"  # the one verb that changes nothing: somebody saw names


def lines() -> QuerySet[Entry]:
    """Every line that changed something, newest first."""
    return Entry.objects.exclude(verb=LOOK).order_by("-id")


def history(*, noun: str, subject_ids: Sequence[str]) -> QuerySet[Entry]:
    """The lines that changed one person or place, newest first; several ids for someone with several records."""
    return _of(noun, subject_ids).exclude(verb=LOOK)


def looks(*, noun: str, subject_ids: Sequence[str]) -> QuerySet[Entry]:
    """Who saw the name of one person, newest first."""
    return _of(noun, subject_ids).filter(verb=LOOK)


def _of(noun: str, subject_ids: Sequence[str]) -> QuerySet[Entry]:
    entries = Subject.objects.filter(noun=noun, subject_id__in=subject_ids).values("entry_id")
    return Entry.objects.filter(id__in=entries).order_by("-id")
