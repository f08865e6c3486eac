"""Pairs of records that may be one person, and the merges that people decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.records.journal.models import new_id
from linli.records.people.models import Person


class Pair(models.Model):
    """Two records that may be one person: how likely, why, and what a human said. `one` is the older record."""

    class State(models.TextChoices):
        OPEN = "open"
        MERGED = "merged"
        APART = "apart"  # two people

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField()  # logarithm, base 2, of the odds that they are one person; 0: even
    reasons = models.JSONField(default=list)  # codes alone, no values
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "duplicates_pair"
        constraints = (
            # Two searches at once find the same pair: the second insert is not made.
            models.UniqueConstraint(fields=("one", "other"), name="pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pair_in_order"),
            models.CheckConstraint(condition=Q(state__in=("open", "merged", "apart")), name="pair_state_known"),
        )
        indexes = (models.Index(fields=("state", "-score"), name="pairs_best_first"),)

    def __str__(self) -> str:
        return self.public_id


class Merge(models.Model):
    """One record was merged into another: what went over, and what stood there before, so that it can be undone."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)  # ids of the rows that went over, by table
    before = models.JSONField(default=dict)  # columns of both people and of joined rows as they were; no ids or phones
    who_id = models.CharField(max_length=16, blank=True)
    who_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "duplicates_merge"
        constraints = (
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            # Two people merge the same record at once: the second is refused here.
            models.UniqueConstraint(fields=("gone",), condition=Q(undone_at__isnull=True), name="gone_once"),
        )

    def __str__(self) -> str:
        return self.public_id
