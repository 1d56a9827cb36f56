"""Contact data leave the Verlauf for good; that they did stands there."""

import json
from datetime import date
from functools import partial
from pathlib import Path
from unicodedata import normalize

import pytest
from sqlalchemy import Engine

from steering.analysis.dates import WantedDates
from steering.analysis.structures.inventory import Selection
from steering.model import (
    AgendaItem,
    Funding,
    Level,
    Measure,
    Meeting,
    MeetingStatus,
    Municipality,
    Organisation,
    Participant,
    Structure,
    Submission,
    SubscriptionKind,
)
from steering.storage import archiving, checking, handing_in, reading, saved_views, subscribing
from steering.storage.engine import database_file, let_go
from steering.storage.history import erasing
from steering.storage.history.searching import Occasion, Sought, find
from steering.storage.history.undoing import undo, undo_change
from steering.storage.problems import Invalid, UndoBlocked
from steering.storage.subscribing import WantedView
from steering.storage.writing import Edit, write
from tests.changed import history
from tests.storage.conftest import AHORN, CARITAS, CARRYING, LOTSEN, WHO
from tests.stored import Who, row_of

MAIL = "erika.muster@beispiel.de"
NOTE = f"Ansprechpartnerin Erika Muster, {MAIL}"
DATA_PROTECTION: Who = {"actor": "Datenschutz", "now": WHO["now"]}


@pytest.fixture
def known(engine: Engine) -> Engine:
    """Erika Muster stood in a note and still stands in another; a structure with her was removed."""
    write(engine, [Edit(Structure, {"note": NOTE, "places": 3}, id=LOTSEN, version=1)], **WHO)
    write(engine, [Edit(Structure, {"note": "Max Neu"}, id=LOTSEN, version=2)], **WHO)
    write(engine, [Edit(Funding, {"note": f"Fragen an  {MAIL.upper()}"}, id=CARRYING, version=1)], **WHO)
    values = {"name": "Café", "kind": "service", "organisation_id": CARITAS, "note": NOTE}
    (made,) = write(engine, [Edit(Structure, values)], **WHO).ids
    archiving.delete_or_archive(engine, Structure, made, 1, **WHO)
    return engine


def said(engine: Engine) -> str:
    rows = history(engine)
    return "\n".join([*rows["before"], *rows["after"], *rows["imported"]])


def test_where_it_stands_is_counted_before(known: Engine) -> None:
    found = erasing.find(known, MAIL)
    assert found.entries == 5
    assert [(each.title, each.field, each.fixed) for each in found.holdings] == [
        ("Förderung »BIR« von »Integrationslotsen«", "note", False)
    ]


def test_the_verlauf_loses_it_and_keeps_who_took_it_out_when_and_from_how_many(known: Engine) -> None:
    before = reading.record(known, Funding, CARRYING)
    done = erasing.erase(known, MAIL, from_records=False, **DATA_PROTECTION)
    assert MAIL not in said(known).lower()
    assert "Ansprechpartnerin Erika Muster, […]" in said(known)
    assert reading.record(known, Funding, CARRYING) == before
    (trace,) = find(known, Sought(occasion=Occasion.ERASED)).writes
    assert (trace.signature.actor, trace.signature.at) == ("Datenschutz", WHO["now"])
    assert json.loads(trace.steps[0].after) == {"entries": 5, "fields": 0}
    assert (done.entries, done.fields) == (5, 0)


def test_the_record_of_today_loses_it_too_where_that_is_wanted_and_the_verlauf_does_not_say_it_again(
    known: Engine,
) -> None:
    done = erasing.erase(known, MAIL, from_records=True, **DATA_PROTECTION)
    stored = row_of(known, Funding, CARRYING)
    assert (stored["note"], stored["version"]) == ("Fragen an  […]", 3)
    assert MAIL not in said(known).lower()
    assert (done.entries, done.fields) == (5, 1)


