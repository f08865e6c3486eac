"""Every address of an installation, filled in with the ids of things that exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from two_committees import Ground

from linli.records.accounts.models import Worker

# Addresses whose one argument is an id, and of what.
OF = {
    "people": "victim",
    "lists": "list",
    "reports": "area",
    "accounts": "worker",
    "duplicates": "pair",
    "programmes": "area",
}
NOT_IDS = {
    "open-slip": {"token": "a" * 40},
    "demo-sign-in": {"username": "office"},
    "template": {"kind": "people", "ending": "csv"},
    "figures": {"form": "csv"},
}


@dataclass(frozen=True)
class Address:
    """One address: its name, where it leads, and whether it speaks of somebody or something of the south."""

    name: str
    path: str
    is_foreign: bool


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its namespace."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _walk(found, found.app_name or space)
        else:
            yield space, found


def every_address(ground: Ground) -> list[Address]:
    """All of them, those with ids about the victim and what is around them."""
    return [_filled(space, pattern, ground) for space, pattern in patterns()]


def _filled(space: str, pattern: URLPattern, ground: Ground) -> Address:
    name = f"{space}:{pattern.name}" if space else str(pattern.name)
    wanted = set(pattern.pattern.converters)
    if not wanted:
        return Address(name, reverse(name), False)
    given = NOT_IDS.get(str(pattern.name))
    if given is not None:
        return Address(name, reverse(name, kwargs=given), False)
    return Address(
        name, reverse(name, kwargs={key: _value(space, str(pattern.name), key, ground) for key in wanted}), True
    )


def _value(space: str, name: str, key: str, ground: Ground) -> Any:
    if key == "dose_id":
        return ground.dose.public_id
    if key == "status_id":
        return ground.status.public_id
    if key == "line":
        return 2
    if key == "form":
        return "csv"
    if key == "code":
        return ground.programme.code
    if key == "reason":
        return "day"
    if key != "public_id":
        raise LookupError(f"say what {key} of {space}:{name} may be")
    if space == "duplicates" and name in ("merge", "undo"):
        return ground.merge.public_id
    if space == "reports" and name == "building":
        return ground.buildings["Z1"].public_id
    of = OF[space]
    if of == "victim":
        return ground.victim.public_id
    if of == "list":
        return ground.list.public_id
    if of == "area":
        return ground.areas["Z"].public_id
    if of == "worker":
        return Worker.objects.get(username="south").public_id
    return ground.pair.public_id
