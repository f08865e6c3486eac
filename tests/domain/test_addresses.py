"""Addresses as lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.addresses import Found, find, normal

KNOWN = {
    normal(text) for text in ("新闸路1000弄1号", "新闸路1000弄10号", "嘉地中心", "北京西路605弄3号", "Sculpture Park")
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("新闸路1000弄1号", ("新闸路1000弄1号", "", ""), id="the building alone"),
        pytest.param("新闸路1000弄1号301室", ("新闸路1000弄1号", "", "301"), id="with a door"),
        pytest.param("新闸路1000弄10号301", ("新闸路1000弄10号", "", "301"), id="the longest building wins"),
        pytest.param("新闸路１０００弄１号 ３０１室", ("新闸路1000弄1号", "", "301"), id="full width and spaces"),
        pytest.param("新闸路1000弄1号2单元301室", ("新闸路1000弄1号", "2", "301"), id="stair and door"),
        pytest.param(
            "上海市静安区石门二路街道北京西路605弄3号", ("北京西路605弄3号", "", ""), id="city and district in front"
        ),
        pytest.param("SCULPTURE PARK", ("sculpturepark", "", ""), id="case"),
        pytest.param("新闸路1000弄1号附近", None, id="a rest that is no door"),
        pytest.param("无名路3号", None, id="nobody knows it"),
        pytest.param("", None, id="empty"),
    ],
)
def test_find(text: str, found: tuple[str, str, str] | None) -> None:
    assert find(text, KNOWN) == (None if found is None else Found(*found))


@given(st.text())
def test_any_text_finds_a_known_building_or_nothing(text: str) -> None:
    found = find(text, KNOWN)
    assert found is None or found.building in KNOWN


@given(st.text())
def test_normal_is_normal(text: str) -> None:
    assert normal(normal(text)) == normal(text)