def test_a_text_of_nothing_else_is_emptied(engine: Engine) -> None:
    write(engine, [Edit(Structure, {"note": MAIL}, id=LOTSEN, version=1)], **WHO)
    erasing.erase(engine, MAIL, from_records=True, **WHO)
    assert row_of(engine, Structure, LOTSEN)["note"] == ""


def test_a_name_that_must_not_be_empty_is_marked(engine: Engine) -> None:
    write(engine, [Edit(Organisation, {"name": "Erika Muster"}, id=CARITAS, version=1)], **WHO)
    erasing.erase(engine, "erika muster", from_records=True, **WHO)
    assert row_of(engine, Organisation, CARITAS)["name"] == "[…]"


@pytest.mark.parametrize("words", ["Erika Muster", "2026-12-31", "a1b2c3"])
def test_a_vorlage_that_was_handed_in_blocks_no_erasing_and_keeps_its_file(
    engine: Engine, words: str
) -> None:
    """Its title is in the name of its file; what programs know it by is nothing that somebody typed."""
    said = {
        "name": f"Sitzungsvorlage: {words}", "about": "whole", "handed_in_on": date(2026, 11, 25),
        "file_name": f"Sitzungsvorlage {words}.docx", "ends": "1 2026-12-31", "wording": "a1b2c3" * 10,
    }  # fmt: skip
    (key,) = handing_in.hand_in(engine, said, b"PK", **WHO).ids
    before = row_of(engine, Submission, key)
    erasing.erase(engine, words, from_records=True, **DATA_PROTECTION)
    after = row_of(engine, Submission, key)
    assert (after["name"], after["file_name"]) == ("Sitzungsvorlage: […]", "Sitzungsvorlage […].docx")
    assert {name: after[name] for name in ("digest", "ends", "wording")} == {
        name: before[name] for name in ("digest", "ends", "wording")
    }
    assert handing_in.file_of(engine, after["digest"]) == b"PK"
    assert checking.problems(engine.url.render_as_string()) == []


def test_a_short_name_for_addresses_loses_it_too(engine: Engine) -> None:
    values = {"name": "Tagespflege Erika Müßter", "level": Level.WELFARE}
    (made,) = write(engine, [Edit(Organisation, values)], **WHO).ids
    assert [each.field for each in erasing.find(engine, "erika müßter").holdings] == ["slug", "name"]
    erasing.erase(engine, "erika müßter", from_records=True, **WHO)
    stored = row_of(engine, Organisation, made)
    assert (stored["slug"], stored["name"]) == ("tagespflege", "Tagespflege […]")
    assert "erika" not in said(engine).lower()
    assert checking.problems(engine.url.render_as_string()) == []


def test_what_is_erased_cannot_be_taken_back_and_the_rest_of_its_form_can(known: Engine) -> None:
    rows = history(known)
    first = rows.iloc[-1]["batch"]
    steps = rows[rows["batch"] == first].set_index("field")["id"]
    trace = erasing.erase(known, MAIL, from_records=False, **DATA_PROTECTION).receipt.batch
    with pytest.raises(UndoBlocked, match=r"Struktur »Integrationslotsen«: Aus dieser .* gelöscht"):
        undo(known, first, **WHO)
    undo_change(known, int(steps["places"]), **WHO)
    assert row_of(known, Structure, LOTSEN)["places"] is None
    with pytest.raises(UndoBlocked, match="nicht wiederherstellen"):
        undo(known, trace or "", **WHO)


@pytest.mark.parametrize("also", [False, True])
def test_what_was_changed_before_it_was_erased_is_to_be_changed_by_hand(engine: Engine, also: bool) -> None:
    first = write(engine, [Edit(Structure, {"note": "zu klären"}, id=LOTSEN, version=1)], **WHO)
    write(engine, [Edit(Structure, {"note": NOTE}, id=LOTSEN, version=2)], **WHO)
    erasing.erase(engine, MAIL, from_records=also, **DATA_PROTECTION)
    with pytest.raises(
        UndoBlocked, match=r"»Anmerkung« wurde .* nicht zurücknehmen\. Bitte von Hand ändern\."
    ):
        undo(engine, first.batch or "", **WHO)


