"""Fixtures for every ring of tests."""

from __future__ import annotations

import os
import tempfile

# Before Django reads its settings: tests keep their files apart from any real installation.
os.environ["LINLI_HOME"] = tempfile.mkdtemp(prefix="linli-test-")
os.environ["LINLI_TODAY"] = "2021-06-20"

import pytest  # after the folder is chosen


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
