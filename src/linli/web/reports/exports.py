"""A board's table as a file: figures alone, no names."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from linli.domain.coverage import Coverage
from linli.domain.sheets import Value, write_csv, write_xlsx
from linli.records.accounts.queries import Right
from linli.records.places.models import Area, Building
from linli.records.programme.queries import NoDriveError, current
from linli.records.reports.queries import Board, board
from linli.web import rights
from linli.web.reports.asked import Asked, asked, name_of
from linli.words.figures import COLUMNS, PEOPLE_HERE, SHARES
from linli.words.states import AREA_KINDS, BUILDING_KINDS

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@rights.needs(Right.FIGURES)
def export(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The area, the areas below and the buildings, one line each, as CSV or XLSX."""
    if form not in TYPES:
        raise Http404
    area = rights.area(request, public_id, Right.FIGURES)
    question = asked(request, area)
    try:
        found = board(area=area, programme=current(), on=question.on, of=question.of)
    except NoDriveError as error:
        raise Http404 from error
    rows = lines(area, found, question)
    word = _("Coverage")
    content = write_csv(rows) if form == "csv" else write_xlsx(rows, title=name_of(area))
    name = f"{word}-{name_of(area)}-{question.on.isoformat()}.{form}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": disposition})


def lines(area: Area, found: Board, question: Asked) -> Iterator[list[Value]]:
    """The head and a line for the area, each area below and each building."""
    head = [_("Day"), _("Counted by"), _("Kind"), _("Code"), _("Name"), *COLUMNS.values(), *SHARES.values()]
    yield [str(word) for word in head]
    yield _line(area, found.total, question)
    for one in (*found.areas, *found.buildings):
        if isinstance(one.place, Area | Building):
            yield _line(one.place, one.coverage, question)


def _line(place: Area | Building, coverage: Coverage, question: Asked) -> list[Value]:
    kinds = AREA_KINDS if isinstance(place, Area) else BUILDING_KINDS
    words: list[Value] = [
        question.on,
        str(PEOPLE_HERE[question.of]),
        str(kinds[place.kind]),
        place.code,
        name_of(place),
    ]
    counts: list[Value] = [getattr(coverage, column) for column in COLUMNS]
    shares = [getattr(coverage, column) for column in SHARES]
    return words + counts + [None if share is None else round(share, 4) for share in shares]
