"""Points of TSPLIB files with EUC_2D distances, unrounded: each is a demand point of weight 1 and a venue.

Source: G. Reinelt, TSPLIB. TSPLIB itself rounds these distances for tours; those who compare p-medians on its points do
not (docs/contracts.md).
"""

from __future__ import annotations

import numpy as np

from linli.domain.placement.files.numbers import BadFileError, numbers_of
from linli.domain.placement.layout import Numbers

SECTION, KIND, SIZE = b"NODE_COORD_SECTION", b"EDGE_WEIGHT_TYPE", b"DIMENSION"


def read_tsplib(content: bytes) -> Numbers:
    """Distances (points, points). Raises BadFileError."""
    lines = [line.strip() for line in content.splitlines()]
    if SECTION not in lines:
        raise BadFileError("section", section=SECTION.decode())
    begins = lines.index(SECTION)
    head = dict(_key_and_value(line) for line in lines[:begins] if b":" in line)
    kind = head.get(KIND, b"")
    if kind != b"EUC_2D":
        raise BadFileError("kind", kind=kind[:20].decode("ascii", "replace"))
    size = head.get(SIZE, b"")
    if not size.isdigit() or int(size) < 1:
        raise BadFileError("size", size=size[:20].decode("ascii", "replace"))
    rows = []
    for line in lines[begins + 1 :]:
        if line in (b"EOF", b""):
            break
        rows.append(line.split())
    if len(rows) != int(size):
        raise BadFileError("points", found=len(rows), needed=int(size))
    for number, row in enumerate(rows, start=1):
        if len(row) != 3 or row[0] != str(number).encode():
            raise BadFileError("point", number=number)
    where = numbers_of([word for row in rows for word in row[1:]]).reshape(-1, 2)
    x, y = where[:, 0], where[:, 1]
    return np.hypot(x[:, None] - x, y[:, None] - y)


def _key_and_value(line: bytes) -> tuple[bytes, bytes]:
    key, _colon, value = line.partition(b":")
    return key.strip(), value.strip()
