"""nginx as `deploy/` sets it up: what it passes on, what it drops, what it says itself."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.proxied import Proxy, nginx

FORGED = {
    "X-Forwarded-For": "10.9.9.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http",
    "X-Forwarded-Port": "1", "X-Forwarded-Prefix": "/evil", "X-Real-IP": "10.9.9.9",
    "Forwarded": "for=10.9.9.9", "X-Forwarded-User": "landrat", "X-Forwarded-Email": "l@kreis.example",
    "X-Forwarded-Groups": "admin", "X-Forwarded-Preferred-Username": "landrat", "Remote-User": "landrat",
    "X-Forwarded-Access-Token": "x", "X-Remote-User": "landrat", "X-Auth-Request-User": "landrat",
    "X-Auth-Request-Email": "l@kreis.example", "X-Auth-Request-Groups": "admin",
    "Steering-Signed-In": "x:landrat",
}  # fmt: skip


class Echo(BaseHTTPRequestHandler):
    """Says what reached it, and which process it is; sets a cookie as carelessly as Streamlit does."""

    def do_GET(self) -> None:
        said = json.dumps({"headers": dict(self.headers), "port": self.connection.getsockname()[1]}).encode()
        self.send_response(200)
        self.send_header("Set-Cookie", "_streamlit_xsrf=abc; Path=/")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the test looks at the answers."""


def echoing() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def two() -> Iterator[list[ThreadingHTTPServer]]:
    servers = [echoing(), echoing()]
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def proxy(two, tmp_path_factory) -> Iterator[Proxy]:
    with nginx(tmp_path_factory.mktemp("nginx"), [each.server_address[1] for each in two]) as running:
        yield running


def test_what_was_forged_outside_does_not_reach_the_program(proxy):
    _, text = proxy.ask(headers=FORGED)
    reached = {name.lower(): value for name, value in json.loads(text)["headers"].items()}
    assert reached["host"] == f"localhost:{proxy.port}"
    assert (reached["x-forwarded-for"], reached["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert not {name.lower() for name in FORGED} & set(reached) - {"x-forwarded-for", "x-forwarded-proto"}


def test_every_cookie_is_for_tls_only(proxy):
    answer, _ = proxy.ask()
    cookies = answer.headers.get_all("Set-Cookie")
    assert len(cookies) == 2
    assert all("secure" in cookie.lower() and "samesite=lax" in cookie.lower() for cookie in cookies)


def test_a_browser_stays_with_its_process_and_goes_on_in_the_other_when_that_is_gone(two, proxy):
    reached = {}
    for _ in range(20):
        answer, text = proxy.ask()
        cookie = next(
            each for each in answer.headers.get_all("Set-Cookie") if each.startswith("steering_process=")
        )
        reached[json.loads(text)["port"]] = cookie.partition(";")[0]
    assert set(reached) == {each.server_address[1] for each in two}
    for port, cookie in reached.items():
        for _ in range(5):
            assert json.loads(proxy.ask(headers={"Cookie": cookie})[1])["port"] == port
    gone, other = two[0], two[1].server_address[1]
    cookie = reached[gone.server_address[1]]
    gone.shutdown()
    gone.server_close()
    assert json.loads(proxy.ask(headers={"Cookie": cookie})[1])["port"] == other


def test_cookies_of_a_sign_in_with_300_groups_pass(proxy):
    long = "; ".join(f"_streamlit_user_{part}={'x' * 3_900}" for part in range(8))
    answer, text = proxy.ask(headers={"Cookie": long})
    assert answer.status == 200
    assert json.loads(text)["headers"]["Cookie"] == long


def test_another_name_is_refused_with_a_sentence(proxy):
    answer, text = proxy.ask(headers={"Host": "evil.example"})
    assert answer.status == 421
    assert "Unter dieser Adresse antwortet das Programm nicht" in text


def test_without_tls_everything_is_sent_on_to_it(proxy):
    connection = HTTPConnection("localhost", proxy.plain_port, timeout=20)
    connection.request("GET", "/karte")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/karte")


def test_a_file_over_the_limit_is_refused_with_a_sentence_before_it_is_sent(proxy):
    answer, text = proxy.ask("/_stcore/upload_file/a/b", {"Content-Length": str(500 * 1024 * 1024)}, "PUT")
    assert answer.status == 413
    assert text == "Die Datei ist zu groß; möglich sind höchstens 400 MB."


def test_a_program_that_is_away_is_told_in_german(tmp_path):
    with nginx(tmp_path, [9]) as running:
        answer, text = running.ask()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "antwortet gerade nicht" in text


def test_a_calendar_passes_without_a_cookie_and_no_log_says_its_address(proxy):
    answer, text = proxy.ask("/kalender/geheim.ics", headers=FORGED)
    reached = {name.lower(): value for name, value in json.loads(text)["headers"].items()}
    assert answer.status == 200
    assert reached["host"] == f"localhost:{proxy.port}"
    assert not {name.lower() for name in FORGED} & set(reached) - {"x-forwarded-for", "x-forwarded-proto"}
    assert [c for c in answer.headers.get_all("Set-Cookie") if c.startswith("steering_process=")] == []


def test_not_even_while_the_program_is_away(tmp_path):
    with nginx(tmp_path, [9]) as running:
        answer, _ = running.ask("/kalender/geheim.ics")
        table, _ = running.ask("/export/geheim/7.csv")
        running.ask("/karte")
        plain = HTTPConnection("localhost", running.plain_port, timeout=20)
        plain.request("GET", "/kalender/geheim.ics")
        assert plain.getresponse().status == 301
    assert (answer.status, table.status) == (503, 503)
    said = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert "/karte" in said
    assert "geheim" not in said
