"""The language a terminal is spoken to in; needs no Django, so that help answers at once."""

from __future__ import annotations

import functools
import gettext as catalogues
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def language() -> str:
    """`zh-hans` or `en`: what LINLI_LANGUAGE says, else the terminal's own language."""
    for name in ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if said := os.environ.get(name):
            return "zh-hans" if said.lower().startswith("zh") else "en"
    return "en"


@functools.cache
def _catalogue(wanted: str) -> catalogues.NullTranslations:
    if wanted == "en":
        return catalogues.NullTranslations()
    # Without compiled translations (a bare checkout) English is better than nothing.
    return catalogues.translation("django", LOCALE, ["zh_Hans"], fallback=True)


def gettext(message: str) -> str:
    """A message in the terminal's language."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """A message about a number of things in the terminal's language."""
    return _catalogue(language()).ngettext(one, many, count)
