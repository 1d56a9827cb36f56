"""Texts pushed to pages of Integreat, against a server of this machine that keeps to its contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from steering.exchange.publication import integreat
from steering.exchange.publication.integreat import ADDRESS, TOKENS, IntegreatRefused, IntegreatSettings
from tests.exchange.publication.told import NOTHING, offer, published

TOKEN = "geheim-4711"


class Contract(ThreadingHTTPServer):
    """Answers as `pushpage` does. `asked`: path and body of what came; `answers`: what to say instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.silent = False
        self.let_go = Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/v3/musterkreis"


class _Handler(BaseHTTPRequestHandler):
    server: Contract

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(body)))
        if self.server.silent:
            self.server.let_go.wait(5)
            return
        status, headers, said = self.server.answers.pop(0) if self.server.answers else self._by_contract(body)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _by_contract(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        region, language = self.path.split("/")[3:5]
        if self.path != f"/api/v3/{region}/{language}/pushpage/":
            return 404, {}, b'{"error": "Not found."}'
        told = json.loads(body)
        if not {"content", "token"} <= set(told):
            return 405, {}, b'{"status": "error"}'
        if told["token"] != TOKEN:
            return 403, {}, b'{"status": "denied"}'
        return 200, {}, b'{"status": "success"}'

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[Contract]:
    made = Contract()
    running = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    yield made
    made.let_go.set()
    made.shutdown()
    running.join()
    made.server_close()


@pytest.fixture
def configured(tmp_path: Path, server: Contract) -> Callable[[str], IntegreatSettings]:
    def made(text: str) -> IntegreatSettings:
        file = tmp_path / "integreat.toml"
        file.write_text(text, "utf-8")
        return integreat.read({ADDRESS: server.address, TOKENS: str(file)})

    return made


KNOWN = {"angebot-12", "angebot-13", "angebot-99"}
ONE = f'[angebot-12]\nde = "{TOKEN}"'


def test_a_text_is_pushed_to_the_page_of_its_language_by_its_token(server, configured):
    settings = configured(f'[angebot-12]\nar = "{TOKEN}"\nde-simple = "{TOKEN}"\nde = "{TOKEN}"')
    results = integreat.push(published(), settings, KNOWN)
    assert [path for path, _ in server.asked] == [
        f"/api/v3/musterkreis/{slug}/pushpage/" for slug in ("de", "de-si", "ar")
    ]
    assert all(set(told) == {"content", "token"} and told["token"] == TOKEN for _, told in server.asked)
    contents = [told["content"] for _, told in server.asked]
    assert "Begleiten zu Ämtern und Ärzten." in contents[0]
    assert '<p lang="ar" dir="rtl">نرافقكم إلى المواعيد.</p>' in contents[2]
    assert [(each.taken, each.sentence) for each in results] == [
        (True, f"»Integrationslotsen« ({language}): übernommen.") for language in ("de", "de-simple", "ar")
    ]


def test_what_is_not_public_any_more_is_taken_off_its_page(server, configured):
    settings = configured(f'[angebot-99]\nde = "{TOKEN}"')
    (result,) = integreat.push(published(), settings, KNOWN)
    assert "keine Angaben" in server.asked[0][1]["content"]
    assert (result.taken, result.sentence) == (
        True,
        "»angebot-99« (de): nicht mehr öffentlich; die Seite sagt das jetzt.",
    )


def test_the_page_of_what_was_never_released_is_left_as_it_is(server, configured):
    settings = configured(f'[angebot-98]\nde = "{TOKEN}"')
    (result,) = integreat.push(published(), settings, KNOWN)
    assert server.asked == []
    assert not result.taken
    assert "»angebot-98« (de): noch nicht freigegeben, nichts gesendet." in result.sentence


def test_before_the_first_release_nobody_is_asked(server, configured):
    assert integreat.push(NOTHING, configured(ONE), KNOWN) == []
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        (403, b'{"status": "denied"}', "Token der Seite gilt nicht"),
        (404, b'{"error": "Not found."}', "Region oder Sprache gibt es dort nicht"),
        (405, b'{"status": "error"}', "nicht angenommen (Antwort 405)"),
        (500, b"<html>", "ging etwas schief (Antwort 500)"),
        (200, b"<html>Wartung</html>", "nicht angenommen (Antwort 200)"),
        (200, b"[" * 100_000, "nicht angenommen (Antwort 200)"),
        (200, b'{"status": "denied"}', "nicht angenommen (Antwort 200)"),
    ],
)
def test_a_refusal_is_told_for_its_page_and_the_next_one_is_tried(server, configured, status, said, told):
    server.answers = [(status, {}, said)]
    settings = configured(f'[angebot-12]\nde = "{TOKEN}"\n[angebot-13]\nde = "geheim-2"')
    first, second = integreat.push(published(offer(12), offer(13)), settings, KNOWN)
    assert not first.taken
    assert told in first.sentence
    assert "»Integrationslotsen« (de): " in first.sentence
    assert "Token der Seite gilt nicht" in second.sentence
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_token_follows_no_redirection(server, configured, status):
    server.answers = [(status, {"Location": f"{server.address}/anderswo/"}, b"")]
    with httpx.Client(follow_redirects=True) as client:
        (result,) = integreat.push(published(), configured(ONE), KNOWN, client)
    assert len(server.asked) == 1
    assert "leitet weiter" in result.sentence
    assert not result.taken


