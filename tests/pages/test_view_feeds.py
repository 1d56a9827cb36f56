"""A saved view fetched as a table: the rows of the page's own file, as long as its owner may have them."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from steering.exchange import tables
from steering.model import PersonRole, PersonScope, Potential, Structure, SubscriptionKind
from steering.storage import journal, persons, reading, saved_views, subscribing
from steering.storage.problems import NotReadable
from steering.storage.rights.acting import SignedIn, acting_as
from steering.storage.rights.house import House
from steering.storage.subscribing import WantedView
from steering.storage.writing import Edit, write
from steering.web import current, identity, pages, panels
from steering.web.browser import fetching
from steering.web.feeds.page_tables import TABLES
from tests.fetched import Client
from tests.pages.conftest import Screen
from tests.planted import SECRET, Planted
from tests.storage.conftest import WHO
from tests.stored import row_of

ISSUER = "https://anmeldung.example"
NOW: datetime = WHO["now"]
Subscribed = Callable[..., str]
# What each page is asked for beside what every address says; and what its own file is called.
VIEWS: dict[str, tuple[str, dict[str, str | list[str]]]] = {
    "": ("Nächste Entscheidungen", {"szenario": "gesichert"}),
    "karte": ("Karte", {"auswahl": "ohne-eigene"}),
    "zeitachse": ("Zeitachse", {"traeger": ["caritas-coburg"]}),
    "strukturen": ("Strukturen", {"szenario": "erwartet", "ebene": ["landkreis"], "auswahl": "laufend"}),
    "zustaendigkeiten": ("Klärungspunkte", {"stichtag": "2027-03-01"}),
    "bedarfe": ("Bedarfe", {"stichtag": "2028-01-01", "annahme": ["drop:funding:4"]}),
    "luecken": ("Lücken", {"auswahl": "offen", "stichtag": "2028-01-01"}),
    "masterplan": ("Was offen bleibt", {"masterplan": "mit"}),
    "potenziale": ("Potenziale", {"szenario": "gesichert"}),
}
MORE = {
    "bedarfe": ("Bedarf nicht erhoben", {"auswahl": "nicht-erhoben"}),
    "masterplan": ("Beitrag der Maßnahmen", {"auswahl": "wirkt"}),
}


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def engine(screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The starting data with what is internal in them, behind the running program, at the machine."""
    opened = screen("Daten und Einstellungen").engine
    Planted(opened)
    write(opened, [Edit(Potential, {"name": "Leere Läden", "kind": "economy"})], **WHO)
    monkeypatch.setattr(current, "now", lambda: NOW)
    return opened


def fetched_from(
    engine: Engine, page: str = "strukturen", query: str = "szenario=gesichert", **wanted: Any
) -> str:
    """The path under which a view that is kept anew is fetched."""
    name = f"Ansicht {len(saved_views.listed(engine))}"
    key = saved_views.save(engine, name, page, query, now=NOW)
    token = subscribing.subscribe(
        engine, SubscriptionKind.EXPORT, name, WantedView(key, page, query, **wanted), now=NOW
    )
    return fetching.table_path(token, key)


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";", strict=True))


@pytest.fixture
def own_files(monkeypatch: pytest.MonkeyPatch) -> dict[str, pd.DataFrame]:
    """The frames that the page's own buttons write, by their titles."""
    found: dict[str, pd.DataFrame] = {}

    def press(_label: str, make: Any, file: str = "", *_: Any, **__: Any) -> bool:
        if file.endswith(".xlsx"):
            make()
        return False

    def kept(frame: pd.DataFrame, *, title: str, **_: Any) -> bytes:
        found[title] = frame
        return b""

    monkeypatch.setattr(panels.st, "download_button", press)
    monkeypatch.setattr(tables, "xlsx", kept)
    return found


@pytest.mark.parametrize(
    ("page", "file", "address"),
    [(page, *asked) for views in (VIEWS, MORE) for page, asked in views.items()],
)
def test_the_rows_are_those_of_the_pages_own_file(
    page, file, address, engine, client, screen, own_files
) -> None:
    title = next(each.title for each in pages.ALL if each.path == page)
    shown = screen(title, **address)
    assert not shown.app.exception
    shown.app.text_input(key="view_name").set_value("Fürs Rechnen")
    shown.app.button(key="save view").click().run()
    (view,) = saved_views.listed(engine)
    wanted = WantedView(view.id, view.page, view.query, internal=True)
    token = subscribing.subscribe(engine, SubscriptionKind.EXPORT, view.name, wanted, now=NOW)
    answer = client.get(fetching.table_path(token, view.id))
    assert answer.status == 200
    own = own_files[file]
    assert len(own) > 0, "else it would prove little"
    assert answer.content == tables.as_csv(own)
    assert rows(answer.content)[0] == list(own.columns)
    assert len(rows(answer.content)) == len(own) + 1


