"""Planning lists of people: whom each row means, what it would add, and what a human must decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linli.domain.sheets import DoseRow, PersonRow
from linli.records.accounts.queries import Right, granted_paths, is_over_all
from linli.records.lists.models import List
from linli.records.lists.queries.ground import Ground
from linli.records.lists.queries.matching import PROBABLE, Match, match_all
from linli.records.lists.queries.news import Register, news_of, register
from linli.records.lists.queries.plan import Outcome, Planned, trouble
from linli.records.lists.queries.stays import Place, PlaceError, places_of
from linli.records.people.models import Person
from linli.records.people.queries import chunks, in_areas

STEP = 1_000
WITHHELD = "person_of_another_area"


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """What applying a row needs: the person it means (None: a new one, shared by all rows with this `key`)."""

    row: PersonRow
    key: tuple[str, ...]
    person: int | None
    places: tuple[Place, ...]


def plan_people(
    rows: Sequence[PersonRow],
    *,
    of: List,
    ground: Ground,
    decisions: Mapping[int, str],
    progress: Callable[[int, int], None],
) -> list[Planned]:
    """Plan every row of a people, staff or doses list against the register as it is now.

    `progress(done, total)` counts rows; finding the people and reading what is known of them are a quarter each.
    """
    count = len(rows)
    placed: list[tuple[PersonRow, tuple[Place, ...]]] = []
    plans: dict[int, Planned] = {}
    for row in rows:
        try:
            placed.append((row, places_of(row, of=of, ground=ground)))
        except PlaceError as problem:
            params = {key: value for key, value in problem.params.items() if value}
            bad = trouble(problem.code, problem.field, problem.value, params=params)
            plans[row.line] = Planned(row.line, Outcome.BAD, [bad])
    progress(count // 4, count)
    matches = match_all([(row, _buildings(places)) for row, places in placed], source=of.source)
    matches = _contested(matches, [row for row, _ in placed])
    chosen = _chosen(decisions)
    matches = _withheld(matches, of)
    public_ids = _public_ids(
        {match.person for match in matches} | {key for m in matches for key in m.candidates} | set(chosen.values())
    )
    ready: list[PersonPlan] = []
    for (row, places), match in zip(placed, matches, strict=True):
        decision = decisions.get(row.line, "")
        person, doubt = _settle(row, places, match, decision, chosen, of)
        if doubt is not None:
            candidates = [public_ids[key] for key in match.candidates if key in public_ids]
            doubt["params"]["candidates"] = candidates
            plans[row.line] = Planned(row.line, Outcome.DOUBT, [doubt], subject_id=next(iter(candidates), ""))
            continue
        ready.append(PersonPlan(row, _key(row), person, places or _somewhere(person, of)))
    progress(count // 2, count)
    held = register(ready, of=of, ground=ground)
    for done, plan in enumerate(ready):
        if done % STEP == 0:
            progress(count // 2 + done // 2, count)
        plans[plan.row.line] = _judged(plan, held, of, public_ids, decisions)
    return [plans[row.line] for row in rows]


def _contested(matches: Sequence[Match], rows: Sequence[PersonRow]) -> list[Match]:
    """Where rows that differ probably mean one person, at most one of them does: each is asked for by itself."""
    wanted: dict[int, set[tuple[str, ...]]] = {}
    for match, row in zip(matches, rows, strict=True):
        if match.person is not None and match.doubt == PROBABLE:
            wanted.setdefault(match.person, set()).add(_key(row))
    return [
        replace(match, doubt="maybe_known", params={"count": "1"})
        if match.person is not None and len(wanted.get(match.person, ())) > 1 and match.doubt == PROBABLE
        else match
        for match in matches
    ]


def _withheld(matches: Sequence[Match], of: List) -> list[Match]:
    """Matches with people whom the worker who loaded the list may not see put in doubt.

    A list would else tell where somebody of another area lives, and fetch them and all that is known of them. Only
    somebody who may see both can settle it, by naming the person. The operator's own lists meet everybody.
    """
    loader = of.received_by
    meant = sorted({match.person for match in matches if match.person is not None})
    if loader is None or is_over_all(loader, Right.NAMES):
        return list(matches)
    mine = in_areas(granted_paths(loader, Right.NAMES))
    seen = {
        person
        for chunk in chunks(meant)
        for person in Person.objects.filter(mine, id__in=chunk).values_list("id", flat=True)
    }
    return [
        match if match.person is None or match.person in seen else Match(None, WITHHELD, candidates=(match.person,))
        for match in matches
    ]


def _somewhere(person: int | None, of: List) -> tuple[Place, ...]:
    """A new person without any place belongs to the list's area as its basis says: else nobody would see them."""
    if person is not None or of.area is None:
        return ()
    return (Place(of.basis, of.area.pk),)


