"""Every case judged, and the score by vaccine group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linli.cli.eligibility.conform.cases import BadCase, Case, Expected, fold
from linli.domain.calendar import date_of
from linli.domain.eligibility.chart import GroupForecast, judge_person, speaking, verdicts
from linli.domain.eligibility.histories import DoseStatus
from linli.domain.eligibility.schedule import Schedule

ALIASES = {
    "dtap": "DTaP/Tdap/Td",
    "tdap": "DTaP/Tdap/Td",
    "td": "DTaP/Tdap/Td",
    "flu": "Influenza",
    "ipol": "Polio",
    "je": "Japanese Encephalitis",
    "mcv": "Meningococcal",
    "menb": "Meningococcal B",
    "mpox": "Orthopoxvirus",
    "pcv": "Pneumococcal",
    "pneumo": "Pneumococcal",
    "pol": "Polio",
    "rota": "Rotavirus",
    "vaccinia": "Orthopoxvirus",
    "var": "Varicella",
    "yf": "Yellow Fever",
    "zos": "Zoster",
}
"""What cases call a vaccine group, and its name in the schedule; docs/decisions/0015-cdsi-readings.md."""

_DOSE_WORDS = {
    DoseStatus.VALID: "valid",
    DoseStatus.NOT_VALID: "not valid",
    DoseStatus.EXTRANEOUS: "extraneous",
    DoseStatus.SUBSTANDARD: "substandard",
}


@dataclass
class Score:
    """What passed; `failed` tells each case that did not: its id, what was expected, what came."""

    cases: int = 0
    passed: int = 0
    passed_plain_first: int = 0
    doses: int = 0
    doses_passed: int = 0
    by_group: dict[str, dict[str, int]] = field(default_factory=dict)
    failed: list[dict[str, Any]] = field(default_factory=list)

    def count(self, group: str, *, passed: bool) -> None:
        row = self.by_group.setdefault(group, {"cases": 0, "passed": 0})
        row["cases"] += 1
        row["passed"] += passed
        self.cases += 1
        self.passed += passed


def score_cases(schedule: Schedule, cases: list[Case | BadCase], disputed: frozenset[str] = frozenset()) -> Score:
    """Judge every case; one that is none fails. Cases in `disputed` are marked and judged like all others."""
    score = Score()
    names = {fold(group.name): group.name for group in schedule.groups}
    names |= {alias: names[fold(name)] for alias, name in ALIASES.items() if fold(name) in names}
    for case in cases:
        group = names.get(fold(case.group)) if isinstance(case, Case) else None
        if isinstance(case, BadCase) or group is None:
            reason = case.reason if isinstance(case, BadCase) else f"no vaccine group {case.group!r}"
            score.count(case.group if isinstance(case, Case) else "", passed=False)
            score.failed.append({"id": case.id, "expected": None, "got": reason})
            continue
        _score(score, schedule, case, group, disputed)
    return score


def _score(score: Score, schedule: Schedule, case: Case, group: str, disputed: frozenset[str]) -> None:
    forecasts = judge_person(schedule, case.person, on=case.on, groups=[group]).groups[group]
    chosen = speaking(forecasts)
    passed = chosen is not None and _agrees(chosen, case.expected)
    score.count(group, passed=passed)
    plain = min(forecasts, key=lambda one: one.series_group, default=None)
    score.passed_plain_first += plain is not None and _agrees(plain, case.expected)
    got = dose_words(schedule, case, forecasts)
    wanted = [(want, one) for want, one in zip(case.doses_expected, got, strict=True) if want]
    score.doses += len(wanted)
    score.doses_passed += sum(want == one for want, one in wanted)
    if not passed or any(want != one for want, one in wanted):
        row = {
            "id": case.id,
            "group": group,
            "passed": passed,
            "expected": _shown(case.expected) | {"doses": list(case.doses_expected)},
            "got": [_shown(_of(one)) | {"series": one.series[0].series.code} for one in forecasts],
            "got_doses": got,
        }
        if case.id in disputed:
            row["disputed"] = True
        if not passed:
            score.failed.append(row)


def dose_words(schedule: Schedule, case: Case, forecasts: list[GroupForecast]) -> list[str]:
    """How each dose was judged for a group; one that is none of the group's, for the groups it belongs to."""
    found = verdicts(forecasts)
    if len(found) < len(case.person.doses):
        everything = judge_person(schedule, case.person, on=case.on).groups
        for of_group in everything.values():
            found = verdicts(of_group) | found
    words = {place: _DOSE_WORDS[judged.status] for place, judged in found.items()}
    return [words.get(place, "") for place in range(len(case.person.doses))]


def _agrees(forecast: GroupForecast, expected: Expected) -> bool:
    got = _of(forecast)
    return got == expected if expected.status == "not complete" else got.status == expected.status


def _of(forecast: GroupForecast) -> Expected:
    return Expected(
        fold(forecast.status.text), _date(forecast.earliest), _date(forecast.recommended), _date(forecast.past_due)
    )


def _date(day: int | None) -> date | None:
    return None if day is None else date_of(day)


def _shown(one: Expected) -> dict[str, Any]:
    return {
        "status": one.status,
        "earliest": one.earliest and one.earliest.isoformat(),
        "recommended": one.recommended and one.recommended.isoformat(),
        "past_due": one.past_due and one.past_due.isoformat(),
    }
