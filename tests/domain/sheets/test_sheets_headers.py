"""What the words above the columns mean."""

from __future__ import annotations

import pytest
from invented_lists import DAY, PRODUCTS

from linli.domain.sheets import (
    KINDS,
    SHEET_ERRORS,
    SheetError,
    label,
    parse,
    read,
    recognise,
    template,
    write_csv,
    write_xlsx,
)
from linli.domain.sheets.header import concept
from linli.domain.sheets.header_words import DOSE_LABELS, LABELS, WORDS
from linli.domain.sheets.layout import FIELDS, MEANING
from linli.domain.sheets.template import TEMPLATE_FIELDS


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("姓名", "name"),
        ("姓 名（必填）", "name"),
        ("*身份证号码", "id_number"),
        ("身份证号（15或18位）", "id_number"),
        ("ID Number*", "id_number"),
        ("Date of birth (yyyy-mm-dd)", "birth_date"),
        ("村（居）委会", "area"),
        ("联系\n电话", "phone"),
        ("第一针", "dose1_on"),
        ("第一针时间", "dose1_on"),
        ("第1剂接种日期", "dose1_on"),
        ("第１剂 接种时间", "dose1_on"),
        ("首剂疫苗厂家", "dose1_maker"),
        ("第二针疫苗名称", "dose2_product"),
        ("新冠疫苗第二针接种日期", "dose2_on"),
        ("第三剂次批号", "dose3_lot"),
        ("第二针接种点", "dose2_place"),
        ("Dose 1 date", "dose1_on"),
        ("1st dose vaccine", "dose1_product"),
        ("Date of dose 2", "dose2_on"),
        ("Second dose lot number", "dose2_lot"),
        ("dose2_on", "dose2_on"),
        ("Dose number", "dose_number"),
        ("剂次", "dose_number"),
        ("序号", ""),
        ("是否接种第一针", None),
        ("民族", None),
    ],
)
def test_headers(words: str, meaning: str | None) -> None:
    assert concept(words) == meaning


