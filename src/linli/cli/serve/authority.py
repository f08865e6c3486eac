"""A certificate authority of this office's own: phones trust its root once, and every later certificate with it.

The root may sign for private networks and the office's own names alone (name constraints), so that a stolen key cannot
speak for any other site to the phones that trust it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_LASTS = timedelta(days=3652)
SERVER_LASTS = timedelta(days=365)  # iPhones refuse more than 825 days
RENEW_BEFORE = timedelta(days=30)
CLOCK_SLACK = timedelta(days=1)  # a phone whose clock is a little behind must not refuse a new certificate
PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10")
PRIVATE_NAMES = ("localhost", "local", "lan", "internal", "home.arpa")


class HostOutsideError(ValueError):
    """The authority was not made for this host; phones would refuse a certificate that names it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def server_files(folder: Path, hosts: Sequence[str], *, at: datetime | None = None) -> tuple[Path, Path, bool]:
    """The server's certificate and key for these hosts, made or renewed where needed, and whether they are new.

    `folder` holds root.crt, root.key, server.crt and server.key; keys are readable by their owner alone. Raises
    HostOutsideError for a host that the root may not sign for.
    """
    at = at or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    root = _read(folder / "root")
    if root is None or root.certificate.not_valid_after_utc <= at + RENEW_BEFORE:
        root = new_root(hosts, at=at)
        _write(folder / "root", root)
    for host in hosts:
        if not _permits(root.certificate, host):
            raise HostOutsideError(host)
    server = _read(folder / "server")
    if server is not None and _still_serves(server.certificate, root.certificate, hosts, at):
        return folder / "server.crt", folder / "server.key", False
    _write(folder / "server", new_server(root, hosts, at=at))
    return folder / "server.crt", folder / "server.key", True


def new_root(hosts: Sequence[str], *, at: datetime) -> Pair:
    """A new root: elliptic curve P-256, ten years, only for private networks and these hosts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"linli {at:%Y-%m-%d} local authority")])
    permitted: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(net)) for net in PRIVATE_NETWORKS]
    permitted += [x509.DNSName(dns) for dns in PRIVATE_NAMES]
    for general in map(_general, hosts):
        if isinstance(general, x509.IPAddress):
            permitted.append(x509.IPAddress(ipaddress.ip_network(general.value)))
        else:
            permitted.append(general)
    certificate = (
        _builder(name, name, key, at - CLOCK_SLACK, at + ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(list(dict.fromkeys(permitted)), None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Pair(certificate, key)


def new_server(root: Pair, hosts: Sequence[str], *, at: datetime) -> Pair:
    """A server certificate for these hosts, signed by the root, for one year."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "linli")])
    until = min(at + SERVER_LASTS, root.certificate.not_valid_after_utc)
    certificate = (
        _builder(name, root.certificate.subject, key, at - CLOCK_SLACK, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), critical=False)
        .sign(root.key, hashes.SHA256())
    )
    return Pair(certificate, key)


def names_of(certificate: x509.Certificate) -> set[str]:
    """The hosts a certificate names."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set()
    addresses = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return addresses | {name.lower() for name in names.get_values_for_type(x509.DNSName)}


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, as phones show it: pairs of hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general(host: str) -> x509.DNSName | x509.IPAddress:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host.lower())


def _network(address: object) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(str(address))


def _permits(root: x509.Certificate, host: str) -> bool:
    allowed = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    wanted = _general(host)
    if isinstance(wanted, x509.IPAddress):
        networks = [each.value for each in allowed if isinstance(each, x509.IPAddress)]
        return any(ipaddress.ip_network(wanted.value).overlaps(network) for network in map(_network, networks))
    return any(
        isinstance(each, x509.DNSName) and f".{wanted.value}".endswith(f".{each.value.lower()}") for each in allowed
    )


def _still_serves(server: x509.Certificate, root: x509.Certificate, hosts: Sequence[str], at: datetime) -> bool:
    wanted = {str(_general(host).value) for host in hosts}
    if not wanted <= names_of(server) or server.not_valid_after_utc <= at + RENEW_BEFORE:
        return False
    with contextlib.suppress(Exception):  # whatever is wrong with the signature, the remedy is a new certificate
        server.verify_directly_issued_by(root)
        return True
    return False


def _read(stem: Path) -> Pair | None:
    files = stem.with_suffix(".crt"), stem.with_suffix(".key")
    if not all(file.exists() for file in files):
        return None
    key = serialization.load_pem_private_key(files[1].read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{files[1]} is not a key that linli made")
    return Pair(x509.load_pem_x509_certificate(files[0].read_bytes()), key)


def _write(stem: Path, pair: Pair) -> None:
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    # The key first: a certificate whose key is missing counts as not made.
    _put(stem.with_suffix(".key"), pair.key.private_bytes(serialization.Encoding.PEM, *form), 0o600)
    _put(stem.with_suffix(".crt"), pair.certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _put(file: Path, content: bytes, mode: int) -> None:
    with _replacing(file, mode) as descriptor:
        os.write(descriptor, content)


@contextlib.contextmanager
def _replacing(file: Path, mode: int) -> Iterator[int]:
    """Write beside and rename, so that nobody ever reads half a key."""
    beside = file.with_name(f".{file.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        yield descriptor
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    beside.replace(file)
