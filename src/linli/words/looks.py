"""Words for where names were seen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOOKS: dict[str, Promise] = {
    "due": _("Due list"),
    "due_export": _("Due list, taken away as a file"),
    "building": _("List of a building"),
    "person": _("Page of the person"),
    "explain": _("Reasons, at the command line"),
    "record": _("Form of the person"),
    "number": _("Number of a document"),
    "search": _("Search for a person"),
    "journal": _("History in the journal"),
    "list": _("Rows of a list"),
    "copy": _("List taken out to Excel"),
    "list_back": _("Rows of a list that came back from Excel"),
    "list_export": _("Rows of a list, taken away as a file"),
    "duplicates": _("Likely duplicates"),
    "own_data": _("All data of the person, taken away as a file"),
}
