"""The way every form of a person goes: fill in, see what follows, write it down, and take it back if it was wrong."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.records.accounts.queries import Right
from linli.records.journal.actions import Who
from linli.records.people.models import Person
from linli.records.programme.models import Programme
from linli.records.programme.queries import current
from linli.records.reports.queries import foreseen, stand
from linli.web.day import now, today
from linli.web.looks import looked
from linli.web.people.finding import about
from linli.web.people.rows import age_on, place_of
from linli.web.people.writing.done import Undo, done
from linli.web.people.writing.foresight import Follows, follows
from linli.web.rights import worker
from linli.web.shell.days import day
from linli.words.refusals import WORDS, refusal_words


@dataclass(frozen=True, slots=True)
class Case:
    """Of whom something is written down, under which programme, on which day, by which request."""

    request: HttpRequest
    person: Person
    programme: Programme
    today: date

    @property
    def by(self) -> Who:
        """Who writes it down."""
        return worker(self.request).who

    @property
    def at(self) -> datetime:
        """When."""
        return now()

    def address(self, name: str, *more: str) -> str:
        """An address below this person's page."""
        return reverse(f"people:{name}", args=[self.person.public_id, *more])


class Writing(forms.Form):
    """A form by which something is written down of a person; subclasses name it, give its fields and its action."""

    title: ClassVar[Promise]
    lede: ClassVar[Promise | str] = ""
    primary: ClassVar[Promise]
    blamed: ClassVar[dict[type[Exception], str]] = {}  # the field that an action's refusal is about
    acceptable: ClassVar[tuple[type[Exception], ...]] = ()  # refusals that the worker may overrule
    template = "people/writing.html"

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    @property
    def summary_labels(self) -> dict[str, str]:
        """The labels as the summary of errors needs them: a question without its mark."""
        return {bound.name: str(bound.label).rstrip("?？") for bound in self}

    @property
    def facts(self) -> list[tuple[Promise | str, str]]:
        """What is written down already and will be changed."""
        return []

    def touched(self) -> list[Person]:
        """Whose standing may change."""
        return [self.case.person]

    def shown_people(self) -> Iterable[Person]:
        """Whose names the page shows."""
        return self.touched()

    def write(self) -> Any:
        """Do it; the action's own refusals come through."""
        raise NotImplementedError

    def said(self, row: Any) -> str:
        """What was done, as one sentence."""
        raise NotImplementedError

    def undo(self, row: Any) -> Undo | None:
        """How it is taken back."""
        raise NotImplementedError


Made = Callable[..., Writing]


def page(make: Made) -> Callable[..., HttpResponse]:
    """The view of a form; `make` builds it from the case, what was sent, and the rest of the address."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @about(Right.RECORD)
    def view(request: HttpRequest, person: Person, **address: str) -> HttpResponse:
        case = Case(request, person, current(), today())
        form = make(request.POST if request.method == "POST" else None, case=case, **address)
        if not form.is_bound or not form.is_valid():
            return _fragment(form, None) if _is_glance(request) else _shown(form)
        if "preview" in request.POST or _is_glance(request):
            seen = _tried(form)
            return _fragment(form, seen) if _is_glance(request) else _shown(form, seen)
        try:
            row = form.write()
        except tuple(WORDS) as error:
            _blame(form, error)
            return _shown(form)
        return done(request, case.person, form.said(row), form.undo(row))

    return view


def _is_glance(request: HttpRequest) -> bool:
    """Whether a script asks what would follow, while the form is being filled in."""
    return bool(getattr(request, "htmx", False))


def _tried(form: Writing) -> list[Follows]:
    """What would follow, or the refusal put beside its field."""
    case, people = form.case, form.touched()
    ids = [person.pk for person in people]
    ask = functools.partial(stand, programme=case.programme, people=ids, on=case.today)
    try:
        after = foreseen(act=form.write, programme=case.programme, people=ids, on=case.today)
    except tuple(WORDS) as error:
        _blame(form, error)
        return []
    return follows(people, before=ask(), after=after, on=case.today)


def _blame(form: Writing, error: Exception) -> None:
    """Say beside the field it is about why the action refused."""
    words = refusal_words(error, say_day=functools.partial(day, beside=form.case.today))
    field = next((field for kind, field in form.blamed.items() if isinstance(error, kind)), None)
    form.add_error(field if field in form.fields else None, words)
    if isinstance(error, form.acceptable):
        form.fields["accept"].widget = forms.CheckboxInput()


def _shown(form: Writing, seen: list[Follows] | None = None) -> HttpResponse:
    case = form.case
    looked(case.request, "record", [person.public_id for person in form.shown_people()])
    context = {
        "form": form,
        "person": case.person,
        "age": age_on(case.person.birth_date, case.today),
        "place": place_of(case.person)[0],
        "back": case.address("person"),
        "follows": seen,
    }
    return render(case.request, form.template, context)


def _fragment(form: Writing, seen: list[Follows] | None) -> HttpResponse:
    """What would follow, alone: it names nobody, so it is no look at a name."""
    refused = [error for errors in form.errors.values() for error in errors] if seen == [] else []
    return render(form.case.request, "people/follows.html", {"follows": seen, "refused": refused})
