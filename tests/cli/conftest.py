"""Fixtures of the operators' commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from installation import Installation, areas, new_installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, new and empty."""
    with new_installation(tmp_path) as made:
        yield made


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
