"""Loading one list at the command line; imported after Django is set up."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from linli.cli.accounts import known_area
from linli.cli.language import gettext as _
from linli.cli.language import ngettext
from linli.cli.lists.progress_line import ProgressLine
from linli.cli.lists.report import as_object, show_rows, write_bad
from linli.cli.ready import operator
from linli.domain.sheets import SheetError, read, recognise
from linli.records.duplicates.actions import find
from linli.records.duplicates.queries import listed, search
from linli.records.lists import actions, progress
from linli.records.lists.models import List
from linli.records.lists.progress import Work
from linli.records.lists.queries import applied_before, is_copy, probable_count
from linli.records.people.actions import by_hand, open_source
from linli.records.people.models import Source
from linli.records.places.models import Area
from linli.records.places.queries import root
from linli.records.programme.models import Programme
from linli.words.copies import COPY_KINDS
from linli.words.problems import LIST_KINDS, NO_SCHEDULE, refusal_words

DONE, REFUSED = 0, 1


@dataclass(frozen=True)
class Wish:
    """What was asked for at the command line."""

    file: Path
    area: str | None
    source: str
    source_name: str | None
    rank: int
    covers_doses: bool | None
    as_of: date | None
    on: date | None
    basis: str
    conflicts: str
    probable: str
    stage_only: bool
    yes: bool
    as_json: bool
    sample: int
    bad_to: Path | None

    @property
    def day(self) -> date:
        """The day against which rows are judged."""
        return self.on or (date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate())


def load(wish: Wish) -> int:
    """Judge, show, ask, apply. Gives the exit code."""
    size = wish.file.stat().st_size
    if size > settings.LIST_MAX_BYTES:
        params = {"megabytes": round(size / 2**20), "most": settings.LIST_MAX_BYTES // 2**20}
        raise click.ClickException(refusal_words({"code": "too_large", "params": params}))
    of = _received(wish)
    try:
        of = _work(of, "stage", wish)
    except (KeyboardInterrupt, actions.StoppedError):
        return _stopped()
    if of.state == List.State.REFUSED:
        return _refused(of, wish)
    if wish.conflicts != "leave" and of.counts.get("conflict"):
        actions.decide_all(by=operator(), of=of, decision=wish.conflicts, on=wish.day)
        of.refresh_from_db(fields=["counts"])
    if wish.probable == "same" and not of.is_return and of.counts.get("doubt"):
        actions.decide_all(by=operator(), of=of, decision="probable", on=wish.day)
        of.refresh_from_db(fields=["counts"])
    _show(of, wish)
    if wish.stage_only or not _has_anything(of) or not _agreed(wish):
        return _left_staged(of, wish)
    try:
        of = _work(of, "apply", wish)
    except (KeyboardInterrupt, actions.StoppedError):
        return _stopped()
    except actions.ListStateError:
        click.echo(
            _("Somebody else has applied the list or set it aside meanwhile. Nothing was changed now."), err=True
        )
        return REFUSED
    if wish.as_json:
        click.echo(json.dumps(as_object(of), ensure_ascii=False))
    else:
        click.secho(_("Applied: {fate}").format(fate=_fate(of.counts)), fg="green")
    _look_for_duplicates(of, wish)
    return DONE


def _look_for_duplicates(of: List, wish: Wish) -> None:
    if not of.is_about_people:
        return
    people = listed(source=of.source, on=of.as_of)
    found = find(by=operator(), people=people, found=search(people=people))
    if found["new"] and not wish.as_json:
        words = _("Likely duplicates found: {count}. They wait on the page Duplicates: linli duplicates show")
        click.echo(words.format(count=found["new"]))


@transaction.atomic
def _received(wish: Wish) -> List:
    content = wish.file.read_bytes()
    if _came_back(wish.file.name, content):
        return actions.receive(
            by=operator(),
            file_name=wish.file.name,
            content=content,
            source=by_hand(by=operator()),
            area=None,  # that of its copies
            as_of=wish.day,
            is_return=True,
        )
    return actions.receive(
        by=operator(),
        file_name=wish.file.name,
        content=content,
        source=_source(wish),
        area=_area(wish, content),
        as_of=wish.as_of or wish.day,
        covers_doses=wish.covers_doses,
        basis=wish.basis,
    )


def _area(wish: Wish, content: bytes) -> Area | None:
    first = root() is None
    if wish.area is not None:
        # The first list of areas may name the area that it brings.
        return None if first and _tells_of_areas(wish.file.name, content) else known_area(wish.area)
    if not first:
        raise click.ClickException(_("Say which area the list is about: --area CODE"))
    return None


def _came_back(file_name: str, content: bytes) -> bool:
    """Whether the file is a list that went out from here."""
    try:
        return is_copy(read(content, filename=file_name))
    except SheetError as refused:
        return refused.code == "copy_missing"  # staging says so


def _tells_of_areas(file_name: str, content: bytes) -> bool:
    try:
        return recognise(read(content, filename=file_name).header).kind == "areas"
    except SheetError:
        return False


def _source(wish: Wish) -> Source:
    known = Source.objects.filter(code=wish.source).first()
    if known is not None:
        return known
    return open_source(
        by=operator(),
        code=wish.source,
        name=wish.source_name or wish.source,
        rank=wish.rank,
        covers_doses=bool(wish.covers_doses),
    )


def _work(of: List, work: Work, wish: Wish) -> List:
    # Pages show it too: the same progress is kept for them.
    with progress.watched(public_id=of.public_id, work=work) as reporter, ProgressLine(sys.stderr) as line:

        def told(phase: str, done: int, total: int) -> None:
            line.show(phase, done, total)
            reporter(phase, done, total)

        act = actions.stage if work == "stage" else actions.apply
        return act(by=operator(), of=of, on=wish.day, progress=told)


def _refused(of: List, wish: Wish) -> int:
    words = refusal_words(of.refusal or {"code": ""})
    if wish.as_json:
        click.echo(json.dumps(as_object(of) | {"reason": words}, ensure_ascii=False))
    else:
        click.secho(_("The file cannot be read as a list; nothing of it was taken."), fg="red", err=True)
        click.echo(words, err=True)
    return REFUSED


def _show(of: List, wish: Wish) -> None:
    if wish.bad_to is not None:
        written = write_bad(of, wish.bad_to)
        click.echo(
            ngettext(
                "{count} row to look at written to {name}", "{count} rows to look at written to {name}", written
            ).format(count=written, name=wish.bad_to),
            err=True,
        )
    if wish.as_json:
        return
    click.secho(f"{of.file_name}: {' · '.join(part for part in _about(of) if part)}", bold=True)
    if applied_before(of) is not None:
        click.echo(_("The same file was applied before; applying it again changes only what has changed since."))
    if of.unknown_columns:
        click.echo(_("Columns that are not read: {names}").format(names=", ".join(of.unknown_columns)))
    if not of.is_return and recognise(of.header).carries_doses and not Programme.objects.exists():
        click.secho(str(NO_SCHEDULE), fg="yellow")
    show_rows(of, sample=wish.sample)
    click.echo(_fate(of.counts))
    if not of.is_return and of.counts.get("doubt") and (likely := probable_count(of)):
        words = _("Known by all but an ID: {count}. Decide them on the page, or say --probable same.")
        click.echo(words.format(count=f"{likely:,}"))


def _about(of: List) -> list[str]:
    place = of.area.name if of.area else ""
    if of.is_return:
        return [str(COPY_KINDS[of.kind]), place, _("back from Excel")]
    covers = _("covers doses") if of.covers_doses else _("does not cover doses")
    return [str(LIST_KINDS[of.kind]), place, of.source.name, covers]


def _has_anything(of: List) -> bool:
    """Whether any row is good: a list of bad rows alone is left for somebody to look at."""
    return any(of.counts.get(code) for code in ("new", "changed", "same"))


def _agreed(wish: Wish) -> bool:
    """Ask, where somebody can answer; a script that calls this means it."""
    if wish.yes or wish.as_json or not sys.stdin.isatty():
        return True
    try:
        return click.confirm(_("Apply the list?"), default=True)
    except click.Abort:
        return False


def _left_staged(of: List, wish: Wish) -> int:
    if wish.as_json:
        click.echo(json.dumps(as_object(of), ensure_ascii=False))
    else:
        click.echo(_("Nothing was applied. The list is staged: /lists/{id}/").format(id=of.public_id))
        if not _has_anything(of):
            click.echo(_("No row of it is good; mend them on that page, or in the file and load it again."), err=True)
    return DONE if wish.stage_only else REFUSED


def _stopped() -> int:
    click.echo("", err=True)
    click.secho(_("Stopped. Nothing was changed."), fg="yellow", err=True)
    return REFUSED


def _fate(counts: dict[str, Any]) -> str:
    if "conflict" in counts:
        return _(
            "{changed} changed, {same} as they are; left out: {conflict} in conflict, {bad} bad, {unknown} unknown; "
            "{removed} not in the file stay as they are"
        ).format(**{code: f"{int(count):,}" for code, count in counts.items()})
    return _("{new} new, {changed} changed, {same} as they are; left out: {doubt} in doubt, {bad} bad").format(
        **{code: f"{int(counts.get(code, 0)):,}" for code in ("new", "changed", "same", "doubt", "bad")}
    )
