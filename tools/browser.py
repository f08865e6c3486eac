"""A demo being served, and a browser to look at it: shared by the pictures and the browser tests."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
# Without these Chromium talks to hosts of its own at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served_demo(*, stage: str = "morning", people: int = 600, home: Path | None = None) -> Iterator[str]:
    """`linli demo` on a free port, as a person would start it; gives its address and ends every process afterwards."""
    with tempfile.TemporaryDirectory(prefix="linli-demo-") as folder:
        port = free_port()
        env = {key: value for key, value in os.environ.items() if not key.startswith(("LINLI_", "DJANGO_"))}
        env |= {"LINLI_HOME": str(home or folder)}
        command = [Path(sys.executable).parent / "linli", "demo", "--stage", stage, "--people", str(people)]
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(
                [*command, "--port", str(port)], env=env, stdout=log, stderr=log, start_new_session=True
            )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, server, Path(folder) / "log")
            yield address
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            with urllib.request.urlopen(f"{address}/check/", timeout=2):  # noqa: S310  # our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}: {log.read_text()}")
