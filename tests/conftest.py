"""Fixtures for every ring of tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from browser import ARGUMENTS, CHROMIUM, served_demo

# Playwright keeps an event loop in this thread, which is not one that serves requests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Transactional tests empty every table; on SQLite that is a DELETE, which the journal refuses.

    The trigger is taken away in the test database alone; tests/records/journal make it again to try it.
    """
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for table in ("journal_entry", "journal_subject"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which talks to nobody by itself."""
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    """The address of a small demo, served as a person would start it; tests that change it take one of their own."""
    with served_demo(people=400) as address:
        yield address


# Files that take longest: they begin first, so that no core waits for another at the end.
LONGEST = (
    "test_every_page.py",
    "test_people_commands.py",
    "test_vaccine_groups.py",
    "test_crowd.py",
    "test_ledger_races.py",
    "test_accounts_races.py",
    "test_stopping.py",
    "test_accounts_https.py",
    "test_nothing_plain.py",
    "test_another_area.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest in front, each whole."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))
