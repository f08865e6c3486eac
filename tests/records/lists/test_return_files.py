"""What people do to a file in Excel: sort, cut, join, empty, type ids; each row finds its way back or says why not."""

from __future__ import annotations

from typing import Any

import pytest

from excel_desk import (
    PEOPLE,
    apply,
    bring_back,
    fates,
    person,
    remarks,
    row,
    take_out,
)
from linli.records.duplicates.actions import merge
from linli.records.lists.models import Export, List, Row
from linli.records.places.models import Area
from round_trip import changed, column, put, rows_of, table
from small_street import OFFICE, PEOPLE_HEADER, Load, outcomes, person_line, resident_id, table_counts


@pytest.fixture
def people(street: Area, load: Load) -> None:
    load(PEOPLE)


class TestTheFile:
    def test_rows_may_be_sorted_cut_and_joined_from_two_copies(self, people: None) -> None:
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out(language="en"), "xlsx")
        phone = first[0].index("联系电话")
        first[1][phone], second[3][phone] = "13911112222", "13933334444"
        back = bring_back(table([first[0], second[3], first[1]]), "joined.csv")
        assert fates(back) == {"changed": 2, "removed": 1}
        assert len(back.copies) == 2
        assert {one["old"] for one in row_changes(back)} == {"13800000001", "13800000003"}

    def test_a_header_pasted_in_between_is_passed_over(self, people: None) -> None:
        first, second = rows_of(take_out(area="S-1"), "xlsx"), rows_of(take_out(area="S-2"), "xlsx")
        back = bring_back(table([*first, *second]), "joined.csv")
        assert fates(back) == {"same": 4}
        assert Row.objects.get(list=back, line=4).problems[0]["code"] == "repeated_header"

    def test_columns_may_move_go_and_come(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        keep = [rows[0].index(header) for header in ("联系电话", "副本号", "姓名", "记录号")]
        moved = [[line[at] for at in keep] + ["my own"] for line in rows]
        moved[0][-1] = "我的备注"
        moved[2][0] = "13911112222"
        back = bring_back(table(moved), "moved.csv")
        assert (fates(back), back.unknown_columns) == ({"changed": 1, "same": 2}, ["我的备注"])
        apply(back)
        assert person("李秀英").phone == "13911112222"
        assert person("李秀英").living_door.number == "302"

    def test_a_column_for_reading_is_read_in_vain_and_says_so(self, people: None) -> None:
        back = bring_back(changed(take_out(), put("年龄（只读）", 5)))
        assert fates(back) == {"same": 3}
        told = Row.objects.get(list=back, line=2).problems
        assert [(one["code"], one["column"], one["value"], one["severity"]) for one in told] == [
            ("reading_only", "年龄（只读）", "5", "warning")
        ]

    def test_an_emptied_cell_takes_nothing_away(self, people: None) -> None:
        def change(sheet: Any) -> None:
            for header in ("姓名", "联系电话", "居委会", "楼栋", "单元", "室号"):
                put(header, None)(sheet)

        back = bring_back(changed(take_out(), change))
        before = table_counts()
        assert fates(back) == {"same": 3}
        told = Row.objects.get(list=back, line=2).problems
        assert {(one["code"], one["field"]) for one in told} >= {("emptied", "name"), ("emptied", "phone")}
        apply(back)
        assert table_counts() == before
        assert person("王建国").living_door.number == "301"

    def test_the_same_file_twice(self, people: None) -> None:
        content = changed(take_out(), put("联系电话", "13911112222"))
        assert fates(apply(bring_back(content))) == {"changed": 1, "same": 2}
        assert fates(apply(bring_back(content))) == {"same": 3}

    def test_a_row_twice_says_both_lines(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        phone = rows[0].index("联系电话")
        other = [*rows[1]]
        other[phone] = "13911112222"
        back = bring_back(table([*rows, other, rows[2]]), "twice.csv")
        assert fates(back) == {"bad": 2, "same": 3}
        for line in (2, 5):
            (problem,) = Row.objects.get(list=back, line=line).problems
            assert (problem["code"], problem["params"]) == ("record_twice", {"lines": ["2", "5"]})
        assert outcomes(back)[6] == "same"  # word for word the same as line 3
        assert Row.objects.get(list=back, line=6).problems[0]["params"] == {"first_line": 3}

    def test_one_record_of_two_copies_is_changed_once(self, people: None) -> None:
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out(), "xlsx")
        phone, name = first[0].index("联系电话"), first[0].index("姓名")
        first[1][phone] = second[1][phone] = "13911112222"
        back = bring_back(table([first[0], first[1], second[1]]), "twice.csv")
        assert fates(back) == {"changed": 1, "same": 1, "removed": 2}
        second[1][name] = "王新国"
        back = bring_back(table([first[0], first[1], second[1]]), "twice.csv")
        assert fates(back) == {"bad": 2, "removed": 2}

    def test_a_missing_row_is_shown_and_nothing_is_deleted(self, people: None) -> None:
        back = bring_back(changed(take_out(), lambda sheet: sheet.delete_rows(3)))
        before = table_counts()
        assert fates(back) == {"same": 2, "removed": 1}
        assert row(back, "removed").cells[2:6] == ["李秀英", "女", "1960-02-02", "13800000002"]
        assert apply(back).counts["removed"] == 1
        assert table_counts() == before


def row_changes(back: List) -> list[dict[str, Any]]:
    return [change for one in Row.objects.filter(list=back, outcome="changed") for change in one.changes]


class TestIds:
    @pytest.mark.parametrize(
        ("header", "value", "outcome", "code"),
        [
            ("记录号", "AAAAbbbbCCCC", "unknown", "unknown_record"),
            ("记录号", None, "bad", "record_missing"),
            ("副本号", "AAAAbbbbCCCC", "unknown", "unknown_copy"),
        ],
    )
    def test_an_id_that_leads_nowhere(
        self, people: None, header: str, value: str | None, outcome: str, code: str
    ) -> None:
        back = bring_back(changed(take_out(), put(header, value)))
        assert remarks(back, outcome) == [code]
        assert fates(back) == {outcome: 1, "same": 2, "removed": 1}

    def test_a_row_that_lost_its_copy_is_found_in_the_only_one_that_has_it(self, people: None) -> None:
        def change(sheet: Any) -> None:
            put("副本号", None)(sheet)
            put("联系电话", "13911112222")(sheet)

        assert fates(bring_back(changed(take_out(), change))) == {"changed": 1, "same": 2}

    def test_ids_survive_an_apostrophe(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        quoted = [rows[0], *([f"'{line[0]}", f"'{line[1]}", *line[2:]] for line in rows[1:])]
        assert fates(bring_back(table(quoted), "quoted.csv")) == {"same": 3}

    @pytest.mark.parametrize(
        ("drop", "code"), [("副本号", "copy_missing"), ("记录号", "not_a_copy")], ids=["copy", "record"]
    )
    def test_a_column_of_ids_is_gone(self, people: None, drop: str, code: str) -> None:
        content = changed(take_out(), lambda sheet: sheet.delete_cols(column(sheet, drop)))
        back = bring_back(content)
        assert (back.state, back.refusal["code"]) == ("refused", code)

    def test_too_many_copies_in_one_file(self, people: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("linli.records.lists.queries.returns.gathering.MOST_COPIES", 1)
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out(), "xlsx")
        back = bring_back(table([*first, *second[1:]]), "joined.csv")
        assert back.refusal == {"code": "too_many_copies", "params": {"copies": 2, "limit": 1}}

    def test_a_thousand_forged_copies(self, people: None) -> None:
        rows = rows_of(take_out(), "xlsx")
        forged = [[f"rec{n:09d}", f"copy{n:08d}", *rows[1][2:]] for n in range(40_000)]
        back = bring_back(table([*rows, *forged]), "forged.csv")
        assert fates(back) == {"same": 3, "unknown": 40_000}

    def test_a_copy_of_another_installation(self, people: None) -> None:
        content = take_out()
        Export.objects.all().delete()
        back = bring_back(content)
        assert (back.state, back.refusal["code"]) == ("refused", "copy_unknown")

    def test_a_list_that_never_went_out(self, people: None) -> None:
        back = bring_back(PEOPLE.encode(), "people.csv")
        assert (back.state, back.refusal["code"]) == ("refused", "not_a_copy")

    def test_a_copy_that_comes_as_any_other_list_is_taken_for_what_it_is(self, people: None, receive: Load) -> None:
        back = receive(changed(take_out(), put("联系电话", "13911112222")), "copy.xlsx")
        assert (back.is_return, back.source.code, fates(back)) == (True, "by-hand", {"changed": 1, "same": 2})

    def test_rows_of_another_kind(self, people: None) -> None:
        first, second = rows_of(take_out(), "xlsx"), rows_of(take_out("buildings"), "xlsx")
        pasted = [*second[1][:2], *[""] * (len(first[0]) - 2)]
        back = bring_back(table([*first, pasted]), "mixed.csv")
        assert remarks(back, "bad") == ["copy_of_other_kind"]

    def test_someone_merged_leads_to_the_kept_one_and_says_so(self, people: None, load: Load) -> None:
        load(PEOPLE_HEADER + person_line("王健国", resident_id("19500101", 7), door="303", phone="13800000009"))
        content = changed(take_out(), put("联系电话", "13911112222", row=4))
        assert rows_of(content, "xlsx")[3][2] == "王健国"
        kept = person("王建国")
        merge(by=OFFICE, kept=kept, gone=person("王健国"))
        back = bring_back(content)
        assert remarks(back, "changed") == ["record_merged"]
        assert row(back, "changed").subject_id == kept.public_id
        apply(back)
        kept.refresh_from_db()
        assert kept.phone == "13911112222"
