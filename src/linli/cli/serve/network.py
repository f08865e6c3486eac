"""The names and addresses by which others reach this computer."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import ipaddress
import socket
import struct
from collections.abc import Iterator

SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of a network card
VIRTUAL = (
    "docker",
    "veth",
    "br-",
    "virbr",
    "lxc",
    "cni",
    "flannel",
)  # between programs on this computer, not for phones


def lan_addresses() -> list[str]:
    """IPv4 addresses of this computer's network cards, the one towards the outside first."""
    found = [_outward(), *(_address_of(name) for _, name in socket.if_nameindex() if not name.startswith(VIRTUAL))]
    return list(dict.fromkeys(address for address in found if address and _is_for_others(address)))


def own_names() -> list[str]:
    """What other computers may call this one: its name, alone and as Bonjour spells it."""
    name = socket.gethostname().split(".")[0].lower()
    if not name or name == "localhost" or not name.replace("-", "").isalnum() or not name.isascii():
        return []
    return [name, f"{name}.local"]


def port_problem(host: str, port: int) -> str | None:
    """Why a port cannot be opened: `taken`, `forbidden` or `no_such_address`; None where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Not SO_REUSEPORT: granian's workers share their port by it, and a second server would slip in unnoticed.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            reasons = {errno.EADDRINUSE: "taken", errno.EACCES: "forbidden"}
            return reasons.get(error.errno or 0, "no_such_address")
    return None


@contextlib.contextmanager
def port_held(port: int) -> Iterator[bool]:
    """Keep other linli servers of this computer off a port until the end; gives whether it was free of them.

    granian opens its port with SO_REUSEPORT, so of two servers started at once both would get it, and each browser one
    of them by chance. The name in Linux's abstract space is given to one of them, and falls free when it dies.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as held:
        try:
            held.bind(f"\0linli-port-{port}")
        except OSError:
            yield False
            return
        yield True


def answers(host: str, port: int) -> bool:
    """Whether something listens."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _outward() -> str | None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which card would be taken
        return str(probe.getsockname()[0])
    return None


def _address_of(card: str) -> str | None:
    request = struct.pack("256s", card.encode()[:15])
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        return socket.inet_ntoa(fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)[20:24])
    return None


def _is_for_others(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)
