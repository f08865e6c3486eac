from datetime import datetime, time

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone


def _chosen(apps, schema_editor):
    """The drive that started last was the one worked at; no drive was chosen in days to come."""
    drives, now = apps.get_model("records", "Drive").objects, timezone.now()
    for pk, starts_on in drives.values_list("pk", "starts_on"):
        began = timezone.make_aware(datetime.combine(starts_on, time.min))
        drives.filter(pk=pk).update(chosen_at=min(began, now))


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_seal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Library",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("version", models.CharField(max_length=40)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.BinaryField()),
                ("groups", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("who_id", models.CharField(blank=True, max_length=16)),
                ("who_name", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "programme_library",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="drive",
            name="chosen_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="programme",
            name="group",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="programme",
            name="library",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="records.library",
            ),
        ),
        migrations.RunPython(_chosen, migrations.RunPython.noop),
    ]
