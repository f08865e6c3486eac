"""The public page: "Am I due?" It asks for a birth date and doses, answers, and keeps nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli import reference
from linli.domain.eligibility import Schedule
from linli.records.accounts.models import Worker
from linli.records.accounts.queries import Right, granted_paths
from linli.records.programme.queries import NoDriveError, current, rules
from linli.web.check.answer import answer, offered_today
from linli.web.check.forms import CheckForm
from linli.web.day import today
from linli.web.public.shown import is_published
from linli.words.reasons import in_language

STAFF_START = ((Right.FIGURES, "reports:home"), (Right.NAMES, "people:due"))


def home(request: HttpRequest) -> HttpResponseBase:
    """The first page: staff go to their own, everybody else is answered here."""
    if not settings.PUBLIC_ONLY and isinstance(request.user, Worker):
        for right, page in STAFF_START:
            if granted_paths(request.user, right):
                return redirect(page)
    return check(request)


@never_cache
@sensitive_post_parameters()
def check(request: HttpRequest) -> HttpResponse:
    """The form, or the answer to it. What is sent stays out of the address, the log and the database."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language
    response = _answered(request)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    rules, on = _rules(), today()
    if request.method != "POST":
        return _form_page(request, CheckForm(rules=rules, on=on), rules)
    sent = request.POST
    if getattr(request, "htmx", False):
        # The number of doses was just ticked: only their fields are wanted.
        return render(request, "check/doses.html", {"form": CheckForm(rules=rules, on=on, initial=sent.dict())})
    form = CheckForm(sent, rules=rules, on=on)
    if form.dose_count() and f"given_{form.dose_count()}" not in sent:
        # The same without scripts: show the fields before anything is called wrong.
        return _form_page(request, CheckForm(rules=rules, on=on, initial=sent.dict()), rules)
    if not form.is_valid():
        return _form_page(request, form, rules, status=422)
    found = answer(rules, birth=form.cleaned_data["birth"], told=form.told(), on=on)
    kept = [(name, value) for name, value in sent.items() if name in form.fields]
    return render(request, "check/answer.html", {"answer": found, "kept": kept, "on": on, "rules": rules})


def _form_page(request: HttpRequest, form: CheckForm, rules: Schedule, status: int = 200) -> HttpResponse:
    on = today()
    context: dict[str, Any] = {
        "form": form,
        "offered": offered_today(rules, on),
        "on": on,
        "rules": rules,
        "about": in_language(rules.names.zh, rules.names.en) if rules.group else "",  # a gate says who may come
        "has_figures": is_published(),
    }
    return render(request, "check/form.html", context, status=status)


def _rules() -> Schedule:
    """The schedule of the drive; where only public pages are served there may be no database: then the newest one."""
    if not settings.PUBLIC_ONLY:
        try:
            return rules(current())
        except NoDriveError:
            pass
    return max((reference.schedule(code) for code in reference.codes()), key=lambda rules: rules.in_force_from)
