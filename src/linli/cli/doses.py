"""`linli doses`: forecasts at the command line."""

from __future__ import annotations

import click

from linli.cli.language import gettext as _
from linli.cli.language import ngettext
from linli.cli.ready import django_ready, operator


@click.group(help=_("Doses and the forecasts drawn from them."))
def doses() -> None:
    """Hold the commands of doses."""


@doses.command(help=_("Draw everybody's forecast anew from the doses, as after a new version of a schedule."))
@click.option("--programme", "code", help=_("Code of the programme; without it that of the drive worked at now."))
def forecast(code: str | None) -> None:
    """Draw every forecast anew."""
    django_ready()
    from linli.records.doses import actions
    from linli.records.people.models import Person
    from linli.records.programme.models import Programme
    from linli.records.programme.queries import NoDriveError, current

    try:
        programme = current() if code is None else Programme.objects.get(code=code)
    except NoDriveError as error:
        raise click.ClickException(
            _("No drive is open yet: linli programme open CODE --area CODE --from DATE --name NAME")
        ) from error
    except Programme.DoesNotExist as error:
        raise click.ClickException(
            _("{code} is not adopted yet: linli programme adopt {code}").format(code=code)
        ) from error
    with click.progressbar(length=Person.objects.count(), label=_("Forecasts"), show_pos=True) as bar:
        made = actions.forecast(by=operator(), programme=programme, progress=lambda step, _all: bar.update(step))
    click.echo(ngettext("{count} forecast drawn.", "{count} forecasts drawn.", made).format(count=made))
