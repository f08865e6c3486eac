"""The cast's lists are sound, and the engine says of each person what their story says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from linli import reference
from linli.domain.calendar import NO_DAY, as_days, date_of
from linli.domain.eligibility import Assessment, Status, assess, match_products, patients_of
from linli.domain.identity import read_document
from linli.domain.sheets import parse, read, recognise
from neighbourhood import CAST, DAY, UNKNOWN, Cast
from neighbourhood_lists import CastFile, files

SCHEDULE = reference.schedule("covid-19-cn-2021")
PRODUCTS = {word.lower(): vaccine.code for vaccine in SCHEDULE.vaccines for word in (vaccine.code, *vaccine.aliases)}
EVERYBODY = pytest.mark.parametrize("person", CAST, ids=[person.key for person in CAST])


def judged(person: Cast) -> Assessment:
    patients, _ = patients_of(
        birth=as_days([person.birth_date]),
        person=np.zeros(len(person.doses), np.int64),
        given_on=as_days([dose.given_on for dose in person.doses]),
        vaccine=match_products(SCHEDULE, [dose.product for dose in person.doses]),
    )
    return assess(SCHEDULE, patients, on=DAY)


@EVERYBODY
def test_the_engine_agrees_with_the_story(person: Cast) -> None:
    answer = judged(person)
    status = Status(int(answer.status[0])).name.lower()
    # Unknown is the register's word: the engine only sees somebody without a dose.
    assert status == ("due" if person is UNKNOWN else person.status)
    if person.next_dose is not None:
        assert answer.next_dose[0] == person.next_dose
    for expected, found in ((person.earliest_on, answer.earliest_on[0]), (person.latest_on, answer.latest_on[0])):
        if expected is not None:
            assert found != NO_DAY
            assert date_of(int(found)) == expected


@EVERYBODY
def test_the_documents_are_right(person: Cast) -> None:
    said = read_document(person.document, kind=person.document_kind)
    assert said.number == person.document
    if person.document_kind == "resident_id":
        assert said.birth_date == person.birth_date
        assert said.sex == {"女": "F", "男": "M"}[person.sex]


@pytest.mark.parametrize("list_", files(), ids=lambda list_: list_.file)
def test_every_list_is_recognised_and_has_no_problem(list_: CastFile) -> None:
    sheet = read(list_.content, filename=list_.file)
    layout = recognise(sheet.header)
    assert (layout.kind, layout.unknown) == (list_.kind, ())
    parsed = parse(sheet, layout, products=PRODUCTS, on=DAY)
    assert parsed.problems == []
    assert len(parsed.rows) == parsed.total > 0


def test_the_lists_cover_everybody_and_every_state() -> None:
    assert len({person.document for person in CAST}) == len(CAST)
    assert {person.status for person in CAST} == {"complete", "not_eligible", "waiting", "overdue", "due", "unknown"}
    assert max(dose.given_on for person in CAST for dose in person.doses) < DAY == date(2021, 6, 20)
