"""One vaccine group of a country's schedule worked as a programme of its own: a drive for influenza, HPV, MMR.

`schedule_of_group` cuts the group out; what comes of it answers `assess`, `timeline` and `explain` like a programme of
our own files. What judges stands in modules of its own, since it brings a compiler along: `asking` calls them.
"""

from __future__ import annotations

from linli.domain.eligibility.groups.changing import Changes, changes
from linli.domain.eligibility.groups.cutting import schedule_of_group

__all__ = ["Changes", "changes", "schedule_of_group"]
