"""The server as it really runs: who is answered, what it asks outside (nothing), what an upload costs."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import repeat
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.serving import PROJECT, Server, free_port, serving
from tests.browser.visiting import Visit

MEGABYTE = 1024 * 1024
# Notes whatever the server asks of other hosts, and lets nothing out.
TRAP = """
import ipaddress, os, sys

HOME = {"localhost", None, "", b"localhost"}

def at_home(host):
    if host in HOME or not isinstance(host, (str, bytes)):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False

def note(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not at_home(host):
        with open(os.environ["TRAP_OF_THE_TEST"], "a") as trap:
            print(event, host, file=trap)
        raise OSError("nothing leaves the house")

sys.addaudithook(note)
"""
HANDSHAKE = [
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol: streamlit",
]


class Gate:
    """A running server with its traps."""

    def __init__(self, server: Server, trap: Path) -> None:
        self.server = server
        self.port = urlsplit(server.url).port or 0
        self.trap = trap

    def raw(self, *lines: str, body: bytes = b"") -> tuple[int, str]:
        """Status and headers of the answer to these lines, as they stand."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
            answer = b""
            while b"\r\n\r\n" not in answer and (chunk := connection.recv(65_536)):
                answer += chunk
        head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
        return int(head.split(" ", 2)[1]), head.lower()

    def get(self, path: str, *headers: str) -> tuple[int, str]:
        return self.raw(f"GET {path} HTTP/1.1", f"Host: localhost:{self.port}", *headers)

    @property
    def memory(self) -> int:
        """Bytes that the server's process holds in memory."""
        status = Path(f"/proc/{self.server.process.pid}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    folder = tmp_path_factory.mktemp("gate")
    (folder / "sitecustomize.py").write_text(TRAP, encoding="utf-8")
    trap = folder / "asked-outside.txt"
    trap.touch()
    environment = {"PYTHONPATH": str(folder), "TRAP_OF_THE_TEST": str(trap)}
    with serving(folder, environment=environment) as server:
        yield Gate(server, trap)


@pytest.mark.skipif(sys.platform == "win32", reason="sitecustomize of the venv's own may win there")
def test_the_trap_catches(gate: Gate, tmp_path: Path) -> None:
    trap = tmp_path / "caught.txt"
    asked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from streamlit import net_util as n; n.get_internal_ip(); n.get_external_ip()",
        ],
        env=os.environ | {"PYTHONPATH": str(gate.trap.parent), "TRAP_OF_THE_TEST": str(trap)},
        check=False,
    )
    assert asked.returncode == 0
    assert "8.8.8.8" in trap.read_text(encoding="utf-8")
    assert "checkip" in trap.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "headers",
    [
        ["Host: localhost:{port}", "Origin: http://evil.example"],
        ["Host: localhost:{port}", "Origin: null"],
        ["Host: evil.example", "Origin: http://evil.example"],
        ["Host: evil.example:{port}", "Origin: http://evil.example:{port}"],
        ["Host: evil.example", "Origin: http://evil.example", "X-Forwarded-Host: localhost:{port}"],
        ["Host: LOCALHOST:{port}", "Origin: http://LOCALHOST:{port}."],
    ],
)
def test_ten_foreign_websockets_are_refused_and_nobody_outside_is_asked(
    gate: Gate, headers: list[str]
) -> None:
    """Each would have held everybody up for as long as the host outside takes to answer."""
    said = [line.format(port=gate.port) for line in headers]
    for _ in range(10):
        status, head = gate.raw("GET /_stcore/stream HTTP/1.1", *said, *HANDSHAKE)
        assert status == 403
        assert "\nserver:" not in head
    assert gate.get("/_stcore/health")[0] == 200
    assert gate.trap.read_text(encoding="utf-8") == ""


def test_own_pages_are_let_in(gate: Gate) -> None:
    for host in ("localhost", "127.0.0.1", "LOCALHOST"):
        own = [f"Host: {host}:{gate.port}", f"Origin: http://{host.lower()}:{gate.port}"]
        status, head = gate.raw("GET /_stcore/stream HTTP/1.1", *own, *HANDSHAKE)
        assert status == 101
        assert "\nserver:" not in head
    assert gate.trap.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["GET / HTTP/1.1", "Host: evil.example"], {421}),
        (["GET / HTTP/1.0"], {421}),
        (["GET / HTTP/1.1"], {400}),
        (["GET / HTTP/1.1", "Host: localhost:{port}", "Host: evil.example"], {400}),
        (["GET / HTTP/1.1", "Host: localhost:{port}", "Host: localhost:{port}"], {400}),
        (["GET http://evil.example/ HTTP/1.1", "Host: localhost:{port}"], {400}),
        (["GET http://localhost:{port}/_stcore/metrics HTTP/1.1", "Host: localhost:{port}"], {400}),
        (["OPTIONS * HTTP/1.1", "Host: localhost:{port}"], {400}),
        (["CONNECT evil.example:443 HTTP/1.1", "Host: localhost:{port}"], {400}),
        (["GET / HTTP/1.1", "Host : localhost:{port}"], {400}),
        (["GET / HTTP/1.1", "Host: localhost:{port}", " evil.example"], {400, 421}),
        (["GET / HTTP/1.1", "Host: localhost:{port}", "Transfer-Encoding: x"], {400, 501}),
        (["GET / HTTP/1.1", "Host: localhost:{port}", "X: " + "y" * 200_000], {400, 431}),
        (["GET /%5fstcore/metrics HTTP/1.1", "Host: localhost:{port}"], {404}),
        (["GET /_stcore/metrics HTTP/1.1", "Host: localhost:{port}"], {404}),
        (["GET /_stcore/health HTTP/1.1", "Host: localhost:{port}"], {200}),
        (["GET /nirgends HTTP/1.1", "Host: localhost:{port}", "Origin: http://evil.example"], {403}),
        (["PUT /_stcore/upload_file/a/b HTTP/1.1", "Host: localhost:{port}", "Content-Length: 9"], {403}),
    ],
)  # fmt: skip
def test_requests_that_are_none_of_ours_are_refused(gate: Gate, lines: list[str], status: set[int]) -> None:
    found, head = gate.raw(*(line.format(port=gate.port) for line in lines))
    assert found in status
    assert "uvicorn" not in head
    assert "\nserver:" not in head
    # What is no HTTP at all never reaches the program; everything else has the house's headers.
    if found != 400 or "GET http" in lines[0]:
        assert "x-frame-options: deny" in head
        assert "cross-origin-resource-policy: same-origin" in head
    assert gate.trap.read_text(encoding="utf-8") == ""


