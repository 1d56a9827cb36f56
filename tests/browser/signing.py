"""A house with a sign-in: an OpenID Connect provider on this machine, and a server that trusts it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from playwright.sync_api import Page, Route

from steering.cli import main
from tests.browser.serving import Server, free_port, serving

SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a secret of the tests that is long enough to be one"
client_id = "steering"
client_secret = "not asked for"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class House:
    """The running server, its provider's name, and where its database is."""

    server: Server
    issuer: str
    database: str

    def grant(self, *arguments: str) -> None:
        """`steering grant` with these arguments."""
        command = ["grant", *arguments, "--issuer", self.issuer, "--database", self.database]
        assert main(command) == 0

    def sign_in(self, page: Page, subject: str) -> None:
        """Open the first page, press the button, and say who one is on the provider's page."""
        page.route("**/*", _only_this_machine)
        page.goto(self.server.url)
        page.get_by_role("button", name="Anmelden").click()
        page.wait_for_url(f"{self.issuer}/**")
        page.locator("input[name=sub]").first.fill(subject)
        page.get_by_role("button", name="Authorize").click()
        page.wait_for_url(f"{self.server.url}/**")


@contextmanager
def providing(persons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Run the provider as a process of its own until the block ends; as who it names people."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for person in persons:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def house(
    folder: Path, persons: Sequence[Mapping[str, Any]] = (), environment: dict[str, str] | None = None
) -> Iterator[House]:
    """Run both until the block ends. `persons`: what the provider says of them."""
    port, home = free_port(), folder / "home"
    with providing(persons) as issuer:
        (home / ".streamlit").mkdir(parents=True, exist_ok=True)
        (home / ".streamlit" / "secrets.toml").write_text(SECRETS.format(port=port, issuer=issuer))
        surroundings = {"HOME": str(home), "AUTHLIB_INSECURE_TRANSPORT": "1", **(environment or {})}
        with serving(folder, port=port, environment=surroundings) as server:
            yield House(server, issuer, f"sqlite:///{(folder / 'steering.db').as_posix()}")


def _only_this_machine(route: Route) -> None:
    """The provider's page loads a style sheet from elsewhere."""
    if urlparse(route.request.url).hostname == "localhost":
        route.continue_()
    else:
        route.abort()
