"""The folder that holds what linli keeps outside the program: database, key, progress files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The data folder: `LINLI_HOME`, else the user's data folder."""
    chosen = os.environ.get("LINLI_HOME")
    if chosen:
        return Path(chosen).expanduser().resolve()
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "linli"


def secret_key(folder: Path) -> str:
    """The signing key: `LINLI_SECRET_KEY`, else a file made once that only its owner can read."""
    given = os.environ.get("LINLI_SECRET_KEY")
    if given:
        return given
    file = folder / "secret_key"
    try:
        # O_EXCL: of two processes that start at once one makes the key, the other reads it.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(50))
    return file.read_text().strip()
