"""Sealing and opening single values, and the keyed hash by which a sealed value is found.

Fernet (AES-128-CBC with HMAC-SHA256) of the `cryptography` library; several keys may open, the newest seals.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from linli.records.keys import holding
from linli.records.keys.ring import KeysWrongError, Ring, read

HASH_BYTES = 16  # shown as 32 hexadecimal digits
LOOK_AGAIN_S = 1.0  # how long a process may go on after the file was lost


@dataclass
class _Held:
    """The ring as this process read it last, and the file's time then."""

    file: Path
    changed_ns: int
    ring: Ring
    cipher: MultiFernet
    looked_at: float


_held: _Held | None = None


def key_file() -> Path:
    """Where the keys lie: the setting LINLI_KEYS, else `keys.json` in the data folder."""
    return Path(settings.KEYS_FILE)


def ring() -> Ring:
    """The keys as they are in the file now. Raises KeysLostError and KeysWrongError."""
    return _current().ring


def seal(text: str) -> str:
    """A text sealed with the newest key; nothing stays nothing."""
    return _cipher().encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """What was sealed. Raises KeysWrongError."""
    return unseal_bytes(token.encode()).decode() if token else ""


def seal_bytes(content: bytes) -> bytes:
    """Bytes sealed with the newest key."""
    return _cipher().encrypt(content)


def unseal_bytes(token: bytes) -> bytes:
    """The bytes that were sealed. Raises KeysWrongError."""
    try:
        return _cipher().decrypt(token)
    except InvalidToken:
        pass
    try:
        # The file may have got back keys that it lacked when this process read it.
        return _current().cipher.decrypt(token)
    except InvalidToken:
        raise KeysWrongError(str(key_file())) from None


def lookup(text: str, *, under: Ring | None = None) -> str:
    """A keyed hash of a text (BLAKE2b, RFC 7693), by which it is found without being opened; nothing for nothing."""
    if not text:
        return ""
    key = (under or _lately().ring).lookup_key
    return hashlib.blake2b(text.encode(), key=key, digest_size=HASH_BYTES).hexdigest()


def tail_lookup(text: str, *, under: Ring | None = None) -> str:
    """The keyed hash of the last four digits of a number; nothing for a shorter one."""
    digits = "".join(character for character in text if character.isdigit())[-4:]
    return lookup(f"tail {digits}", under=under) if len(digits) == 4 else ""


def _cipher() -> MultiFernet:
    return _lately().cipher


def _lately() -> _Held:
    """The ring, not older than a second: asking the file with every value would take as long as sealing it."""
    if _held is None or time.monotonic() - _held.looked_at > LOOK_AGAIN_S:
        return _current()
    return _held


def _current() -> _Held:
    """The ring, read again where its file has changed: other keys than those in use are refused, not sealed with."""
    global _held  # one ring a process, read once and not with every value
    file = key_file()
    changed = file.stat().st_mtime_ns if file.exists() else 0
    if _held is None or (_held.file, _held.changed_ns) != (file, changed):
        holding.join()
        found = read(file)
        if _held is not None and _held.file == file and not found.follows(_held.ring):
            raise KeysWrongError(str(file))
        _held = _Held(file, changed, found, MultiFernet([Fernet(key) for key in found.seal]), 0)
    _held.looked_at = time.monotonic()
    return _held


def read_anew() -> None:
    """Take whatever the key file holds for the keys in use, after this process itself has changed them."""
    global _held  # see above
    _held = None
