"""Whom the tests of keys seal: invented numbers that must not be found again."""

from __future__ import annotations

from datetime import date

from linli.records.journal.actions import Who

BY = Who("", "test")
DAY = date(2021, 6, 20)
NUMBER, PHONE = "310100194503129008", "19700000001"
