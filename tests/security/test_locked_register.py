"""Pages while the key file is lost or wrong: nothing shown, nothing written, nothing overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from addresses import every_address
from django.test import Client
from leaks import stored, told
from pytest_django import Settings
from two_committees import BY, VICTIM, Ground, browser

from linli.records.keys import actions, holding, sealing
from linli.records.keys.ring import make, new_ring
from linli.web import keys


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A key file of the test's own, looked at with every value."""
    settings.KEYS_FILE = str(tmp_path / "keys.json")
    settings.HOME = tmp_path
    monkeypatch.setattr(sealing, "LOOK_AGAIN_S", 0.0)
    sealing.read_anew()
    make(tmp_path / "keys.json")
    yield tmp_path / "keys.json"
    holding.be_joined()
    sealing.read_anew()
    monkeypatch.setattr(keys, "_checked", None)


@pytest.fixture
def sealed(key_file: Path, ground: Ground) -> Ground:
    """The ground, sealed with that file and marked."""
    actions.begin(by=BY)
    return ground


def lose(file: Path) -> None:
    file.unlink()


def swap(file: Path) -> None:
    ring = new_ring()
    file.write_text(json.dumps({"seal": ring.seal, "lookup": ring.lookup}))


def damage(file: Path) -> None:
    file.write_text(file.read_text()[:40])


@pytest.mark.parametrize("fault", [lose, swap, damage], ids=["lost", "another", "damaged"])
@pytest.mark.parametrize("running", [True, False], ids=["while it runs", "at the start"])
def test_no_page_is_made_and_nothing_is_written(
    fault: Callable[[Path], None], sealed: Ground, key_file: Path, *, running: bool
) -> None:
    client = browser("office")
    if running:
        assert client.get("/due/?group=people").status_code == 200
    kept = key_file.read_bytes()
    fault(key_file)
    if not running:
        sealing.read_anew()
        keys._checked = None
    left = key_file.read_bytes() if key_file.exists() else None
    before = stored()
    for address in every_address(sealed):
        if address.path.startswith(("/check", "/install", "/fhir", "/i18n")):
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(address.path)
            assert answer.status_code == 503, f"{method} {address.name}"
            assert told(answer) == []
            assert VICTIM not in answer.content.decode()
            assert answer["Retry-After"] == "60"
    assert stored() == before
    assert (key_file.read_bytes() if key_file.exists() else None) == left
    key_file.write_bytes(kept)
    if not running:
        sealing.read_anew()
    assert VICTIM in client.get("/due/?group=people").content.decode()


def test_pages_without_names_go_on(sealed: Ground, key_file: Path) -> None:
    lose(key_file)
    for path in ("/check/", "/install/", "/fhir/metadata"):
        assert Client().get(path).status_code == 200


def test_the_page_says_what_to_do_and_names_no_file(sealed: Ground, key_file: Path) -> None:
    lose(key_file)
    page = browser("office").get("/board/").content.decode()
    assert "The register is locked" in page or "已锁定" in page
    assert str(key_file) not in page
    assert "Traceback" not in page
