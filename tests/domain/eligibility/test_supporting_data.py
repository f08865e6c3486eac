"""CDC's XML: what is read, and a clear word for every file that is broken, hostile or something else."""

from __future__ import annotations

from datetime import date

import pytest

from invented import files, invented_schedule
from linli.domain.calendar import Period
from linli.domain.eligibility import ScheduleError
from linli.domain.eligibility.paths import Kind
from linli.domain.eligibility.supporting_data import read_supporting_data
from shared import cdc_schedule, needs_cdsi

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE antigenSupportingData [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<antigenSupportingData><series><seriesName>&b;</seriesName></series></antigenSupportingData>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE antigenSupportingData SYSTEM "file:///etc/passwd"><antigenSupportingData/>"""
RED = "antigen-Redpox.xml"


def test_the_invented_schedule() -> None:
    rules = invented_schedule()
    assert [group.name for group in rules.groups if len(group.antigens) > 1 and group.full] == ["Twins"]
    first, late = rules.series_of_antigen["Redpox"][:2]
    assert (first.kind, first.path.default, first.path.maximum_start) == (Kind.STANDARD, True, Period(months=12))
    assert first.doses[0].ages[0].absolute_minimum == Period(days=38)
    assert first.doses[2].intervals[1].from_target == 1
    assert first.doses[2].allowable_intervals[0].absolute_minimum == Period(days=84)
    assert late.path.preference == 2
    assert rules.series_of_antigen["Greypox"][-1].code == "Greypox"  # it asks whether another group is complete
    winter = rules.series_of_antigen["Winterpox"][0].doses[0]
    assert (winter.season_start, winter.season_end) == (date(2025, 9, 1), date(2026, 3, 31))
    assert rules.conflicts_of_vaccine["911"]["912"].minimum_end == Period(days=24)
    assert rules.observations_of_antigen["Redpox"] == {"101", "102", "201", "202", "301", "302"}


@needs_cdsi
def test_the_published_schedule() -> None:
    rules = cdc_schedule()
    assert len(rules.groups) == 26
    assert len(rules.series) == 143
    assert len(rules.antigens) == 30
    assert all(name in rules.antigen_of_name for group in rules.groups for name in group.antigens)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not well-formed XML"),
        (b"<antigenSupportingData><series>", "is not well-formed XML"),
        (b"\x00\xff\xfe not xml", "is not well-formed XML"),
        (b"<html><body/></html>", "is not CDSi supporting data: its root is <html>"),
        (BOMB, "has a document type or entities"),
        (OUTSIDE, "has a document type or entities"),
        (b"<antigenSupportingData/>", "expected series of one antigen, found none"),
        (b"<" + b"a" * (33 << 20), "larger than 32 MB"),
    ],
    ids=["empty", "cut", "binary", "html", "bomb", "outside", "no-series", "huge"],
)
def test_a_bad_file_is_left_out_with_its_reason_and_the_rest_is_read(data: bytes, message: str) -> None:
    read = read_supporting_data(files() | {RED: data})
    assert [problem.file for problem in read.problems] == [RED, "schedule.xml"]
    assert message in read.problems[0].message
    assert read.problems[1].message == "vaccine group Redpox: no file of Redpox"
    assert "Redpox" not in read.schedule.series_of_antigen
    assert read.schedule.series_of_antigen.keys() == invented_schedule().series_of_antigen.keys() - {"Redpox"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"6 weeks - 4 days", b"six weeks", "/series[1]/seriesDose[1]/age[1]/absMinAge: not a period: 'six weeks'"),
        (b"<seriesType>Standard", b"<seriesType>Usual", "/series[1]/seriesType: not one of standard, risk"),
        (b"<doseNumber>Dose 2", b"<doseNumber>Dose 4", "/series[1]: doses are not numbered from 1 on"),
        (b"<conditionType>Interval", b"<conditionType>Moon", "conditionType: not known: 'moon'"),
        (b"<context>Both", b"<context>Never", "conditionalSkip[1]/context: not one of evaluation, forecast, both"),
        (b"<cvx>902<", b"<cvx>nine<", "allowableVaccine[1]/cvx: not a CVX code: 'nine'"),
        (b"01/01/1950", b"31/31/1950", "immunityBirthDate: not a date: '31/31/1950'"),
        (b"greater than", b"roughly", "doseCountLogic: not one of greater than"),
        (b"<targetDisease>Redpox", b"<targetDisease>Bluepox", "expected series of one antigen"),
        (b"<fromTargetDose>1", b"<fromTargetDose>one", "fromTargetDose: not a number: 'one'"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(old: bytes, new: bytes, message: str) -> None:
    sound = files()[RED]
    assert old in sound
    read = read_supporting_data(files() | {RED: sound.replace(old, new, 1)})
    assert [problem.file for problem in read.problems] == [RED, "schedule.xml"]
    assert message in read.problems[0].message


def test_a_group_that_lacks_an_antigen_is_left_out() -> None:
    read = read_supporting_data(files() | {"antigen-Twin B.xml": b"<broken"})
    assert read.problems[1].message == "vaccine group Twins: no file of Twin B"
    assert [group.name for group in read.schedule.groups] == [
        group.name for group in invented_schedule().groups if group.name != "Twins"
    ]


def test_the_same_antigen_twice() -> None:
    read = read_supporting_data(files() | {"zz.xml": files()[RED]})
    assert [(problem.file, problem.message) for problem in read.problems] == [
        ("zz.xml", "antigen Redpox stands in another file too")
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schedule.xml": b"<broken"}, "expected one file of scheduleSupportingData, found 0; schedule.xml: is not"),
        ({"schedule2.xml": files()["schedule.xml"]}, "expected one file of scheduleSupportingData, found 2"),
        ({"schedule.xml": b"<scheduleSupportingData/>"}, "schedule.xml: /cvxToAntigenMap: missing"),
        ({name: b"<x/>" for name in files() if name != "schedule.xml"}, "no file of an antigen can be used"),
    ],
)
def test_a_folder_without_a_schedule_is_refused(change: dict[str, bytes], message: str) -> None:
    with pytest.raises(ScheduleError) as refusal:
        read_supporting_data(files() | change)
    assert message in str(refusal.value)
