"""What is left of names, phones and numbers for those without the right to them. All are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.identity.masking import mask_name, mask_number, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王秀英", "王**"),
        ("王英", "王*"),
        ("王", "王"),
        ("欧阳明", "欧阳*"),
        ("歐陽明華", "歐陽**"),
        ("欧阳", "欧*"),
        ("万俟示例", "万俟**"),
        ("上官", "上*"),
        ("买买提·艾力", "买**·艾*"),
        ("EXAMPLE Jane", "E. J."),
        ("Jane van Example", "J. V. E."),
        ("O'Example", "O. E."),
        ("wang xiuying", "W. X."),
        ("王Xiuying", "王*******"),
        ("", ""),
    ],
)
def test_names_keep_the_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("021-62581234", "021*****1234"),
        ("+85291234567", "+85*****4567"),
        ("62581234", "****1234"),
        ("6258123", "****123"),
        ("", ""),
    ],
)
def test_phones_keep_their_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("310106199001011236", "**************1236"),
        ("E12345678", "*****5678"),
        ("H123456", "****456"),
        ("123", "**3"),
        ("1", "*"),
        ("", ""),
    ],
)
def test_numbers_keep_their_last_four(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text("王欧阳修英", min_size=2, max_size=6), st.text("+-0123456789", max_size=16))
def test_something_is_hidden(name: str, number: str) -> None:
    assert 1 <= len(mask_name(name).rstrip("*")) < len(name)
    assert mask_number(number).count("*") * 2 >= len(number)
    assert mask_phone(number).count("*") >= min(4, len(number) // 2)
