"""Words for everything that may stand in the way of writing something down of a person: what it is, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.records.doses import actions as doses
from linli.records.doses import queries as known
from linli.records.duplicates import actions as duplicates
from linli.records.people import actions as people

# {day} is the day of the dose or status that stands in the way.
WORDS: dict[type[Exception], Promise] = {
    known.MergedAwayError: _(
        "This record was merged into another one meanwhile. Open the other record and write it down there."
    ),
    known.DoseAheadError: _("This day has not come yet. Give the day on which the dose was given."),
    known.DoseBeforeBirthError: _("This day lies before the birth. Compare the day and the birth date with the card."),
    known.DoseKnownError: _(
        "This dose is written down already: the same product on {day}. Nothing is missing; go back to the record."
    ),
    known.DoseNumberTakenError: _(
        "A dose with this number is written down on {day}. "
        "If that one is wrong, correct it first; else change the number."
    ),
    known.ProductMissingError: _(
        "A register that shows a dose names its product too. Choose it, or say that a paper or the person tells of it."
    ),
    known.DoseError: _("The dose cannot be written down like this. Compare it with the doses of the record."),
    doses.DoseSameDayError: _(
        "Another product is written down on {day}. One of the two is likely wrong: correct that one instead."
    ),
    doses.CorrectedError: _(
        "Somebody corrected this dose meanwhile. Go back to the record and look at what stands there now."
    ),
    doses.NothingToCorrectError: _("This is what the record says already. Change something, or go back."),
    doses.StatusAheadError: _("This day has not come yet. Give the day on which it was said or decided."),
    doses.StatusHoldsError: _(
        "The same is written down already, since {day}. End that one first if something has changed."
    ),
    doses.RefusalByOtherError: _(
        "Only the person can refuse or take it back, or the guardian of a minor or of somebody under guardianship. "
        "Ask them; until then nothing is written down."
    ),
    doses.DeferralWithoutEndError: _(
        "A deferral needs an end: the first day on which the dose may be given again, after the day it begins."
    ),
    doses.PaperMissingError: _(
        "A contraindication needs its paper: write which hospital issued it. Without a paper, put the dose off instead."
    ),
    doses.StatusEndedError: _("Somebody ended this meanwhile. Go back to the record and look at it again."),
    doses.EndsBeforeStartError: _("The end lies before the beginning. Give a later day."),
    doses.StatusError: _("This cannot be written down like this. Go back to the record and look at it again."),
    people.NothingBeforeError: _(
        "No list says where this person lived before, so the move cannot be taken back. Write down a new move instead."
    ),
    duplicates.SamePersonError: _("Both are the same record. Choose two different ones."),
    duplicates.PairDecidedError: _("Somebody decided on these two meanwhile. Look at the pair again."),
    duplicates.NotOfPairError: _("One of the two records is not of this pair. Go back to the pair and choose there."),
    duplicates.MergeUndoneError: _("Somebody undid this merge meanwhile. There is nothing left to undo."),
    duplicates.LaterMergeError: _(
        "The record that was kept has been merged again since. Undo that later merge first, then this one."
    ),
    duplicates.NewRowsError: _(
        "Something was written down after the merge. Say of each line to whom it belongs, then undo the merge."
    ),
}


def refusal_words(error: Exception, *, say_day: Callable[[date], str]) -> str:
    """Why an action refused, and what to do; `say_day` words a date as the door does. Raises KeyError: no words."""
    kind = next((kind for kind in type(error).__mro__ if kind in WORDS), type(error))
    status, dose = getattr(error, "status", None), getattr(error, "dose", None)
    day = dose.given_on if dose is not None else status.on if status is not None else None
    return str(WORDS[kind]).format(day=say_day(day) if day else "—")
