"""`linli placement`: where sites open, from files, without a database."""

from __future__ import annotations

from pathlib import Path

import click

from linli.cli.language import gettext as _

# Only click here: `linli placement --help` must answer before NumPy and numba could be imported.


@click.group(help=_("Where sites open: layouts with a proof of how good they are."))
def placement() -> None:
    """Hold the commands that place sites."""


SOLVE_HELP = _(
    "Choose p sites so that the demand points of FILE have the least to walk (p-median).\n\n"
    "The search ends when the best layout is proven, after --seconds, or at Ctrl+C; then the best so far is printed "
    "with a bound below which no layout can lie. Sites are numbered from 1 as in FILE."
)


@placement.command(help=SOLVE_HELP)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice(["orlib", "tsplib"]),
    help=_("orlib: a network with p, as pmed1.txt of OR-Library. tsplib: points with distances EUC_2D, unrounded."),
)
@click.option("--p", type=int, help=_("How many sites; needed for tsplib."))
@click.option("--seconds", type=click.FloatRange(min=0), help=_("Stop after so many seconds."))
@click.option("--seed", type=int, default=0, show_default=True, help=_("The same seed gives the same search."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
def solve(file: Path, kind: str, p: int | None, seconds: float | None, seed: int, *, as_json: bool) -> None:
    """Choose sites for the demand of a file."""
    from linli.cli.placement.solving import FileError, solve_file

    try:
        answer = solve_file(file, kind=kind, p=p, seconds=seconds, seed=seed)
    except FileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(answer.as_json() if as_json else answer.as_text())
