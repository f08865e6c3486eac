"""Who uses the keys: each process that reads them holds a lock together with the others, one that changes them alone.

A process that went on with the keys it once read, while another changes them, would seal what nobody can open or find
any more. The lock is the operating system's: it ends with its process, however that ends. It binds the processes of one
computer; where several serve one database, all but one must be ended by hand (docs/install.md).
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from django.conf import settings

from linli.records.keys.ring import KeysBusyError

PATIENCE_S = 10.0

_held: tuple[Path, int] | None = None  # one lock a process, its file and descriptor, held to the end


def join() -> None:
    """Use the keys together with others. Raises KeysBusyError where somebody goes on changing them."""
    if _held is None or _held[0] != _file():
        _take(fcntl.LOCK_SH, PATIENCE_S)


def be_alone() -> None:
    """Use the keys alone, to change them. Raises KeysBusyError where another process uses them."""
    try:
        _take(fcntl.LOCK_EX, 0)
    except KeysBusyError:
        _take(fcntl.LOCK_SH, PATIENCE_S)  # asking for more gave up what was held
        raise


def be_joined() -> None:
    """Let others use the keys again."""
    if _held is not None:
        fcntl.flock(_held[1], fcntl.LOCK_SH)


def _file() -> Path:
    return Path(settings.HOME) / "keys.lock"


def _take(kind: int, patience_s: float) -> None:
    global _held  # see above
    file = _file()
    if _held is None or _held[0] != file:
        if _held is not None:
            os.close(_held[1])
        _held = (file, os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(_held[1], kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise KeysBusyError(str(file)) from None
            time.sleep(0.05)
        else:
            return
