"""The operators' commands: `linli NOUN VERB`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from linli import __version__
from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, keep_bytecode, operator, read_settings_file

__all__ = ["COMMANDS", "django_ready", "main", "operator"]

# Where each command lives and what it is for. The words stand here, so that `linli --help` need import none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "accounts": ("linli.cli.accounts:accounts", _("Logins: add, close, new passwords.")),
    "backup": ("linli.cli.backup:backup", _("Copy everything into one file, while people work.")),
    "demo": ("linli.cli.demo:demo", _("An invented neighbourhood to look around in.")),
    "doses": ("linli.cli.doses:doses", _("Doses and the forecasts drawn from them.")),
    "duplicates": (
        "linli.cli.duplicates:duplicates",
        _("Records that may be one person: find, show, merge, undo."),
    ),
    "eligibility": ("linli.cli.eligibility:eligibility", _("Who is due which dose, from when until when and why.")),
    "keys": ("linli.cli.keys:keys", _("The keys that ids, phones and lists are sealed with.")),
    "lists": ("linli.cli.lists:lists", _("Load lists of people, employers, doses and places.")),
    "people": ("linli.cli.people:people", _("Forget people whose drive is over; give somebody their data.")),
    "placement": (
        "linli.cli.placement:placement",
        _("Where sites open: layouts with a proof of how good they are."),
    ),
    "places": ("linli.cli.places:places", _("The streets that walking distances follow.")),
    "programme": ("linli.cli.programme:programme", _("Schedules in force and drives.")),
    "restore": ("linli.cli.restore:restore", _("Put a backup in the place of what is there.")),
    "serve": ("linli.cli.serve:serve", _("Run linli for the office, with HTTPS.")),
}


class Commands(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _colon, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, help_text) for name, (_where, help_text) in COMMANDS.items()])


@click.command(
    cls=Commands, help=_("linli runs a neighbourhood vaccination drive: know who is due, reach them, serve them.")
)
@click.version_option(__version__, prog_name="linli")
def root() -> None:
    """Hold the options that all commands share."""


def main(*args: Any, **kwargs: Any) -> None:
    """Run one command of linli."""
    keep_bytecode()
    read_settings_file()
    root(*args, prog_name="linli", **kwargs)
