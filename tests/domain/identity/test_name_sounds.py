"""How names are read and written: sounds, variant characters, and where two values differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.identity.differences import differences
from linli.domain.identity.sounds import letters, rough, syllables
from linli.domain.identity.surnames import surname_of
from linli.domain.identity.variants import one_form


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("单国庆", "shan guo qing"),
        ("仇英", "qiu ying"),
        ("查理", "zha li"),
        ("解放", "xie fang"),
        ("曾志伟", "zeng zhi wei"),
        ("区文", "ou wen"),
        ("乐怡", "yue yi"),
        ("盖丽", "ge li"),
        ("朴英", "piao ying"),
        ("尉迟明", "yu chi ming"),
        ("万俟明", "mo qi ming"),
        ("长孙华", "zhang sun hua"),
        ("国单", "guo dan"),  # as a given name the character is read as usual
        ("吕绿", "lv lv"),
    ],
)
def test_surnames_have_readings_of_their_own(name: str, sound: str) -> None:
    assert " ".join(syllables(name)) == sound


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("陳歐陽", "陈欧阳"),
        ("張國強", "张国强"),
        ("李喆", "李哲"),
        ("王堃", "王坤"),
        ("周昇", "周升"),
        ("呉徳栄", "吴德荣"),
        ("乾隆", "干隆"),  # one form for both is enough to compare by
        ("王秀英", "王秀英"),
        ("Anna", "Anna"),
    ],
)
def test_characters_written_in_several_ways_have_one_form(name: str, form: str) -> None:
    assert one_form(name) == form


@pytest.mark.parametrize(("one", "other"), [("zhang", "zan"), ("lin", "ling"), ("chen", "cheng"), ("nan", "lang")])
def test_sounds_that_the_delta_does_not_tell_apart(one: str, other: str) -> None:
    assert rough(one) == rough(other)


@pytest.mark.parametrize(("text", "plain"), [("LYU Xiuying", "lvxiuying"), ("Lǚ", "lv"), ("É-a", "ea"), ("王", "")])
def test_letters(text: str, plain: str) -> None:
    assert letters(text) == plain


@pytest.mark.parametrize(
    ("name", "surname"), [("欧阳明", "欧阳"), ("欧阳", "欧"), ("王明", "王"), ("歐陽明", "歐陽"), ("", "")]
)
def test_surnames(name: str, surname: str) -> None:
    assert surname_of(name) == surname


def test_differing_digits_are_marked() -> None:
    left, right = differences("310106195003120022", "310106195003210022")
    assert [text for text, differs in left if differs] == ["12"] or "".join(t for t, d in left if d)
    assert "".join(text for text, differs in left if not differs) == "".join(text for text, d in right if not d)


@given(st.text("0123456789王秀英", max_size=12), st.text("0123456789王秀英", max_size=12))
def test_the_parts_give_the_text_and_what_is_equal_is_equal(one: str, other: str) -> None:
    left, right = differences(one, other)
    assert "".join(text for text, _ in left) == one
    assert "".join(text for text, _ in right) == other
    assert [text for text, differs in left if not differs] == [text for text, differs in right if not differs]
    assert (one == other) == (not any(differs for _, differs in left + right))
