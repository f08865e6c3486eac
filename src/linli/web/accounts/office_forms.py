"""The forms by which an office makes and changes logins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from linli.records.accounts.models import Grant, Worker
from linli.records.accounts.queries import NOT_BY_DEVICE, ROLE_RIGHTS
from linli.records.places.models import Area
from linli.web.day import today
from linli.words.accounts import FACTORS, LOGIN_STATES, ROLE_MEANS
from linli.words.reasons import in_language
from linli.words.states import ROLES

LONGEST_LOAN = timedelta(days=366)
BY_PASSWORD, BY_SLIP = "password", "slip"
INDENT = "\u3000"


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A last day, or none."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2021-06-20.")},
    )


def to_come(day: date | None) -> date | None:
    """A day from today on, within a year. Raises ValidationError."""
    if day is not None and day < today():
        raise ValidationError(_("This day is over. Give today or a later day."))
    if day is not None and day > today() + LONGEST_LOAN:
        raise ValidationError(_("A year at most. Leave the day empty for staff who stay."))
    return day


def area_options(areas: Sequence[Area]) -> list[tuple[str, Any]]:
    """Areas in tree order, those below another set in; of one alone no other choice."""
    top = min((area.path.count("/") for area in areas), default=0)
    options: list[tuple[str, Any]] = [
        (area.public_id, INDENT * (area.path.count("/") - top) + in_language(area.name, area.name_en)) for area in areas
    ]
    return options if len(options) == 1 else [("", _("Choose an area")), *options]


class GrantForm(forms.Form):
    """A role in an area, maybe until a day."""

    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role.")}
    )
    area = forms.ChoiceField(
        label=_("Area"),
        help_text=_("The role holds here and in everything below."),
        error_messages={"required": _("Choose an area."), "invalid_choice": _("Choose an area of yours.")},
    )
    until_on = day_field(_("Last day of the role"), _("Empty: until it is taken away."))

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.public_id: area for area in areas}
        self.fields["area"].choices = area_options(areas)  # type: ignore[attr-defined]  # as it is written above
        said = _("{role}: {means}")
        roles = [(role, str(said).format(role=ROLES[role], means=ROLE_MEANS[role])) for role in ROLE_MEANS]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def clean_area(self) -> Area:
        """The area itself."""
        return self.areas[self.cleaned_data["area"]]

    def clean_until_on(self) -> date | None:
        """A day to come."""
        return to_come(self.cleaned_data["until_on"])


class LoanForm(forms.Form):
    """Until which day somebody is on loan."""

    until_on = day_field(_("Last day of the loan"), _("The login closes by itself after it. Empty: staff who stay."))

    def clean_until_on(self) -> date | None:
        """A day to come."""
        return to_come(self.cleaned_data["until_on"])


class NewLoginForm(GrantForm):
    """Somebody who shall sign in."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the journal will write it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the person's name.")},
    )
    username = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Letters, digits, dots and hyphens, such as chen.xiao."),
        max_length=60,
        validators=[RegexValidator(r"^[\w.-]+\Z", _("Only letters, digits, dots and hyphens, without spaces."))],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type a name to sign in with.")},
    )
    until_on = day_field(
        _("Last day of a loan"), _("For volunteers: the login closes by itself after it. Empty: staff who stay.")
    )
    by = forms.ChoiceField(
        label=_("How they sign in"),
        choices=(
            (BY_PASSWORD, _("With a password: you hand over a temporary one, and they set up a time code")),
            (BY_SLIP, _("With their phone and a PIN: you print a slip; for people on loan")),
        ),
        widget=forms.RadioSelect,
        initial=BY_PASSWORD,
        error_messages={"required": _("Choose how they sign in.")},
    )
    field_order = ("name", "username", "role", "area", "until_on", "by")

    def clean_name(self) -> str:
        """Without stray spaces."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_username(self) -> str:
        """One that nobody has."""
        username = str(self.cleaned_data["username"]).lower()
        if Worker.objects.filter(username=username).exists():
            raise ValidationError(_("Somebody signs in with this name already. Choose another."))
        return username

    def clean(self) -> dict[str, Any]:
        """A volunteer is on loan; a slip is for people on loan, without an office's rights."""
        told: dict[str, Any] = super().clean() or {}
        role, is_on_loan = told.get("role", ""), bool(told.get("until_on"))
        if "until_on" in self.errors or not role:
            return told
        if role == Grant.Role.VOLUNTEER and not is_on_loan:
            self.add_error("until_on", _("A volunteer is on loan: give the last day."))
        elif told.get("by") == BY_SLIP and not is_on_loan:
            self.add_error("until_on", _("A phone and a PIN open the login of somebody on loan: give the last day."))
        if told.get("by") == BY_SLIP and ROLE_RIGHTS[role] & NOT_BY_DEVICE:
            self.add_error("by", _("An office's login needs a password and a time code."))
        return told


class LoginsForm(forms.Form):
    """The filters of the list of logins."""

    search = forms.CharField(
        label=_("Name"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "search"})
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    factor = forms.ChoiceField(label=_("Second factor"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words, every in (
            ("role", {role: ROLES[role] for role in ROLE_MEANS}, _("Every role")),
            ("state", LOGIN_STATES, _("Open and closed")),
            ("factor", FACTORS, _("Any")),
        ):
            self.fields[name].choices = [("", every), *words.items()]  # type: ignore[attr-defined]  # all three choose
