"""Working by a schedule, and making its products known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from linli import reference
from linli.records.journal.actions import Who, action, write
from linli.records.programme.models import UNKNOWN_PRODUCT, Programme, Vaccine
from linli.records.programme.queries import Adoptable, codes_of_cvx, known_as, rules


@action
def adopt(*, by: Who, code: str, at: datetime | None = None) -> Programme:
    """Work by a schedule, or by its newest version: its products become known, its version and hash are written down.

    `code` may be the name of a vaccine group too, whatever its letters. Raises UnknownProgrammeError.
    """
    wanted = known_as(code)
    programme, _ = Programme.objects.update_or_create(code=wanted.code, defaults=_written(wanted))
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
        Vaccine.objects.update_or_create(
            code=vaccine.code,
            defaults={
                "cvx": next(iter(vaccine.cvx), ""),
                "name": vaccine.names.zh,
                "name_en": vaccine.names.en,
                "platform": vaccine.platform,
                "programme": programme,
            },
        )


def _know_products_of_group(programme: Programme) -> None:
    """A vaccine may be against the antigens of several groups: it stays with the programme that had it first."""
    known, translated = codes_of_cvx(), {vaccine.cvx: vaccine for vaccine in reference.other_vaccines()}
    products = rules(programme).own_vaccines
    rows = [
        Vaccine(
            code=product.code,
            cvx=product.code,
            name=translated[product.code].zh if product.code in translated else product.names.en,
            name_en=product.names.en,
            programme=programme,
        )
        for product in products
        if product.code not in known
    ]
    Vaccine.objects.bulk_create(rows, ignore_conflicts=True)
    codes = [known.get(product.code, product.code) for product in products]
    Vaccine.objects.filter(code__in=codes, programme=None).update(programme=programme)


@action
def know_vaccines(*, by: Who, cvx: Iterable[str], at: datetime | None = None) -> None:
    """Make other vaccines known by their CVX code alone, so that a list may name them."""
    known = {vaccine.cvx: vaccine for vaccine in reference.other_vaccines()}
    rows = [
        Vaccine(
            code=code,
            cvx=code,
            name=known[code].zh if code in known else f"CVX {code}",
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
