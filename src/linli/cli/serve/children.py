"""The processes of a server, watched: one that dies is started again, and all end together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

LOOK_EVERY_S = 0.3
FORGIVEN_AFTER_S = 60.0  # a process that ran this long may die again without being called hopeless
HOPELESS = 6  # deaths in a row
PR_SET_PDEATHSIG = 1  # Linux: the signal a process gets when its parent dies


@dataclass(slots=True)
class Child:
    """One process: a module of ours, how long it may take to end, and its recent deaths."""

    name: str
    module: str
    arguments: Sequence[str] = ()
    grace_s: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    again_at: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        """Start it, in a process group of its own so that a Ctrl+C in the terminal reaches the watcher alone."""
        # -P: a file named as a module that lies where linli was started must not be taken for it.
        command = [sys.executable, "-P", "-m", self.module, *self.arguments]
        self.process = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to the process and everything it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class HopelessError(RuntimeError):
    """A process dies as soon as it is started; its name is the message."""


def watch(
    children: Sequence[Child],
    *,
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
    died: Callable[[Child], None],
) -> None:
    """Run processes until SIGTERM or SIGINT comes; start anew, with growing pauses, one that dies.

    Calls `on_ready` once, when `is_ready` first says so, and `died` at each death. Raises HopelessError, after ending
    the others, for a process that dies six times in a row or before everything was ready.
    """
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for child in children:
            child.start()
        ready = False
        while not stop.wait(LOOK_EVERY_S):
            for child in children:
                _look_after(child, forgiving=ready, died=died)
            if not ready and is_ready():
                ready = True
                on_ready()
    finally:
        # A second Ctrl+C must still be heard while the processes end.
        hurry = threading.Event()
        for number in before:
            signal.signal(number, lambda *_: hurry.set())
        end(children, hurry=hurry)
        for number, handler in before.items():
            signal.signal(number, handler)


def _look_after(child: Child, *, forgiving: bool, died: Callable[[Child], None]) -> None:
    if child.is_running:
        if child.deaths and time.monotonic() - child.started_at > FORGIVEN_AFTER_S:
            child.deaths = 0
        return
    if child.process is not None:
        child.signal_all(signal.SIGKILL)  # what it had started would keep the port
        child.process = None
        child.deaths += 1
        died(child)
        if not forgiving or child.deaths >= HOPELESS:
            raise HopelessError(child.name)
        child.again_at = time.monotonic() + min(30.0, 0.25 * 2**child.deaths)
    if time.monotonic() >= child.again_at:
        child.start()


def end(children: Sequence[Child], *, hurry: threading.Event) -> None:
    """End every process: ask first, then, after its grace or in a hurry, without asking."""
    running = [child for child in children if child.is_running]
    for child in running:
        if child.process is not None:
            child.process.terminate()
    asked_at = time.monotonic()
    while running:
        for child in running:
            if hurry.is_set() or time.monotonic() - asked_at > child.grace_s:
                child.signal_all(signal.SIGKILL)
        time.sleep(0.05)
        running = [child for child in running if child.is_running]
    for child in children:
        child.signal_all(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def die_with_parent() -> None:
    """End this process when the watcher is gone, even killed: nobody else would end it."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died between the two lines
        raise SystemExit(1)


def say_to_systemd(state: str) -> None:
    """Tell systemd (`READY=1`, `STOPPING=1`), where it started us and listens."""
    import socket

    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.connect("\0" + address[1:] if address.startswith("@") else address)
        told.sendall(state.encode())
