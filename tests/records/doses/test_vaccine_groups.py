"""A drive for a vaccine group of published files: lists and boards say what the engine says, day by day."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from invented import files
from linli.domain.calendar import date_of
from linli.domain.eligibility import Status, explain
from linli.records.doses.actions import Given, adopt, forecast, record
from linli.records.doses.models import Dose, Forecast
from linli.records.doses.queries import groups, judge, standings
from linli.records.journal.actions import Who
from linli.records.people import actions as people
from linli.records.programme.actions import import_library, know_vaccines
from linli.records.programme.models import Programme, Vaccine
from linli.records.programme.queries import rules
from linli.records.reports.queries import with_engine

BY = Who("", "test")
DAYS = [date(2019, 6, 1), date(2022, 12, 31), date(2024, 8, 1), date(2025, 11, 20), date(2026, 3, 1), date(2031, 5, 5)]
GROUPS = ["redpox", "live-two", "twins", "winterpox", "bluepox"]


@pytest.fixture(params=GROUPS)
def programme(request: pytest.FixtureRequest, db: None) -> Programme:
    """A programme of published files, with invented people who have doses of it and of others."""
    import_library(by=BY, files=files(), version="1.0")
    adopted = adopt(by=BY, code=f"cdc-{request.param}")
    know_vaccines(by=BY, cvx=["140", "33", *rules(adopted).vaccine_codes])
    invent(adopted, 160, seed=11)
    return adopted


def invent(programme: Programme, count: int, seed: int) -> None:
    chance = random.Random(seed)
    for covers in (False, True):
        source = people.open_source(by=BY, code=f"list-{covers}", name="list", covers_doses=covers)
        told = [people.Told(None, f"居民{k}", birth(chance), chance.choice(["M", "F", ""])) for k in range(count // 2)]
        people.record(by=BY, source=source, on=date(2019, 1, 1), covers_doses=covers, told=told)
        vaccines = {row.code: row.pk for row in Vaccine.objects.all()}
        own = [vaccine.code for vaccine in rules(programme).own_vaccines]
        given = []
        for person in people_of(source.pk):
            day = (person.birth_date or date(2020, 1, 1)) + timedelta(chance.choice([0, 60, 90, 120, 365, 4000]))
            for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 4])):
                code = chance.choice(own) if chance.random() < 0.8 else chance.choice(sorted(vaccines))
                if day < date(2026, 2, 1):
                    evidence = chance.choice(["record", "paper", "told"])
                    given.append(Given(person.pk, vaccines[code], day, evidence=evidence))
                day += timedelta(chance.choice([0, 1, 20, 24, 28, 30, 60, 180, 365]))
        record(by=BY, source=source, given=given)
    forecast(by=BY, programme=programme)


def people_of(source: int) -> list[people.Person]:
    from linli.records.people.models import Listing

    return [row.person for row in Listing.objects.filter(source=source).select_related("person").order_by("id")]


def birth(chance: random.Random) -> date | None:
    if chance.random() < 0.03:
        return None
    return date(2025, 11, 20) - timedelta(chance.choice([chance.randrange(0, 2_500), chance.randrange(0, 33_000)]))


def test_everybody_stands_as_the_engine_says_on_every_day(programme: Programme) -> None:
    for on in DAYS:
        states = compare(programme, on)
        assert len(states) >= (2 if on == DAYS[3] else 1)


def compare(programme: Programme, on: date) -> set[str]:
    """Hold the stored rows of a day against the engine; gives the states that were met."""
    rows = {row.person_id: row for row in standings(programme=programme, on=on)}
    judged = judge(programme=programme, people=list(rows), on=on)
    assert len(judged.people) == 160
    states = set()
    for i, person in enumerate(judged.people):
        row, answer = rows[person], judged.answer
        if judged.patients.birth[i] > answer.on[i]:
            continue  # before the birth the register says what it will say on that day
        states.add(row.engine_state)
        assert row.engine_state == Status(int(answer.status[i])).text
        assert (row.next_dose or 0) == answer.next_dose[i]
        assert row.valid_doses == answer.valid_doses[i]
        days = (row.earliest_on, row.recommended_on, row.latest_on, row.first_on, row.second_on, row.completed_on)
        columns = (answer.earliest_on, answer.recommended_on, answer.latest_on, answer.first_on, answer.second_on,
                   answer.completed_on)  # fmt: skip
        assert days == tuple(date_of(column[i]) for column in columns)
        assert row.state in (row.engine_state, "unknown")
    return states


def test_the_list_of_those_who_are_due_says_why(programme: Programme) -> None:
    on = DAYS[3]
    rows = list(standings(programme=programme, on=on).select_related("person", "vaccine"))
    found = with_engine(rows, programme=programme, on=on)
    judged = judge(programme=programme, people=[row.person_id for row in rows], on=on)
    place = {person: index for index, person in enumerate(judged.people)}
    for due in found:
        told = explain(judged.schedule, judged.patients, judged.answer, person=place[due.row.person_id])
        assert due.why.code == told.status.code
        assert set(due.offer.preferable) <= {vaccine.code for vaccine in judged.schedule.own_vaccines}


def test_groups_of_a_board_are_counted(programme: Programme) -> None:
    on = DAYS[3]
    rows = standings(programme=programme, on=on)
    counted = {name: rows.filter(condition).count() for name, condition in groups(programme=programme, on=on).items()}
    assert counted["people"] == 160
    assert counted["first"] >= counted["full"]
    assert counted["first_offered"] <= min(counted["first"], counted["offered"])
    assert counted["first_proven"] <= counted["first"]
    by_state = sum(counted[state] for state in ("complete", "unknown", "not_eligible", "waiting", "overdue", "due"))
    assert by_state == 160
    assert counted["offered"] > 0


def test_doses_that_somebody_only_told_of_prove_nothing(programme: Programme) -> None:
    for row in Forecast.objects.filter(programme=programme).exclude(proven_first_on=None):
        evidence = Dose.objects.filter(person=row.person_id, given_on=row.proven_first_on).values_list(
            "evidence", flat=True
        )
        assert set(evidence) - {"told"}


def test_a_person_has_one_row_on_every_day(programme: Programme) -> None:
    ends: dict[int, date] = {}
    for row in Forecast.objects.filter(programme=programme).order_by("person_id", "since_on"):
        assert ends.get(row.person_id, row.since_on) == row.since_on
        ends[row.person_id] = row.until_on
    assert len(ends) == 160
    assert set(ends.values()) == {date(9999, 12, 31)}


@pytest.mark.django_db
def test_a_product_of_another_programme_is_another_vaccine_even_without_a_cvx_code() -> None:
    import_library(by=BY, files=files(), version="1.0")
    redpox = adopt(by=BY, code="cdc-redpox")
    chinese = adopt(by=BY, code="covid-19-cn-2021")
    wibp = Vaccine.objects.get(code="WIBP")
    assert not wibp.cvx
    Vaccine.objects.create(code="mystery", name="?")
    source = people.open_source(by=BY, code="list", name="list", covers_doses=True)
    told = [people.Told(None, "居民", date(1980, 1, 1), "")]
    (person,) = people.record(by=BY, source=source, on=date(2021, 1, 1), covers_doses=True, told=told)
    given = [(wibp.pk, date(2021, 5, 1)), (Vaccine.objects.get(code="mystery").pk, date(2021, 5, 2)),
             (Vaccine.objects.get(code="901").pk, date(2021, 5, 30))]  # fmt: skip
    record(by=BY, source=source, given=[Given(person, vaccine, day) for vaccine, day in given])
    codes = {}
    for programme in (redpox, chinese):
        judged = judge(programme=programme, people=[person], on=date(2021, 6, 1))
        reasons = explain(judged.schedule, judged.patients, judged.answer, person=0).doses
        codes[programme.code] = [reason.code.text for reason in reasons]
    assert codes["cdc-redpox"][:2] == ["other_group", "unknown_product"]
    assert codes["covid-19-cn-2021"] == ["valid", "unknown_product", "other_antigen"]
