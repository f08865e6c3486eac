"""`linli accounts`: logins at the command line."""

from __future__ import annotations

import click

from linli.cli.accounts.asking import known_area
from linli.cli.accounts.closing import close, list_, reopen
from linli.cli.accounts.opening import password, reset_factor, sign_out, slip
from linli.cli.accounts.roles import add, grant, lend, revoke
from linli.cli.language import gettext as _

__all__ = ["accounts", "known_area"]


@click.group(help=_("Logins: who may sign in, with which role, in which area."))
def accounts() -> None:
    """Hold the commands of logins."""


for _command in (add, grant, revoke, lend, password, reset_factor, slip, sign_out, close, reopen, list_):
    accounts.add_command(_command)
