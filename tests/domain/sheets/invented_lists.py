"""Invented people and lists for the tests of sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linli.domain.identity import check_digit
from linli.domain.sheets import PROBLEMS, Parsed, Problem, parse, read, recognise

DAY = date(2021, 6, 20)
PRODUCTS = {"bibp": "BIBP", "北京生物": "BIBP", "科兴": "CoronaVac", "510": "BIBP", "新冠疫苗(vero细胞)": "Vero"}


def resident(born: str, order: int = 1) -> str:
    """An invented id of somebody born on that day (YYYYMMDD); men have odd orders."""
    first = f"310106{born}{order:03}"
    return first + check_digit(first)


ZHANG = resident("19900101", 1)
LI = resident("19850228", 2)


def parsed(header: str, *rows: str) -> Parsed:
    """Read a list written with bars between the cells; every problem keeps to the table of codes."""
    quoted = ["\t".join(f'"{cell}"' if "\n" in cell else cell for cell in row.split("|")) for row in (header, *rows)]
    sheet = read("\n".join(quoted).encode(), filename="list.csv")
    result = parse(sheet, recognise(sheet.header), products=PRODUCTS, on=DAY)
    keep_to_the_table(result.problems)
    return result


def keep_to_the_table(problems: Sequence[Problem]) -> None:
    """Every code and its params are those of PROBLEMS."""
    for problem in problems:
        assert tuple(problem.params) == PROBLEMS[problem.code], problem


def told(result: Parsed) -> list[tuple[int, str, str, str, str]]:
    """Problems without their params."""
    return [(one.line, one.column, one.value, one.code, one.severity) for one in result.problems]
