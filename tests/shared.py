"""Published data beside the project: read where it is there, never copied in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from linli.domain.eligibility import Schedule
from linli.domain.eligibility.supporting_data import read_supporting_data

CDSI = Path(__file__).resolve().parents[2] / "shared/cdsi"
needs_cdsi = pytest.mark.skipif(
    not (CDSI / "supporting-data").is_dir(), reason=f"CDC's published schedule and cases are not in {CDSI}"
)


@cache
def cdc_schedule() -> Schedule:
    """The published schedule."""
    files = {path.name: path.read_bytes() for path in (CDSI / "supporting-data").glob("*.xml")}
    return read_supporting_data(files).schedule


PLACEMENT = CDSI.parent / "benchmarks/placement"
needs_placement = pytest.mark.skipif(
    not (PLACEMENT / "pmed").is_dir(), reason=f"published placement problems are not in {PLACEMENT}"
)
