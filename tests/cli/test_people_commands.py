"""Forgetting and giving away, with the real program on a whole installation."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from installation import Installation, free_port

from neighbourhood import CAST, FOREIGNER, GRANDMOTHER, STREET

CLOSE = ("programme", "close", "covid-19-cn-2021", "--area", STREET, "--on", "2021-09-30")
BOARD = """
from datetime import date
from dataclasses import asdict
from linli.records.places.models import Area
from linli.records.programme.queries import current
from linli.records.reports.queries import board
found = board(area=Area.objects.get(code="{street}"), programme=current(), on=date(2021, 6, 30), of="{of}").total
print({{key: count for key, count in asdict(found).items() if key not in ("entering", "last_days")}})
"""


def board(installation: Installation) -> list[str]:
    return [installation.python(BOARD.format(street=STREET, of=of)) for of in ("living", "registered", "working")]


def personal() -> set[str]:
    values = {p.name for p in CAST} | {p.document for p in CAST} | {p.phone for p in CAST}
    return {value for value in values if value}


def test_people_are_forgotten_when_their_drive_is_over(cast: Installation) -> None:
    before, boards = cast.counts(), board(cast)
    open_ = cast.run("people", "forget", "--yes", code=1)
    assert "Open: COVID-19 2021 · 石门二路街道: its people are needed" in open_.stdout
    assert "Set the end of a drive with: linli programme close" in open_.stderr
    assert "cannot end before" in cast.run(*CLOSE[:-1], "2021-01-01", code=1).stderr

    closed = cast.run(*CLOSE)
    assert "ends on 2021-09-30. From 2021-12-30 on: linli people forget" in closed.stdout
    assert "people are to be forgotten from 2021-12-30 on" in cast.run("programme", "list").stdout
    early = cast.run("people", "forget", "--yes", code=1, LINLI_TODAY="2021-12-29")
    assert "may be kept until 2021-12-30" in early.stdout

    looked = cast.run("people", "forget", "--dry-run", "--on", "2021-12-30")
    assert f"{len(CAST)} people" in looked.stdout
    assert "--dry-run" in cast.run("people", "forget", "--on", "2021-12-30", code=2).stderr
    assert cast.run("people", "forget", said="n\n", code=1, LINLI_TODAY="2021-12-30").stdout.count("people") >= 1
    after = cast.counts()
    assert {table: after[table] for table in after if table.startswith(("people_", "doses_", "retention"))} == {
        table: before[table] for table in before if table.startswith(("people_", "doses_", "retention"))
    }

    assert "are to be forgotten since 2021-12-30" in cast.run("serve", "check", LINLI_TODAY="2021-12-30").stderr
    assert "are to be forgotten" not in cast.run("serve", "check", LINLI_TODAY="2021-12-29").stderr
    cast.run("backup")
    done = cast.run("people", "forget", "--yes", LINLI_TODAY="2021-12-30")
    assert "This is gone:" in done.stdout
    assert "1 backups in" in done.stderr
    counts = cast.counts()
    gone = [table for table in counts if table.startswith(("people_", "doses_", "duplicates_")) and counts[table]]
    assert set(gone) == {"people_source", "people_employer"}
    assert counts["lists_row"] == 0
    assert board(cast) == boards
    again = cast.run("people", "forget", "--yes", code=1, LINLI_TODAY="2021-12-30")
    assert "There is nobody to forget." in again.stderr


def test_nothing_of_them_is_left_on_the_disk(cast: Installation) -> None:
    """Not even in the free space of the database's files."""
    cast.run(*CLOSE)

    def found() -> set[str]:
        files = [file for file in cast.home.rglob("*") if file.is_file()]
        content = b"".join(file.read_bytes() for file in files)
        return {value for value in personal() if value.encode() in content}

    if cast.is_sqlite:
        assert found() == {p.name for p in CAST}
    cast.run("people", "forget", "--yes", LINLI_TODAY="2022-01-01")
    assert found() == set()
    told = cast.python(
        "from django.apps import apps\nfrom linli.records.keys.queries import sealed_columns, values, as_bytes\n"
        "from linli.records.keys.sealing import unseal_bytes\n"
        "print([list(m.objects.values_list()) for m in apps.get_app_config('records').get_models()])\n"
        "print([unseal_bytes(as_bytes(t)) for c in sealed_columns() for _, t in values(c)])"
    )
    assert [value for value in personal() if value in told] == []


