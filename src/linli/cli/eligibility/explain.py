"""One person's answer walked through in sentences: each dose, each date, the rule and its table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from linli.cli.eligibility.folder import group_named, read_folder, shipped
from linli.cli.eligibility.one import find_person
from linli.cli.language import gettext as _
from linli.domain.calendar import as_days
from linli.domain.eligibility import Reason, Schedule, assess, explain, match_products, patients_of
from linli.domain.eligibility.chart import Person, Told, judge_person, tell
from linli.domain.eligibility.chart.telling import Line


@dataclass(frozen=True)
class Files:
    """Files of people, of their doses and, if there are any, of their observations."""

    people: Path
    doses: Path
    observations: Path | None = None

    def find(self, rules: Schedule, person: str) -> Person:
        return find_person(rules, person, self.people, self.doses, self.observations)


def explain_programme(person: str, files: Files, *, on: date, programme: str, as_json: bool) -> str:
    """What a schedule that comes with linli says of one person of the files. Raises FileError."""
    rules = shipped(programme)
    found = files.find(rules, person)
    patients, _rows = patients_of(
        birth=as_days([found.birth]),
        person=np.zeros(len(found.doses), np.int32),
        given_on=as_days([dose.on for dose in found.doses]),
        vaccine=match_products(rules, [dose.vaccine for dose in found.doses]),
    )
    told = explain(rules, patients, assess(rules, patients, on=on), person=0)
    lines = [Line(reason) for reason in told]
    if as_json:
        data = {"person": person, "on": on.isoformat(), "programme": programme}
        return json.dumps(data | {"reasons": [reason_as_data(line) for line in lines]})
    say = speaker(rules)
    return "\n".join([say(lines[0]), *(f"  {_day(line)}{say(line)}" for line in lines[1:])])


def _day(line: Line) -> str:
    """The day of a dose in front of its sentence; a date's own sentence names its day."""
    given = line.reason.params.get("given_on")
    return "" if given is None else f"{given}: "


def explain_schedule(person: str, files: Files, *, on: date, data: Path, groups: Iterable[str], as_json: bool) -> str:
    """What the schedule of a folder says of one person of the files. Raises FileError."""
    rules = read_folder(data).schedule
    chosen = [group_named(rules, name) for name in groups] or [group.name for group in rules.groups]
    judgement = judge_person(rules, files.find(rules, person), on=on, groups=chosen)
    told = [tell(judgement, group) for group in chosen if judgement.groups[group]]
    if as_json:
        return json.dumps({"person": person, "on": on.isoformat(), "groups": [_as_data(one) for one in told]})
    return "\n".join(_sentences(rules, told)) or _("No vaccine group has a series for this person.")


def _sentences(rules: Schedule, told: list[Told]) -> Iterable[str]:
    say = speaker(rules)
    from linli.words.reasons import product_name

    for one in told:
        yield from _group(one, say, lambda code: product_name(rules, code))


def speaker(rules: Schedule) -> Callable[[Line], str]:
    """Says a line in the terminal's language."""
    from linli.cli.ready import django_ready

    django_ready(database=False)
    from linli.words.reasons import sentence

    def say(line: Line) -> str:
        text = sentence(line.reason, rules=rules, say_day=date.isoformat)
        return _("{sentence} [table {number}]").format(sentence=text, number=line.table) if line.table else text

    return say


def _group(told: Told, say: Callable[[Line], str], name: Callable[[str], str]) -> Iterable[str]:
    for forecast in told.forecasts:
        yield f"{told.group}, {forecast.forecast.series[0].series.code}: {say(forecast.standing)}"
        for line in forecast.dates:
            yield f"  {say(line)}"
    for dose, line in told.doses:
        day = _("no date") if dose.on is None else dose.on.isoformat()
        yield f"  {day} {name(dose.vaccine) or '?'}: {say(line)}"


def _as_data(told: Told) -> dict[str, Any]:
    return {
        "group": told.group,
        "forecasts": [
            {
                "series": one.forecast.series[0].series.code,
                "status": one.forecast.status.text,
                "standing": reason_as_data(one.standing),
                "dates": [reason_as_data(line) for line in one.dates],
                "vaccines": list(one.forecast.vaccines),
                "guidance": list(one.forecast.guidance),
            }
            for one in told.forecasts
        ],
        "doses": [{"product": dose.vaccine, **reason_as_data(line)} for dose, line in told.doses],
    }


def reason_as_data(line: Line) -> dict[str, Any]:
    """A reason with its table for JSON."""
    reason: Reason = line.reason
    values = {name: value if isinstance(value, int | None) else str(value) for name, value in reason.params.items()}
    return {"code": reason.code.text, "table": line.table, **values}
