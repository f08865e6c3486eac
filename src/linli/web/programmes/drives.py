"""Opening drives, choosing the one worked at, ending one and letting it go on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.records.accounts.queries import Right
from linli.records.places.models import Area
from linli.records.programme import actions
from linli.records.programme.models import Drive, Programme
from linli.records.programme.queries import drives
from linli.web import rights
from linli.web.day import today
from linli.web.programmes.forms import CloseForm, DriveForm
from linli.web.shell.days import day


@require_http_methods(["GET", "HEAD", "POST"])
@rights.needs_over_all(Right.PROGRAMME)
def new(request: HttpRequest) -> HttpResponse:
    """Open a drive."""
    adopted, areas = list(Programme.objects.order_by("name")), list(Area.objects.defer("outline").order_by("path"))
    if request.method != "POST":
        form = DriveForm(initial={"programme": request.GET.get("programme", "")}, adopted=adopted, areas=areas)
        return render(request, "programmes/open.html", {"form": form})
    form = DriveForm(request.POST, adopted=adopted, areas=areas)
    if not form.is_valid():
        return render(request, "programmes/open.html", {"form": form}, status=422)
    drive = actions.open_drive(by=rights.worker(request).who, **form.cleaned_data)
    messages.success(request, _("The drive %(name)s is open, and is worked at now.") % {"name": drive.name})
    return redirect("programmes:index")


@require_POST
@rights.needs_over_all(Right.PROGRAMME)
def choose(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Work at a drive from now on."""
    drive = actions.choose_drive(by=rights.worker(request).who, drive=_drive(code, public_id))
    messages.success(request, _("The drive %(name)s is worked at now.") % {"name": drive.name})
    return redirect("programmes:index")


@require_http_methods(["GET", "HEAD", "POST"])
@rights.needs_over_all(Right.PROGRAMME)
def close(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Set the last day of a drive, and for how long its people stay known."""
    drive = _drive(code, public_id)
    told = request.POST if request.method == "POST" else None
    form = CloseForm(told, initial={"ends_on": drive.ends_on or today(), "keep_days": drive.keep_days})
    if told is not None and form.is_valid():
        try:
            drive = actions.close_drive(by=rights.worker(request).who, drive=drive, **form.cleaned_data)
        except actions.DriveEndsBeforeStartError:
            words = _("The drive started on %(day)s; it cannot end before.")
            form.add_error("ends_on", words % {"day": day(drive.starts_on, beside=today())})
        else:
            messages.success(request, _("The end of the drive %(name)s is set.") % {"name": drive.name})
            return redirect("programmes:index")
    return render(
        request, "programmes/close.html", {"form": form, "drive": drive}, status=422 if form.is_bound else 200
    )


@require_POST
@rights.needs_over_all(Right.PROGRAMME)
def reopen(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Let a drive that was ended go on."""
    drive = actions.reopen_drive(by=rights.worker(request).who, drive=_drive(code, public_id))
    messages.success(request, _("The drive %(name)s goes on.") % {"name": drive.name})
    return redirect("programmes:index")


def _drive(code: str, public_id: str) -> Drive:
    found = drives().filter(programme__code=code, area__public_id=public_id).first()
    if found is None:
        raise Http404
    return found
