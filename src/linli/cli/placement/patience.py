"""How long a solver may work: until a clock, or until somebody presses Ctrl+C; and what is shown meanwhile."""

from __future__ import annotations

import signal
import sys
from time import perf_counter
from types import FrameType, TracebackType
from typing import Any

import click

from linli.cli.language import gettext as _

REDRAW_S = 0.2


class Patience:
    """Ends after some seconds, or at the first Ctrl+C; the second one ends the command as always."""

    def __init__(self, began: float, seconds: float | None) -> None:
        self._until = None if seconds is None else began + seconds
        self._is_over = False
        self._before: Any = None
        self._drawn_at = 0.0
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> Patience:
        self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._drawn_at:
            click.echo("\r\x1b[K", nl=False, err=True)

    def is_over(self) -> bool:
        """Whether the solver should leave off."""
        return self._is_over or (self._until is not None and perf_counter() >= self._until)

    def show(self, objective: float, bound: float) -> None:
        """Draw how far objective and bound are apart, where somebody can see it."""
        now = perf_counter()
        if not self._is_terminal or now - self._drawn_at < REDRAW_S:
            return
        self._drawn_at = now
        gap = 100 * (objective - bound) / objective if objective else 0.0
        values = {"objective": f"{objective:,.0f}", "bound": f"{bound:,.0f}", "gap": f"{gap:.3f}"}
        line = _("walking %(objective)s, bound %(bound)s, gap %(gap)s%%. Ctrl+C: enough") % values
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        self._is_over = True
        signal.signal(signal.SIGINT, self._before)
