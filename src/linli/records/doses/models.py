"""The immunisation record, and the forecast that the engine draws from it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from linli.records.journal.models import new_id
from linli.records.people.models import Person, Source
from linli.records.programme.models import Programme, Vaccine

EVER = date(1900, 1, 1)
NEVER = date(9999, 12, 31)


class Dose(models.Model):
    """A dose that was given, as a source tells it. Whether it counts is the engine's to say."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    vaccine = models.ForeignKey(Vaccine, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(db_index=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # as the list claims; the engine counts for itself
    lot = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=160, blank=True)
    supply_ended = models.BooleanField(default=False)  # given because the first product could not be had any more
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "doses_dose"
        # The same dose in two lists, or twice in one: the second insert is not made.
        constraints = (models.UniqueConstraint(fields=("person", "given_on", "vaccine"), name="dose_once"),)

    def __str__(self) -> str:
        return self.public_id


class Forecast(models.Model):
    """What the engine says of one person and programme from one fact (`since_on`) to the day before the next.

    A cached copy: rebuilt from dose rows by `doses.actions.forecast`, compared with the day in the query
    (`doses.queries.state_on`), tested to equal the engine. Coverage dates (`first_on` ... ) are facts up to `since_on`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField()
    recorded_doses = models.PositiveSmallIntegerField()  # of this programme, valid or not: evidence of any kind
    valid_doses = models.PositiveSmallIntegerField()
    next_dose = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: the series is complete
    reason = models.CharField(max_length=40)
    vaccine = models.ForeignKey(
        Vaccine, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # begun with
    # Before a first valid dose: only a wait after another vaccine; the age gate is compared with the day in the query.
    earliest_on = models.DateField(null=True, blank=True)
    recommended_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    first_on = models.DateField(null=True, blank=True)
    second_on = models.DateField(null=True, blank=True)
    second_latest_on = models.DateField(null=True, blank=True)
    finish_by_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "doses_forecast"
        constraints = (
            models.UniqueConstraint(fields=("programme", "person", "since_on"), name="forecast_once"),
            models.CheckConstraint(condition=Q(since_on__lt=F("until_on")), name="forecast_forward"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.since_on}"
