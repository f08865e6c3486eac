"""Which rows of which tables belong to a person: what a merge takes over, whatever noun it is of."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, UniqueConstraint

from linli.records.doses.models import Dose, Forecast, Status
from linli.records.duplicates.models import Merge, Pair
from linli.records.people.models import Person

# Forecasts are drawn anew, pairs are found anew, merges are the history itself.
LEFT = (Forecast, Pair, Merge, Person)


def owned() -> Iterator[tuple[type[Model], str]]:
    """Every table whose rows belong to a person, with the column that says to whom."""
    for model in apps.get_app_config("records").get_models():
        if model in LEFT:
            continue
        for field in model._meta.get_fields():  # noqa: SLF001  # Django's public name for it
            if isinstance(field, ForeignKey) and field.related_model is Person:
                yield model, field.name


def movable(model: type[Model], column: str, *, kept: Person, gone: Person) -> tuple[list[int], list[tuple[int, int]]]:
    """Ids of the rows of `gone` that can go over to `kept`, and (row of gone, row of kept) that stand for the same."""
    ids = list(model._default_manager.filter(**{column: gone}).order_by("pk").values_list("pk", flat=True))  # noqa: SLF001
    same: dict[int, int] = {}
    for constraint in model._meta.constraints:  # noqa: SLF001
        if not isinstance(constraint, UniqueConstraint) or column not in constraint.fields:
            continue
        rest = [field for field in constraint.fields if field != column]
        rows = model._default_manager.filter(constraint.condition or Q())  # noqa: SLF001
        theirs = {tuple(key): pk for pk, *key in rows.filter(**{column: kept}).values_list("pk", *rest)}
        for pk, *key in rows.filter(**{column: gone}).values_list("pk", *rest):
            if tuple(key) in theirs:
                same[pk] = theirs[tuple(key)]
    return [pk for pk in ids if pk not in same], sorted(same.items())


def new_since(merge: Merge) -> list[Dose | Status]:
    """Doses and statuses written down of the kept person since a merge, which an undo must give to one of the two."""
    doses = Dose.objects.filter(person_id=merge.kept_id, id__gt=merge.before["last_dose"], is_struck=False)
    statuses = Status.objects.filter(person_id=merge.kept_id, id__gt=merge.before["last_status"])
    return [*doses.select_related("vaccine").order_by("given_on", "id"), *statuses.order_by("on", "id")]
