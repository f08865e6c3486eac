"""What a served installation answers over TLS: which versions, and nothing beside it."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import warnings

import pytest
from installation import Installation, fetch, free_port


def versions(port: int, root: str) -> dict[str, bool]:
    """Which versions of TLS a server speaks."""
    found = {}
    for name in ("TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"):
        context = ssl.create_default_context(cafile=root)
        context.set_ciphers("ALL:@SECLEVEL=0")  # so that old versions fail at the server and not here
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, name)
        try:
            with (
                socket.create_connection(("127.0.0.1", port), timeout=10) as opened,
                context.wrap_socket(opened, server_hostname="127.0.0.1"),
            ):
                found[name] = True
        except (ssl.SSLError, OSError):
            found[name] = False
    return found


def without_tls(port: int) -> int:
    """The status of an answer in the clear."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as plain:
        plain.request("GET", "/sign-in/")
        return plain.getresponse().status


def test_only_new_tls_and_nothing_without_it(filled: Installation) -> None:
    port = free_port()
    with filled.serving("serve", "--port", str(port), "--local-authority"):
        root = str(filled.home / "tls/root.crt")
        assert versions(port, root) == {"TLSv1": False, "TLSv1_1": False, "TLSv1_2": True, "TLSv1_3": True}
        trust = ssl.create_default_context(cafile=root)
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as opened,
            trust.wrap_socket(opened, server_hostname="127.0.0.1") as spoken,
        ):
            assert spoken.version() == "TLSv1.3"
        with pytest.raises((http.client.HTTPException, OSError)):
            without_tls(port)
        status, headers, _ = fetch(f"https://127.0.0.1:{port}/sign-in/", trust=trust)
        assert status == 200
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert not any(name.lower() in ("x-powered-by", "x-aspnet-version") for name in headers)
