"""The real server: started as an operator starts it, asked by HTTP and HTTPS, hurt and ended."""

from __future__ import annotations

import os
import signal
import ssl
import time
from pathlib import Path

import pytest
from cryptography import x509
from installation import PATIENCE_S, Installation, Server, command_of, descendants, fetch, free_port

from linli.cli.serve.network import lan_addresses, port_held

TRUSTED_TYPE = "application/x-x509-ca-cert"


def until(met: object, what: str) -> None:
    """Wait until a function gives something true."""
    end = time.monotonic() + PATIENCE_S
    while not met():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.1)


def ended(server: Server, pids: list[int]) -> None:
    """No process of a server is left."""
    until(lambda: not [pid for pid in pids if "linli.cli" in command_of(pid)], "processes are left")
    assert server.process.poll() is not None


def test_pages_and_background_work_start_and_end_together(filled: Installation) -> None:
    port = free_port()
    with filled.serving("serve", "--port", str(port)) as server:
        top = f"http://127.0.0.1:{port}"
        assert top in server.said
        assert "Nobody can sign in yet" in server.said
        status, headers, body = fetch(f"{top}/sign-in/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b"csrfmiddlewaretoken" in body
        assert "Secure" not in headers["set-cookie"]
        assert fetch(f"{top}/static/shell/linli.css")[0] == 200
        assert fetch(f"http://localhost:{port}/sign-in/")[0] == 200
        assert len(server.children("web_server")) == 3  # one that watches, two that answer
        assert len(server.children("task_worker")) == 1
        pids = descendants(server.process.pid)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE_S) == 0
        ended(server, pids)
    assert "No directory at" not in server.said
    assert "Traceback" not in server.said


def test_a_killed_process_is_started_again(filled: Installation) -> None:
    port = free_port()
    with filled.serving("serve", "--port", str(port)) as server:
        for name in ("task_worker", "web_server"):
            (first, *_others) = server.children(name)
            os.kill(first, signal.SIGKILL)
            until(
                lambda name=name, first=first: server.children(name) and first not in server.children(name), server.said
            )
        until(lambda: _answers(f"http://127.0.0.1:{port}/sign-in/"), server.said)
        assert "The background worker ended unexpectedly" in server.said
        assert "The server of pages ended unexpectedly" in server.said
        pids = descendants(server.process.pid)
    ended(server, pids)


