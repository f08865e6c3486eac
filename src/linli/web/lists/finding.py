"""Finding the list a page is about: for a worker exist the lists of areas where they may load lists, and their own.

Their own are those that they brought back from Excel: whoever may write of people by hand may do it in a file too.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from linli.records.accounts.queries import Right
from linli.records.lists.models import List, Row
from linli.records.lists.queries import lists, returned_by
from linli.web.rights import paths, worker


def found(request: HttpRequest, public_id: str) -> List:
    """The list with this id, without its content. Raises Http404."""
    known = lists(paths=paths(request, Right.LISTS)) | returned_by(worker(request))
    one = known.filter(public_id=public_id).first()
    if one is None:
        raise Http404
    return one


def found_row(of: List, line: int) -> Row:
    """A row of a list. Raises Http404."""
    row = Row.objects.filter(list=of, line=line).first()
    if row is None:
        raise Http404
    return row
