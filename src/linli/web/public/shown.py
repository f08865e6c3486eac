"""Which figures everybody may see now: of the day before, from the register, or on a server without it from a file."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from linli.records.programme.models import Drive
from linli.records.programme.queries import current_drive
from linli.records.reports.queries.public import public_board
from linli.web.day import today
from linli.web.public.figures_file import Figures, from_json

FILE = "public-board.json"
KEPT_S = 15 * 60  # a page that everybody may open must not count the register at every visit
STALE = timedelta(days=7)  # a file that nobody renews is shown no longer
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures, if there are any, whether everybody may see them, and the drive they are of."""

    figures: Figures | None
    is_public: bool
    drive: Drive | None = None


def shown(*, is_preview: bool = False) -> Shown:
    """The figures that are published; as a preview also those that are not yet."""
    if settings.PUBLIC_ONLY:
        found = _from_file(Path(settings.HOME) / FILE)
        return Shown(found, found is not None)
    drive = current_drive()
    if drive is None or not (drive.is_public or is_preview):
        return Shown(None, False, drive)
    return Shown(_of(drive), drive.is_public, drive)


def is_published() -> bool:
    """Whether there is a public board to link to."""
    if settings.PUBLIC_ONLY:
        return _from_file(Path(settings.HOME) / FILE) is not None
    drive = current_drive()
    return drive is not None and drive.is_public


def _of(drive: Drive) -> Figures:
    """Of yesterday, since today is not over."""
    on = today() - timedelta(days=1)
    key = f"public-board-{drive.pk}-{on}"
    found: Figures | None = cache.get(key)
    if found is None:
        board = public_board(area=drive.area, programme=drive.programme, on=on)
        found = Figures(board, timezone.localtime(), settings.DEMO)
        cache.set(key, found, KEPT_S)
    return found


def _from_file(file: Path) -> Figures | None:
    try:
        found = from_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # no figures, or no text at all
        log.error("%s cannot be read; copy /coverage/figures.json of the office's server there again", file)
        return None
    return found if found.board.on >= today() - STALE else None
