"""What the public board says: one finding on top, and one for its picture. Only of numbers that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.records.reports.queries.public import PublicBoard, PublicPlace
from linli.web.shell.days import percent
from linli.words.reasons import in_language

COLUMNS: dict[str, Promise] = {
    "people": gettext_lazy("People living here"),
    "first": gettext_lazy("At least one dose"),
    "complete": gettext_lazy("All doses done"),
    "none": gettext_lazy("No dose on record"),
    "unknown": gettext_lazy("Unknown"),
}


def name_of(place: PublicPlace) -> str:
    """A place's name in the reader's language."""
    return in_language(place.name, place.name_en) or _("Area not known")


def whole_percent(share: float | None) -> str:
    """A share without decimals: rounded numbers of people carry no more."""
    return percent(share, places=0)


def finding(board: PublicBoard) -> str:
    """How far the whole is, in one sentence."""
    first, complete = board.whole.share("first"), board.whole.share("complete")
    if board.whole.counts["people"] == 0:
        return _("Nobody living here is in the register yet.")
    if first is not None and complete is not None:
        words = _("{first} of the people living here have had at least one dose, {complete} have had all doses.")
    elif first is not None:
        words = _("{first} of the people living here have had at least one dose.")
    elif complete is not None:
        words = _("{complete} of the people living here have had all doses.")
    else:
        return _("The numbers are still too small to be shown.")
    return words.format(first=whole_percent(first), complete=whole_percent(complete))


def picture_finding(areas: Sequence[PublicPlace]) -> str:
    """Which area is furthest, and which has most still to come."""
    known = [(share, place) for place in areas if (share := place.share("complete")) is not None]
    if not known:
        return _("All doses done: the numbers of the areas are still too small to be shown")
    (low, last), (high, first) = min(known, key=_by_share), max(known, key=_by_share)
    if whole_percent(low) == whole_percent(high):
        return _("All doses done: {share} in every area shown").format(share=whole_percent(low))
    return _("All doses done: from {low} in {last} to {high} in {first}").format(
        low=whole_percent(low), last=name_of(last), high=whole_percent(high), first=name_of(first)
    )


def _by_share(pair: tuple[float, PublicPlace]) -> float:
    return pair[0]
