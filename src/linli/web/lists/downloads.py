"""Files to take away: empty templates, and the rows of a list with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.domain.sheets import KINDS, template, write_csv, write_xlsx
from linli.records.accounts.queries import Right
from linli.records.lists.actions import take_away
from linli.records.lists.models import List, Row
from linli.records.lists.queries import rows
from linli.web.lists.finding import found
from linli.web.lists.showing import people_meant, troubles
from linli.web.looks import looked
from linli.web.rights import needs, paths, worker
from linli.words.problems import LIST_KINDS, OUTCOMES

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# Behind the list's own columns, so that the mended file can be loaded as it is; these four are then passed over.
OWN_COLUMNS = (
    "问题行号",
    "问题列",
    "问题值",
    "问题原因",
    "Problem line",
    "Problem column",
    "Problem value",
    "Problem reason",
)
MOST_ROWS = 100_000
PIECE = 2_000


@needs(Right.LISTS)
def template_file(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """An empty list of a kind to fill in, in Chinese or English."""
    language = request.GET.get("language", "zh")
    if kind not in KINDS or ending not in TYPES or language not in ("zh", "en"):
        raise Http404
    lines = template(next(one for one in KINDS if one == kind), language)
    with override("zh-hans" if language == "zh" else "en"):
        title = str(LIST_KINDS[kind])
    content = write_xlsx(lines, title=title) if ending == "xlsx" else write_csv(lines)
    return _file(content, f"linli-{kind}-{language}.{ending}", ending)


@needs(Right.LISTS, Right.RECORD)
def rows_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rows of one outcome with line, column, value and reason behind their cells: to mend in Excel and load again."""
    of = found(request, public_id)
    outcome = request.GET.get("outcome", "bad")
    if outcome not in OUTCOMES or not of.header:
        raise Http404
    take_away(by=worker(request).who, of=of, outcome=outcome)
    named: list[str] = []
    content = write_xlsx(_lines(request, of, outcome, named), title=str(OUTCOMES[outcome]))
    looked(request, "list_export", named)
    return _file(content, f"linli-{outcome}-{of.as_of:%Y%m%d}.xlsx", "xlsx")


def _lines(request: HttpRequest, of: List, outcome: str, named: list[str]) -> Iterator[list[str]]:
    """The header and the rows; `named` takes up the public ids of people whose names they tell."""
    own = (_("Problem line"), _("Problem column"), _("Problem value"), _("Problem reason"))
    yield [*of.header, *own]
    names = paths(request, Right.NAMES)
    for piece in _pieces(of, outcome):
        seen = frozenset(people_meant(piece, paths=names))
        named += seen
        for row in piece:
            wrong = troubles(row, seen=seen)
            told = (
                "\n".join(part)
                for part in ([one.column for one in wrong], [one.value for one in wrong], [one.words for one in wrong])
            )
            yield [*(str(cell) for cell in row.cells), str(row.line), *told]


def _pieces(of: List, outcome: str) -> Iterator[list[Row]]:
    for start in range(0, MOST_ROWS, PIECE):
        piece = list(rows(of, outcome=outcome)[start : start + PIECE])
        if not piece:
            return
        yield piece


def _file(content: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Cache-Control"] = "private, no-store"
    return response
