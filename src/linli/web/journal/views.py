"""The journal page: who did what, newest first; the whole of it, or the history of one person or place."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from linli.records.accounts.models import Worker
from linli.records.accounts.queries import Right
from linli.records.journal.models import Entry, Subject
from linli.records.journal.queries import LOOK, lines
from linli.records.lists.models import List
from linli.records.people.models import Person
from linli.records.people.queries import signposts
from linli.records.places.models import Area, Building
from linli.web.day import today
from linli.web.journal.showing import shown
from linli.web.looks import looked
from linli.web.people.choices import place_name
from linli.web.rights import has_over_all, needs
from linli.words.verbs import VERBS

PAGE = 50


class JournalForm(forms.Form):
    """The filter of the journal."""

    verb = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    looks = forms.BooleanField(label=gettext_lazy("With every look at a name"), required=False)

    def __init__(self, verb: str, *, with_looks: bool) -> None:
        super().__init__(initial={"verb": verb, "looks": with_looks})
        chosen = self.fields["verb"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # as it is written above
        chosen.choices = [("", _("Everything")), *VERBS.items()]
        self.fields["looks"].css = "field-bare"  # type: ignore[attr-defined]  # read by the filters tag


@never_cache
@needs(Right.JOURNAL)
def index(request: HttpRequest) -> HttpResponse:
    """Every line of this installation, or of one person or place (`?of=`, a public id); for an office over all of it.

    Looks at names are many and change nothing: they are left out until they are asked for.
    """
    if not has_over_all(request, Right.JOURNAL):
        raise PermissionDenied
    verb, of = request.GET.get("verb", ""), request.GET.get("of", "").replace("\0", "")
    verb = verb if verb in VERBS else ""
    with_looks = bool(request.GET.get("looks")) or verb == LOOK
    found: QuerySet[Entry] = Entry.objects.all() if with_looks else lines()
    of_what = ""
    if of:
        of_what, ids = _meant(request, of)
        found = found.filter(id__in=Subject.objects.filter(subject_id__in=ids).values("entry_id"))
    if verb:
        found = found.filter(verb=verb)
    page = Paginator(found.order_by("-at", "-id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "verb": verb,
        "of_what": of_what,
        "rows": shown(list(page), on=today()),
        "form": JournalForm(verb, with_looks=with_looks),
    }
    return render(request, "journal/index.html", context)


def _meant(request: HttpRequest, of: str) -> tuple[str, list[str]]:
    """The name of the person, place, list or login of an id, and all ids of its lines. Raises Http404."""
    person = Person.objects.filter(public_id=of).first()
    if person is not None:
        looked(request, "journal", [person.public_id])
        return person.name or "—", [of, *(row.public_id for row in signposts(person))]
    for model in (Area, Building):
        if place := model.objects.filter(public_id=of).first():
            return place_name(place), [of]
    if one := List.objects.filter(public_id=of).only("file_name").first():
        return one.file_name, [of]
    worker = Worker.objects.filter(public_id=of).first()
    if worker is None:
        raise Http404
    return worker.name, [of]
