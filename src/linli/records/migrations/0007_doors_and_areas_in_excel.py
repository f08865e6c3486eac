from django.db import migrations, models

import linli.records.journal.models


def _give_ids(apps, schema_editor):
    """Every door that is there already gets its own id, a batch at a time."""
    doors = apps.get_model("records", "Door").objects
    last = 0
    while rows := list(doors.filter(pk__gt=last).order_by("pk").only("pk")[:2000]):
        for row in rows:
            row.public_id = linli.records.journal.models.new_id()
        doors.bulk_update(rows, ["public_id"], batch_size=400)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("records", "0006_group_forecasts")]

    operations = [
        migrations.AddField(
            model_name="door",
            name="public_id",
            field=models.CharField(default="", max_length=16),
            preserve_default=False,
        ),
        migrations.RunPython(_give_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="door",
            name="public_id",
            field=models.CharField(default=linli.records.journal.models.new_id, max_length=16, unique=True),
        ),
        migrations.RemoveConstraint(model_name="export", name="export_kind_known"),
        migrations.AlterField(
            model_name="export",
            name="kind",
            field=models.CharField(
                choices=[
                    ("people", "People"), ("employers", "Employers"), ("buildings", "Buildings"), ("areas", "Areas"),
                    ("doors", "Doors"), ("doses", "Doses"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("people", "employers", "buildings", "areas", "doors", "doses"))),
                name="export_kind_known",
            ),
        ),
    ]
