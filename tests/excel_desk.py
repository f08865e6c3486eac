"""Taking lists out and bringing them back through the actions, for tests of both."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from linli.records.accounts.models import Worker
from linli.records.lists import actions as lists
from linli.records.lists.models import List, Row
from linli.records.lists.queries.copies import KEEPERS
from linli.records.people import actions as people
from linli.records.places.models import Area
from linli.words.copies import file, reading
from small_street import OFFICE, ON


def take_out(
    kind: Any = "people", *, area: str = "S", language: str = "zh-hans", ending: str = "xlsx", on: Any = ON
) -> bytes:
    """The file of a list."""
    place = Area.objects.get(code=area)
    found = KEEPERS[kind].of_area(place)
    with translation.override(language):
        told = reading(kind, found, on=on)
        taken = lists.take_out(by=OFFICE, kind=kind, found=found, reading=told, language=language, on=on, area=place)
        return file(taken, ending)


def bring_back(content: bytes, name: str = "copy.xlsx", *, worker: Worker | None = None) -> List:
    """A file received and judged; by the operator unless by a worker."""
    received = lists.receive(
        by=OFFICE,
        file_name=name,
        content=content,
        source=people.by_hand(by=OFFICE),
        area=None,
        as_of=ON,
        is_return=True,
        worker=worker,
    )
    return lists.stage(by=OFFICE, of=received, on=ON)


def apply(of: List) -> List:
    """A list applied."""
    return lists.apply(by=OFFICE, of=of, on=ON)


def fates(of: List) -> dict[str, int]:
    """How many rows have each outcome, those that none has left out."""
    return {code: count for code, count in of.counts.items() if count}


def row(of: List, outcome: str) -> Row:
    """The one row of an outcome."""
    return Row.objects.get(list=of, outcome=outcome)


def remarks(of: List, outcome: str) -> list[str]:
    """The codes of what is told of the one row of an outcome."""
    return [problem["code"] for problem in row(of, outcome).problems]
