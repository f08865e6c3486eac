"""`linli placement`: a file in, a layout and its proof out, and a clear word for every bad file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from linli.cli.placement import placement

# A street of five corners 10, 1, 1 and 10 apart.
STREET = "5 4 2\n1 2 10\n2 3 1\n3 4 1\n4 5 10\n"
POINTS = "DIMENSION: 3\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4\n3 0 1\nEOF\n"


def run(path: Path, *more: str, content: str = STREET, kind: str = "orlib") -> Result:
    path.write_text(content)
    return CliRunner().invoke(placement, ["solve", str(path), "--format", kind, *more])


def test_one_object_says_objective_bound_gap_seconds_and_sites(tmp_path: Path) -> None:
    done = run(tmp_path / "street.txt", "--json")
    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert answer.pop("seconds") >= 0
    assert len(set(answer.pop("sites"))) == 2
    assert answer == {"objective": 13, "bound": 13, "gap": 0.0, "status": "optimal", "points": 5, "p": 2}


def test_a_person_reads_two_lines(tmp_path: Path) -> None:
    done = run(tmp_path / "street.txt", "--p", "3")
    assert "Walking 2.00, proven to be the least there is" in done.stdout
    assert "Sites: 1, 3, 5" in done.stdout


def test_points_need_a_p(tmp_path: Path) -> None:
    assert "give --p" in run(tmp_path / "points.tsp", content=POINTS, kind="tsplib").output
    done = run(tmp_path / "points.tsp", "--p", "2", "--json", content=POINTS, kind="tsplib")
    answer = json.loads(done.stdout)
    assert (answer["objective"], answer["sites"]) in ((1, [1, 2]), (1, [2, 3]))


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (STREET, ["--p", "6"], "p is 6, but there are 5 venues: give a p from 1 to that"),
        (STREET, ["--p", "0"], "p is 0, but there are 5 venues"),
        (STREET.replace("10", "-10"), [], "edge 1 costs -10: a distance cannot be negative"),
        (STREET.replace("5 4 2", "5 5 2"), [], "the first line says 5 edges of three numbers each, but 4 follow"),
        (STREET.replace("4 5 10", "4 6 10"), [], "edge 4 names a vertex that is not a whole number from 1 to 5"),
        (STREET.replace("4 5 10", "4 4 10"), [], "the network is in pieces: vertex 5 cannot be reached from vertex 1"),
        (STREET.replace("10", "ten"), [], "ten is not a number"),
        ("", [], "the file ends before it says vertices, edges and p"),
        (POINTS, [], "DIMENSION: is not a number"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str, more: list[str], said: str) -> None:
    done = run(tmp_path / "street.txt", *more, content=content)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(placement, ["solve", str(tmp_path / "none.txt"), "--format", "orlib"])
    assert done.exit_code == 1
    assert "none.txt: cannot be read" in done.output


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path / "street.txt", kind="xlsx")
    assert done.exit_code == 2
    assert "'orlib', 'tsplib'" in done.output


def hard(path: Path) -> Path:
    """Points at random with far too many sites to be proven soon."""
    where = np.random.default_rng(1).random((1000, 2)) * 1000
    rows = "".join(f"{number} {x} {y}\n" for number, (x, y) in enumerate(where.tolist(), start=1))
    path.write_text(f"DIMENSION: 1000\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n{rows}EOF\n")
    return path


def test_after_its_seconds_the_best_so_far_is_printed_with_its_bound(tmp_path: Path) -> None:
    command = [
        "solve",
        str(hard(tmp_path / "hard.tsp")),
        "--format",
        "tsplib",
        "--p",
        "12",
        "--seconds",
        "0.2",
        "--json",
    ]
    done = CliRunner().invoke(placement, command)
    answer = json.loads(done.stdout)
    assert answer["status"] == "stopped"
    assert 0 <= answer["bound"] < answer["objective"]
    assert answer["gap"] == pytest.approx((answer["objective"] - answer["bound"]) / answer["objective"])
    assert len(set(answer["sites"])) == 12


def test_ctrl_c_prints_the_best_so_far(tmp_path: Path) -> None:
    script = (
        "import os, signal\n"
        "from linli.cli.placement.patience import Patience\n"
        "pressed = []\n"
        "def press_once(self, objective, bound):\n"
        "    if not pressed:\n"
        "        pressed.append(os.kill(os.getpid(), signal.SIGINT))\n"
        "Patience.show = press_once\n"
        "from linli.cli.placement import placement\n"
        "placement()\n"
    )
    path = hard(tmp_path / "hard.tsp")
    command = [sys.executable, "-c", script, "solve", str(path), "--format", "tsplib", "--p", "12", "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "LINLI_LANGUAGE": "en"}, check=False
    )
    assert json.loads(done.stdout)["status"] == "stopped"
    assert done.returncode == 0
