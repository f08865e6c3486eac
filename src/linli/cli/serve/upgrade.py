"""Bringing the database up to this linli: a backup first, then the migrations."""

from __future__ import annotations

from pathlib import Path

SEALS = "records.0004_seal"  # the migration before which ids and phones stood plain in the database


def reach() -> None:
    """See that the database answers, within seconds. Raises django.db.Error.

    Asked past the pool of connections, which would wait 20 seconds and then not say why.
    """
    from django.db import connection
    from django.db.utils import OperationalError

    if connection.vendor != "postgresql":
        connection.ensure_connection()
        return
    import psycopg

    try:
        psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": 5}).close()
    except psycopg.OperationalError as error:
        raise OperationalError(str(error)) from error


def pending() -> list[str]:
    """Migrations that wait to be applied, as `app.name`."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def unknown() -> list[str]:
    """Applied migrations that this linli does not have: a newer linli made the database."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {app for app, _name in loader.disk_migrations}
    gone = [key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations]
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return [f"{app}.{name}" for app, name in sorted(set(gone) - replaced)]


def is_empty() -> bool:
    """Whether the database holds no table yet."""
    from django.db import connection

    return not connection.introspection.table_names()


def upgrade() -> Path | None:
    """Apply what waits; gives the backup that was made before, None where there was nothing to lose."""
    from linli.cli.backup.archive import make, new_file

    kept = None if is_empty() else make(new_file("before-upgrade"))
    upgrade_now()
    return kept


def upgrade_now() -> None:
    """Apply what waits and see that the keys fit; a new database works by the schedules that come with linli.

    Raises ClickException where the key file cannot be used.
    """
    import click
    from django.core.management import call_command

    from linli import reference
    from linli.cli.backup.engine import engine
    from linli.cli.keys.fitting import see_that_they_fit, words
    from linli.cli.ready import operator
    from linli.records.doses import actions
    from linli.records.keys.ring import KeysError
    from linli.records.programme.models import Programme

    was_plain = not is_empty() and SEALS in pending()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except KeysError as error:
        raise click.ClickException(words(error)) from error
    see_that_they_fit()
    if was_plain:
        engine().compact()  # what stood plain would remain in the free space of the files
    if not Programme.objects.exists():
        for code in reference.codes():
            actions.adopt(by=operator(), code=code)
