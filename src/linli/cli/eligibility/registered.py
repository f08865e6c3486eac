"""The answer for one person of the register walked through in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from linli.cli.eligibility.explain import reason_as_data, speaker
from linli.cli.eligibility.tables import FileError
from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator
from linli.domain.eligibility import Explanation, Schedule
from linli.domain.eligibility.chart.telling import Line

if TYPE_CHECKING:
    from linli.records.people.models import Person
    from linli.records.programme.models import Programme


def explain_registered(
    record: str, *, on: date, programme: str | None, groups: Sequence[str] = (), as_json: bool
) -> str:
    """What the programmes of the register say of a person on a day; that somebody looked is written down.

    `record` is the public id of the person, `programme` the code of one programme, None for all; `groups` are vaccine
    groups by name, none given for all. Raises FileError.
    """
    django_ready()
    from linli.records.doses.queries import explained, judge
    from linli.records.people.actions import look

    person = _person(record)
    told = []
    for one in _programmes(programme, groups):
        judged = judge(programme=one, people=[person.pk], on=on)
        told.append((judged.schedule, explained(judged, person=person.pk)[0]))
    look(by=operator(), where="explain", people=[person.public_id])
    if as_json:
        return json.dumps({"person": record, "on": on.isoformat(), "programmes": [_as_data(one) for _, one in told]})
    return "\n".join(line for rules, one in told for line in _sentences(rules, one))


def _person(record: str) -> Person:
    from linli.records.people.models import Person
    from linli.records.people.queries import root

    named = Person.objects.filter(public_id=record).first()
    if named is None:
        raise FileError(
            _("Nobody has the record {record}. It is the last part of the address of the person's page.").format(
                record=record
            )
        )
    return root(named)


def _programmes(code: str | None, groups: Sequence[str]) -> Sequence[Programme]:
    from linli.records.programme.models import Programme

    known = list(Programme.objects.order_by("code"))
    found = known if code is None else [one for one in known if one.code == code]
    if groups:
        wanted = {group.casefold() for group in groups}
        found = [one for one in found if wanted & {one.group.casefold(), one.name.casefold(), one.name_en.casefold()}]
    if not found:
        values = {
            "programme": ", ".join(filter(None, (code, *groups))),
            "codes": ", ".join(one.code for one in known) or "—",
        }
        raise FileError(_("no programme %(programme)s is adopted; there are: %(codes)s") % values)
    return found


def _sentences(rules: Schedule, told: Explanation) -> Iterator[str]:
    say = speaker(rules)
    yield f"{told.schedule}: {say(Line(told.status))}"
    for reason in told.doses:
        yield f"  {reason.params.get('given_on') or _('no date')}: {say(Line(reason))}"
    for reason in told.dates:
        yield f"  {say(Line(reason))}"


def _as_data(told: Explanation) -> dict[str, object]:
    return {
        "programme": told.schedule,
        "version": told.version,
        "standing": reason_as_data(Line(told.status)),
        "doses": [reason_as_data(Line(reason)) for reason in told.doses],
        "dates": [reason_as_data(Line(reason)) for reason in told.dates],
    }
