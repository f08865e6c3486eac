"""Lists that come back from Excel: three-way, row by row."""

from __future__ import annotations

from linli.records.lists.queries.returns.doses import DoseChange
from linli.records.lists.queries.returns.gathering import is_copy
from linli.records.lists.queries.returns.judging import REMOVED_FROM, judge_return
from linli.records.lists.queries.returns.pending import Decided

__all__ = ["REMOVED_FROM", "Decided", "DoseChange", "is_copy", "judge_return"]
