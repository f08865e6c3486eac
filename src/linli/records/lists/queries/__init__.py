"""Reading staged lists, and judging what a list would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.db.models import Q, QuerySet

from linli.records.accounts.models import Worker
from linli.records.lists.models import List, Row
from linli.records.lists.queries.judging import Judgement, Progress, judge, judge_sheet, read_list, staged_sheet
from linli.records.lists.queries.matching import PROBABLE
from linli.records.lists.queries.people_plan import PersonPlan
from linli.records.lists.queries.plan import LOADED, RETURNED, Planned, counts
from linli.records.lists.queries.returns import is_copy
from linli.records.people.queries import chunks


def lists(*, paths: list[str]) -> QuerySet[List]:
    """Lists loaded for one of the subtrees, newest first, without their content.

    A list that was loaded before there was any area belongs to the whole installation.
    """
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(area__path__startswith=path)
        if path.count("/") == 1:
            seen |= Q(area=None)
    return List.objects.filter(seen).defer("content").select_related("area", "source", "received_by")


def returned_by(worker: Worker) -> QuerySet[List]:
    """Lists that a worker brought back from Excel, newest first, without their content."""
    mine = List.objects.filter(is_return=True, received_by=worker)
    return mine.defer("content").select_related("area", "source", "received_by")


def rows(of: List, *, outcome: str = "") -> QuerySet[Row]:
    """The staged rows of a list by line, all or those with one outcome."""
    found = Row.objects.filter(list=of).order_by("line")
    return found.filter(outcome=outcome) if outcome else found


def probable(of: List) -> list[Row]:
    """The rows in doubt that by all but a document mean one person, who is their subject."""
    wanted = [key for key, problems in _doubts(of) if _is_probable(problems)]
    return [row for chunk in chunks(wanted) for row in Row.objects.filter(pk__in=chunk).order_by("line")]


def probable_count(of: List) -> int:
    """How many they are; opens the problems of rows in doubt and nothing else."""
    return sum(_is_probable(problems) for _, problems in _doubts(of))


def _doubts(of: List) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    found = rows(of, outcome=Row.Outcome.DOUBT).exclude(subject_id="")
    for key, problems in found.values_list("pk", "problems").iterator():
        yield key, cast("list[dict[str, Any]]", problems)  # sealed in the table, opened by the field


def _is_probable(problems: list[dict[str, Any]]) -> bool:
    return [problem["code"] for problem in problems] == [PROBABLE]


def applied_before(of: List) -> List | None:
    """An applied list that was the same file, byte for byte."""
    same = List.objects.filter(sha256=of.sha256, state=List.State.APPLIED, area=of.area).exclude(pk=of.pk)
    return same.defer("content").order_by("-id").first()


__all__ = [
    "LOADED",
    "RETURNED",
    "Judgement",
    "PersonPlan",
    "Planned",
    "Progress",
    "applied_before",
    "counts",
    "is_copy",
    "judge",
    "judge_sheet",
    "lists",
    "probable",
    "probable_count",
    "read_list",
    "returned_by",
    "rows",
    "staged_sheet",
]
