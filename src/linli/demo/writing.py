"""Writing the lists as files: UTF-8 with its mark, GB18030, or a workbook with a title and merged headers."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from io import StringIO
from pathlib import Path

import numpy as np

from linli.demo.dose_list import dose_list
from linli.demo.faults import plant
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.people_lists import people_lists
from linli.demo.places_lists import places_lists
from linli.demo.staff_lists import staff_lists
from linli.demo.tables import Cell, CellRow, Entry, Planted, Table
from linli.demo.workbook import workbook

NOTE = (
    "Everything in these files but the names of the subdistrict, its committees, streets and the places of the June "
    "2021 chronicle is invented: people, numbers, employers, buildings, shapes, doses. "
    "See src/linli/demo/data/README.md."
)


@dataclass(frozen=True)
class Manifest:
    """The files of an invented neighbourhood in the order in which they are loaded, and the faults planted in them."""

    on: date
    seed: int
    people: int
    files: tuple[Entry, ...]
    planted: tuple[Planted, ...]

    def counts(self) -> dict[str, int]:
        """How often each fault was planted, by its problem code."""
        return dict(sorted(Counter(fault.code for fault in self.planted).items()))


def tables(n: Neighbourhood) -> tuple[list[Table], list[Planted]]:
    """The lists of a neighbourhood in load order, faults included, and which faults those are."""
    streams = [np.random.default_rng(part) for part in np.random.SeedSequence([n.seed, 1]).spawn(4)]
    made = [*places_lists(n), *people_lists(n, streams[0]), *staff_lists(n, streams[1]), dose_list(n, streams[2])]
    made = [table for table in made if table.rows]
    planted = [fault for table in made for fault in plant(table, streams[3])]
    for table in made:
        table.entry = replace(table.entry, rows=len(table.rows))
    return made, planted


def write(neighbourhood: Neighbourhood, folder: Path) -> Manifest:
    """Write the files of a neighbourhood and `manifest.json` into a folder, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    made, planted = tables(neighbourhood)
    for table in made:
        _save(table, folder / table.entry.file)
    manifest = Manifest(
        neighbourhood.on,
        neighbourhood.seed,
        neighbourhood.residents,
        tuple(table.entry for table in made),
        tuple(planted),
    )
    said = {"invented": NOTE} | asdict(manifest)
    (folder / "manifest.json").write_text(
        json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8"
    )
    return manifest


def _save(table: Table, path: Path) -> None:
    if table.entry.form == "xlsx":
        rows: list[CellRow] = [[table.title], *[list[Cell](row) for row in table.headers], *table.rows]
        path.write_bytes(workbook(rows, sheet="虚构数据 invented", frozen=table.first_line))
        return
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([table.title])
    lines.writerows(table.headers)
    lines.writerows(table.rows)
    path.write_bytes(out.getvalue().encode("gb18030" if table.entry.form == "gb18030" else "utf-8-sig"))
