"""Working by a schedule, and making its products known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from linli import reference
from linli.domain.eligibility.dated import Names
from linli.records.journal.actions import Who, action, write
from linli.records.programme.models import UNKNOWN_PRODUCT, Programme, Vaccine
from linli.records.programme.queries import Adoptable, codes_of_cvx, known_as, rules


@action
def adopt(*, by: Who, code: str, at: datetime | None = None) -> Programme:
    """Work by a schedule, or by its newest version: its products become known, its version and hash are written down.

    `code` may be the name of a vaccine group too, whatever its letters. Raises UnknownProgrammeError.
    """
    wanted = known_as(code)
    # Updated, never locked to be looked at: those who write doses hold references to these rows and must not wait here.
    if not Programme.objects.filter(code=wanted.code).update(**_written(wanted)):
        Programme.objects.get_or_create(code=wanted.code, defaults=_written(wanted))
    programme = Programme.objects.get(code=wanted.code)
    if wanted.group:
        _know_products_of_group(programme)
    else:
        _know_products(programme)
    write(by=by, verb="programme.adopt", detail={"code": programme.code, "version": programme.version}, at=at)
    return programme


def _written(wanted: Adoptable) -> dict[str, Any]:
    return {
        "name": wanted.names.zh,
        "name_en": wanted.names.en,
        "version": wanted.version,
        "sha256": wanted.sha256 or hashlib.sha256(reference.text(wanted.code)).hexdigest(),
        "library": wanted.library,
        "group": wanted.group,
    }


def _know_products(programme: Programme) -> None:
    for vaccine in rules(programme).vaccines:
        known = {
            "cvx": next(iter(vaccine.cvx), ""),
            "name": vaccine.names.zh,
            "name_en": vaccine.names.en,
            "platform": vaccine.platform,
            "programme": programme,
        }
        if not Vaccine.objects.filter(code=vaccine.code).update(**known):
            Vaccine.objects.get_or_create(code=vaccine.code, defaults=known)


def _know_products_of_group(programme: Programme) -> None:
    """A vaccine may be against the antigens of several groups: it stays with the programme that had it first."""
    known = codes_of_cvx()
    products = rules(programme).own_vaccines
    rows = [
        Vaccine(
            code=product.code,
            cvx=product.code,
            name=product.names.zh or product.names.en,
            name_en=product.names.en,
            programme=programme,
        )
        for product in products
        if product.code not in known
    ]
    Vaccine.objects.bulk_create(rows, ignore_conflicts=True)
    _name_anew({product.code: product.names for product in products})
    codes = [known.get(product.code, product.code) for product in products]
    Vaccine.objects.filter(code__in=codes, programme=None).update(programme=programme)


def _name_anew(names: Mapping[str, Names]) -> None:
    """Give names to vaccines that so far went by their number alone, or by an English name in Chinese too."""
    renamed = []
    for row in Vaccine.objects.filter(code__in=names, platform=""):
        nameless, given = f"CVX {row.code}", names[row.code]
        named = (given.zh or given.en) if row.name in {nameless, row.name_en} else row.name
        named_en = given.en if row.name_en == nameless else row.name_en
        if (named, named_en) != (row.name, row.name_en):
            row.name, row.name_en = named, named_en
            renamed.append(row)
    Vaccine.objects.bulk_update(renamed, ["name", "name_en"])


@action
def know_vaccines(*, by: Who, cvx: Iterable[str], at: datetime | None = None) -> None:
    """Make other vaccines known by their CVX code alone, so that a list may name them."""
    known = {vaccine.cvx: vaccine for vaccine in reference.other_vaccines()}
    names = reference.product_names()
    rows = [
        Vaccine(
            code=code,
            cvx=code,
            name=names.get(code, f"CVX {code}"),
            name_en=known[code].en if code in known else f"CVX {code}",
        )
        for code in cvx
    ]
    Vaccine.objects.bulk_create(rows, ignore_conflicts=True)
    write(by=by, verb="programme.know_vaccines", detail={"cvx": [row.cvx for row in rows]}, at=at)


@action
def know_unknown(*, by: Who, at: datetime | None = None) -> Vaccine:
    """The product of a dose of which nobody knows which it was, made known at its first use."""
    code, name, name_en = UNKNOWN_PRODUCT
    vaccine, _ = Vaccine.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
    write(by=by, verb="programme.know_vaccines", detail={"product": code}, at=at)
    return vaccine
