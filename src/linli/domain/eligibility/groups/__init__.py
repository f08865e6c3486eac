"""One vaccine group of a country's schedule worked as a programme of its own: a drive for influenza, HPV, MMR.

`schedule_of_group` cuts the group out; what comes of it answers `assess`, `timeline` and `explain` like a programme of
our own files.
"""

from __future__ import annotations

from linli.domain.eligibility.groups.assessing import assess_group, warm_up
from linli.domain.eligibility.groups.changing import Changes, changes
from linli.domain.eligibility.groups.cutting import schedule_of_group
from linli.domain.eligibility.groups.explaining import explain_group
from linli.domain.eligibility.groups.stretching import group_timeline

__all__ = ["Changes", "assess_group", "changes", "explain_group", "group_timeline", "schedule_of_group", "warm_up"]
