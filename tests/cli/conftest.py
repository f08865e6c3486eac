"""Fixtures of the operators' commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from installation import Installation, areas, new_installation

TESTS = str(Path(__file__).resolve().parents[1])
# The cast's lists, loaded as an office does; then a drive that ended in September.
LOAD = f"""
import sys
sys.path.insert(0, {TESTS!r})
from datetime import date
from linli.cli import operator
from linli.records.lists import actions as lists
from linli.records.people.actions import open_source
from linli.records.places.models import Area
from linli.records.programme.actions import open_drive
from linli.records.programme.models import Programme
from neighbourhood import STREET
from neighbourhood_lists import files
by, on = operator(), date(2021, 6, 20)
for file in files():
    source = open_source(by=by, code=file.source, name=file.source_name, rank=file.rank, covers_doses=file.covers_doses)
    of = lists.receive(by=by, file_name=file.file, content=file.content, source=source, as_of=file.as_of,
                       covers_doses=file.covers_doses, basis=file.basis, area=Area.objects.filter(code=STREET).first())
    lists.apply(by=by, of=lists.stage(by=by, of=of, on=on), on=on)
programme, street = Programme.objects.get(code="covid-19-cn-2021"), Area.objects.get(code=STREET)
open_drive(by=by, name="COVID-19 2021", programme=programme, area=street, starts_on=date(2021, 3, 29))
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, new and empty."""
    with new_installation(tmp_path) as made:
        yield made


@pytest.fixture
def cast(installation: Installation) -> Installation:
    """An installation with the whole cast in it."""
    installation.run("accounts", "list")
    installation.python(LOAD)
    return installation


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with three areas and a schedule, and a backup of it beside; only to be copied."""
    with new_installation(tmp_path_factory.mktemp("pattern")) as made:
        made.run("programme", "adopt", "covid-19-cn-2021")
        made.python(areas("A"))
        made.run("backup", str(made.home.parent / "good.zip"))
        yield made


@pytest.fixture
def filled(pattern: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with three areas and a schedule; `good.zip` beside it is a backup of it."""
    shutil.copy(pattern.home.parent / "good.zip", tmp_path)
    with new_installation(tmp_path, like=pattern) as made:
        yield made


@pytest.fixture(autouse=True)
def _language_stays_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands speak English here, and the language they set ends with the test."""
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    with translation.override("en"):
        yield
