"""Logins, roles, and what opens them: everything that is done to them."""

from linli.records.accounts.actions.devices import (
    SLIP_GOOD_FOR,
    NotForDeviceError,
    PinObviousError,
    PinShapeError,
    SlipSpentError,
    end_device,
    enrol_device,
    print_slip,
)
from linli.records.accounts.actions.factors import WrongCodeError, renew_recovery, reset_code, set_up_code
from linli.records.accounts.actions.grants import LastRoleError, grant, revoke
from linli.records.accounts.actions.logins import NameTakenError, close, enrol, lend, reopen, set_password
from linli.records.accounts.actions.sessions import (
    end_everything,
    end_sessions,
    end_sitting,
    lock,
    refuse,
    sign_in,
    sign_out,
)

__all__ = [
    "SLIP_GOOD_FOR",
    "LastRoleError",
    "NameTakenError",
    "NotForDeviceError",
    "PinObviousError",
    "PinShapeError",
    "SlipSpentError",
    "WrongCodeError",
    "close",
    "end_device",
    "end_everything",
    "end_sessions",
    "end_sitting",
    "enrol",
    "enrol_device",
    "grant",
    "lend",
    "lock",
    "print_slip",
    "refuse",
    "renew_recovery",
    "reopen",
    "reset_code",
    "revoke",
    "set_password",
    "set_up_code",
    "sign_in",
    "sign_out",
]
