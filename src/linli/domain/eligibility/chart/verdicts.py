"""What a dose counts for in a vaccine group, where several antigens or series judged it."""

from __future__ import annotations

from collections.abc import Iterable

from linli.domain.eligibility.chart.grouping import GroupForecast
from linli.domain.eligibility.chart.state import Evaluation
from linli.domain.eligibility.histories import DoseStatus

_WORST_FIRST = (DoseStatus.SUBSTANDARD, DoseStatus.NOT_VALID, DoseStatus.VALID, DoseStatus.EXTRANEOUS)
_BEST_FIRST = (DoseStatus.VALID, DoseStatus.NOT_VALID, DoseStatus.SUBSTANDARD, DoseStatus.EXTRANEOUS)


def verdicts(forecasts: Iterable[GroupForecast]) -> dict[int, Evaluation]:
    """How each dose of a vaccine group was judged, by its place in the person's doses.

    For one forecast a dose is not valid where it is so for any antigen of the group; of several forecasts (everybody's
    and a risk's) the one for which it counts speaks.
    """
    found: dict[int, list[Evaluation]] = {}
    for forecast in forecasts:
        of_one: dict[int, list[Evaluation]] = {}
        for series in forecast.series:
            for judged in series.state.evaluations:
                of_one.setdefault(judged.record.place, []).append(judged)
        for place, several in of_one.items():
            found.setdefault(place, []).append(_first(several, _WORST_FIRST))
    return {place: _first(several, _BEST_FIRST) for place, several in found.items()}


def _first(several: list[Evaluation], order: tuple[DoseStatus, ...]) -> Evaluation:
    return min(several, key=lambda judged: order.index(judged.status))