def test_no_word_has_two_meanings() -> None:
    words = [word for known in WORDS.values() for word in known.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_linli_reads_its_own_labels(language: str) -> None:
    for field in LABELS:
        assert concept(label(field, language)) in {field, f"{field}."}
    for part in DOSE_LABELS:
        assert concept(label(f"dose2_{part}", language)) == f"dose2_{part}"


def test_every_field_of_every_kind_has_a_label_and_words() -> None:
    for kind in KINDS:
        assert FIELDS[kind] <= set(LABELS)
        assert set(MEANING.get(kind, ())) <= FIELDS[kind]
        assert FIELDS[kind] <= set(WORDS) | set(MEANING.get(kind, ()))


@pytest.mark.parametrize(
    ("header", "kind", "fields"),
    [
        pytest.param("代码 名称 类型 上级代码", "areas", "area_code area_name area_kind parent_code", id="areas"),
        pytest.param("居委会代码 居委会名称", "areas", "area_code area_name", id="committees"),
        pytest.param(
            "Code Name Kind Parent", "areas", "area_code area_name area_kind parent_code", id="areas, English"
        ),
        pytest.param("楼栋名称 地址 居委会 层数", "buildings", "building_name address area floors", id="buildings"),
        pytest.param("名称 地址 经度 纬度", "buildings", "building_name address lon lat", id="buildings by address"),
        pytest.param("楼栋 单元 室号 户号", "doors", "building stair door household", id="doors"),
        pytest.param("地址 室号", "doors", "building door", id="doors by address"),
        pytest.param("居委会 楼号 姓名 身份证号", "people", "area building name id_number", id="people"),
        pytest.param(
            "姓名 身份证号 地址 工作单位", "people", "name id_number living_address employer", id="at work too"
        ),
        pytest.param(
            "姓名 身份证号 第一针 第一针疫苗", "people", "name id_number dose1_on dose1_product", id="wide doses"
        ),
        pytest.param("Name DOB Sex Phone", "people", "name birth_date sex phone", id="people, English"),
        pytest.param(
            "姓名 身份证号 接种日期 疫苗 剂次", "doses", "name id_number given_on product dose_number", id="doses"
        ),
        pytest.param("身份证号 接种日期 生产企业", "doses", "id_number given_on maker", id="doses by maker"),
        pytest.param(
            "单位名称 信用代码 楼宇 楼层", "employers", "employer employer_code work_building floor", id="employers"
        ),
        pytest.param("企业名称 联系人 联系电话", "employers", "employer contact phone", id="employers with a contact"),
        pytest.param("公司 姓名 手机 楼宇", "staff", "employer name phone work_building", id="staff"),
        pytest.param("Company Name ID", "staff", "employer name id_number", id="staff, English"),
    ],
)
def test_kinds(header: str, kind: str, fields: str) -> None:
    cells = header.split()
    layout = recognise(cells)
    assert (layout.kind, layout.unknown) == (kind, ())
    assert {field: column.header for field, column in layout.columns.items()} == dict(
        zip(fields.split(), cells, strict=True)
    )


def test_wide_doses_are_numbered() -> None:
    layout = recognise(["姓名", "证件号码", "第一针", "第二针", "疫苗"])
    assert (layout.dose_numbers, layout.carries_doses) == ((1, 2), True)
    assert not recognise(["姓名", "证件号码"]).carries_doses


def test_unknown_columns_are_named_and_counters_are_not() -> None:
    layout = recognise(["序号", "姓名", "身份证号", "民族", "年龄", "", "手机", "电话"])
    assert layout.unknown == ("民族", "电话")
    assert layout.columns["phone"].header == "手机"


@pytest.mark.parametrize(
    ("header", "code", "params"),
    [
        ("姓名 电话", "missing_columns", {"kind": "people", "needed": ("id_number|birth_date",), "seen": "姓名, 电话"}),
        (
            "姓名 身份证号 第一针",
            "missing_columns",
            {"kind": "people", "needed": ("dose1_product|product",), "seen": "姓名, 身份证号, 第一针"},
        ),
        (
            "姓名 接种日期 疫苗",
            "missing_columns",
            {"kind": "doses", "needed": ("id_number",), "seen": "姓名, 接种日期, 疫苗"},
        ),
        ("姓名 身份证号 证件号码", "duplicate_columns", {"field": "id_number", "columns": ("身份证号", "证件号码")}),
        ("姓名 身份证号 备注 备注", "duplicate_columns", {"field": "note", "columns": ("备注", "备注")}),
        ("苹果 备注", "unknown_kind", {"seen": "苹果, 备注"}),
    ],
)
def test_headers_that_cannot_be_used(header: str, code: str, params: dict[str, object]) -> None:
    with pytest.raises(SheetError) as error:
        recognise(header.split())
    assert (error.value.code, error.value.params) == (code, params)
    assert tuple(params) == SHEET_ERRORS[code]


def test_the_kind_may_be_told() -> None:
    assert recognise(["公司", "姓名", "身份证号", "楼栋"], kind="staff").columns["work_building"].header == "楼栋"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_templates_come_back_as_what_they_are(kind: str, language: str) -> None:
    rows = template(kind, language)
    for data, filename in ((write_csv(rows), "a.csv"), (write_xlsx(rows, title=kind), "a.xlsx")):
        sheet = read(data, filename=filename)
        layout = recognise(sheet.header)
        assert (layout.kind, layout.unknown, tuple(layout.columns)) == (kind, (), tuple(layout.columns))
        assert set(layout.columns) == set(TEMPLATE_FIELDS[layout.kind])
        parsed = parse(sheet, layout, products=PRODUCTS, on=DAY)
        assert (parsed.rows, [problem.code for problem in parsed.problems]) == ([], ["example_row"])
