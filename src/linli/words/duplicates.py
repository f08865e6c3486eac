"""Words for likely duplicates: why two records may be one person, or not, and how likely that is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "same_name": _("Same name"),
    "variant_characters": _("Same name in other characters (traditional or variant)"),
    "same_pinyin": _("Name sounds the same"),
    "near_pinyin": _("Name sounds alike"),
    "latin_name": _("Same name in Latin letters"),
    "latin_name_near": _("Nearly the same name in Latin letters"),
    "name_one_character": _("Name differs by one character"),
    "surname_one_character": _("Surname differs by one character"),
    "different_name": _("Different names"),
    "same_birth": _("Same birth date"),
    "birth_day_month_swapped": _("Birth dates with day and month swapped"),
    "birth_transposed": _("Birth dates with two digits swapped"),
    "birth_one_digit": _("Birth dates differ by one digit"),
    "birth_lunar": _("One birth date is the other one in the Chinese calendar"),
    "birth_year_only": _("Same birth year; one list may know the year alone"),
    "birth_other_year": _("Same birthday in another year"),
    "same_birth_year": _("Same birth year, another day"),
    "different_birth": _("Different birth dates"),
    "same_id": _("Same resident ID"),
    "id_one_digit": _("Resident IDs differ by one digit"),
    "id_one_digit_order": _("Resident IDs differ by one digit of the order code"),
    "id_one_digit_sound": _("Resident IDs differ by one digit and the check digit"),
    "id_near": _("Resident IDs next to each other, as twins have"),
    "id_transposed": _("Resident IDs with two digits swapped"),
    "id_digit_lost": _("A digit of the resident ID is missing or too many"),
    "different_id": _("Different valid resident IDs"),
    "different_id_unsound": _("Different resident IDs, one of them not valid"),
    "same_document": _("Same document"),
    "document_near": _("Document numbers nearly the same"),
    "same_phone": _("Same phone"),
    "same_door": _("Same door"),
    "same_building_no_door": _("Same building, a door is not known"),
    "same_building": _("Same building, another door"),
    "different_sex": _("Different sex"),
}
# From which score (logarithm of the odds, base 2) on: the first that fits.
# The tone of its mark and its icon are those of the shell.
LIKELIHOODS: tuple[tuple[float, tuple[str, str, Promise]], ...] = (
    (6.0, ("complete", "complete", _("Almost certain"))),
    (1.0, ("due", "due", _("Likely"))),
    (float("-inf"), ("unknown", "unknown", _("Possible"))),
)
AGREEMENT: dict[str, Promise] = {
    "same": _("Same"),
    "differs": _("Differs"),
    "one_side": _("One record only"),
    "hidden": _("Masked"),
}
LABELS: dict[str, Promise] = {
    "name": _("Name"),
    "birth": _("Birth date"),
    "sex": _("Sex"),
    "document": _("Documents"),
    "phone": _("Phone"),
    "living": _("Lives at"),
    "registered": _("Registered at"),
    "working": _("Works at"),
    "listing": _("Lists"),
    "dose": _("Doses"),
    "status": _("Statuses"),
}


def likelihood(score: float) -> tuple[str, str, Promise]:
    """How likely a pair is one person: the tone of its mark, its icon, the word."""
    return next(look for least, look in LIKELIHOODS if score >= least)
