"""Bringing in published files of a schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from linli.records.journal.actions import Who, action, write
from linli.records.programme.files import packed
from linli.records.programme.models import LONGEST_VERSION, Library
from linli.records.programme.published import published


@action
def import_library(*, by: Who, files: Mapping[str, bytes], version: str = "", at: datetime | None = None) -> Library:
    """Keep a set of published files, so that their vaccine groups can be adopted; the same files are kept once.

    `version` is what the publisher calls them; without one it is the day on which they are brought in. A file that
    cannot be used, and a vaccine group that lacks one, stand in `problems` with the reason; the rest is kept. Raises
    NothingPublishedError, a ScheduleError, where nothing can be used.
    """
    found, now = published(files), at or timezone.now()
    problems = [asdict(problem) for problem in found.problems]
    library, is_new = Library.objects.get_or_create(
        sha256=found.sha256,
        defaults={
            "code": found.code,
            "version": version.strip()[:LONGEST_VERSION] or timezone.localdate(now).isoformat(),
            "content": packed(found.files),
            "groups": [asdict(group) for group in found.groups],
            "problems": problems,
            "at": now,
            "who_id": by.public_id,
            "who_name": by.name,
        },
    )
    if not is_new:  # they came last again: whoever goes back to an older version brings it in once more
        library.problems, library.at = problems, now
        library.save(update_fields=["problems", "at"])
    detail = {"code": library.code, "version": library.version, "new": is_new, "refused": len(problems)}
    write(by=by, verb="programme.import_library", detail=detail, at=at)
    return library
