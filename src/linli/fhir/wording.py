"""Sentences for the answer's descriptions, in the language in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from linli.domain.eligibility.chart import Line
from linli.fhir.rules import Rules
from linli.words.reasons import sentence


def say(line: Line, rules: Rules) -> str:
    """One reason as a sentence, with the table of CDC's specification it stands in."""
    text = sentence(line.reason, rules=rules.schedule, say_day=date.isoformat)
    return f"{text} [CDSi {line.table}]" if line.table else text


def say_all(lines: Iterable[Line], rules: Rules, *more: str) -> str:
    """Reasons as sentences in a row, and what else there is to read."""
    return " ".join([*(say(line, rules) for line in lines), *more])
