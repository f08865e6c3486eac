"""The office's own certificate authority."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from linli.cli.serve.authority import HostOutsideError, names_of, new_root, new_server, server_files

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
HOSTS = ("192.168.1.20", "office", "office.local", "127.0.0.1", "localhost", "::1")


def certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def made(folder: Path, *, hosts: tuple[str, ...] = HOSTS, at: datetime = NOW) -> tuple[bytes, bytes, bool]:
    """Root, server certificate, and whether the latter is new."""
    server, _key, is_new = server_files(folder, hosts, at=at)
    return (folder / "root.crt").read_bytes(), server.read_bytes(), is_new


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    made(tmp_path / "tls")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "tls").iterdir()}
    assert {name: mode for name, mode in modes.items() if name.endswith(".key")} == {
        "root.key": 0o600,
        "server.key": 0o600,
    }
    assert set(modes) == {"root.key", "root.crt", "server.key", "server.crt"}
    assert stat.S_IMODE((tmp_path / "tls").stat().st_mode) == 0o700


@pytest.mark.parametrize("host", HOSTS)
def test_a_phone_that_trusts_the_root_trusts_the_server(host: str, tmp_path: Path) -> None:
    made(tmp_path)
    assert verified(certificate(tmp_path / "server.crt"), certificate(tmp_path / "root.crt"), host)


def verified(leaf: x509.Certificate, root: x509.Certificate, host: str) -> bool:
    import ipaddress

    try:
        name: x509.DNSName | x509.IPAddress = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        name = x509.DNSName(host)
    verifier = PolicyBuilder().store(Store([root])).time(NOW).build_server_verifier(name)
    try:
        verifier.verify(leaf, [])
    except VerificationError:
        return False
    return True


@pytest.mark.parametrize("host", ["bank.example.com", "8.8.8.8", "notlocal"])
def test_the_root_cannot_speak_for_others(host: str) -> None:
    """Even with its key stolen: phones refuse what it signs outside its constraints."""
    root = new_root(HOSTS, at=NOW)
    stolen = new_server(root, [host], at=NOW)
    assert names_of(stolen.certificate) == {host}
    assert not verified(stolen.certificate, root.certificate, host)


@pytest.mark.parametrize("host", ["linli.example.org", "203.0.113.9"])
def test_a_host_outside_is_refused_before_phones_would(host: str, tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(HostOutsideError, match=host):
        made(tmp_path, hosts=(*HOSTS, host))
    assert made(tmp_path / "new", hosts=(*HOSTS, host))[2]


@pytest.mark.parametrize(
    ("later", "hosts", "is_new"),
    [
        (timedelta(days=1), HOSTS, False),
        (timedelta(days=334), HOSTS, False),
        (timedelta(days=335), HOSTS, True),
        (timedelta(days=500), HOSTS, True),
        (timedelta(days=1), (*HOSTS, "192.168.1.21"), True),
        (timedelta(days=1), HOSTS[1:], False),
    ],
    ids=["next day", "31 days left", "30 days left", "expired", "another address", "one address fewer"],
)
def test_the_server_is_renewed_under_the_same_root(
    later: timedelta, hosts: tuple[str, ...], *, is_new: bool, tmp_path: Path
) -> None:
    root, server, _ = made(tmp_path)
    again = made(tmp_path, hosts=hosts, at=NOW + later)
    assert again[0] == root
    assert again[2] == is_new
    assert (again[1] != server) == is_new


def test_terms() -> None:
    root = new_root(HOSTS, at=NOW)
    server = new_server(root, HOSTS, at=NOW)
    assert root.certificate.not_valid_after_utc == NOW + timedelta(days=3652)
    assert server.certificate.not_valid_after_utc == NOW + timedelta(days=365)
    assert server.certificate.not_valid_before_utc == NOW - timedelta(days=1)
    late = new_server(root, HOSTS, at=NOW + timedelta(days=3500))
    assert late.certificate.not_valid_after_utc == root.certificate.not_valid_after_utc


def test_a_certificate_of_another_root_is_replaced(tmp_path: Path) -> None:
    made(tmp_path)
    for name in ("root.crt", "root.key"):
        (tmp_path / name).unlink()
    assert made(tmp_path)[2]


def test_a_root_cut_off_by_a_power_cut_is_made_again(tmp_path: Path) -> None:
    tmp_path.joinpath("root.key").write_text("-----BEGIN")
    assert made(tmp_path)[2]
