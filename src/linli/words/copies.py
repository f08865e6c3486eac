"""Words for lists that go out to Excel and come back: columns for reading, notes, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from linli.domain.sheets.copies import CopyKind, write_copy
from linli.records.lists.actions import Reading, Taken
from linli.records.lists.queries.copies import KEEPERS
from linli.words.states import STATES

COPY_KINDS: dict[str, Promise] = {
    "people": _("People"),
    "doses": _("Doses"),
    "employers": _("Employers"),
    "buildings": _("Buildings"),
    "areas": _("Areas"),
    "doors": _("Doors"),
}
# Columns for reading, by kind and by the names its keeper gives them.
READING: dict[str, dict[str, Promise]] = {
    "people": {"age": _("Age"), "registered": _("Registered at"), "state": _("Status")},
    "doses": {
        "name": _("Name"),
        "birth_date": _("Birth date"),
        "building": _("Building"),
        "door": _("Door"),
        "source": _("Source"),
    },
    "employers": {"people": _("People here")},
    "buildings": {"code": _("Code"), "area": _("Area"), "people": _("People here")},
    "areas": {"code": _("Code"), "people": _("People here")},
    "doors": {"building": _("Building"), "area": _("Area"), "people": _("People here")},
}
# Codes of rows that came back, and the values they may carry: worded below.
REGISTER_BACK: dict[str, tuple[str, ...]] = {
    "record_missing": (),
    "copy_left_out": (),
    "unknown_copy": (),
    "copy_of_other_kind": (),
    "unknown_record": (),
    "record_twice": ("lines",),
    "record_merged": (),
    "record_corrected": (),
    "dose_struck": (),
    "reading_only": (),
    "outside_scope": (),
    "building_elsewhere": (),
    "parent_outside": (),
    "code_taken": (),
    "door_taken": (),
    "product_missing": (),
    "dose_known": ("known_on", "known_product"),
    "number_taken": ("known_on", "known_product"),
}
ROWS_BACK: dict[str, Promise] = {
    "record_missing": _("This row has no record number. New people and places come in with a list of their own."),
    "copy_left_out": _(
        "The row does not say which copy it belongs to. Fill in its Copy cell from the file as it went out."
    ),
    "unknown_copy": _("No copy with this number went out from here. Compare the Copy cell with the rows around it."),
    "copy_of_other_kind": _("The row belongs to a copy of another kind of list. Bring it back in a file of its own."),
    "unknown_record": _(
        "The copy has no record with this number, or none that you may change. Take the list out anew."
    ),
    "record_twice": _("The same record stands on lines %(lines)s, and they differ. Keep one of them."),
    "record_merged": _("This record was merged into another one meanwhile; the row is compared with that."),
    "record_corrected": _("This dose was corrected meanwhile; the row is compared with what stands in its place."),
    "dose_struck": _("Somebody wrote down meanwhile that this dose was never given. There is nothing left to change."),
    "reading_only": _("This column is for reading only; what was typed into it was passed over."),
    "outside_scope": _("This place lies outside your areas. Write the move down on the person's own page."),
    "building_elsewhere": _("This building does not lie in that area. Correct one of the two, or empty the area."),
    "parent_outside": _(
        "An area can be hung below another one only where both are yours. Ask whoever keeps the lists of both."
    ),
    "code_taken": _("Another employer has this credit code. Compare it with the licence."),
    "door_taken": _(
        "Another door of this building has this stair and number. Give that one its own number, or correct this one."
    ),
    "product_missing": _(
        "Nobody knows the product of this dose, and a register that shows a dose names it. Give the vaccine too."
    ),
    "dose_known": _(
        "This person has the same vaccine on %(known_on)s already (%(known_product)s). Correct the day or the vaccine; "
        "a dose that was never given is struck on the person's page."
    ),
    "number_taken": _(
        "This person has a dose with this number on %(known_on)s (%(known_product)s). Correct that one first."
    ),
}


def reading(kind: CopyKind, found: Sequence[Any], *, on: date) -> Reading:
    """The columns for reading of a kind, in the reader's language."""
    keeper, language = KEEPERS[kind], get_language() or "en"
    words = [str(READING[kind][name]) for name in keeper.reading]
    rows = keeper.more(found, language=language, on=on)
    if "state" in keeper.reading:
        at = keeper.reading.index("state")
        said = {code: str(word) for code, word in STATES.items()}
        rows = [(*row[:at], said.get(str(row[at]), ""), *row[at + 1 :]) for row in rows]
    return Reading(words, rows)


def notes() -> list[str]:
    """What stands on the second sheet of a file: how to work with it."""
    return [
        gettext("Change the white columns and bring the file back on the page Lists, under “Work in Excel”."),
        gettext("The grey columns are for reading. What is typed into them is passed over."),
        gettext("Leave the columns Record and Copy as they are: by them each row finds its way back."),
        gettext("Rows may be sorted, filtered, left out, or put together from several files of this kind."),
        gettext("A row that is left out stays in the register as it is. An emptied cell takes nothing away."),
        gettext("If somebody else changed the same meanwhile, you are shown both and decide."),
        gettext("The file holds personal data: keep it where it is safe, and delete it when it is done with."),
    ]


def file(taken: Taken, ending: str) -> bytes:
    """A copy as a file that Excel opens: `xlsx` or `csv`."""
    return write_copy(
        taken.rows,
        ending=ending,
        reading=taken.reading,
        title=str(COPY_KINDS[taken.export.kind]),
        notes=notes(),
        notes_title=gettext("How this works"),
    )