def test_every_page_of_which_a_table_is_offered_is_compared() -> None:
    assert {page.path for page in pages.WITH_TABLE} == set(TABLES) == set(VIEWS)


def test_a_program_gets_a_german_table_and_next_time_that_it_is_the_same(engine, client) -> None:
    path = fetched_from(engine, "karte", "szenario=gesichert")
    first = client.get(path)
    assert first.headers["content-type"] == "text/csv; charset=utf-8"
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["x-robots-tag"].startswith("noindex")
    head, line, *_ = rows(first.content)
    share = line[head.index("VZÄ je 10.000 Einwohner")]
    assert "." not in share
    again = client.get(path, if_none_match=first.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert client.get(path, "HEAD").headers["etag"] == first.headers["etag"]
    assert subscribing.mine(engine)[0].fetched_on == date(2026, 11, 22)
    assert client.get(path, "POST").status == 405


def test_what_is_saved_is_in_the_next_fetch(engine, client) -> None:
    path = fetched_from(engine)
    before = client.get(path)
    name = "=1+1\tStelle"
    row = row_of(engine, Structure, 1)
    write(engine, [Edit(Structure, {"name": name}, id=1, version=row["version"])], **WHO)
    after = client.get(path, if_none_match=before.headers["etag"])
    assert after.status == 200
    (line,) = [line for line in rows(after.content) if "1+1" in line[0]]
    assert line[0].startswith("'=1+1"), "no spreadsheet computes it"


def signing_in(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine for what Eva does, who edits, in a house that signs in."""
    monkeypatch.setattr(identity, "settings", lambda: House(services=("",)))
    persons.grant(engine, ISSUER, "eva", PersonRole.EDIT, scope=PersonScope.ALL, **WHO)
    return acting_as(engine, SignedIn(ISSUER, "eva", NOW))


def test_what_is_internal_is_there_only_where_it_was_chosen_and_may_be_seen(
    engine, client, monkeypatch
) -> None:
    eva = signing_in(engine, monkeypatch)
    every = [
        (page.path, fetched_from(eva, page.path), fetched_from(eva, page.path, internal=True))
        for page in pages.WITH_TABLE
    ]
    open_to_all = {page: client.get(path).text for page, path, _ in every}
    internal = {page: client.get(path).text for page, _, path in every}
    assert {page for page, text in internal.items() if text != open_to_all[page]} >= {"zustaendigkeiten"}
    assert "nur Verwaltung" in internal["zustaendigkeiten"]
    assert not [page for page, text in open_to_all.items() if "nur Verwaltung" in text or SECRET in text]
    persons.grant(engine, ISSUER, "eva", PersonRole.READ, scope=PersonScope.ALL, **WHO)
    assert {page: client.get(path).text for page, _, path in every} == open_to_all


def test_every_refusal_looks_alike_and_who_is_shut_out_is_refused_at_once(
    engine, client, monkeypatch
) -> None:
    eva = signing_in(engine, monkeypatch)
    path = fetched_from(eva)
    assert client.get(path).status == 200
    other = [path.replace(".csv", "9.csv"), path.removesuffix(".csv"), "/export/x/1.csv", "/export//1.csv",
             f"/export/{'x' * 5000}/1.csv", path.replace("/export/", "/kalender/")]  # fmt: skip
    wrong = [client.get(each) for each in other[:-1]]
    assert client.get(f"/kalender/{path.split('/')[2]}.ics").status == 404
    key = int(persons.everyone(engine)["id"].iloc[0])
    persons.change(engine, {"archived_on": date(2026, 11, 22)}, key=key, version=1, **WHO)
    refused = client.get(path)
    assert {answer.status for answer in (refused, *wrong)} == {404}
    assert "Unter dieser Adresse gibt es keine Tabelle (mehr)." in refused.text
    assert {answer.text for answer in (refused, wrong[0], wrong[2])} == {refused.text}


def test_it_ends_with_the_view_even_where_another_gets_its_number(engine, client) -> None:
    path = fetched_from(engine)
    (view,) = saved_views.listed(engine)
    saved_views.rename(engine, view.id, "Umbenannt")
    assert client.get(path).status == 200
    saved_views.remove(engine, view.id)
    assert client.get(path).status == 404
    again = saved_views.save(engine, "Andere", "bedarfe", "szenario=erwartet", now=NOW)
    assert again == view.id, "else it would prove nothing"
    assert client.get(path).status == 404


def test_a_view_that_somebody_keeps_for_themselves_is_nobody_elses_table(engine, client, monkeypatch) -> None:
    eva = signing_in(engine, monkeypatch)
    persons.grant(engine, ISSUER, "otto", PersonRole.EDIT, scope=PersonScope.ALL, **WHO)
    otto = acting_as(engine, SignedIn(ISSUER, "otto", NOW))
    query = "szenario=gesichert"
    for shared, status in ((False, 404), (True, 200)):
        key = saved_views.save(eva, f"Evas {shared}", "strukturen", query, shared=shared, now=NOW)
        wanted = WantedView(key, "strukturen", query)
        token = subscribing.subscribe(otto, SubscriptionKind.EXPORT, "Fremd", wanted, now=NOW)
        assert client.get(fetching.table_path(token, key)).status == status


def test_a_filter_that_is_gone_is_said_instead_of_another_table(engine, client) -> None:
    units = reading.portfolio(engine).organisations.set_index("slug")
    path = fetched_from(engine, query="szenario=gesichert&traeger=caritas-coburg")
    assert client.get(path).status == 200
    for query in ("traeger=gibt-es-nicht", "auswahl=nichts", "annahme=drop:funding:9999", "stichtag=gestern"):
        answer = client.get(fetched_from(engine, query=f"szenario=gesichert&{query}"))
        assert answer.status == 409, query
        assert f"»{query.split('=')[0]}«" in answer.text
        assert "neu merken" in answer.text
    assert "caritas-coburg" in units.index


def test_no_line_of_the_log_says_the_address(engine, client, caplog) -> None:
    path = fetched_from(engine)
    with caplog.at_level(logging.DEBUG):
        for address in (path, path.replace(".csv", "9.csv"), path.replace("/export/", "/export/x")):
            client.get(address, accept="text/html")
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == journal.NAME]
    fetched = [
        (line["of"], line["subscription"], line["status"]) for line in lines if line["event"] == "fetch"
    ]
    assert fetched == [("export", 1, 200), ("export", 0, 404), ("export", 0, 404)]
    assert path.split("/")[2][:20] not in caplog.text


def test_where_the_data_cannot_be_read_the_program_is_told_to_come_again(engine, client, monkeypatch) -> None:
    path = fetched_from(engine)

    def locked(*_args: object, **_more: object) -> None:
        raise NotReadable("gesperrt")

    monkeypatch.setattr(reading, "moment", locked)
    write(
        engine,
        [Edit(Structure, {"note": "neu"}, id=1, version=row_of(engine, Structure, 1)["version"])],
        **WHO,
    )
    answer = client.get(path)
    assert (answer.status, answer.headers["retry-after"]) == (503, "600")


def test_it_is_made_renewed_and_revoked_on_the_page_of_what_goes_out(engine, client, screen) -> None:
    shown = screen("Daten und Einstellungen", bereich="export")
    assert "noch keine Ansicht" in shown.texts
    saved_views.save(engine, "Laufende", "strukturen", "szenario=gesichert&auswahl=laufend", now=NOW)
    saved_views.save(engine, "Verlauf", "verlauf", "", now=NOW)
    shown.app.run()
    assert shown.choice("Welche Ansicht?").options == ["Laufende (Strukturen)"]
    shown.click("Adresse erzeugen")
    first = shown.app.code[0].value.removeprefix("http://localhost:8501")
    assert client.get(first).status == 200
    shown.click("Adresse ist eingetragen")
    assert "Tabelle · Ansicht »Laufende«" in shown.texts
    shown.click("Neue Adresse")
    second = shown.app.code[0].value.removeprefix("http://localhost:8501")
    assert (client.get(first).status, client.get(second).status) == (404, 200)
    shown.click("Widerrufen")
    assert client.get(second).status == 404
