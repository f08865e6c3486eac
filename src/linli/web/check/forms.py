"""The public form: a birth date, and up to three doses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from linli.domain.eligibility import OTHER_VACCINE, UNKNOWN_VACCINE, Schedule
from linli.words.reasons import product_name

FEWEST, MOST = 3, 6
OLDEST = 130
BIRTH = ("year", "month", "day")
OTHER, UNSURE = "other", "unsure"
DIGITS = {"inputmode": "numeric", "autocomplete": "off", "class": "input"}
IN_FIGURES = gettext_lazy("Write it in figures, for example 1938, 6 and 21.")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told of a dose: the vaccine as the engine numbers it, and the day."""

    vaccine: int
    given_on: date


def _box(label: Any, figures: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput(attrs={**DIGITS, "size": figures, "maxlength": figures}),
        error_messages={"required": IN_FIGURES, "invalid": IN_FIGURES},
    )


def _doses(count: int) -> str:
    return ngettext("%(count)s dose", "%(count)s doses", count) % {"count": count} if count else _("None yet")


class CheckForm(forms.Form):
    """Three boxes for the birth date: nobody should have to scroll a calendar back to 1938."""

    year = _box(pgettext_lazy("birth date", "Year"), 4)
    month = _box(pgettext_lazy("birth date", "Month"), 2)
    day = _box(pgettext_lazy("birth date", "Day"), 2)
    doses = forms.TypedChoiceField(
        label=gettext_lazy("How many doses have you had?"), coerce=int, initial=0, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, rules: Schedule, on: date, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.rules, self.on = rules, on
        self.fields["doses"].choices = [(count, _doses(count)) for count in self._counts()]  # type: ignore[attr-defined]
        self.summary_labels = {"year": _("Birth date")}
        for number in range(1, self.dose_count() + 1):
            dose = _("Dose %(number)s") % {"number": number}
            self.summary_labels |= {f"product_{number}": dose, f"given_{number}": dose}
            self.fields[f"product_{number}"] = forms.ChoiceField(label=_("Which vaccine?"), choices=self._products())
            self.fields[f"given_{number}"] = forms.DateField(
                label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date", "max": on.isoformat()})
            )

    def dose_count(self) -> int:
        """The number of doses ticked, as far as it can be read."""
        ticked = str(self.data.get("doses", "")) if self.is_bound else str(self.initial.get("doses", ""))
        return int(ticked) if ticked in [str(count) for count in self._counts()] else 0

    def _counts(self) -> range:
        """How many doses may be told of: as many as the longest series has, within reason."""
        longest = max((len(series.doses) for series in self.rules.series), default=0)
        return range(min(max(longest, FEWEST), MOST) + 1)

    def dose_fields(self) -> list[tuple[int, BoundField, BoundField]]:
        """The fields of each dose: number, product, day."""
        return [
            (number, self[f"product_{number}"], self[f"given_{number}"]) for number in range(1, self.dose_count() + 1)
        ]

    def birth_boxes(self) -> list[BoundField]:
        """The three boxes in the order of the language: 1938, 6, 21; or 21, 6, 1938."""
        names = BIRTH if (get_language() or "").startswith("zh") else BIRTH[::-1]
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """The birth date is a day that exists and has been; so is each dose's."""
        cleaned = super().clean() or {}
        if any(name in self.errors for name in BIRTH):
            # One date in three boxes is one mistake, not three.
            for name in BIRTH:
                self.errors.pop(name, None)
            self.add_error("year", IN_FIGURES)
        else:
            try:
                birth = date(cleaned["year"], cleaned["month"], cleaned["day"])
            except ValueError:
                birth = None
            if birth is None or birth > self.on or birth.year < self.on.year - OLDEST:
                self.add_error("year", _("This is no birth date: check year, month and day."))
            else:
                cleaned["birth"] = birth
        for number in range(1, self.dose_count() + 1):
            given = cleaned.get(f"given_{number}")
            if given is not None and given > self.on:
                self.add_error(f"given_{number}", _("This day is still to come."))
        return cleaned

    def told(self) -> list[Told]:
        """The doses, once the form is valid."""
        return [
            Told(self._vaccine(self.cleaned_data[f"product_{number}"]), self.cleaned_data[f"given_{number}"])
            for number in range(1, self.dose_count() + 1)
        ]

    def _products(self) -> list[tuple[str, str]]:
        products = [(row.code, product_name(self.rules, row.code)) for row in self.rules.own_vaccines]
        return [
            ("", _("Choose one")),
            *products,
            (UNSURE, _("I am not sure")),
            (OTHER, _("Another vaccine, such as flu")),
        ]

    def _vaccine(self, code: str) -> int:
        if code == OTHER:
            return OTHER_VACCINE
        return UNKNOWN_VACCINE if code == UNSURE else self.rules.vaccine_codes.index(code)
