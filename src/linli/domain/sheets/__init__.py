"""The lists of an office: read CSV and XLSX, recognise the columns, get typed rows and every problem; write lists."""

from __future__ import annotations

from linli.domain.sheets.header import label
from linli.domain.sheets.layout import KINDS, Column, Kind, Layout, recognise
from linli.domain.sheets.parsing import Parsed, parse
from linli.domain.sheets.problem import PROBLEMS, SHEET_ERRORS, Problem, SheetError
from linli.domain.sheets.reading import read
from linli.domain.sheets.rows import AreaRow, BuildingRow, DoorRow, DoseRow, EmployerRow, PersonRow, Row
from linli.domain.sheets.sheet import Sheet
from linli.domain.sheets.template import template
from linli.domain.sheets.writing import Value, neutral, write_csv, write_xlsx

__all__ = [
    "KINDS",
    "PROBLEMS",
    "SHEET_ERRORS",
    "AreaRow",
    "BuildingRow",
    "Column",
    "DoorRow",
    "DoseRow",
    "EmployerRow",
    "Kind",
    "Layout",
    "Parsed",
    "PersonRow",
    "Problem",
    "Row",
    "Sheet",
    "SheetError",
    "Value",
    "label",
    "neutral",
    "parse",
    "read",
    "recognise",
    "template",
    "write_csv",
    "write_xlsx",
]
