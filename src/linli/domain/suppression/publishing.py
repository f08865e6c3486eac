"""A table as it may be shown to everybody, with the proof of what a reader can work out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.domain.suppression.audit import Mask, ranges
from linli.domain.suppression.hiding import weights, with_complement
from linli.domain.suppression.rounding import together
from linli.domain.suppression.rules import Rules, Why, sensitive
from linli.domain.suppression.solver import Numbers
from linli.domain.suppression.table import Counts, Table


@dataclass(frozen=True, slots=True)
class Loss:
    """What hiding costs the reader."""

    cells: int  # of the whole table
    primary: int  # hidden for their own sake
    complement: int  # hidden so that those cannot be worked out
    share: float  # of all information, from 0 to 1, by the weights that the choice of cells keeps low


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Places by columns as in the table: why a number is hidden, what is shown, what a reader can work out."""

    why: NDArray[np.int8]
    shown: Counts  # rounded; nought where hidden
    low: Numbers  # what one who knew every shown number to the unit could work out
    high: Numbers
    loss: Loss

    @property
    def hidden(self) -> Mask:
        """Which cells are not shown."""
        return np.asarray(self.why > Why.SHOWN)


def publish(table: Table, rules: Rules, *, step: int = 1) -> Published:
    """Hide what is too small and what would give it away, and round what is left to multiples of `step`."""
    why = sensitive(table, rules)
    hidden = with_complement(table, why > Why.SHOWN, width=rules.small)
    why[hidden & (why == Why.SHOWN)] = Why.COMPLEMENT
    low, high = ranges(table, hidden)
    dear = weights(table)
    return Published(
        why=why,
        shown=np.where(hidden, 0, together(table, step=step)),
        low=low,
        high=high,
        loss=Loss(
            cells=why.size,
            primary=int((hidden & (why != Why.COMPLEMENT)).sum()),
            complement=int((why == Why.COMPLEMENT).sum()),
            share=float(dear[hidden].sum() / dear.sum()),
        ),
    )
