"""The queue of likely duplicates, the likeliest first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.records.accounts.queries import Right, areas_under
from linli.records.duplicates import queries
from linli.records.duplicates.queries import Half, Waiting
from linli.records.people.models import Person
from linli.web import rights
from linli.web.duplicates.done import said_once
from linli.web.duplicates.tasks import AT_ONCE, ask, look_now
from linli.web.looks import looked
from linli.web.people.long_select import LongSelect
from linli.words.duplicates import REASONS, likelihood
from linli.words.places import door_words
from linli.words.reasons import in_language

PAGE = 25
SHOWN_REASONS = 4


class AreaForm(forms.Form):
    """The filter of the queue."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False, widget=LongSelect)


@require_safe
@never_cache
@rights.needs(Right.NAMES)
def index(request: HttpRequest) -> HttpResponse:
    """The open pairs of the worker's areas."""
    seen = rights.paths(request, Right.NAMES)
    areas = list(areas_under(seen).order_by("path"))
    chosen = next((area for area in areas if area.public_id == request.GET.get("area")), None)
    found = queries.queue(paths=seen, within=[chosen.path] if chosen else None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = queries.waiting(page.object_list, paths=seen)
    looked(
        request, "duplicates", [half.person.public_id for row in rows for half in (row.one, row.other) if half.is_seen]
    )
    form = AreaForm(initial={"area": chosen.public_id if chosen else ""})
    field = form.fields["area"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as it is written above
    field.choices = [("", _("Everywhere")), *((area.public_id, in_language(area.name, area.name_en)) for area in areas)]
    return render(
        request,
        "duplicates/index.html",
        {
            "page": page,
            "rows": [_row(row) for row in rows],
            "form": form,
            "chosen": chosen,
            "done": said_once(request),
            "may_find": rights.has_over_all(request, Right.LISTS),
            "has_merges": queries.merges(paths=seen).exists(),
        },
    )


@require_POST
@rights.needs(Right.LISTS)
def find(request: HttpRequest) -> HttpResponse:
    """Look through everybody again: at once in a small register, else by the worker beside the pages."""
    if not rights.has_over_all(request, Right.LISTS):
        raise PermissionDenied
    by = rights.worker(request)
    if Person.objects.count() <= AT_ONCE:
        counts = look_now(by=by.who)
        new = counts["new"]
        words = ngettext(
            "Looked through everybody: %(new)s new pair.", "Looked through everybody: %(new)s new pairs.", new
        )
        messages.success(request, words % {"new": new})
    else:
        ask(by=by.who)
        messages.info(
            request, _("Everybody is being looked through. It takes a minute or so; load this page again then.")
        )
    return redirect("duplicates:index")


def _row(row: Waiting) -> dict[str, Any]:
    tone, icon, word = likelihood(row.pair.score)
    return {
        "href": reverse("duplicates:pair", args=[row.pair.public_id]),
        "one": _half(row.one),
        "other": _half(row.other),
        "tone": tone,
        "icon": icon,
        "word": word,
        "reasons": [REASONS[code] for code in row.pair.reasons[:SHOWN_REASONS] if code in REASONS],
    }


def _half(half: Half) -> dict[str, Any]:
    person = half.person
    if not half.is_seen:
        return {"name": half.name, "born": None, "place": _("in an area whose names you may not see")}
    building = person.living_building or person.working_building or person.registered_building
    place = in_language(building.name, building.name_en) if building else ""
    if person.living_door and person.living_building:
        place += f" {door_words(person.living_door.stair, person.living_door.number)}"
    return {"name": half.name, "born": person.birth_date, "place": place}
