"""Words for logins: how they stand, what opens them, what the journal says of sign-ins."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LOGIN_STATES: dict[str, Promise] = {
    "open": pgettext_lazy("login", "open"),
    "closed": pgettext_lazy("login", "closed"),
    "over": _("loan over"),
}
FACTORS: dict[str, Promise] = {
    "code": _("Time code"),
    "device": _("Phone and PIN"),
    "none": _("Not set up yet"),
    "needless": _("Not needed"),
}
ROLE_MEANS: dict[str, Promise] = {
    "office": _("Everything: lists, names, corrections, logins, the journal."),
    "committee_worker": _("Names and figures, exports, statuses and corrections."),
    "volunteer": _("Names and figures, on one phone, until the loan ends."),
    "leader": _("Figures without names."),
}
# What the details of a journal line mean, key by key.
HOW: dict[str, Promise] = {
    "password": _("a password"),
    "code": _("a time code"),
    "recovery": _("a recovery code"),
    "pin": _("phone and PIN"),
    "demo": _("one click, in a demo"),
}
STEPS: dict[str, Promise] = {"password": _("the password"), "code": _("the code"), "pin": _("the PIN")}
LIMITS: dict[str, Promise] = {
    "pair": _("name and address"),
    "address": pgettext_lazy("counted by", "address"),
    "name": pgettext_lazy("counted by", "name"),
    "browser": _("known browser"),
    "code": pgettext_lazy("counted by", "codes"),
    "code_of_a_day": _("codes of a day"),
    "again": _("password asked again"),
}
DEVICE_ENDS: dict[str, Promise] = {
    "replaced": _("replaced by another phone"),
    "revoked": _("ended by the office"),
    "wrong_pins": _("five wrong PINs"),
}
DETAILS: Mapping[str, Mapping[str, Promise]] = {"how": HOW, "step": STEPS, "limit": LIMITS, "why": DEVICE_ENDS}
