"""The page's address with some of its query values changed, so that sorting and paging keep the filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.template import Context


def params(context: Context) -> QueryDict:
    """A copy of the query values of the request that this page answers; empty without one."""
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def address(values: QueryDict, changes: Mapping[str, Any]) -> str:
    """A query string from `values` after `changes`; None or "" removes a value, a list sets several."""
    for key, value in changes.items():
        if value is None or value == "":
            values.pop(key, None)
        elif isinstance(value, list | tuple):
            values.setlist(key, [str(item) for item in value])
        else:
            values[key] = str(value)
    return f"?{values.urlencode()}" if values else "?"