@pytest.mark.parametrize("also", [False, True])
def test_a_database_from_which_something_was_erased_is_sound(known: Engine, also: bool) -> None:
    erasing.erase(known, MAIL, from_records=also, **WHO)
    write(known, [Edit(Structure, {"note": "weiter"}, id=LOTSEN, version=3)], **WHO)
    assert checking.problems(known.url.render_as_string()) == []


@pytest.mark.usefixtures("only_sqlite")
def test_nothing_of_it_is_left_in_the_file(known: Engine) -> None:
    erasing.erase(known, MAIL, from_records=True, **WHO)
    let_go(known)
    file = database_file(known.url)
    assert file is not None
    assert MAIL.encode() not in Path(file).read_bytes().lower()


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        (normalize("NFD", "Frau Müller"), "frau müller"),
        ("Frau Müller", normalize("NFD", "Frau Müller")),
        ("FRAU MÜLLER", "Frau Müller"),
        ("Hauptstraße 5", "HAUPTSTRASSE 5"),
        ("Hauptstrasse 5", "Hauptstraße 5"),
        ("Erika\u00a0Mus\u00adter", "Erika Muster"),
        ("Erika (Eri*) Muster", "Erika (Eri*) Muster"),
    ],
)
def test_it_is_found_however_its_letters_are_written(engine: Engine, stored: str, words: str) -> None:
    write(engine, [Edit(Structure, {"note": f"{stored} rief an"}, id=LOTSEN, version=1)], **WHO)
    erasing.erase(engine, words, from_records=True, **WHO)
    assert row_of(engine, Structure, LOTSEN)["note"] == "[…] rief an"


def test_longer_words_of_which_it_is_a_part_are_named(engine: Engine) -> None:
    note = "Hans (Hans), Hansestadt, hans@beispiel.de, Kleinhans"
    write(engine, [Edit(Structure, {"note": note}, id=LOTSEN, version=1)], **WHO)
    assert erasing.find(engine, "Hans").inside == ("Hansestadt", "Kleinhans")
    assert erasing.find(engine, "Hans)").inside == ()


def test_a_place_that_is_called_like_a_person_keeps_its_name(engine: Engine) -> None:
    write(engine, [Edit(Structure, {"note": "Frau Ahorn"}, id=LOTSEN, version=1)], **WHO)
    assert [each.record for each in erasing.find(engine, "Ahorn").holdings] == [Structure]
    erasing.erase(engine, "Ahorn", from_records=True, **WHO)
    assert row_of(engine, Municipality, AHORN)["name"] == "Ahorn"


def test_a_text_for_programs_is_left_as_it_is(engine: Engine) -> None:
    effects = f'[{{"kind": "drop_funding", "funding_id": {CARRYING}}}]'
    write(engine, [Edit(Measure, {"name": "Lotsen", "effects": effects})], **WHO)
    found = erasing.find(engine, "funding")
    assert (found.entries, found.holdings) == (0, ())


@pytest.mark.parametrize("words", ["", "  ", "abc", "a b c"])
def test_too_few_letters_are_refused(engine: Engine, words: str) -> None:
    with pytest.raises(Invalid, match="mindestens 4 Zeichen"):
        erasing.find(engine, words)


def test_what_stands_nowhere_is_said_and_nothing_written(engine: Engine) -> None:
    revision = reading.revision(engine)
    with pytest.raises(Invalid, match="»Otto Niemand« steht nicht im Verlauf"):
        erasing.erase(engine, " Otto Niemand", from_records=True, **WHO)
    assert reading.revision(engine) == revision


