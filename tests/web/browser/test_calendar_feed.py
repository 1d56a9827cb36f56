"""The address of a subscription: what a calendar program gets, and what everybody else gets."""

from __future__ import annotations

import json
import logging
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from steering.analysis.dates import WantedDates
from steering.analysis.structures.inventory import Selection
from steering.model import Funding, PersonRole, PersonScope, SubscriptionKind
from steering.storage import archiving, journal, persons, subscribing
from steering.storage.engine import make_engine
from steering.storage.problems import NotReadable, NotSaved
from steering.storage.rights.acting import SignedIn, acting_as
from steering.storage.rights.house import House
from steering.storage.writing import Edit, write
from steering.web import current, identity
from steering.web.browser import fetching
from tests.conftest import sqlite_url
from tests.fetched import Client
from tests.planted import SECRET, Planted
from tests.prepared import Prepared
from tests.storage.conftest import WHO
from tests.stored import row_of

ISSUER = "https://anmeldung.example"
NOW: datetime = WHO["now"]


@pytest.fixture
def engine(prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The starting data with what is internal in them, behind the running program."""
    url = sqlite_url(tmp_path / "steering.db")
    prepared.copied("coburg", tmp_path / "steering.db")
    monkeypatch.setenv("STEERING_DATABASE_URL", url)
    monkeypatch.setattr(current, "now", lambda: NOW)
    opened = make_engine(url)
    Planted(opened)
    return opened


@pytest.fixture
def client() -> Client:
    return Client()


def subscribe(engine: Engine, **wanted: Any) -> str:
    kind = SubscriptionKind.CALENDAR
    return fetching.calendar_path(
        subscribing.subscribe(engine, kind, "Meine Termine", WantedDates(**wanted), now=NOW)
    )


def events(content: bytes) -> dict[str, Any]:
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def signing_in(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine for what Eva does, who edits, in a house that signs in."""
    monkeypatch.setattr(identity, "settings", lambda: House(services=("",)))
    persons.grant(engine, ISSUER, "eva", PersonRole.EDIT, scope=PersonScope.ALL, **WHO)
    return acting_as(engine, SignedIn(ISSUER, "eva", NOW))


def test_a_program_gets_the_dates_and_next_time_that_they_are_the_same(engine, client) -> None:
    path = subscribe(engine)
    first = client.get(path)
    assert first.status == 200
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "private, no-cache"
    calendar = Calendar.from_ical(first.content)
    assert (calendar["x-wr-calname"], calendar["method"]) == ("Meine Termine", "PUBLISH")
    assert len(events(first.content)) > 10
    current_tag = first.headers["etag"]
    for known in (current_tag, f'W/{current_tag}, "other"'):
        again = client.get(path, if_none_match=known)
        assert (again.status, again.content) == (304, b"")
    assert client.get(path, if_none_match='"other"').content == first.content
    head = client.get(path, "HEAD")
    assert (head.status, head.headers["etag"]) == (200, current_tag)
    assert subscribing.mine(engine)[0].fetched_on == date(2026, 11, 22)


def test_hours_later_the_same_bytes_are_handed_out(engine, client, monkeypatch) -> None:
    path = subscribe(engine)
    first = client.get(path)
    monkeypatch.setattr(current, "now", lambda: NOW + timedelta(hours=5))
    assert client.get(path).headers["etag"] == first.headers["etag"]


def test_what_moves_has_the_same_uid_and_a_higher_sequence_and_what_goes_is_cancelled(
    engine, client, monkeypatch
) -> None:
    path = subscribe(engine)
    first = client.get(path)
    before = events(first.content)
    moved, gone = [uid for uid in before if uid.startswith("funding-") and "-end@" in uid][:2]
    keys = [int(uid.split("-")[1]) for uid in (moved, gone)]
    versions = [row_of(engine, Funding, key)["version"] for key in keys]
    write(engine, [Edit(Funding, {"end": "2027-06-29"}, id=keys[0], version=versions[0])], **WHO)
    archiving.archive(engine, Funding, keys[1], versions[1], **WHO)
    monkeypatch.setattr(current, "now", lambda: NOW + timedelta(minutes=1))
    second = client.get(path, if_none_match=first.headers["etag"])
    assert second.status == 200
    after = events(second.content)
    assert after[moved].decoded("dtstart") == date(2027, 6, 29)
    assert after[moved]["status"] == "CONFIRMED"
    assert after[gone]["status"] == "CANCELLED"
    assert str(after[gone]["summary"]).startswith("Entfällt: ")
    for uid in (moved, gone):
        assert after[uid]["sequence"] > before[uid]["sequence"]
    same = next(uid for uid in before if uid not in {moved, gone} and f"-{keys[0]}-" not in uid)
    assert after[same].to_ical() == before[same].to_ical()


def test_filters_choose_and_an_empty_calendar_is_a_whole_one(engine, client) -> None:
    some = client.get(subscribe(engine, selection=Selection(organisations=frozenset(["caritas-coburg"]))))
    assert 0 < len(events(some.content)) < 10
    none = client.get(subscribe(engine, selection=Selection(organisations=frozenset(["niemand"]))))
    rounds_only = {str(event["categories"].to_ical(), "utf-8") for event in events(none.content).values()}
    assert rounds_only <= {"Sitzung der Koordinierungsrunde"}
    assert [part.name for part in Calendar.from_ical(none.content).subcomponents] != []


def test_without_examples_there_is_none_and_nothing_is_called_off(engine, client) -> None:
    everything = events(client.get(subscribe(engine)).content)
    found = events(client.get(subscribe(engine, examples=False)).content)
    assert 0 < len(found) < len(everything)
    assert not [event for event in found.values() if "Beispiel" in str(event["summary"])]
    assert {str(event["status"]) for event in found.values()} == {"CONFIRMED"}


def test_what_is_internal_is_there_only_as_long_as_its_owner_may_see_it(engine, client, monkeypatch) -> None:
    eva = signing_in(engine, monkeypatch)
    open_to_all, internal = subscribe(eva), subscribe(eva, internal=True)
    assert SECRET not in client.get(open_to_all).text
    assert SECRET in client.get(internal).text
    persons.grant(engine, ISSUER, "eva", PersonRole.READ, scope=PersonScope.ALL, **WHO)
    assert SECRET not in client.get(internal).text


def test_every_refusal_looks_alike(engine, client, monkeypatch) -> None:
    eva = signing_in(engine, monkeypatch)
    path = subscribe(eva)
    assert client.get(path).status == 200
    other = ("/kalender/x.ics", "/kalender/.ics", path.removesuffix(".ics"), f"/kalender/{'x' * 5000}.ics")
    wrong = [client.get(one) for one in other]
    key = persons.everyone(engine)["id"].iloc[0]
    persons.change(engine, {"archived_on": date(2026, 11, 22)}, key=int(key), version=1, **WHO)
    refused = client.get(path)
    assert {answer.status for answer in (refused, *wrong)} == {404}
    assert {answer.text for answer in (refused, *wrong)} == {refused.text}
    assert client.get(path, "POST").status == 405


def test_no_line_of_the_log_says_the_address(engine, client, caplog) -> None:
    path = subscribe(engine)
    with caplog.at_level(logging.DEBUG):
        for address in (path, path.removesuffix(".ics"), path.replace(".ics", "x.ics")):
            client.get(address, accept="text/html")
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == journal.NAME]
    fetched = [(line["subscription"], line["status"]) for line in lines if line["event"] == "fetch"]
    assert fetched == [(1, 200), (0, 404), (0, 404)]
    assert path.split("/")[2][:20] not in caplog.text


def test_a_day_that_cannot_be_noted_keeps_back_no_calendar(engine, client, monkeypatch) -> None:
    path = subscribe(engine)

    def locked(*_args: object, **_more: object) -> None:
        raise NotSaved("gesperrt")

    monkeypatch.setattr(subscribing, "note", locked)
    assert client.get(path).status == 200


def test_another_name_for_this_machine_gets_nothing(engine, client) -> None:
    assert client.get(subscribe(engine), host="evil.example").status == 421


def test_where_the_data_cannot_be_read_the_program_is_told_to_come_again(engine, client, monkeypatch) -> None:
    path = subscribe(engine)

    def locked(*_args: object, **_more: object) -> None:
        raise NotReadable("gesperrt")

    monkeypatch.setattr(subscribing, "asked_for", locked)
    answer = client.get(path)
    assert (answer.status, answer.headers["retry-after"]) == (503, "600")
