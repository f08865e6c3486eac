"""Finding the pair or the merge that an address means: to those without the right to the names they do not exist."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest

from linli.records.accounts.queries import Right
from linli.records.duplicates.models import Merge, Pair
from linli.records.duplicates.queries import merges, pairs, seen_of
from linli.web.rights import paths


def found_pair(request: HttpRequest, public_id: str) -> Pair:
    """A pair of which the worker may see at least one name. Raises Http404."""
    pair = pairs(paths=paths(request, Right.NAMES)).filter(public_id=public_id).first()
    if pair is None:
        raise Http404
    return pair


def found_merge(request: HttpRequest, public_id: str) -> Merge:
    """A merge whose kept record the worker may see. Raises Http404."""
    done = merges(paths=paths(request, Right.NAMES)).filter(public_id=public_id).first()
    if done is None:
        raise Http404
    return done


def may_decide(request: HttpRequest, people: Iterable[int]) -> bool:
    """Whether the worker may settle these people (ids): the right to write down reaches every one of them."""
    wanted = set(people)
    return wanted <= seen_of(wanted, paths=paths(request, Right.RECORD))
