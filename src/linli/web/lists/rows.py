"""One row of a list: mend its cells, decide whom it means."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.records.accounts.queries import Right
from linli.records.lists import actions
from linli.records.lists.models import List, Row
from linli.records.lists.queries import rows
from linli.web.day import today
from linli.web.lists import returned
from linli.web.lists.finding import found, found_row
from linli.web.lists.marks import outcome_mark, trail
from linli.web.lists.showing import Trouble, changes, layout_of, people_meant, people_shown, troubles
from linli.web.looks import looked
from linli.web.rights import needs, paths, worker
from linli.web.shell.days import number
from linli.words.problems import OUTCOMES

MOST_INPUTS = 300
TO_LOOK_AT = (Row.Outcome.BAD, Row.Outcome.DOUBT, Row.Outcome.CONFLICT)
NOT_IN_ORDER = (*TO_LOOK_AT, Row.Outcome.UNKNOWN)
# What cannot be mended here: no record stands behind it, or no line of the file.
FIXED = (Row.Outcome.UNKNOWN, Row.Outcome.REMOVED)
CONFLICTS = ("birth_date_conflicts", "name_conflicts")
DOSE_DOUBTS = ("dose_conflict", "dose_number_taken")


@needs(Right.LISTS, Right.RECORD)
def one(request: HttpRequest, public_id: str, line: int) -> HttpResponse:
    """A row with every cell; while its list is staged the cells can be typed anew, and the row is judged at once."""
    of = found(request, public_id)
    row = found_row(of, line)
    if request.method == "POST":
        cells = [request.POST.get(f"c{index}", cell) for index, cell in enumerate(row.cells)]
        return _act(request, of, row, lambda: actions.mend(by=worker(request).who, row=row, cells=cells, on=today()))
    return render(request, "lists/row.html", _context(request, of, row))


@needs(Right.LISTS, Right.RECORD)
@require_POST
def decide(request: HttpRequest, public_id: str, line: int) -> HttpResponse:
    """Settle a row in doubt; a person whom the worker may not see cannot be chosen."""
    of = found(request, public_id)
    row = found_row(of, line)
    decision = request.POST.get("decision", "")
    is_person = not of.is_return and decision not in ("", "new", "accept")
    if is_person and decision not in people_meant([row], paths=paths(request, Right.NAMES)):
        raise PermissionDenied
    return _act(
        request, of, row, lambda: actions.decide(by=worker(request).who, row=row, decision=decision, on=today())
    )


@needs(Right.LISTS, Right.RECORD)
@require_POST
def decide_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """Settle many rows alike: open conflicts of a list that came back, likely people of one that was loaded."""
    of = found(request, public_id)
    try:
        count = actions.decide_all(by=worker(request).who, of=of, decision=request.POST.get("decision", ""), on=today())
    except (actions.ListStateError, actions.UnknownDecisionError):
        messages.warning(request, _("The list is not open to changes any more. Nothing was changed."))
    else:
        words = ngettext("%(count)s row was decided.", "%(count)s rows were decided.", count)
        messages.success(request, words % {"count": number(count)})
    return redirect("lists:one", public_id)


def _act(request: HttpRequest, of: List, row: Row, act: Any) -> HttpResponse:
    try:
        row = act()
    except actions.ListStateError:
        messages.warning(request, _("The list is not open to changes any more. Nothing was changed."))
        return redirect("lists:one", of.public_id)
    except actions.UnknownDecisionError:
        messages.warning(request, _("The row has changed meanwhile. Look at it again."))
        return redirect("lists:row", of.public_id, row.line)
    words = OUTCOMES[row.outcome]
    if row.outcome in NOT_IN_ORDER:
        messages.warning(
            request, _("Line %(line)s is still not in order: %(outcome)s.") % {"line": row.line, "outcome": words}
        )
    else:
        messages.success(request, _("Line %(line)s is in order: %(outcome)s.") % {"line": row.line, "outcome": words})
    if request.POST.get("back"):
        return redirect("lists:one", of.public_id)
    return redirect("lists:row", of.public_id, row.line)


def _context(request: HttpRequest, of: List, row: Row) -> dict[str, Any]:
    people = people_meant([row], paths=paths(request, Right.NAMES))
    looked(request, "list", people_shown(of, [row], people))
    wrong = troubles(row, seen=frozenset(people), header=of.header)
    fields = _fields(of, row, wrong)
    open_rows = rows(of).filter(outcome__in=TO_LOOK_AT).exclude(pk=row.pk)
    after = open_rows.filter(line__gt=row.line).values_list("line", flat=True).first()
    following = after or open_rows.values_list("line", flat=True).first()
    doubts = [problem for problem in row.problems if problem["severity"] == "doubt"]
    subjects = returned.seen_subjects(request, of, [row]) if of.is_return else None
    shown_changes = changes(row, subjects=subjects)
    is_removed = row.outcome == Row.Outcome.REMOVED
    title = _("A row that is not in the file") if is_removed else _("Line %(line)s") % {"line": row.line}
    meant = [key for problem in doubts for key in problem["params"].get("candidates", ())]
    codes = {problem["code"] for problem in doubts}
    return {
        "of": of,
        "row": row,
        "fields": fields,
        "wrong_fields": [field for field in fields if field["is_bad"]],
        "other_fields": [field for field in fields if not field["is_bad"]],
        "whole_row": [one for one in wrong if one.index is None],
        "outcome": outcome_mark(row.outcome),
        "changes": shown_changes,
        "conflicts": returned.conflicts(shown_changes),
        "title": title,
        "trail": trail(title, of=of),
        "may_mend": of.state == List.State.STAGED and row.outcome not in FIXED,
        "next_url": reverse("lists:row", args=[of.public_id, following]) if following else "",
        "open_count": sum(of.counts.get(code, 0) for code in TO_LOOK_AT),
        "is_doubt": row.outcome == Row.Outcome.DOUBT,
        "people": [people[key] for key in meant if key in people],
        "hidden_people": len([key for key in meant if key not in people]),
        "may_accept": bool(codes & {*CONFLICTS, *DOSE_DOUBTS}) and (not codes & {*CONFLICTS} or bool(people)),
        "is_dose_doubt": bool(codes & {*DOSE_DOUBTS}),
        "may_be_new": bool(codes & {"maybe_known", "probably_known", "person_not_in_register"}),
    }


def _fields(of: List, row: Row, wrong: list[Trouble]) -> list[dict[str, Any]]:
    """One field a column, in the order of the file."""
    layout = layout_of(of)
    known = {column.index for column in layout.columns.values()} if layout else set()
    fixed = returned.fixed_columns(of) if of.is_return else frozenset()
    fields = []
    for index, header in list(enumerate(of.header))[:MOST_INPUTS]:
        mine = [one for one in wrong if one.index == index]
        alike = [
            name
            for problem in row.problems
            if problem["column"] == header
            for name in problem["params"].get("alike", ())
        ]
        fields.append(
            {
                "name": f"c{index}",
                "label": header or _("Column %(number)s") % {"number": index + 1},
                "value": row.cells[index],
                "troubles": mine,
                "is_bad": any(one.is_bad for one in mine),
                "alike": alike,
                "is_known": index in known,
                "is_fixed": index in fixed,
                "is_long": len(row.cells[index]) > 60,
            }
        )
    return fields
