"""Phones, names and credit codes. All are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.identity import IdentityError, read_name, read_phone, read_uscc
from linli.domain.identity.name import doubt_about


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("86-13800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("'13800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("021-62580000", "021-62580000"),
        ("02162580000", "021-62580000"),
        ("(021) 6258 0000", "021-62580000"),
        ("+86 21 62580000", "021-62580000"),
        ("0571-87000000", "0571-87000000"),
        ("021-62580000转12", "021-62580000-12"),
        ("021-62580000-12", "021-62580000-12"),
        ("62580000", "62580000"),
        ("4008000000", "4008000000"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_phones(text: str, phone: str) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize("text", ["", "138", "1380000000", "12345678901", "1.38E+10", "没有", "138000000000000000"])
def test_no_phone(text: str) -> None:
    with pytest.raises(IdentityError) as refused:
        read_phone(text)
    assert refused.value.code == "bad_phone"


@pytest.mark.parametrize("between", ["/", "、", "，", " ", ";"])
def test_the_first_of_several_phones_is_kept(between: str) -> None:
    with pytest.raises(IdentityError) as refused:
        read_phone(f"13800000000{between}021-62580000")
    assert (refused.value.code, refused.value.params) == ("several_phones", {"kept": "13800000000"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张示例", "张示例"),
        ("张　三", "张三"),
        (" 李\u00a0四 ", "李四"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("EXAMPLE  Jane", "EXAMPLE Jane"),
        ("O'Example", "O'Example"),
        ("㐂示例", "㐂示例"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert read_name(text) == name
    assert doubt_about(name) == ""


@pytest.mark.parametrize("text", ["", "123", "---", "示\ufffd例", "长" * 61])
def test_not_a_name(text: str) -> None:
    with pytest.raises(IdentityError) as refused:
        read_name(text)
    assert refused.value.code == "not_a_name"


@pytest.mark.parametrize(("name", "doubt"), [("张2", "odd_name"), ("张*", "masked_name"), ("张", "odd_name")])
def test_odd_names_are_marked(name: str, doubt: str) -> None:
    assert doubt_about(read_name(name)) == doubt


def test_credit_codes() -> None:
    assert read_uscc(" 91110000600037341l ") == "91110000600037341L"
    for text, code in (("91110000600037341M", "uscc_check_digit"), ("12345", "uscc_format"), ("", "uscc_format")):
        with pytest.raises(IdentityError) as refused:
            read_uscc(text)
        assert refused.value.code == code


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_phone, read_name, read_uscc):
        try:
            taken = read(text)
        except IdentityError as refused:
            taken = refused.code
        assert taken
