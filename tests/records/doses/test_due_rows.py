"""What the due list says of each person is what the engine says of them alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from linli.domain.calendar import date_of
from linli.domain.eligibility import Schedule, explain, products_for
from linli.records.doses.models import Forecast
from linli.records.doses.queries import judge, standings
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.records.reports.queries import due_page, with_engine

DAYS = [date(2021, 3, 26), date(2021, 6, 20), date(2021, 8, 12), date(2021, 11, 18)]


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_each_row_carries_the_engines_answer_reason_and_products(
    crowd: Callable[[int, int], list[int]], programme: Programme, rules: Schedule, on: date
) -> None:
    crowd(300, 8)
    rows = list(standings(programme=programme, on=on).select_related("person", "vaccine"))
    found = with_engine(rows, programme=programme, on=on)
    assert [due.row.person_id for due in found] == [row.person_id for row in rows]
    judged = judge(programme=programme, people=[row.person_id for row in rows], on=on)
    place = {person: index for index, person in enumerate(judged.people)}
    births = dict(Person.objects.values_list("id", "birth_date"))
    for due in found:
        i = place[due.row.person_id]
        told = explain(rules, judged.patients, judged.answer, person=i).status
        assert due.why.code == told.code
        assert due.why.params.items() <= told.params.items()
        series, product = int(judged.answer.series[i]), int(judged.answer.first_product[i])
        assert due.offer == products_for(
            rules,
            series=rules.series[series].code if series >= 0 else None,
            started_with=rules.vaccine_codes[product] if product >= 0 else None,
            on=on,
            birth=births[due.row.person_id],
        )
        assert (due.next_dose, due.latest_on) == (judged.answer.next_dose[i], date_of(judged.answer.latest_on[i]))
        assert (due.row.next_dose or 0, due.row.valid_doses) == (due.next_dose, judged.answer.valid_doses[i])


def test_a_page_is_a_part_of_the_sorted_list(crowd: Callable[[int, int], list[int]], programme: Programme) -> None:
    crowd(120, 9)
    rows = standings(programme=programme, on=DAYS[1]).order_by("-person__birth_date", "person_id")
    everybody = [row.pk for row in rows]
    assert [row.pk for row in due_page(rows, start=40, stop=90)] == everybody[40:90]
    assert due_page(rows, start=0, stop=0) == []
    assert (
        len(due_page(rows, start=100, stop=150))
        == len(everybody) - 100
        == Forecast.objects.filter(pk__in=everybody).count() - 100
    )
