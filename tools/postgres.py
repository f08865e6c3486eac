"""Run a command beside a PostgreSQL server of its own: `tools/postgres.py COMMAND ...` sets LINLI_DATABASE_URL.

The server lives in a temporary folder, listens on a Unix socket and a loopback port, and is gone afterwards. As root it
runs as the `postgres` user, since PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def programs() -> Path:
    """The folder of Debian's newest PostgreSQL server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not folders:
        raise SystemExit("PostgreSQL is not installed; as root: apt-get install -y postgresql")
    return folders[-1].parent


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A running server; gives its address."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    port = _free_port()
    data, log = folder / "data", folder / "log"
    bin_ = programs()
    run = lambda *command: subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: E731
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c shared_buffers=256MB"
    )
    try:
        run(bin_ / "initdb", "-D", data, "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run(bin_ / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")
        try:
            run(bin_ / "createdb", "-h", folder, "-p", str(port), "-U", "linli", "linli")
            yield f"postgresql://linli@127.0.0.1:{port}/linli"
        finally:
            run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with server() as address:
        done = subprocess.run(sys.argv[1:], env={**os.environ, "LINLI_DATABASE_URL": address}, check=False)
    sys.exit(done.returncode)
