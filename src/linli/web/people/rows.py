"""A person of the due list as the page and the file show them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.domain.eligibility import Reason, Schedule
from linli.domain.sheets import Value
from linli.domain.stretches import Span
from linli.records.doses.models import NEVER, STATUS_LADDER
from linli.records.doses.queries import spans
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.records.reports.queries import Due
from linli.web.people.choices import place_name
from linli.web.shell.days import NOTHING, day, is_long_past
from linli.words.places import door_words
from linli.words.reasons import product_name, sentence, short_product_name
from linli.words.states import STATES
from linli.words.statuses import stands

CLOSED = ("refused", "contraindicated", "moved")  # nothing is offered to them


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page."""

    due: Due
    person: Person
    place: list[str]
    place_more: str
    age: int | None
    dose: int | None
    earliest: str
    waits_until: date | None
    latest_on: date | None
    products: str
    products_more: list[str]
    why: str
    if_none: bool


def lines(
    found: list[Due], *, programme: Programme, rules: Schedule, on: date, of: str, on_offer: tuple[str, ...]
) -> list[Line]:
    """Rows of the page: the place is the stay people are counted by, else home, else work."""
    told = statuses_of(found, programme=programme, on=on)
    say_day = functools.partial(day, beside=on)
    made = []
    for due in found:
        person = due.row.person
        place, more = place_of(person, of)
        status = told.get(person.pk)
        is_closed = status is not None and due.state in CLOSED
        products, others = ("", []) if is_closed else products_of(due, rules, on_offer)
        first = None if is_closed else earliest_on(due, status)
        made.append(
            Line(
                due=due,
                person=person,
                place=place,
                place_more=more,
                age=age_on(person.birth_date, on),
                dose=None if is_closed else due.next_dose or None,
                earliest=since(first, on),
                waits_until=first if due.state in ("waiting", "deferred") else None,
                latest_on=None if is_closed else due.latest_on,
                products=products,
                products_more=others,
                why=status_words(status, say_day) if status else sentence(due.why, rules=rules, say_day=say_day),
                if_none=if_none_elsewhere(due),
            )
        )
    return made


def statuses_of(found: Sequence[Due], *, programme: Programme, on: date) -> dict[int, Span]:
    """The status that decides how a person stands, by person id: of those with whom one does. No query where none."""
    deciding = {due.row.person_id: due.state for due in found if due.state in STATUS_LADDER}
    if not deciding:
        return {}
    known = spans(programme=programme, people=list(deciding))
    return {
        person: span
        for person, state in deciding.items()
        for span in known.get(person, ())
        if span.kind == state and span.on <= on < span.until_on
    }


def status_words(status: Span, say_day: functools.partial[str]) -> str:
    """A status in the room of a row."""
    until = "" if status.until_on == NEVER else say_day(status.until_on)
    return stands(status.kind, short=True, on=say_day(status.on), until=until)


def earliest_on(due: Due, status: Span | None) -> date | None:
    """The first day of the next dose, not before a status with an end lets it be given."""
    ends = status.until_on if status is not None and status.until_on != NEVER else None
    return max([day for day in (due.earliest_on, ends) if day is not None], default=None)


def since(first: date | None, on: date) -> str:
    """The first day of something, in words; a day long past is any day."""
    if first is None:
        return NOTHING
    return _("Any day") if is_long_past(first, on=on) else day(first, beside=on)


def if_none_elsewhere(due: Due) -> bool:
    """Whether someone of whom no list tells doses would be due."""
    return due.state == "unknown" and due.engine_state in ("due", "overdue")


def age_on(birth: date | None, on: date) -> int | None:
    """Full years on a day."""
    if birth is None:
        return None
    return max(0, on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))


def place_of(person: Person, of: str = "") -> tuple[list[str], str]:
    """Where somebody is found: building with door or employer, and below it the area or how they belong here."""
    stays = {"living": _living(person), "working": _working(person), "registered": _registered(person)}
    if of and stays[of][0]:
        return stays[of]
    return next((stay for stay in stays.values() if stay[0]), ([], ""))


