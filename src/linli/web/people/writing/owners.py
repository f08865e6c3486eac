"""A dose was written down of the wrong person: it goes over to the right one, who is searched for by name or number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.domain.identity import IdentityError, read_document
from linli.records.accounts.queries import Right
from linli.records.doses.models import Correction
from linli.records.doses.queries import DoseError, MergedAwayError
from linli.records.people.models import Person
from linli.records.people.queries import by_document, in_areas, named
from linli.web.people.rows import place_of
from linli.web.people.searching import typed
from linli.web.people.writing.corrections import Correcting
from linli.web.people.writing.fields import CHOOSE, note_field
from linli.web.people.writing.page import Case
from linli.web.rights import paths
from linli.web.shell.days import long_day

MOST = 20


class WrongPerson(Correcting):
    """It belongs to somebody else of the worker's areas.

    What is searched for and who is chosen are sent past the address: neither stands in a history or a log.
    """

    reason = Correction.Reason.PERSON
    template = "people/owner.html"
    blamed: ClassVar[dict[type[Exception], str]] = {DoseError: "whose", MergedAwayError: "whose"}

    search = forms.CharField(
        label=_("Search for the right person"),
        help_text=_("A part of the name, a phone or its last four digits, or the whole number of a document."),
        max_length=40,
        error_messages={"required": _("Write whom you look for.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    whose = forms.ChoiceField(label=_("Whose dose is it?"), widget=forms.RadioSelect, error_messages=CHOOSE)
    note = note_field()

    def __init__(self, data: QueryDict | None, *, case: Case, dose_id: str) -> None:
        text = typed(str(data.get("search", ""))) if data is not None else ""
        found = candidates(case, text) if text else []
        self.found = {row.public_id: row for row in found[:MOST]}
        self.are_more = len(found) > MOST
        self.is_searched = bool(text)
        is_step = data is not None and ("find" in data or not self.found)
        super().__init__(None if is_step else data, case=case, dose_id=dose_id)
        self.initial = {**self.initial, "search": text}
        if self.found:
            self.fields["whose"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
                (key, _words(row)) for key, row in self.found.items()
            ]

    def shown_people(self) -> Iterable[Person]:
        return [self.case.person, *self.found.values()]

    def touched(self) -> list[Person]:
        chosen = self.found.get(self.cleaned_data.get("whose", "")) if self.is_bound else None
        return [self.case.person, *([chosen] if chosen else [])]

    def right(self) -> dict[str, Any]:
        return {"person": self.found[self.cleaned_data["whose"]]}

    def said(self, row: Any) -> str:
        return gettext("The dose stands in the record of {name} now.").format(name=row.person.name)


def candidates(case: Case, text: str) -> list[Person]:
    """Other people of the worker's areas whom a text may mean; one more than are shown."""
    meant = named(text)
    try:
        document = read_document(text)
    except IdentityError:
        pass
    else:
        meant |= Q(pk__in=by_document([(document.kind, document.number)]).values())
    seen = Person.objects.filter(in_areas(paths(case.request, Right.RECORD)), meant, merged_into=None)
    others = seen.exclude(pk=case.person.pk).order_by("name", "birth_date")
    places = ("living_area", "living_building", "living_door", "registered_area", "registered_building")
    return list(others.select_related(*places, "working_area", "working_building", "employer")[: MOST + 1])


def _words(person: Person) -> str:
    """Enough to tell two people of one name apart."""
    born = long_day(person.birth_date) if person.birth_date else gettext("birth date not known")
    return " · ".join([person.name or "—", born, *place_of(person)[0]])
