"""Which series matter for a person (chapter 5), who is immune (7.2) and who must not be vaccinated (7.3)."""

from __future__ import annotations

from linli.domain.calendar import day_of
from linli.domain.eligibility.antigens import Antigen, BirthImmunity, Contraindication
from linli.domain.eligibility.chart.history import Chart
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.schedule import Series


def relevant(chart: Chart, series: Series) -> bool:
    """Tables 5-4 and 5-5: of the person's gender, and for everybody or with an indication that applies."""
    if chart.person.sex not in series.genders:
        return False
    if series.kind is not Kind.RISK:
        return True
    return any(chart.applies(row.observation, row.begin_age, row.end_age) for row in series.indications)


def immune(chart: Chart, antigen: Antigen) -> bool:
    """Table 7-3: by what was found, or by year and country of birth."""
    if any(code in chart.observed for code in antigen.immune_observations):
        return True
    return any(_born_immune(chart, row) for row in antigen.birth_immunities)


def _born_immune(chart: Chart, row: BirthImmunity) -> bool:
    return (
        chart.birth < day_of(row.born_before)
        and not any(code in chart.observed for code in row.exclusions)
        and (not row.country or row.country == chart.person.country)
    )


def contraindication(chart: Chart, antigen: Antigen, series: Series) -> Contraindication | None:
    """Table 7-7: what forbids the antigen, or the last of what forbids each preferable vaccine of the series."""
    applying = [row for row in antigen.contraindications if chart.applies(row.observation, row.begin_age, row.end_age)]
    if not applying:
        return None
    whole = next((row for row in applying if row.vaccine is None), None)
    if whole is not None:
        return whole
    forbidden = {row.vaccine: row for row in applying}
    vaccines = {use.vaccine for dose in series.doses for use in dose.preferable}
    return applying[-1] if vaccines and vaccines <= forbidden.keys() else None


def guidance(chart: Chart, antigen: Antigen, series: Series) -> tuple[str, ...]:
    """What people who vaccinate should know: of the series, of its indications and of contraindications that apply."""
    indications = (row for row in series.indications if chart.applies(row.observation, row.begin_age, row.end_age))
    forbidding = (
        row for row in antigen.contraindications if chart.applies(row.observation, row.begin_age, row.end_age)
    )
    told = (*series.path.guidance, *(row.guidance for row in indications), *(row.guidance for row in forbidding))
    return tuple(dict.fromkeys(filter(None, told)))


def forbidden_vaccines(chart: Chart, antigen: Antigen) -> frozenset[str]:
    """Vaccines of the antigen that this person must not have (table 7-6)."""
    return frozenset(
        row.vaccine
        for row in antigen.contraindications
        if row.vaccine is not None and chart.applies(row.observation, row.begin_age, row.end_age)
    )
