"""The public board: a page that anyone can open, and its figures to take away."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.domain.sheets import Value, write_csv
from linli.records.accounts.models import Worker
from linli.records.accounts.queries import Right
from linli.records.programme.models import Drive
from linli.records.reports.queries.public import FEWEST, SMALL, STEP, PublicBoard, PublicPlace
from linli.web import rights
from linli.web.public import wording
from linli.web.public.figures_file import Figures, to_json
from linli.web.public.shown import Shown, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table; None where it is hidden."""

    label: str
    count: int | None
    share: str


@dataclass(frozen=True, slots=True)
class Row:
    """A place and its numbers; `bar` is the share with all doses."""

    name: str
    cells: list[Cell]
    bar: float | None
    complete: int | None
    people: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether none of its numbers is shown."""
        return all(cell.count is None for cell in self.cells)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """How far the whole and each area is; while nothing is published, that there is nothing to see."""
    found = shown(is_preview=_is_staff(request))
    may_switch = found.drive is not None and _may_switch(request, found.drive)
    if found.figures is None or not (found.is_public or may_switch):
        return render(request, "public/nothing.html", status=404)
    return render(request, "public/board.html", _context(found, found.figures, may_switch=may_switch))


@require_safe
def figures(request: HttpRequest, form: str) -> HttpResponse:
    """The same figures as a file for a spreadsheet or a program."""
    found = shown().figures
    if found is None or form not in ("csv", "json"):
        raise Http404
    if form == "json":
        return HttpResponse(to_json(found), content_type="application/json")
    name = f"{_('Coverage')}-{wording.name_of(found.board.whole)}-{found.board.on.isoformat()}.csv"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    rows = _lines(found)
    return HttpResponse(
        write_csv(rows), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def _is_staff(request: HttpRequest) -> bool:
    return not settings.PUBLIC_ONLY and isinstance(request.user, Worker)


def _may_switch(request: HttpRequest, drive: Drive) -> bool:
    return _is_staff(request) and rights.has(request, Right.LISTS, drive.area)


def _context(found: Shown, published: Figures, *, may_switch: bool) -> dict[str, object]:
    shown_board = published.board
    areas = [_row(place) for place in shown_board.areas]
    return {
        "board": shown_board,
        "on": shown_board.on,
        "read_at": published.read_at,
        "name": wording.name_of(shown_board.whole),
        "finding": wording.finding(shown_board),
        "picture_finding": wording.picture_finding(shown_board.areas),
        "whole": _row(shown_board.whole),
        "areas": areas,
        "bars": sorted((row for row in areas if row.bar is not None), key=lambda row: -(row.bar or 0)),
        "without_bar": [row.name for row in areas if row.bar is None],
        "is_any_hidden": _is_any_hidden(shown_board),
        "small": SMALL,
        "fewest": FEWEST,
        "step": STEP,
        "exports": [{"label": form.upper(), "href": reverse("public:figures", args=[form])} for form in ("csv", "json")]
        if found.is_public
        else [],
        "is_public": found.is_public,
        "may_switch": may_switch,
    }


def _row(place: PublicPlace) -> Row:
    cells = [
        Cell(
            label=str(label),
            count=place.counts[column],
            share=wording.whole_percent(place.share(column)) if column != "people" and place.counts["people"] else "",
        )
        for column, label in wording.COLUMNS.items()
    ]
    return Row(wording.name_of(place), cells, place.share("complete"), place.counts["complete"], place.counts["people"])


def _is_any_hidden(shown_board: PublicBoard) -> bool:
    return any(place.counts[column] is None for place in shown_board.places for column in wording.COLUMNS)


def _lines(published: Figures) -> list[list[Value]]:
    head = [_("Day"), _("Code"), _("Area"), *(str(label) for label in wording.COLUMNS.values())]
    shares = [f"{label} %" for column, label in wording.COLUMNS.items() if column != "people"]
    lines: list[list[Value]] = [[*head, *shares]]
    for place in published.board.places:
        counts: list[Value] = [_hidden(place.counts[column]) for column in wording.COLUMNS]
        percents: list[Value] = [
            "" if (share := place.share(column)) is None else wording.whole_percent(share)
            for column in wording.COLUMNS
            if column != "people"
        ]
        lines.append([published.board.on, place.code, wording.name_of(place), *counts, *percents])
    return lines


def _hidden(count: int | None) -> Value:
    return _("hidden") if count is None else count
