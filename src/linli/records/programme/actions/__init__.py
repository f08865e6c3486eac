"""Adopting schedules, bringing in published ones, and opening drives."""

from linli.records.programme.actions.adopting import adopt, know_unknown, know_vaccines
from linli.records.programme.actions.drives import (
    DriveEndsBeforeStartError,
    choose_drive,
    close_drive,
    open_drive,
    publish,
    reopen_drive,
    withdraw,
)
from linli.records.programme.actions.importing import import_library

__all__ = [
    "DriveEndsBeforeStartError",
    "adopt",
    "choose_drive",
    "close_drive",
    "import_library",
    "know_unknown",
    "know_vaccines",
    "open_drive",
    "publish",
    "reopen_drive",
    "withdraw",
]
