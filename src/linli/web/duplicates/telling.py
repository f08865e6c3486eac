"""Two records side by side, line by line, in words: what each says, from where, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.domain.identity.differences import Parts, differences
from linli.records.doses.models import Dose, Status
from linli.records.duplicates.queries import Side
from linli.records.people.models import Stay
from linli.web.shell.days import day
from linli.words.duplicates import AGREEMENT, LABELS
from linli.words.places import door_words
from linli.words.problems import DOCUMENTS
from linli.words.reasons import in_language
from linli.words.states import SEXES, STATES
from linli.words.statuses import EVIDENCE, reason_words

COMPARED = ("name", "birth", "document", "phone")  # where single characters matter


@dataclass(frozen=True, slots=True)
class Told:
    """One value of one record: cut into parts that differ from the other record or not, and where it is from."""

    parts: Parts
    about: str

    @property
    def text(self) -> str:
        """The value in one piece."""
        return "".join(text for text, _differs in self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of fact of both records; `agreement` a code of AGREEMENT, empty where agreeing would mean nothing."""

    label: Promise
    left: list[Told]
    right: list[Told]
    agreement: str

    @property
    def word(self) -> Promise | str:
        """Whether the two agree, in words."""
        return AGREEMENT.get(self.agreement, "")


def lines(left: Side, right: Side, *, on: date) -> list[Line]:
    """The lines of both records; what neither knows has none."""
    told = {key: (_told(left, key, on), _told(right, key, on)) for key in LABELS}
    return [_line(key, *both, both_seen=left.is_seen and right.is_seen) for key, both in told.items() if any(both)]


def _line(key: str, left: list[Told], right: list[Told], *, both_seen: bool) -> Line:
    if key in COMPARED and both_seen:
        left, right = _marked(left, right), _marked(right, left)
    return Line(LABELS[key], left, right, _agreement(key, left, right, both_seen=both_seen))


def _agreement(key: str, left: list[Told], right: list[Told], *, both_seen: bool) -> str:
    if key == "listing":
        return ""  # people stand in several lists, that says nothing
    if not left or not right:
        return "one_side" if both_seen else "hidden"
    if not both_seen and key != "sex":
        return "hidden"
    return "same" if {one.text for one in left} & {one.text for one in right} else "differs"


def _marked(told: Iterable[Told], others: Sequence[Told]) -> list[Told]:
    """Each value compared with the one of the other record that is most like it."""
    marked = []
    for one in told:
        cuts = (differences(one.text, other.text)[0] for other in others)
        best = min(cuts, key=lambda parts: sum(len(text) for text, differs in parts if differs), default=one.parts)
        marked.append(Told(best, one.about))
    return marked


def _told(side: Side, key: str, on: date) -> list[Told]:
    person = side.person
    if key in ("name", "phone"):
        facts = side.names if key == "name" else side.phones
        return _joined((value, _source(source, told_on, on)) for value, source, told_on in facts)
    if key == "birth":
        born = person.birth_date
        return _joined([(born.isoformat() if side.is_seen else f"{born.year}-**-**", "")] if born else [])
    if key == "sex":
        return _joined([(str(SEXES[person.sex]), "")] if person.sex else [])
    if key == "document":
        return _joined((number, str(DOCUMENTS.get(kind, kind))) for kind, number in side.documents)
    if key == "listing":
        return _joined(
            (row.source.name, _("covers doses") if row.covers_doses else _("says nothing of doses"))
            for row in side.listings
        )
    if key == "dose":
        return [
            Told([(f"{day(row.given_on, beside=on)} · {_vaccine(row)}", False)], _evidence(row)) for row in side.doses
        ]
    if key == "status":
        return [Told([(str(STATES[row.kind]), False)], _status(row, on)) for row in side.statuses]
    return _joined((stay_words(fact.row), _source(fact.source, fact.on, on)) for fact in side.stays.get(key, ()))


def _joined(facts: Iterable[tuple[str, str]]) -> list[Told]:
    """Facts of one value in one place, with every source that gives it."""
    by_value: dict[str, list[str]] = {}
    for value, about in facts:
        by_value.setdefault(value, []).append(about)
    return [
        Told([(value, False)], ", ".join(filter(None, dict.fromkeys(abouts)))) for value, abouts in by_value.items()
    ]


def _source(source: str, told_on: date, on: date) -> str:
    return f"{source} {day(told_on, beside=on)}"


def stay_words(stay: Stay) -> str:
    """Where somebody lives, is registered or works, in the reader's language."""
    if stay.area is None:
        return stay.elsewhere or _("elsewhere")
    places = [stay.area, stay.building, stay.employer]
    words = [in_language(place.name, place.name_en) for place in places if place is not None]
    if stay.door is not None:
        words.insert(2, door_words(stay.door.stair, stay.door.number))
    return " · ".join(words)


def _vaccine(dose: Dose) -> str:
    name = in_language(dose.vaccine.name, dose.vaccine.name_en)
    return name if dose.number is None else f"{name} · " + _("Dose %(number)s") % {"number": dose.number}


def _evidence(dose: Dose) -> str:
    return f"{dose.source.name} · {EVIDENCE[dose.evidence]}"


def _status(status: Status, on: date) -> str:
    reason = reason_words(status.kind, status.reason) if status.reason else ""
    return " · ".join(filter(None, (day(status.on, beside=on), reason)))
