from django.db import migrations

from linli.records.keys.plain_rows import seal_plain_rows


def _seal(apps, schema_editor):
    seal_plain_rows(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_know_whole")]
    operations = [migrations.RunPython(_seal, migrations.RunPython.noop)]
