"""The two forms of working in Excel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.records.places.models import Area
from linli.web.lists.forms import area_options, too_large_words
from linli.words.copies import COPY_KINDS

ENDINGS = (("xlsx", _("Excel workbook (XLSX)")), ("csv", _("CSV, for other programs")))


class TakeOutForm(forms.Form):
    """Which list, of which area, in which form."""

    kind = forms.ChoiceField(
        label=_("Which list"), choices=list(COPY_KINDS.items()), widget=forms.RadioSelect, initial="people"
    )
    area = forms.ChoiceField(
        label=_("Area"),
        help_text=_("With all areas below it."),
        error_messages={"required": _("Choose an area."), "invalid_choice": _("Choose an area.")},
    )
    ending = forms.ChoiceField(label=_("Kind of file"), choices=ENDINGS, widget=forms.RadioSelect, initial="xlsx")

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = area_options(areas)  # type: ignore[attr-defined]


class BringBackForm(forms.Form):
    """The file that comes back."""

    file = forms.FileField(
        label=_("The file as you changed it"),
        help_text=_("XLSX or CSV. What you changed is shown first; nothing is written until you apply it."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Check that the right file was chosen."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.tsv,.txt"}),
    )

    def clean_file(self) -> Any:
        """A file of more than the most that a list can have is refused unread."""
        file = self.cleaned_data["file"]
        if file.size > settings.LIST_MAX_BYTES:
            raise ValidationError(too_large_words(file.size))
        return file
