"""Applying a staged list in one transaction: all of it, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from linli.records.doses import actions as doses
from linli.records.doses.actions import Given
from linli.records.journal.actions import Who, action, write
from linli.records.lists.actions.returning import _correct_doses, _hold_still
from linli.records.lists.actions.staging import _held
from linli.records.lists.models import List, Row
from linli.records.lists.queries import PersonPlan, Planned, Progress, counts, judge, staged_sheet
from linli.records.lists.queries.stays import Place
from linli.records.people import actions as people
from linli.records.people.actions import StayTold, Told, by_hand
from linli.records.people.models import Employer
from linli.records.people.queries import employers
from linli.records.places import actions as places
from linli.records.places.models import Door
from linli.records.places.queries import hold_register
from linli.records.programme import actions as programme
from linli.records.programme.models import Programme
from linli.records.programme.queries import vaccines

APPLIED = (Row.Outcome.NEW, Row.Outcome.CHANGED)


class StoppedError(RuntimeError):
    """Somebody stopped the work; nothing was written."""


@action
def apply(*, by: Who, of: List, on: date, progress: Progress | None = None, at: datetime | None = None) -> List:
    """Write a staged list into the register: rows that are new or changed, as they stand against the register now.

    `progress(phase, done, total)` may raise StoppedError, which undoes everything.
    """
    of = _held(of, (List.State.STAGED,))
    # Two lists applied at once may both tell of one new person: the second waits here, then finds the first's people.
    hold_register()
    staged = Row.objects.filter(list=of).exclude(outcome=Row.Outcome.REMOVED).order_by("line")
    # Every row is judged anew: what was said of it before need not be opened, but where somebody decided by it.
    rows = list(staged if of.is_return else staged.defer("problems", "changes"))
    if of.is_return:
        of.source, of.as_of = by_hand(by=by, at=at), on
        _hold_still(rows, of=of)
    judgement = judge(staged_sheet(of, rows), of=of, on=on, rows=rows, progress=progress)
    _keep_changed_judgements(rows, judgement.plans)
    ready = [plan for plan in judgement.plans if plan.outcome in APPLIED]
    _write(ready, by=by, of=of, on=on, progress=progress, at=at)
    found = counts((plan.outcome for plan in judgement.plans), is_return=of.is_return)
    kept = {code: count for code, count in of.counts.items() if code == Row.Outcome.REMOVED}
    of.counts = found | kept
    of.state, of.applied_at = List.State.APPLIED, at or timezone.now()
    of.save(update_fields=["counts", "state", "applied_at", "source", "as_of"])
    write(by=by, verb="lists.apply", detail=of.counts, subjects=[("list", of.public_id)], at=at)
    return of


def _keep_changed_judgements(rows: Sequence[Row], plans: Sequence[Planned]) -> None:
    """The register may have changed since staging: keep what each row turned out to be."""
    by_line = {plan.line: plan for plan in plans}
    changed = []
    for row in rows:
        plan = by_line[row.line]
        if (row.outcome, row.subject_id) != (plan.outcome, plan.subject_id):
            row.outcome, row.problems, row.changes = plan.outcome, plan.problems, plan.changes
            row.subject_id = plan.subject_id
            if plan.outcome == Row.Outcome.CONFLICT:
                row.decision = ""  # it was made of another state of the register
            changed.append(row)
    fields = ["outcome", "problems", "changes", "subject_id", "decision"]
    Row.objects.bulk_update(changed, fields, batch_size=500)


def _write(
    ready: Sequence[Planned], *, by: Who, of: List, on: date, progress: Progress | None, at: datetime | None
) -> None:
    if not ready:
        return
    if of.is_return and of.kind == "doses":
        _correct_doses([plan.what for plan in ready], by=by, on=on, progress=progress, at=at)
    elif of.kind == "areas":
        places.draw_areas(by=by, areas=[plan.what for plan in ready], at=at)
    elif of.kind == "buildings":
        places.draw_buildings(by=by, buildings=[plan.what for plan in ready], at=at)
    elif of.is_return and of.kind == "doors":
        places.number_doors(by=by, doors=[plan.what for plan in ready], at=at)
    elif of.kind == "doors":
        places.draw_doors(by=by, doors=[plan.what for plan in ready], at=at)
    elif of.kind == "employers":
        people.know_employers(by=by, employers=[plan.what for plan in ready], at=at)
    else:
        _write_people([plan.what for plan in ready], by=by, of=of, progress=progress, at=at)


def _write_people(
    ready: Sequence[PersonPlan], *, by: Who, of: List, progress: Progress | None, at: datetime | None
) -> None:
    told = _told(ready, doors=_draw_doors(ready, by, at), employers_known=_know_employers(ready, by, at))
    if progress:
        progress("people", 0, len(told))
    ids = people.record(
        by=by, source=of.source, on=of.as_of, covers_doses=of.covers_doses, told=list(told.values()), at=at
    )
    persons = dict(zip(told, ids, strict=True))
    if progress:
        progress("doses", 0, len(told))
    doses.record(by=by, source=of.source, given=_given(ready, persons, by, at), at=at)
    for adopted in Programme.objects.all():
        done = 0

        def told_progress(step: int, total: int) -> None:
            nonlocal done
            done += step
            if progress:
                progress("forecast", done, total)

        doses.forecast(by=by, programme=adopted, people=ids, progress=told_progress, at=at)


def _draw_doors(ready: Iterable[PersonPlan], by: Who, at: datetime | None) -> dict[tuple[int, str, str], int]:
    wanted = {(p.building, p.stair, p.door) for plan in ready for p in plan.places if p.building and p.door}
    doors = [Door(building_id=building, stair=stair, number=number) for building, stair, number in sorted(wanted)]
    return places.draw_doors(by=by, doors=doors, at=at) if doors else {}


def _know_employers(ready: Iterable[PersonPlan], by: Who, at: datetime | None) -> dict[str, Employer]:
    """Employers by what the rows call them; those that nobody knew are added with the building their people work in."""
    known = employers()
    fresh: dict[str, Employer] = {}
    for plan in ready:
        for place in plan.places:
            if place.employer and place.employer not in known and place.employer not in fresh:
                row = plan.row
                fresh[place.employer] = Employer(
                    name=row.employer or row.employer_code,
                    code=row.employer_code or None,
                    building_id=place.building,
                    floor=row.floor,
                )
    if fresh:
        people.know_employers(by=by, employers=list(fresh.values()), at=at)
    return known | fresh


def _told(
    ready: Sequence[PersonPlan],
    *,
    doors: dict[tuple[int, str, str], int],
    employers_known: dict[str, Employer],
) -> dict[tuple[str, ...], Told]:
    """One `Told` a person; several rows of one person are joined, what a later row says more is added."""
    told: dict[tuple[str, ...], Told] = {}
    for plan in ready:
        row = plan.row
        stays = tuple(_stay(place, doors, employers_known) for place in plan.places)
        document = (row.document.kind, row.document.number) if row.document else None
        before = told.get(plan.key)
        if before is None:
            told[plan.key] = Told(plan.person, row.name, row.birth_date, row.sex, document, row.phone, stays)
        else:
            known = {stay.kind for stay in before.stays}
            more = tuple(stay for stay in stays if stay.kind not in known)
            told[plan.key] = replace(
                before,
                name=before.name or row.name,
                birth_date=before.birth_date or row.birth_date,
                sex=before.sex or row.sex,
                phone=before.phone or row.phone,
                stays=before.stays + more,
            )
    return told


def _stay(place: Place, doors: dict[tuple[int, str, str], int], employers_known: dict[str, Employer]) -> StayTold:
    door = doors.get((place.building or 0, place.stair, place.door)) if place.door else None
    employer = employers_known[place.employer].pk if place.employer else None
    return StayTold(place.kind, place.area, place.building, door, place.household, employer, place.elsewhere)


def _given(
    ready: Sequence[PersonPlan], persons: dict[tuple[str, ...], int], by: Who, at: datetime | None
) -> list[Given]:
    known = vaccines()
    others = sorted({dose.product for plan in ready for dose in plan.row.doses} - set(known))
    if others:
        programme.know_vaccines(by=by, cvx=others, at=at)
        known = vaccines()
    given = defaultdict(list)
    for plan in ready:
        for dose in plan.row.doses:
            given[plan.key].append(
                Given(
                    persons[plan.key],
                    known[dose.product].pk,
                    dose.given_on,
                    dose.number,
                    dose.lot,
                    dose.place,
                    dose.supply_ended,
                )
            )
    return [dose for doses_of_one in given.values() for dose in doses_of_one]
