"""The journal: one append-only line an action, one subject row for each person or place touched."""

from __future__ import annotations

import secrets

from django.db import models


def new_id() -> str:
    """An unguessable id for an address: 12 characters of a 72-bit random number.

    One that begins with "-" is drawn again: in a file it would look like a formula and be changed.
    """
    while (drawn := secrets.token_urlsafe(9)).startswith("-"):
        pass
    return drawn


class Entry(models.Model):
    """One line: who did what, when. A trigger in the database refuses to change or delete it."""

    at = models.DateTimeField(db_index=True)
    who_id = models.CharField(max_length=16, blank=True)  # the worker's public id; empty for the command line
    who_name = models.CharField(max_length=120)  # as it was at that time: the journal outlives the account
    verb = models.CharField(max_length=60)  # noun.verb, as the action is called
    detail = models.JSONField(default=dict)  # codes and counts, never names

    class Meta:
        db_table = "journal_entry"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Subject(models.Model):
    """One person or place that a line touched: noun and public id, no foreign key, so a line never blocks a removal."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    noun = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=16)

    class Meta:
        db_table = "journal_subject"
        indexes = (models.Index(fields=("noun", "subject_id"), name="journal_subject_of"),)

    def __str__(self) -> str:
        return f"{self.noun} {self.subject_id}"
