"""Products: how lists write them, and which may be given next."""

from __future__ import annotations

from datetime import date

import pytest
from histories import CN

from linli.domain.eligibility import EXEMPT_VACCINE, OTHER_VACCINE, UNKNOWN_VACCINE, match_products, products_for

INACTIVATED = ("BIBP", "WIBP", "CoronaVac", "KCONVAC")
ADULT = date(1980, 1, 1)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("BIBP", "BIBP"),
        (" bibp\t", "BIBP"),
        ("ＢＩＢＰ", "BIBP"),
        ("510", "BIBP"),
        ("0510", "BIBP"),
        ("510.0", "BIBP"),
        ("33.0", OTHER_VACCINE),
        ("511", "CoronaVac"),
        ("516", "KCONVAC"),
        ("506", "Ad5-nCoV"),
        ("507", "ZF2001"),
        ("513", "ZF2001"),
        ("wibp", "WIBP"),
        ("北京生物", "BIBP"),
        ("国药中生北京", "BIBP"),
        ("北京科兴中维", "CoronaVac"),
        ("深圳康泰", "KCONVAC"),
        ("腺病毒", "Ad5-nCoV"),
        ("重组蛋白", "ZF2001"),
        ("新型冠状病毒灭活疫苗（Vero细胞）（武汉生物）", "WIBP"),
        ("新型冠状病毒灭活疫苗（Vero细胞）", UNKNOWN_VACCINE),
        ("国药", UNKNOWN_VACCINE),
        ("", UNKNOWN_VACCINE),
        (None, UNKNOWN_VACCINE),
        ("13800138000", UNKNOWN_VACCINE),
        ("141", OTHER_VACCINE),
        ("33", OTHER_VACCINE),
        ("08", OTHER_VACCINE),
        ("18", EXEMPT_VACCINE),
        ("018", EXEMPT_VACCINE),
    ],
)
def test_what_a_list_means(text: str | None, meaning: str | int) -> None:
    index = meaning if isinstance(meaning, int) else CN.vaccine_codes.index(meaning)
    assert match_products(CN, [text]).tolist() == [index]


@pytest.mark.parametrize(
    ("series", "started_with", "on", "birth", "preferable", "allowable"),
    [
        (None, None, date(2020, 12, 14), ADULT, (), ()),
        (None, None, date(2020, 12, 15), ADULT, ("BIBP", "CoronaVac"), ()),
        (None, None, date(2021, 2, 24), ADULT, ("BIBP", "CoronaVac"), ()),
        (None, None, date(2021, 2, 25), ADULT, ("BIBP", "WIBP", "CoronaVac"), ()),
        (None, None, date(2021, 5, 12), ADULT, ("BIBP", "WIBP", "CoronaVac", "ZF2001"), ()),
        (None, None, date(2021, 5, 14), ADULT, (*INACTIVATED, "Ad5-nCoV", "ZF2001"), ()),
        (None, None, date(2021, 6, 20), date(2003, 6, 21), (), ()),
        (None, None, date(2021, 6, 20), None, (), ()),
        (None, None, date(2021, 3, 1), date(1950, 1, 1), (), ()),
        (None, None, date(2021, 8, 12), date(2006, 1, 1), INACTIVATED, ()),
        ("inactivated", "BIBP", date(2021, 3, 1), ADULT, ("BIBP",), ("WIBP", "CoronaVac")),
        ("inactivated", "BIBP", date(2021, 6, 20), ADULT, ("BIBP",), ("WIBP", "CoronaVac", "KCONVAC")),
        ("inactivated", "BIBP", date(2021, 3, 1), date(1950, 1, 1), ("BIBP",), ("WIBP", "CoronaVac")),
        ("cho-subunit", "ZF2001", date(2021, 6, 20), ADULT, ("ZF2001",), ()),
    ],
)
def test_products_that_may_be_given(
    series: str | None,
    started_with: str | None,
    on: date,
    birth: date | None,
    preferable: tuple[str, ...],
    allowable: tuple[str, ...],
) -> None:
    offer = products_for(CN, series=series, started_with=started_with, on=on, birth=birth)
    assert (offer.preferable, offer.allowable) == (preferable, allowable)
