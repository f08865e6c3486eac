"""Logins, roles and rights by area, and what a worker proves who they are with."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from linli.records.journal.actions import Who
from linli.records.journal.models import new_id
from linli.records.keys.fields import SealedText
from linli.records.places.models import Area


class Workers(BaseUserManager["Worker"]):
    """Finds workers by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Worker:
        return self.get(username=(username or "").strip().lower())


class Worker(AbstractBaseUser):
    """A person who signs in: office staff, committee worker, volunteer, leader."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    until_on = models.DateField(null=True, blank=True)  # the last day of a loan, inclusive; none for staff
    # A password that the office gave lapses then, and must be changed at the first sign-in; none for one's own.
    password_until = models.DateTimeField(null=True, blank=True)
    # Part of every session's mark: one more, and all sessions of this worker are over.
    epoch = models.PositiveIntegerField(default=0)
    # One-click development login; set by the demo alone and honoured only on loopback.
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Any] = Workers()

    class Meta:
        db_table = "accounts_worker"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name

    @property
    def who(self) -> Who:
        """This worker as the journal writes them down."""
        return Who(self.public_id, self.name)

    def is_open(self, on: date) -> bool:
        """Whether this login may be used on a day: not closed, and its loan not over."""
        return self.is_active and (self.until_on is None or on <= self.until_on)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to go on: it changes with the password and with the epoch (Django calls this)."""
        salt = "linli.records.accounts.session"
        return salted_hmac(salt, f"{self.epoch}:{self.password}", secret=secret, algorithm="sha256").hexdigest()


class Grant(models.Model):
    """A role of one worker in one area and all areas below it."""

    class Role(models.TextChoices):
        OFFICE = "office"
        COMMITTEE_WORKER = "committee_worker"
        LEADER = "leader"
        VOLUNTEER = "volunteer"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    until_on = models.DateField(null=True, blank=True)  # the last day it holds, inclusive; none: until taken away

    class Meta:
        db_table = "accounts_grant"
        constraints = (
            models.UniqueConstraint(fields=("worker", "area", "role"), name="grant_once"),
            models.CheckConstraint(
                condition=Q(role__in=("office", "committee_worker", "leader", "volunteer")), name="role_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.area_id}"


class TimeCode(models.Model):
    """The time code of a worker (TOTP, RFC 6238): the secret that the office and the worker's phone share."""

    worker = models.OneToOneField(Worker, on_delete=models.CASCADE, related_name="+")
    secret = SealedText()  # base32
    set_at = models.DateTimeField()
    # The step of 30 seconds whose code was used last: no code of it or of an earlier one is taken again.
    last_step = models.BigIntegerField()

    class Meta:
        db_table = "accounts_time_code"

    def __str__(self) -> str:
        return f"{self.worker_id} {self.set_at:%Y-%m-%d}"


class RecoveryCode(models.Model):
    """One of the printed codes that stand in for a lost phone, each good once."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()  # the first part of the code: it says which hash to try
    code = models.CharField(max_length=128)  # hashed as a password is
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_recovery_code"
        constraints = (models.UniqueConstraint(fields=("worker", "number"), name="recovery_code_once"),)

    def __str__(self) -> str:
        return f"{self.worker_id} {self.number}"


class Slip(models.Model):
    """A printed slip whose QR code enrols one phone, once."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # used, or replaced by a newer slip
    is_used = models.BooleanField(default=False)

    class Meta:
        db_table = "accounts_slip"
        constraints = (
            models.UniqueConstraint(fields=("worker",), condition=Q(ended_at=None), name="slip_open_once"),
            models.CheckConstraint(condition=Q(is_used=False) | Q(ended_at__isnull=False), name="slip_used_is_ended"),
        )

    def __str__(self) -> str:
        return f"{self.worker_id} {self.made_at:%Y-%m-%d}"


class Device(models.Model):
    """The phone of somebody on loan: it and a PIN open the login until the loan ends."""

    class Why(models.TextChoices):
        REPLACED = "replaced"
        REVOKED = "revoked"
        WRONG_PINS = "wrong_pins"

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)  # of what the phone keeps in its cookie
    pin = models.CharField(max_length=128)  # hashed with the token, so that the database alone cannot try PINs
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()
    wrong_count = models.PositiveSmallIntegerField(default=0)  # wrong PINs since the last right one
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)

    class Meta:
        db_table = "accounts_device"
        constraints = (
            models.UniqueConstraint(fields=("worker",), condition=Q(ended_at=None), name="device_one"),
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | (~Q(ended_at=None) & ~Q(why="")), name="device_ended_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.worker_id} {self.made_at:%Y-%m-%d}"


class Sitting(models.Model):
    """One browser in which a worker is signed in; the row goes with its session."""

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    how = models.CharField(max_length=12)  # password, code, recovery, pin, demo
    browser = models.CharField(max_length=40, blank=True)  # a word or two, so that people know it again
    began_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_sitting"
        indexes = (models.Index(fields=("worker",), name="sitting_of"),)

    def __str__(self) -> str:
        return f"{self.worker_id} {self.began_at:%Y-%m-%d %H:%M}"


class Attempt(models.Model):
    """How often something was tried in one stretch of time; what was typed, and from where, only as a keyed hash."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    until_at = models.DateTimeField(db_index=True)  # the end of the stretch, when counting starts anew

    class Meta:
        db_table = "accounts_attempt"

    def __str__(self) -> str:
        return f"{self.count} until {self.until_at:%Y-%m-%d %H:%M}"
