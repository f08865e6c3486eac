"""The key file: made once, replaced whole, read with suspicion."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from linli.records.keys import holding
from linli.records.keys.ring import (
    KeysBusyError,
    KeysLostError,
    KeysWrongError,
    Ring,
    keep,
    make,
    new_key,
    new_ring,
    read,
)

SHORT = base64.urlsafe_b64encode(b"short").decode()


def test_it_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep/keys.json"
    assert make(file) is True
    before = file.read_bytes()
    assert make(file) is False
    assert file.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


def test_many_who_begin_at_once_read_the_same_keys_and_never_half_of_them(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    read_by: list[Ring] = []
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        make(file)
        read_by.append(read(file))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_by) == 8
    assert len({ring.fingerprint for ring in read_by}) == 1


def test_a_ring_comes_back_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    make(file)
    ring = read(file).with_new_seal().with_next_lookup()
    keep(ring, file)
    assert read(file) == ring
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_a_writer_that_dies_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.json"
    make(file)
    before = read(file)

    def die(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", die)
    with pytest.raises(OSError, match="No space"):
        keep(before.with_new_seal(), file)
    assert read(file) == before


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"not json",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        {},
        {"seal": [], "lookup": new_ring().lookup},
        {"seal": ["x"], "lookup": new_ring().lookup},
        {"seal": [new_key()]},
        {"seal": [new_key()], "lookup": SHORT},
        {"seal": [new_key()], "lookup": 7},
        {"seal": [new_key()], "lookup": new_ring().lookup, "lookup_next": SHORT},
        {"seal": new_key(), "lookup": new_ring().lookup},
    ],
    ids=[
        "empty",
        "no JSON",
        "a list",
        "a text",
        "no text",
        "nothing in it",
        "no key",
        "no such key",
        "no look-up key",
        "a short look-up key",
        "a number",
        "a short next one",
        "a key for keys",
    ],
)
def test_a_damaged_file_is_refused_as_wrong(told: Any, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(told if isinstance(told, bytes) else json.dumps(told).encode())
    with pytest.raises(KeysWrongError):
        read(file)


def test_a_file_that_is_not_there_is_lost(tmp_path: Path) -> None:
    with pytest.raises(KeysLostError):
        read(tmp_path / "keys.json")


def test_the_fingerprint_names_both_keys_and_an_older_ring_still_fits() -> None:
    ring = new_ring()
    newer = ring.with_new_seal()
    other_lookup = ring.with_next_lookup().with_lookup_changed()
    assert len({ring.fingerprint, newer.fingerprint, other_lookup.fingerprint, new_ring().fingerprint}) == 4
    assert [newer.fits(ring.fingerprint), ring.fits(newer.fingerprint)] == [True, False]
    assert [other_lookup.fits(ring.fingerprint), newer.with_newest_only().fits(ring.fingerprint)] == [False, False]
    assert ring.seal[0] not in ring.fingerprint


@pytest.mark.parametrize(
    ("change", "follows"),
    [
        (lambda ring: ring, True),
        (lambda ring: ring.with_new_seal(), True),
        (lambda ring: ring.with_new_seal().with_newest_only(), False),
        (lambda _ring: new_ring(), False),
        (lambda ring: ring.with_next_lookup(), True),
        (lambda ring: ring.with_next_lookup().with_lookup_changed(), False),
    ],
    ids=["same", "newer", "older dropped", "another", "next look-up", "other look-up"],
)
def test_what_a_running_process_may_go_on_with(change: Any, *, follows: bool) -> None:
    ring = new_ring()
    assert change(ring).follows(ring) is follows


def test_the_lock_binds_processes(key_file: Path) -> None:
    """Another process that uses the keys keeps them from being changed, and its end lets go."""
    code = (
        "import django, sys; django.setup()\n"
        "from linli.records.keys.sealing import seal\n"
        "seal('x'); print('ready', flush=True); sys.stdin.read()"
    )
    env = {
        **os.environ,
        "LINLI_HOME": str(key_file.parent),
        "LINLI_KEYS": str(key_file),
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", code], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(KeysBusyError):
            holding.be_alone()
        other.stdin.close()
        other.wait(20)
    holding.be_alone()