def _living(person: Person) -> tuple[list[str], str]:
    area = place_name(person.living_area) if person.living_area else ""
    if person.living_building is None:
        return [area] if area else [], ""
    door = door_words(person.living_door.stair, person.living_door.number) if person.living_door else ""
    return [place_name(person.living_building), *([door] if door else [])], area


def _working(person: Person) -> tuple[list[str], str]:
    tower = person.working_building or person.working_area
    if person.employer is None:
        return ([place_name(tower)], _("works here")) if tower else ([], "")
    return [place_name(person.employer)], place_name(tower) if tower else _("works here")


def _registered(person: Person) -> tuple[list[str], str]:
    place = person.registered_building or person.registered_area
    return ([place_name(place)], _("registered here")) if place else ([], "")


def products_of(due: Due, rules: Schedule, on_offer: tuple[str, ...]) -> tuple[str, list[str]]:
    """Products that may be given: for a first dose any on offer, else the same product, then its platform's others."""
    if due.next_dose == 0 or due.engine_state == "not_eligible":
        return "", []
    first = due.offer.preferable
    if due.row.valid_doses == 0:
        if not first:
            return "", []
        return (_("any on offer"), []) if first == on_offer else (product_list(first, rules), [])
    return product_list(first, rules), [short_product_name(rules, code) for code in due.offer.allowable]


def product_list(codes: tuple[str, ...], rules: Schedule) -> str:
    """Product names one after another; names with commas in them are kept apart by semicolons."""
    names = [product_name(rules, code) for code in codes]
    between = pgettext("between products", ", ")
    if any("," in name for name in names):
        between = pgettext("between products with commas", "; ")
    return between.join(names)


def reading_header() -> list[str]:
    """The columns of a file that are for reading only: how people stand and what follows."""
    return [
        _("Age"), _("Registered at"), _("Status"), _("Next dose"), _("Begun with"), _("Products that may be given"),
        _("Earliest"), _("Recommended from"), _("Last day on time"), _("Days left"), _("Reason"), _("On the day"),
    ]  # fmt: skip


def reading_rows(
    found: list[Due], *, rules: Schedule, on: date, told: Mapping[int, Span] | None = None
) -> list[list[Value]]:
    """The cells of a file under `reading_header`; `told` are the deciding statuses of `statuses_of`."""
    told = told or {}
    say_day = functools.partial(day, beside=on)
    words = {state: str(word) for state, word in STATES.items()}
    if_none = _("Unknown: due if none elsewhere")
    said: dict[tuple[object, ...], str] = {}
    name = functools.cache(place_name)
    products = functools.cache(functools.partial(product_list, rules=rules))

    def why(reason: Reason) -> str:
        # Thousands of people share a reason and its days, and a sentence takes longer than a row.
        key = (reason.code, *reason.params.values())
        if key not in said:
            said[key] = sentence(reason, rules=rules, say_day=say_day)
        return said[key]

    made: list[list[Value]] = []
    for due in found:
        person = due.row.person
        status = told.get(person.pk)
        is_closed = status is not None and due.state in CLOSED
        first = None if is_closed else earliest_on(due, status)
        registered = person.registered_building or person.registered_area
        latest = None if is_closed else due.latest_on
        row: list[Value] = [
            age_on(person.birth_date, on),
            name(registered) if registered else "",
            if_none if if_none_elsewhere(due) else words[due.state],
            None if is_closed else due.next_dose or None,
            products((due.row.vaccine.code,)) if due.row.vaccine else "",
            products(due.offer.preferable + due.offer.allowable) if due.next_dose and not is_closed else "",
            first,
            None if is_closed else due.recommended_on,
            latest,
            (latest - on).days if latest else None,
            status_words(status, say_day) if status else why(due.why),
            on,
        ]
        made.append(row)
    return made
