"""The operation itself: one request in, one answer out; and many, a line each."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator, Iterable, Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from linli.domain.eligibility.chart import judge_person
from linli.fhir.asking import Asked, read_request
from linli.fhir.evaluations import evaluations
from linli.fhir.recommendations import recommendation
from linli.fhir.rules import Choice
from linli.fhir.trouble import Issue, RefusedError, outcome

LONGEST_LINE = 1024 * 1024
"""Bytes of one person's Parameters, in a line or alone."""
log = logging.getLogger(__name__)


def answer(data: bytes, choice: Choice, *, held: bool = True) -> bytes:
    """Judge the person of one Parameters resource and answer with another. Raises RefusedError where it cannot be read.

    An answer that is `held` was held to FHIR R4's models before it went out, which takes as long as all the rest.
    """
    asked = read_request(data, choice)
    judgement = judge_person(asked.rules.schedule, asked.person, on=asked.on, groups=asked.groups)
    parameter = [{"name": "evaluation", "resource": one} for one in evaluations(asked, judgement)]
    issues = [*asked.issues, *_left_out(asked, parameter)]
    parameter.append({"name": "recommendation", "resource": recommendation(asked, judgement)})
    if issues:
        parameter.append({"name": "outcome", "resource": outcome(issues)})
    found = {"resourceType": "Parameters", "parameter": parameter}
    if held:
        from fhir.resources.R4B.parameters import Parameters  # takes most of a second: not where it is not asked for

        Parameters.model_validate(found)
    return as_bytes(found)


def answer_lines(lines: Iterable[bytes], choice: Choice) -> Generator[bytes, None, None]:
    """Judge a person a line, in order; a line that cannot be judged is answered with what is wrong with it.

    Answers are made as those of one person are, and not held to FHIR's models once more.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer_line(line, number, choice) + b"\n"


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Lines of a file; one that is too long comes cut off just above the limit, so that it fills no memory."""
    while line := file.readline(LONGEST_LINE + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        yield line


def refusal(issues: Iterable[Issue]) -> bytes:
    """The OperationOutcome that says why a request is refused."""
    from fhir.resources.R4B.operationoutcome import OperationOutcome  # as above

    found = outcome(issues)
    OperationOutcome.model_validate(found)
    return as_bytes(found)


def as_bytes(resource: dict[str, Any]) -> bytes:
    """A resource as it travels."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()


def _answer_line(line: bytes, number: int, choice: Choice) -> bytes:
    where = _("Line {number}: ").format(number=number)
    if len(line) > LONGEST_LINE:
        text = _("longer than {most} bytes.").format(most=f"{LONGEST_LINE:,}")
        return refusal([Issue("error", "too-long", where + text)])
    try:
        return answer(line, choice, held=False)
    except RefusedError as error:
        return refusal(Issue(one.severity, one.code, where + one.text, one.at) for one in error.issues)
    except Exception:  # a line that breaks the engine must not take the others with it
        log.exception("a line could not be judged")
        return refusal([Issue("fatal", "exception", where + _("it could not be judged; the fault is ours."))])


def _left_out(asked: Asked, evaluated: list[dict[str, Any]]) -> Iterator[Issue]:
    """Doses that were not evaluated, once more where somebody looks first for trouble."""
    reasons: dict[str, str] = {}
    for one in evaluated:
        for reason in one["resource"].get("doseStatusReason", ()):
            if any(coding.get("code") == "notevaluated" for coding in reason.get("coding", ())):
                reasons.setdefault(str(one["resource"]["immunizationEvent"]), reason["text"])
    for given in asked.given:
        text = reasons.get(str(given.reference))
        if text is not None:
            yield Issue("warning", "incomplete", text, given.at)
