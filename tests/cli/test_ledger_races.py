"""Several people press one button at once, on a database as it is used: one goes through, the others are told."""

from __future__ import annotations

import json

import pytest
from installation import Installation

RACE = """
import json, sys, threading
from collections import Counter
from datetime import date
from django.db import connection
sys.path.insert(0, "tests")
from small_register import BY, TODAY, dose, person
from linli.records.doses import actions as doses
from linli.records.doses.models import Correction, Dose, Status
from linli.records.duplicates.actions import merge, undo
from linli.records.duplicates.models import Merge
from linli.records.people.models import Person
from linli.records.programme.actions import adopt
programme = adopt(by=BY, code="covid-19-cn-2021")
one, other = person("陈秀英（虚构）"), person("陈秀英（虚构）")

def at_once(act, number=6):
    answers, barrier = [], threading.Barrier(number)
    def run(n):
        barrier.wait()
        try:
            act(n)
            answers.append("done")
        except Exception as error:
            answers.append(type(error).__name__)
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(n,)) for n in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return dict(Counter(answers))
"""
RACES = {
    "merges": (
        """
def act(n):
    kept, gone = ((one, other), (other, one))[n % 2]
    merge(by=BY, kept=kept, gone=gone)
found = at_once(act) | {"merges": Merge.objects.count(), "left": Person.objects.filter(merged_into=None).count()}
""",
        {"done": 1, "MergedAwayError": 5, "merges": 1, "left": 1},
    ),
    "undone merges": (
        """
done = merge(by=BY, kept=one, gone=other)
found = at_once(lambda n: undo(by=BY, merge=done)) | {"left": Person.objects.filter(merged_into=None).count()}
""",
        {"done": 1, "MergeUndoneError": 5, "left": 2},
    ),
    "corrections": (
        """
dose(one, "BIBP", date(2021, 5, 1))
wrong = Dose.objects.get()
def act(n):
    doses.correct(by=BY, dose=wrong, reason="day", given_on=date(2021, 5, 2 + n), today=TODAY)
found = at_once(act)
found |= {"standing": Dose.objects.filter(is_struck=False).count(), "corrections": Correction.objects.count()}
""",
        {"done": 1, "CorrectedError": 5, "standing": 1, "corrections": 1},
    ),
    "refusals": (
        """
def act(n):
    doses.refuse(by=BY, person=one, programme=programme, on=TODAY, today=TODAY, told_by="self")
found = at_once(act) | {"refusals": Status.objects.count()}
""",
        {"done": 1, "StatusHoldsError": 5, "refusals": 1},
    ),
    "the same dose by hand": (
        """
from linli.records.programme.models import Vaccine
bibp = Vaccine.objects.get(code="BIBP")
def act(n):
    doses.record_by_hand(by=BY, person=one, vaccine=bibp, given_on=TODAY, today=TODAY, evidence="paper")
found = at_once(act) | {"doses": Dose.objects.count()}
""",
        {"done": 1, "DoseKnownError": 5, "doses": 1},
    ),
    "adopting while doses are written": (
        """
from datetime import timedelta
from linli.records.doses.models import Forecast
from linli.records.doses.queries import FORECAST_COLUMNS, forecast_rows
from linli.records.programme.models import Vaccine
bibp = Vaccine.objects.get(code="BIBP")
def act(n):
    if n % 3 == 0:
        doses.adopt(by=BY, code=programme.code)
    else:
        given = TODAY - timedelta(days=30 * n)
        who = (one, other)[n % 2]
        doses.record_by_hand(by=BY, person=who, vaccine=bibp, given_on=given, today=TODAY, evidence="paper")
found = at_once(act)
wanted = sorted(map(str, forecast_rows(programme=programme, people=[one.pk, other.pk])))
kept = sorted(map(str, Forecast.objects.order_by("person_id", "since_on").values_list(*FORECAST_COLUMNS)))
found |= {"doses": Dose.objects.count(), "kept as they should be": kept == wanted}
""",
        {"done": 6, "doses": 4, "kept as they should be": True},
    ),
}


@pytest.mark.parametrize(("code", "answers"), RACES.values(), ids=RACES)
def test_one_of_many_goes_through(installation: Installation, code: str, answers: dict[str, int]) -> None:
    assert json.loads(installation.python(RACE + code + "print(json.dumps(found))").splitlines()[-1]) == answers
