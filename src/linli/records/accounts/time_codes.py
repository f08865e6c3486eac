"""Time codes (TOTP, RFC 6238): six digits that change every thirty seconds; and recovery codes on paper."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

import pyotp

from linli.records.accounts.passwords import PLAIN

STEP_S = 30
# One step before and after this one (RFC 6238, 5.2): somebody types slowly, or a clock is half a minute off.
STEPS_TAKEN = (0, -1, 1)
RECOVERY_COUNT = 10
RECOVERY_LENGTH = 10  # letters and digits, 49 bits of chance


def new_secret() -> str:
    """A new secret, 160 bits of chance in base32."""
    return pyotp.random_base32()


def address_of(secret: str, *, username: str, issuer: str) -> str:
    """The otpauth: address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def code_at(secret: str, at: datetime) -> str:
    """The code that an app shows at a time."""
    return pyotp.HOTP(secret).at(_step(at))


def step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The step whose code this is, near a time; None where it is no code of now."""
    typed = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", typed):
        return None
    now, codes = _step(at), pyotp.HOTP(secret)
    found = [now + off for off in STEPS_TAKEN if secrets.compare_digest(codes.at(now + off), typed)]
    return found[0] if found else None


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_S


def new_recovery_codes() -> list[str]:
    """Ten codes as they are printed, such as 3-abcde-fghjk; the number before it is part of the code."""
    drawn = ["".join(secrets.choice(PLAIN) for _place in range(RECOVERY_LENGTH)) for _code in range(RECOVERY_COUNT)]
    half = RECOVERY_LENGTH // 2
    return [f"{number}-{text[:half]}-{text[half:]}" for number, text in enumerate(drawn, start=1)]


def recovery_parts(typed: str) -> tuple[int, str] | None:
    """Number and secret part of a recovery code however it was typed; None where it cannot be one."""
    bare = re.sub(r"[\s\-.]", "", typed).lower()
    found = re.fullmatch(rf"([0-9]{{1,2}})([{PLAIN}]{{{RECOVERY_LENGTH}}})", bare)
    return (int(found[1]), found[2]) if found else None
