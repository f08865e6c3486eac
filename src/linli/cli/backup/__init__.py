"""`linli backup`: everything in one file, while people work."""

from __future__ import annotations

from pathlib import Path

import click

from linli.cli.language import gettext as _


@click.command(
    help=_("Copy everything into one file, while people work. Without FILE: into the data folder's backups.")
)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--with-key",
    is_flag=True,
    help=_("Put the key of sessions and the certificates' keys inside too; keep the file locked away."),
)
def backup(file: Path | None, *, with_key: bool) -> None:
    """Make a backup."""
    from linli.cli.ready import django_ready

    django_ready()
    from linli.cli.backup.archive import make, manifest, new_file

    target = file or new_file("linli")
    with click.progressbar(length=1, label=_("Backup"), show_pos=False) as bar:

        def progress(step: int, total: int) -> None:
            bar.length = total
            bar.update(step)

        made = make(target, with_key=with_key, progress=progress)
    said = manifest(made)
    size = made.stat().st_size / 1e6
    click.echo(
        _("{file} · {size:.1f} MB · {rows} rows in {tables} tables").format(
            file=made, size=size, rows=sum(said.rows.values()), tables=len(said.rows)
        )
    )
    click.echo(
        _("To restore it one needs the key file with the fingerprint {fingerprint}; it is not inside.").format(
            fingerprint=said.needs
        )
    )
    if with_key:
        click.echo(_("It holds the keys too: who has this file can pose as this server."), err=True)
