"""Backup and restore on the database the tests run on, with the real program."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from installation import Installation, areas, new_installation

SESSION = (
    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('{key}', '', '2031-01-01 00:00:00')"
)


def rewritten(file: Path, to: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a backup with something changed inside."""
    with zipfile.ZipFile(file) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    change(inside)
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return to


def found_in(file: Path) -> str:
    """Everything inside a backup in one text."""
    with zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode("latin-1") for name in archive.namelist())


def say(**said: Any) -> Callable[[dict[str, bytes]], None]:
    """Change what the manifest says."""

    def change(inside: dict[str, bytes]) -> None:
        inside["manifest.json"] = json.dumps(json.loads(inside["manifest.json"]) | said).encode()

    return change


def test_a_backup_comes_back_as_it_was(filled: Installation, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with filled.connected() as connection:
        connection.execute(SESSION.format(key="open"))
        connection.commit()
    before = filled.counts()
    assert before["places_area"] == 3
    made = filled.run("backup", str(file))
    assert f"{sum(before.values())} rows" in made.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    filled.python(areas("B"))
    filled.python("from linli.records.programme.models import Vaccine; Vaccine.objects.all().delete()")

    restored = filled.run("restore", str(file), "--yes")
    assert "places_area: 6 rows now, 3 in the backup" in restored.stdout
    after = filled.counts()
    assert after.pop("django_session") == 0  # everybody signs in again
    assert (
        after.pop("journal_entry") == before["journal_entry"] + 2
    )  # the restore is written down, and that all is ended
    assert after == {
        table: count for table, count in before.items() if table not in ("django_session", "journal_entry")
    }
    last = filled.python(
        "from linli.records.journal.queries import lines; e = lines()[0]; print(e.verb, e.detail['rows'])"
    )
    assert last == f"backup.restore {sum(before.values())}"

    safety = list((filled.home / "backups").glob("before-restore-*.zip"))
    assert len(safety) == 1
    assert stat.S_IMODE(safety[0].stat().st_mode) == 0o600
    filled.run("restore", str(safety[0]), "--yes")
    assert filled.counts()["places_area"] == 6
    assert not list(filled.home.glob(".linli-*"))


def test_restored_rows_are_still_guarded(filled: Installation, tmp_path: Path) -> None:
    """Constraints, triggers and sequences come back with the rows."""
    filled.run("restore", str(tmp_path / "good.zip"), "--yes")
    filled.python(areas("C"))
    code = "from linli.records.journal.models import Entry; Entry.objects.all()[0].__class__.objects.update(verb='x')"
    refused = filled.python(f"try:\n    {code}\nexcept Exception as error:\n    print(type(error).__module__)")
    assert refused == "django.db.utils"


LENT = """
from linli.records.accounts import actions as a
from linli.records.accounts.models import Slip
from linli.records.accounts.queries import digest
from linli.records.journal.actions import Who
from linli.records.places.models import Area
from datetime import date
by = Who("w", "Clerk (invented)")
tokens = []
for name in ("with-phone", "with-slip"):
    worker = a.enrol(by=by, username=name, name=name, password=None)
    a.grant(by=by, worker=worker, area=Area.objects.first(), role="volunteer")
    a.lend(by=by, worker=worker, until_on=date(2099, 1, 1))
    tokens.append(a.print_slip(by=by, worker=worker))
a.enrol_device(by=by, slip=Slip.objects.get(token_hash=digest(tokens[0])), pin="628419")
"""
OPEN = """
from linli.records.accounts.models import Device, Slip
print(Device.objects.filter(ended_at=None).count(), Slip.objects.filter(ended_at=None).count())
"""


def test_a_phone_or_slip_that_was_ended_since_does_not_come_back(filled: Installation, tmp_path: Path) -> None:
    filled.python(LENT)
    assert filled.python(OPEN) == "1 1"
    file = tmp_path / "old.zip"
    filled.run("backup", str(file))
    said = filled.run("restore", str(file), "--yes").stdout
    assert filled.python(OPEN) == "0 0"
    assert "print new slips" in said
    assert "close anew" in said


def test_it_is_one_moment_while_others_write(filled: Installation, tmp_path: Path) -> None:
    """What is not committed is not in it, and it does not wait for it; a reader sees the restored rows at once."""
    before = filled.counts()
    file = tmp_path / "busy.zip"
    with filled.connected() as writer:
        writer.execute(SESSION.format(key="not committed"))
        filled.run("backup", str(file))
        writer.commit()
    with zipfile.ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))
    assert said["rows"] == before

    with filled.connected() as other:
        assert other.execute("SELECT count(*) FROM django_session").fetchone()[0] == 1
        other.rollback()
        filled.run("restore", str(file), "--yes")
        assert other.execute("SELECT count(*) FROM django_session").fetchone()[0] == 0


