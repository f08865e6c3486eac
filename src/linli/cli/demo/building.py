"""The process that builds a demo. Started by `linli demo` alone, with LINLI_HOME set to an empty folder."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from types import TracebackType

import click

from linli.cli.ready import django_ready
from linli.cli.serve.children import die_with_parent
from linli.cli.serve.upgrade import upgrade_now


class Bars:
    """One progress bar a step of the building, under its own name."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._label = ""
        self._done = 0
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a step are done."""
        if label != self._label or self._bar is None:
            self._stack.close()
            self._label, self._done = label, 0
            self._bar = self._stack.enter_context(click.progressbar(length=max(total, 1), label=label))
        self._bar.update(done - self._done)
        self._done = done


def run(stage: str, people: int, seed: int) -> None:
    """Build one state into the database of LINLI_HOME."""
    if not os.environ.get("LINLI_DEMO"):
        raise SystemExit("only `linli demo` builds invented people")
    django_ready(database=False)
    from django.db import connections

    from linli.demo.stages import build

    upgrade_now()
    with Bars() as bars:
        build(stage=stage, people=people, seed=seed, progress=bars)
    connections.close_all()


if __name__ == "__main__":
    die_with_parent()
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
