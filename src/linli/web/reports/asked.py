"""What a reader asks of a board: the day and whom to count; and the addresses that keep both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from linli.records.accounts.queries import Right
from linli.records.people.models import Employer
from linli.records.people.queries import DENOMINATORS
from linli.records.places.models import Area, Building
from linli.web.day import chosen_day, today
from linli.web.rights import paths
from linli.words.reasons import GROUPS, in_language

# No register reaches further back, and a day far ahead says nothing.
FIRST_DAY = date(2000, 1, 1)
FURTHEST = timedelta(days=366)
HOMES = (Building.Kind.RESIDENTIAL, Building.Kind.MIXED, Building.Kind.OTHER)
KEYS = {Area: "area", Building: "building", Employer: "employer"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the denominator, today, and the subtrees whose people the reader may see by name."""

    on: date
    of: str
    today: date
    names: tuple[str, ...]

    @property
    def yesterday(self) -> date:
        """The day before the one asked for."""
        return self.on - timedelta(days=1)

    @property
    def tomorrow(self) -> date:
        """The day after the one asked for."""
        return self.on + timedelta(days=1)

    def may_name(self, place: Area | Building) -> bool:
        """Whether the reader may see who stands behind the figures of a place."""
        area = place.area if isinstance(place, Building) else place
        return any(area.path.startswith(path) for path in self.names)

    def people(self, group: str, place: Area | Building, employer: Employer | None = None) -> str:
        """The address of the names behind a figure; empty without the right to them."""
        if group not in GROUPS or not self.may_name(place):
            return ""
        wanted = {"group": group, KEYS[type(place)]: place.public_id}
        if employer is not None:
            wanted["employer"] = employer.public_id
        return f"{reverse('people:due')}?{urlencode({**wanted, 'of': self.of, 'on': self.on.isoformat()})}"

    def board(self, place: Area | Building) -> str:
        """The address of another place's board on the same day."""
        name = "reports:building" if isinstance(place, Building) else "reports:area"
        return f"{reverse(name, args=[place.public_id])}?{self.query()}"

    def query(self) -> str:
        """The day and the denominator as a query string."""
        return urlencode({"of": self.of, **({} if self.on == self.today else {"on": self.on.isoformat()})})

    def counted_by(self, of: str) -> Asked:
        """The same question over other people."""
        return replace(self, of=of)

    def on_day(self, on: date) -> Asked:
        """The same question on another day."""
        return replace(self, on=on)


def asked(request: HttpRequest, place: Area | Building) -> Asked:
    """The question in the address; without one: today, those living in an area or home, those working in a tower."""
    now, on, of = today(), chosen_day(request), request.GET.get("of", "")
    if not FIRST_DAY <= on <= now + FURTHEST:
        on = now
    if of not in DENOMINATORS:
        of = "working" if isinstance(place, Building) and place.kind not in HOMES else "living"
    return Asked(on=on, of=of, today=now, names=tuple(paths(request, Right.NAMES)))


def name_of(place: Area | Building | Employer) -> str:
    """A place's name in the reader's language."""
    return in_language(place.name, place.name_en)
