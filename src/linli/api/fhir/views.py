"""The FHIR door: one call of the operation for each request. It asks nothing of the register and keeps nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from linli.api.fhir.bodies import MANY, ONE, accepts, is_bulk, many, whole
from linli.api.fhir.documents import capability, operation
from linli.api.fhir.schedules import rules
from linli.fhir.answering import answer, answer_lines, as_bytes, lines_of, refusal
from linli.fhir.trouble import Issue, RefusedError, refused

AT_ONCE, WAIT_S = 2, 1
_places = threading.BoundedSemaphore(AT_ONCE)  # bulk requests at once in a process: the pages need their share
log = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponseBase]


def _speaks_fhir(*methods: str) -> Callable[[View], View]:
    """Other methods, and whatever is refused, are answered with an OperationOutcome; nothing is kept in a cache."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponseBase:
            try:
                if request.method not in methods:
                    text = _("This address takes {methods} alone.").format(methods=", ".join(methods))
                    raise refused("not-supported", text, status=405)
                response = view(request)
            except RefusedError as error:
                response = _said(error.issues, error.status)
            except Exception:  # whoever speaks FHIR is answered in FHIR; the log says where, never with what values
                log.exception("a request could not be judged")
                response = _said([Issue("fatal", "exception", _("It could not be judged; the fault is ours."))], 500)
            if response.status_code == 405:
                response.headers["Allow"] = ", ".join(methods)
            response.headers["Cache-Control"] = "no-store"
            return response

        return inner

    return wrap


@csrf_exempt  # it reads no cookie and changes nothing, so there is nothing to forge
@_speaks_fhir("POST")
def forecast(request: HttpRequest) -> HttpResponseBase:
    """`$immds-forecast` for one person, or for many as NDJSON."""
    bulk = is_bulk(request)
    accepts(request, bulk=bulk)
    if bulk:
        return _many(request)
    return HttpResponse(answer(whole(request), rules), content_type=f"{ONE[0]}; charset=utf-8")


@csrf_exempt
@_speaks_fhir("GET", "HEAD")
def metadata(request: HttpRequest) -> HttpResponseBase:
    """What this server can do."""
    return _document(request, capability(request.build_absolute_uri("/fhir")))


@csrf_exempt
@_speaks_fhir("GET", "HEAD")
def definition(request: HttpRequest) -> HttpResponseBase:
    """The operation's parameters."""
    return _document(request, operation(request.build_absolute_uri("/fhir")))


def _document(request: HttpRequest, resource: dict[str, Any]) -> HttpResponse:
    accepts(request, bulk=False)
    return HttpResponse(as_bytes(resource), content_type=f"{ONE[0]}; charset=utf-8")


def _said(issues: Iterable[Issue], status: int) -> HttpResponse:
    return HttpResponse(refusal(issues), status=status, content_type=f"{ONE[0]}; charset=utf-8")


def _many(request: HttpRequest) -> HttpResponseBase:
    if not _places.acquire(timeout=WAIT_S):
        response = _said([Issue("error", "throttled", _("Too much is asked at once; try again."))], 503)
        response.headers["Retry-After"] = "5"
        return response
    try:
        taken = many(request)
    except BaseException:
        _places.release()
        raise
    return StreamingHttpResponse(_Held(taken), content_type=f"{MANY[0]}; charset=utf-8")


class _Held:
    """Answers in the request's language, holding its place among the requests until the last of them or the end."""

    def __init__(self, taken: IO[bytes]) -> None:
        self.taken, self.language, self.holds = taken, translation.get_language(), True
        self.answers = answer_lines(lines_of(taken), rules)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            with translation.override(self.language):
                return next(self.answers)
        except BaseException:  # the last line too
            self.close()
            raise

    def close(self) -> None:
        """Called by the server at the end, or when nobody reads on."""
        if self.holds:
            self.holds = False
            self.answers.close()
            self.taken.close()
            _places.release()

    __del__ = close  # an answer that was never sent leaves no place taken
