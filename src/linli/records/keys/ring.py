"""The key file: what resident ids, phones and lists are sealed with, kept outside the database.

One JSON object: `seal` holds Fernet keys, the newest first (older ones open what was sealed before); `lookup` is the
key of the hashes by which a number is found without opening any, `lookup_next` the one that a change of that key is
bringing in.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import os
import secrets
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.fernet import Fernet


class KeysError(RuntimeError):
    """The key file cannot be used."""


class KeysLostError(KeysError):
    """The key file is not where it should be, though the database holds sealed facts."""


class KeysWrongError(KeysError):
    """The key file is not the one that this database was sealed with, or is damaged."""


class KeysBusyError(KeysError):
    """Another process uses the keys, so they cannot be changed; or is changing them, so they cannot be used."""


@dataclass(frozen=True)
class Ring:
    """The keys of one installation; `seal` newest first."""

    seal: tuple[str, ...]
    lookup: str
    lookup_next: str = ""

    @functools.cached_property
    def lookup_key(self) -> bytes:
        """The key of the look-up hashes, 32 bytes."""
        return base64.urlsafe_b64decode(self.lookup)

    @property
    def fingerprint(self) -> str:
        """Eight characters that name the newest key and the look-up key, and tell nothing of them."""
        return self._fingerprint(self.seal[0])

    def fits(self, fingerprint: str) -> bool:
        """Whether these keys open and find what was sealed when the ring had a fingerprint."""
        return fingerprint in map(self._fingerprint, self.seal)

    def follows(self, before: Ring) -> bool:
        """Whether these keys open and find all that others sealed before."""
        return before.seal[0] in self.seal and self.lookup in (before.lookup, before.lookup_next)

    def _fingerprint(self, key: str) -> str:
        return hashlib.sha256(f"linli keys {key} {self.lookup}".encode()).hexdigest()[:8]

    def with_new_seal(self) -> Ring:
        """The same ring with a new key in front."""
        return replace(self, seal=(new_key(), *self.seal))

    def with_newest_only(self) -> Ring:
        """The same ring without its older keys: what is still sealed with one cannot be opened any more."""
        return replace(self, seal=self.seal[:1])

    def with_next_lookup(self) -> Ring:
        """The same ring with another key of look-up hashes beside the present one."""
        return replace(self, lookup_next=_new_lookup())

    def with_same_lookup(self) -> Ring:
        """The same ring without another key of look-up hashes, which a change that was cut off may have left."""
        return replace(self, lookup_next="")

    def with_lookup_changed(self) -> Ring:
        """The same ring with the next key of look-up hashes in force."""
        return replace(self, lookup=self.lookup_next or self.lookup, lookup_next="")


def new_ring() -> Ring:
    """Keys that nobody has yet."""
    return Ring((new_key(),), _new_lookup())


def new_key() -> str:
    """A key to seal with."""
    return Fernet.generate_key().decode()


def _new_lookup() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def read(file: Path) -> Ring:
    """The keys of a file. Raises KeysLostError and KeysWrongError."""
    try:
        told = json.loads(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise KeysLostError(str(file)) from None
    except (OSError, ValueError) as error:
        raise KeysWrongError(str(file)) from error
    try:
        ring = Ring(tuple(told["seal"]), told["lookup"], told.get("lookup_next", ""))
        for key in ring.seal:
            Fernet(key)
        lengths = [len(base64.urlsafe_b64decode(key)) for key in (ring.lookup, ring.lookup_next)]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KeysWrongError(str(file)) from error
    if not ring.seal or lengths not in ([32, 0], [32, 32]):
        raise KeysWrongError(str(file))
    return ring


def make(file: Path) -> bool:
    """Make a key file that only its owner can read, unless there is one; says whether it was made."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = _written(new_ring(), file)
    try:
        # Two processes start at once: one makes the keys, the other is refused here and reads them, never half of them.
        os.link(beside, file)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    _settle(file.parent)
    return True


def keep(ring: Ring, file: Path) -> None:
    """Put a ring in place of a file's, all of it or nothing: a crash leaves the old file or the new one."""
    beside = _written(ring, file)
    before = file.stat()
    if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()) and os.geteuid() == 0:
        os.chown(beside, before.st_uid, before.st_gid)  # changed by root, still read by the login that runs linli
    beside.replace(file)
    _settle(file.parent)


def _written(ring: Ring, file: Path) -> Path:
    """A new file beside, on the disk to stay: rows will be sealed with what stands in it."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # mode 0600
    told = {"seal": list(ring.seal), "lookup": ring.lookup}
    with os.fdopen(descriptor, "w") as opened:
        json.dump(told | ({"lookup_next": ring.lookup_next} if ring.lookup_next else {}), opened, indent=1)
        opened.write("\n")
        opened.flush()
        os.fsync(opened.fileno())
    return Path(name)


def _settle(folder: Path) -> None:
    """See that a new name in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
