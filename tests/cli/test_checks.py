"""What `linli serve` looks at before it opens."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization

from linli.cli import root
from linli.cli.serve import checks
from linli.cli.serve.authority import Pair, new_root, new_server
from linli.cli.serve.plan import Plan
from linli.cli.serve.unit import arguments, text

EVERYWHERE = "0.0.0.0"  # noqa: S104  # nothing is bound to it here
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def said(findings: Iterator[checks.Finding]) -> list[tuple[str, bool]]:
    """The first words of each finding, and whether it keeps the doors shut."""
    return [(" ".join(finding.text.split()[:5]), finding.stops) for finding in findings]


@pytest.fixture
def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("plan", "hosts", "expected"),
    [
        ({"host": "127.0.0.1"}, "", []),
        ({"host": "localhost"}, "", []),
        (
            {"host": EVERYWHERE},
            "",
            [("Nobody said by which names", True), ("Names and passwords would go", True)],
        ),
        ({"host": EVERYWHERE}, "192.168.1.20", [("Names and passwords would go", True)]),
        (
            {"host": EVERYWHERE},
            "localhost,127.0.0.1",
            [("Nobody said by which names", True), ("Names and passwords would go", True)],
        ),
        (
            {"host": EVERYWHERE, "insecure_http": True},
            "office.local",
            [("--insecure-http: everybody on this network", False)],
        ),
        ({"host": EVERYWHERE, "local_authority": True}, "office.local", []),
        ({"host": "203.0.113.77", "local_authority": True}, "office.local", [("This computer has no address", True)]),
    ],
    ids=[
        "this computer",
        "localhost",
        "all, unprotected",
        "hosts alone",
        "only own names",
        "insecure",
        "HTTPS",
        "not its address",
    ],
)
def test_address(
    plan: dict[str, object], hosts: str, expected: list[tuple[str, bool]], free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_HOSTS", hosts)
    assert said(checks.address(Plan(port=free, **plan))) == expected  # type: ignore[arg-type]  # a table of options


def test_a_taken_port_is_named_with_another(free: int) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian opens it
        taken.bind(("127.0.0.1", free))
        taken.listen()
        (finding,) = checks.address(Plan("127.0.0.1", free))
    assert finding == checks.Finding(f"Port {free} is in use by another program. Take another: --port {free + 1}")


@pytest.mark.parametrize(("mode", "stops"), [(0o700, False), (0o750, True), (0o705, True), (0o755, True)])
def test_data_folder_is_closed_to_others(mode: int, *, stops: bool, tmp_path: Path) -> None:
    tmp_path.chmod(mode)
    assert [finding.stops for finding in checks.folder(tmp_path)] == [True] * stops


def test_data_folder_that_is_not_there(tmp_path: Path) -> None:
    (finding,) = checks.folder(tmp_path / "nowhere")
    assert "cannot write" in finding.text


@pytest.mark.parametrize(
    ("at", "today", "expected"),
    [
        (NOW, "", []),
        (datetime(1970, 1, 1, tzinfo=UTC), "", [("The clock of this computer", True)]),
        (NOW, "2021-06-20", [("LINLI_TODAY holds the day at", False)]),
    ],
    ids=["right", "battery empty", "rehearsal"],
)
def test_clock(at: datetime, today: str, expected: list[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_TODAY", today)
    assert said(checks.clock(at=at)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ahead", "count"), [(timedelta(minutes=5), 0), (timedelta(days=2), 1)], ids=["a little", "two days"]
)
def test_a_journal_from_the_future_is_noticed(ahead: timedelta, count: int) -> None:
    from linli.records.journal.actions import Who, write

    write(by=Who("", "test"), verb="accounts.enrol", at=NOW + ahead)
    assert len(list(checks.journal(at=NOW))) == count


@pytest.mark.django_db
def test_what_is_missing_to_begin_is_said() -> None:
    found = list(checks.begun())
    assert [finding.stops for finding in found] == [False, False]
    assert ["linli accounts add" in found[0].text, "linli programme open" in found[1].text] == [True, True]


def files(folder: Path, pair: Pair) -> tuple[Path, Path]:
    certificate, key = folder / "given.crt", folder / "given.key"
    certificate.write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key.write_bytes(pair.key.private_bytes(serialization.Encoding.PEM, *form))
    key.chmod(0o600)
    return certificate, key


@pytest.mark.parametrize(
    ("made_at", "hosts", "expected"),
    [
        (NOW, "office.local", []),
        (NOW - timedelta(days=350), "office.local", [("The certificate expires on 2026-03-16.", False)]),
        (NOW - timedelta(days=366), "office.local", [("The certificate expired on 2026-02-28.", True)]),
        (NOW + timedelta(days=3), "office.local", [("The certificate is in force", True)]),
        (NOW, "office.local,other.local", [("The certificate does not name", False)]),
    ],
    ids=["good", "expires soon", "expired", "not yet", "another host"],
)
def test_given_certificate(
    made_at: datetime, hosts: str, expected: list[tuple[str, bool]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_HOSTS", hosts)
    certificate, key = files(tmp_path, new_server(new_root(["office.local"], at=made_at), ["office.local"], at=made_at))
    assert said(checks.certificate(Plan(EVERYWHERE, 1, certificate, key), at=NOW)) == expected


def test_given_certificate_with_the_wrong_key_or_none(tmp_path: Path) -> None:
    root_ = new_root(["office.local"], at=NOW)
    certificate, key = files(tmp_path, new_server(root_, ["office.local"], at=NOW))
    (tmp_path / "other").mkdir()
    _, other = files(tmp_path / "other", new_server(root_, ["office.local"], at=NOW))
    (wrong,) = checks.certificate(Plan(EVERYWHERE, 1, certificate, other), at=NOW)
    assert "does not belong" in wrong.text
    key.chmod(0o644)
    assert [
        "chmod 600" in finding.text for finding in checks.certificate(Plan(EVERYWHERE, 1, certificate, key), at=NOW)
    ] == [True]
    (unreadable,) = checks.certificate(Plan(EVERYWHERE, 1, certificate, tmp_path / "none.key"), at=NOW)
    assert "cannot be read" in unreadable.text
    certificate.write_text("not PEM")
    (unreadable,) = checks.certificate(Plan(EVERYWHERE, 1, certificate, key), at=NOW)
    assert "cannot be read" in unreadable.text


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--certificate", "a.pem"], "belong together"),
        (["--key", "a.pem"], "belong together"),
        (["--certificate", "a", "--key", "b", "--local-authority"], "Take either"),
        (["--port", "0"], "0 is not in the range"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_that_contradict(options: list[str], reason: str) -> None:
    done = CliRunner().invoke(root, ["serve", *options, "check"])
    assert done.exit_code == 2
    assert reason in done.output


def test_unit_says_the_same_options(tmp_path: Path) -> None:
    plan = Plan(EVERYWHERE, 443, local_authority=True, workers=3)
    made = text(
        user="linli",
        home=Path("/var/lib/lin li/100%"),
        program=Path("/opt/linli/.venv/bin/linli"),
        arguments=arguments(plan),
        port=443,
    )
    lines = dict(line.split("=", 1) for line in made.splitlines() if "=" in line and not line.startswith("#"))
    assert (
        lines["ExecStart"] == "/opt/linli/.venv/bin/linli serve --host 0.0.0.0 --port 443 --workers 3 --local-authority"
    )
    assert lines["Environment"] == "'LINLI_HOME=/var/lib/lin li/100%%'"
    assert lines["ReadWritePaths"] == "'/var/lib/lin li/100%%'"
    assert lines["CapabilityBoundingSet"] == "CAP_NET_BIND_SERVICE"
    hard = {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "read-only",
        "PrivateTmp": "yes",
        "UMask": "0077",
    }
    assert {name: lines[name] for name in hard} == hard


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "bin/linli"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    plan = Plan(EVERYWHERE, 8443, tmp_path / "c e r t.pem", tmp_path / "key.pem")
    file = tmp_path / "linli.service"
    file.write_text(text(user="root", home=tmp_path, program=program, arguments=arguments(plan), port=8443))
    # Without manual pages and other units, which a container does not have.
    command = ["systemd-analyze", "verify", "--man=no", "--generators=no", "--recursive-errors=no", str(file)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"}
    )
    if "Failed to initialize manager" in done.stderr or "Failed to create" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert [line for line in done.stderr.splitlines() if str(file) in line or "linli.service" in line] == []
    assert done.returncode == 0
