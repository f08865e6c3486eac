"""What lies on the disk: no id and no phone of anybody, wherever linli keeps something."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from installation import Installation

from neighbourhood import CAST

PLAIN = sorted(
    {p.document for p in CAST} | {p.fifteen for p in CAST if len(p.document) == 18} | {p.phone for p in CAST} - {""}
)
NAME = "王秀英"
TESTS = str(Path(__file__).resolve().parents[1])

# Everything that a working day leaves behind: lists applied, staged, refused and mended, searches, tasks, exports.
DAY = """
import os
os.environ["LINLI_TODAY"] = "2021-06-20"
from datetime import date
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
settings.TODAY = "2021-06-20"
from django.test import Client
from linli.cli import operator
from linli.records.accounts import actions as accounts
from linli.records.accounts.models import Worker
from linli.records.lists import actions as lists
from linli.records.lists.models import Row
from linli.records.people.actions import open_source
from linli.records.people.models import Person
from linli.records.places.models import Area
from linli.web.lists import tasks
import sys
sys.path.insert(0, "{tests}")
from neighbourhood import GRANDMOTHER, STREET
from neighbourhood_lists import files
by, on = operator(), date(2021, 6, 20)
for file in files():
    source = open_source(by=by, code=file.source, name=file.source_name, rank=file.rank, covers_doses=file.covers_doses)
    told = dict(by=by, file_name=file.file, content=file.content, source=source, as_of=file.as_of,
                covers_doses=file.covers_doses, basis=file.basis)
    area = Area.objects.filter(code=STREET).first()
    of = lists.stage(by=by, of=lists.receive(**told, area=area), on=on)
    of = lists.apply(by=by, of=of, on=on)
    again = lists.receive(**told, area=area)
    if file.kind == "people":
        again = lists.stage(by=by, of=again, on=on)
        row = Row.objects.filter(list=again)[0]
        lists.mend(by=by, row=row, cells=[*row.cells[:-1], GRANDMOTHER.phone], on=on)
        lists.set_aside(by=by, of=again)
    else:
        tasks.ask(again, "stage", on=on, by=Worker(public_id="x"))
refused = lists.receive(by=by, file_name="b.csv", content=(GRANDMOTHER.document + ",1\\n").encode(), source=source,
                        as_of=on, covers_doses=False, area=Area.objects.get(code=STREET))
lists.stage(by=by, of=refused, on=on)
worker = accounts.enrol(by=by, username="chen", name="Chen", password="eleven-carps-swim")
accounts.grant(by=by, worker=worker, area=Area.objects.get(code=STREET), role="office")
browser = Client()
browser.force_login(worker)
for text in (GRANDMOTHER.phone, GRANDMOTHER.document, GRANDMOTHER.phone[-4:]):
    answer = browser.post("/due/search/", {{"search": text, "group": "people"}}, follow=True)
    assert answer.status_code == 200, answer
assert "{name}" in answer.content.decode()
person = Person.objects.get(name="{name}", merged_into=None)
assert browser.get(f"/people/{{person.public_id}}/").status_code == 200
assert browser.get("/due/export.csv?group=people").status_code == 200
browser.post("/due/search/", {{"search": GRANDMOTHER.document[:30]}})
"""

# The same people as a linli of before kept them.
BEFORE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", "records", "0002_append_only_journal", verbosity=0)
for app in ("auth", "contenttypes", "sessions", "django_tasks_database"):
    call_command("migrate", app, verbosity=0)
apps = MigrationExecutor(connection).loader.project_state(("records", "0002_append_only_journal")).apps
model = lambda name: apps.get_model("records", name)
sys.path.insert(0, "{tests}")
from neighbourhood import CAST
from datetime import date, datetime, UTC
source = model("Source").objects.create(code="s", name="s", rank=1)
area = model("Area").objects.create(code="A", name="A", path="A/")
house = model("Building").objects.create(code="B", name="B", area=area)
for number in range(3):
    model("Door").objects.create(building=house, number=number)  # two of one id would be refused
for k, p in enumerate(CAST):
    person = model("Person").objects.create(public_id=f"p{{k}}", name=p.name, birth_date=p.birth_date, phone=p.phone,
                                            living_area=area)
    model("Name").objects.create(person=person, value=p.name, source=source, on=date(2021, 6, 1))
    model("Document").objects.create(person=person, kind=p.document_kind, number=p.document)
    model("Stay").objects.create(person=person, kind="living", area=area, source=source, on=date(2021, 6, 1))
    if p.phone:
        model("Phone").objects.create(person=person, value=p.phone, source=source, on=date(2021, 6, 1))
text = "".join(f"{{p.name}},{{p.document}},{{p.fifteen}},{{p.phone}}\\n" for p in CAST)
content = ("姓名,证件号码,电话\\n" + text).encode() * 20
kept = model("List").objects.create(
    public_id="l", file_name="a.csv", content=content, sha256="0" * 64, source=source, area=area,
    as_of=date(2021, 6, 1), received_at=datetime(2021, 6, 1, tzinfo=UTC),
    state="staged", kind="people", header=["姓名", "证件号码", "电话"],
)
for line, p in enumerate(CAST, 2):
    model("Row").objects.create(list=kept, line=line, cells=[p.name, p.document, p.fifteen, p.phone], outcome="doubt",
        changes=[{{"after": p.phone}}],
        problems=[{{"code": "x", "severity": "doubt", "params": {{"value": p.document}}}}])
"""


