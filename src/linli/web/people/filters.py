"""What a reader of the due list asks for, read from the address: the saved filter, but for a search by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.eligibility import Schedule
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area
from linli.records.reports.queries import SORTS, DueFilter
from linli.web.day import chosen_day, today
from linli.web.people.choices import Ground, area_choices, building_choices, employer_choices, place_name
from linli.web.people.long_select import LongSelect
from linli.web.people.searching import searched
from linli.words.reasons import GROUPS, product_name
from linli.words.states import DENOMINATORS as STAYS

DEFAULT_GROUP = "open"
MORE = ("group", "of", "employer", "vaccine", "dose", "on")


@dataclass(frozen=True)
class Asked:
    """A filter, the form that shows it, and its parts in words."""

    want: DueFilter
    form: DueForm
    words: list[str]
    is_filtered: bool
    more_used: bool


class DueForm(forms.Form):
    """The filters of the due list, all optional."""

    search = forms.CharField(
        label=gettext_lazy("Name or last digits of phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    group = forms.ChoiceField(label=gettext_lazy("Which people"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False, widget=LongSelect)
    building = forms.ChoiceField(label=gettext_lazy("Building"), required=False, widget=LongSelect)
    employer = forms.ChoiceField(label=gettext_lazy("Employer"), required=False, widget=LongSelect)
    of = forms.ChoiceField(label=gettext_lazy("Counted by"), required=False)
    vaccine = forms.ChoiceField(label=gettext_lazy("Begun with"), required=False)
    dose = forms.ChoiceField(label=gettext_lazy("Next dose"), required=False)
    on = forms.DateField(
        label=gettext_lazy("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, want: DueFilter, rules: Schedule, ground: Ground) -> None:
        super().__init__(initial=_initial(want))
        choices: dict[str, Any] = {
            "group": list(GROUPS.items()),
            "area": [("", _("All areas")), *area_choices(ground)],
            "building": [("", _("All buildings")), *building_choices(ground, want.building)],
            "employer": [("", _("All employers")), *employer_choices(ground, want.employer)],
            "of": [("", _("Any")), *STAYS.items()],
            "vaccine": [
                ("", _("Any product")),
                *((row.code, product_name(rules, row.code)) for row in rules.own_vaccines),
            ],
            "dose": [("", _("Any dose")), *((number, number) for number in range(1, _most_doses(rules) + 1))],
        }
        for name, options in choices.items():
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # every name above is one
            chosen.choices = options

    def more(self) -> list[BoundField]:
        """The fields that are folded away until one of them is used."""
        return [self[name] for name in MORE]


def asked(request: HttpRequest, *, rules: Schedule, ground: Ground) -> Asked:
    """The filter in the address. A place outside the worker's areas does not exist; any other odd value is left out."""
    sent = request.GET
    group, of = sent.get("group", ""), sent.get("of", "")
    sort = sent.get("sort", "")
    dose = sent.get("dose", "")
    vaccine = sent.get("vaccine", "")
    area = _found(ground.areas, sent.get("area", ""))
    ground.choose(area)
    building = ground.building(sent.get("building", ""))
    if building is not None and area is not None and not building.area.path.startswith(area.path):
        building = None  # another area was chosen after the building
    employer = ground.employer(sent.get("employer", ""))
    want = DueFilter(
        on=chosen_day(request),
        group=group if group in GROUPS else DEFAULT_GROUP,
        of=of if of in DENOMINATORS else "",
        area=area,
        building=building,
        employer=employer,
        vaccine=vaccine if vaccine in rules.vaccine_codes else "",
        dose=int(dose) if dose in [str(number) for number in range(1, _most_doses(rules) + 1)] else None,
        search=searched(request),
        sort=sort if sort.lstrip("-") in SORTS else "latest",
    )
    more_used = any((want.of, want.employer, want.vaccine, want.dose, want.on != today()))
    is_filtered = more_used or any((want.area, want.building, want.search))
    return Asked(want, DueForm(want, rules, ground), _words(want, rules), is_filtered, more_used)


def _found(areas: list[Area], public_id: str) -> Area | None:
    if not public_id:
        return None
    for area in areas:
        if area.public_id == public_id:
            return area
    raise Http404


def _most_doses(rules: Schedule) -> int:
    return max(len(series.doses) for series in rules.series)


def _initial(want: DueFilter) -> dict[str, Any]:
    return {
        "search": want.search,
        "group": want.group,
        "area": want.area.public_id if want.area else "",
        "building": want.building.public_id if want.building else "",
        "employer": want.employer.public_id if want.employer else "",
        "of": want.of,
        "vaccine": want.vaccine,
        "dose": want.dose or "",
        "on": want.on.isoformat(),
    }


def _words(want: DueFilter, rules: Schedule) -> list[str]:
    """The filter as people say it: for the head of the page and of a printed sheet."""
    words = [str(GROUPS[want.group])]
    words += [place_name(place) for place in (want.area, want.building, want.employer) if place]
    if want.of:
        words.append(str(STAYS[want.of]))
    if want.vaccine:
        words.append(_("begun with {product}").format(product=product_name(rules, want.vaccine)))
    if want.dose:
        words.append(_("dose {number}").format(number=want.dose))
    if want.search:
        words.append(f"“{want.search}”")
    return words
