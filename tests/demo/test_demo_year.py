"""The demo's register on every day of a year: what the database says of each person is what the engine says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.demo.stages import build
from linli.domain.eligibility import Status
from linli.records.doses.queries import judge, standings
from linli.records.people.models import Person
from linli.records.programme.queries import current

pytestmark = [pytest.mark.soak, pytest.mark.django_db]


def test_every_day_of_a_year() -> None:
    build(people=2_000, seed=7)
    programme = current()
    everybody = list(Person.objects.order_by("id").values_list("id", flat=True))
    for step in range(366):
        day = date(2020, 12, 1) + timedelta(days=step)
        judged = judge(programme=programme, people=everybody, on=day)
        engine = {
            person: Status(status).text for person, status in zip(judged.people, judged.answer.status, strict=True)
        }
        stored = dict(standings(programme=programme, on=day).values_list("person_id", "engine_state"))
        assert stored == engine, day
