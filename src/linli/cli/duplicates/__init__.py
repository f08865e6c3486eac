"""`linli duplicates`: likely duplicates at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linli.cli.language import gettext as _
from linli.cli.ready import django_ready, operator

if TYPE_CHECKING:
    from linli.records.duplicates.models import Merge, Pair


@click.group(help=_("Records that may be one person: find, show, merge, undo."))
def duplicates() -> None:
    """Hold the commands of duplicates."""


@duplicates.command(
    help=_(
        "Compare everybody with everybody and bring the queue up to date. "
        "Only who has an equal valid resident ID, name and birth date is merged without asking."
    )
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
def find(*, as_json: bool) -> None:
    """Look through everybody."""
    django_ready()
    from linli.cli.duplicates.telling import as_text
    from linli.records.duplicates import actions, queries
    from linli.records.people.models import Person

    everybody = Person.objects.filter(merged_into=None).count()
    with click.progressbar(length=100, label=_("Comparing"), hidden=as_json) as bar:
        shown = 0

        def reached(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // max(total, 1)
            bar.update(percent - shown)
            shown = percent

        found = queries.search(progress=reached)
    counts = actions.find(by=operator(), found=found)
    click.echo(as_text(counts, everybody=everybody, as_json=as_json))


@duplicates.command(
    help=_("Show the queue, the likeliest first; with PAIR that pair with both names, which is written down.")
)
@click.argument("pair", required=False)
@click.option("--area", "area_code", help=_("Code of an area: only pairs of its people."))
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help=_("How many pairs."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
def show(*, pair: str | None, area_code: str | None, limit: int, as_json: bool) -> None:
    """Show the queue, or one pair."""
    django_ready()
    from linli.cli.duplicates.telling import one_pair, queue_text

    if pair is not None:
        click.echo(one_pair(known_pair(pair), by=operator(), as_json=as_json))
        return
    from linli.cli.accounts import known_area

    within = [known_area(area_code).path] if area_code else None
    click.echo(queue_text(within=within, limit=limit, as_json=as_json))


@duplicates.command(help=_("Say that the two records of PAIR are one person, and merge them."))
@click.argument("pair")
@click.option("--keep", help=_("Id of the record to keep; without it, the one that more is known of."))
def merge(*, pair: str, keep: str | None) -> None:
    """Merge a pair."""
    django_ready()
    from linli.records.duplicates import actions, queries
    from linli.records.people.models import Person

    found = known_pair(pair)
    kept = queries.better(found.one, found.other)[0]
    if keep is not None:
        chosen = Person.objects.filter(public_id=keep).first()
        if chosen is None:
            raise click.ClickException(_("No record has the id {id}. See: linli duplicates show PAIR").format(id=keep))
        kept = chosen
    done = _refusing(lambda: actions.join(by=operator(), pair=found, kept=kept))
    click.echo(
        _("Merged into {kept}. To undo it: linli duplicates undo {merge}").format(
            kept=done.kept.public_id, merge=done.public_id
        )
    )


@duplicates.command(help=_("Say that the two records of PAIR are two people."))
@click.argument("pair")
def apart(*, pair: str) -> None:
    """Keep a pair apart."""
    django_ready()
    from linli.records.duplicates import actions

    _refusing(lambda: actions.keep_apart(by=operator(), pair=known_pair(pair)))
    click.echo(_("They stay two people. The pair comes back only if a list says something new."))


@duplicates.command(help=_("Undo a merge: both records get back what they had."))
@click.argument("merge")
@click.option(
    "--to-gone",
    multiple=True,
    help=_(
        "Id of a dose or status that came after the merge and belongs to the record that comes back; may be repeated."
    ),
)
@click.option("--none-to-gone", is_flag=True, help=_("All that came after the merge stays with the record kept."))
def undo(*, merge: str, to_gone: tuple[str, ...], none_to_gone: bool) -> None:
    """Undo a merge."""
    django_ready()
    from linli.cli.duplicates.telling import newer_text
    from linli.records.duplicates import actions

    found = known_merge(merge)
    chosen = to_gone if to_gone or none_to_gone else None
    try:
        _refusing(lambda: actions.undo(by=operator(), merge=found, to_gone=chosen))
    except actions.NewRowsError as error:
        raise click.ClickException(newer_text(error.rows)) from error
    click.echo(_("The merge is undone: both records are as they were."))


def known_pair(public_id: str) -> Pair:
    """The pair with an id. Raises ClickException."""
    from linli.records.duplicates.models import Pair

    found = Pair.objects.filter(public_id=public_id).select_related("one", "other").first()
    if found is None:
        raise click.ClickException(_("No pair has the id {id}. See: linli duplicates show").format(id=public_id))
    return found


def known_merge(public_id: str) -> Merge:
    """The merge with an id. Raises ClickException that names the last ones."""
    from linli.records.duplicates.models import Merge

    found = Merge.objects.filter(public_id=public_id).first()
    if found is None:
        last = ", ".join(Merge.objects.order_by("-id").values_list("public_id", flat=True)[:5])
        hint = " " + _("The last ones: {some}").format(some=last) if last else ""
        raise click.ClickException(_("No merge has the id {id}.").format(id=public_id) + hint)
    return found


def _refusing(act: Any) -> Any:
    """Do something, and say in words why it was refused. Lets NewRowsError through."""
    from linli.records.doses.queries import MergedAwayError
    from linli.records.duplicates import actions
    from linli.words.refusals import refusal_words

    refusals = (
        actions.PairDecidedError,
        actions.NotOfPairError,
        actions.MergeUndoneError,
        actions.LaterMergeError,
        MergedAwayError,
    )
    try:
        return act()
    except refusals as error:
        raise click.ClickException(refusal_words(error, say_day=str)) from error
