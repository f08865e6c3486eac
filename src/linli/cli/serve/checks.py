"""What is looked at before the doors open: each finding is one sentence and what to do."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from linli.cli.language import gettext as _
from linli.cli.serve.network import port_problem
from linli.cli.serve.plan import Plan, is_loopback, named_hosts, open_hosts

EARLIEST_YEAR = 2025  # this program did not exist before: an earlier clock is wrong
EXPIRES_SOON = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be; `stops` when the doors must stay shut."""

    text: str
    stops: bool = True


def folder(home: Path) -> Iterator[Finding]:
    """The data folder can be written by us and read by nobody else."""
    if not home.is_dir() or not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(
            _(
                "linli cannot write in its data folder {folder}. "
                "Give it to the login that runs linli: chown, chmod 700."
            ).format(folder=home)
        )
        return
    if stat.S_IMODE(home.stat().st_mode) & 0o077:
        yield Finding(
            _("Others on this computer can look into the folder {folder}. Close it: chmod 700 {folder}").format(
                folder=home
            )
        )


def keys(file: Path) -> Iterator[Finding]:
    """The key file can be read by us alone."""
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield Finding(
            _("Others on this computer can read the key file {file}. Close it: chmod 600 {file}").format(file=file)
        )


def address(plan: Plan) -> Iterator[Finding]:
    """Off this computer only under names that were said, and only with HTTPS."""
    if not plan.is_loopback:
        if not open_hosts(named_hosts()):
            yield Finding(
                _(
                    "Nobody said by which names or addresses browsers will call this computer. "
                    "Set LINLI_HOSTS, as LINLI_HOSTS=192.168.1.20,office.local"
                )
            )
        if not plan.is_https and not plan.insecure_http:
            yield Finding(
                _(
                    "Names and passwords would go over the network unprotected. Add --local-authority, or "
                    "--certificate and --key; on a network that nobody else uses, --insecure-http."
                )
            )
        elif not plan.is_https:
            yield Finding(
                _(
                    "--insecure-http: everybody on this network can read names and passwords, "
                    "and phone cameras will not work."
                ),
                stops=False,
            )
    reason = port_problem(plan.host, plan.port)
    if reason == "taken":
        yield Finding(
            _("Port {port} is in use by another program. Take another: --port {other}").format(
                port=plan.port, other=plan.port + 1
            )
        )
    elif reason == "forbidden":
        yield Finding(
            _(
                "This login may not open port {port}: ports below 1024 need a right of their own. "
                "Take another, as --port 8443."
            ).format(port=plan.port)
        )
    elif reason:
        yield Finding(
            _("This computer has no address {host}. Take --host 0.0.0.0 for all its networks.").format(host=plan.host)
        )


def certificate(plan: Plan, *, at: datetime) -> Iterator[Finding]:
    """The given certificate can be read, belongs to the key, is in force and names the hosts."""
    if plan.certificate is None or plan.key is None:
        return
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    from linli.cli.serve.authority import names_of

    try:
        found = x509.load_pem_x509_certificates(plan.certificate.read_bytes())[0]
        key = load_pem_private_key(plan.key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, IndexError) as error:
        yield Finding(
            _("The certificate or its key cannot be read: {error}. Both must be PEM files without a password.").format(
                error=str(error).rstrip(".")
            )
        )
        return
    if key.public_key() != found.public_key():
        yield Finding(
            _("The key {key} does not belong to the certificate {certificate}.").format(
                key=plan.key, certificate=plan.certificate
            )
        )
    day = found.not_valid_after_utc.date().isoformat()
    if found.not_valid_after_utc <= at:
        yield Finding(
            _("The certificate expired on {day}. Put a new one in its place and start again.").format(day=day)
        )
    elif found.not_valid_after_utc <= at + EXPIRES_SOON:
        yield Finding(
            _("The certificate expires on {day}. Put a new one in its place before.").format(day=day), stops=False
        )
    if found.not_valid_before_utc > at:
        since = found.not_valid_before_utc.date().isoformat()
        yield Finding(
            _("The certificate is in force only from {day}. Is the clock of this computer right?").format(day=since)
        )
    if stat.S_IMODE(plan.key.stat().st_mode) & 0o077:
        yield Finding(
            _("Others on this computer can read the key {key}. Close it: chmod 600 {key}").format(key=plan.key)
        )
    named = names_of(found)
    missing = [host for host in open_hosts(named_hosts()) if not _covers(named, host.strip("[]").lower())]
    if missing:
        yield Finding(
            _("The certificate does not name {hosts}; browsers will warn there.").format(hosts=", ".join(missing)),
            stops=False,
        )


def clock(*, at: datetime) -> Iterator[Finding]:
    """The clock tells a time that can be, and the day is today's."""
    if at.year < EARLIEST_YEAR:
        yield Finding(
            _("The clock of this computer says {day}. Set it (timedatectl): who is due depends on the day.").format(
                day=at.date().isoformat()
            )
        )
    fixed = os.environ.get("LINLI_TODAY")
    if fixed and not os.environ.get("LINLI_DEMO"):
        yield Finding(_("LINLI_TODAY holds the day at {day}. Unset it for real work.").format(day=fixed), stops=False)


def journal(*, at: datetime) -> Iterator[Finding]:
    """Nothing was written down later than now."""
    from linli.records.journal.queries import lines

    last = lines().values_list("at", flat=True).first()
    if last is not None and last > at + timedelta(hours=1):
        yield Finding(
            _("The journal was last written at {time}, later than the clock of this computer. Check the clock.").format(
                time=last.astimezone().isoformat(sep=" ", timespec="minutes")
            ),
            stops=False,
        )


def begun() -> Iterator[Finding]:
    """Somebody can sign in, and there is a drive to work on."""
    from linli.records.accounts.models import Worker
    from linli.records.programme.models import Drive

    if not Worker.objects.filter(is_active=True).exists():
        yield Finding(
            _("Nobody can sign in yet: linli accounts add USERNAME --name NAME --role office --area CODE"), stops=False
        )
    if not Drive.objects.exists():
        yield Finding(
            _("No drive is open yet: linli programme open CODE --area CODE --from DATE --name NAME"), stops=False
        )


def retention(*, on: date) -> Iterator[Finding]:
    """Nobody is kept longer than the law allows."""
    from linli.records.retention.queries import drives, forgettable

    over, _needed = drives(on=on)
    if over and forgettable(on=on).exists():
        yield Finding(
            _("People of {drives} are to be forgotten since {day}: linli people forget").format(
                drives=", ".join(drive.name for drive in over), day=min(str(drive.forget_on) for drive in over)
            ),
            stops=False,
        )


def _covers(named: set[str], host: str) -> bool:
    wild = f"*.{host.partition('.')[2]}"
    return host in named or wild in named or is_loopback(host)
