"""What is left of people who were forgotten: tallies, so that the boards of the past stay right.

Columns are named as those of people and forecasts, so that the conditions of `doses.queries` count both alike; a test
holds the names together. docs/decisions/0013-retention.md says what is left out and how dates are made coarse.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.records.people.models import Employer
from linli.records.places.models import Area, Building
from linli.records.programme.models import Programme


class Tally(models.Model):
    """Somebody who was forgotten, under one denominator alone: where they were counted, and roughly how old they were.

    Whoever lived, was registered and worked here left three of them, which nothing holds together.
    """

    birth_date = models.DateField(null=True, blank=True)  # the first day of ten years, a year or a month
    is_covered = models.BooleanField(default=False)
    living_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    living_building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    working_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    working_building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "retention_tally"
        constraints = (
            models.CheckConstraint(
                condition=Q(living_area__isnull=False, registered_area__isnull=True, working_area__isnull=True)
                | Q(living_area__isnull=True, registered_area__isnull=False, working_area__isnull=True)
                | Q(living_area__isnull=True, registered_area__isnull=True, working_area__isnull=False),
                name="tally_of_one_denominator",
            ),
        )

    def __str__(self) -> str:
        return "tally"


class TallySpan(models.Model):
    """How a tally stood from one month to another; every day in it is the first of its month."""

    person = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField()
    recorded_doses = models.PositiveSmallIntegerField()
    valid_doses = models.PositiveSmallIntegerField()
    next_dose = models.PositiveSmallIntegerField(null=True, blank=True)
    earliest_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    first_on = models.DateField(null=True, blank=True)
    second_on = models.DateField(null=True, blank=True)
    second_latest_on = models.DateField(null=True, blank=True)
    finish_by_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    is_barred = models.BooleanField(default=False)
    offered_from = models.DateField(null=True, blank=True)
    proven_first_on = models.DateField(null=True, blank=True)
    proven_completed_on = models.DateField(null=True, blank=True)
    register_state = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        db_table = "retention_span"
        constraints = (models.CheckConstraint(condition=Q(since_on__lt=F("until_on")), name="span_forward"),)
        indexes = (models.Index(fields=("programme", "person"), name="spans_of_tally"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.since_on}"
