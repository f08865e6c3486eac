"""Words for what is wrong with a list, a row or a cell: each says what it is and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from linli.domain.sheets import label
from linli.words.copies import ROWS_BACK
from linli.words.states import AREA_KINDS, BUILDING_KINDS

# Codes and their values: domain.sheets.PROBLEMS; those of REGISTER come from comparing a row with the register.
ROWS: dict[str, Promise] = {
    # ids and documents
    "excel_lost_digits": _(
        "Excel has rounded this number and its last digits are lost. "
        "Format the column as text and type the number again from the source."
    ),
    "id_length": _(
        "A resident ID has 18 characters (15 in old lists); this one has %(digits)s. Look for a missing or extra digit."
    ),
    "id_format": _(
        "This is not a resident ID: it holds characters that an ID cannot have. Correct it, or give the document type."
    ),
    "id_masked": _("The number is hidden by stars. Put in the full number."),
    "id_birth_date": _("The birth date inside the ID (%(digits)s) does not exist. Compare the number with the card."),
    "check_digit": _(
        "The last character of this ID should be %(expected)s, not %(found)s: a digit is wrong. "
        "Compare the number with the card."
    ),
    "document_format": _(
        "This number does not have the form of the document type (%(kind)s). Correct the number or the type."
    ),
    "document_kind_needed": _("It is not clear which document this number belongs to. Fill in the document type."),
    "uscc_format": _(
        "This is not a unified social credit code (18 digits and capital letters). Compare it with the licence."
    ),
    "uscc_check_digit": _("The check character of this credit code is wrong. Compare it with the licence."),
    "unknown_document_kind": _(
        "This document type is not known; it was taken as “other”. Correct it if it is one of the listed types."
    ),
    "document_kind_differs": _(
        "The number belongs to another document type, %(kind)s, and was taken as that. "
        "Correct the type if that is wrong."
    ),
    # names and phones
    "not_a_name": _("This cannot be a person's name. Check whether the columns have moved."),
    "odd_name": _("This name looks unusual. It was taken as it is; please check it."),
    "masked_name": _(
        "The name is partly hidden by stars and was taken as it is. Put in the full name when you have it."
    ),
    "bad_phone": _("This is not a phone number. The person was taken without it; correct it if you can."),
    "several_phones": _("There is more than one phone here; %(kept)s was kept. Leave only the one to call."),
    # the line
    "undecodable": _(
        "This line cannot be read: its characters are neither UTF-8 nor GB18030. "
        "Type it again here, or save the list as XLSX."
    ),
    "too_many_cells": _(
        "This line has %(cells)s cells but the header has %(columns)s: probably a comma inside a cell. "
        "Type the row again here, or put such a cell in quotes."
    ),
    "swallowed_lines": _(
        "A quotation mark that is never closed has swallowed the next %(lines)s lines. "
        "Close or remove it in the file and load it again."
    ),
    "repeated_header": _("The header again; the line was skipped. Nothing to do."),
    "not_a_row": _("A total, note or signature; the line was skipped. Nothing to do."),
    "example_row": _("The template's example; the line was skipped. Nothing to do."),
    "repeated_row": _("The same as line %(first_line)s; it was taken once. Nothing to do."),
    # the cell
    "missing": _("%(needed)s is missing. Fill it in."),
    "formula_text": _("The cell holds a formula. It is never computed: write the value instead."),
    "cell_error": _("The cell holds an Excel error; it was taken as empty. Write the value if there is one."),
    "too_long": _("The text is longer than %(longest)s characters. Check whether cells have run together."),
    "bad_number": _("This is not a number. Write digits only."),
    "out_of_range": _("The number must lie between %(lowest)s and %(highest)s. Correct it."),
    "bad_outline": _(
        "This is not an outline (WKT POLYGON in longitude and latitude). "
        "The place was taken without it; correct it to see it on the map."
    ),
    "unknown_word": _(
        "This word is not known here; it was taken as: %(taken_as)s. Use a word of the template if that is wrong."
    ),
    # dates
    "bad_date": _("This is not a date. Write it as 2021-06-01."),
    "impossible_date": _("There is no such day in the calendar. Correct the date."),
    "ambiguous_date": _("This may be %(first)s or %(second)s. Write the year first, as in 2021-06-01."),
    "two_digit_year": _("The year has only two digits. Write all four."),
    # the person
    "birth_in_future": _("The birth date is after %(on)s. Correct it."),
    "too_old": _("This makes the person %(age)s years old. Check the birth date."),
    "birth_date_differs": _("The ID says that the birth date is %(in_id)s. Correct the date or the ID."),
    "sex_differs": _("The ID says %(in_id)s; that was taken. Correct the column if the ID is right."),
    "person_twice": _("The same ID stands on line %(first_line)s with other details. Keep one line."),
    # doses
    "unknown_product": _("No vaccine of this name is known. Use a listed name or its CVX number."),
    "missing_product": _("The dose has a date but no vaccine. Fill in the vaccine."),
    "missing_dose_date": _("Dose %(number)s has a vaccine but no date. Fill in the date."),
    "dose_before_birth": _(
        "The dose (%(given_on)s) is before the birth date (%(birth_date)s). Correct the one that is wrong."
    ),
    "dose_in_future": _("The dose (%(given_on)s) is after today (%(on)s). Correct the date."),
    "two_first_doses": _(
        "Dose %(number)s of this person stands with another date or vaccine on line %(first_line)s. Keep the right one."
    ),
    "doses_out_of_order": _(
        "The dates of doses %(other_number)s and %(number)s are in the wrong order. Correct the dates or the numbers."
    ),
    "doses_same_day": _("Two doses on the same day (%(given_on)s); the first is on line %(first_line)s. Keep one."),
    "bad_dose_number": _("This is not a dose number. Write 1, 2 or 3."),
    # files that came back
    "emptied": _("The cell was emptied; nothing is taken away by that. What the register says stays."),
    "unknown_choice": _("This word is not known here. Write one of: %(choices)s."),
    # places and employers
    "bad_code": _("An area code has no “/” in it. Write it without."),
    "code_twice": _("The same code or name stands on line %(first_line)s with other details. Keep one line."),
}

# Code -> the values it may carry beside `candidates`.
REGISTER: dict[str, tuple[str, ...]] = {
    "unknown_area": ("area",),
    "outside_area": ("area",),
    "missing_area": (),
    "unknown_parent": (),
    "missing_parent": (),
    "parent_below_itself": (),
    "unknown_building": ("alike",),
    "several_buildings": ("alike",),
    "employer_twice": ("first_line",),
    "birth_date_conflicts": ("known",),
    "name_conflicts": ("known",),
    "maybe_known": ("count",),
    "probably_known": (),
    "person_not_in_register": (),
    "person_of_another_area": (),
    "name_missing": (),
    "dose_conflict": ("number", "known_on", "known_product"),
    "dose_number_taken": ("number", "known_on", "known_product"),
}
COMPARED: dict[str, Promise] = {
    "unknown_area": _("No area of this name or code is known here. Correct it, or load the list of areas first."),
    "outside_area": _(
        "This area lies outside %(area)s, for which the list was loaded. "
        "Correct it, or load the list for the area it belongs to."
    ),
    "missing_area": _("The area is missing, and the list was loaded for no area. Fill it in."),
    "unknown_parent": _(
        "No area with this code is known or stands in the list. Correct the parent code, or add the parent to the list."
    ),
    "missing_parent": _("A new area needs the code of the area above it. Fill in the parent code."),
    "parent_below_itself": _("This area would lie inside itself. Correct the parent code."),
    "unknown_building": _(
        "Nobody knows this building. Correct its name or code, or load it with a list of buildings first."
    ),
    "several_buildings": _("More than one building is called so. Write the building's code instead."),
    "employer_twice": _(
        "This employer stands on line %(first_line)s with another building or floor; that one was taken. Nothing to do."
    ),
    "birth_date_conflicts": _(
        "The register knows the person with this ID with another birth date: %(known)s. "
        "Decide whether it is the same person, or correct the ID."
    ),
    "name_conflicts": _(
        "The register knows the person with this ID by another name: %(known)s. "
        "Decide whether it is the same person, or correct the ID."
    ),
    "maybe_known": _(
        "The register has %(count)s with the same name and birth date, and nothing else agrees. "
        "Decide whether it is the same person."
    ),
    "probably_known": _(
        "The register has somebody of this name whose birth date, phone or building agree, but no ID proves it. "
        "Decide whether it is the same person."
    ),
    "person_of_another_area": _(
        "The register knows this person in an area whose people you may not see. The row waits for an office that may "
        "see both areas."
    ),
    "person_not_in_register": _(
        "Nobody in the register has this ID. Load the list of people first, or add the person as new."
    ),
    "name_missing": _(
        "Nobody in the register has this ID, and the row has no name. "
        "Fill in the name, or load the list of people first."
    ),
    "dose_conflict": _(
        "The register has another vaccine on the same day: %(known_product)s on %(known_on)s. "
        "Correct the row, or take both as they are."
    ),
    "dose_number_taken": _(
        "The register has dose %(number)s on another day: %(known_product)s on %(known_on)s. "
        "Correct the row, or take both as they are."
    ),
}

FILES: dict[str, Promise] = {
    "empty_file": _("The file is empty. Check that the right file was chosen."),
    "no_rows": _("The file has a header but no rows below it. Fill in the rows and load it again."),
    "not_a_sheet": _("This is not a list. Save it as XLSX or CSV and load that."),
    "old_xls": _("This is an Excel 97-2003 file (.xls). Open it, save it as .xlsx and load that."),
    "encrypted": _("The file has a password. Save a copy without one and load that."),
    "broken_xlsx": _("The file is damaged or not an Excel workbook. Open it in Excel, save it again and load that."),
    "xlsx_bomb": _(
        "Unpacked, the file would take %(megabytes)s MB or more (at most %(most)s, and no more than 200 times its "
        "size). "
        "Copy the list into a new workbook."
    ),
    "wrong_ending": _("The name ends in .%(named)s, but the content is %(really)s. Rename the file, or save it again."),
    "no_header": _(
        "No header was found. The file begins: %(seen)s. "
        "A people list needs at least a name and an ID number; the templates show every column."
    ),
    "unknown_kind": _("It is not clear which list this is. Its columns: %(seen)s. Use the header of a template."),
    "missing_columns": _(
        "For a list of this kind (%(kind)s) these columns are missing: %(needed)s. Seen: %(seen)s. Add them."
    ),
    "duplicate_columns": _("More than one column holds %(field)s: %(columns)s. Keep one."),
    "too_many_rows": _("The list has %(rows)s rows or more; at most %(limit)s are read at once. Split it."),
    "too_wide": _("The sheet has %(columns)s columns; at most %(limit)s are read. Remove those that are empty."),
    "open_quote": _(
        "A quotation mark that begins on line %(line)s is never closed. Close or remove it, or save the list as XLSX."
    ),
    "copy_missing": _(
        "This file went out from here, but its Copy column is gone, and without it nobody can tell what was changed. "
        "Put the column back from the file as it went out, or take the list out anew and change that one."
    ),
    "copy_unknown": _(
        "No copy with the number %(seen)s went out from this installation. Load the file where it came from, "
        "or take the list out here and change that one."
    ),
    "not_a_copy": _(
        "This file did not go out from here: it has no columns Record and Copy. Load it as a list, or take a list out "
        "and change that one."
    ),
    "too_many_copies": _(
        "The rows come from %(copies)s copies; at most %(limit)s are compared at once. "
        "Bring them back in several files."
    ),
    "too_large": _(
        "The file has %(megabytes)s MB; at most %(most)s are taken. Split it, or save it as CSV without pictures."
    ),
}

NO_SCHEDULE = _(
    "No schedule is adopted yet, so no vaccine is known by its name. Adopt one first: linli programme adopt CODE"
)

DOCUMENTS: dict[str, Promise] = {
    "resident_id": _("Resident ID"),
    "hk_macau_taiwan_residence_permit": _("Residence permit for Hong Kong, Macau and Taiwan residents"),
    "hk_macau_permit": _("Mainland travel permit for Hong Kong and Macau residents"),
    "taiwan_permit": _("Mainland travel permit for Taiwan residents"),
    "foreign_permanent_residence": _("Foreign permanent resident ID"),
    "passport": _("Passport"),
    "officer_card": _("Officer's card"),
    "soldier_card": _("Soldier's card"),
    "household_book": _("Household register"),
    "birth_certificate": _("Birth certificate"),
    "other": _("Other"),
}
LIST_KINDS: dict[str, Promise] = {
    "areas": _("Areas"),
    "buildings": _("Buildings"),
    "doors": _("Doors"),
    "people": _("Residents"),
    "doses": _("Doses"),
    "employers": _("Employers"),
    "staff": _("People who work here"),
}
LIST_STATES: dict[str, Promise] = {
    "received": _("Received"),
    "staged": _("To be decided"),
    "applied": _("In the register"),
    "set_aside": _("Set aside"),
    "refused": _("Cannot be read"),
}
OUTCOMES: dict[str, Promise] = {
    "new": _("New"),
    "changed": _("Changed"),
    "same": _("Unchanged"),
    "doubt": _("In doubt"),
    "conflict": _("In conflict"),
    "bad": _("Bad"),
    "unknown": _("Unknown record"),
    "removed": _("Not in the file"),
}

BASES: dict[str, Promise] = {
    "living": _("They live here"),
    "registered": _("They are registered here"),
    "working": _("They work here"),
}
PHASES: dict[str, Promise] = {
    "queued": _("Waiting for its turn"),
    "read": _("Reading the rows"),
    "compare": _("Comparing with the register"),
    "keep": _("Keeping the judgement"),
    "people": _("Writing down people"),
    "doses": _("Writing down doses"),
    "forecast": _("Working out who is due"),
}
# Fields of a change that are no column of a list.
FIELDS: dict[str, Promise] = {
    "living": _("Lives at"),
    "registered": _("Registered at"),
    "working": _("Works at"),
    "document": _("Document"),
    "dose": _("Dose"),
    "source": _("Listed by"),
    "building_id": _("Building"),
    "code": _("Code"),
    "kind": _("Kind"),
    "name_en": _("Name (English)"),
    "label": _("Name"),
}


def problem_words(problem: Mapping[str, Any]) -> str:
    """What is wrong with a row, and how to mend it, in the reader's language; `problem` as `Row.problems` holds it."""
    code = str(problem["code"])
    return _filled(ROWS.get(code) or COMPARED.get(code) or ROWS_BACK.get(code), code, problem.get("params") or {})


