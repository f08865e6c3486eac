"""What was done a moment ago, said once on the page that follows, with the way to undo it."""

from __future__ import annotations

from django.http import HttpRequest

from linli.records.duplicates.models import Merge

KEY = "merged_just_now"


def remember(request: HttpRequest, merge: Merge) -> None:
    """Keep the merge for the next page."""
    request.session[KEY] = merge.public_id


def said_once(request: HttpRequest) -> Merge | None:
    """The merge to tell of on this page, if it still stands."""
    public_id = request.session.pop(KEY, "")
    if not public_id:
        return None
    return Merge.objects.filter(public_id=public_id, undone_at=None).select_related("kept").first()
