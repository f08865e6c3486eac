"""What went out, what came back and what the register says now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domain.sheets.copies import COPY_FIELDS, COPY_KINDS, UNITS, CopyKind
from linli.domain.sheets.three_way import differences

WORDS = st.sampled_from(["", "a", "b", "c"])


def told(**fields: str) -> dict[str, str]:
    return {field: fields.get(field, "") for field in COPY_FIELDS["people"]}


CASES = [
    ("nobody", {"phone": "1"}, {"phone": "1"}, {}, []),
    ("the register alone", {"phone": "1"}, {"phone": "2"}, {}, []),
    ("the file alone", {"phone": "1"}, {"phone": "1"}, {"phone": "2"}, [("phone", False)]),
    ("both, to the same", {"phone": "1"}, {"phone": "2"}, {"phone": "2"}, []),
    ("both", {"phone": "1"}, {"phone": "2"}, {"phone": "3"}, [("phone", True)]),
    ("other fields", {"phone": "1", "name": "a"}, {"phone": "1", "name": "b"}, {"phone": "2"}, [("phone", False)]),
    (
        "a home in two halves",
        {"building": "B1", "door": "1"},
        {"building": "B1", "door": "2"},
        {"building": "B2"},
        [("living", True)],
    ),
    (
        "a home in the file",
        {"building": "B1", "door": "1"},
        {"building": "B1", "door": "1"},
        {"door": "2"},
        [("living", False)],
    ),
    ("a home, to the same", {"building": "B1"}, {"building": "B2"}, {"building": "B2"}, []),
]


@pytest.mark.parametrize(("base", "ours", "edits", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_who_changed_what(
    base: dict[str, str], ours: dict[str, str], edits: dict[str, str], expected: list[tuple[str, bool]]
) -> None:
    found = differences("people", base=told(**base), ours=told(**ours), edits=edits)
    assert [(one.unit, one.is_conflict) for one in found] == expected


def test_a_home_is_told_whole() -> None:
    base, ours = told(building="B1", door="1"), told(building="B1", door="2")
    (one,) = differences("people", base=base, ours=ours, edits={"building": "B2"})
    assert dict(zip(one.fields, one.base, strict=True))["door"] == "1"
    assert dict(zip(one.fields, one.ours, strict=True))["door"] == "2"
    assert dict(zip(one.fields, one.file, strict=True)) == {
        **dict.fromkeys(UNITS["people"]["living"], ""),
        "building": "B2",
        "door": "1",
    }


@given(st.sampled_from(COPY_KINDS), st.data())
def test_what_holds_of_all(kind: CopyKind, data: st.DataObject) -> None:
    fields = COPY_FIELDS[kind]
    base, ours = ({field: data.draw(WORDS) for field in fields} for _ in range(2))
    edits = data.draw(st.dictionaries(st.sampled_from(fields), WORDS))
    found = differences(kind, base=base, ours=ours, edits=edits)
    for one in found:
        # Only what somebody touched, and only where the file says something new.
        assert set(one.fields) & set(edits)
        assert one.file not in (one.base, one.ours)
    # Taking everything leaves nothing: the same file again changes nothing.
    after = ours | {field: text for one in found for field, text in zip(one.fields, one.file, strict=True)}
    assert differences(kind, base=base, ours=after, edits=edits) == []
    # A register that nobody else touched gives no conflict.
    assert not any(one.is_conflict for one in differences(kind, base=base, ours=base, edits=edits))
    assert differences(kind, base=base, ours=ours, edits={}) == []
