"""Vaccines, the schedules in force and the drives that use them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from linli.records.places.models import Area

LONGEST_CODE, LONGEST_GROUP, LONGEST_VERSION = 60, 80, 40


class Library(models.Model):
    """A set of published files of one schedule, kept as they came: who adopts a vaccine group of it works by them.

    `groups` names every vaccine group that can be adopted: [{name, code, antigens, files}]. `problems` are the files
    that could not be used when it was last brought in: [{file, message}]. See docs/decisions/0017.
    """

    code = models.CharField(max_length=20)
    version = models.CharField(max_length=LONGEST_VERSION)
    sha256 = models.CharField(max_length=64, unique=True)  # of names and bytes of the files in `content`
    content = models.BinaryField()  # a zip of the files that are used
    groups = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    at = models.DateTimeField()
    who_id = models.CharField(max_length=16, blank=True)
    who_name = models.CharField(max_length=120)

    class Meta:
        db_table = "programme_library"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Edition(NamedTuple):
    """Which rules a programme works by, so exactly that the same edition always means the same rules."""

    code: str
    sha256: str
    group: str


class Programme(models.Model):
    """A schedule that this installation works by: its code, version and the hash of the file it was read from.

    One that was imported is a vaccine group of a library, whose hash it carries.
    """

    code = models.CharField(max_length=LONGEST_CODE, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    version = models.CharField(max_length=LONGEST_VERSION)
    sha256 = models.CharField(max_length=64)
    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=LONGEST_GROUP, blank=True)

    class Meta:
        db_table = "programme_programme"

    def __str__(self) -> str:
        return self.code

    @property
    def edition(self) -> Edition:
        """Which rules it works by."""
        return Edition(self.code, self.sha256, self.group)


# The product of a dose of which nobody knows which it was: code, Chinese name, English name.
UNKNOWN_PRODUCT = ("unknown", "不清楚是哪种", "Not known which")


class Vaccine(models.Model):
    """A product that a dose record may name: one of a programme, another vaccine known by its CVX code, or the one
    that stands for a product nobody knows.
    """

    code = models.CharField(max_length=40, unique=True)
    cvx = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "programme_vaccine"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows which product it was; the engine leaves such a dose out."""
        return self.code == UNKNOWN_PRODUCT[0]


KEEP_DAYS = 90  # docs/decisions/0013-retention.md says why


class Drive(models.Model):
    """A drive: one programme carried out in one area, from a day to a day."""

    name = models.CharField(max_length=160)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # its last day; empty while it is open
    keep_days = models.PositiveSmallIntegerField(default=KEEP_DAYS)  # how long people are known by name after its end
    chosen_at = models.DateTimeField(default=timezone.now)  # the drive worked at now is the one chosen last
    is_public = models.BooleanField(default=False)  # its figures are shown to everybody, see web/public

    class Meta:
        db_table = "programme_drive"
        constraints = (
            models.UniqueConstraint(fields=("programme", "area"), name="drive_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="drive_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def forget_on(self) -> date | None:
        """The day from which its people are to be forgotten; empty while it is open."""
        return self.ends_on and self.ends_on + timedelta(days=self.keep_days + 1)