def test_a_server_that_says_nothing_is_not_waited_for_long(server, configured):
    server.silent = True
    settings = configured(ONE)
    settings = IntegreatSettings(settings.address, settings.pages, patience=0.1)
    (result,) = integreat.push(published(), settings, KNOWN)
    assert "keine Antwort in 0.1 Sekunden" in result.sentence


def test_a_server_that_is_not_there_is_told_about(server, configured):
    settings = configured(ONE)
    settings = IntegreatSettings("http://127.0.0.1:9/api/v3/x", settings.pages)
    (result,) = integreat.push(published(), settings, KNOWN)
    assert "nicht erreichbar" in result.sentence


def test_no_token_is_in_what_is_said_or_logged(server, configured, caplog, capsys):
    caplog.set_level("DEBUG")
    server.answers = [(403, {}, f'{{"status": "{TOKEN}"}}'.encode())]
    settings = configured(ONE)
    results = integreat.push(published(), settings, KNOWN)
    printed = capsys.readouterr()
    for said in (repr(settings), repr(results), caplog.text, printed.out, printed.err):
        assert TOKEN not in said


@pytest.mark.parametrize("environment", [{}, {ADDRESS: "https://x.example/api/v3/y"}, {TOKENS: "x.toml"}])
def test_without_both_settings_there_is_nothing_to_push_with(environment):
    with pytest.raises(IntegreatRefused, match="nicht eingerichtet"):
        integreat.read(environment)


@pytest.mark.parametrize(
    "address",
    [
        "http://cms.integreat.example/api/v3/x",
        "https://",
        "ftp://cms.integreat.example",
        "https://name:wort@cms.integreat.example/api",
        "https://cms.integreat.example/api?token=x",
        "http://127.0.0.1.example/api",
        "https://[",
    ],
)
def test_only_a_guarded_address_is_taken(address, tmp_path):
    with pytest.raises(IntegreatRefused, match="keine https-Adresse"):
        integreat.read({ADDRESS: address, TOKENS: str(tmp_path / "x.toml")})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[angebot-12\nde = '{TOKEN}'", "nicht zu lesen"),
        (f"[potenzial-1]\nde = '{TOKEN}'", "die 1. Kennung"),
        (f"[angebot-012]\nde = '{TOKEN}'", "die 1. Kennung"),
        (f"[angebot-0]\nde = '{TOKEN}'", "ohne Null am Anfang"),
        (f"'{TOKEN}' = 'de'", "die 1. Kennung"),
        (f"[angebot-12]\n'{TOKEN}' = 'de'", "eine Sprache bei [angebot-12]"),
        ("[angebot-12]\nde = 4711", "das Token bei [angebot-12] de"),
        ("[angebot-12]\nde = ' '", "das Token bei [angebot-12] de"),
        (f"[angebot-1]\nde = '{TOKEN}'\n[angebot-2]\nen = '{TOKEN}'", "steht schon bei [angebot-1]"),
        (f"[sprachen]\nde-simple = '../{TOKEN}'\n[angebot-1]\nde = 'x'", "[sprachen]"),
    ],
)
def test_a_file_of_tokens_that_cannot_be_meant_is_refused_without_repeating_them(configured, text, said):
    with pytest.raises(IntegreatRefused) as refused:
        configured(text)
    assert said in str(refused.value)
    assert TOKEN not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(IntegreatRefused, match="nicht zu lesen"):
        integreat.read({ADDRESS: "https://x.example/api/v3/y", TOKENS: str(tmp_path / "fehlt.toml")})
