"""What each status looks like and is called: one tone, one icon, one word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from linli.words.states import STATES


@dataclass(frozen=True)
class Look:
    """How one status is shown. `tone` is the colour token without its `--s-` prefix."""

    tone: str
    icon: str
    word: str | Promise


LOOKS: dict[str, Look] = {
    "due": Look("due", "due", STATES["due"]),
    "waiting": Look("waiting", "waiting", STATES["waiting"]),
    "overdue": Look("overdue", "overdue", STATES["overdue"]),
    "complete": Look("complete", "complete", STATES["complete"]),
    "not_eligible": Look("not-eligible", "not_eligible", STATES["not_eligible"]),
    "refused": Look("refused", "refused", STATES["refused"]),
    "unknown": Look("unknown", "unknown", STATES["unknown"]),
    # states that only rows of the register give; they share the tone of their nearest meaning
    "deferred": Look("waiting", "deferred", STATES["deferred"]),
    "contraindicated": Look("not-eligible", "contraindicated", STATES["contraindicated"]),
    "moved": Look("not-eligible", "moved", STATES["moved"]),
}