def bare(installation: Installation, code: str) -> None:
    """Run Python in the installation without getting its database ready first."""
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code], env=installation.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def on_disk(installation: Installation) -> Iterator[tuple[str, bytes]]:
    """Every file of the data folder but backups; of a database on a server a whole dump, and the sessions opened."""
    for file in installation.home.rglob("*"):
        if file.is_file() and "backups" not in file.parts:
            yield file.name, file.read_bytes()
    if not installation.is_sqlite:
        address = installation.env["LINLI_DATABASE_URL"]
        yield "dump", subprocess.run(["pg_dump", "--inserts", address], capture_output=True, check=True).stdout
    opened = (
        "from django.contrib.sessions.models import Session\n"
        "print([session.get_decoded() for session in Session.objects.all()])"
    )
    yield "sessions", installation.python(opened).encode()


def found(installation: Installation, values: list[str]) -> list[tuple[str, str]]:
    """Where some values stand plain on the disk."""
    return [(name, value) for name, content in on_disk(installation) for value in values if value.encode() in content]


def test_a_working_day_leaves_no_id_and_no_phone_behind(installation: Installation) -> None:
    said = installation.run("accounts", "list").stderr
    assert "A key file was made" in said
    installation.python(DAY.format(tests=TESTS, name=NAME))
    assert found(installation, [NAME]) != []  # the search looks where people are
    assert installation.counts()["django_tasks_database_dbtaskresult"] > 0
    assert found(installation, PLAIN) == []
    installation.run("keys", "rotate", "--lookup", "--drop-older", "--yes")
    assert found(installation, PLAIN) == []


@pytest.mark.parametrize("key_file", [True, False], ids=["with a key file", "without one"])
def test_a_database_of_before_is_sealed_and_nothing_of_it_remains_plain(
    installation: Installation, tmp_path: Path, *, key_file: bool
) -> None:
    bare(installation, BEFORE.format(tests=TESTS))
    assert {value for _, value in found_plainly(installation)} == set(PLAIN)
    if key_file:
        bare(
            installation,
            "from pathlib import Path\nfrom linli.records.keys.ring import make\n"
            f"make(Path('{installation.home}/keys.json'))",
        )
    assert "Run `linli serve check`" in installation.run("accounts", "list", code=1).stderr
    assert (installation.home / "keys.json").exists() is key_file
    said = installation.run("serve", "check").stderr
    assert "stand plain in that backup" in said
    assert found(installation, [NAME]) != []
    assert found(installation, PLAIN) == []
    assert "Every value opens" in installation.run("keys", "check").stdout
    counted = installation.run("keys", "check").stdout
    phones = sum(1 for p in CAST if p.phone)
    for line in (
        f"people_document.number: {len(CAST)} values",
        f"people_phone.value: {phones} values",
        f"people_person.phone: {phones} values",
        "lists_list.content: 1 values",
        f"lists_row.cells: {len(CAST)} values",
    ):
        assert line in counted
    told = installation.python(
        "from linli.records.people.models import *\nfrom linli.records.people.queries import by_document\n"
        "from linli.records.lists.models import *\nfrom linli.records.keys.sealing import lookup\n"
        f"number = '{CAST[0].document}'\n"
        "print(by_document([('resident_id', number)]), Document.objects.get(person_id=1).number == number,"
        f" Phone.objects.filter(value_hash=lookup('{CAST[0].phone}')).count(), Person.objects.get(pk=1).phone,"
        " Row.objects.order_by('line')[0].cells[1] == number, Row.objects.order_by('line')[0].changes,"
        " List.objects.get().content.decode().count(number))"
    )
    assert told == (
        f"{{('resident_id', '{CAST[0].document}'): 1}} True 2 {CAST[0].phone} True [{{'after': '{CAST[0].phone}'}}] 20"
    )


def found_plainly(installation: Installation) -> list[tuple[str, str]]:
    """As `found`, of a database that linli itself would refuse."""
    contents = [(file.name, file.read_bytes()) for file in installation.home.glob("*") if file.is_file()]
    if not installation.is_sqlite:
        address = installation.env["LINLI_DATABASE_URL"]
        dump = subprocess.run(["pg_dump", "--inserts", address], capture_output=True, check=True).stdout
        contents.append(("dump", dump))
    return [(name, value) for name, content in contents for value in PLAIN if value.encode() in content]


def test_an_upgrade_with_a_damaged_key_file_changes_nothing(installation: Installation) -> None:
    bare(installation, BEFORE.format(tests=TESTS))
    before = installation.counts()
    (installation.home / "keys.json").write_text("{")
    refused = installation.run("serve", "check", code=1)
    assert "is damaged" in refused.stderr
    assert "Traceback" not in refused.stderr
    with installation.connected() as connection:
        known = connection.execute("SELECT number FROM people_document ORDER BY id").fetchall()
    assert [number for (number,) in known] == [p.document for p in CAST]
    assert {table: count for table, count in installation.counts().items() if table.startswith("people_")} == {
        table: count for table, count in before.items() if table.startswith("people_")
    }
    (installation.home / "keys.json").unlink()
    installation.run("serve", "check")
    assert found(installation, PLAIN) == []
