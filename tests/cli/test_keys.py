"""The key file and the database it belongs to, with the real program."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from installation import Installation, areas, free_port

from linli.records.keys.ring import new_ring

COMMANDS = [
    ("accounts", "list"),
    ("backup",),
    ("doses", "forecast"),
    ("keys", "show"),
    ("keys", "check"),
    ("keys", "rotate", "--yes"),
    ("lists", "import", "FILE", "--area", "A0", "--covers-doses", "--yes"),
    ("people", "forget", "--dry-run"),
    ("programme", "list"),
    ("serve", "check"),
    ("serve", "--port", "PORT"),
]


def fingerprint(installation: Installation) -> str:
    return installation.python("from linli.records.keys.sealing import ring; print(ring().fingerprint)")


def other_keys(file: Path) -> None:
    ring = new_ring()
    file.write_text(json.dumps({"seal": ring.seal, "lookup": ring.lookup}))


def test_a_new_installation_gets_keys_and_a_mark(installation: Installation) -> None:
    said = installation.run("accounts", "list").stderr
    file = installation.home / "keys.json"
    assert f"A key file was made: {file}" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    shown = installation.run("keys", "show").stdout
    assert f"Fingerprint: {fingerprint(installation)}" in shown
    assert [key for key in (*json.loads(before)["seal"], json.loads(before)["lookup"]) if key in shown] == []
    assert installation.counts()["keys_mark"] == 1
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("fault", ["lost", "wrong", "damaged"])
def test_every_command_stops_at_a_key_file_that_does_not_fit(
    command: tuple[str, ...], fault: str, filled: Installation
) -> None:
    needed = fingerprint(filled)
    before = filled.counts()
    file = filled.home / "keys.json"
    file.rename(filled.home / "kept.json")
    if fault == "wrong":
        other_keys(file)
    elif fault == "damaged":
        file.write_bytes(b'{"seal": [')
    held = file.read_bytes() if file.exists() else None
    listed = filled.home.parent / "people.csv"
    listed.write_text("姓名,联系电话\n王秀英,19700000001\n")
    meant = {"PORT": str(free_port()), "FILE": str(listed)}
    refused = filled.run(*(meant.get(word, word) for word in command), code=1)
    assert "Traceback" not in refused.stderr
    words = "is not there" if fault == "lost" else "does not belong to this database, or is damaged"
    assert f"The key file {file} {words}" in " ".join(refused.stderr.split())
    assert f"the one with the fingerprint {needed}" in refused.stderr
    assert refused.stdout == ""
    assert (file.read_bytes() if file.exists() else None) == held
    assert filled.counts() == before
    (filled.home / "kept.json").replace(file)
    filled.run("keys", "check")


def test_no_new_keys_over_what_only_the_lost_ones_open(filled: Installation) -> None:
    """Even without a mark, a database that holds sealed values is given no other keys."""
    filled.python(
        "from datetime import date\n"
        "from linli.cli import operator\n"
        "from linli.records.people import actions as people\n"
        "source = people.open_source(by=operator(), code='s', name='s')\n"
        "told = people.Told(None, '王秀英', None, '', phone='19700000001')\n"
        "people.record(by=operator(), source=source, on=date(2021, 6, 1), covers_doses=True, told=[told])\n"
        "from linli.records.keys.models import KeyMark; KeyMark.objects.all().delete()"
    )
    file = filled.home / "keys.json"
    kept = file.rename(filled.home / "kept.json")
    assert "is not there" in filled.run("accounts", "list", code=1).stderr
    assert not file.exists()
    other_keys(file)
    assert "does not belong" in filled.run("accounts", "list", code=1).stderr
    kept.replace(file)
    filled.run("accounts", "list")
    assert filled.counts()["keys_mark"] == 1


def test_the_key_file_may_lie_elsewhere(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir(mode=0o700)
    place = str(tmp_path / "stick/linli-keys.json")
    installation.run("accounts", "list", LINLI_KEYS=place)
    assert f"Key file: {place}" in installation.run("keys", "show", LINLI_KEYS=place).stdout
    assert not (installation.home / "keys.json").exists()


def test_a_key_file_that_others_can_read_keeps_the_doors_shut(filled: Installation) -> None:
    (filled.home / "keys.json").chmod(0o644)
    assert "chmod 600" in filled.run("serve", "check", code=1).stderr
    (filled.home / "keys.json").chmod(0o600)
    filled.run("serve", "check")


def test_keys_are_not_changed_while_linli_runs(filled: Installation) -> None:
    before = (filled.home / "keys.json").read_bytes()
    with filled.serving("serve", "--port", str(free_port())):
        refused = filled.run("keys", "rotate", "--yes", code=1)
        assert "linli is running" in refused.stderr
        filled.run("backup", str(filled.home.parent / "meanwhile.zip"))
    assert (filled.home / "keys.json").read_bytes() == before
    filled.run("keys", "rotate")
    assert (filled.home / "keys.json").read_bytes() != before


def test_a_change_of_keys_says_what_to_keep(filled: Installation) -> None:
    filled.python(areas("B"))
    before = fingerprint(filled)
    asked = filled.run("keys", "rotate", "--drop-older", said="n\n", code=1)
    assert "need a copy of the key file as it is now" in asked.stdout
    assert fingerprint(filled) == before
    done = filled.run("keys", "rotate", "--lookup", "--drop-older", "--yes")
    assert f"fingerprint {fingerprint(filled)}" in done.stdout
    assert "make a new backup" in done.stderr
    assert "Older keys kept to open older backups: 0" in filled.run("keys", "show").stdout
    assert filled.run("keys", "check").stdout.endswith("Every value opens.\n")


def test_a_damaged_value_is_found(filled: Installation) -> None:
    filled.python(
        "from linli.records.accounts.models import TimeCode, Worker\n"
        "from django.utils import timezone\n"
        "w = Worker.objects.create(username='x', name='x')\n"
        "TimeCode.objects.create(worker=w, secret='JBSWY3DP', set_at=timezone.now(), last_step=0)"
    )
    with filled.connected() as connection:
        connection.execute("UPDATE accounts_time_code SET secret = substr(secret, 1, 60) || 'AAAA'")
        connection.commit()
    refused = filled.run("keys", "check", code=1)
    assert "accounts_time_code.secret: 1 values · 1 cannot be opened" in refused.stdout
    assert "Restore a backup" in refused.stderr
