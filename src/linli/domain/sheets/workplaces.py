"""Lists of employers."""

from __future__ import annotations

from linli.domain.identity import IdentityError, read_uscc
from linli.domain.sheets.cells import Cells
from linli.domain.sheets.problem import Severity
from linli.domain.sheets.rows import EmployerRow


def employer(cells: Cells) -> EmployerRow:
    """One line of an employer list."""
    return EmployerRow(
        line=cells.line,
        name=cells.needed("employer"),
        code=credit_code(cells, severity="bad"),
        work_building=cells.text("work_building"),
        floor=cells.text("floor"),
        area=cells.text("area"),
        phone=cells.phone(),
        contact=cells.text("contact"),
        note=cells.text("note"),
    )


def credit_code(cells: Cells, *, severity: Severity) -> str:
    """The employer's credit code; a wrong one is reported and dropped."""
    value = cells.text("employer_code")
    if not value:
        return ""
    try:
        return read_uscc(value)
    except IdentityError as refused:
        cells.refuse("employer_code", refused, severity=severity)
        return ""
