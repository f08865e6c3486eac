"""Words for how a person stands, and for the roles and kinds of the register."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "complete": _("Complete"),
    "due": _("Due"),
    "waiting": _("Waiting"),
    "overdue": _("Overdue"),
    "not_eligible": _("Not eligible"),
    "unknown": _("Unknown"),
    # states that only rows of the register give
    "refused": _("Refused"),
    "deferred": _("Deferred"),
    "contraindicated": _("Cannot have it"),
    "moved": _("Moved away"),
}
ROLES: dict[str, Promise] = {
    "office": _("Office"),
    "committee_worker": _("Committee worker"),
    "volunteer": _("Volunteer"),
    "leader": _("Leader"),
}
AREA_KINDS: dict[str, Promise] = {
    "city": _("City"),
    "district": _("District"),
    "subdistrict": _("Subdistrict"),
    "committee": _("Residents' committee"),
    "grid": _("Grid"),
    "other": _("Area"),
}
BUILDING_KINDS: dict[str, Promise] = {
    "residential": _("Housing"),
    "office": _("Office tower"),
    "shop": _("Shops"),
    "hotel": _("Hotel"),
    "school": _("School"),
    "hospital": _("Hospital"),
    "mixed": _("Mixed use"),
    "public": _("Public building"),
    "other": _("Building"),
}
DENOMINATORS: dict[str, Promise] = {
    "living": _("living here"),
    "registered": _("registered here"),
    "working": _("working here"),
}
SEXES: dict[str, Promise] = {"F": _("Female"), "M": _("Male"), "": _("Not given")}
