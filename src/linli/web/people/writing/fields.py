"""Fields that several forms of a person share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words: TypeAlias = Any  # a text, or one that is worded when it is read; the stubs of forms know no common name for both
NOTE = 300
UNKNOWN_DAY = {"invalid": _("This is no day. Write it as 2021-06-20."), "required": _("Give the day.")}
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")}


def day_field(label: Words, *, hint: Words = "", required: bool = True) -> forms.DateField:
    """A day, in the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget, error_messages=UNKNOWN_DAY)


Field = TypeVar("Field", bound=forms.Field)


def conditional(field: Field) -> Field:
    """A field that another answer asks for: not required by itself, and not called optional either."""
    field.required = False
    field.is_conditional = True  # type: ignore[attr-defined]  # read by the template
    return field


def choice_field(
    label: Words, words: Mapping[str, Promise | str], *, hint: Words = "", required: bool = True
) -> forms.ChoiceField:
    """One of a few codes, each with its words, all to be seen."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=required,
        choices=list(words.items()),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


def select_field(label: Words, *, hint: Words = "", required: bool = True) -> forms.ChoiceField:
    """One of many; the form fills in the choices."""
    return forms.ChoiceField(label=label, help_text=hint, required=required, error_messages=CHOOSE)


def note_field() -> forms.CharField:
    """A few words of one's own; kept sealed."""
    return forms.CharField(
        label=_("Note"),
        help_text=_("A few words if they help whoever reads this next. No diagnosis beyond what is needed."),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def text_field(label: Words, *, most: int, hint: Words = "", required: bool = False) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most, error_messages={"required": _("Fill this in.")}
    )


def number_field(label: Words, *, hint: Words = "", required: bool = False) -> forms.IntegerField:
    """The number of a dose."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=1,
        max_value=9,
        error_messages={"required": _("Give the number."), "invalid": _("This is no number.")},
    )


def accept_field() -> forms.BooleanField:
    """Overrules a refusal; hidden until there is one to overrule."""
    return forms.BooleanField(
        label=_("It is right all the same: write it down"), required=False, widget=forms.HiddenInput
    )


def initial_day(on: date) -> str:
    """A day as the browser's calendar takes it."""
    return on.isoformat()
