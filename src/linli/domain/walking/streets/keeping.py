"""Streets as bytes and back: plain arrays, nothing that could be run."""

from __future__ import annotations

import io
import zipfile

import numpy as np

from linli.domain.walking.streets.errors import StreetsError
from linli.domain.walking.streets.lines import Streets


def packed(streets: Streets) -> bytes:
    """Streets as one compressed file of NumPy arrays (.npz)."""
    arrays: dict[str, np.ndarray] = {"steps": streets.steps, "ends": streets.ends}
    if streets.metres is not None:
        arrays["metres"] = streets.metres
    texts = {"form": np.array(streets.form), "attribution": np.array(streets.attribution)}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays, **texts)
    return out.getvalue()


def unpacked(content: bytes) -> Streets:
    """Streets that `packed` made. Raises StreetsError where the bytes are no longer those."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            return Streets(
                str(kept["form"]),
                kept["steps"],
                kept["ends"],
                kept.get("metres"),
                str(kept["attribution"]),
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise StreetsError("kept_badly") from error
