"""A schedule that is adopted after the people were loaded still answers for every one of them."""

from __future__ import annotations

from datetime import date

import pytest

from linli.records.doses.actions import adopt
from linli.records.doses.models import Forecast
from linli.records.doses.queries import standings
from linli.records.journal.actions import Who
from linli.records.people import actions as people

BY = Who("", "test")


@pytest.mark.django_db
def test_people_loaded_before_a_schedule_are_counted_after_it() -> None:
    source = people.open_source(by=BY, code="office", name="office", covers_doses=True)
    told = [people.Told(None, name, date(1980, 1, 1), "F") for name in ("甲", "乙")]
    ids = people.record(by=BY, source=source, on=date(2021, 6, 1), covers_doses=True, told=told)
    for _ in range(2):
        programme = adopt(by=BY, code="covid-19-cn-2021")
        rows = standings(programme=programme, on=date(2021, 6, 20)).order_by("person_id")
        assert [(row.person_id, row.state) for row in rows] == [(person, "due") for person in ids]  # type: ignore[attr-defined]  # annotated
    assert Forecast.objects.count() == 2
