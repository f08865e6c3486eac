"""Building the demo in a database: the files loaded through the same actions that an office uses, up to a stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from linli.demo import generate, write
from linli.demo.ground import STREET_CODE, STREET_NAME
from linli.demo.ledger import write_ledger
from linli.demo.streets import ATTRIBUTION, FILE, streets
from linli.demo.tables import Entry
from linli.demo.twins import plant_twins
from linli.demo.writing import Manifest
from linli.records.accounts import actions as accounts
from linli.records.accounts.models import Grant, Worker
from linli.records.journal.actions import Who
from linli.records.keys.actions import begin
from linli.records.keys.queries import mark
from linli.records.lists import actions as lists
from linli.records.lists.models import List
from linli.records.lists.queries import applied_before
from linli.records.people import actions as people
from linli.records.people.models import Source
from linli.records.places import actions as places
from linli.records.places.models import Area
from linli.records.places.queries import streets as walked_streets
from linli.records.places.streets import ready as ready_streets
from linli.records.programme import actions as programme
from linli.records.programme.models import Programme

SCHEDULE = "covid-19-cn-2021"
DRIVE_BEGAN = date(2020, 12, 15)
SET_UP = timedelta(days=31)  # before the morning: linli was set up when the first list was at hand
BUILDER = Who("", "linli demo")
MORNING, EVENING = time(0, 10), time(10)  # in UTC: ten past eight and six in Shanghai

# Which kinds of list each stage has loaded, the stages before it included.
STAGES: dict[str, tuple[str, ...]] = {
    "empty": ("areas",),
    "places": ("buildings", "doors", "employers"),
    "people": ("people", "staff"),
    "morning": ("doses",),
}
LAST = "morning"
# A list that came this morning: judged, and waiting for somebody in the office to look at its bad rows.
WAITING = "21-staff-foreign-firm.invented.xlsx"

# username, name, role, code of the area
LOAN_ENDS = date(2021, 7, 4)
LOGINS = (
    ("office", "街道办事处 陈晓（虚构）", Grant.Role.OFFICE, STREET_CODE, None),
    ("committee", "东王居委会 顾敏（虚构）", Grant.Role.COMMITTEE_WORKER, f"{STREET_CODE}003", None),
    ("leader", "街道分管领导 沈静（虚构）", Grant.Role.LEADER, STREET_CODE, None),
    ("volunteer", "志愿者 周青（虚构）", Grant.Role.VOLUNTEER, f"{STREET_CODE}003", LOAN_ENDS),
)

Progress = Callable[[str, int, int], None]
"""Told of each file: its name, how many are done, how many there are."""


def build(*, stage: str = LAST, people: int, seed: int, progress: Progress | None = None) -> list[Worker]:
    """Make an invented neighbourhood and bring an empty database to a stage of it; gives its one-click logins."""
    with TemporaryDirectory(prefix="linli-demo-") as folder:
        manifest = write(generate(people=people, seed=seed), Path(folder))
        return build_from(manifest=manifest, folder=Path(folder), stage=stage, progress=progress, waiting=WAITING)


def build_from(
    *, manifest: Manifest, folder: Path, stage: str = LAST, progress: Progress | None = None, waiting: str = ""
) -> list[Worker]:
    """Bring a database to a stage from written files, and give its logins. What is there already is not loaded again.

    The file called `waiting` comes last and is judged but not applied.

    Raises KeyError for a stage that is not in STAGES.
    """
    wanted, began = _kinds(stage), datetime.combine(manifest.on - SET_UP, MORNING, UTC)
    if mark() is None:
        begin(by=BUILDER, at=began)
    adopted = programme.adopt(by=BUILDER, code=SCHEDULE, at=began)
    files = sorted((entry for entry in manifest.files if entry.kind in wanted), key=lambda entry: entry.file == waiting)
    for done, entry in enumerate(files):
        if progress:
            progress(entry.file, done, len(files))
        load(entry, folder=folder, on=manifest.on, is_waiting=entry.file == waiting)
    if progress:
        progress("", len(files), len(files))
    if "buildings" in wanted and walked_streets() is None:
        ready = ready_streets(name=FILE, content=streets(), attribution=ATTRIBUTION)
        places.load_streets(by=BUILDER, streets=ready, at=began)
    street = Area.objects.get(code=STREET_CODE)
    drive = programme.open_drive(
        by=BUILDER,
        name=f"{STREET_NAME}新冠疫苗接种（虚构）",
        programme=adopted,
        area=street,
        starts_on=DRIVE_BEGAN,
        at=began,
    )
    if not drive.is_public:
        programme.publish(by=BUILDER, drive=drive, at=began)
    workers = [_login(*row, at=began) for row in LOGINS]
    if stage == LAST:
        _write_by_hand(adopted, workers, manifest)
    return workers


def has_people(stage: str) -> bool:
    """Whether a stage shows any of the invented people. Raises KeyError for a stage that is not in STAGES."""
    return "people" in _kinds(stage)


def load(entry: Entry, *, folder: Path, on: date, is_waiting: bool = False) -> List:
    """Receive, judge and apply one file, unless the same file was applied before; a waiting one is not applied."""
    area = Area.objects.filter(code=entry.area).first()
    at = datetime.combine(on, MORNING, UTC) if is_waiting else datetime.combine(entry.as_of, EVENING, UTC)
    received = lists.receive(
        by=BUILDER,
        file_name=entry.file,
        content=(folder / entry.file).read_bytes(),
        source=_source(entry, at=at),
        area=area,
        as_of=entry.as_of,
        covers_doses=entry.covers_doses,
        basis=entry.basis,
        at=at,
    )
    if (before := applied_before(received)) is not None:
        lists.set_aside(by=BUILDER, of=received, at=at)
        return before
    staged = lists.stage(by=BUILDER, of=received, on=on, at=at)
    if is_waiting:
        return staged
    if staged.counts.get("doubt"):  # as the office would: a list without ids names people whom it knows
        lists.decide_all(by=BUILDER, of=staged, decision="probable", on=on, at=at)
    return lists.apply(by=BUILDER, of=staged, on=on, at=at)


def _kinds(stage: str) -> set[str]:
    if stage not in STAGES:
        raise KeyError(stage)
    names = list(STAGES)
    return {kind for name in names[: names.index(stage) + 1] for kind in STAGES[name]}


def _source(entry: Entry, *, at: datetime) -> Source:
    known = Source.objects.filter(code=entry.source).first()
    said: dict[str, Any] = {
        "code": entry.source,
        "name": entry.source_name,
        "rank": entry.rank,
        "covers_doses": entry.covers_doses,
    }
    return known or people.open_source(by=BUILDER, **said, at=at)


def _login(username: str, name: str, role: str, area: str, until_on: date | None, *, at: datetime) -> Worker:
    worker: Worker | None = Worker.objects.filter(username=username).first()
    if worker is None:
        worker = accounts.enrol(
            by=BUILDER, username=username, name=name, password=None, until_on=until_on, is_demo=True, at=at
        )
    accounts.grant(by=BUILDER, worker=worker, area=Area.objects.get(code=area), role=role, at=at)
    return worker


def _write_by_hand(adopted: Programme, workers: list[Worker], manifest: Manifest) -> None:
    """What the office and the committee wrote down themselves, and what a second desk wrote down twice."""
    office, committee = workers[0].who, workers[1].who
    size: dict[str, Any] = {"today": manifest.on, "residents": manifest.people, "seed": manifest.seed}
    write_ledger(by=(office, committee), programme=adopted, **size)
    plant_twins(by=BUILDER, office=office, programme=adopted, **size)
