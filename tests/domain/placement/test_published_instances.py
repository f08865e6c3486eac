"""The published p-medians of OR-Library, whose optima are known."""

from __future__ import annotations

import csv

import pytest

from linli.domain.placement import Status, p_median
from linli.domain.placement.files.orlib import read_orlib
from linli.domain.placement.files.tsplib import read_tsplib
from shared import PLACEMENT, needs_placement

QUICK = ("pmed1", "pmed3", "pmed5", "pmed7", "pmed9", "pmed13", "pmed15")


def optima() -> dict[str, float]:
    path = PLACEMENT / "pmed/optimal.csv"
    if not path.is_file():
        return dict.fromkeys(QUICK, 0.0)
    return {row["instance"]: float(row["optimum"]) for row in csv.DictReader(path.read_text().splitlines())}


@needs_placement
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.soak) for name in optima()]
)
def test_published_optima_are_found_and_proven(name: str) -> None:
    distances, p = read_orlib((PLACEMENT / f"pmed/{name}.txt").read_bytes())
    layout = p_median(distances, p=p)
    assert (layout.status, layout.objective, layout.bound) == (Status.OPTIMAL, optima()[name], optima()[name])
    assert distances[:, layout.sites].min(axis=1).sum() == layout.objective


@needs_placement
@pytest.mark.soak
@pytest.mark.parametrize("p", [20, 50])
def test_points_of_tsplib_are_proven(p: int) -> None:
    distances = read_tsplib((PLACEMENT / "tsplib/rl1304.tsp").read_bytes())
    layout = p_median(distances, p=p)
    assert layout.status == Status.OPTIMAL
    assert layout.gap <= 1e-6
