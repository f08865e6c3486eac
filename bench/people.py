"""How well duplicates are found: 2,000 second records planted among 40,000 invented people (see bench/planted.py).

    bench/people.py --json            40,000 people, 2,000 of them twice
    bench/people.py --json --quick    8,000 people, 400 of them twice
    bench/people.py --json --seed 7   another draw

It goes the way of the register, on SQLite in a temporary folder: list A is written down, list B is matched by document
as an import does it (equal id, name and birth date: the same person; equal id alone: held for a human), what is left is
written down as new people, and `duplicates.actions.find` looks through everybody.

Prints one JSON object. false_merges: records made one without asking that are two people. recall_found: share of the
planted second records that were merged or stand in the queue together with the first. queued_per_true: pairs in the
queue for each that is right. seconds: finding, from the register to the stored queue. Beside them found by fault, wrong
pairs by trap, and n, seed, machine, versions.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

ON = date(2021, 6, 20)
SEED = 1
Pair = tuple[int, int]


def measure(people: int, duplicates: int, seed: int) -> dict[str, Any]:
    """Plant, write down, find, and compare with what was planted."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from linli.records.duplicates import actions
    from linli.records.duplicates.models import Merge
    from linli.records.duplicates.models import Pair as Queued
    from linli.records.journal.actions import Who
    from linli.records.keys.ring import make
    from planted import planted

    make(Path(settings.KEYS_FILE))
    call_command("migrate", verbosity=0)
    bench = Who("", "bench")
    made = planted(people=people, duplicates=duplicates, seed=seed)
    ids, held = write_down(made.rows, bench)
    started = time.perf_counter()
    counts = actions.find(by=bench)
    seconds = time.perf_counter() - started

    first = {row.person: ids[index] for index, row in enumerate(made.rows) if row.sheet == "A"}
    owner = {record: person for person, record in first.items()}
    second = {index: row for index, row in enumerate(made.rows) if row.sheet == "B"}
    matched = {index: ids[index] for index in second if ids[index] in owner}  # one record at once, by its document
    owner |= {ids[index]: row.person for index, row in second.items() if index not in matched and ids[index]}
    merged = {_pair(*pair) for pair in Merge.objects.values_list("kept_id", "gone_id")}
    open_pairs = Queued.objects.filter(state=Queued.State.OPEN).values_list("one_id", "other_id")
    queue = [(owner[one], owner[other]) for one, other in open_pairs]
    queue += [(row.person, owner[held[index]]) for index, row in second.items() if index in held]
    right = Counter(one for one, other in queue if one == other)
    wrong_merges = [index for index, record in matched.items() if owner[record] != second[index].person]
    wrong_merges += [pair for pair in merged if owner[pair[0]] != owner[pair[1]]]
    known = {row.person for index, row in second.items() if index in matched} | set(right)
    known |= {owner[one] for one, other in merged if owner[one] == owner[other]}
    trap = {_pair(*pair): name for name, pairs in made.traps.items() for pair in pairs}
    faults = Counter(row.fault for row in second.values())
    found = Counter(row.fault for row in second.values() if row.person in known)
    return {
        "false_merges": len(wrong_merges),
        "recall_found": round(len(known & {row.person for row in second.values()}) / len(second), 4),
        "queued_per_true": round(len(queue) / max(len(right), 1), 3),
        "seconds": round(seconds, 2),
        "merged": len(matched) + counts["merged"],
        "queued": len(queue),
        "found_by_fault": {fault: f"{found[fault]} of {count}" for fault, count in sorted(faults.items())},
        "wrong_by_trap": dict(Counter(trap.get(_pair(*pair), "none") for pair in queue if pair[0] != pair[1])),
    }


