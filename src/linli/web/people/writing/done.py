"""After something was written down: back to the person's page, which says so once and offers to take it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.records.accounts.queries import Right
from linli.records.people.models import Person
from linli.records.people.queries import in_areas
from linli.web.rights import paths

KEY = "written"


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes something back: `what` is a key of `undoing.WAYS`, `key` the public id of the row (or nothing)."""

    what: str
    key: str = ""


def done(request: HttpRequest, person: Person, said: str, undo: Undo | None) -> HttpResponse:
    """Lead back to the person's page with a sentence and the way to undo it."""
    # Whoever moved to another committee may be seen there alone.
    if not Person.objects.filter(in_areas(paths(request, Right.NAMES)), pk=person.pk).exists():
        messages.success(request, said)
        return redirect("people:due")
    request.session[KEY] = {"person": person.public_id, "said": said, "undo": asdict(undo) if undo else None}
    return redirect("people:person", person.public_id)


def said_once(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """What was written down a moment ago of this person; told once."""
    if request.session.get(KEY, {}).get("person") != person.public_id:
        return None
    told: dict[str, Any] = request.session.pop(KEY)
    return told
