"""What can be wrong with a list: one table of row problems, one of reasons to refuse the whole file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from linli.domain.identity import IDENTITY_REFUSALS

Severity = Literal["bad", "warning"]
Param = str | int | tuple[str, ...]

PROBLEMS: Final[dict[str, tuple[str, ...]]] = {
    **IDENTITY_REFUSALS,
    # the line
    "undecodable": (),
    "too_many_cells": ("cells", "columns"),
    "swallowed_lines": ("lines",),
    "repeated_header": (),
    "not_a_row": (),
    "example_row": (),
    "repeated_row": ("first_line",),
    # the cell
    "missing": ("needed",),
    "formula_text": (),
    "cell_error": (),
    "too_long": ("longest",),
    "bad_number": (),
    "out_of_range": ("lowest", "highest"),
    "bad_outline": (),
    "unknown_word": ("taken_as",),
    # dates
    "bad_date": (),
    "impossible_date": (),
    "ambiguous_date": ("first", "second"),
    "two_digit_year": (),
    # the person
    "unknown_document_kind": (),
    "document_kind_differs": ("kind",),
    "birth_in_future": ("on",),
    "too_old": ("age",),
    "birth_date_differs": ("in_id",),
    "sex_differs": ("in_id",),
    "person_twice": ("first_line",),
    # doses
    "unknown_product": (),
    "missing_product": ("number",),
    "missing_dose_date": ("number",),
    "dose_before_birth": ("birth_date", "given_on"),
    "dose_in_future": ("given_on", "on"),
    "two_first_doses": ("number", "first_line"),
    "doses_out_of_order": ("number", "other_number"),
    "doses_same_day": ("given_on", "first_line"),
    "bad_dose_number": (),
    # files that came back
    "emptied": (),
    "unknown_choice": ("choices",),
    # places and employers
    "code_twice": ("first_line",),
    "bad_code": (),
}

SHEET_ERRORS: Final[dict[str, tuple[str, ...]]] = {
    "empty_file": (),
    "no_rows": (),
    "not_a_sheet": (),
    "old_xls": (),
    "encrypted": (),
    "broken_xlsx": (),
    "xlsx_bomb": ("megabytes", "most"),
    "wrong_ending": ("named", "really"),
    "no_header": ("seen",),
    "unknown_kind": ("seen",),
    "missing_columns": ("kind", "needed", "seen"),
    "duplicate_columns": ("field", "columns"),
    "too_many_rows": ("rows", "limit"),
    "too_wide": ("columns", "limit"),
    "open_quote": ("line",),
    # a file that went out and came back
    "copy_missing": (),
    "copy_unknown": ("seen",),
    "not_a_copy": (),
    "too_many_copies": ("copies", "limit"),
}

LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong on one line.

    `line` is as people see it, `column` the header as it stands in the file (may be empty). `code` and the names in
    `params` are those of PROBLEMS. A bad problem keeps the row out, a warning does not.
    """

    line: int
    column: str
    value: str
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    severity: Severity = "bad"


class SheetError(ValueError):
    """The whole file cannot be taken; `code` and `params` are those of SHEET_ERRORS."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
