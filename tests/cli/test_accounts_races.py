"""Sign-ins, codes and slips tried many times at once, on a database as it is used."""

from __future__ import annotations

import json

import pytest
from installation import Installation

RACE = """
import json, threading
from datetime import date, timedelta
from django.db import connection
from django.utils import timezone
from linli.records.accounts import actions, entering
from linli.records.accounts.models import Device
from linli.records.accounts.queries import open_slip
from linli.records.accounts.time_codes import code_at
from linli.records.journal.actions import Who
from linli.records.keys.ring import make
from linli.records.keys.sealing import key_file
from linli.records.places.actions import draw_areas
from linli.records.places.models import Area

BY, AT, SECRET = Who("", "test"), timezone.now(), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
make(key_file())
more = {"name_en": "", "kind": "other", "parent_code": "", "outline": None}
draw_areas(by=BY, areas=[{"code": "S", "name": "S", **more}])
def enrolled(username, role, **more):
    worker = actions.enrol(by=BY, username=username, name=username, **more)
    actions.grant(by=BY, worker=worker, area=Area.objects.get(), role=role)
    return worker

def at_once(number, act):
    answers, barrier = [], threading.Barrier(number)
    def run():
        barrier.wait()
        try:
            answers.append(str(act()))
        except Exception as error:
            answers.append(type(error).__name__)
        finally:
            connection.close()
    threads = [threading.Thread(target=run) for _ in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return {answer: answers.count(answer) for answer in set(answers)}
"""
RACES = {
    "passwords": (
        """
enrolled("office", "office", password="eleven-carps-swim")
wrong = dict(username="office", password="wrong", address="192.0.2.1", browser="", at=AT)
print(json.dumps(at_once(40, lambda: entering.by_password(**wrong))))
""",
        {"NotFittingError": 10, "LockedError": 30},
    ),
    "one code": (
        """
worker = enrolled("office", "office", password="eleven-carps-swim")
before = AT - timedelta(minutes=1)
actions.set_up_code(by=BY, worker=worker, secret=SECRET, code=code_at(SECRET, before), at=before)
code = code_at(SECRET, AT)
print(json.dumps(at_once(5, lambda: entering.by_code(worker=worker, typed=code, at=AT))))
""",
        {"code": 1, "NotFittingError": 4},
    ),
    "one recovery code": (
        """
worker = enrolled("office", "office", password="eleven-carps-swim")
codes = actions.set_up_code(by=BY, worker=worker, secret=SECRET, code=code_at(SECRET, AT), at=AT)
print(json.dumps(at_once(5, lambda: entering.by_code(worker=worker, typed=codes[0], at=AT))))
""",
        {"recovery": 1, "NotFittingError": 4},
    ),
    "one slip": (
        """
worker = enrolled("v", "volunteer", password=None, until_on=date(2100, 1, 1))
slip = open_slip(actions.print_slip(by=BY, worker=worker, at=AT), at=AT)
def enrol():
    actions.enrol_device(by=BY, slip=slip, pin="804261", at=AT)
    return "enrolled"
print(json.dumps(at_once(5, enrol)))
""",
        {"enrolled": 1, "SlipSpentError": 4},
    ),
    "two slips": (
        """
worker = enrolled("v", "volunteer", password=None, until_on=date(2100, 1, 1))
def draw():
    actions.print_slip(by=BY, worker=worker, at=AT)
    return "printed"
answers = at_once(5, draw)
from linli.records.accounts.models import Slip
print(json.dumps(answers | {"open": Slip.objects.filter(ended_at=None).count()}))
""",
        {"printed": 5, "open": 1},
    ),
    "pins": (
        """
worker = enrolled("v", "volunteer", password=None, until_on=date(2100, 1, 1))
slip = open_slip(actions.print_slip(by=BY, worker=worker, at=AT), at=AT)
_device, token = actions.enrol_device(by=BY, slip=slip, pin="804261", at=AT)
looked = []
check, entering.check_password = entering.check_password, lambda *a: looked.append(1) or check(*a)
at_once(20, lambda: entering.by_pin(token=token, pin="804262", at=AT))
print(json.dumps({"looked at": len(looked), "ended": Device.objects.filter(why="wrong_pins").count()}))
""",
        {"looked at": 5, "ended": 1},
    ),
}


@pytest.mark.parametrize(("code", "answers"), RACES.values(), ids=RACES)
def test_many_at_once_get_no_further_than_one_after_another(
    installation: Installation, code: str, answers: dict[str, int]
) -> None:
    assert json.loads(installation.python(RACE + code).splitlines()[-1]) == answers