def test_a_word_of_a_closed_list_and_a_day_are_no_contact_data(engine: Engine) -> None:
    write(engine, [Edit(Funding, {"end": date(2027, 6, 30)}, id=CARRYING, version=1)], **WHO)
    write(engine, [Edit(Structure, {"kind": "network"}, id=LOTSEN, version=1)], **WHO)
    assert erasing.find(engine, "network").entries == erasing.find(engine, "2027-06-30").entries == 0


def test_a_closed_round_keeps_what_it_says(engine: Engine) -> None:
    (round_,) = write(engine, [Edit(Meeting, {"name": "Runde", "day": date(2026, 11, 20)})], **WHO).ids
    write(engine, [Edit(AgendaItem, {"meeting_id": round_, "name": "Punkt"})], **WHO)
    values = {"meeting_id": round_, "organisation_id": CARITAS, "function": "Leitung, Erika Muster"}
    (guest,) = write(engine, [Edit(Participant, values)], **WHO).ids
    write(engine, [Edit(Meeting, {"status": MeetingStatus.CLOSED}, id=round_, version=1)], **WHO)
    (holding,) = erasing.find(engine, "Erika Muster").holdings
    assert holding.fixed
    done = erasing.erase(engine, "Erika Muster", from_records=True, **WHO)
    assert (done.entries, done.fields) == (1, 0)
    assert row_of(engine, Participant, guest)["function"] == "Leitung, Erika Muster"


@pytest.mark.parametrize("words", ["Erika Müller", "erika  müller"])
def test_a_name_in_what_people_keep_for_themselves_is_found_told_and_erased(
    words: str, engine: Engine
) -> None:
    keep = partial(saved_views.save, engine, page="strukturen", now=WHO["now"])
    keep("Für Erika Müller", query="szenario=gesichert")
    by_slug = "szenario=gesichert&traeger=praxis-erika-mueller"
    gone = keep("Praxis", query=by_slug)
    keep("Andere", query="szenario=gesichert&traeger=caritas-coburg")
    made = partial(subscribing.subscribe, engine, now=WHO["now"])
    of_view = WantedView(gone, "strukturen", by_slug)
    of_carrier = WantedDates(Selection(organisations=frozenset(["praxis-erika-mueller"])))
    made(SubscriptionKind.EXPORT, "Praxis", of_view)
    made(SubscriptionKind.CALENDAR, "Praxis", of_carrier)
    made(SubscriptionKind.CALENDAR, "Termine Erika Müller", WantedDates())
    found = erasing.find(engine, words)
    assert (found.entries, found.holdings, found.kept) == (0, (), 5)
    with pytest.raises(Invalid):
        erasing.erase(engine, words, from_records=False, **DATA_PROTECTION)
    assert erasing.erase(engine, words, from_records=True, **DATA_PROTECTION).fields == 5
    assert erasing.find(engine, words).kept == 0
    assert {each.name for each in saved_views.listed(engine)} == {"Für […]", "Andere"}
    assert [each.name for each in subscribing.mine(engine)] == ["Termine […]"]


@pytest.mark.parametrize("words", ["Plan", "masterplan", "organisations", "query"])
def test_what_filters_and_pages_are_called_says_no_words(words: str, engine: Engine) -> None:
    query = "szenario=gesichert&masterplan=ohne&query=&traeger=caritas-coburg"
    view = saved_views.save(engine, "Caritas", page="masterplan", query=query, now=WHO["now"])
    made = partial(subscribing.subscribe, engine, now=WHO["now"])
    made(SubscriptionKind.EXPORT, "Caritas", WantedView(view, "masterplan", query))
    made(SubscriptionKind.CALENDAR, "Caritas", WantedDates(Selection(organisations=frozenset(["caritas"]))))
    assert erasing.find(engine, words).kept == 0
    assert erasing.find(engine, "Caritas Coburg").kept == 2
    assert erasing.find(engine, "Caritas").kept == 3
