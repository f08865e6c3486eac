"""What came out that must not, and what was written: the two questions after every attack."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.apps import apps
from django.db import connection
from two_committees import SECRETS

# What an attacker may leave behind: that they tried.
TRACES = {"journal_entry", "journal_subject", "django_session", "accounts_sitting", "accounts_attempt"}


def told(answer: Any) -> list[str]:
    """Which of the victim's secrets stand in an answer, whatever form it has."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    text = content.decode("utf-8", "replace") + str(answer.headers)
    return [secret for secret in SECRETS if secret in text]


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the register, traces aside."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            if (table := model._meta.db_table) not in TRACES:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY id")  # noqa: S608  # names come from models
                found[table] = cursor.fetchall()
    return found
