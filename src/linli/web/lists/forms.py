"""The form by which a list is loaded."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.records.lists.models import List
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.web.day import today
from linli.web.shell.days import number
from linli.words.problems import BASES, refusal_words
from linli.words.reasons import in_language

NEW = "new"
RANKS = (
    ("10", _("First: an official register, such as the police or the city's vaccination system")),
    ("30", _("Middle: the committee's or an employer's own list")),
    ("60", _("Last: a list made in passing, such as a sign-up sheet")),
)


class LoadForm(forms.Form):
    """A file, and what it cannot say of itself."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, as the office has it; Chinese or English header."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Check that the right file was chosen."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.tsv,.txt"}),
    )
    area = forms.ChoiceField(
        label=_("Area the list is about"),
        help_text=_("Addresses are looked up here and below; what lies outside is kept as elsewhere."),
        error_messages={"required": _("Choose an area.")},
    )
    source = forms.ChoiceField(
        label=_("Who wrote it"),
        help_text=_("Where two sources differ, the one believed first is shown."),
        error_messages={"required": _("Say who wrote the list.")},
    )
    source_name = forms.CharField(label=_("Name of the new source"), max_length=120, required=False)
    source_rank = forms.ChoiceField(
        label=_("How far it is believed"), choices=RANKS, widget=forms.RadioSelect, required=False, initial="30"
    )
    covers_doses = forms.TypedChoiceField(
        label=_("Would this list show a dose if the person had had one?"),
        help_text=_(
            "Yes, and a person without a dose counts as not vaccinated. No, and a person without a dose stays unknown. "
            "For areas, buildings, doors and employers: no."
        ),
        choices=(("yes", _("Yes, it covers doses")), ("no", _("No, or only for some people"))),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the list covers doses: who is due depends on it.")},
    )
    as_of = forms.DateField(
        label=_("The list was true on"),
        help_text=_("The day it was printed or exported. Newer lists are believed before older ones."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day as 2021-06-20.")},
    )
    basis = forms.ChoiceField(
        label=_("The people of this list"),
        help_text=_("Counts only where the list itself has no column that says so."),
        choices=list(BASES.items()),
        widget=forms.RadioSelect,
        initial=List.Basis.LIVING,
    )

    def __init__(self, *args: Any, areas: list[Area], sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {source.code: source for source in sources}
        field = self.fields["area"]
        field.choices = area_options(areas)  # type: ignore[attr-defined]
        field.required = bool(areas)
        known = [(source.code, source.name) for source in sources]
        field = self.fields["source"]
        field.choices = [("", _("Choose a source")), *known, (NEW, _("A new source: name it below"))]  # type: ignore[attr-defined]
        self.fields["as_of"].initial = today

    def clean_file(self) -> Any:
        """A file of more than the most that a list can have is refused unread."""
        file = self.cleaned_data["file"]
        if file.size > settings.LIST_MAX_BYTES:
            raise ValidationError(too_large_words(file.size))
        return file

    def clean(self) -> dict[str, Any]:
        """A new source needs its name and how far it is believed."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("source") != NEW:
            return told
        name = " ".join((told.get("source_name") or "").split())
        told["source_name"] = name
        if not name:
            self.add_error("source_name", _("Name the new source, such as “Residents' committee, June”."))
        elif name.casefold() in {source.name.casefold() for source in self.sources.values()}:
            self.add_error("source_name", _("A source of this name is there already. Choose it above."))
        if not told.get("source_rank"):
            self.add_error("source_rank", _("Say how far it is believed."))
        return told


def area_options(areas: list[Area]) -> list[tuple[str, Any]]:
    """Areas to choose from, those below another one set in; of one alone nothing is to be chosen."""
    depth = min((area.path.count("/") for area in areas), default=0)
    shown = [
        (area.public_id, "　" * (area.path.count("/") - depth) + in_language(area.name, area.name_en)) for area in areas
    ]
    return shown if len(shown) == 1 else [("", _("Choose an area")), *shown]


def source_code(name: str) -> str:
    """A code for a source that a person named."""
    return f"s-{hashlib.sha256(name.casefold().encode()).hexdigest()[:12]}"


def too_large_words(size: int) -> str:
    """Why a file is refused for its size."""
    megabytes = {"megabytes": number(round(size / 2**20)), "most": number(settings.LIST_MAX_BYTES // 2**20)}
    return refusal_words({"code": "too_large", "params": megabytes})
