"""Stretches of days: which of several overlapping statuses is the strongest from when until when."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A status from a day on, up to the day before `until_on`."""

    kind: str
    on: date
    until_on: date


class Stretch(NamedTuple):
    """Days from `since_on` up to the day before `until_on`, in which `kind` is the strongest status; empty: none."""

    since_on: date
    until_on: date
    kind: str


def stretches(spans: Iterable[Span], *, since_on: date, until_on: date, ladder: Sequence[str]) -> list[Stretch]:
    """Cut the days from `since_on` to the day before `until_on` where the strongest status changes.

    `ladder` orders the kinds, the strongest first. The stretches follow each other without gap; two neighbours never
    have one kind.
    """
    inside = [span for span in spans if span.on < until_on and span.until_on > since_on and span.on < span.until_on]
    edges = {day for span in inside for day in (span.on, span.until_on) if since_on < day < until_on}
    days = [since_on, *sorted(edges), until_on]
    found: list[Stretch] = []
    for start, stop in itertools.pairwise(days):
        holding = {span.kind for span in inside if span.on <= start < span.until_on}
        kind = next((kind for kind in ladder if kind in holding), "")
        if found and found[-1].kind == kind:
            found[-1] = found[-1]._replace(until_on=stop)
        else:
            found.append(Stretch(start, stop, kind))
    return found
