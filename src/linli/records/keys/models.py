"""A mark by which the database knows its own key file again."""

from __future__ import annotations

from django.db import models


class KeyMark(models.Model):
    """A known word, sealed and hashed: one row (id 1), written when the keys are first used."""

    # Says which key file is needed, and so must be readable without it.
    fingerprint = models.CharField(max_length=8)
    sealed = models.TextField()  # not a SealedText: it must be readable with the wrong keys, to say that they are wrong
    hashed = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "keys_mark"

    def __str__(self) -> str:
        return self.fingerprint
