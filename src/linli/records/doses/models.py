"""The immunisation record, and the forecast that the engine draws from it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from linli.records.journal.models import new_id
from linli.records.keys.fields import SealedText
from linli.records.people.models import Person, Source
from linli.records.programme.models import Programme, Vaccine

EVER = date(1900, 1, 1)
NEVER = date(9999, 12, 31)
STATUS_LADDER = ("moved", "refused", "contraindicated", "deferred")  # the strongest first


class Dose(models.Model):
    """A dose that was given, as a source tells it. Whether it counts is the engine's to say."""

    class Evidence(models.TextChoices):
        RECORD = "record"  # an immunisation register, or a list drawn from one
        PAPER = "paper"  # a certificate or card that somebody saw
        TOLD = "told"  # the person or the family says so

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    vaccine = models.ForeignKey(Vaccine, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(db_index=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # as the list claims; the engine counts for itself
    lot = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=160, blank=True)
    supply_ended = models.BooleanField(default=False)  # given because the first product could not be had any more
    evidence = models.CharField(max_length=6, choices=Evidence.choices, default=Evidence.RECORD)
    is_elsewhere = models.BooleanField(default=False)  # given outside this drive
    is_struck = models.BooleanField(default=False)  # a correction stands against it; kept for the history alone
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "doses_dose"
        constraints = (
            # The same dose in two lists, or twice in one: the second insert is not made.
            models.UniqueConstraint(
                fields=("person", "given_on", "vaccine"), condition=Q(is_struck=False), name="dose_once"
            ),
            models.CheckConstraint(condition=Q(evidence__in=("record", "paper", "told")), name="evidence_known"),
        )

    def __str__(self) -> str:
        return self.public_id


class Correction(models.Model):
    """A dose was written down wrongly: it is struck, and another row says what is right (none: it was never given)."""

    class Reason(models.TextChoices):
        PERSON = "person"  # it belongs to somebody else
        PRODUCT = "product"
        DAY = "day"
        NUMBER = "number"
        DETAILS = "details"  # lot, place or evidence
        NOT_GIVEN = "not_given"
        UNDONE = "undone"  # the correction itself was the mistake

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    dose = models.OneToOneField(Dose, on_delete=models.PROTECT, related_name="+")
    by_dose = models.OneToOneField(Dose, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = SealedText(blank=True)
    who_id = models.CharField(max_length=16, blank=True)
    who_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "doses_correction"
        constraints = (
            models.CheckConstraint(
                condition=Q(by_dose__isnull=True) | ~Q(by_dose=F("dose")), name="corrected_by_other"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dose_id} {self.reason}"


class Status(models.Model):
    """What rows alone can say of a person: refused, deferred, contraindicated, or moved away, from a day on."""

    class Kind(models.TextChoices):
        MOVED = "moved"
        REFUSED = "refused"
        CONTRAINDICATED = "contraindicated"
        DEFERRED = "deferred"

    class ToldBy(models.TextChoices):
        SELF = "self"
        GUARDIAN = "guardian"  # for a minor, or somebody under guardianship
        FAMILY = "family"
        STAFF = "staff"  # a nurse, a committee worker

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    # Of which programme; somebody who moved away did so for all of them.
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # the first day on which a dose may be given again
    reason = models.CharField(max_length=40, blank=True)  # a code, worded in words/statuses.py
    note = SealedText(blank=True)
    paper = models.CharField(max_length=160, blank=True)  # who issued the paper
    paper_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)  # where to, of somebody who moved away
    told_by = models.CharField(max_length=10, choices=ToldBy.choices, default=ToldBy.STAFF)
    who_id = models.CharField(max_length=16, blank=True)
    who_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "doses_status"
        indexes = (models.Index(fields=("person", "kind"), name="status_of_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("moved", "refused", "contraindicated", "deferred")), name="status_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="moved", programme__isnull=True) | (~Q(kind="moved") & Q(programme__isnull=False)),
                name="status_of_programme",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("on")), name="status_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(kind="deferred") | Q(until_on__isnull=False), name="deferral_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(kind="refused") | Q(told_by__in=("self", "guardian")), name="refusal_by_the_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class StatusEnd(models.Model):
    """A status ended before its time: the person decided otherwise, or it was written down by mistake."""

    class Why(models.TextChoices):
        REVERSED = "reversed"  # it held until this day
        MISTAKE = "mistake"  # it never held

    status = models.OneToOneField(Status, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    why = models.CharField(max_length=10, choices=Why.choices)
    note = SealedText(blank=True)
    who_id = models.CharField(max_length=16, blank=True)
    who_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "doses_status_end"

    def __str__(self) -> str:
        return f"{self.status_id} {self.why}"


class Forecast(models.Model):
    """What the engine says of one person and programme from one fact (`since_on`) to the day before the next.

    A cached copy: rebuilt from dose and status rows by `doses.actions.forecast`, compared with the day in the query
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
    # Of a vaccine group, which has no gate by birth date: nothing more is to be given in this stretch; and the day from
    # which somebody of this birth and sex without a dose may have one, empty where not in this stretch.
    is_barred = models.BooleanField(default=False)
    offered_from = models.DateField(null=True, blank=True)
    # First and completed if doses that somebody only told of did not count: the low end of a coverage range.
    proven_first_on = models.DateField(null=True, blank=True)
    proven_completed_on = models.DateField(null=True, blank=True)
    # The strongest status that rows give in this stretch, in the order of `STATUS_LADDER`; empty: none.
    register_state = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        db_table = "doses_forecast"
        constraints = (
            models.UniqueConstraint(fields=("programme", "person", "since_on"), name="forecast_once"),
            models.CheckConstraint(condition=Q(since_on__lt=F("until_on")), name="forecast_forward"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.since_on}"
