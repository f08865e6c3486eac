"""What each status looks like and is called: one tone, one icon, one word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    """How one status is shown. `tone` is the colour token without its `--s-` prefix."""

    tone: str
    icon: str
    word: str | Promise


LOOKS: dict[str, Look] = {
    "due": Look("due", "due", pgettext_lazy("status", "Due")),
    "waiting": Look("waiting", "waiting", pgettext_lazy("status", "Waiting")),
    "overdue": Look("overdue", "overdue", pgettext_lazy("status", "Overdue")),
    "complete": Look("complete", "complete", pgettext_lazy("status", "Complete")),
    "not_eligible": Look("not-eligible", "not_eligible", pgettext_lazy("status", "Cannot yet")),
    "refused": Look("refused", "refused", pgettext_lazy("status", "Refused")),
    "unknown": Look("unknown", "unknown", pgettext_lazy("status", "Unknown")),
    # states that only rows of the register give; they share the tone of their nearest meaning
    "deferred": Look("waiting", "deferred", pgettext_lazy("status", "Deferred")),
    "contraindicated": Look("not-eligible", "contraindicated", pgettext_lazy("status", "Cannot have it")),
    "moved": Look("not-eligible", "moved", pgettext_lazy("status", "Moved away")),
}
