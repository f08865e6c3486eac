"""Faults put into the lists on purpose, each remembered: what an office's lists really hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from linli.demo import spoiling
from linli.demo.tables import CellRow, Planted, Table

SHARE = 0.007  # of the rows of a list
TRIES = 80  # rows looked at for one that a fault fits
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a row goes wrong. `spoil` changes the row and gives False where it cannot.

    `adds`: the row is a copy put at the end, and the fault is there.
    """

    code: str
    field: str
    kinds: tuple[str, ...]
    spoil: spoiling.Way
    adds: bool = False
    level: Literal["sheet", "register"] = "sheet"
    severity: Literal["bad", "warning", "doubt"] = "bad"


def plant(table: Table, rng: Rng) -> list[Planted]:
    """Spoil some rows of a list, each in one way, and say which; the ways that fit the list come in turn."""
    ways = [fault for fault in FAULTS if table.entry.kind in fault.kinds and _has(table, fault)]
    count = len(table.rows)
    if not ways or not count:
        return []
    wanted = max(2, round(count * SHARE))
    order = rng.permutation(len(ways)).tolist()
    planted: list[Planted] = []
    touched: set[int] = set()
    for turn in range(wanted):
        fault = ways[order[turn % len(ways)]]
        for position in rng.integers(0, count, TRIES).tolist():
            # Nobody is spoilt twice: the second fault would hide behind the first.
            who = table.people[position] if table.people else position
            row = list(table.rows[position])
            if who not in touched and fault.spoil(table, row, rng):
                touched.add(who)
                planted.append(_put(table, fault, position, row))
                break
    return sorted(planted, key=lambda fault: fault.line)


def _put(table: Table, fault: Fault, position: int, row: CellRow) -> Planted:
    line = table.first_line + (len(table.rows) if fault.adds else position)
    if fault.adds:
        table.rows.append(row)
    else:
        table.rows[position] = row
    column = table.header_of(fault.field) if fault.field else ""
    return Planted(table.entry.file, line, fault.code, column, fault.level, fault.severity)


def _has(table: Table, fault: Fault) -> bool:
    return not fault.field or fault.field in table.fields


PEOPLE, LISTED = ("people",), ("people", "staff")
ANYBODY = ("people", "staff", "doses")
FAULTS = (
    Fault("check_digit", "id_number", ANYBODY, spoiling.check_digit),
    Fault("excel_lost_digits", "id_number", ANYBODY, spoiling.excel),
    Fault("id_length", "id_number", LISTED, spoiling.short_id),
    Fault("id_masked", "id_number", LISTED, spoiling.masked_id),
    Fault("formula_text", "name", LISTED, spoiling.formula),
    Fault("missing", "name", LISTED, spoiling.no_name),
    Fault("birth_date_differs", "birth_date", ANYBODY, spoiling.other_birthday),
    Fault("sex_differs", "sex", LISTED, spoiling.other_sex, severity="warning"),
    Fault("bad_phone", "phone", LISTED, spoiling.short_phone, severity="warning"),
    Fault("repeated_row", "", ANYBODY, spoiling.again, adds=True, severity="warning"),
    Fault("person_twice", "id_number", LISTED, spoiling.again_otherwise, adds=True),
    Fault("unknown_building", "building", PEOPLE, spoiling.nowhere("building"), level="register"),
    Fault("unknown_building", "registered_address", PEOPLE, spoiling.no_address, level="register"),
    Fault(
        "unknown_building", "work_building", ("staff", "employers"), spoiling.nowhere("work_building"), level="register"
    ),
    Fault("dose_in_future", "dose1_on", LISTED, spoiling.later("dose1_on")),
    Fault("dose_before_birth", "dose1_on", LISTED, spoiling.earlier("dose1_on")),
    Fault("ambiguous_date", "dose1_on", LISTED, spoiling.ambiguous("dose1_on")),
    Fault("impossible_date", "dose1_on", LISTED, spoiling.impossible("dose1_on")),
    Fault("unknown_product", "dose1_product", LISTED, spoiling.unknown_product("dose1_product")),
    Fault("two_first_doses", "dose1_on", LISTED, spoiling.two_in_one),
    Fault("doses_out_of_order", "dose2_on", LISTED, spoiling.swapped),
    Fault("missing_product", "dose1_product", LISTED, spoiling.no_product),
    Fault("dose_in_future", "given_on", ("doses",), spoiling.later("given_on")),
    Fault("dose_before_birth", "given_on", ("doses",), spoiling.earlier("given_on")),
    Fault("ambiguous_date", "given_on", ("doses",), spoiling.ambiguous("given_on")),
    Fault("impossible_date", "given_on", ("doses",), spoiling.impossible("given_on")),
    Fault("unknown_product", "product", ("doses",), spoiling.unknown_product("product", "maker")),
    Fault("two_first_doses", "dose_number", ("doses",), spoiling.first_again, adds=True),
    Fault("bad_dose_number", "dose_number", ("doses",), spoiling.last_one),
    Fault("person_not_in_register", "", ("doses",), spoiling.stranger, adds=True, level="register", severity="doubt"),
    Fault("uscc_check_digit", "employer_code", ("employers",), spoiling.credit_code),
    Fault("code_twice", "building_code", ("buildings",), spoiling.other_name, adds=True),
    Fault("unknown_area", "area", ("buildings",), spoiling.no_area, adds=True, level="register"),
    Fault("unknown_building", "building", ("doors",), spoiling.nowhere("building"), level="register"),
    Fault("repeated_row", "", ("doors",), spoiling.again, adds=True, severity="warning"),
)
