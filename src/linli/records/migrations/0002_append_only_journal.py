from django.db import migrations

from linli.records.journal import guards


def _run(statements):
    def migrate(apps, schema_editor):
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return migrate


class Migration(migrations.Migration):
    dependencies = [("records", "0001_first")]
    operations = [migrations.RunPython(_run(guards.create), _run(guards.drop))]
