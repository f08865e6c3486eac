"""XML from strangers: a parser that refuses what hostile files live from, and elements that name their path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from linli.domain.calendar import Period, PeriodError
from linli.domain.eligibility.tables import ScheduleError

LARGEST = 32 * 1024 * 1024
_ROOTS = ("scheduleSupportingData", "antigenSupportingData")
_EMPTY = ("", "n/a")


class Node:
    """One element: hands out its texts as what they mean; a value that cannot be read names its path."""

    def __init__(self, element: Element, path: str = "") -> None:
        self.element, self.tag, self.path = element, element.tag, path

    def all(self, path: str) -> Iterator[Node]:
        for place, element in enumerate(self.element.findall(path), 1):
            yield Node(element, f"{self.path}/{path}[{place}]")

    def first(self, tag: str) -> Node:
        """The one element that must be there."""
        element = self.element.find(tag)
        if element is None:
            raise ScheduleError(f"{self.path}/{tag}: missing")
        return Node(element, f"{self.path}/{tag}")

    def text(self, path: str = ".") -> str:
        """Text of an element; "" where it is missing, empty or "n/a"."""
        text = (self.element.findtext(path) or "").strip()
        return "" if text.casefold() in _EMPTY else text

    def texts(self, path: str) -> tuple[str, ...]:
        return tuple(node.text() for node in self.all(path) if node.text())

    def take(self, path: str) -> str:
        """A text that must be there."""
        return self.text(path) or self._fail(path, "missing")

    def choice(self, path: str, choices: dict[str, str]) -> str:
        """One of a few words, whatever their letters; the empty text is one too."""
        text = self.text(path).casefold()
        return choices[text] if text in choices else self._fail(path, f"not one of {', '.join(filter(None, choices))}")

    def yes(self, path: str) -> bool:
        return self.text(path).casefold() in ("yes", "y")

    def period(self, path: str) -> Period | None:
        text = self.text(path)
        try:
            return Period.parse(text) if text else None
        except PeriodError as error:
            raise ScheduleError(f"{self.path}/{path}: {error}") from error

    def take_period(self, path: str) -> Period:
        self.take(path)
        return self.period(path) or Period()

    def day(self, path: str) -> date | None:
        """A date written 20251001 or 10/01/2025."""
        text = self.text(path)
        american = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text)
        digits = "".join(american.group(3, 1, 2)) if american else text
        try:
            return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") if text else None
        except ValueError:
            return self._fail(path, f"not a date: {text!r}")

    def number(self, path: str, default: int | None = None) -> int:
        found = re.search(r"\d{1,4}$", self.text(path))
        if found is None and default is not None:
            return default
        return int(found[0] if found else self._fail(path, f"not a number: {self.text(path)!r}"))

    def vaccines(self, path: str) -> tuple[str, ...]:
        """CVX codes, separated by semicolons or commas."""
        return tuple(cvx(part) or self._fail(path, "no CVX code") for part in re.split("[;,]", self.text(path)) if part)

    def vaccine(self, path: str = "cvx") -> str:
        return cvx(self.take(path)) or self._fail(path, f"not a CVX code: {self.text(path)!r}")

    def _fail(self, path: str, message: str) -> NoReturn:
        raise ScheduleError(f"{self.path}/{path}: {message}")


def cvx(text: str) -> str:
    """A CVX code as the schedule writes it: two digits at least; "" where the text is none."""
    digits = text.strip()
    return digits.lstrip("0").zfill(2) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else ""


def root_of(data: bytes) -> Node:
    """Root of a supporting-data file. Raises ScheduleError where it is too large, broken, hostile or something else."""
    if len(data) > LARGEST:
        raise ScheduleError(f"larger than {LARGEST // (1024 * 1024)} MB")
    try:
        element = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise ScheduleError("has a document type or entities, which supporting data never has") from error
    except (ParseError, ValueError, LookupError) as error:
        raise ScheduleError(f"is not well-formed XML: {error}") from error
    if element.tag not in _ROOTS:
        raise ScheduleError(f"is not CDSi supporting data: its root is <{element.tag}>")
    return Node(element)
