"""Signing in on a served installation, over HTTPS as an office runs it: the cookies a browser is given."""

from __future__ import annotations

import re
import ssl
import urllib.request
from http.cookiejar import Cookie, CookieJar
from urllib.parse import urlencode

import pytest
from installation import Installation, areas, free_port

PASSWORD = "eleven-carps-swim"


class Browser:
    """A browser with its cookies."""

    def __init__(self, top: str, trust: ssl.SSLContext) -> None:
        self.top, self.jar = top, CookieJar()
        handlers = (
            urllib.request.HTTPCookieProcessor(self.jar),
            urllib.request.HTTPSHandler(context=trust),
            urllib.request.ProxyHandler({}),
        )
        self.opener = urllib.request.build_opener(*handlers)
        self.headers: dict[str, str] = {}

    def get(self, path: str) -> str:
        """A page, after all redirects."""
        return self._open(urllib.request.Request(self.top + path))  # noqa: S310  # our own address

    def send(self, path: str, page: str, **fields: str) -> str:
        """A form of a page, with its token."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        data = urlencode({"csrfmiddlewaretoken": token[1]} | fields).encode()
        sent = urllib.request.Request(self.top + path, data, headers={"Referer": self.top + path})  # noqa: S310
        return self._open(sent)

    def cookie(self, name: str) -> Cookie:
        """A cookie by name."""
        return next(cookie for cookie in self.jar if cookie.name == name)

    def _open(self, request: urllib.request.Request) -> str:
        with self.opener.open(request, timeout=20) as answer:
            self.headers = dict(answer.headers)
            return str(answer.read().decode())


@pytest.mark.parametrize("who", ["leader", "volunteer"])
def test_cookies_over_https(installation: Installation, who: str) -> None:
    installation.python(areas("A"))
    port = free_port()
    top = f"https://127.0.0.1:{port}"
    with installation.serving("serve", "--port", str(port), "--local-authority"):
        root = installation.home / "tls/root.crt"
        browser = Browser(top, ssl.create_default_context(cafile=str(root)))
        add = ("accounts", "add", who, "--name", "Somebody (invented)", "--role", who, "--area", "A0")
        if who == "leader":
            installation.run(*add, "--password-stdin", said=f"{PASSWORD}\n")
            page = browser.send("/sign-in/", browser.get("/sign-in/"), username=who, password=PASSWORD)
        else:
            installation.run(*add, "--until", "2100-01-01", "--no-password")
            said = installation.run("accounts", "slip", who, "--address", top).stdout
            slip = browser.get(said.split()[-1].removeprefix(top))
            page = browser.send("/slip/", slip, pin="804261", again="804261")
        assert "/sign-out/" in page
        for name in ("__Host-session", "__Host-csrf"):
            cookie = browser.cookie(name)
            assert (cookie.secure, cookie.path, cookie.domain_specified) == (True, "/", False)
            assert {"HttpOnly", "SameSite"} <= set(cookie._rest)  # type: ignore[attr-defined]  # no other way to ask
        kept = browser.cookie("__Secure-linli-known" if who == "leader" else "__Secure-linli-phone")
        assert (kept.secure, kept.path) == (True, "/sign-in/")
        assert {"HttpOnly", "SameSite"} <= set(kept._rest)  # type: ignore[attr-defined]
        assert "upgrade-insecure-requests" in browser.headers["content-security-policy"]
        assert browser.headers["strict-transport-security"] == "max-age=31536000"
        if who == "volunteer":
            browser.jar.clear("127.0.0.1", "/", "__Host-session")
            page = browser.send("/sign-in/pin/", browser.get("/sign-in/"), pin="804261")
            assert "/sign-out/" in page
