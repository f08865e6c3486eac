"""Reading the schedules in force."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from linli import reference
from linli.domain.eligibility import Schedule
from linli.domain.eligibility.dated import Names
from linli.records.programme.models import Drive, Edition, Library, Programme, Vaccine
from linli.records.programme.published import group_names, rules_of_group, schedule_of_library, trade_names


def rules(programme: Programme) -> Schedule:
    """The schedule of a programme, read once a process: after that it costs no query."""
    return rules_of(programme.edition)


@lru_cache(maxsize=64)
def rules_of(edition: Edition) -> Schedule:
    """The schedule of an edition: one that comes with linli, or a vaccine group of the library with that hash."""
    if not edition.group:
        return reference.schedule(edition.code)
    library = Library.objects.get(sha256=edition.sha256)
    return rules_of_group(library, group=edition.group, code=edition.code)


def current() -> Programme:
    """The programme of the drive that was chosen last; without one, the one adopted last. One is worked at a time."""
    drive = current_drive()
    adopted = drive.programme if drive else Programme.objects.order_by("-id").first()
    if adopted is None:
        raise NoDriveError
    return adopted


def current_drive() -> Drive | None:
    """The drive that is worked at: the one chosen last, with its programme and area. Opening one chooses it."""
    return drives().order_by("-chosen_at", "-starts_on", "-id").first()


def drives() -> QuerySet[Drive]:
    """Every drive with its programme and area, the first ones first."""
    return Drive.objects.select_related("programme", "area").defer("area__outline").order_by("starts_on", "id")


class NoDriveError(LookupError):
    """No schedule is adopted and no drive open yet."""


@dataclass(frozen=True, slots=True)
class Adoptable:
    """A schedule that can be worked by: one that comes with linli, or a vaccine group of published files.

    `version` is what adopting it now gives; `adopted` the programme where it is adopted.
    """

    code: str
    names: Names
    version: str
    sha256: str
    group: str = ""
    library: Library | None = None
    adopted: Programme | None = None

    @property
    def is_newer(self) -> bool:
        """Whether a newer version has come since it was adopted."""
        if self.adopted is None:
            return False
        if self.library is None:
            return self.adopted.version != self.version
        return self.adopted.sha256 != self.sha256


def adoptable() -> list[Adoptable]:
    """Every schedule that can be adopted: those that come with linli, then each vaccine group as it came last."""
    known = {row.code: row for row in Programme.objects.all()}
    found = []
    for code in reference.codes():
        one = reference.schedule(code)
        found.append(Adoptable(code, one.names, one.version, "", adopted=known.get(code)))
    newest = {group["code"]: (group["name"], library) for library in libraries() for group in library.groups}
    for code, (name, library) in sorted(newest.items()):
        names, adopted = group_names(name), known.get(code)
        found.append(Adoptable(code, names, library.version, library.sha256, name, library, adopted))
    return found


def libraries() -> QuerySet[Library]:
    """Every set of published files, the last one last, without the files themselves."""
    return Library.objects.defer("content").order_by("at", "id")


def whole_schedule() -> Schedule | None:
    """The whole schedule of the files that were brought in last, read once a process; None where none were."""
    newest = libraries().order_by("-at", "-id").values_list("sha256", flat=True).first()
    return None if newest is None else _whole(newest)


@lru_cache(maxsize=4)
def _whole(sha256: str) -> Schedule:
    return schedule_of_library(Library.objects.get(sha256=sha256))


class UnknownProgrammeError(LookupError):
    """Nothing that can be adopted has this code or name; `codes` are those that can."""

    def __init__(self, said: str, codes: list[str]) -> None:
        super().__init__(f"no schedule {said!r}; there are: {', '.join(codes)}")
        self.codes = codes


def known_as(said: str) -> Adoptable:
    """The schedule of a code, or of a vaccine group's name, whatever the letters. Raises UnknownProgrammeError."""
    wanted, every = said.strip().casefold(), adoptable()
    for one in every:
        if one.code.casefold() == wanted:
            return one
    for one in every:
        if wanted and wanted in {name.casefold() for name in (one.group, one.names.zh, one.names.en)}:
            return one
    raise UnknownProgrammeError(said, [one.code for one in every])


def vaccines() -> dict[str, Vaccine]:
    """Every known product by its code."""
    return {vaccine.code: vaccine for vaccine in Vaccine.objects.all()}


def codes_of_cvx() -> dict[str, str]:
    """The product that each CVX code means, where one is known."""
    found = {}
    for programme in Programme.objects.filter(group=""):
        found.update({cvx: product.code for product in rules(programme).vaccines for cvx in product.cvx})
    rows = Vaccine.objects.exclude(cvx="").order_by("-id").values_list("cvx", "code")
    return {**dict(rows), **found}


def product_words() -> dict[str, str]:
    """What lists write for a product, lower-cased, and the code it means.

    A name that means two products of published files is none of the words. Schedules that come with linli go first.
    """
    by_cvx = codes_of_cvx()
    words = {
        word: by_cvx.get(vaccine.cvx, vaccine.cvx) for vaccine in reference.other_vaccines() for word in vaccine.aliases
    }
    adopted = sorted(Programme.objects.all(), key=lambda programme: programme.group == "")
    for programme in adopted:
        words.update(_words_of_group(programme, by_cvx) if programme.group else _words(programme))
    return words


def _words(programme: Programme) -> dict[str, str]:
    return {
        word.strip().lower(): vaccine.code
        for vaccine in rules(programme).vaccines
        for word in (vaccine.code, *vaccine.cvx, *vaccine.aliases, vaccine.names.zh, vaccine.names.en)
    }


def _words_of_group(programme: Programme, by_cvx: dict[str, str]) -> dict[str, str]:
    of = rules(programme)
    own = {product.code for product in of.own_vaccines}
    names = [(name.strip().lower(), one.code) for one in of.vaccines for name in {one.names.en, one.names.zh} - {""}]
    often = Counter(name for name, _ in names)
    words = {name: code for name, code in names if often[name] == 1} | trade_names(of)
    for code in own:
        words |= {code: code, code.lstrip("0") or "0": code, f"cvx {code}": code}
    return {word: by_cvx.get(code, code) for word, code in words.items() if code in own}
