"""`linli demo`: an invented neighbourhood to look around in."""

from __future__ import annotations

import click

from linli.cli.language import gettext as _
from linli.cli.serve.plan import is_loopback

PEOPLE = 8000
FEWEST, MOST = 100, 80_000  # as linli.demo.neighbourhood invents them (a test holds them together)
SEED = 20210620
PORT = 8000


# The words of linli.demo.stages.STAGES (a test holds them together); here, so that help need not load the generator.
STAGES: dict[str, str] = {
    "empty": _("Areas alone, no people yet: load lists yourself."),
    "places": _("Buildings, doors and employers too."),
    "people": _("People too, with the doses that the committees' own lists tell."),
    "morning": _("The city's doses and what was written down by hand too: the morning of 20 June 2021."),
}


class DemoCommand(click.Command):
    """A command whose help explains the stages."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Stages")):
            formatter.write_dl(list(STAGES.items()))


@click.command(
    cls=DemoCommand,
    help=_("Build an invented neighbourhood on the morning of 20 June 2021 and serve it on this computer alone."),
)
@click.option(
    "--stage",
    type=click.Choice(list(STAGES)),
    default="morning",
    show_default=True,
    help=_("How much is there already."),
)
@click.option("--people", type=click.IntRange(FEWEST, MOST), default=PEOPLE, show_default=True, help=_("Residents."))
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help=_("Another seed, other people."))
@click.option(
    "--host", default="127.0.0.1", show_default=True, help=_("Only this computer: 127.0.0.1, localhost or ::1.")
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help=_("Port; with make: PORT=.")
)
@click.option("--fresh", is_flag=True, help=_("Throw away what is there and build anew."))
@click.option("--no-serve", is_flag=True, help=_("Build, and end."))
def demo(*, stage: str, people: int, seed: int, host: str, port: int, fresh: bool, no_serve: bool) -> None:
    """Build and serve the demo."""
    if not is_loopback(host):
        raise click.ClickException(
            _("The demo lets anybody in with one click, so it stays on this computer: --host 127.0.0.1.")
        )
    from linli.cli.demo.serving import open_doors, port_is_free
    from linli.cli.demo.state import State, set_environment

    if not no_serve:
        port_is_free(host, port)  # before minutes of building, not after
    state = State.of(stage=stage, people=people, seed=seed)
    if fresh or not state.is_current():
        state.build()
    set_environment(state.folder)
    click.echo(_("All people here are invented. Database: {folder}").format(folder=state.folder))
    if not no_serve:
        open_doors(host, port)