def test_backup_and_restore_under_a_stream_of_writes(filled: Installation, tmp_path: Path) -> None:
    stop = threading.Event()
    failures: list[str] = []

    def write() -> None:
        number = 0
        while not stop.wait(0.01):
            number += 1
            with filled.connected() as connection:
                try:
                    connection.execute(SESSION.format(key=f"stream {number}"))
                    connection.commit()
                except (sqlite3.Error, psycopg.Error) as error:
                    failures.append(str(error))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        filled.run("backup", str(tmp_path / "stream.zip"))
        filled.run("restore", str(tmp_path / "stream.zip"), "--yes")
    finally:
        stop.set()
        writer.join()
    # A write that met the moment of the restore on PostgreSQL may have lost its table; none may break the database.
    assert [failure for failure in failures if "malformed" in failure or "corrupt" in failure] == []
    assert filled.counts()["places_area"] == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (say(linli="9.0.0"), "linli 9.0.0 made this backup"),
        (say(format=3), "Install that version first"),
        (
            say(migrations=[["records", "9999_from_the_future"]]),
            "A newer linli made this backup (records.9999_from_the_future)",
        ),
        (say(database="oracle"), "This backup is of oracle"),
        (say(needs="00000000"), "This backup needs the key file with the fingerprint 00000000"),
        (say(rows={}), None),
        (lambda inside: inside.__delitem__("manifest.json"), "is not a backup of linli"),
        (
            lambda inside: inside.update(
                {name: b"x" + content for name, content in inside.items() if name != "manifest.json"}
            ),
            "checksum",
        ),
    ],
    ids=[
        "newer version",
        "newer format",
        "newer migration",
        "other database",
        "other keys",
        "other rows",
        "no manifest",
        "tampered",
    ],
)
def test_a_wrong_backup_changes_nothing(
    change: Callable[[dict[str, bytes]], None], reason: str | None, filled: Installation, tmp_path: Path
) -> None:
    if reason is None and not filled.is_sqlite:
        pytest.skip("rows inside a dump of PostgreSQL are counted after loading alone")
    before = filled.counts()
    wrong = rewritten(tmp_path / "good.zip", tmp_path / "wrong.zip", change)
    refused = filled.run("restore", str(wrong), "--yes", code=1)
    assert (reason or "does not hold the rows it says") in refused.stderr
    assert "Traceback" not in refused.stderr
    assert filled.counts() == before
    assert not list((filled.home / "backups").glob("*")) if (filled.home / "backups").exists() else True


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", None], ids=["empty", "cut off", "missing"])
def test_a_file_that_is_no_backup(content: bytes | None, filled: Installation, tmp_path: Path) -> None:
    file = tmp_path / "file.zip"
    if content is not None:
        file.write_bytes(content)
    refused = filled.run("restore", str(file), "--yes", code=1)
    assert ("is not a backup of linli" if content is not None else "There is no file") in refused.stderr


