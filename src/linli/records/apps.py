"""The one Django app of linli."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """All tables of linli, one migration history."""

    name = "linli.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