def test_it_works_while_linli_runs(cast: Installation) -> None:
    cast.run(*CLOSE)
    with cast.serving("serve", "--port", str(free_port())):
        done = cast.run("people", "forget", "--yes", LINLI_TODAY="2022-01-01")
        assert "traces may remain" not in done.stderr
    content = b"".join(file.read_bytes() for file in cast.home.rglob("*") if file.is_file())
    assert [value for value in personal() if value.encode() in content] == []


def test_a_drive_goes_on(cast: Installation) -> None:
    cast.run(*CLOSE, "--keep-days", "0")
    assert "is open again" in cast.run("programme", "reopen", "covid-19-cn-2021", "--area", STREET).stdout
    assert "There is nobody to forget yet" in cast.run("people", "forget", "--yes", code=1).stderr
    refused = cast.run("programme", "close", "other", "--area", STREET, "--on", "2021-09-30", code=1)
    assert "has no drive of other" in refused.stderr


def record(installation: Installation, name: str) -> str:
    return installation.python(
        f"from linli.records.people.models import Person; print(Person.objects.get(name='{name}').public_id)"
    )


def test_all_that_is_kept_of_a_person_is_given_to_them(cast: Installation, tmp_path: Path) -> None:
    public_id, file = record(cast, GRANDMOTHER.name), tmp_path / "hers.json"
    said = cast.run("people", "export", public_id, "--out", str(file))
    assert str(file) in said.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = json.loads(file.read_text())
    sections = {one["code"]: one["rows"] for one in told["sections"]}
    titles = {one["code"]: one["title"] for one in told["sections"]}
    assert [one["name"] for one in sections["names"]] == [GRANDMOTHER.name] * 3
    assert {one["source"] for one in sections["names"]} == {
        "户籍名册（虚构）",
        "居委会摸排名单（虚构）",
        "接种记录导出（虚构）",
    }
    assert sections["documents"][0]["number"] == GRANDMOTHER.document
    assert sections["phones"][0]["number"] == GRANDMOTHER.phone
    assert [(one["given_on"], one["number"]) for one in sections["doses"]] == [("2021-05-28", 1)]
    assert sections["doses"][0]["counts"]["en"] == "Counts as dose 1."
    assert len(sections["rows"]) == 3
    assert all(set(title) == {"zh", "en"} and all(title.values()) for title in titles.values())
    assert [
        value
        for value in personal() - {GRANDMOTHER.name, GRANDMOTHER.document, GRANDMOTHER.phone}
        if value in file.read_text()
    ] == []
    last = cast.python("from linli.records.journal.models import Entry; print(Entry.objects.order_by('-id')[0].verb)")
    assert last == "reports.take_whole"

    assert "is there already" in cast.run("people", "export", public_id, "--out", str(file), code=1).stderr
    assert (
        "Nobody has the record nobody"
        in cast.run("people", "export", "nobody", "--out", str(tmp_path / "x.json"), code=1).stderr
    )
    assert not (tmp_path / "x.json").exists()


def test_a_merged_record_leads_to_everything(cast: Installation, tmp_path: Path) -> None:
    kept, gone = record(cast, GRANDMOTHER.name), record(cast, FOREIGNER.name)
    cast.python(
        "from linli.cli import operator\nfrom linli.records.duplicates.actions import merge\n"
        "from linli.records.people.models import Person\n"
        f"kept, gone = (Person.objects.get(public_id=key) for key in ('{kept}', '{gone}'))\n"
        "merge(by=operator(), kept=kept, gone=gone)"
    )
    cast.run("people", "export", gone, "--out", str(tmp_path / "all.json"))
    text = (tmp_path / "all.json").read_text()
    told = {one["code"]: one["rows"] for one in json.loads(text)["sections"]}
    assert {one["id"] for one in told["person"]} == {kept, gone}
    assert {one["number"] for one in told["documents"]} == {GRANDMOTHER.document, FOREIGNER.document}
    assert [(one["kept"], one["id"]) for one in told["merges"]] == [(kept, gone)]
