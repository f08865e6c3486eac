"""One antigen's file: who is immune, who must not have a vaccine, and the series."""

from __future__ import annotations

from linli.domain.eligibility.antigens import Antigen, BirthImmunity, Contraindication
from linli.domain.eligibility.dated import Names, Source
from linli.domain.eligibility.paths import ANYBODY, Indication, Kind, Pathway
from linli.domain.eligibility.schedule import Series
from linli.domain.eligibility.supporting_data.series_dose import read_dose
from linli.domain.eligibility.supporting_data.xml import Node
from linli.domain.eligibility.tables import ScheduleError

_KINDS = {kind.value: kind.value for kind in Kind}


def read_antigen(root: Node, source: Source) -> tuple[Antigen, tuple[Series, ...]]:
    """Read the root of an antigen supporting-data file. Raises ScheduleError naming what is wrong."""
    if root.tag != "antigenSupportingData":
        raise ScheduleError(f"expected antigenSupportingData, found {root.tag}")
    series = tuple(_series(row, source) for row in root.all("series"))
    names = {row.antigen for row in series}
    if len(names) != 1:
        raise ScheduleError(f"expected series of one antigen, found {sorted(names) or 'none'}")
    antigen = Antigen(
        name=names.pop(),
        immune_observations=root.texts("immunity/clinicalHistory/guidelineCode"),
        birth_immunities=tuple(
            BirthImmunity(day, row.text("birthCountry"), row.texts("exclusion/exclusionCode"))
            for row in root.all("immunity/dateOfBirth")
            if (day := row.day("immunityBirthDate")) is not None
        ),
        contraindications=_contraindications(root),
    )
    return antigen, series


def _contraindications(root: Node) -> tuple[Contraindication, ...]:
    whole = (
        Contraindication(
            observation=row.text("observationCode"),
            title=row.text("observationTitle"),
            text=row.text("contraindicationText"),
            guidance=row.text("contraindicationGuidance"),
            begin_age=row.period("beginAge"),
            end_age=row.period("endAge"),
        )
        for row in root.all("contraindications/vaccineGroup/contraindication")
    )
    single = (
        Contraindication(
            observation=row.text("observationCode"),
            title=row.text("observationTitle"),
            text=row.text("contraindicationText"),
            guidance=row.text("contraindicationGuidance"),
            begin_age=one.period("beginAge"),
            end_age=one.period("endAge"),
            vaccine=one.vaccine(),
        )
        for row in root.all("contraindications/vaccine/contraindication")
        for one in row.all("contraindicatedVaccine")
    )
    return tuple(row for row in (*whole, *single) if row.observation)


def _series(row: Node, source: Source) -> Series:
    name = row.take("seriesName")
    select = row.first("selectSeries")
    doses = tuple(read_dose(one, source) for one in row.all("seriesDose"))
    if [dose.number for dose in doses] != list(range(1, len(doses) + 1)) or not doses:
        raise ScheduleError(f"{row.path}: doses are not numbered from 1 on")
    return Series(
        code=name,
        names=Names(zh="", en=name),
        platform="",
        doses=doses,
        antigen=row.take("targetDisease"),
        kind=Kind(row.choice("seriesType", _KINDS)),
        genders=frozenset(gender.casefold() for gender in row.texts("requiredGender")) or ANYBODY,
        indications=tuple(
            Indication(
                observation=one.text("observationCode/code"),
                text=one.text("observationCode/text") or one.text("description"),
                begin_age=one.period("beginAge"),
                end_age=one.period("endAge"),
                guidance=one.text("guidance"),
            )
            for one in row.all("indication")
            if one.text("observationCode/code")
        ),
        path=Pathway(
            group=select.take("seriesGroup"),
            group_name=select.text("seriesGroupName"),
            equivalent=tuple(part.strip() for part in row.text("equivalentSeriesGroups").split(";") if part.strip()),
            default=select.yes("defaultSeries"),
            product=select.yes("productPath"),
            priority=select.text("seriesPriority") or "A",
            preference=select.number("seriesPreference", 99),
            minimum_start=select.period("minAgeToStart"),
            maximum_start=select.period("maxAgeToStart"),
            guidance=row.texts("seriesAdminGuidance"),
        ),
    )
