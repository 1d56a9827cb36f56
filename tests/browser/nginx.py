"""Debian's nginx in front of several processes, each browser kept on one of them by a cookie."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from tests.browser.serving import Server, wait_for_health

COOKIE = "steering_process"
# As `deploy/nginx` has it for TLS and the network of a house: what matters here is who is led where.
_CONFIGURATION = """
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    map $cookie_{cookie} $process {{
        "~^[0-9a-f]{{32}}$" $cookie_{cookie};
        default $request_id;
    }}
    map $http_upgrade $connection_header {{
        websocket upgrade;
        default "";
    }}
    upstream steering {{
        hash $process consistent;
        {processes}
    }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 410m;
        location / {{
            proxy_pass http://steering;
            proxy_http_version 1.1;
            proxy_request_buffering off;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_header;
            proxy_set_header Host $http_host;
            proxy_read_timeout 1h;
            proxy_connect_timeout 2s;
            add_header Set-Cookie "{cookie}=$process; Path=/; HttpOnly; SameSite=Lax";
            add_header X-Process $upstream_addr always;
        }}
    }}
}}
"""


@contextmanager
def in_front_of(ports: Sequence[int], port: int, folder: Path) -> Iterator[Server]:
    """A proxy that listens on `port` until the block ends."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        if os.environ.get("STEERING_REQUIRE_POSTGRESQL"):
            pytest.fail("There is no nginx: apt-get install nginx-light")
        pytest.skip("There is no nginx")
    folder.mkdir()
    processes = "\n".join(f"server 127.0.0.1:{each} max_fails=1 fail_timeout=5s;" for each in ports)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        _CONFIGURATION.format(user=user, folder=folder, cookie=COOKIE, processes=processes, port=port),
        encoding="utf-8",
    )
    log = folder / "error.log"
    log.touch()
    process = subprocess.Popen(
        [program, "-p", folder, "-c", folder / "nginx.conf", "-e", log, "-g", "daemon off;"]
    )
    proxy = Server(f"http://localhost:{port}", log, process)
    try:
        wait_for_health(proxy)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=20)


def cookie_for(proxy: Server, port: int) -> str:
    """A cookie whose owner is led to the process on that port."""
    for _ in range(200):
        value = uuid4().hex
        asked = Request(f"{proxy.url}/_stcore/health", headers={"Cookie": f"{COOKIE}={value}"})
        with urlopen(asked, timeout=20) as answer:
            if answer.headers["X-Process"] == f"127.0.0.1:{port}":
                return value
    raise AssertionError(f"nobody is led to {port}")
