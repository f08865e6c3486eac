"""Fixtures for every ring of tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Transactional tests empty every table; on SQLite that is a DELETE, which the journal refuses.

    The trigger is taken away in the test database alone; tests/records/journal make it again to try it.
    """
    from django.db import connection

    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for table in ("journal_entry", "journal_subject"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
