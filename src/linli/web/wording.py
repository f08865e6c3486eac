"""Template filters that word codes: `{{ state|state_word }}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from linli.records.people.models import Employer
from linli.records.places.models import Area, Building, Door
from linli.web.shell.days import number
from linli.words import states, verbs
from linli.words.places import door_words
from linli.words.reasons import GROUPS, in_language

register = template.Library()
# The details of a journal line that are codes with a name.
NAMED = ("source", "area", "programme")


@register.filter
def state_word(code: str) -> str:
    """How a person stands, in words."""
    return str(states.STATES.get(code, code))


@register.filter
def role_word(code: str) -> str:
    """A role in words."""
    return str(states.ROLES.get(code, code))


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


def details(detail: Mapping[str, Any], names: Mapping[str, str] | None = None) -> list[str]:
    """The parts of a journal line's detail in words; `names` are the codes whose names the reader may see."""
    return [_detail(key, value, names or {}) for key, value in detail.items() if value not in (0, "", None, False)]


def _detail(key: str, value: Any, names: Mapping[str, str]) -> str:
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
    return f"{label} {value}"
