"""The forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.records.accounts.models import Worker

LONGEST = 200


def password_field(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """A password as it is typed: nothing is cut off or changed, and it may be pasted."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    missing = {"required": _("Type the password.")}
    return forms.CharField(
        label=label, max_length=LONGEST, strip=False, widget=widget, help_text=help_text, error_messages=missing
    )


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type the name.")},
    )
    password = password_field(_("Password"), autocomplete="current-password")


class CodeForm(forms.Form):
    """The code that the app shows now."""

    code = forms.CharField(
        label=_("Time code"),
        help_text=_("Six digits from the app on your phone. A new code comes every 30 seconds; each is good once."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-code"}),
        error_messages={"required": _("Type the six digits.")},
    )


class RecoveryForm(forms.Form):
    """A code from the paper."""

    code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("One of the ten on your paper, such as 3-abcde-fghjk. Cross it out afterwards: it is good once."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type the code.")},
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new = password_field(
        _("New password"),
        autocomplete="new-password",
        help_text=_(
            "At least 12 characters, any you like. Three or four words that have nothing to do together are strong and "
            "easy to remember."
        ),
    )
    again = password_field(_("The same again"), autocomplete="new-password")

    def __init__(self, *args: Any, worker: Worker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worker = worker

    def clean_new(self) -> str:
        """Refuse what is easily guessed, and the password there is."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self.worker)
        if self.worker.check_password(new):
            raise ValidationError(_("This is the password you have. Choose another."))
        return new

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        cleaned = super().clean() or {}
        if {"new", "again"} <= set(cleaned) and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two differ. Type the same twice."))
        return cleaned


class ProofForm(forms.Form):
    """Who sits here: asked again before something is changed that opens the login."""

    password = password_field(_("Your password now"), autocomplete="current-password")
    proof = forms.CharField(
        label=_("Time code"),
        help_text=_("From the app, or a recovery code."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, has_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_code:
            self.fields["proof"].required = True
            self.fields["proof"].error_messages["required"] = _("Type the code.")
        else:
            del self.fields["proof"]


class PinForm(forms.Form):
    """The PIN of a phone."""

    pin = forms.RegexField(
        r"^[0-9]{6}\Z",
        label=_("PIN"),
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6", "class": "input-code"}
        ),
        error_messages={"required": _("Type the six digits."), "invalid": _("A PIN has six digits.")},
    )


class NewPinForm(PinForm):
    """A PIN of one's own, typed twice."""

    again = forms.CharField(
        label=_("The same again"),
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6", "class": "input-code"}
        ),
        error_messages={"required": _("Type the six digits.")},
    )
    field_order = ("pin", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pin"].label = _("A PIN of six digits")
        self.fields["pin"].help_text = _("No birthday, no repeats, nothing in a row. Keep it to yourself.")

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        cleaned = super().clean() or {}
        if {"pin", "again"} <= set(cleaned) and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", _("The two differ. Type the same twice."))
        return cleaned
