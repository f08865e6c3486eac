"""The design system: parts that say what they show, pages the policy allows, libraries that nobody changed."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from linli.web.shell import chart, days, gallery
from linli.web.shell.statuses import LOOKS

ROOT = Path(__file__).resolve().parents[2]
SHELL = ROOT / "src/linli/web/shell"
CSS = (SHELL / "static/shell/linli.css").read_text()
ON = dt.date(2021, 6, 20)


def show(source: str, address: str = "/", **values: object) -> str:
    """Render a template's text with the shell's tags, in English unless the caller chose another language."""
    template = engines["django"].from_string("{% load shell %}" + source)
    return template.render(values, RequestFactory().get(address))


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


# ---- a strict content security policy ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((SHELL / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_nothing_the_policy_forbids(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle=|\son\w+=|hx-on|javascript:|<style|<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"https?://", source.replace("http://www.w3.org/2000/svg", ""))


def test_scripts_evaluate_nothing() -> None:
    for name in ("shell.js", "map.js"):
        source = (SHELL / "static/shell" / name).read_text()
        assert not re.search(r"\beval\(|new Function|innerHTML|https?://", source)


# ---- vendored libraries -----------------------------------------------------------------------------------------


@pytest.fixture
def vendor() -> ModuleType:
    """tools/vendor.py as a module."""
    spec = importlib.util.spec_from_file_location("vendor_tool", ROOT / "tools/vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def test_vendored_files_are_what_the_list_says(vendor: ModuleType) -> None:
    assert vendor.problems() == []


def test_a_changed_a_missing_and_a_stray_file_are_told(
    vendor: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (vendor.SERVED, vendor.TESTS):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr(vendor, "LIST", tmp_path / vendor.SERVED / "VENDORED.toml")
    served = vendor.SERVED.as_posix()
    with (tmp_path / vendor.SERVED / "htmx/htmx.min.js").open("a") as script:
        script.write(" ")
    (tmp_path / vendor.SERVED / "leaflet/leaflet.css").unlink()
    (tmp_path / vendor.SERVED / "stray.js").write_text("")
    assert vendor.problems() == [
        f"missing: {served}/leaflet/leaflet.css",
        f"not listed: {served}/stray.js",
        f"changed: {served}/htmx/htmx.min.js",
    ]


# ---- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "on", "beside", "said"),
    [
        ("en", dt.date(2021, 6, 21), None, "Mon 21 June"),
        ("zh-hans", dt.date(2021, 6, 21), None, "6月21日 周一"),
        ("en", dt.date(2021, 6, 27), ON, "Sun 27 June"),
        ("en", dt.date(2022, 1, 1), ON, "Sat 1 January 2022"),
        ("zh-hans", dt.date(2022, 1, 1), ON, "2022年1月1日 周六"),
    ],
)
def test_day(language: str, on: dt.date, beside: dt.date | None, said: str) -> None:
    with translation.override(language):
        assert show("{{ on|day:beside }}", on=on, beside=beside) == said


@pytest.mark.parametrize(
    ("offset", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-8, "8 days ago"), (1200, "in 1,200 days")],
)
def test_days_left(offset: int, said: str) -> None:
    assert show("{{ until|days_left:on }}", until=ON + dt.timedelta(days=offset), on=ON) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "—"), (0, "0.0%"), (0.0001, "0.1%"), (0.634, "63.4%"), (0.9996, "99.9%"), (1, "100.0%")],
    ids=["none", "zero", "never down to none", "plain", "never up to all", "all"],
)
def test_percent(share: float | None, said: str) -> None:
    assert show("{{ share|percent }}", share=share) == said


def test_other_words() -> None:
    values = {"on": ON, "at": dt.time(9, 5), "none": None}
    source = "{{ on|long_day }}; {{ on|short_day }}; {{ at|clock }}; {{ 1234567|number }}; {{ none|day }}"
    assert show(source, **values) == "20 June 2021; 20 Jun; 09:05; 1,234,567; —"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3, "a few seconds"), (38, "about 40 seconds"), (100, "about 2 minutes"), (61 * 60, "about 61 minutes")],
)
def test_duration(seconds: float, said: str) -> None:
    assert days.duration(seconds) == said


# ---- tags -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LOOKS)
def test_a_status_is_colour_and_icon_and_word(code: str) -> None:
    html = show("{% status code %}", code=code)
    assert f"tone-{LOOKS[code].tone}" in html
    assert f"--s-{LOOKS[code].tone}:" in CSS
    assert "<svg" in html
    assert f"<span>{LOOKS[code].word}</span>" in html


def test_statuses_that_share_a_colour_differ_in_icon_and_word() -> None:
    assert len({look.icon for look in LOOKS.values()}) == len(LOOKS)
    assert len({str(look.word) for look in LOOKS.values()}) == len(LOOKS)


def test_query_keeps_the_rest_of_the_address() -> None:
    source = "{% query page=2 sort=None %}"
    assert (
        show(source, "/list?status=due&sort=age&page=9&area=%E9%9D%99") == "?status=due&amp;page=2&amp;area=%E9%9D%99"
    )
    assert show("{% query status=None %}", "/list?status=due") == "?"


@pytest.mark.parametrize(
    ("address", "state", "href"),
    [
        ("/?status=due&page=3", None, "?status=due&amp;sort=age"),
        ("/?sort=age", "ascending", "?sort=-age"),
        ("/?sort=-age", "descending", "?sort=age"),
        ("/?sort=name", None, "?sort=age"),
    ],
)
def test_a_head_sorts_and_says_so(address: str, state: str | None, href: str) -> None:
    html = show('{% th "age" "Age" css="num" %}', address)
    assert f'href="{href}"' in html
    assert ("aria-sort" in html) == (state is not None)
    assert state is None or f'aria-sort="{state}"' in html


def test_a_table_has_count_exports_pages_and_an_empty_state() -> None:
    page = Paginator(range(120), 50).get_page(2)
    head = '{% data_table label count=n page=page exports=links empty_title="No one" %}'
    body = head + '<tbody id="b"></tbody>{% end_data_table %}'
    links = [{"label": "CSV", "href": "/list.csv?status=due"}]
    full = show(body, "/?status=due", label="Due <list>", n=120, page=page, links=links)
    assert "Due &lt;list&gt;" in full
    assert '<tbody id="b"></tbody>' in full
    assert 'href="/list.csv?status=due"' in full
    assert "51 to 100 of 120" in full
    assert 'href="?status=due&amp;page=3"' in full
    assert 'role="region" aria-label="Rows of Due &lt;list&gt;"' in full
    none = show(body, "/?status=due", label="Due <list>", n=0, page=page, links=links)
    assert "No one" in none
    assert "<tbody" not in none
    assert "list.csv" not in none


class Sample(forms.Form):
    """Two fields, one with a hint."""

    name = forms.CharField(label="Name", help_text="As on the card.")
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label="Note", required=False)


def test_a_field_ties_hint_and_error_to_its_input() -> None:
    html = show("{% field form.name %}", form=Sample({"name": ""}))
    assert '<label class="field-label" for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "(optional)" in show("{% field form.note %}", form=Sample())
    assert "<legend" in show("{% field form.kind %}", form=Sample())


def test_the_error_summary_leads_to_each_field() -> None:
    html = show("{% error_summary form %}", form=Sample({"name": "", "kind": "c"}))
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert 'href="#id_kind_0"' in html
    assert 'role="alert"' in html
    assert show("{% error_summary form %}", form=Sample({"name": "x", "kind": "a"})).strip() == ""


def test_filters_keep_the_sorting_and_can_be_cleared() -> None:
    class Filters(forms.Form):
        q = forms.CharField(label="Name", required=False)

    html = show("{% filters form %}", "/list?q=wang&sort=-age&page=4", form=Filters({"q": "wang"}))
    assert '<input type="hidden" name="sort" value="-age">' in html
    assert 'name="page"' not in html
    assert 'href="?sort=-age"' in html
    assert 'type="submit"' in html


def test_progress_polls_only_while_it_runs() -> None:
    source = (
        '{% progress "Rows" done=done total=total seconds_left=95 state=state poll_url="/job/1" stop_url="/stop" %}'
    )
    running = show(source, done=1200, total=8000, state="running")
    assert 'hx-get="/job/1"' in running
    assert 'hx-trigger="every 1s"' in running
    assert 'aria-valuenow="1200"' in running
    assert "1,200 of 8,000" in running
    assert "about 2 minutes left" in running
    done = show(source, done=8000, total=8000, state="done")
    assert "hx-get" not in done
    assert "/stop" not in done
    assert 'role="status"' in done
    assert "refresh" in show("{% progress_refresh %}")
    assert show('{% progress_refresh "done" %}') == ""


def test_a_chart_has_its_values_as_a_table() -> None:
    series = [{"name": "First", "values": [3, None, 5]}]
    labels = [ON + dt.timedelta(days=i) for i in range(3)]
    source = '{% line_chart series labels title="Doses rise" unit="a day" source="Register" %}'
    html = show(source, series=series, labels=labels)
    assert re.findall(r'<td class="num">(.*?)</td>', html) == ["3", "—", "5"]
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["Sun 20 June", "Mon 21 June", "Tue 22 June"]
    assert "Doses rise" in html
    assert "Register" in html
    none = show(source, series=[{"name": "First", "values": []}], labels=[])
    assert "No figures yet" in none


@pytest.mark.parametrize(
    ("largest", "top", "step"),
    [(0, 4, 1), (3, 3, 1), (7, 8, 2), (100, 100, 25), (101, 150, 50), (0.5, 0.6, 0.2), (4180, 6000, 2000)],
)
def test_an_axis_ends_at_a_round_number(largest: float, top: float, step: float) -> None:
    assert chart.nice_top(largest) == (pytest.approx(top), pytest.approx(step))


@pytest.mark.parametrize(
    ("rows", "ticks"),
    [
        ([[0, 1]], [0, 1]),
        ([[0, 2]], [0, 1, 2]),
        ([[10]], [0, 3, 6, 9, 12]),
        ([[0, 0]], [0, 1, 2, 3, 4]),
        ([[0.5]], None),
    ],
    ids=["one", "two", "ten", "nothing", "a share"],
)
def test_an_axis_of_counts_has_whole_labels(rows: list[list[float]], ticks: list[float] | None) -> None:
    values = [tick.value for tick in chart.draw(["Doses"], rows).y_ticks]
    assert all(value.is_integer() for value in values) is (ticks is not None)
    assert ticks is None or values == ticks


def test_a_line_breaks_where_a_value_is_missing() -> None:
    line = chart.draw(["First"], [[0, 4, None, 2]], top=4).lines[0]
    assert line.path == "M0.0,1000.0L333.3,0.0 M1000.0,500.0L1000.1,500.0"
    assert (line.last_x, line.last_y, line.last_value) == (100, 50, 2)


def test_the_map_asks_nothing_of_the_outside() -> None:
    html = show('{% area_map "/b.geojson" "First dose" areas_url="/a.geojson" table_href="/table" %}')
    assert 'data-tiles=""' in html
    assert 'href="/table"' in html
    assert not re.search(r'(?:src|href)="https?:', html)
    words = [re.sub(r"<[^>]+>", "", item).strip() for item in re.findall(r"<li>.*?</li>|<li .*?</li>", html, re.DOTALL)]
    assert words == ["under 40%", "40%+", "60%+", "70%+", "80%+", "90%+", "no data"]


def test_text_from_people_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    source = """{% status "due" bad %}{% figure bad bad of=bad change=bad %}{% meter 0.5 bad of=bad wide=True %}
    {% empty bad hint=bad %}
    {% notice "info" title=bad %}{{ bad }}{% end_notice %}{% button bad href=bad %}
    {% post_button bad bad x=bad %}{% facts pairs %}
    {% tabs items bad %}{% breadcrumb items %}{% th "a" bad %}{% progress bad done=1 detail=bad %}
    {% line_chart series labels title=bad unit=bad source=bad %}{% area_map bad bad title=bad source=bad %}"""
    values = {
        "pairs": [(bad, bad)],
        "items": [{"label": bad, "href": bad}],
        "series": [{"name": bad, "values": [1]}],
        "labels": [bad],
    }
    html = show(source, bad=bad, **values)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


# ---- whole pages ------------------------------------------------------------------------------------------------

PARTS = [
    *["figure", "status", "tabs", "segments", "filters", "data_table", "line_chart", "meter", "area_map"],
    *["progress", "facts", "notice", "button", "field", "error_summary", "empty", "words"],
]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_gallery_shows_every_part(language: str) -> None:
    with translation.override(language):
        html = gallery.gallery(RequestFactory().get("/shell/")).content.decode()
    assert [part for part in PARTS if f'data-part="{part}"' not in html] == []
    assert html.count("<h1") == 1
    assert len(html) < 300_000


def test_every_tag_is_in_the_gallery() -> None:
    from linli.web.shell.templatetags.shell import register

    source = (SHELL / "templates/shell/gallery.html").read_text()
    drawn_by_others = {"th", "pagination", "icon", "query"}  # inside the list above, or other parts' pieces
    assert [tag for tag in register.tags if f"{{% {tag} " not in source and tag not in drawn_by_others] == []


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_error_pages_need_no_request(name: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"{name}.html")
    assert html.count("<h1>") == 1
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in html
    assert 'href="/"' in html
    assert html.count("<p>") == 4


@pytest.mark.parametrize("frame", ["shell/base.html", "shell/public.html"])
def test_a_page_needs_nothing_from_its_view(frame: str) -> None:
    html = engines["django"].from_string("{% extends frame %}").render({"frame": frame})
    assert '<main id="main"' in html
    assert 'class="skip-link"' in html
