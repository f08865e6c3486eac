"""Figures fit for everybody: small numbers hidden so that no reader can work them out, the rest rounded together."""

from linli.domain.suppression.audit import Rate, ranges
from linli.domain.suppression.publishing import Loss, Published, publish
from linli.domain.suppression.rounding import together
from linli.domain.suppression.rules import Rules, Why, sensitive
from linli.domain.suppression.table import Table, counted

__all__ = [
    "Loss",
    "Published",
    "Rate",
    "Rules",
    "Table",
    "Why",
    "counted",
    "publish",
    "ranges",
    "sensitive",
    "together",
]
