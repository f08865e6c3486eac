"""Staged imports: a list as it came, judged row by row, applied in one transaction."""

from __future__ import annotations

import builtins

from django.db import models
from django.db.models import Q

from linli.records.accounts.models import Worker
from linli.records.journal.models import new_id
from linli.records.people.models import Source
from linli.records.places.models import Area


class List(models.Model):
    """One file that came in: read, staged, then applied or set aside."""

    class State(models.TextChoices):
        RECEIVED = "received"  # the file is kept, nothing read yet
        STAGED = "staged"  # judged row by row, waiting for a person
        APPLIED = "applied"
        SET_ASIDE = "set_aside"
        REFUSED = "refused"  # the file as a whole cannot be read

    class Basis(models.TextChoices):
        LIVING = "living"
        REGISTERED = "registered"
        WORKING = "working"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    covers_doses = models.BooleanField(default=False)
    as_of = models.DateField()
    # How its people belong to the area, when its columns do not say: they live, are registered or work here.
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.LIVING)
    kind = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.JSONField(null=True, blank=True)  # code and params, when the file as a whole is refused
    header = models.JSONField(default=list)
    unknown_columns = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    received_by = models.ForeignKey(Worker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "lists_list"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("received", "staged", "applied", "set_aside", "refused")),
                name="list_state_known",
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """One row of a staged list: its cells, the outcome, and what is wrong or would change."""

    class Outcome(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        SAME = "same"
        DOUBT = "doubt"
        BAD = "bad"

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    cells = models.JSONField()  # as written in the file, or as mended by a person
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    problems = models.JSONField(default=builtins.list)  # `list` is the foreign key here
    changes = models.JSONField(default=builtins.list)
    subject_id = models.CharField(max_length=16, blank=True)  # public id of the person or place it meets
    # What a person decided of a row in doubt: "new", "accept", or the public id of the person it is; a "+" behind the
    # id also accepts doses that contradict known ones.
    decision = models.CharField(max_length=16, blank=True)
    is_mended = models.BooleanField(default=False)

    class Meta:
        db_table = "lists_row"
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(fields=("list", "line"), name="row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=("new", "changed", "same", "doubt", "bad")), name="outcome_known"
            ),
        )
        indexes = (models.Index(fields=("list", "outcome"), name="rows_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.list_id}:{self.line}"
