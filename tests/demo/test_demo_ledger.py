"""The last stage holds what offices write down by hand, dated in June 2021, by those who wrote it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from linli.demo import generate, write
from linli.demo.stages import LOGINS, build_from
from linli.records.doses.models import Correction, Dose, Forecast, Status
from linli.records.doses.queries import standings
from linli.records.duplicates.models import Merge, Pair
from linli.records.journal.models import Entry
from linli.records.people.models import Person, Stay
from linli.records.programme.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]
SET_UP, MORNING = datetime(2021, 5, 20, tzinfo=UTC), datetime(2021, 6, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, Path]:
    folder = tmp_path_factory.mktemp("ledger")
    return write(generate(people=300), folder), folder


@pytest.fixture
def built(files: tuple[object, Path]) -> None:
    manifest, folder = files
    build_from(manifest=manifest, folder=folder)  # type: ignore[arg-type]  # the manifest of the fixture above


def test_no_line_of_the_journal_is_dated_by_the_clock() -> None:
    days = Entry.objects.values_list("verb", "at")
    assert [verb for verb, at in days if not SET_UP < at < MORNING] == []
    assert not Status.objects.exclude(at__range=(SET_UP, MORNING)).exists()
    assert not Correction.objects.exclude(at__range=(SET_UP, MORNING)).exists()
    assert not Merge.objects.exclude(at__range=(SET_UP, MORNING)).exists()


def test_every_kind_of_line_is_there() -> None:
    assert set(Status.objects.values_list("kind", flat=True)) == set(Status.Kind.values)
    assert {"told"} <= set(Dose.objects.filter(is_elsewhere=True).values_list("evidence", flat=True))
    assert Correction.objects.filter(by_dose__isnull=False).exists()
    assert Stay.objects.filter(source__code="by-hand", area__isnull=False).exists()
    assert {pair.state for pair in Pair.objects.all()} >= {"open"}
    assert Merge.objects.count() == 1
    assert Person.objects.filter(merged_into__isnull=False).count() == 1


def test_those_who_wrote_are_the_logins() -> None:
    names = {name for _, name, *_ in LOGINS}
    assert set(Status.objects.values_list("who_name", flat=True)) <= names
    assert set(Entry.objects.values_list("who_name", flat=True)) <= names | {"linli demo"}


def test_statuses_hold_and_everybody_is_forecast() -> None:
    programme = Programme.objects.get()
    day = MORNING.date()
    states = set(standings(programme=programme, on=day).values_list("state", flat=True))
    assert states >= {"refused", "deferred", "contraindicated", "moved", "unknown", "due"}
    judged = Forecast.objects.filter(since_on__lte=day, until_on__gt=day).values("person")
    assert not Person.objects.filter(merged_into=None).exclude(pk__in=judged).exists()
