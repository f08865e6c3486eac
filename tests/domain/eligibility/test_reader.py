"""Schedules in TOML: what comes with linli is whole and cited; a broken file is refused with the key that is wrong."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from histories import CN

from linli.domain.calendar import Period
from linli.domain.eligibility import ScheduleError, read_toml
from linli.reference import UnknownScheduleError, codes, schedule

TEXT = (files("linli.reference") / "covid-19-cn-2021.toml").read_text(encoding="utf-8")


def test_the_schedules_that_come_with_linli() -> None:
    assert codes() == ("covid-19-cn-2021",)
    assert schedule("covid-19-cn-2021") is CN
    with pytest.raises(UnknownScheduleError, match="no schedule 'x'; there are: covid-19-cn-2021"):
        schedule("x")


def test_the_chinese_schedule() -> None:
    assert (CN.code, CN.version, CN.in_force_from) == ("covid-19-cn-2021", "2021-03-29", date(2021, 3, 29))
    assert CN.vaccine_codes == ("BIBP", "WIBP", "CoronaVac", "KCONVAC", "Ad5-nCoV", "ZF2001")
    assert [len(series.doses) for series in CN.series] == [2, 1, 3]
    assert set(CN.platforms) == {series.platform for series in CN.series}
    second = CN.series[0].doses[1].intervals
    assert (second[0].absolute_minimum, second[0].minimum) == (Period(days=14), Period(days=21))
    assert (second[1].from_target, second[1].latest_recommended) == (1, Period(days=57))


def test_days_on_which_the_rules_change() -> None:
    assert [day.isoformat() for day in CN.change_dates] == [
        "2020-12-15",
        "2021-03-25",
        "2021-03-29",
        "2021-08-12",
        "2021-09-01",
        "2021-10-28",
        "2021-11-18",
    ]


def test_every_value_has_its_source_and_mark() -> None:
    rows = [row for series in CN.series for dose in series.doses for row in (*dose.ages, *dose.intervals)]
    cited = [CN, *CN.vaccines, *CN.conflicts, *rows]
    assert all(one.source.text and one.source.mark in ("src", "mem", "der") for one in cited)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "covid-19-cn-2021"\n', "", "code: missing"),
        ("in_force_from = 2021-03-29", 'in_force_from = "soon"', "in_force_from: expected date, found 'soon'"),
        ("platform_binds = true", "platform_bonds = true", "platform_bonds: unknown key"),
        ('mark = "src"', 'mark = "guess"', "mark: expected one of src, mem, der, found 'guess'"),
        ('minimum = "21 days"', 'minimum = "soon"', "series[0].doses[1].intervals[0].minimum: not a period: 'soon'"),
        (
            'from = "previous dose"',
            'from = "any dose"',
            "series[0].doses[1].intervals[0].from: expected 'previous dose'",
        ),
        (
            'from = "target dose 1"',
            'from = "target dose 2"',
            "series[0].doses[1].intervals: target dose 2 is not before",
        ),
        ("number = 2", "number = 3", "series[0].doses[1].number: expected 2, found 3"),
        ('preferable = ["Ad5-nCoV"]', 'preferable = ["Ad6"]', "series[1].doses[0]: no vaccine has the code 'Ad6'"),
        ('preferable = ["Ad5-nCoV"]', "preferable = []", "series[1].doses[0].preferable: missing"),
        ('preferable = ["Ad5-nCoV"]', "preferable = [5]", "series[1].doses[0].preferable[0]: expected a table"),
        ('cvx = ["511"]', 'cvx = ["510"]', "vaccines: the name '510' belongs to more than one vaccine"),
        ('"科兴",', '"北京生物",', "vaccines: the name '北京生物' belongs to more than one vaccine"),
        ('cvx = ["511"]', "cvx = [511]", "vaccines[2].cvx: expected a list of texts"),
        ('code = "WIBP"', 'code = "BIBP"', "vaccines: two vaccines have the same code"),
        (
            'platform = "adenovirus"\ncvx',
            'platform = "mRNA"\ncvx',
            "Ad5-nCoV is of platform 'mRNA', which no series has",
        ),
        (
            'platform = "adenovirus"\nnames',
            'platform = "inactivated"\nnames',
            "series: two series have the same platform",
        ),
        (
            "cessation_on = 2021-03-24",
            "cessation_on = 2020-01-01",
            "series[0].ages[1].cessation_on: 2020-01-01 is before",
        ),
        ('interval = "14 days"', "", "conflicts[0].interval: missing"),
        ('zh = "灭活疫苗"', 'xx = "灭活疫苗"', "platforms[0].names.zh: missing"),
        ("[names]", "[names", "the file is not TOML"),
    ],
    ids=lambda text: text[:40] if isinstance(text, str) else None,
)
def test_a_broken_file_names_its_key(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ScheduleError) as refused:
        read_toml(TEXT.replace(old, new, 1).encode())
    assert message in str(refused.value)


def test_a_file_that_is_not_text_is_refused() -> None:
    with pytest.raises(ScheduleError, match="not UTF-8"):
        read_toml("编码".encode("gb18030"))


def test_a_vaccine_may_be_limited_by_age() -> None:
    limited = TEXT.replace(
        'preferable = ["Ad5-nCoV"]', 'preferable = [{ vaccine = "Ad5-nCoV", begin_age = "20 years" }]'
    )
    use = read_toml(limited.encode()).series[1].doses[0].preferable[0]
    assert (use.vaccine, use.begin_age, use.end_age) == ("Ad5-nCoV", Period(months=240), None)
