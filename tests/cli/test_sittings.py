"""`steering import sitzungen`: read, reported, read again, taken back, and fetched from the configured
house."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from steering import cli
from steering.cli import oparl
from steering.exchange.incoming_files import FileRefused
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.history import undoing
from tests.cli.test_imports import adds_up, importing, state, url
from tests.exchange.sittings.calendars import BODIES, event, ics, meeting

__all__ = ["importing", "url"]
EVENTS = (
    event("a", "Kreis- und Strategieausschuss", ";VALUE=DATE:20271202"),
    event("b", "Kreistag", ";VALUE=DATE:20271209"),
    event("c", "Bauausschuss", ";VALUE=DATE:20271210"),
    event("d", "Kreistag", ""),
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_TODAY", "2026-11-22")


def recorded(url: str) -> list[str]:
    rows = reading.portfolio(make_engine(url)).committee_dates
    return sorted(str(day.date()) for day in rows.loc[rows["provenance"] != "example", "day"])


def test_a_calendar_is_written_reported_and_unchanged_when_read_again(importing, url):
    before = state(url)
    dry = importing("sitzungen", ics(*EVENTS), "--dry-run", name="ris.ics")
    assert (dry[0], state(url)) == (0, before)
    code, report, said = importing("sitzungen", ics(*EVENTS), name="ris.ics")
    assert (code, report) == dry[:2]
    assert adds_up(report)
    assert {part: report[part] for part in ("rows", "new", "outside")} == {"rows": 4, "new": 2, "outside": 1}
    (refused,) = report["refused"]
    assert (refused["column"], refused["row"]) == ("Sitzung am", 23)
    assert "1 nicht übernommen" in said
    assert "Bauausschuss (1)" in said
    assert recorded(url) == ["2027-12-02", "2027-12-09"]
    code, report, _ = importing("sitzungen", ics(*EVENTS[:3]), name="ris.ics")
    assert (code, report["unchanged"], report["new"]) == (0, 2, 0)


def test_what_moved_and_what_is_called_off_is_written_and_taken_back_as_one(importing, url):
    importing("sitzungen", ics(*EVENTS[:2]), name="ris.ics")
    off = event("a", "KSA", ";VALUE=DATE:20271202", "STATUS:CANCELLED")
    code, report, said = importing(
        "sitzungen", ics(off, event("b", "Kreistag", ";VALUE=DATE:20271216")), name="ris.ics"
    )
    assert (code, report["changed"]) == (0, 2)
    assert "Kreistag vom 09.12.2027 auf 16.12.2027 verlegt" in said
    assert "KSA, 02.12.2027 entfällt" in said
    assert recorded(url) == ["2027-12-16"]
    engine = make_engine(url)
    with reading.reading(engine) as connection:
        batch = connection.exec_driver_sql("SELECT batch FROM change ORDER BY id DESC LIMIT 1").scalar_one()
    undoing.undo(engine, batch, actor="FB 22", now=datetime(2026, 11, 22, 9))  # noqa: DTZ001
    assert recorded(url) == ["2027-12-02", "2027-12-09"]


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b'{"data": ['])
def test_half_a_file_writes_nothing(importing, url, content):
    before = state(url)
    code, report, said = importing("sitzungen", content, name="ris.ics")
    assert (code, report["rows"], state(url)) == (1, 0, before)
    assert "noch einmal" in said


class _House(BaseHTTPRequestHandler):
    """A system whose addresses have a wrong prefix, with one sitting per page whatever is asked."""

    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        path, _, query = self.path.partition("?")
        number = int(query.removeprefix("page=") or 1)
        found: dict[str, Any] = {}
        if path.endswith("/meetings"):
            following = {"next": f"http://falsch.example/oparl/bodies/1/meetings?page={number + 1}"}
            one = meeting(number, 12, f"2027-1{number % 3}-09T15:00:00+01:00")
            found = {"data": [one], "links": following if number < 3 else {}}
        elif "/organizations/" in path:
            found = next(each for each in BODIES if each["id"].endswith(path.rpartition("/")[2]))
        elif path.endswith("/away"):
            self.send_response(302)
            self.send_header("Location", "http://anderswo.example/")
            self.end_headers()
            return
        content = json.dumps(found).encode()
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def house() -> Iterator[str]:
    _House.asked = []
    server = HTTPServer(("127.0.0.1", 0), _House)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ris/oparl/bodies/1/meetings"
    server.shutdown()
    server.server_close()


def test_the_configured_house_is_asked_for_all_its_pages(house, url, monkeypatch, capsys):
    monkeypatch.setenv(oparl.ADDRESS, house)
    assert cli.main(["import", "sitzungen", "--database", url]) == 0
    assert "3 Datenzeilen: 3 neu" in capsys.readouterr().out
    assert recorded(url) == ["2027-10-09", "2027-11-09", "2027-12-09"]
    assert _House.asked.count("/ris/oparl/bodies/1/organizations/12") == 1


@pytest.mark.parametrize(("path", "says"), [("/none", "antwortet mit 404"), ("/away", "nicht erreichbar")])
def test_a_house_that_does_not_answer_is_a_sentence(house, path, says):
    with pytest.raises(FileRefused, match=says):
        oparl.fetched(house.removesuffix("/meetings") + path)


@pytest.mark.parametrize("address", ["http://ris.example.org/x", "file:///etc/passwd", "ris", "http://["])
def test_nothing_but_https_is_asked(address):
    with pytest.raises(FileRefused, match="keine https-Adresse"):
        oparl.fetched(address)


def test_an_address_that_is_none_is_a_sentence(house):
    with pytest.raises(FileRefused, match="nicht erreichbar"):
        oparl.fetched(house.removesuffix("/meetings") + "/mit leer")


def test_without_file_and_address_it_says_what_is_missing(url, monkeypatch, capsys):
    monkeypatch.delenv(oparl.ADDRESS, raising=False)
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", "sitzungen", "--database", url])
    assert ended.value.code == 2
    assert "Bitte eine Datei angeben oder STEERING_OPARL_URL setzen" in capsys.readouterr().err