def _answers(url: str) -> bool:
    try:
        return fetch(url)[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl+C", "killed"])
def test_nothing_is_left_when_the_watcher_ends(number: signal.Signals, filled: Installation) -> None:
    port = free_port()
    with filled.serving("serve", "--port", str(port)) as server:
        pids = descendants(server.process.pid)
        assert len(pids) == 4
        server.process.send_signal(number)
        server.process.wait(PATIENCE_S)
        ended(server, pids)


def test_background_work_is_done_and_taken_up_again(filled: Installation) -> None:
    """A task that lost its worker goes back into the queue; one that loses it every time is given up."""
    waiting = """
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from linli.cli.serve.task_worker import worker_id
far = timezone.now() - timedelta(minutes=5)
def put(key, status, workers):
    DBTaskResult.objects.create(
        id=f"00000000-0000-0000-0000-00000000000{key}", status=status, worker_ids=workers, run_after=far,
        task_path="linli.web.lists.tasks.stage", args_kwargs={"args": ["nobody", "2021-06-20", "nobody"], "kwargs": {}},
        backend_name="default", exception_class_path="", traceback="",
    )
dead = worker_id(4194303)
put(1, "READY", [])
put(2, "RUNNING", [dead])
put(3, "RUNNING", [dead, dead, dead])
put(4, "RUNNING", ["elsewhere:1"])
"""
    filled.python(waiting)
    states = """
from django_tasks_db.models import DBTaskResult
print({int(str(task.id)[-1]): task.status for task in DBTaskResult.objects.order_by("id")})
"""
    with filled.serving("serve", "--port", str(free_port())):
        until(lambda: "1: 'SUCCESSFUL'" in filled.python(states), "the task is not done")
        assert filled.python(states) == "{1: 'SUCCESSFUL', 2: 'READY', 3: 'FAILED', 4: 'RUNNING'}"


def test_two_servers_do_not_share_a_port(filled: Installation) -> None:
    port = str(free_port())
    with filled.serving("serve", "--port", port):
        refused = filled.run("serve", "--port", port, code=1)
    assert f"Port {port} is in use" in refused.stderr


def test_two_servers_started_at_once_do_not_share_a_port() -> None:
    port = free_port()
    with port_held(port) as first, port_held(port) as second, port_held(port + 1) as another:
        assert (first, second, another) == (True, False, True)
    with port_held(port) as again:
        assert again


def test_https_by_the_local_authority(filled: Installation) -> None:
    port = free_port()
    host = next(iter(lan_addresses()), "127.0.0.1")
    listen = "0.0.0.0" if host != "127.0.0.1" else host  # noqa: S104  # so that phones could reach it
    with filled.serving("serve", "--host", listen, "--port", str(port), "--local-authority") as server:
        top = f"https://{host}:{port}"
        assert f"{top}/" in server.said
        root = filled.home / "tls/root.crt"
        trust = ssl.create_default_context(cafile=str(root))
        status, headers, _body = fetch(f"{top}/sign-in/", trust=trust)
        assert status == 200
        assert "Secure" in headers["set-cookie"]
        assert headers["strict-transport-security"] == "max-age=31536000"
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            fetch(f"{top}/sign-in/", trust=ssl.create_default_context())

        status, _headers, page = fetch(f"{top}/install/", trust=trust)
        assert status == 200
        assert b"data:image/svg+xml" in page
        assert f"{top}/install/".encode() in page
        status, headers, der = fetch(f"{top}/install/linli-root.crt", trust=trust)
        assert (status, headers["content-type"]) == (200, TRUSTED_TYPE)
        assert x509.load_der_x509_certificate(der) == x509.load_pem_x509_certificate(root.read_bytes())
        printed = server.said.partition("fingerprint: ")[2].split()[0]
        assert printed.replace(":", " ").encode() in page
        # Asked on the computer itself, the page still leads phones to an address they can reach.
        if host != "127.0.0.1":
            assert f"{top}/install/".encode() in fetch(f"https://127.0.0.1:{port}/install/", trust=trust)[2]
    old = root.read_bytes()
    again = filled.run("serve", "--host", listen, "--port", str(port), "--local-authority", "check")
    assert "New certificate" not in again.stderr
    assert root.read_bytes() == old


def test_https_with_a_given_certificate(filled: Installation, tmp_path: Path) -> None:
    from linli.cli.serve.authority import server_files

    certificate, key, _ = server_files(tmp_path / "given", ["office.local", "127.0.0.1"])
    port = free_port()
    options = ("--port", str(port), "--certificate", str(certificate), "--key", str(key))
    with filled.serving("serve", *options):
        trust = ssl.create_default_context(cafile=str(tmp_path / "given/root.crt"))
        assert fetch(f"https://127.0.0.1:{port}/sign-in/", trust=trust)[0] == 200
        page = fetch(f"https://127.0.0.1:{port}/install/", trust=trust)
        assert page[0] == 200
        assert fetch(f"https://127.0.0.1:{port}/install/linli-root.crt", trust=trust)[0] == 404


def test_a_name_that_nobody_said_is_refused(filled: Installation) -> None:
    port = free_port()
    with filled.serving("serve", "--port", str(port), LINLI_HOSTS="office.local, 127.0.0.1"):
        assert fetch(f"http://127.0.0.1:{port}/sign-in/")[0] == 200
    with filled.serving("serve", "--port", str(port), LINLI_HOSTS="office.local"):
        assert fetch(f"http://127.0.0.1:{port}/sign-in/")[0] == 200  # this computer is always itself


def test_public_pages_run_apart_from_the_names(filled: Installation) -> None:
    """No background worker, no page with names, and a database that does not even answer is not missed."""
    port = free_port()
    nowhere = {"LINLI_DATABASE_URL": "postgresql://linli@127.0.0.1:1/linli"}
    with filled.serving("serve", "--port", str(port), "--public-only", **nowhere) as server:
        top = f"http://127.0.0.1:{port}"
        assert server.children("task_worker") == []
        assert {path: fetch(top + path)[0] for path in ("/", "/install/")} == {"/": 200, "/install/": 200}
        behind = ("/sign-in/", "/board/", "/due/", "/lists/", "/journal/", "/demo/office/")
        assert {path: fetch(top + path)[0] for path in behind} == dict.fromkeys(behind, 404)


@pytest.mark.parametrize(
    ("options", "env", "reason"),
    [
        (("--host", "0.0.0.0"), {}, "Names and passwords would go over the network unprotected"),  # noqa: S104
        (("--host", "0.0.0.0", "--insecure-http"), {}, "Set LINLI_HOSTS"),  # noqa: S104
        (("--local-authority", "--host", "203.0.113.77"), {}, "This computer has no address"),
        ((), {"LINLI_DATABASE_URL": "postgresql://linli@127.0.0.1:1/linli"}, "The database does not answer"),
    ],
    ids=["no HTTPS", "no hosts", "foreign address", "no database"],
)
def test_the_doors_stay_shut(options: tuple[str, ...], env: dict[str, str], reason: str, filled: Installation) -> None:
    refused = filled.run("serve", *options, "--port", str(free_port()), code=1, **env)
    assert reason in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_open_data_folder_keeps_the_doors_shut(filled: Installation) -> None:
    filled.home.chmod(0o755)
    assert f"chmod 700 {filled.home}" in filled.run("serve", "check", code=1).stderr


def test_the_terminal_is_told_in_chinese(filled: Installation) -> None:
    said = filled.run("serve", "check", LINLI_LANGUAGE="zh")
    assert said.returncode == 0


def test_systemd_is_told_when_the_doors_are_open(filled: Installation, tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE_S)
        with filled.serving("serve", "--port", str(free_port()), NOTIFY_SOCKET=str(tmp_path / "notify")):
            assert systemd.recv(100) == b"READY=1"
