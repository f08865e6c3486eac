"""Scripts and formulas in names: only text, on every page that shows one and in every file that holds one."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import deque
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from addresses import every_address
from django.urls import reverse
from openpyxl import load_workbook
from two_committees import BREAKOUT, EVIL, FORMULA, SCRIPTED, Ground, browser

# Attributes in which a browser runs what it reads, and schemes of addresses that it runs.
RUNS = ("on", "srcdoc", "style")
SCHEMES = ("javascript:", "data:text", "vbscript:")
LIVE = ("=", "+", "-", "@", "\t", "\r")
MOST = 120


class Seen(HTMLParser):
    """What a browser would make of a page: scripts, what runs, where links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[str] = []
        self.links: list[str] = []
        self.in_script = False
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "script" and not told.get("src"):
            self.runs.append("an inline script")
        if tag in ("iframe", "object", "embed", "base"):
            self.runs.append(tag)
        for name, value in attrs:
            if name.startswith(RUNS):
                self.runs.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction") and (value or "").strip().lower().startswith(SCHEMES):
                self.runs.append(f"{tag} {name}={value}")
        if tag == "img" and told.get("src") == "x":
            self.runs.append("the image of a name")
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def looked_at(content: str) -> Seen:
    page = Seen()
    page.feed(content)
    page.close()
    return page


def form_of(path: str) -> str:
    """An address without what only filters: one page of each form is enough, the first that leads there."""
    told = urlsplit(path)
    names = sorted(part.partition("=")[0] for part in told.query.split("&") if part)
    return re.sub(r"/[\w-]{12}(?=[/.])", "/*", told.path) + "?" + "&".join(names)


@pytest.mark.parametrize("username", ["office", "north"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_shows_names_as_text(username: str, language: str, ground: Ground) -> None:
    """Every page that links lead to, and every other address that answers."""
    client = browser(username, language)
    waiting = deque(
        ["/board/", "/due/?group=people", "/lists/", "/duplicates/", "/accounts/", "/journal/", "/account/"]
    )
    waiting.extend(address.path for address in every_address(ground) if not address.is_foreign)
    done: set[str] = set()
    shown = 0
    while waiting and len(done) < MOST:
        path = waiting.popleft()
        form = form_of(path)
        if form in done or path.startswith(("/demo/", "/sign-out")):
            continue
        done.add(form)
        answer = client.get(path)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = looked_at(answer.content.decode())
        assert page.runs == [], path
        shown += any(EVIL in text or BREAKOUT in text for text in page.text)
        for link in page.links:
            target = urlsplit(urljoin(path, link))
            if not target.netloc:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    assert shown > 12  # there was something to run


def is_number(cell: str) -> bool:
    """Whether a program that reads a cell finds a plain number in it."""
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


def cells_of(content: bytes) -> list[tuple[Any, bool]]:
    """Every cell of a workbook and whether a program would compute it."""
    book = load_workbook(io.BytesIO(content))
    return [(cell.value, cell.data_type == "f") for sheet in book for row in sheet.iter_rows() for cell in row]


def test_no_file_holds_anything_live(ground: Ground) -> None:
    client = browser("office")
    place = ground.areas["S"].public_id
    books = [
        client.get("/due/export.xlsx?group=people"),
        client.get(reverse("reports:export", args=[place, "xlsx"])),
        client.get(f"{reverse('lists:rows-file', args=[ground.own_list.public_id])}?outcome=bad"),
        client.post(reverse("lists:take-out"), {"kind": "people", "area": place, "ending": "xlsx"}),
        client.post(reverse("lists:take-out"), {"kind": "doses", "area": place, "ending": "xlsx"}),
    ]
    texts: list[Any] = []
    for answer in books:
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        found = cells_of(answer.content)
        assert [value for value, is_live in found if is_live] == []
        texts += [value for value, _ in found]
    assert any(EVIL in str(text) for text in texts)
    assert FORMULA in [str(text).lstrip("'") for text in texts]


def test_no_text_file_holds_anything_live(ground: Ground) -> None:
    client = browser("office")
    place = ground.areas["S"].public_id
    files = [
        client.get("/due/export.csv?group=people"),
        client.get(reverse("reports:export", args=[place, "csv"])),
        client.post(reverse("lists:take-out"), {"kind": "people", "area": place, "ending": "csv"}),
    ]
    cells: list[str] = []
    for answer in files:
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/csv")
        assert answer["X-Content-Type-Options"] == "nosniff"
        for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))):
            cells += row
    assert [cell for cell in cells if cell.startswith(LIVE) and not is_number(cell)] == []
    assert any(FORMULA in cell for cell in cells)


def test_json_is_never_taken_for_a_page(ground: Ground) -> None:
    client = browser("office")
    for path in (
        reverse("people:whole-file", args=[ground.people[SCRIPTED].public_id]),
        reverse("reports:areas-geojson", args=[ground.areas["S"].public_id]),
        reverse("reports:buildings-geojson", args=[ground.areas["S"].public_id]),
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "json" in answer["Content-Type"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert EVIL in json.dumps(json.loads(answer.content), ensure_ascii=False) or "features" in json.loads(
            answer.content
        )
