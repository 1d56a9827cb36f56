"""A house with a sign-in: an OpenID Connect provider on this machine, and a server that trusts it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlparse
from urllib.request import urlopen

from playwright.sync_api import Page, Route

from steering.cli import main
from tests.browser.serving import Server, free_port, serving, wait_for

SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a secret of the tests that is long enough to be one"
client_id = "steering"
client_secret = "not asked for"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
METADATA = "/.well-known/openid-configuration"


class Provider:
    """The provider as a process of its own, always at the same address."""

    def __init__(self, persons: Sequence[Mapping[str, Any]]) -> None:
        self.port = free_port()
        self.issuer = f"http://localhost:{self.port}"
        self._command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)]
        for person in persons:
            self._command += ["--user-claims", json.dumps(person)]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    @contextmanager
    def impersonated_by(self, other: Provider) -> Iterator[None]:
        """Who asks at this address is led to the other one, which still answers in its own name."""
        wait_for(f"{other.issuer}{METADATA}")
        with urlopen(f"{other.issuer}{METADATA}") as answer:
            told = json.dumps(json.load(answer) | {"issuer": self.issuer}).encode()

        class Liar(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("localhost", self.port), Liar) as server:
            Thread(target=server.serve_forever).start()
            try:
                yield
            finally:
                server.shutdown()

    @contextmanager
    def away(self) -> Iterator[None]:
        """It answers nobody until the block ends."""
        self.stop()
        try:
            yield
        finally:
            self.start()
            wait_for(f"{self.issuer}{METADATA}")


@dataclass(frozen=True)
class House:
    """The running server, its provider's name, and where its database is."""

    server: Server
    provider: Provider
    database: str

    @property
    def issuer(self) -> str:
        return self.provider.issuer

    def grant(self, *arguments: str) -> None:
        """`steering grant` with these arguments."""
        command = ["grant", *arguments, "--issuer", self.issuer, "--database", self.database]
        assert main(command) == 0

    def begin(self, page: Page, service: str = "") -> None:
        """Open the first page and press the button; the provider's page is there, or that of another."""
        page.route("**/*", _only_this_machine)
        page.goto(self.server.url)
        page.get_by_role("button", name="Anmelden").click()
        page.wait_for_url(f"{service or self.issuer}/**")

    def sign_in(self, page: Page, subject: str) -> None:
        """Open the first page, press the button, and say who one is on the provider's page."""
        self.begin(page)
        page.locator("input[name=sub]").first.fill(subject)
        page.get_by_role("button", name="Authorize").click()
        page.wait_for_url(f"{self.server.url}/**")


@contextmanager
def providing(persons: Sequence[Mapping[str, Any]]) -> Iterator[Provider]:
    """Run the provider until the block ends."""
    provider = Provider(persons)
    try:
        yield provider
    finally:
        provider.stop()


@contextmanager
def house(
    folder: Path, persons: Sequence[Mapping[str, Any]] = (), environment: dict[str, str] | None = None
) -> Iterator[House]:
    """Run both until the block ends. `persons`: what the provider says of them."""
    port, home = free_port(), folder / "home"
    with providing(persons) as provider:
        (home / ".streamlit").mkdir(parents=True, exist_ok=True)
        (home / ".streamlit" / "secrets.toml").write_text(SECRETS.format(port=port, issuer=provider.issuer))
        surroundings = {"HOME": str(home), "AUTHLIB_INSECURE_TRANSPORT": "1", **(environment or {})}
        with serving(folder, port=port, environment=surroundings, loaded=True) as server:
            database = f"sqlite:///{(folder / 'steering.db').as_posix()}"
            # The server makes it for its first visitor only.
            assert main(["init", "--database", database]) == 0
            yield House(server, provider, database)


def _only_this_machine(route: Route) -> None:
    """The provider's page loads a style sheet from elsewhere."""
    if urlparse(route.request.url).hostname == "localhost":
        route.continue_()
    else:
        route.abort()
