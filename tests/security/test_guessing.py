"""Ids in addresses: drawn by chance, long, and nothing else opens anything."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest
from django.apps import apps
from django.db.models import CharField
from django.urls import reverse
from two_committees import Ground, browser

from linli.records.journal.models import new_id
from linli.records.people.models import Person

ALPHABET = 64
LENGTH = 12
DRAWN = 20_000


def test_an_id_holds_72_bits_of_chance() -> None:
    """So many that a thousand guesses a second for a year meet one of a million people with a chance below 1 in 100."""
    ids = [new_id() for _ in range(DRAWN)]
    assert len(set(ids)) == DRAWN
    assert all(re.fullmatch(r"[\w-]{12}", one, re.ASCII) for one in ids)
    assert LENGTH * math.log2(ALPHABET) == 72
    assert 1000 * 365 * 24 * 3600 * 1_000_000 / 2**72 < 0.01


@pytest.mark.parametrize("place", range(LENGTH))
def test_every_character_is_drawn_evenly(place: int) -> None:
    """No place of an id follows from time, order or another place."""
    found = Counter(new_id()[place] for _ in range(DRAWN // 4))
    letters = ALPHABET - 1 if place == 0 else ALPHABET  # a first "-" would look like a formula
    expected = DRAWN / 4 / letters
    chi_squared = sum((found[letter] - expected) ** 2 / expected for letter in found)
    assert len(found) == letters
    assert chi_squared < 140  # of 63 degrees of freedom; by chance above it once in ten million


def test_everything_that_an_address_names_has_such_an_id() -> None:
    models = [model for model in apps.get_app_config("records").get_models() if hasattr(model, "public_id")]
    fields = [model._meta.get_field("public_id") for model in models]
    assert len(models) >= 10
    assert all(isinstance(field, CharField) and field.unique and field.default is new_id for field in fields)


@pytest.mark.parametrize(
    "guess",
    [
        "{pk}",
        "0{pk}",
        "{lower}",
        "{upper}",
        "{id}%20",
        "{id}%00",
        "{id}'",
        "' or 1=1 --",
        "%25",
        "..%2f{id}",
        "{{pk}}",
        "None",
        "%E2%80%AE{id}",
    ],
)
def test_nothing_but_the_id_itself_opens_a_person(guess: str, ground: Ground) -> None:
    person = ground.victim
    told = guess.format(
        pk=person.pk, id=person.public_id, lower=person.public_id.lower(), upper=person.public_id.upper()
    )
    if told == person.public_id:
        pytest.skip("the id has no letters of the other case")
    answer = browser("office").get(f"/people/{told}/")
    assert answer.status_code in (400, 404)
    assert person.name not in answer.content.decode()


def test_ids_do_not_tell_who_came_first(ground: Ground) -> None:
    in_order = [Person(name=f"居民{number}").public_id for number in range(30)]
    assert in_order != sorted(in_order)
    assert browser("office").get(reverse("people:person", args=[ground.victim.public_id])).status_code == 200
