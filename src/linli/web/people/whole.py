"""All that is kept of a person, to be given to them: a page to print in both languages, and the same as a file."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.records.accounts.queries import Right
from linli.records.people.models import Person
from linli.records.reports.actions import take_whole
from linli.web import rights
from linli.web.day import now, today
from linli.web.people.finding import about
from linli.words.whole import NONE, document, said

MOST_COLUMNS = 6  # more do not fit on paper beside each other


def may_take(request: HttpRequest, person: Person) -> bool:
    """Whether the worker may take the data of a person whom they see away."""
    return rights.has_of(request, Right.EXPORT, person)


@require_safe
@never_cache
@about(Right.EXPORT)
def page(request: HttpRequest, found: Person) -> HttpResponse:
    """Everything on one page."""
    told = _document(request, found)
    sections = [
        {
            **one,
            "lines": [_line(row, one["columns"]) for row in one["rows"]],
            "is_table": len(one["rows"]) > 1 and len(one["columns"]) <= MOST_COLUMNS,
        }
        for one in told["sections"]
    ]
    return render(
        request, "people/whole.html", {"person": found, "told": told, "sections": sections, "nothing": said("nothing")}
    )


@require_safe
@never_cache
@about(Right.EXPORT)
def file(request: HttpRequest, found: Person) -> HttpResponse:
    """Everything as JSON."""
    content = json.dumps(_document(request, found), ensure_ascii=False, indent=1)
    # The name tells nothing of the person: it would stay in download folders.
    headers = {"Content-Disposition": f'attachment; filename="{found.public_id}.json"'}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


def _document(request: HttpRequest, found: Person) -> dict[str, Any]:
    taken = take_whole(by=rights.worker(request).who, person=found, on=today(), at=now())
    return document(taken, made_at=now())


def _line(row: dict[str, Any], columns: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The cells of a row in the order of the columns, each in both languages where they differ."""
    return [{"label": column, **_cell(_shown(column["code"], row.get(column["code"])))} for column in columns]


def _shown(code: str, value: Any) -> Any:
    """A time to the minute; anything else as it is."""
    return value[:16].replace("T", " ") if code == "at" else value


def _cell(value: Any) -> dict[str, str]:
    if isinstance(value, dict) and "zh" in value:
        more = f" {value['on']}" if "on" in value else ""
        zh, en = (value[language] + more or NONE for language in ("zh", "en"))
        return {"zh": zh, "en": "" if en == zh else en}
    if isinstance(value, dict):
        value = " · ".join(f"{name}: {told}" for name, told in value.items())
    if isinstance(value, bool):
        return said("yes" if value else "no")
    return {"zh": NONE if value in (None, "") else str(value), "en": ""}
