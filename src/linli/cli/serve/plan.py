"""What is to be served, where and how."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """One server: address, certificate, and which pages."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    local_authority: bool = False
    public_only: bool = False
    insecure_http: bool = False
    workers: int = WORKERS

    @property
    def is_https(self) -> bool:
        return self.local_authority or self.certificate is not None

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.host)

    def url(self, name: str) -> str:
        """The address a browser opens, on one of this computer's names."""
        scheme, usual = ("https", 443) if self.is_https else ("http", 80)
        return f"{scheme}://{name}{'' if self.port == usual else f':{self.port}'}/"


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address."""
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def is_everywhere(host: str) -> bool:
    """Whether an address means every network of this computer."""
    return host.strip("[]") in ("0.0.0.0", "::")  # noqa: S104  # compared, not bound


def named_hosts() -> list[str]:
    """The names in LINLI_HOSTS, in their order."""
    return [host.strip() for host in os.environ.get("LINLI_HOSTS", "").split(",") if host.strip()]


def open_hosts(hosts: list[str]) -> list[str]:
    """Those names that others than this computer may use."""
    return [host for host in hosts if not is_loopback(host)]
