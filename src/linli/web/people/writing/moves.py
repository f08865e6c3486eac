"""A person moved to another door here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.records.accounts.queries import Right
from linli.records.people import actions
from linli.records.people.models import Stay
from linli.records.places.models import Area, Door
from linli.web.people.choices import Ground, area_choices, building_choices, place_name
from linli.web.people.long_select import LongSelect
from linli.web.people.writing.done import Undo
from linli.web.people.writing.fields import day_field, text_field
from linli.web.people.writing.page import Case, Writing, page
from linli.words.places import door_words

MOST_DOORS = 2000


class Where(forms.Form):
    """Which building: chosen first, in the address, so that its doors can be shown."""

    area = forms.ChoiceField(label=_("Area"), required=False, widget=LongSelect)
    building = forms.ChoiceField(label=_("Building"), required=False, widget=LongSelect)


class Move(Writing):
    """Another door of a building within the worker's areas."""

    title = _("A move within the area")
    lede = _("The addresses before stay in the record. To an address that is not listed here, write down a departure.")
    primary = _("Write down the move")
    template = "people/move.html"

    door = forms.ChoiceField(
        label=_("Door"),
        required=False,
        widget=LongSelect,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    household = text_field(_("Household"), most=40, hint=_("Only where several households share the door."))
    on = day_field(_("Since when?"))

    def __init__(self, data: QueryDict | None, *, case: Case) -> None:
        super().__init__(data, case=case, initial={"on": case.today})
        asked = case.request.GET
        self.ground = Ground(case.request, Right.RECORD)
        area = _found(self.ground.areas, asked.get("area", ""))
        self.ground.choose(area)
        self.building = self.ground.building(asked.get("building", ""))
        self.where = Where(initial={"area": asked.get("area", ""), "building": asked.get("building", "")})
        areas = [("", gettext("All areas")), *area_choices(self.ground)]
        buildings = [("", gettext("Choose the building")), *building_choices(self.ground, self.building)]
        self.where.fields["area"].choices = areas  # type: ignore[attr-defined]  # ChoiceFields, all three
        self.where.fields["building"].choices = buildings  # type: ignore[attr-defined]
        doors = Door.objects.filter(building=self.building).order_by("stair", "floor", "number")
        found = {str(door.pk): door for door in doors[:MOST_DOORS]} if self.building else {}
        options = [
            ("", gettext("Not known")),
            *((key, door_words(row.stair, row.number)) for key, row in found.items()),
        ]
        self.fields["door"].choices = options  # type: ignore[attr-defined]

    @property
    def facts(self) -> list[tuple[Promise | str, str]]:
        """The building that was chosen."""
        return [(_("Building"), place_name(self.building))] if self.building else []

    def clean(self) -> dict[str, Any]:
        """Without a building there is nowhere to move to."""
        if self.building is None:
            raise forms.ValidationError(gettext("Choose the building first."))
        return super().clean() or {}

    def clean_on(self) -> date:
        """No move lies ahead."""
        on: date = self.cleaned_data["on"]
        if on > self.case.today:
            raise forms.ValidationError(gettext("This day has not come yet. Write the move down when it has happened."))
        return on

    def write(self) -> Stay:
        case, told, building = self.case, self.cleaned_data, self.building
        assert building is not None  # noqa: S101  # as `clean` saw
        door = int(told["door"]) if told["door"] else None
        household = told["household"] or None
        to = actions.StayTold(Stay.Kind.LIVING, building.area_id, building.pk, door=door, household=household)
        return actions.move(by=case.by, at=case.at, person=case.person, on=told["on"], to=to)

    def said(self, row: Stay) -> str:
        assert self.building is not None  # noqa: S101  # as `clean` saw
        return gettext("Written down: lives at {place} now.").format(place=place_name(self.building))

    def undo(self, row: Stay) -> Undo:
        return Undo("move")


def _found(areas: list[Area], public_id: str) -> Area | None:
    if not public_id:
        return None
    for area in areas:
        if area.public_id == public_id:
            return area
    raise Http404


new = page(Move)