def write_down(rows: list[Any], bench: Any) -> tuple[list[int], dict[int, int]]:
    """The record of each row (0: none was made), and of rows held back the record with the same document."""
    from linli.records.people.actions import Told, open_source, record

    at, papers = stays(rows, bench), [document(row) for row in rows]
    ids, held, known = [0] * len(rows), dict[int, int](), dict[int, int]()
    for rank, sheet in enumerate("AB", start=1):
        mine = [index for index, row in enumerate(rows) if row.sheet == sheet]
        source = open_source(by=bench, code=sheet, name=sheet, rank=rank)
        if sheet == "B":
            held, known = by_document(rows, papers, mine, source=source)
        mine = [index for index in mine if index not in held]
        told = [
            Told(known.get(index), row.name, row.birth, row.sex, papers[index], row.phone, at[index])
            for index, row in ((index, rows[index]) for index in mine)
        ]
        made = record(by=bench, source=source, on=ON, covers_doses=False, told=told)
        for index, record_id in zip(mine, made, strict=True):
            ids[index] = record_id
    return ids, held


def by_document(
    rows: list[Any], papers: list[tuple[str, str] | None], mine: list[int], *, source: Any
) -> tuple[dict[int, int], dict[int, int]]:
    """Rows whose document the register has: those held for a human, and those that are the same person beyond doubt."""
    from linli.domain.identity import Document
    from linli.domain.sheets.rows import PersonRow
    from linli.records.lists.queries.matching import match_all

    with_paper = [(index, paper) for index in mine if (paper := papers[index])]
    asked = [
        PersonRow(index, rows[index].name, rows[index].birth, rows[index].sex, Document(*paper))
        for index, paper in with_paper
    ]
    held, known = {}, {}
    for row, match in zip(asked, match_all([(row, frozenset[int]()) for row in asked], source=source), strict=True):
        if match.person is not None:
            (held if match.doubt else known)[row.line] = match.person
    return held, known


def document(row: Any) -> tuple[str, str] | None:
    """Kind and number as a list would read them; a number that fails is entered as another kind of document."""
    from linli.domain.identity import IdentityError, read_document

    if not row.id_number:
        return None
    try:
        read = read_document(row.id_number, kind=row.id_kind)
    except IdentityError:
        return "other", row.id_number
    return read.kind, read.number


def stays(rows: list[Any], bench: Any) -> list[tuple[Any, ...]]:
    """Where each row says that somebody lives, with the places drawn first."""
    from linli.records.people.actions import StayTold
    from linli.records.places import actions
    from linli.records.places.models import Area, Building, Door

    area = {"code": "S", "name": "石门二路街道", "name_en": "", "kind": "subdistrict", "parent_code": "", "outline": ""}
    actions.draw_areas(by=bench, areas=[area])
    street = Area.objects.get()
    shared = {"area": street, "kind": "residential", "floors": None, "lon": None, "lat": None}
    shared |= dict.fromkeys(("name_en", "address", "outline"), "")
    numbers = sorted({row.building for row in rows if row.building >= 0})
    buildings = [shared | {"code": f"B{number:03}", "name": f"{number + 1}号"} for number in numbers]
    actions.draw_buildings(by=bench, buildings=buildings)
    known = dict(Building.objects.values_list("code", "id"))
    wanted = sorted({(known[f"B{row.building:03}"], row.door) for row in rows if row.building >= 0})
    doors = actions.draw_doors(by=bench, doors=[Door(building_id=of, number=number) for of, number in wanted])
    told = []
    for row in rows:
        building = known.get(f"B{row.building:03}")
        stay = building and StayTold("living", street.pk, building, doors[building, "", row.door], household="")
        told.append((stay,) if stay else ())
    return told


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    people, duplicates = (8_000, 400) if wanted.quick else (40_000, 2_000)
    if wanted.measure:
        print(json.dumps(measure(people, duplicates, wanted.seed)))
        return
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        env = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        command = [sys.executable, __file__, "--measure", "--seed", str(wanted.seed), *(["--quick"] * wanted.quick)]
        env |= {"LINLI_HOME": home, "LINLI_TODAY": ON.isoformat()}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    result = json.loads(done.stdout) | {
        "n": {"people": people, "duplicates": duplicates},
        "seed": wanted.seed,
        "machine": f"{platform.machine()} x{os.cpu_count()} {platform.platform()}",
        "versions": {name: version(name) for name in ("django", "pypinyin", "rapidfuzz", "opencc-py")}
        | {"python": platform.python_version()},
    }
    print(json.dumps(result) if wanted.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
