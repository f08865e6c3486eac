"""Staged imports: a list as it came, judged row by row, applied in one transaction; and lists taken out to Excel."""

from __future__ import annotations

import builtins

from django.db import models
from django.db.models import Q

from linli.records.accounts.models import Worker
from linli.records.journal.models import new_id
from linli.records.keys.fields import SealedBytes, SealedJSON
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
    content = SealedBytes()
    sha256 = models.CharField(max_length=64)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    covers_doses = models.BooleanField(default=False)
    as_of = models.DateField()
    # How its people belong to the area, when its columns do not say: they live, are registered or work here.
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.LIVING)
    # A list of ours that was changed in Excel: the public ids of the copies (`Export`) whose rows it holds.
    is_return = models.BooleanField(default=False)
    copies = models.JSONField(default=list)
    kind = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    # What stands in these three comes out of the file: a file without a header begins with somebody's row.
    refusal = SealedJSON(null=True, blank=True)  # code and params, when the file as a whole is refused
    header = SealedJSON(default=list)
    unknown_columns = SealedJSON(default=list)
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

    @property
    def is_about_people(self) -> bool:
        """Whether an office's list told of people, so that somebody may stand in the register twice now."""
        return not self.is_return and self.kind not in ("", "areas", "buildings", "doors", "employers")


class Row(models.Model):
    """One row of a staged list: its cells, the outcome, and what is wrong or would change."""

    class Outcome(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        SAME = "same"
        DOUBT = "doubt"
        BAD = "bad"
        # of lists that come back
        CONFLICT = "conflict"  # somebody else changed the same meanwhile
        UNKNOWN = "unknown"  # no such record, or none that this worker may see
        REMOVED = "removed"  # went out and did not come back; nothing is deleted

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    cells = SealedJSON()  # as written in the file, or as mended by a person
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    problems = SealedJSON(default=builtins.list)  # `list` is the foreign key here
    changes = SealedJSON(default=builtins.list)
    subject_id = models.CharField(max_length=16, blank=True)  # public id of the person or place it meets
    # What a person decided of a row in doubt: "new", "accept", or the public id of the person it is; a "+" behind the
    # id also accepts doses that contradict known ones. Of a row in conflict: "keep" what the register says, or "take"
    # what the file says.
    decision = models.CharField(max_length=16, blank=True)
    is_mended = models.BooleanField(default=False)

    class Meta:
        db_table = "lists_row"
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(fields=("list", "line"), name="row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=("new", "changed", "same", "doubt", "bad", "conflict", "unknown", "removed")),
                name="outcome_known",
            ),
        )
        indexes = (models.Index(fields=("list", "outcome"), name="rows_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.list_id}:{self.line}"


class Export(models.Model):
    """A list as it went out to be worked on in Excel, kept so that what comes back can be compared with it."""

    class Kind(models.TextChoices):
        PEOPLE = "people"
        EMPLOYERS = "employers"
        BUILDINGS = "buildings"
        AREAS = "areas"
        DOORS = "doors"
        DOSES = "doses"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)  # stands in every row, under Copy
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict)  # what narrowed it, in codes
    language = models.CharField(max_length=10)  # of its header and words
    columns = models.JSONField(default=builtins.list)  # field (empty: for reading only) and header
    snapshot = SealedBytes()  # the text of every cell by record, as JSON
    count = models.PositiveIntegerField()
    on = models.DateField()  # the day it went out, as the installation counts days
    by = models.ForeignKey(Worker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "lists_export"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("people", "employers", "buildings", "areas", "doors", "doses")),
                name="export_kind_known",
            ),
        )

    def __str__(self) -> str:
        return self.public_id
