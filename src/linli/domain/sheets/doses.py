"""Doses in a list: a line each (long form) or side by side on a person's line (wide form)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from linli.domain.identity import plain
from linli.domain.sheets.cells import NO_DOSE, Cells
from linli.domain.sheets.rows import DoseRow

CVX = re.compile(r"[0-9]{1,4}")
BRACKETS = re.compile(r"\([^)]*\)")
NUMBER = re.compile(
    r"第?\s*([1-9一二三四五六七八九首])\s*(?:剂次|针次|剂|针)?|(?:dose|shot)\s*([1-9])|([1-9])(?:st|nd|rd|th)(?:\s*dose)?",
    re.IGNORECASE,
)
YES_OR_NO: Final = {
    **dict.fromkeys(("是", "y", "yes", "true", "1", "√", "有"), "yes"),
    **dict.fromkeys(("否", "n", "no", "false", "0", "无", "-"), "no"),
}
CHINESE: Final = {"首": 1, **{character: number for number, character in enumerate("一二三四五六七八九", 1)}}
SEVERAL_DATES = re.compile(r"\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}\D+\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}\D?|\d{8}\D+\d{8}")


class Products:
    """The products this list may name: what a text means, looked up once for each text."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        self._known: dict[tuple[str, str], str] = {}

    def code(self, product: str, maker: str) -> str:
        """The code for a product's and a maker's name, the CVX number itself, or empty when nobody knows it."""
        key = (product, maker)
        if key not in self._known:
            self._known[key] = next(
                (code for text in (product, maker, f"{product} {maker}") if (code := self._look(text))), ""
            )
        return self._known[key]

    def _look(self, text: str) -> str:
        text = plain(text).lower()
        for form in (text, text.replace(" ", ""), BRACKETS.sub("", text).strip()):
            if form and (code := self._aliases.get(form)):
                return code
        if not CVX.fullmatch(text):
            return ""
        cvx = f"{int(text):02d}"  # "8", "08" and "008" are one vaccine
        return self._aliases.get(cvx, cvx)


def one_dose(cells: Cells, products: Products, birth_date: date | None) -> tuple[DoseRow, ...]:
    """The dose on a line of a doses list."""
    given_on = cells.date("given_on")
    if not cells.text("given_on"):
        cells.report("given_on", "missing", needed="given_on")
    product = _product(cells, products, "product", "maker", 0)
    number = dose_number(cells)
    if given_on is None:
        return ()
    check_day(cells, "given_on", given_on, birth_date)
    dose = _row(cells, given_on, product, number, "given_on", "product", "lot", "place")
    return (replace(dose, supply_ended=cells.word("supply_ended", YES_OR_NO, otherwise="no") == "yes"),)


def wide_doses(cells: Cells, products: Products, birth_date: date | None) -> tuple[DoseRow, ...]:
    """The doses side by side on a person's line, in the order of their numbers."""
    doses: list[DoseRow] = []
    for number in cells.layout.dose_numbers:
        prefix = f"dose{number}_"
        on_field = f"{prefix}on"
        said = cells.text(on_field)
        own = f"{prefix}product" in cells.index or f"{prefix}maker" in cells.index
        product_field, maker_field = (f"{prefix}product", f"{prefix}maker") if own else ("product", "maker")
        if not said or said.lower() in NO_DOSE:
            product = cells.text(product_field) or cells.text(maker_field) if own else ""
            if product and product.lower() not in NO_DOSE:
                cells.report(on_field, "missing_dose_date", number=number)
            continue
        if SEVERAL_DATES.fullmatch(said):
            cells.report(on_field, "two_first_doses", number=number, first_line=cells.line)
            continue
        given_on = cells.date(on_field)
        product = _product(cells, products, product_field, maker_field, number)
        if given_on is None:
            continue
        check_day(cells, on_field, given_on, birth_date)
        _check_order(cells, on_field, number, given_on, doses)
        fields = [f"{prefix}{part}" if f"{prefix}{part}" in cells.index else part for part in ("lot", "place")]
        doses.append(_row(cells, given_on, product, number, on_field, product_field, *fields))
    return tuple(doses)


def _row(
    cells: Cells, given_on: date, product: str, number: int | None, on: str, product_field: str, lot: str, place: str
) -> DoseRow:
    columns = cells.layout.columns
    on_column, product_column = columns.get(on), columns.get(product_field)
    return DoseRow(
        given_on=given_on,
        product=product,
        number=number,
        lot=cells.text(lot),
        place=cells.text(place),
        on_column=on_column.header if on_column else "",
        product_column=product_column.header if product_column else "",
    )


def _product(cells: Cells, products: Products, field: str, maker_field: str, number: int) -> str:
    name, maker = cells.text(field), cells.text(maker_field)
    field = field if name or not maker else maker_field
    if not name and not maker:
        cells.report(field, "missing_product", number=number)
        return ""
    code = products.code(name, maker)
    if not code:
        cells.report(field, "unknown_product")
    return code


def check_day(cells: Cells, field: str, given_on: date, birth_date: date | None) -> None:
    """See that a dose lies neither in the future nor before the birth."""
    if given_on > cells.on:
        cells.report(field, "dose_in_future", given_on=given_on.isoformat(), on=cells.on.isoformat())
    if birth_date is not None and given_on < birth_date:
        cells.report(field, "dose_before_birth", birth_date=birth_date.isoformat(), given_on=given_on.isoformat())


def _check_order(cells: Cells, field: str, number: int, given_on: date, doses: list[DoseRow]) -> None:
    for other in doses:
        if other.given_on == given_on:
            cells.report(field, "doses_same_day", given_on=given_on.isoformat(), first_line=cells.line)
        elif other.given_on > given_on:
            cells.report(field, "doses_out_of_order", number=number, other_number=other.number or 0)


def dose_number(cells: Cells) -> int | None:
    """The number that the line gives its dose; None when it gives none, or none that can be."""
    text = cells.text("dose_number")
    if not text:
        return None
    found = NUMBER.fullmatch(text)
    if not found:
        cells.report("dose_number", "bad_dose_number")
        return None
    word = found[1] or found[2] or found[3]
    return CHINESE.get(word) or int(word)
