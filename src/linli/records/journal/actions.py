"""Writing the journal, and the decorator that every public action wears."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from linli.records import bulk
from linli.records.journal.models import Entry, Subject

P = ParamSpec("P")
R = TypeVar("R")

_lines_written: ContextVar[int] = ContextVar("lines_written", default=0)


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts: a worker's public id and name at this time, or a program by its name alone."""

    public_id: str
    name: str


class NoJournalLineError(RuntimeError):
    """An action ended without a journal line; it is rolled back."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function a public action: keyword-only, one transaction, and at least one journal line or nothing."""
    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
    if kinds - {inspect.Parameter.KEYWORD_ONLY}:
        raise TypeError(f"{function.__qualname__}: a public action takes keywords only")

    @functools.wraps(function)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            before = _lines_written.get()
            result = function(*args, **kwargs)
            if _lines_written.get() == before:
                raise NoJournalLineError(f"{function.__module__}.{function.__name__} left no journal line")
            return result

    acted.is_action = True  # type: ignore[attr-defined]  # read by tests/shape
    return acted


def write(
    *,
    by: Who,
    verb: str,
    detail: dict[str, Any] | None = None,
    subjects: Iterable[tuple[str, str]] = (),
    at: datetime | None = None,
) -> Entry:
    """Append one line; `subjects` are (noun, public id) of each person or place touched."""
    entry = Entry.objects.create(
        at=at or timezone.now(), who_id=by.public_id, who_name=by.name, verb=verb, detail=detail or {}
    )
    rows = ((entry.pk, noun, subject_id) for noun, subject_id in dict.fromkeys(subjects))
    bulk.insert(Subject, ("entry_id", "noun", "subject_id"), rows)
    _lines_written.set(_lines_written.get() + 1)
    return entry
