"""Records that may be one person: found, weighed and put in order for a human to decide."""

from __future__ import annotations

from linli.domain.identity.duplicates.columns import People
from linli.domain.identity.duplicates.finding import LEAST, Found, find
from linli.domain.identity.duplicates.weights import AGAINST, REASONS

__all__ = ["AGAINST", "LEAST", "REASONS", "Found", "People", "find"]
