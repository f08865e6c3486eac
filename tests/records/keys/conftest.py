"""A key file of the test's own, and a few invented people sealed with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings
from sealed_cast import BY, DAY, NUMBER, PHONE

from linli.records.keys import holding, sealing
from linli.records.keys.ring import make
from linli.records.lists import actions as lists
from linli.records.people import actions as people
from linli.records.people.models import Person


@pytest.fixture
def key_file(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A new key file, and nothing left of the one before."""
    settings.KEYS_FILE = str(tmp_path / "keys.json")
    settings.HOME = tmp_path
    sealing.read_anew()
    make(tmp_path / "keys.json")
    yield tmp_path / "keys.json"
    holding.be_joined()
    sealing.read_anew()


@pytest.fixture
def people_sealed(db: None, key_file: Path) -> list[Person]:
    """Two people with documents, one phone for both, and a list that names one of them."""
    source = people.open_source(by=BY, code="register", name="Register (invented)", covers_doses=True)
    told = [
        people.Told(None, "王秀英", date(1945, 3, 12), "F", ("resident_id", NUMBER), PHONE),
        people.Told(None, "钱宝根", date(1938, 11, 5), "M", ("passport", "X00012345"), PHONE),
    ]
    ids = people.record(by=BY, source=source, on=DAY, covers_doses=True, told=told)
    content = f"姓名,证件号码,联系电话\n王秀英,{NUMBER},{PHONE}\n".encode()
    received = lists.receive(
        by=BY, file_name="list.csv", content=content, source=source, area=None, as_of=DAY, covers_doses=True
    )
    lists.stage(by=BY, of=received, on=DAY)
    return [Person.objects.get(pk=key) for key in ids]
