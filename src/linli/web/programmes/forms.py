"""The forms by which published schedules come in and drives are opened and ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.places.models import Area
from linli.records.programme.models import KEEP_DAYS, LONGEST_VERSION, Drive, Programme
from linli.web.day import today
from linli.web.lists.forms import area_options
from linli.words.reasons import in_language

LONGEST_KEPT = 1825


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file that was chosen."""
        some = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in some] or [super().clean(None, initial)]


class ImportForm(forms.Form):
    """Published files, and what their publisher calls them."""

    published = FilesField(
        label=_("Files"),
        help_text=_("The zip as it was published, or all its XML files at once."),
        error_messages={"required": _("Choose the files."), "empty": _("One of the files is empty.")},
        widget=Files(attrs={"accept": ".zip,.xml"}),
    )
    version = forms.CharField(
        label=_("Version"),
        help_text=_("As the publisher calls it, such as 4.64. Empty: as the zip is called, else today's date."),
        max_length=LONGEST_VERSION,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DriveForm(forms.Form):
    """A drive to open."""

    programme = forms.ChoiceField(
        label=_("Schedule"), error_messages={"required": _("Choose a schedule that is adopted.")}
    )
    area = forms.ChoiceField(
        label=_("Area"),
        help_text=_("The drive holds here and in everything below."),
        error_messages={"required": _("Choose an area.")},
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day as 2021-06-20.")},
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("What people call the drive. Empty: the schedule and the year."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, adopted: Sequence[Programme], areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adopted = {programme.code: programme for programme in adopted}
        self.areas = {area.public_id: area for area in areas}
        names = [(code, in_language(row.name, row.name_en)) for code, row in self.adopted.items()]
        shown = names if len(names) == 1 else [("", _("Choose a schedule")), *names]
        self.fields["programme"].choices = shown  # type: ignore[attr-defined]  # as it is written above
        self.fields["area"].choices = area_options(areas)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        """The programme and the area themselves; one drive of each programme in an area."""
        told: dict[str, Any] = super().clean() or {}
        programme, area = self.adopted.get(told.get("programme", "")), self.areas.get(told.get("area", ""))
        if programme is None or area is None:
            return told
        if found := Drive.objects.filter(programme=programme, area=area).first():
            words = gettext("This area has a drive of this schedule already: %(name)s. Choose it on the page before.")
            self.add_error("area", words % {"name": found.name})
        if not told.get("name") and told.get("starts_on"):
            told["name"] = f"{in_language(programme.name, programme.name_en)} {told['starts_on'].year}"[:160]
        return told | {"programme": programme, "area": area}


class CloseForm(forms.Form):
    """The end of a drive."""

    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day as 2021-06-20.")},
    )
    keep_days = forms.IntegerField(
        label=_("Days for which people stay known by name after it"),
        help_text=_("After that their people are to be forgotten; figures stay. 90 is usual."),
        min_value=0,
        max_value=LONGEST_KEPT,
        initial=KEEP_DAYS,
    )
