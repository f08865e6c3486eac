"""Residents, households and employers. What a list says of a person is a row with its source and date."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.records.journal.models import new_id
from linli.records.keys.fields import SealedText
from linli.records.places.models import Area, Building, Door


class Source(models.Model):
    """Where facts come from: a police register, a committee's list, an employer, a city export."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField(default=50)  # 1 is believed before 2
    covers_doses = models.BooleanField(default=False)

    class Meta:
        db_table = "people_source"
        ordering = ("rank", "code")

    def __str__(self) -> str:
        return self.name


class Employer(models.Model):
    """A firm or shop whose people work in a building here."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    code = models.CharField(max_length=18, unique=True, null=True, blank=True)  # unified social credit code
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    floor = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "people_employer"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """The people behind one door who are listed together; several households may share a door."""

    door = models.ForeignKey(Door, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "people_household"
        constraints = (models.UniqueConstraint(fields=("door", "label"), name="household_once"),)

    def __str__(self) -> str:
        return self.label


class Person(models.Model):
    """A resident or someone who works here.

    Everything but the birth date and sex is a copy of the shown fact (newest of the best source), rebuilt from the
    fact rows by `people.actions.rebuild` and tested to equal them.

    Someone who turned out to be another known person is merged into them: the row stays, with its name, birth date and
    public id as they were, so that old lists still find the right person; its facts and doses went to the other.
    """

    class Sex(models.TextChoices):
        FEMALE = "F"
        MALE = "M"
        UNKNOWN = ""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    name = models.CharField(max_length=120, blank=True)
    phone = SealedText(blank=True, lookup="phone_hash", tail="phone_tail_hash")
    phone_hash = models.CharField(max_length=32, blank=True, default="", db_index=True)
    phone_tail_hash = models.CharField(max_length=32, blank=True, default="", db_index=True)  # of the last four digits
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    living_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    living_building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    living_door = models.ForeignKey(Door, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    working_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    working_building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_covered = models.BooleanField(default=False)  # some source that covers doses lists this person
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "people_person"
        constraints = (
            models.CheckConstraint(condition=Q(sex__in=("F", "M", "")), name="sex_known"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        )
        indexes = (models.Index(fields=("name", "birth_date"), name="person_by_name_birth"),)

    def __str__(self) -> str:
        return self.public_id


class Document(models.Model):
    """An identity document: one number of one kind belongs to one person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    number = SealedText(lookup="number_hash")
    number_hash = models.CharField(max_length=32, null=True)  # empty only while an older database is being sealed

    class Meta:
        db_table = "people_document"
        # Two imports at once that both meet a new person: the second insert fails here and its import starts again.
        constraints = (models.UniqueConstraint(fields=("kind", "number_hash"), name="document_once"),)

    def __str__(self) -> str:
        return self.kind


class Listing(models.Model):
    """A person stands in a source's list; `on` is the newest day of a list that names them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    covers_doses = models.BooleanField(default=False)

    class Meta:
        db_table = "people_listing"
        constraints = (models.UniqueConstraint(fields=("person", "source"), name="listing_once"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.on}"


class Name(models.Model):
    """A name of a person as a source writes it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=120)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        db_table = "people_name"

    def __str__(self) -> str:
        return "name"


class Phone(models.Model):
    """A phone number of a person; a household often shares one, so it is never an identity."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    value = SealedText(lookup="value_hash", tail="tail_hash")
    value_hash = models.CharField(max_length=32, default="", db_index=True)
    tail_hash = models.CharField(max_length=32, blank=True, default="")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        db_table = "people_phone"

    def __str__(self) -> str:
        return "phone"


class Stay(models.Model):
    """Where a source says that a person is registered, lives or works. Without an area: elsewhere."""

    class Kind(models.TextChoices):
        REGISTERED = "registered"
        LIVING = "living"
        WORKING = "working"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(Door, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    elsewhere = models.CharField(max_length=200, blank=True)  # the address as written, where it is not ours
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        db_table = "people_stay"
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("registered", "living", "working")), name="stay_kind_known"),
            models.CheckConstraint(
                condition=Q(building__isnull=True) | Q(area__isnull=False), name="stay_building_in_area"
            ),
        )

    def __str__(self) -> str:
        return self.kind
