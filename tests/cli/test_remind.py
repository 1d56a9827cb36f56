"""`steering remind` against a mail server on this machine: taken, refused, asked to come again."""

from __future__ import annotations

import email
import email.policy
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from steering.cli import main
from steering.exchange import pictures
from steering.model import (
    ConfirmationRequest,
    ConfirmationRound,
    Milestone,
    Person,
    PersonRole,
    PersonScope,
)
from steering.storage import persons, reading, telling
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, Made, write
from tests.browser.serving import free_port
from tests.conftest import sqlite_url
from tests.planted import SECRET, Planted
from tests.prepared import Prepared
from tests.storage.conftest import WHO
from tests.stored import row_of

ISSUER = "https://anmeldung.example"
DAY = date(2026, 11, 22)


class Server:
    """A mail server that says to each mailbox what the test wants, and keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"

    def texts(self, address: str) -> str:
        bodies = [message.get_body(("plain",)) for to, message in self.taken if to == address]
        return "\n".join(body.get_content() for body in bodies if body is not None)


@pytest.fixture
def engine(prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    url = sqlite_url(tmp_path / "steering.db")
    prepared.copied("coburg", tmp_path / "steering.db")
    monkeypatch.setenv("STEERING_DATABASE_URL", url)
    monkeypatch.setenv("STEERING_MAIL_FROM", "steuerung@kreis.example")
    monkeypatch.setenv("STEERING_ADDRESS", "https://steuerung.example")
    return make_engine(url)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    handler, port = Server(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("STEERING_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("STEERING_SMTP_PORT", str(port))
    monkeypatch.setenv("STEERING_SMTP_SECURITY", "none")
    yield handler
    controller.stop()


def enter(
    engine: Engine, subject: str, role: PersonRole = PersonRole.EDIT, unit: str = "fb-22",
    scope: PersonScope = PersonScope.OWN,
) -> str:  # fmt: skip
    """Somebody with a mailbox; the mailbox."""
    granted = persons.grant(
        engine, ISSUER, subject, role, scope=scope, name=subject.title(), unit=unit, **WHO
    )  # fmt: skip
    mailbox = f"{subject}@kreis.example"
    write(engine, [Edit(Person, {"mailbox": mailbox}, id=granted["id"], version=granted["version"])], **WHO)
    return mailbox


def remind(later: int = 0, *more: str) -> int:
    return main(["remind", "--today", (DAY + timedelta(days=later)).isoformat(), *more])


def test_each_is_told_once_in_text_and_html_with_the_way_to_the_page(engine, server, capsys) -> None:
    eva = enter(engine, "eva")
    assert remind() == 0
    ((to, message),) = server.taken
    assert (to, message["from"], message["to"]) == (
        eva, "Integrationssteuerung <steuerung@kreis.example>", eva
    )  # fmt: skip
    assert message["subject"] == "Integration: 1 steht an, 2 neu vorgemerkt"
    assert "Vorlagenschluss 26.11.2026: Beispiel: Integrationslotsen" in server.texts(eva)
    assert "https://steuerung.example/strukturen" in server.texts(eva)
    html = message.get_body(("html",)).get_content()
    assert 'href="https://steuerung.example/masterplan"' in html
    assert remind() == 0
    assert len(server.taken) == 1
    assert "geht keine Mail hinaus" in capsys.readouterr().out


def test_the_picture_travels_within_the_mail_with_its_words_and_asks_nobody(engine, server) -> None:
    enter(engine, "eva")
    remind()
    ((_, message),) = server.taken
    html = message.get_body(("html",)).get_content()
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    inside = picture["Content-ID"].strip("<>")
    assert f'src="cid:{inside}"' in html
    assert html.count("src=") == 1
    assert 'alt="Wie viel davon wann fällig ist. Nov 2026: 1 Eintrag;' in html
    assert picture.get_content().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_drawn_keeps_no_mail_from_going_out(
    engine, server, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    def fails(*_asked: Any, **_more: Any) -> bytes:
        raise pictures.NotDrawn("nein")

    monkeypatch.setattr(pictures, "png", fails)
    eva = enter(engine, "eva")
    assert remind() == 0
    ((_, message),) = server.taken
    assert "<img" not in message.get_body(("html",)).get_content()
    assert "Integrationslotsen" in server.texts(eva)
    assert "die Mail geht ohne" in capsys.readouterr().err


def test_what_moves_is_told_with_the_day_before(engine, server) -> None:
    eva = enter(engine, "eva")
    remind()
    row = row_of(engine, Milestone, 1)
    write(engine, [Edit(Milestone, {"day": "2027-02-01"}, id=1, version=row["version"])], **WHO)
    remind(1)
    assert "Meilenstein 01.02.2027 (bisher 10.12.2026)" in server.texts(eva)


def test_overdue_twice_goes_to_the_next_unit_above_too(engine, server) -> None:
    units = reading.portfolio(engine).organisations.set_index("id")
    parent = units.loc[units["slug"] == "fb-22", "parent_id"].iloc[0]
    enter(engine, "eva")
    above = enter(engine, "lena", unit=str(units.at[int(parent), "slug"]))
    said = "Beispiel: Beschluss über den Eigenanteil"
    for later, expected in ((0, 0), (20, 0), (26, 0), (27, 1), (40, 1)):
        remind(later)
        assert server.texts(above).count(said) == expected, later
    assert "Bei untergeordneten Einheiten weiterhin überfällig" in server.texts(above)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("451 greylisted", "der nächste Lauf versucht es wieder"),
        ("550 no such user", "E-Mail-Adresse prüfen"),
    ],
)
def test_what_was_not_taken_is_told_by_the_next_run_and_stops_nobody_elses(
    answer: str, said: str, engine, server, capsys
) -> None:
    eva, ole = enter(engine, "eva"), enter(engine, "ole")
    server.answers[eva] = answer
    assert remind() == 1
    told = capsys.readouterr().err
    assert said in told
    assert eva not in told
    assert [to for to, _ in server.taken] == [ole]
    server.answers.clear()
    assert remind(1) == 0
    assert [to for to, _ in server.taken] == [ole, eva]


def test_after_a_week_without_a_run_nothing_is_lost(engine, server) -> None:
    eva = enter(engine, "eva")
    remind()
    remind(18)
    assert "Überfällig\n----------\n* Meilenstein 10.12.2026" not in server.texts(eva)
    remind(25)
    assert "Meilenstein 10.12.2026" in server.texts(eva).partition("Überfällig")[2]


def test_a_server_that_is_away_for_a_week_loses_nothing_and_tells_nothing_twice(
    engine, server, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    eva = enter(engine, "eva")
    there = os.environ["STEERING_SMTP_PORT"]
    monkeypatch.setenv("STEERING_SMTP_PORT", str(free_port()))
    assert [remind(later) for later in range(7)] == [1] * 7
    assert "es geht nichts verloren" in capsys.readouterr().err
    monkeypatch.setenv("STEERING_SMTP_PORT", there)
    assert [remind(7), remind(8)] == [0, 0]
    assert [to for to, _ in server.taken] == [eva]
    assert server.texts(eva).count("Integrationslotsen") == 1


def test_who_has_not_answered_is_told_to_those_who_coordinate_and_not_to_who_was_asked(
    engine, server
) -> None:
    names = reading.portfolio(engine).organisations.set_index("slug")["name"]
    units = reading.portfolio(engine).organisations.set_index("slug")["id"]
    held = {"name": "Herbst", "sent_on": "2026-11-01", "due": "2026-11-20"}
    asked = [
        Edit(
            ConfirmationRequest,
            {"round_id": Made(0), "organisation_id": int(units[slug]), "token": slug.ljust(20, "x")},
        )
        for slug in ("fb-21", "caritas-coburg")
    ]
    write(engine, [Edit(ConfirmationRound, held), *asked], **WHO)
    asked_one = enter(engine, "otto", unit="fb-21")
    own_unit_only = enter(engine, "eva")
    coordinates = enter(engine, "ina", scope=PersonScope.ALL)
    administers = enter(engine, "adam", PersonRole.ADMINISTER)
    heading = "Antworten zur Rückmeldung fehlen seit 20.11.2026: Herbst"
    silent = sorted([names["fb-21"], names["caritas-coburg"]], key=str.casefold)
    for later, expected in ((0, 1), (1, 1), (7, 2), (20, 2)):
        remind(later)
        for mailbox in (coordinates, administers):
            assert server.texts(mailbox).count(heading) == expected, later
        for mailbox in (asked_one, own_unit_only):
            assert heading not in server.texts(mailbox)
    said = server.texts(coordinates)
    assert f"Noch ohne Antwort (2): {', '.join(silent)}." in said
    assert heading in said.partition("Weiterhin überfällig")[2]
    assert "Rückmeldung bis 20.11.2026: Herbst" in server.texts(asked_one)
    html = next(message for to, message in server.taken if to == coordinates).get_body(("html",))
    assert 'href="https://steuerung.example/daten?bereich=rueckmeldung"' in html.get_content()
    assert heading in html.get_content()


def test_nothing_internal_is_told_to_who_may_not_see_it(engine, server) -> None:
    Planted(engine)
    reads = enter(engine, "liest", PersonRole.READ, unit="landkreis-coburg")
    edits = enter(engine, "alle", unit="landkreis-coburg")
    remind()
    remind(60)
    assert SECRET not in server.texts(reads)
    assert "nur Verwaltung" not in server.texts(reads)
    assert SECRET in server.texts(edits)


def test_a_dry_run_writes_files_and_remembers_nothing(engine, tmp_path, server) -> None:
    enter(engine, "eva")
    assert remind(0, "--dry-run", str(tmp_path / "out")) == 0
    (file,) = (tmp_path / "out").glob("*.eml")
    assert b"Vorlagenschluss" in file.read_bytes()
    assert server.taken == []
    remind()
    assert len(server.taken) == 1


@pytest.mark.parametrize("typed", ["müller@kreis.example", "eva..m@kreis.example", "a,b@kreis.example"])
def test_a_mailbox_that_no_mail_gets_to_keeps_nobody_else_from_theirs(
    typed: str, engine, server, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(engine, "adam")
    eva = enter(engine, "eva")
    boxes = telling.mailboxes(engine)
    monkeypatch.setattr(telling, "mailboxes", lambda _engine: [replace(boxes[0], address=typed), boxes[1]])
    assert remind() == 1
    assert [to for to, _message in server.taken] == [eva]
    assert "ist so nicht zu erreichen" in capsys.readouterr().err


def test_files_of_a_trial_are_for_their_owner_and_of_this_trial_alone(engine, tmp_path: Path) -> None:
    enter(engine, "eva")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "person-999.eml").write_text("von gestern")
    remind(0, "--dry-run", str(folder))
    (file,) = folder.iterdir()
    assert file.name != "person-999.eml"
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_nobody_with_a_mailbox_or_a_server_that_is_away_is_said(
    engine, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("STEERING_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("STEERING_SMTP_PORT", str(free_port()))
    monkeypatch.setenv("STEERING_SMTP_PASSWORD", "streng-geheim")
    assert remind() == 0
    assert "keiner Person sind Einheit" in capsys.readouterr().out
    enter(engine, "eva")
    assert remind() == 1
    told = capsys.readouterr().err
    assert "ist nicht zu benutzen" in told
    assert "streng-geheim" not in told


@pytest.mark.parametrize(
    ("setting", "text", "said"),
    [
        ("STEERING_MAIL_FROM", "", "nennt keinen Absender"),
        ("STEERING_SMTP_HOST", "", "--dry-run"),
        ("STEERING_SMTP_PORT", "viele", "ist kein Port"),
        ("STEERING_SMTP_SECURITY", "ssl3", "starttls, tls, none"),
        ("STEERING_ADDRESS", "steuerung", "keine Adresse"),
    ],
)
def test_a_wrong_setting_is_told_with_its_name(
    setting: str, text: str, said: str, engine, server, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv(setting, text)
    assert remind() == 1
    told = capsys.readouterr().err
    assert setting in told
    assert said in told
