"""A small tree of areas with invented logins in it, for every test that signs somebody in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from linli.records.accounts import actions
from linli.records.accounts.models import Worker
from linli.records.accounts.time_codes import code_at
from linli.records.journal.actions import Who
from linli.records.places.actions import draw_areas
from linli.records.places.models import Area

CLERK = Who("w-clerk", "Clerk (invented)")
PASSWORD = "eleven-carps-swim"
AT = datetime(2021, 6, 20, 1, 0, tzinfo=UTC)  # nine in the morning of the fixed day
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PIN = "804261"
REAL, QUICK = "linli.records.accounts.passwords.Argon2", "django.contrib.auth.hashers.MD5PasswordHasher"


def draw_tree() -> dict[str, Area]:
    """A subdistrict S with two committees, C1 with a grid G1, and C2; by code."""
    rows = [("S", ""), ("C1", "S"), ("G1", "C1"), ("C2", "S")]
    draw_areas(
        by=CLERK,
        areas=[
            {"code": c, "name": c, "name_en": "", "kind": "other", "parent_code": p, "outline": None} for c, p in rows
        ],
    )
    return Area.objects.in_bulk(field_name="code")


def enrolled(name: str, area: str = "S", role: str = "office", **more: Any) -> Worker:
    """A login with a role."""
    given = {"password": PASSWORD} | more
    worker = actions.enrol(by=CLERK, username=name, name=f"{name} (invented)", **given)
    actions.grant(by=CLERK, worker=worker, area=Area.objects.get(code=area), role=role)
    return worker


def with_time_code(worker: Worker, *, at: datetime) -> list[str]:
    """Give a worker the time code of SECRET, set up a minute ago; gives the recovery codes."""
    before = at - timedelta(minutes=1)
    return actions.set_up_code(by=worker.who, worker=worker, secret=SECRET, code=code_at(SECRET, before), at=before)
