"""The systemd unit that starts linli when the computer starts."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from linli.cli.serve.plan import Plan

UNIT = """\
# linli at start of the computer. Made by `linli serve unit`; make it again after moving linli or its data.
[Unit]
Description=linli, the neighbourhood vaccination drive
Documentation={documentation}
After=network-online.target postgresql.service
Wants=network-online.target

[Service]
Type=notify
NotifyAccess=main
User={user}
Environment={home_setting}
ExecStart={command}
Restart=on-failure
RestartSec=5
TimeoutStartSec=15min
TimeoutStopSec=60
KillMode=mixed
UMask=0077

# It may write in its data folder and nowhere else, gain no rights, and see no other part of the computer.
NoNewPrivileges=yes
CapabilityBoundingSet={capabilities}
AmbientCapabilities={capabilities}
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={home}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"""


def text(*, user: str, home: Path, program: Path, arguments: Sequence[str], port: int) -> str:
    """The unit as systemd reads it; settings with secrets stay in the data folder's settings.env."""
    command = " ".join(_quoted(part) for part in (str(program), "serve", *arguments))
    return UNIT.format(
        user=user,
        home=_quoted(str(home)),
        command=command,
        home_setting=_quoted(f"LINLI_HOME={home}"),
        documentation=(program.parent.parent.parent / "docs/install.md").as_uri(),
        capabilities="CAP_NET_BIND_SERVICE" if port < 1024 else "",
    )


def _quoted(part: str) -> str:
    # systemd expands % and $ where a shell would not.
    return shlex.quote(part.replace("%", "%%").replace("$", "$$"))


def arguments(plan: Plan) -> list[str]:
    """The options of a plan as they stand on the command line."""
    options = ["--host", plan.host, "--port", str(plan.port), "--workers", str(plan.workers)]
    if plan.certificate and plan.key:
        options += ["--certificate", str(plan.certificate.resolve()), "--key", str(plan.key.resolve())]
    flags = ("local_authority", "insecure_http", "public_only")
    return options + [f"--{flag.replace('_', '-')}" for flag in flags if getattr(plan, flag)]
