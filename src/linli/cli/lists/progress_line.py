"""A progress bar of one line in the terminal; where there is no terminal, a line a step."""

from __future__ import annotations

import shutil
import time
from types import TracebackType
from typing import TextIO

from linli.words.problems import PHASES

WIDTH = 28
REDRAW_S = 0.1


class ProgressLine:
    """Shows phase, bar, counts and time left; cleared when the work is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._is_terminal = out.isatty()
        self._phase = ""
        self._began_at = self._drawn_at = 0.0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_terminal and self._phase:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def show(self, phase: str, done: int, total: int) -> None:
        """Draw how far the work has come."""
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._began_at, self._drawn_at = phase, now, 0.0
            if not self._is_terminal:
                self._out.write(f"{PHASES.get(phase, phase)}\n")
        if not self._is_terminal or (now - self._drawn_at < REDRAW_S and done < total):
            return
        self._drawn_at = now
        self._out.write(f"\r\x1b[K{self._line(now, done, total)}")
        self._out.flush()

    def _line(self, now: float, done: int, total: int) -> str:
        share = done / total if total else 0.0
        full = round(share * WIDTH)
        left = (now - self._began_at) * (1 - share) / share if share else 0.0
        clock = f"  {left:.0f} s" if left >= 1 else ""
        line = f"{PHASES.get(self._phase, self._phase)}  {'█' * full}{'░' * (WIDTH - full)}  {done:,}/{total:,}{clock}"
        return line[: shutil.get_terminal_size().columns - 1]
