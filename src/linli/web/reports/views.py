"""The coverage board of an area and of a building."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst

from linli.records.accounts.queries import Right, top_area
from linli.records.places.models import Area, Building
from linli.records.places.queries import ancestors, root
from linli.records.programme.models import Programme
from linli.records.programme.queries import NoDriveError, current
from linli.records.reports.queries import Board, board, building_board, doses_by_day
from linli.records.reports.queries.board import coverage, has_shapes
from linli.web import rights
from linli.web.looks import looked
from linli.web.reports import figures, findings, residents, tables
from linli.web.reports.asked import Asked, asked, name_of
from linli.words.figures import COUNTED, NOBODY, PEOPLE_HERE
from linli.words.states import DENOMINATORS as STAYS

PAGE = 50
DAYS = 60
FOLDED = 200  # names of empty buildings shown in their fold


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The board of the area whose figures a worker sees first."""
    area = top_area(rights.worker(request))
    if area is not None:
        return redirect("reports:area", area.public_id)
    return render(request, "reports/no_area.html", {"is_empty": root() is None})


@rights.needs(Right.FIGURES)
def area(request: HttpRequest, public_id: str) -> HttpResponse:
    """The board of an area: what changed, coverage, its map, its days, the areas below and its buildings."""
    place = rights.area(request, public_id, Right.FIGURES)
    question = asked(request, place)
    trail = _trail(request, question, place)
    try:
        programme = current()
    except NoDriveError:
        return render(request, "reports/no_drive.html", {"place": name_of(place), "trail": trail})
    found = board(area=place, programme=programme, on=question.on, of=question.of)
    sort = request.GET.get("sort", "")
    lived_in = [one for one in found.buildings if one.coverage.people]
    empty = [one for one in found.buildings if not one.coverage.people]
    page = Paginator(tables.ordered(lived_in, sort), PAGE).get_page(request.GET.get("page"))
    to_do_finding, to_do = findings.most_to_do(lived_in)
    return render(
        request,
        "reports/area.html",
        {
            **_shared(question, place, found, programme),
            "trail": trail,
            "areas": tables.area_rows(found.areas, question, sort),
            "buildings": tables.building_rows(page, question),
            "page": page,
            "empty": tables.building_rows(empty[:FOLDED], question),
            "empty_count": len(empty),
            "to_do_finding": to_do_finding,
            "to_do": tables.building_rows(to_do, question),
            "map_finding": findings.map_finding(lived_in, question.of),
            "has_shapes": has_shapes(place),
            **_addresses(place, question),
            "history_href": _history(request, place),
            "tiles": settings.TILES,
            "public_href": reverse("public:board")
            if place.parent_id is None and rights.has(request, Right.LISTS, place)
            else "",
            "lists_href": ""
            if found.total.people or not rights.has(request, Right.LISTS, place)
            else reverse("lists:index"),
        },
    )


@rights.needs(Right.FIGURES)
def building(request: HttpRequest, public_id: str) -> HttpResponse:
    """The board of a building or tower: its figures, its employers, its people by door for those with the right."""
    place = rights.building(request, public_id, Right.FIGURES)
    question = asked(request, place)
    trail = _trail(request, question, place)
    try:
        programme = current()
    except NoDriveError:
        return render(request, "reports/no_drive.html", {"place": name_of(place), "trail": trail})
    found = building_board(building=place, programme=programme, on=question.on, of=question.of)
    employers = tables.employer_rows(found.employers, place, question, request.GET.get("sort", ""))
    shown = {
        **_shared(question, place, found, programme),
        "trail": trail,
        "employers": employers,
        "history_href": _history(request, place),
    }
    if question.may_name(place) and found.total.people:
        shown["residents"] = residents.listed(
            place, programme=programme, asked=question, number=request.GET.get("page", ""), size=PAGE
        )
        looked(request, "building", shown["residents"].public_ids)
    return render(request, "reports/building.html", shown)


def _shared(question: Asked, place: Area | Building, found: Board, programme: Programme) -> dict[str, Any]:
    """What the boards of areas and buildings both show."""
    of = question.of
    before = coverage(place=place, programme=programme, on=question.yesterday, of=of)
    daily = doses_by_day(place=place, programme=programme, on=question.on, of=of, days=DAYS + 1)
    over = findings.whole_days(daily, today=question.today)
    return {
        "place": place,
        "place_name": name_of(place),
        "asked": question,
        "on": question.on,
        "total": found.total,
        "people_here": PEOPLE_HERE[question.of],
        "counted": COUNTED[question.of],
        "nobody": NOBODY[question.of],
        "denominators": _denominators(question, place),
        "before_href": question.on_day(question.yesterday).board(place),
        "after_href": question.on_day(question.tomorrow).board(place),
        "today_href": question.on_day(question.today).board(place),
        "changes": figures.changes(place=place, asked=question, total=found.total, before=before, daily=daily),
        "shares": figures.shares(place=place, asked=question, total=found.total, has_last_days=not programme.group),
        "stands": figures.stands(place=place, asked=question, total=found.total),
        "told": figures.told(place=place, asked=question, total=found.total),
        "lines": figures.lines(place=place, asked=question, total=found.total),
        "doses_finding": findings.doses_finding(over),
        "doses_labels": [day.on for day in over],
        "doses_series": findings.doses_series(over),
    }


def _trail(request: HttpRequest, question: Asked, place: Area | Building) -> list[dict[str, str]]:
    """The way down to a place, from the highest area the worker may see."""
    lowest = place.area if isinstance(place, Building) else place
    seen = rights.paths(request, Right.FIGURES)
    above = [found for found in ancestors(lowest) if any(found.path.startswith(path) for path in seen)]
    if not isinstance(place, Building):
        above = above[:-1]
    # A tower is first counted by its workers, its area by its residents: the way up asks anew whom to count.
    up = question.counted_by("living") if isinstance(place, Building) and question.of == "working" else question
    return [*({"label": name_of(found), "href": up.board(found)} for found in above), {"label": name_of(place)}]


def _history(request: HttpRequest, place: Area | Building) -> str:
    """The journal of a place, for those who may read it; else nothing."""
    may_read = rights.has_over_all(request, Right.JOURNAL)
    return f"{reverse('journal:index')}?of={place.public_id}" if may_read else ""


def _denominators(question: Asked, place: Area | Building) -> list[dict[str, Any]]:
    return [
        {"label": capfirst(str(STAYS[of])), "href": question.counted_by(of).board(place), "current": of == question.of}
        for of in PEOPLE_HERE
    ]


def _addresses(place: Area, question: Asked) -> dict[str, Any]:
    def of(name: str, *more: str) -> str:
        return f"{reverse(f'reports:{name}', args=[place.public_id, *more])}?{question.query()}"

    return {
        "shapes_url": of("buildings-geojson"),
        "areas_url": of("areas-geojson"),
        "exports": [{"label": form.upper(), "href": of("export", form)} for form in ("csv", "xlsx")],
    }
