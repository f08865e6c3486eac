"""Template filters that word codes: `{{ state|state_word }}`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from linli.records.people.models import Employer
from linli.records.places.models import Area, Building, Door
from linli.web.day import today
from linli.web.shell.days import day, number
from linli.words import accounts, states, statuses, verbs
from linli.words.looks import LOOKS
from linli.words.places import door_words
from linli.words.reasons import GROUPS, in_language

register = template.Library()
# The details of a journal line that are codes with a name.
NAMED = ("source", "area", "programme")
DAYS = ("on", "until")
# Those that are codes with words of their own.
WORDED: dict[str, Mapping[str, Any]] = {
    "evidence": statuses.EVIDENCE,
    "reason": {**statuses.CORRECTIONS, **statuses.REFUSALS, **statuses.CONTRAINDICATIONS, **statuses.DEFERRALS},
    "status": states.STATES,
    "stay": states.DENOMINATORS,
    "where": LOOKS,
    "why": statuses.ENDS,
}


@register.filter
def state_word(code: str) -> str:
    """How a person stands, in words."""
    return str(states.STATES.get(code, code))


@register.filter
def role_word(code: str) -> str:
    """A role in words."""
    return str(states.ROLES.get(code, code))


@register.filter
def factor_word(code: str) -> str:
    """What opens a login beside its password, in words."""
    return str(accounts.FACTORS.get(code, code))


@register.filter
def login_state_word(code: str) -> str:
    """How a login stands, in words."""
    return str(accounts.LOGIN_STATES.get(code, code))


@register.filter
def how_word(code: str) -> str:
    """How somebody signed in, in words."""
    return str(accounts.HOW.get(code, code))


@register.filter
def area_kind(code: str) -> str:
    """A kind of area in words."""
    return str(states.AREA_KINDS.get(code, code))


@register.filter
def building_kind(code: str) -> str:
    """A kind of building in words."""
    return str(states.BUILDING_KINDS.get(code, code))


@register.filter
def sex_word(code: str) -> str:
    """A person's sex in words."""
    return str(states.SEXES.get(code, code))


@register.filter
def verb_word(code: str) -> str:
    """What an action did, in words."""
    return str(verbs.VERBS.get(code, code))


@register.filter
def look_word(code: str) -> str:
    """Where names were seen, in words."""
    return str(LOOKS.get(code, code))


@register.filter
def place(of: Area | Building | Employer | None) -> str:
    """The name of a place in the reader's language; nothing where there is none."""
    return in_language(of.name, of.name_en) if of else ""


@register.filter
def door(of: Door | None) -> str:
    """A door as people say it; nothing where there is none."""
    return door_words(of.stair, of.number) if of else ""


@register.filter
def detail_words(detail: Mapping[str, Any]) -> str:
    """What a journal line counts, in words; codes stay codes."""
    return " · ".join(details(detail))


def details(detail: Mapping[str, Any], names: Mapping[str, str] | None = None, *, on: date | None = None) -> list[str]:
    """The parts of a journal line's detail in words; `names` are the codes whose names the reader may see.

    Days are told as they are read on a day (none given: today).
    """
    told = {key: value for key, value in detail.items() if value not in (0, "", None, False)}
    return [_detail(key, value, names or {}, on or today()) for key, value in told.items()]


def _detail(key: str, value: Any, names: Mapping[str, str], on: date) -> str:
    if key == "group":
        return str(GROUPS.get(value, value))
    label = str(verbs.DETAILS.get(key, key))
    if value is True or key == "refused":
        return label
    if isinstance(value, list):
        value = _(", ").join(str(one) for one in value)
    elif key == "bytes":
        value = filesizeformat(value)
    elif isinstance(value, int):
        value = number(value)
    elif key == "role":
        value = role_word(value)
    elif key in NAMED:
        value = names.get(value, value)
    elif key in DAYS:
        value = _day(str(value), on)
    elif key in accounts.DETAILS or key in WORDED:
        words = {**accounts.DETAILS.get(key, {}), **WORDED.get(key, {})}
        value = words.get(value, value)
    return f"{label} {value}"


def _day(written: str, on: date) -> str:
    try:
        return day(date.fromisoformat(written), beside=on)
    except ValueError:
        return written
