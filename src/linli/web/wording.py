"""Template filters that word codes: `{{ state|state_word }}`."""

from __future__ import annotations

from django import template

from linli.words import states, verbs

register = template.Library()


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
def detail_words(detail: dict[str, object]) -> str:
    """The counts of a journal line, in words."""
    return " · ".join(
        f"{verbs.DETAILS.get(key, key)} {value}" for key, value in detail.items() if value not in (0, "", None)
    )
