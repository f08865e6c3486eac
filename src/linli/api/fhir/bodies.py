"""The body of a request: of a type that can be read, and no larger than it may be."""

from __future__ import annotations

import tempfile
from typing import IO, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.fhir.answering import LONGEST_LINE
from linli.fhir.trouble import refused

ONE = ("application/fhir+json", "application/json", "text/json")
MANY = ("application/fhir+ndjson", "application/x-ndjson", "application/ndjson")
VERSIONS = ("", "4.0", "4.3", "4.0.1", "4.3.0")
_CHUNK = 64 * 1024
_IN_MEMORY = 4 * 1024 * 1024


def is_bulk(request: HttpRequest) -> bool:
    """Whether a body holds many people, a line each. Raises RefusedError for a type that is neither one nor many."""
    kind, params = request.content_type or "", request.content_params or {}
    charset = params.get("charset", "utf-8").casefold()
    plain = request.headers.get("Content-Encoding", "identity").strip().casefold() in ("", "identity")
    if kind not in (*ONE, *MANY) or charset not in ("utf-8", "utf8", "us-ascii") or not plain:
        raise refused("not-supported", _say_types(), status=415)
    if params.get("fhirversion", params.get("fhirVersion", "")) not in VERSIONS:
        raise refused("not-supported", _("This server speaks FHIR R4 (4.0)."), status=415)
    return kind in MANY


def accepts(request: HttpRequest, *, bulk: bool) -> None:
    """See that whoever asks can read the answer. Raises RefusedError where they ask for another form, such as XML."""
    kinds = ("*/*", "application/*", *(MANY if bulk else ONE))
    wanted = [part.partition(";")[0].strip().casefold() for part in request.headers.get("Accept", "*/*").split(",")]
    if any(wanted) and not any(kind in kinds for kind in wanted):
        raise refused("not-supported", _say_types(), status=406)


def whole(request: HttpRequest) -> bytes:
    """The Parameters of one person. Raises RefusedError where they are too large."""
    if _announced(request) > LONGEST_LINE:
        raise _too_large(LONGEST_LINE)
    stream, data = _stream(request), b""
    while len(data) <= LONGEST_LINE and (chunk := stream.read(LONGEST_LINE + 1 - len(data))):
        data += chunk
    if len(data) > LONGEST_LINE:
        raise _too_large(LONGEST_LINE)
    return data


def many(request: HttpRequest) -> IO[bytes]:
    """The lines of many as a file: who sends all before reading would wait for ever if the first were answered sooner.

    Raises RefusedError where the whole is too large.
    """
    most = settings.FHIR_BULK_MAX_BYTES
    if _announced(request) > most:
        raise _too_large(most)
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when all is answered
    try:
        size, stream = 0, _stream(request)
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_large(most)
            kept.write(chunk)
        kept.seek(0)
    except BaseException:
        kept.close()
        raise
    return kept


def _stream(request: HttpRequest) -> IO[bytes]:
    """Where the body comes from; of a body sent in chunks, whose length nobody says, Django itself reads nothing."""
    if "chunked" in request.headers.get("Transfer-Encoding", "").casefold():
        found: IO[bytes] = request.META["wsgi.input"]
        return found
    return cast("IO[bytes]", request)


def _announced(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _too_large(most: int) -> Exception:
    return refused("too-long", _("Larger than {most} bytes.").format(most=f"{most:,}"), status=413)


def _say_types() -> str:
    return _("This server reads and writes {types}, in UTF-8; not XML.").format(types=f"{ONE[0]}, {MANY[0]}")
