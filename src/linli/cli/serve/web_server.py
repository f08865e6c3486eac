"""The process that answers browsers: granian with the WSGI application. Started by `linli serve` alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.log import LogLevels
from granian.server import Server

from linli.cli.ready import keep_bytecode
from linli.cli.serve.children import die_with_parent

THREADS = 4
END_S = 5


def application(target: str) -> Callable[..., Any]:
    """The application; by name, since the wiring stands above the doors."""
    found: Callable[..., Any] = import_module(target).application
    return found


def run(*, host: str, port: int, workers: int, certificate: Path | None, key: Path | None) -> None:
    """Serve until told to end."""
    Server(
        "linli.config.wsgi",
        address=host.strip("[]"),
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # addresses tell who was looked at, and when
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,  # cheap old phones
        respawn_failed_workers=True,
        workers_kill_timeout=END_S,
    ).serve(target_loader=application)


if __name__ == "__main__":
    die_with_parent()
    keep_bytecode()
    host, port, workers, *files = sys.argv[1:]
    certificate, key = (Path(file) for file in files) if files else (None, None)
    run(host=host, port=int(port), workers=int(workers), certificate=certificate, key=key)
