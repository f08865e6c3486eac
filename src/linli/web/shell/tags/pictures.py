"""Progress, charts and maps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linli.web.shell import chart as charts
from linli.web.shell import days

register = template.Library()
PARTS = "shell/components/"


@register.inclusion_tag(PARTS + "progress.html", takes_context=True)
def progress(
    context: Context,
    label: str,
    done: int,
    total: int | None = None,
    seconds_left: float | None = None,
    state: str = "running",
    poll_url: str = "",
    stop_url: str = "",
    detail: str = "",
    ident: str = "progress",
) -> dict[str, Any]:
    """Long work: a bar, counts and time left; state is running, done, stopped or failed.

    While running it fetches `poll_url` every second and replaces itself with the answer, which holds this same tag.
    `{% progress _("Reading rows") done=1200 total=8000 seconds_left=40 poll_url=url stop_url=stop %}`
    """
    return {
        "label": label,
        "done": done,
        "total": total,
        "left": days.duration(seconds_left) if seconds_left is not None else "",
        "state": state,
        "poll_url": poll_url if state == "running" else "",
        "stop_url": stop_url if state == "running" else "",
        "detail": detail,
        "ident": ident,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def progress_refresh(state: str = "running", seconds: int = 5) -> SafeString | str:
    """For the page's head, `{% progress_refresh state %}`: without scripts the page loads anew while work runs."""
    if state != "running":
        return ""
    return format_html('<noscript><meta http-equiv="refresh" content="{}"></noscript>', seconds)


@register.inclusion_tag(PARTS + "line_chart.html")
def line_chart(
    series: Sequence[Mapping[str, Any]],
    labels: Sequence[Any],
    title: str,
    unit: str,
    source: str = "",
    kind: str = "count",
    column: str = "",
    ident: str = "chart",
) -> dict[str, Any]:
    """Lines over days, drawn on the server; `title` states the finding, `source` says what it is from and as of when.

    `series`: up to four of {"name": "First dose", "values": [3, 5, None]}; `labels`: dates or words, one a value;
    kind is count or percent (shares from 0 to 1); `column` heads the table's first column.
    """
    words = [days.short_day(x) if isinstance(x, dt.date) else str(x) for x in labels]
    full = [days.day(x) if isinstance(x, dt.date) else str(x) for x in labels]
    names = [str(one["name"]) for one in series]
    rows = [list(one["values"]) for one in series]
    say = days.percent if kind == "percent" else days.number
    axis = _whole_percent if kind == "percent" else _plain
    drawing = charts.draw(names, rows, top=1.0 if kind == "percent" else None)
    return {
        "title": title,
        "unit": unit,
        "source": source,
        "column": column or _("Day"),
        "ident": ident,
        "names": names,
        "drawing": drawing,
        "lines": [(line, say(line.last_value)) for line in drawing.lines],
        "y_ticks": [(tick, axis(tick.value)) for tick in drawing.y_ticks],
        "x_ticks": [(tick, words[tick.index]) for tick in drawing.x_ticks],
        "has_values": any(value is not None for row in rows for value in row),
        "table": [(full[i], [say(row[i]) for row in rows]) for i in range(len(labels))],
        "range": (full[0], full[-1]) if full else ("", ""),
    }


def _whole_percent(value: float) -> str:
    return days.percent(value, places=0)


def _plain(value: float) -> str:
    return days.number(int(value)) if value == int(value) else days.number(round(value, 2))


BREAKS = (0.4, 0.6, 0.7, 0.8, 0.9)


@register.inclusion_tag(PARTS + "area_map.html")
def area_map(
    geojson_url: str,
    label: str,
    areas_url: str = "",
    table_href: str = "",
    title: str = "",
    source: str = "",
    breaks: Sequence[float] = BREAKS,
    tile_url: str = "",
    tile_credit: str = "",
    ident: str = "map",
) -> dict[str, Any]:
    """Buildings coloured by coverage, areas outlined; no outside request unless `tile_url` is set.

    `geojson_url` gives a FeatureCollection whose properties are name, share (0 to 1, or null), text (one line, in the
    reader's language) and href; `areas_url` one with name. `breaks` are the five shares at which a colour begins.
    `{% area_map url _("First dose by building") areas_url=... table_href=... title=finding source=... %}`
    """
    edges = [0.0, *breaks, 1.0]
    steps = [(i + 1, days.percent(edges[i], places=0)) for i in range(len(edges) - 1)]
    origin = urlsplit(tile_url)
    return {
        "geojson_url": geojson_url,
        "areas_url": areas_url,
        "label": label,
        "title": title,
        "source": source,
        "table_href": table_href,
        "breaks": ",".join(str(edge) for edge in breaks),
        "steps": steps,
        "tile_url": tile_url if origin.path else "",
        "tile_credit": tile_credit,
        "ident": ident,
    }
