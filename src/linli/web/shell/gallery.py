"""The gallery: every part of the design system in each of its states, on one page, for whoever builds pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.web.shell.statuses import LOOKS

ON = dt.date(2021, 6, 20)
LONG_NAME = "阿卜杜热合曼·买买提艾力·图尔荪尼亚孜"
LONG_AREA = "上海市静安区石门二路街道第一百零八弄居民区第三居民小组"
# invented, as everything here
ROWS = (
    ("王秀英", 78, "东王小区 12 号楼", "overdue", dt.date(2021, 6, 12)),
    (LONG_NAME, 64, LONG_AREA, "due", dt.date(2021, 7, 9)),
    ("Anneliese Wolkenstein-Rodenegg", 41, "Lane 1184, tower 3", "waiting", dt.date(2021, 6, 21)),
    ("陈国强", 35, "东王小区 3 号楼", "unknown", None),
    ("李小雨", 2, "新福康里 8 号楼", "not_eligible", None),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As it stands on the identity card."))
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False)
    born_on = forms.DateField(label=gettext_lazy("Born on"), widget=forms.DateInput(attrs={"type": "date"}))
    building = forms.ChoiceField(label=gettext_lazy("Building"), choices=[("1", "东王小区 12 号楼"), ("2", LONG_AREA)])
    counted = forms.ChoiceField(
        label=gettext_lazy("Counted by"),
        widget=forms.RadioSelect,
        choices=[("r", gettext_lazy("Registered here")), ("l", gettext_lazy("Living here"))],
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False)
    covers = forms.BooleanField(label=gettext_lazy("This list says who had which dose"), required=False)
    file = forms.FileField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy("CSV or XLSX, up to 2 million rows. Drop it here or choose it."),
    )


class SampleFilters(forms.Form):
    """A due list's filters."""

    q = forms.CharField(label=gettext_lazy("Name or building"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("Any")), *((code, look.word) for code, look in LOOKS.items())],
    )
    on = forms.DateField(label=gettext_lazy("On"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].css = "field-wide"  # type: ignore[attr-defined]  # read by the filters tag's template


def sample(request: HttpRequest) -> dict[str, Any]:
    """What the gallery's template shows; all of it invented."""
    firsts = [round(40 + 38 * ((i * 7) % 10) / 10 + i * 2.5) for i in range(60)]
    menu = [_("Today"), _("Due list"), _("Coverage"), _("People"), _("Lists"), _("Programme"), _("Workers")]
    return {
        "on": ON,
        "invented": True,
        "version": "0.1",
        "area_name": LONG_AREA,
        "worker_name": "周敏 (居委会)",
        "sign_out_url": "#",
        "nav": [{"label": label, "href": "#", "current": i == 1} for i, label in enumerate(menu)],
        "trail": [{"label": "静安区", "href": "#"}, {"label": LONG_AREA, "href": "#"}, {"label": "12 号楼"}],
        "codes": list(LOOKS),
        "words": [_("Overdue"), LONG_AREA, "12 号楼"],
        "empty_form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "born_on": "2021-13-40", "building": "1"}, auto_id="wrong_%s"),
        "filter_form": SampleFilters(request.GET or {"status": "due"}, auto_id="filter_%s"),
        "rows": ROWS,
        "page": Paginator(range(10_000), 50).get_page(request.GET.get("page") or 7),
        "exports": [{"label": "CSV", "href": "#csv"}, {"label": "XLSX", "href": "#xlsx"}],
        "views": [
            {"label": _("All"), "href": "#", "count": 8012},
            {"label": _("Enters its window"), "href": "#", "current": True, "count": 340},
            {"label": _("Last seven days"), "href": "#", "count": 61},
            {"label": _("Overdue"), "href": "#", "count": 0},
        ],
        "denominators": [
            {"label": _("Registered here"), "href": "#", "current": True},
            {"label": _("Living here"), "href": "#"},
            {"label": _("Working here"), "href": "#"},
        ],
        "pairs": [
            (_("Name"), LONG_NAME),
            (_("Born on"), "1957年3月8日"),
            (_("Lives at"), LONG_AREA),
            (_("Phone"), None),
        ],
        "chart_days": [ON - dt.timedelta(days=59 - i) for i in range(60)],
        "chart_series": [
            {"name": _("First dose"), "values": firsts},
            {"name": _("Second dose"), "values": [None] * 21 + [round(v * 0.82) for v in firsts[:39]]},
        ],
        "share_series": [{"name": _("First dose"), "values": [min(0.93, 0.08 + i * 0.0145) for i in range(60)]}],
        "no_series": [{"name": _("First dose"), "values": []}],
        "buildings": static("shell/gallery-buildings.geojson"),
        "areas": static("shell/gallery-areas.geojson"),
        "shares": [None, 0.0, 0.004, 0.634, 0.9996, 1.0],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery; wired only where the demonstration runs."""
    return render(request, "shell/gallery.html", sample(request))


def public_sample(request: HttpRequest) -> HttpResponse:
    """Show the public frame with a sample answer; wired only where the demonstration runs."""
    return render(request, "shell/gallery_public.html", {"on": ON, "invented": True, "area_name": "石门二路街道"})