def test_a_dump_that_breaks_off_leaves_what_was_there(filled: Installation, tmp_path: Path) -> None:
    """The checksum is right, the inside is not: nothing is lost."""
    before = filled.counts()

    def spoil(inside: dict[str, bytes]) -> None:
        name = next(name for name in inside if name != "manifest.json")
        inside[name] = inside[name][: len(inside[name]) // 2]
        say(sha256={name: hashlib.sha256(inside[name]).hexdigest()})(inside)

    wrong = rewritten(tmp_path / "good.zip", tmp_path / "wrong.zip", spoil)
    refused = filled.run("restore", str(wrong), "--yes", code=1)
    assert "Traceback" not in refused.stderr
    assert filled.counts() == before


def test_nothing_is_replaced_without_a_yes(filled: Installation, tmp_path: Path) -> None:
    filled.python(areas("B"))
    before = filled.counts()
    filled.run("restore", str(tmp_path / "good.zip"), said="n\n", code=1)
    assert filled.counts() == before
    filled.run("restore", str(tmp_path / "good.zip"), said="y\n")
    assert filled.counts()["places_area"] == 3


def test_a_backup_never_writes_over_a_file(filled: Installation, tmp_path: Path) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("mine")
    assert "never writes over" in filled.run("backup", str(file), code=1).stderr
    assert file.read_text() == "mine"
    assert "There is no folder" in filled.run("backup", str(tmp_path / "nowhere/all.zip"), code=1).stderr


def test_keys_travel_only_when_asked(filled: Installation, tmp_path: Path) -> None:
    without, with_ = tmp_path / "without.zip", tmp_path / "with.zip"
    (filled.home / "tls").mkdir()
    (filled.home / "tls/root.key").write_text("the key phones trust")
    filled.run("backup", str(without))
    filled.run("backup", str(with_), "--with-key")
    key = (filled.home / "secret_key").read_bytes()
    assert key not in without.read_bytes()
    with zipfile.ZipFile(without) as archive:
        assert not [name for name in archive.namelist() if "key" in name]
    assert "holds no keys" in filled.run("restore", str(without), "--yes", "--with-key", code=1).stderr

    for inside in (without, with_):
        assert [
            key for key in json.loads((filled.home / "keys.json").read_text())["seal"] if key in found_in(inside)
        ] == []

    (filled.home / "secret_key").write_text("another")
    shutil.rmtree(filled.home / "tls")
    filled.run("restore", str(with_), "--yes")
    assert (filled.home / "secret_key").read_text() == "another"
    filled.run("restore", str(with_), "--yes", "--with-key")
    assert (filled.home / "secret_key").read_bytes() == key
    assert (filled.home / "secret_key.before-restore").read_text() == "another"
    assert (filled.home / "tls/root.key").read_text() == "the key phones trust"
    assert stat.S_IMODE((filled.home / "tls/root.key").stat().st_mode) == 0o600


def test_a_backup_says_which_key_file_it_needs(filled: Installation, tmp_path: Path) -> None:
    fingerprint = filled.python("from linli.records.keys.sealing import ring; print(ring().fingerprint)")
    made = filled.run("backup", str(tmp_path / "all.zip"))
    assert f"the key file with the fingerprint {fingerprint}; it is not inside" in made.stdout
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert json.loads(archive.read("manifest.json"))["needs"] == fingerprint


@pytest.mark.parametrize(
    "options", [(), ("--lookup",), ("--drop-older",)], ids=["older kept", "new look-up", "dropped"]
)
def test_a_backup_from_before_a_change_of_keys(options: tuple[str, ...], filled: Installation, tmp_path: Path) -> None:
    """It opens with the older keys in the file; where they are gone, only with the copy of the file of that time."""
    kept = shutil.copy(filled.home / "keys.json", tmp_path / "kept.json")
    filled.run("keys", "rotate", *options, "--yes")
    before = filled.counts()
    if not options:
        filled.run("restore", str(tmp_path / "good.zip"), "--yes")
        filled.run("keys", "check")
        return
    refused = filled.run("restore", str(tmp_path / "good.zip"), "--yes", code=1)
    assert "This backup needs the key file with the fingerprint" in refused.stderr
    assert filled.counts() == before
    assert not (filled.home / "backups").exists()
    filled.run("restore", str(tmp_path / "good.zip"), "--yes", LINLI_KEYS=str(kept))
    filled.run("keys", "check", LINLI_KEYS=str(kept))
    assert "does not belong to this database" in filled.run("keys", "check", code=1).stderr


def test_what_was_sealed_with_lost_keys_is_replaced_by_what_can_be_opened(filled: Installation, tmp_path: Path) -> None:
    """The way back after a loss: the copy of the key file and a backup of its time."""
    shutil.copy(filled.home / "keys.json", tmp_path / "kept.json")
    filled.run("keys", "rotate", "--drop-older", "--lookup", "--yes")
    (filled.home / "keys.json").write_bytes(b"")
    assert "damaged" in filled.run("restore", str(tmp_path / "good.zip"), "--yes", code=1).stderr
    shutil.copy(tmp_path / "kept.json", filled.home / "keys.json")
    restored = filled.run("restore", str(tmp_path / "good.zip"), "--yes")
    assert "Safety copy" in restored.stdout
    filled.run("keys", "check")


def test_an_older_backup_is_upgraded_after_the_restore(filled: Installation, tmp_path: Path) -> None:
    filled.python(
        "from django.core.management import call_command\n"
        "call_command('migrate', 'django_tasks_database', '0020', verbosity=0)"
    )
    filled.run("serve", "check")  # its backup before the upgrade is of the older schema
    old = next((filled.home / "backups").glob("before-upgrade-*.zip"))
    restored = filled.run("restore", str(old), "--yes")
    assert "has been upgraded" in restored.stdout
    filled.run("accounts", "list")


def test_a_backup_goes_into_a_new_installation(filled: Installation, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with new_installation(tmp_path / "other") as other:
        refused = other.run("restore", str(tmp_path / "good.zip"), "--yes", code=1)
        assert "keys.json is not there" in refused.stderr
        assert other.counts() == {}
        shutil.copy(filled.home / "keys.json", other.home)
        restored = other.run("restore", str(tmp_path / "good.zip"), "--yes")
        assert "Safety copy" not in restored.stdout
        assert other.counts()["places_area"] == 3
        other.run("keys", "check")


def test_without_the_client_programs_the_package_is_named(filled: Installation, tmp_path: Path) -> None:
    if filled.is_sqlite:
        pytest.skip("SQLite needs no programs")
    (tmp_path / "bin").mkdir()
    refused = filled.run("backup", str(tmp_path / "all.zip"), code=1, PATH=str(tmp_path / "bin"))
    assert "pg_dump is missing" in refused.stderr
    assert "postgresql-client" in refused.stderr
