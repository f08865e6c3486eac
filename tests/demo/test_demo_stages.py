"""The demo is loaded through the actions of an office, and every planted fault is seen when its list is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from linli.demo import Manifest, generate, write
from linli.demo.stages import LOGINS, STAGES, build_from
from linli.records.doses.models import Dose
from linli.records.lists.models import List, Row
from linli.records.people.models import Employer, Person
from linli.records.places.models import Area, Building, StreetNetwork

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stages")


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    return write(generate(people=400), folder)


@pytest.fixture
def built(manifest: Manifest, folder: Path) -> Manifest:
    build_from(manifest=manifest, folder=folder)
    return manifest


def test_every_list_is_applied_with_every_row(built: Manifest) -> None:
    rows = {of.file_name: sum(of.counts.values()) for of in List.objects.filter(state=List.State.APPLIED)}
    assert rows == {entry.file: entry.rows for entry in built.files}


def test_every_planted_fault_is_seen(built: Manifest) -> None:
    for fault in built.planted:
        row = Row.objects.get(list__file_name=fault.file, line=fault.line)
        assert fault.code in [problem["code"] for problem in row.problems], fault


def test_the_register_holds_who_was_invented(built: Manifest) -> None:
    assert built.people < Person.objects.count() < built.people * 1.25
    assert Dose.objects.count() > built.people
    assert Person.objects.filter(is_covered=False).exists()


def test_a_second_time_changes_nothing(built: Manifest, folder: Path) -> None:
    def counted() -> list[int]:
        return [model.objects.count() for model in (Area, Building, Employer, Person, Dose, StreetNetwork)]

    before = counted()
    assert before[-1] == 1
    workers = build_from(manifest=built, folder=folder)
    assert counted() == before
    assert [worker.username for worker in workers] == [username for username, *_ in LOGINS]


@pytest.mark.parametrize(
    ("stage", "buildings", "people", "doses"),
    [("empty", False, False, False), ("places", True, False, False), ("people", True, True, True)],
)
def test_earlier_stages_stop_before(
    manifest: Manifest, folder: Path, stage: str, buildings: bool, people: bool, doses: bool
) -> None:
    build_from(manifest=manifest, folder=folder, stage=stage)
    found = [model.objects.exists() for model in (Building, Person, Dose)]
    assert found == [buildings, people, doses]
    assert not List.objects.filter(kind="doses").exists()


def test_an_unknown_stage_is_refused(manifest: Manifest, folder: Path) -> None:
    with pytest.raises(KeyError):
        build_from(manifest=manifest, folder=folder, stage="evening")
    assert list(STAGES)[-1] == "morning"
