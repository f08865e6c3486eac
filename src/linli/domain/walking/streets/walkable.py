"""Which of OpenStreetMap's ways are walked, by their tags.

As routers for people on foot read them (OSRM's and OpenStreetMap's defaults): everything with footways or quiet
traffic, steps included. A trunk road, in Chinese cities mostly an elevated one, a motorway, a cycleway or a bridleway
only where a tag lets people walk.
"""

from __future__ import annotations

from collections.abc import Mapping

_WALKED = frozenset(
    (
        *("primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified"),
        *("residential", "living_street", "service", "pedestrian", "footway", "path", "steps", "track", "road"),
        *("corridor", "platform", "crossing"),
    )
)
_WITH_LEAVE = frozenset(("trunk", "trunk_link", "motorway", "motorway_link", "cycleway", "bridleway", "busway"))
_LEAVE = frozenset(("yes", "designated", "permissive", "official", "destination"))
_NO = frozenset(("no", "private", "use_sidepath"))
_CLOSED = frozenset(("no", "private"))
_SIDEWALK = frozenset(("both", "left", "right", "yes"))
# The tags that decide; a reader need keep no other.
TAGS = frozenset(("highway", "foot", "access", "motorroad", "sidewalk"))


def is_walkable(tags: Mapping[str, str]) -> bool:
    """Whether people walk on a way. "One-way" is for wheels, and is not asked."""
    highway, foot = tags.get("highway", ""), tags.get("foot", "")
    if foot in _NO or highway not in _WALKED | _WITH_LEAVE:
        return False
    if foot in _LEAVE:
        return True
    is_open = tags.get("access", "") not in _CLOSED and tags.get("motorroad", "") != "yes"
    return is_open and (highway in _WALKED or tags.get("sidewalk", "") in _SIDEWALK)
