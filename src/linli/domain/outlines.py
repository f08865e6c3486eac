"""Outlines of areas and buildings: from well-known text to GeoJSON geometry, WGS 84 degrees."""

from __future__ import annotations

import re
from typing import Any

_RING = re.compile(r"\(([^()]+)\)")


def read_wkt(text: str) -> dict[str, Any] | None:
    """A POLYGON or MULTIPOLYGON as GeoJSON geometry; None for an empty text. Raises ValueError for anything else."""
    if not text.strip():
        return None
    kind = text.split("(", 1)[0].split(";")[-1].strip().upper()
    if kind == "POLYGON":
        return {"type": "Polygon", "coordinates": _rings(text)}
    if kind == "MULTIPOLYGON":
        parts = re.findall(r"\(\s*(\([^()]+\)(?:\s*,\s*\([^()]+\))*)\s*\)", text.split("(", 1)[1])
        return {"type": "MultiPolygon", "coordinates": [_rings(part) for part in parts]}
    raise ValueError(f"neither POLYGON nor MULTIPOLYGON: {text[:40]!r}")


def _rings(text: str) -> list[list[list[float]]]:
    return [
        [[round(float(number), 7) for number in point.split()[:2]] for point in ring.split(",")]
        for ring in _RING.findall(text)
    ]
