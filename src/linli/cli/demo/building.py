"""The process that builds a demo. Started by `linli demo` alone, with LINLI_HOME set to an empty folder."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready
from linli.cli.serve.children import die_with_parent


class Bar:
    """A progress bar that names what is being done."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._bar: click._termui_impl.ProgressBar[str | None] | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def __call__(self, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done and `name` is in hand."""
        if self._bar is None or self._bar.length != total:
            self._stack.close()
            shown = click.progressbar(length=total, label=_("Loading invented lists"), item_show_func=lambda item: item)
            self._bar = self._stack.enter_context(shown)
        self._bar.update(done - self._bar.pos, name)


def run(stage: str, people: int, seed: int) -> None:
    """Build one state into the database of LINLI_HOME."""
    if not os.environ.get("LINLI_DEMO"):
        raise SystemExit("only `linli demo` builds invented people")
    django_ready(database=False)
    from django.core.management import call_command
    from django.db import connections

    from linli.demo.stages import build, has_people
    from linli.records.keys.ring import make
    from linli.records.keys.sealing import key_file

    if has_people(stage):
        click.echo(_("Inventing {people} people").format(people=people))
    # Not as an upgrade of a real installation: what the demo does from its first line on is dated in 2021.
    make(key_file())
    call_command("migrate", verbosity=0, interactive=False)
    with Bar() as bar:
        build(stage=stage, people=people, seed=seed, progress=bar)
    connections.close_all()


if __name__ == "__main__":
    die_with_parent()
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
