"""The journal page: who did what, newest first."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.records.accounts.queries import Right, is_over_all
from linli.records.journal.queries import lines
from linli.web.day import today
from linli.web.journal.showing import shown
from linli.web.rights import needs, worker
from linli.words.verbs import VERBS

PAGE = 50


class JournalForm(forms.Form):
    """The filter of the journal."""

    verb = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)

    def __init__(self, verb: str) -> None:
        super().__init__(initial={"verb": verb})
        chosen = self.fields["verb"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # as it is written above
        chosen.choices = [("", _("Everything")), *VERBS.items()]


@needs(Right.JOURNAL)
def index(request: HttpRequest) -> HttpResponse:
    """Every line of this installation; only an office over the whole tree reads it."""
    if not is_over_all(worker(request), Right.JOURNAL):
        raise PermissionDenied
    found = lines()
    verb = request.GET.get("verb", "")
    if verb:
        found = found.filter(verb=verb)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "journal/index.html",
        {"page": page, "verb": verb, "rows": shown(list(page), on=today()), "form": JournalForm(verb)},
    )
