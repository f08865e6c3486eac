"""How lists, rows and their fate look in a line: one tone, one icon, one word each."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.records.lists.models import List
from linli.web.day import today
from linli.web.lists import returned
from linli.web.shell import icons
from linli.web.shell.days import day, number
from linli.words.copies import COPY_KINDS
from linli.words.problems import LIST_KINDS, LIST_STATES, OUTCOMES
from linli.words.reasons import in_language

STATE_LOOKS = {
    "received": ("not-eligible", "waiting"),
    "staged": ("due", "due"),
    "applied": ("complete", "complete"),
    "set_aside": ("not-eligible", "flat"),
    "refused": ("overdue", "overdue"),
}
OUTCOME_LOOKS = {
    "new": ("info", "complete"),
    "changed": ("waiting", "flat"),
    "same": ("not-eligible", "flat"),
    "doubt": ("unknown", "unknown"),
    "bad": ("overdue", "overdue"),
    "conflict": ("due", "overdue"),
    "unknown": ("unknown", "unknown"),
    "removed": ("not-eligible", "moved"),
}


def state_mark(state: str) -> SafeString:
    """How far a list has come."""
    return _mark(*STATE_LOOKS[state], LIST_STATES[state])


def outcome_mark(outcome: str) -> SafeString:
    """The fate of a row."""
    return _mark(*OUTCOME_LOOKS[outcome], OUTCOMES[outcome])


def _mark(tone: str, icon: str, word: Promise) -> SafeString:
    return format_html('<span class="status tone-{}">{}<span>{}</span></span>', tone, icons.icon(icon), word)


def kind_word(of: List) -> str:
    """Which list it is."""
    if not of.kind:
        return "—"
    return _("%(kind)s, back from Excel") % {"kind": COPY_KINDS[of.kind]} if of.is_return else str(LIST_KINDS[of.kind])


def about(of: List) -> list[str]:
    """A list in a few words each: kind, area, source, day, whether it covers doses."""
    if of.is_return:
        return returned.about(of)
    on = today()
    parts = [
        kind_word(of) if of.kind else "",
        in_language(of.area.name, of.area.name_en) if of.area else _("no area yet"),
        of.source.name,
        _("as of %(day)s") % {"day": day(of.as_of, beside=on)},
        _("covers doses") if of.covers_doses else _("does not cover doses"),
    ]
    return [part for part in parts if part]


def trail(here: str, *, of: List | None = None) -> list[dict[str, str]]:
    """The way down to a page about lists."""
    if of is not None and of.is_return:
        return returned.excel_trail(here, of=of)
    way = [{"label": _("Lists"), "href": reverse("lists:index")}]
    if of is not None:
        way.append({"label": of.file_name, "href": reverse("lists:one", args=[of.public_id])})
    return [*way, {"label": here, "href": ""}]


def fate_words(counts: Mapping[str, int]) -> str:
    """What applying does: how many rows are written, and how many are left out."""
    new, changed, same, doubt, bad = (counts.get(code, 0) for code in ("new", "changed", "same", "doubt", "bad"))
    parts = [
        _told(new, ngettext("%(count)s row added", "%(count)s rows added", new)),
        _told(changed, ngettext("%(count)s row changed", "%(count)s rows changed", changed)),
        _told(same, ngettext("%(count)s row as it is", "%(count)s rows as they are", same)),
        _told(doubt, ngettext("%(count)s row in doubt left out", "%(count)s rows in doubt left out", doubt)),
        _told(bad, ngettext("%(count)s bad row left out", "%(count)s bad rows left out", bad)),
        *(_told(count, words) for count, words in returned.fate_parts(counts)),
    ]
    return " · ".join(part for part in parts if part)


def _told(count: int, words: str) -> str:
    return words % {"count": number(count)} if count else ""


def empty_words(outcome: str) -> tuple[str, str]:
    """Why a tab is empty, and what that means."""
    return {
        "new": (_("Nothing new"), _("The register knows every person and place of this list.")),
        "changed": (_("Nothing changed"), _("What the register knows of them stays as it is.")),
        "same": (_("Nothing unchanged"), _("Every row says something that the register does not have.")),
        "doubt": (_("Nothing in doubt"), _("Every row that could be read could also be placed.")),
        "bad": (_("No bad rows"), _("Every row could be read.")),
    }[outcome]