def _key(row: PersonRow) -> tuple[str, ...]:
    """Rows with one key are one person: a doses list names a person once for each dose."""
    if row.document:
        return (row.document.kind, row.document.number)
    return (row.name, str(row.birth_date), row.phone, row.building, row.door)


def _buildings(places: Sequence[Place]) -> frozenset[int]:
    return frozenset(place.building for place in places if place.building)


def _settle(
    row: PersonRow,
    places: Sequence[Place],
    match: Match,
    decision: str,
    chosen: Mapping[str, int],
    of: List,
) -> tuple[int | None, dict[str, Any] | None]:
    """The person a row means, or the doubt that stops it. A human's decision settles every doubt about identity."""
    if (person := decision.removesuffix("+")) in chosen:
        return chosen[person], None
    if match.doubt == WITHHELD:
        return None, trouble(WITHHELD, severity="doubt")
    if match.doubt and decision not in ("new", "accept"):
        return None, trouble(match.doubt, severity="doubt", params=match.params)
    if match.doubt and decision == "accept":
        return match.person or next(iter(match.candidates), None), None
    if match.person is None and not places and decision != "new":
        return None, trouble("person_not_in_register", severity="doubt")
    if match.person is None and not row.name:
        return None, trouble("name_missing", "name", severity="doubt")
    return (match.person if decision != "new" or not match.doubt else None), None


def _judged(
    plan: PersonPlan, held: Register, of: List, public_ids: Mapping[int, str], decisions: Mapping[int, str]
) -> Planned:
    row = plan.row
    subject = public_ids.get(plan.person, "") if plan.person else ""
    if wrong := _before_birth(plan, held):
        return Planned(row.line, Outcome.BAD, [wrong], subject_id=subject)
    is_accepted = decisions.get(row.line, "").endswith(("accept", "+"))
    doubt = None if is_accepted else _dose_doubt(plan, held)
    if doubt:
        return Planned(row.line, Outcome.DOUBT, [doubt], subject_id=subject)
    changes = news_of(row, plan.person, plan.places, held=held, of=of)
    if plan.person is None:
        return Planned(row.line, Outcome.NEW, [], changes, what=plan)
    return Planned(row.line, Outcome.CHANGED if changes else Outcome.SAME, [], changes, subject, plan)


def _before_birth(plan: PersonPlan, held: Register) -> dict[str, Any] | None:
    """A dose of the row before the birth date that the register knows, or a known dose before the row's birth date."""
    if plan.person is None:
        return None
    row, (born, _) = plan.row, held.births.get(plan.person, (None, ""))
    if born is not None and row.birth_date is None:
        told = [(dose.on_column, dose.given_on) for dose in row.doses]
    elif born is None and row.birth_date is not None:
        born, told = (
            row.birth_date,
            [("birth_date", dose.given_on) for dose in held.doses.get(plan.person, ()) if not dose.is_struck],
        )
    else:
        return None  # the row has been judged by its own birth date, which is the known one
    for column, given_on in told:
        if given_on < born:
            shown = born if column == "birth_date" else given_on
            params = {"birth_date": born.isoformat(), "given_on": given_on.isoformat()}
            return trouble("dose_before_birth", column, shown.isoformat(), params=params)
    return None


def _dose_doubt(plan: PersonPlan, held: Register) -> dict[str, Any] | None:
    """A dose that contradicts a known one: the same day with another product, the same number on another day."""
    if plan.person is None:
        return None
    for dose in plan.row.doses:
        for known in held.doses.get(plan.person, ()):
            if known.is_struck:
                continue
            programme = held.programme_of_product.get(known.product)
            if programme is None or programme != held.programme_of_product.get(dose.product):
                continue
            if known.given_on == dose.given_on and known.product != dose.product:
                return _contradiction("dose_conflict", dose, known.given_on.isoformat(), known.product)
            same_number = dose.number is not None and known.number == dose.number
            if same_number and known.given_on != dose.given_on:
                return _contradiction("dose_number_taken", dose, known.given_on.isoformat(), known.product)
    return None


def _contradiction(code: str, dose: DoseRow, given_on: str, product: str) -> dict[str, Any]:
    params = {"number": str(dose.number or ""), "known_on": given_on, "known_product": product}
    return trouble(code, dose.on_column, dose.given_on.isoformat(), "doubt", params)


def _chosen(decisions: Mapping[int, str]) -> dict[str, int]:
    wanted = sorted({decision.removesuffix("+") for decision in decisions.values()} - {"", "new", "accept"})
    return dict(Person.objects.filter(public_id__in=wanted).values_list("public_id", "id"))


def _public_ids(people: set[int | None]) -> dict[int, str]:
    wanted = sorted(key for key in people if key is not None)
    return {
        key: public_id
        for chunk in chunks(wanted)
        for key, public_id in Person.objects.filter(id__in=chunk).values_list("id", "public_id")
    }
