"""Finding the list a page is about: only lists of areas where the worker may load lists exist for them."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from linli.records.accounts.queries import Right
from linli.records.lists.models import List, Row
from linli.records.lists.queries import lists
from linli.web.rights import paths


def found(request: HttpRequest, public_id: str) -> List:
    """The list with this id, without its content. Raises Http404."""
    one = lists(paths=paths(request, Right.LISTS)).filter(public_id=public_id).first()
    if one is None:
        raise Http404
    return one


def found_row(of: List, line: int) -> Row:
    """A row of a list. Raises Http404."""
    row = Row.objects.filter(list=of, line=line).first()
    if row is None:
        raise Http404
    return row