def refusal_words(refusal: Mapping[str, Any]) -> str:
    """Why a file as a whole cannot be taken, and what to do; `refusal` as `List.refusal` holds it."""
    code = str(refusal["code"])
    return _filled(FILES.get(code), code, refusal.get("params") or {})


def field_words(field: str) -> str:
    """The name of a column or of a fact, in the reader's language."""
    if field in FIELDS:
        return str(FIELDS[field])
    try:
        return label(field, get_language() or "en")
    except KeyError:
        return field


def either(fields: str) -> str:
    """A field, or alternatives joined by a bar, in words: "ID number or date of birth"."""
    return gettext(" or ").join(field_words(field) for field in fields.split("|"))


def _filled(words: Promise | None, code: str, params: Mapping[str, Any]) -> str:
    if words is None:
        return code
    return str(words) % {name: _value(code, name, value) for name, value in params.items()}


def _value(code: str, name: str, value: Any) -> str:
    """A value of a problem in words: codes become words, several are joined."""
    if isinstance(value, list | tuple):
        joint = gettext(", ")
        return joint.join(either(str(one)) if name == "needed" else str(one) for one in value)
    text = str(value)
    if name in ("needed", "field"):
        return either(text)
    if name == "kind":
        return str((LIST_KINDS if code == "missing_columns" else DOCUMENTS).get(text, text))
    if name == "in_id" and text in ("F", "M"):
        return gettext("female") if text == "F" else gettext("male")
    if name == "taken_as":
        return _taken_as(text)
    if name == "count":
        return _people(int(value))
    return text


def _taken_as(code: str) -> str:
    words = AREA_KINDS.get(code) or BUILDING_KINDS.get(code)
    return str(words) if words and code != "other" else gettext("nothing") if not code else gettext("other")


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
