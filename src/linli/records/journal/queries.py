"""Reading the journal."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.records.journal.models import Entry, Subject


def lines() -> QuerySet[Entry]:
    """Every line, newest first."""
    return Entry.objects.order_by("-id")


def history(*, noun: str, subject_id: str) -> QuerySet[Entry]:
    """The lines that touched one person or place, newest first."""
    entries = Subject.objects.filter(noun=noun, subject_id=subject_id).values("entry_id")
    return Entry.objects.filter(id__in=entries).order_by("-id")
