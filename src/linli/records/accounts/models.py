"""Logins, roles and rights by area."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from linli.records.journal.actions import Who
from linli.records.journal.models import new_id
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


class Grant(models.Model):
    """A role of one worker in one area and all areas below it."""

    class Role(models.TextChoices):
        OFFICE = "office"
        COMMITTEE_WORKER = "committee_worker"
        LEADER = "leader"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        db_table = "accounts_grant"
        constraints = (
            models.UniqueConstraint(fields=("worker", "area", "role"), name="grant_once"),
            models.CheckConstraint(condition=Q(role__in=("office", "committee_worker", "leader")), name="role_known"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.area_id}"