def upload_address(window: Visit, gate: Gate) -> tuple[str, dict[str, str]]:
    """Where the page just opened sends a file, and with which headers: learned by sending a small one."""
    with window.page.expect_request(lambda request: "upload_file" in request.url) as sent:
        window.page.locator('input[type="file"]').first.set_input_files(
            {"name": "klein.csv", "mimeType": "text/csv", "buffer": b"Name;Ort\nA;Coburg\n"}
        )
    answer = sent.value.response()
    assert answer is not None
    assert answer.status == 204
    return urlsplit(sent.value.url).path, sent.value.all_headers()


def put(gate: Gate, path: str, headers: dict[str, str], megabytes: int, *, announced: int | None) -> int:
    """The status for a file of that size, sent bit by bit; without an announced length in chunks."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    with closing(http.client.HTTPConnection("localhost", gate.port, timeout=60)) as connection:
        connection.putrequest("PUT", path)
        for name in ("x-xsrftoken", "cookie"):
            connection.putheader(name, headers[name])
        connection.putheader("content-type", "multipart/form-data; boundary=x")
        length = ("transfer-encoding", "chunked") if announced is None else ("content-length", str(announced))
        connection.putheader(*length)
        connection.endheaders()
        try:
            for part in (head, *repeat(bytes(MEGABYTE), megabytes)):
                connection.send(part if announced else b"%x\r\n%b\r\n" % (len(part), part))
        except (BrokenPipeError, ConnectionResetError):
            pass  # It has heard enough; the answer is there all the same.
        return connection.getresponse().status


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("announced", [None, 250 * MEGABYTE], ids=["chunked", "announced"])
def test_250_mb_at_a_field_of_50_are_refused_and_cost_no_memory(
    gate: Gate, visit: Callable[[Server], Visit], announced: int | None
) -> None:
    window = visit(gate.server)
    window.go("/daten")
    path, headers = upload_address(window, gate)
    window.settle()
    before = gate.memory
    assert put(gate, path, headers, 250, announced=announced) == 413
    assert gate.memory - before < 100 * MEGABYTE
    page = window.page
    expect(page.get_by_test_id("stFileChip")).to_be_visible()
    assert window.failures() == []


def test_a_page_without_a_field_and_a_foreign_session_take_nothing(
    gate: Gate, visit: Callable[[Server], Visit]
) -> None:
    window = visit(gate.server)
    window.go("/daten")
    path, headers = upload_address(window, gate)
    window.settle()
    assert put(gate, path.replace("upload_file/", "upload_file/x"), headers, 1, announced=None) == 403
    window.navigate("Karte")
    assert put(gate, path, headers, 1, announced=None) == 403


@pytest.mark.parametrize("option", [["--server.address", "0.0.0.0"], ["--server.address", ""]])
def test_it_does_not_start_for_the_network_unasked(option: list[str], tmp_path: Path) -> None:
    assert "Das Programm startet nicht" in refusal_of_a_start(tmp_path, *option)


@pytest.mark.parametrize("is_folder", [False, True])
def test_it_does_not_start_with_a_sign_in_that_cannot_be_read(is_folder: bool, tmp_path: Path) -> None:
    secrets = tmp_path / ".streamlit" / "secrets.toml"
    if is_folder:
        secrets.mkdir(parents=True)
    else:
        secrets.parent.mkdir()
        secrets.write_text('[auth]\nclient_id = "steering\n')
    said = refusal_of_a_start(tmp_path)
    assert f"»{secrets}« ist {'ein Ordner' if is_folder else 'in Zeile 2 nicht lesbar'}." in said
    assert "Failed to load secrets" not in said


def refusal_of_a_start(home: Path, *options: str) -> str:
    """What the program says that does not start, by an account at home there; its database is not made."""
    environment = {"STEERING_DATABASE_URL": f"sqlite:///{home / 'x.db'}", "HOME": str(home)}
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port()),
         "--server.headless", "true", *options],
        cwd=PROJECT, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert not (home / "x.db").exists()
    return ended.stderr


def test_where_the_network_is_allowed_every_page_says_so(
    serve: Callable[..., Server], visit: Callable[[Server], Visit]
) -> None:
    server = serve(STREAMLIT_SERVER_ADDRESS="0.0.0.0", STEERING_ALLOW_NETWORK="1")
    window = visit(server)
    page = window.go("/karte")
    expect(page.get_by_text("Ohne Anmeldung im Netz:")).to_be_visible()
    window.navigate("Daten und Einstellungen")
    expect(page.get_by_text("Ohne Anmeldung im Netz:")).to_be_visible()
