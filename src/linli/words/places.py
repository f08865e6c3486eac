"""Words for where somebody is found."""

from __future__ import annotations

from django.utils.translation import gettext as _


def door_words(stair: str, number: str) -> str:
    """A door as people say it, "Stair 2, door 201"; one that a list names in words of its own stays as it is."""
    if not number.isascii() or not stair.isascii():
        return f"{stair} {number}".strip()
    if not stair:
        return _("Door {door}").format(door=number)
    return _("Stair {stair}, door {door}").format(stair=stair, door=number)
