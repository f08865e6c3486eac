"""People who came back from Excel: homes, work, names, and what must not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import cast

from django.db.models import Min

from linli.domain.identity import IdentityError, read_document
from linli.domain.identity.document import RESIDENCE_PERMIT, RESIDENT_ID
from linli.domain.sheets import PersonRow
from linli.domain.sheets.edits import Edit
from linli.domain.sheets.three_way import Difference
from linli.records.doses.models import Dose
from linli.records.lists.queries.people_plan import PersonPlan
from linli.records.lists.queries.returns.ground import Typed
from linli.records.lists.queries.returns.pending import Pending, Wanted
from linli.records.lists.queries.stays import LIVING, WORKING, Place
from linli.records.people.models import Document, Employer, Person
from linli.records.people.queries import chunks, employers


class PeopleSettler:
    """Finds the places and firms that were typed, and holds birth dates against ids and doses."""

    def __init__(self, rows: Sequence[Pending], *, paths: Sequence[str], on: date) -> None:
        self._typed = Typed(paths)
        born = [row.subject.pk for row in rows if row.edits.keys() & {"birth_date", "sex"}]
        self._first_doses = _first_doses(born)
        self._papers = _papers(born)

    @cached_property
    def _employers(self) -> Mapping[str, Employer]:
        return employers()

    def settle(self, row: Pending) -> None:
        """Find what was typed; a building typed as a whole address says its door too."""
        self._hold_against_papers(row)
        edits = row.edits
        area = None
        if "area" in edits and edits["area"].text:
            self._typed.area(row, "area")
            area = self._typed.ground.areas.get(cast("int", edits["area"].value)) if not row.is_bad else None
        if "building" in edits and edits["building"].text:
            spot = self._typed.building(row, "building", within=area)
            for field, said in (("stair", spot.stair), ("door", spot.door)) if spot else ():
                if said and field not in edits:
                    edits[field] = Edit(said, said)
        if "work_building" in edits and edits["work_building"].text:
            self._typed.building(row, "work_building")
        if "employer" in edits and (known := self._employers.get(edits["employer"].text)):
            edits["employer"] = Edit(known.pk, known.name)

    def plan(self, wanted: Sequence[Wanted]) -> None:
        """What each row writes of its person: only what was changed."""
        for one in wanted:
            row, person = one.row, one.row.subject
            finders = ((LIVING, self._home), (WORKING, self._work))
            places = tuple(find(row, one.units[unit]) for unit, find in finders if unit in one.units)
            said = {field: row.edits[field].value for field in one.units if field in row.edits}
            told = PersonRow(
                line=row.line,
                name=cast("str", said.get("name", "")),
                birth_date=cast("date | None", said.get("birth_date")),
                sex=cast("str", said.get("sex", "")),
                phone=cast("str", said.get("phone", "")),
                employer=next((place.employer for place in places if place.employer), ""),
            )
            one.what = PersonPlan(told, (person.public_id,), person.pk, places)

    def subject_of(self, subject: Person) -> str:
        """The person."""
        return subject.public_id

    def _home(self, row: Pending, said: Difference) -> Place:
        texts = dict(zip(said.fields, said.file, strict=True))
        person: Person = row.subject
        area = self._area(row, texts["area"], person)
        building = self._building(row, "building", texts["building"], person.living_building_id)
        if building is None and (texts["door"] or texts["stair"] or texts["household"]):
            row.tell("missing", "building", needed="building")
        if building is not None:
            lies_in = self._typed.ground.buildings[building].area_id
            if area is not None and "area" in row.edits and not self._is_below(lies_in, area):
                row.tell("building_elsewhere", "building", texts["building"])
            area = lies_in
        return Place(LIVING, area, building, texts["stair"], texts["door"], texts["household"])

    def _area(self, row: Pending, text: str, person: Person) -> int | None:
        if "area" in row.edits and text:
            return cast("int", row.edits["area"].value)
        if not text or text == row.ours["area"]:
            return person.living_area_id if text else None
        found = self._typed.ground.area(text, within=None)
        if found is None:
            row.tell("unknown_area", "area", text)
        return found.pk if found else None

    def _building(self, row: Pending, field: str, text: str, now: int | None) -> int | None:
        """The building a cell means: as it was typed, as the register has it, or as the copy called it."""
        if not text:
            return None
        if field in row.edits:
            value = row.edits[field].value
            return value if isinstance(value, int) else None  # a slip, told before
        if text == row.ours[field]:
            return now
        spot = self._typed.ground.spot(text, within=None)
        if spot is None:
            row.tell(self._typed.ground.not_found(text, within=None)[0], field, text)
        return spot.building if spot else None

    def _is_below(self, area: int, top: int) -> bool:
        areas = self._typed.ground.areas
        return areas[area].path.startswith(areas[top].path)

    def _work(self, row: Pending, said: Difference) -> Place:
        texts = dict(zip(said.fields, said.file, strict=True))
        person: Person = row.subject
        building = self._building(row, "work_building", texts["work_building"], person.working_building_id)
        employer = self._employers.get(texts["employer"])
        if building is None and employer is not None and not texts["work_building"]:
            building = employer.building_id
        area = self._typed.ground.buildings[building].area_id if building else person.working_area_id
        if area is None and not row.is_bad:
            row.tell("missing", "work_building", needed="work_building")
        name = (employer.code or employer.name) if employer else texts["employer"]
        return Place(WORKING, area, building, employer=name)

    def _hold_against_papers(self, row: Pending) -> None:
        """An id says when and as what its holder was born: what contradicts it is a slip."""
        born, sex = row.edits.get("birth_date"), row.edits.get("sex")
        if born is None and sex is None:
            return
        for birth_date, in_id in self._papers.get(row.subject.pk, ()):
            if born is not None and birth_date is not None and born.value != birth_date:
                row.tell("birth_date_differs", "birth_date", born.text, in_id=birth_date.isoformat())
            if sex is not None and in_id and sex.value != in_id:
                row.tell("sex_differs", "sex", sex.text, "warning", in_id=in_id)
                row.edits.pop("sex", None)
        given_on = self._first_doses.get(row.subject.pk)
        if born is not None and given_on is not None and given_on < cast("date", born.value):
            params = {"birth_date": born.text, "given_on": given_on.isoformat()}
            row.tell("dose_before_birth", "birth_date", born.text, **params)


def _first_doses(people: Sequence[int]) -> dict[int, date]:
    return {
        person: first
        for chunk in chunks(people)
        for person, first in Dose.objects.filter(person_id__in=chunk, is_struck=False)
        .order_by()
        .values_list("person_id")
        .annotate(first=Min("given_on"))
    }


def _papers(people: Sequence[int]) -> dict[int, list[tuple[date | None, str]]]:
    """Birth date and sex inside the ids of some people."""
    found: dict[int, list[tuple[date | None, str]]] = {}
    for chunk in chunks(people):
        ids = Document.objects.filter(person_id__in=chunk, kind__in=(RESIDENT_ID, RESIDENCE_PERMIT))
        for document in ids:
            try:
                paper = read_document(document.number, kind=document.kind)
            except IdentityError:
                continue
            found.setdefault(document.person_id, []).append((paper.birth_date, paper.sex))
    return found
