"""A real nginx with the configuration of `deploy/`, in front of whatever listens on this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.browser.serving import free_port
from tests.conftest import PROJECT

CONFIGURATION = PROJECT / "deploy" / "nginx" / "steering.conf"
FRAME = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/steering.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Where nginx listens; it goes by the name localhost."""

    port: int
    plain_port: int
    folder: Path

    def ask(
        self, path: str = "/", headers: dict[str, str] | None = None, method: str = "GET", body: bytes = b""
    ) -> tuple[HTTPResponse, str]:
        """The answer through TLS, and its text."""
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        connection = HTTPSConnection("localhost", self.port, timeout=60, context=context)
        connection.request(method, path, body or None, {"Host": f"localhost:{self.port}"} | (headers or {}))
        answer = connection.getresponse()
        return answer, answer.read().decode("utf-8", "replace")


def cookie_for(proxy: Proxy, port: int) -> dict[str, Any]:
    """A cookie, as Playwright takes it, whose owner is led to the process on that port."""
    for _ in range(200):
        value = uuid4().hex
        answer, _text = proxy.ask("/_stcore/health", {"Cookie": f"steering_process={value}"})
        if answer.getheader("X-Process") == f"127.0.0.1:{port}":
            return {"name": "steering_process", "value": value, "url": f"https://localhost:{proxy.port}"}
    raise AssertionError(f"nobody is led to {port}")


def require_nginx() -> str:
    """The command; without it the test is skipped, or fails where STEERING_REQUIRE_BROWSER=1."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found and shutil.which("openssl"):
        return found
    reason = "No nginx or openssl found; on Debian: apt-get install nginx-light openssl"
    if os.environ.get("STEERING_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def written(folder: Path, upstream: Sequence[int], port: int, plain_port: int, person: str = "") -> Path:
    """The configuration as it is delivered, but for name, ports, certificate, and who has answered."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    servers = "".join(f"    server 127.0.0.1:{at} max_fails=1 fail_timeout=5s;\n" for at in upstream)
    text = re.sub(r"(?:    server 127\.0\.0\.1:\d+ [^\n]*\n)+", servers, text, count=1)
    text = text.replace("listen 443", f"listen {port}").replace("listen 80", f"listen {plain_port}")
    text = text.replace("steuerung.landkreis.example", "localhost")
    text = text.replace(
        "add_header Set-Cookie", "add_header X-Process $upstream_addr;\n        add_header Set-Cookie"
    )
    # As a sign-in within the proxy would name whoever asks.
    text = text.replace('X-Remote-User ""', f'X-Remote-User "{person}"')
    text = text.replace("/etc/steering/tls/fullchain.pem", f"{folder}/cert.pem")
    text = text.replace("/etc/steering/tls/privkey.pem", f"{folder}/key.pem")
    text = text.replace("/var/log/nginx/error.log", f"{folder}/nginx-error.log")
    (folder / "steering.conf").write_text(text, encoding="utf-8")
    # Started as root it would else hand its work to somebody who may not enter the folder.
    user = "user root;" if hasattr(os, "getuid") and os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user), encoding="utf-8")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "nginx.conf"


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)


@contextmanager
def nginx(folder: Path, upstream: Sequence[int], person: str = "") -> Iterator[Proxy]:
    """Run it until the block ends; `person` is who has signed in with it."""
    command = require_nginx()
    port, plain_port = free_port(), free_port()
    configuration = written(folder, upstream, port, plain_port, person)
    started = [command, "-e", str(folder / "nginx-error.log"), "-c", str(configuration)]
    checked = subprocess.run([*started, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(started, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(port)
            yield Proxy(port, plain_port, folder)
        finally:
            process.terminate()
            process.wait(timeout=20)
