"""A confirmation round from its beginning to what is taken over of the answers, and back."""

import os
import re
import shutil
import subprocess
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from steering.analysis import confirmation
from steering.analysis.incoming import RowOutcome
from steering.exchange.asking.returning import together
from steering.exchange.confirmation.files import carrier_workbook
from steering.exchange.confirmation.judging import Decisions
from steering.exchange.confirmation.reading import read
from steering.exchange.incoming_files import FileRefused, received
from steering.model import Change, EndKind, Funding, Organisation, Responsibility, Structure
from steering.storage import confirmation_rounds, reading
from steering.storage.history import undoing
from steering.storage.imports import importing
from steering.storage.problems import Invalid
from steering.storage.tables import LINKS, table_of
from steering.storage.writing import Edit, write
from tests.exchange.confirmation.filling import SHEETS, at, edited, filled
from tests.storage.conftest import (
    AHORN,
    BERATUNG,
    CARITAS,
    LANDRATSAMT,
    LOTSEN,
    NOW,
    OTHER_CARRYING,
    WHO,
    without_versions,
)
from tests.stored import batch_of, row_of

DAY, CAME = date(2026, 11, 22), date(2026, 11, 25)
ROUND = {"name": "Rückmeldung 2026", "sent_on": DAY, "due": date(2026, 12, 20), "mailbox": "", "letter": ""}


def start(engine, carriers=(CARITAS, LANDRATSAMT), **values):
    """The id of a new round."""
    portfolio = reading.portfolio(engine)
    shares = confirmation.shares(portfolio, carriers, DAY)
    return confirmation_rounds.start(engine, portfolio, ROUND | values, shares, **WHO).ids[0]


def asked(engine, carrier=CARITAS, round_id=None):
    found = confirmation.asked(reading.portfolio(engine), round_id)
    return next(each for each in found if each.carrier_id == carrier)


def sent(engine, carrier=CARITAS, round_id=None):
    """The carrier's file."""
    return carrier_workbook(reading.portfolio(engine), asked(engine, carrier, round_id), LINKS)


def answer(engine, content, name="antwort.xlsx", **how):
    return read(received(name, content), reading.portfolio(engine), LINKS, CAME, **how)


def propose(engine, content, **how):
    return importing.propose(engine, reading.portfolio(engine), answer(engine, content, **how).reading)


def take(engine, content, **how):
    return importing.take_over(engine, propose(engine, content, **how), **WHO)


def tracked(engine, carrier=CARITAS, round_id=1):
    found = confirmation.tracking(reading.portfolio(engine), round_id, CAME)
    return found.set_index("organisation_id").loc[carrier]


def stored(engine, record, key):
    return row_of(engine, record, key)


@pytest.fixture
def file(engine):
    """The database with a responsibility of Caritas as well, a round begun, and Caritas' file."""
    values = {"structure_id": BERATUNG, "task_id": 1, "area_id": 1, "role": "deliver", "target_groups": [1]}
    write(engine, [Edit(Responsibility, values)], **WHO)
    start(engine)
    return sent(engine)


def test_a_round_keeps_what_goes_out_and_can_be_taken_back(engine):
    before = without_versions(reading.portfolio(engine))
    portfolio = reading.portfolio(engine)
    shares = confirmation.shares(portfolio, [CARITAS, LANDRATSAMT], DAY)
    receipt = confirmation_rounds.start(engine, portfolio, ROUND, shares, **WHO)
    assert [len(asked(engine, each).items) for each in (CARITAS, LANDRATSAMT)] == [2, 4]
    lotsen = asked(engine, LANDRATSAMT).of(Responsibility)[0]
    assert lotsen.sent["target_groups"] == [1]
    assert asked(engine).of(Funding)[0].sent["end"] == date(2026, 12, 31)
    undoing.undo(engine, batch_of(receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before


def test_a_year_in_a_cell_for_days_is_asked_back_and_nothing_ends_in_1905(engine, file):
    before = stored(engine, Funding, OTHER_CARRYING)
    found = propose(engine, filled(file, ("Förderungen", 2, "Ende", 2027), reply="nein, geändert"))
    (refused,) = found.refusals()
    assert "Hier steht die Zahl 2027" in refused.reason
    take(engine, filled(file, ("Förderungen", 2, "Ende", 2027), reply="nein, geändert"))
    assert stored(engine, Funding, OTHER_CARRYING)["end"] == before["end"]


def test_a_round_wants_carriers_days_in_order_and_a_real_mailbox(engine):
    for carriers, values, problem in (
        ((), {}, "kein Träger gewählt"),
        ((CARITAS,), {"due": date(2026, 11, 1)}, "liegt vor dem Versand"),
        ((CARITAS,), {"mailbox": "Sekretariat"}, "keine E-Mail-Adresse"),
        ((CARITAS,), {"sent_on": None}, "Bitte"),
    ):
        with pytest.raises(Invalid, match=problem):
            start(engine, carriers, **values)
    assert reading.portfolio(engine).confirmation_rounds.empty


def test_a_round_does_not_begin_on_data_that_have_moved_on(engine):
    portfolio = reading.portfolio(engine)
    write(engine, [Edit(Structure, {"fte": 2.0}, id=LOTSEN, version=1)], **WHO)
    with pytest.raises(Invalid, match="noch einmal"):
        confirmation_rounds.start(
            engine, portfolio, ROUND, confirmation.shares(portfolio, [CARITAS], DAY), **WHO
        )


def test_unchanged_and_confirmed_only_sets_the_day_of_confirmation(engine, file):
    before = without_versions(reading.portfolio(engine))
    proposal = propose(engine, filled(file, reply="ja"))
    assert proposal.confirmed() == [0, 1, 2]
    done = importing.take_over(engine, proposal, **WHO)
    changes = table_of(Change).c
    with engine.connect() as connection:
        wrote = connection.execute(
            select(changes.record, changes.field).where(changes.batch == done.receipt.batch)
        ).all()
    assert {field for record, field in wrote if not record.startswith("confirmation")} == {"confirmed_on"}
    for record, key in ((Structure, BERATUNG), (Funding, OTHER_CARRYING), (Responsibility, 2)):
        assert stored(engine, record, key)["confirmed_on"] == CAME
    assert stored(engine, Structure, LOTSEN)["confirmed_on"] is None
    row = tracked(engine)
    assert (row["state"], row["confirmed"], row["open"]) == ("answered", 3, 0)
    assert row["answered_on"].date() == CAME
    assert tracked(engine, LANDRATSAMT)["state"] == "sent"
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(replies=st.lists(st.sampled_from([None, "ja", "Ja ", "x"]), min_size=3, max_size=3))
def test_whatever_rows_are_confirmed_no_other_value_changes(engine, file, replies):
    rows = [(title, 2, "Stimmt so?", reply) for title, reply in zip(SHEETS, replies, strict=True)]
    proposal = propose(engine, filled(file, *rows))
    of_records = [
        each for row in proposal.rows for each in row.differences if not each.table.startswith("confirmation")
    ]
    assert {each.field for each in of_records} <= {"confirmed_on"}
    assert len(of_records) == sum(reply is not None for reply in replies)
    assert not list(proposal.refusals())


def test_corrections_are_taken_over_and_confirmed(engine, file):
    content = filled(
        file,
        ("Strukturen", 2, "VZÄ", "1,5"),
        ("Strukturen", 2, "Stimmt so?", "nein, geändert"),
        ("Strukturen", 2, "Bemerkung", "seit Oktober"),
        ("Förderungen", 2, "Ende", "30.06.2027"),
        ("Zuständigkeiten", 2, "Rolle", "federführend"),
        ("Zuständigkeiten", 2, "Stimmt so?", "ja"),
    )
    proposal = propose(engine, content)
    notes = [row.row.notes for row in proposal.rows]
    assert notes == [
        (),
        ("Ohne Antwort, aber Werte geändert: als Berichtigung gelesen.",),
        ("»ja« gewählt, aber Werte geändert: als Berichtigung gelesen.",),
    ]
    take(engine, content)
    structure = stored(engine, Structure, BERATUNG)
    assert (structure["fte"], structure["confirmed_on"]) == (1.5, CAME)
    assert stored(engine, Funding, OTHER_CARRYING)["end"] == date(2027, 6, 30)
    assert stored(engine, Responsibility, 2)["role"] == "lead"
    row = tracked(engine)
    assert (row["corrected"], row["open"], row["state"]) == (3, 0, "answered")
    assert confirmation.to_clarify(reading.portfolio(engine), 1)["remark"].tolist() == ["seit Oktober"]


def test_the_same_file_twice_changes_nothing_the_second_time(engine, file):
    content = filled(
        file,
        ("Strukturen", 2, "Stimmt so?", "nein, geändert"),
        ("Strukturen", 2, "VZÄ", 1.5),
        ("Förderungen", 2, "Stimmt so?", "ja"),
        ("Zuständigkeiten", 2, "Stimmt so?", "gibt es nicht mehr"),
        *new_structure(3),
        ("Förderungen", 3, "Struktur", "Sprachcafé"),
        ("Förderungen", 3, "Name", "Spende"),
    )
    take(engine, content)
    assert {row.outcome for row in propose(engine, content).rows} == {RowOutcome.UNCHANGED}


def test_a_second_file_fills_what_the_first_left_open(engine, file):
    take(engine, filled(file, ("Strukturen", 2, "Stimmt so?", "ja")))
    assert (tracked(engine)["state"], tracked(engine)["open"]) == ("partial", 2)
    take(
        engine,
        filled(file, ("Förderungen", 2, "Stimmt so?", "ja"), ("Zuständigkeiten", 2, "Stimmt so?", "ja")),
    )
    assert (tracked(engine)["state"], tracked(engine)["confirmed"]) == ("answered", 3)


def new_structure(row, name="Sprachcafé"):
    return (
        ("Strukturen", row, "Name", name),
        ("Strukturen", row, "Art", "Angebot"),
        ("Strukturen", row, "gültig bis", "31.12.2027"),
        ("Strukturen", row, "Bemerkung", "neu seit Mai"),
    )


def test_new_rows_become_records_of_the_carrier_that_hang_together(engine, file):
    content = filled(
        file,
        *new_structure(3),
        ("Förderungen", 3, "Struktur", "sprachcafé"),
        ("Förderungen", 3, "Name", "Spende"),
        ("Zuständigkeiten", 3, "Struktur", "Sprachcafé"),
        ("Zuständigkeiten", 3, "Aufgabe", "Sprache"),
        ("Zuständigkeiten", 3, "Gebiet", "Landkreis"),
        ("Zuständigkeiten", 3, "Rolle", "durchführend"),
    )
    assert propose(engine, content).counts[RowOutcome.NEW] == 3
    done = take(engine, content)
    found = reading.portfolio(engine)
    new = found.structures.set_index("name").loc["Sprachcafé"]
    assert (new["organisation_id"], new["end_kind"]) == (CARITAS, EndKind.FIXED)
    assert new["confirmed_on"].date() == CAME
    assert found.fundings.set_index("name").loc["Spende", "structure_id"] == new["id"]
    assert new["id"] in found.responsibilities["structure_id"].tolist()
    assert tracked(engine)["added"] == 3
    added = found.confirmation_items[found.confirmation_items["verdict"] == "added"]
    assert new["id"] in added["record_key"].tolist()
    assert added["remark"].tolist()[0] == "neu seit Mai"
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert tracked(engine)["added"] == 0
    assert "Sprachcafé" not in set(reading.portfolio(engine).structures["name"])


def test_a_new_row_that_lacks_something_is_refused_at_its_column(engine, file):
    content = filled(
        file, ("Strukturen", 3, "Name", "Sprachcafé"), ("Zuständigkeiten", 3, "Aufgabe", "Spracke")
    )
    refused = {
        (each.place.sheet, each.place.row, each.column) for each in propose(engine, content).refusals()
    }
    assert refused == {("Strukturen", 3, "Art"), ("Zuständigkeiten", 3, "Aufgabe")}


def test_what_is_gone_stays_until_somebody_decides(engine, file):
    content = filled(file, reply="gibt es nicht mehr")
    before = [
        stored(engine, record, key) for record, key in ((Structure, BERATUNG), (Funding, OTHER_CARRYING))
    ]
    found = answer(engine, content)
    of_funding = "Flüchtlingsberatung – BIR (Caritas)"
    assert [each.title for each in found.gone] == [
        "Flüchtlingsberatung (Caritas)", of_funding, "Flüchtlingsberatung – Beraten (Caritas)",
    ]  # fmt: skip
    assert propose(engine, content).noted() == [0, 1, 2]
    take(engine, content)
    assert before == [
        stored(engine, record, key) for record, key in ((Structure, BERATUNG), (Funding, OTHER_CARRYING))
    ]
    assert tracked(engine)["gone"] == 3
    assert len(confirmation.to_clarify(reading.portfolio(engine), 1)) == 3
    ended = Decisions(ended=frozenset(each.item_id for each in found.gone))
    done = take(engine, content, decisions=ended)
    structure = stored(engine, Structure, BERATUNG)
    assert (structure["valid_until"], structure["end_kind"]) == (CAME, EndKind.FIXED)
    assert stored(engine, Funding, OTHER_CARRYING)["end"] == CAME
    assert stored(engine, Responsibility, 2)["valid_until"] == CAME
    assert confirmation.to_clarify(reading.portfolio(engine), 1).empty
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert stored(engine, Structure, BERATUNG)["valid_until"] is None


def test_the_last_day_that_the_carrier_names_is_the_end(engine, file):
    content = filled(file, ("Strukturen", 2, "gültig bis", "31.08.2026"), reply="gibt es nicht mehr")
    decided = Decisions(ended=frozenset({answer(engine, content).gone[0].item_id}))
    take(engine, content, decisions=decided)
    assert stored(engine, Structure, BERATUNG)["valid_until"] == date(2026, 8, 31)


def test_what_ended_before_the_answer_came_goes_on_no_longer(engine, file):
    content = filled(file, ("Förderungen", 2, "Stimmt so?", "gibt es nicht mehr"))
    recorded = stored(engine, Funding, OTHER_CARRYING)["end"]
    later = recorded + timedelta(days=15)

    def answered(**how):
        return read(received("a.xlsx", content), reading.portfolio(engine), LINKS, later, **how)

    (gone,) = answered().gone
    assert (gone.number, gone.last) == (OTHER_CARRYING, None)
    found = answered(decisions=Decisions(ended=frozenset({gone.item_id})))
    importing.take_over(engine, importing.propose(engine, reading.portfolio(engine), found.reading), **WHO)
    funding = stored(engine, Funding, OTHER_CARRYING)
    assert (funding["end"], funding["confirmed_on"]) == (recorded, later)


def test_changed_without_a_change_is_to_be_clarified(engine, file):
    take(engine, filled(file, ("Strukturen", 2, "Stimmt so?", "nein, geändert")))
    assert tracked(engine)["unclear"] == 1
    assert stored(engine, Structure, BERATUNG)["confirmed_on"] is None


def moved_on(engine, **values):
    version = stored(engine, Structure, BERATUNG)["version"]
    write(engine, [Edit(Structure, values, id=BERATUNG, version=version)], actor="Fachbereich 22", now=NOW)


@pytest.mark.parametrize(
    ("changes", "theirs"),
    [
        ([("Strukturen", 2, "VZÄ", 3), ("Strukturen", 2, "Stimmt so?", "nein, geändert")], 3.0),
        ([("Strukturen", 2, "Stimmt so?", "ja")], None),
    ],
    ids=["both changed", "confirmed what has changed since"],
)
def test_where_our_data_have_moved_on_somebody_decides(engine, file, changes, theirs):
    moved_on(engine, fte=2.0)
    content = filled(file, *changes)
    (clash,) = answer(engine, content).clashes
    assert (clash.field, clash.sent, clash.ours, clash.theirs) == ("fte", None, 2.0, theirs)
    (refusal,) = propose(engine, content).refusals()
    assert refusal.column == "VZÄ"
    assert "Wurde hier geändert" in refusal.reason
    take(engine, content, decisions=Decisions(theirs=frozenset({clash.item_id})))
    structure = stored(engine, Structure, BERATUNG)
    assert (structure["fte"], structure["confirmed_on"]) == (theirs, CAME)


def test_two_sides_that_changed_different_fields_or_the_same_alike_do_not_clash(engine, file):
    moved_on(engine, fte=2.0, places=10)
    content = filled(file, ("Strukturen", 2, "VZÄ", 2), ("Strukturen", 2, "Sitz: Ort", "Coburg"))
    assert answer(engine, content).clashes == ()
    take(engine, content)
    structure = stored(engine, Structure, BERATUNG)
    assert (structure["fte"], structure["places"], structure["seat_place"]) == (2.0, 10, "Coburg")


def test_a_number_of_another_carrier_is_refused(engine, file):
    content = filled(
        file, ("Strukturen", 2, "Nr.", LOTSEN), ("Strukturen", 2, "VZÄ", 99), ("Förderungen", 2, "Nr.", "1x")
    )
    refused = list(propose(engine, content).refusals())
    assert [(each.column, each.value) for each in refused] == [("Nr.", "1"), ("Nr.", "1x")]
    assert all("ging nicht an »Caritas«" in each.reason for each in refused)
    assert stored(engine, Structure, LOTSEN)["fte"] is None


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        ("Förderungen", "Struktur", "Integrationslotsen"),
        ("Förderungen", "Struktur", f"Beratung [{LOTSEN}]"),
        ("Strukturen", "Träger", "Landratsamt"),
        ("Strukturen", "Träger", f"wir [{LANDRATSAMT}]"),
    ],
)
def test_nothing_reaches_into_another_house(engine, file, sheet, heading, value):
    (refusal,) = propose(engine, filled(file, (sheet, 2, heading, value))).refusals()
    assert refusal.column == heading


def test_a_name_hidden_in_the_file_does_not_lead_into_another_house(engine, file):
    def tamper(book):
        listed = book["Listen"]
        for row in listed.iter_rows():
            for cell in row:
                if cell.value == "Flüchtlingsberatung":
                    listed.cell(cell.row, cell.column + 1).value = LOTSEN
        at(book["Förderungen"], 2, "Struktur").value = "Flüchtlingsberatung"

    assert not [each for row in propose(engine, edited(file, tamper)).rows for each in row.differences]


def test_a_number_twice_and_a_carrier_twice_are_refused(engine, file):
    content = filled(file, ("Strukturen", 3, "Nr.", BERATUNG), ("Strukturen", 3, "Name", "Doppelt"))
    (refusal,) = propose(engine, content).refusals()
    assert (refusal.place.row, refusal.reason) == (3, "Diese Nummer steht schon in einer Zeile weiter oben.")
    first = answer(engine, file)
    with pytest.raises(FileRefused, match="schon die zweite Datei von »Caritas«"):
        answer(engine, file, read_before={first.asked.request_id})


def test_an_emptied_row_deletes_nothing(engine, file):
    def empty(book):
        for cell in book["Strukturen"][2][1:]:
            cell.value = None

    content = edited(file, empty)
    (refusal,) = propose(engine, content).refusals()
    assert "geleert; gelöscht wird dadurch nichts" in refusal.reason
    gone = edited(content, lambda book: setattr(at(book["Strukturen"], 2, "Stimmt so?"), "value", "entfällt"))
    assert propose(engine, gone).noted() == [0]


def test_a_row_taken_out_stays_open(engine, file):
    take(engine, edited(filled(file, reply="ja"), lambda book: book["Förderungen"].delete_rows(2)))
    assert (tracked(engine)["confirmed"], tracked(engine)["open"]) == (2, 1)


def test_missing_sheets_and_columns_are_named_and_the_rest_is_read(engine, file):
    def damage(book):
        del book["Förderungen"]
        at(book["Strukturen"], 1, "VZÄ").value = "Stunden"
        at(book["Zuständigkeiten"], 1, "Stimmt so?").value = "ok?"
        book["Listen"].delete_rows(1, 500)

    found = answer(engine, edited(filled(file, reply="ja"), damage))
    notes = "\n".join(found.reading.notes)
    assert "Das Blatt »Förderungen« fehlt oder ist nicht lesbar; 1 Zeile bleibt offen." in notes
    assert "Blatt »Strukturen«: Die Spalte »VZÄ« fehlt; ihre Angaben bleiben, wie sie sind." in notes
    assert "Nicht gelesen wurde »Stunden«" in notes
    assert "Blatt »Zuständigkeiten«: Die Spalte »Stimmt so?« fehlt" in notes
    assert propose(engine, edited(filled(file, reply="ja"), damage)).confirmed() == [0]


def only(book, *titles):
    for title in set(book.sheetnames) - set(titles):
        del book[title]


def without_token(book):
    del book["Listen"]
    del book["Erläuterungen"]


def renumbered(book):
    for title in SHEETS:
        at(book[title], 1, "Nr.").value = "Kennung"


def of_another_database(book):
    book["Listen"]["A2"].value = "0" * 20


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without_token, "trägt keine Kennung einer Rückmelderunde"),
        (of_another_database, "gehört zu keiner Rückmelderunde, die hier geführt wird"),
        (renumbered, "keines der Blätter »Strukturen«, »Förderungen«, »Zuständigkeiten«"),
        (lambda book: only(book, "Erläuterungen", "Listen"), "keines der Blätter"),
    ],
)
def test_a_file_that_is_none_of_the_round_is_refused_in_words(engine, file, damage, said):
    before = reading.revision(engine)
    with pytest.raises(FileRefused, match=said):
        answer(engine, edited(file, damage))
    assert reading.revision(engine) == before


def test_a_file_of_another_round_is_refused_there_and_read_in_its_own(engine, file):
    later = start(engine, name="Rückmeldung 2027")
    with pytest.raises(FileRefused, match=r"gehört zur Runde »Rückmeldung 2026« vom 22\.11\.2026"):
        answer(engine, file, round_id=later)
    assert answer(engine, file, round_id=1).asked.round_id == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "altes? Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04kaputt", "beschädigt"),
        (b"Nr.;Stimmt so?\n1;ja\n", "keine Kennung"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(engine, file, content, said):
    with pytest.raises(FileRefused, match=said):
        answer(engine, content, name="alt.xls")


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    st.times(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.sampled_from(
        ["=1+1", "31.02.2026", "1.1.26", "ja", "entfällt", "[1]", ";;", '"', "_x0000_", "x" * 6_000]
    ),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(
        st.tuples(st.sampled_from([*SHEETS, "Listen"]), st.integers(1, 4), st.integers(1, 17), JUNK),
        max_size=12,
    )
)
def test_whatever_stands_in_the_cells_is_read_or_refused_in_words(engine, file, cells):
    def scribble(book):
        for title, row, column, value in cells:
            book[title].cell(row, column).value = value

    own = {("structure", BERATUNG), ("funding", OTHER_CARRYING), ("responsibility", 2)}
    try:
        proposal = propose(engine, edited(file, scribble))
    except FileRefused:
        return
    changed = {(each.table, each.key) for row in proposal.rows for each in row.differences}
    assert {pair for pair in changed if not pair[0].startswith("confirmation")} <= own


def test_days_and_numbers_as_text_are_no_change(engine, file):
    def as_text(book):
        cell = at(book["Förderungen"], 2, "Ende")
        cell.value, cell.number_format = f"{cell.value:%Y-%m-%d}", "@"
        at(book["Förderungen"], 2, "Nr.").value = str(at(book["Förderungen"], 2, "Nr.").value)

    assert propose(engine, edited(filled(file, reply="ja"), as_text)).confirmed() == [0, 1, 2]


def test_a_record_put_away_since_or_moved_elsewhere_is_refused(engine, file):
    moved_on(engine, organisation_id=LANDRATSAMT)
    refused = list(propose(engine, filled(file, reply="ja")).refusals())
    assert len(refused) == 3
    assert all("nicht mehr zu diesem Träger" in each.reason for each in refused)


def test_an_end_says_what_kind_it_is(engine, file):
    take(
        engine, filled(file, ("Strukturen", 2, "gültig bis", "31.12.2027"), ("Förderungen", 2, "Ende", None))
    )
    assert stored(engine, Structure, BERATUNG)["end_kind"] == EndKind.FIXED
    funding = stored(engine, Funding, OTHER_CARRYING)
    assert (funding["end"], funding["end_kind"]) == (None, EndKind.UNKNOWN)


def test_several_files_come_in_together_and_go_back_together(engine, file):
    before = without_versions(reading.portfolio(engine))
    other = filled(sent(engine, LANDRATSAMT), reply="ja")
    both = together([answer(engine, filled(file, reply="ja"), "a.xlsx"), answer(engine, other, "b.xlsx")])
    proposal = importing.propose(engine, reading.portfolio(engine), both)
    done = importing.take_over(engine, proposal, **WHO)
    assert [tracked(engine, each)["state"] for each in (CARITAS, LANDRATSAMT)] == ["answered", "answered"]
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before


def test_the_seat_of_a_unit_counts_to_the_house(engine):
    unit = Edit(Organisation, {"name": "Caritas Ahorn", "level": "welfare", "parent_id": CARITAS})
    key = write(engine, [unit], **WHO).ids[0]
    write(engine, [Edit(Structure, {"name": "Treff", "kind": "service", "organisation_id": key})], **WHO)
    start(engine)
    names = [at(load_workbook(BytesIO(sent(engine)))["Strukturen"], row, "Name").value for row in (2, 3)]
    assert sorted(names) == ["Flüchtlingsberatung", "Treff"]


def test_libreoffice_saves_an_answer_that_is_read_as_it_was(engine, file, tmp_path):
    command = shutil.which("soffice")
    source, out = tmp_path / "antwort.xlsx", tmp_path / "neu"
    content = filled(file, ("Strukturen", 2, "gültig bis", date(2027, 12, 31)), reply="ja")
    source.write_bytes(content)
    if command:
        profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        wanted = ["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        subprocess.run(
            [command, profile, *wanted, "--outdir", str(out), str(source)], capture_output=True, timeout=120,
            check=False,
        )  # fmt: skip
    if not (out / "antwort.xlsx").exists():
        assert not os.environ.get("STEERING_REQUIRE_LIBREOFFICE"), "LibreOffice Calc is missing"
        pytest.skip("needs LibreOffice Calc")
    again = (out / "antwort.xlsx").read_bytes()
    assert not re.search(rb"openpyxl", again)
    once, twice = propose(engine, content), propose(engine, again)
    assert [row.differences for row in twice.rows] == [row.differences for row in once.rows]
    assert twice.confirmed() == [1, 2]


def test_places_of_the_catalogue_are_read(engine, file):
    """A municipality is no area until somebody made it one: a sentence, no guess."""
    (refusal,) = propose(engine, filled(file, ("Zuständigkeiten", 2, "Gebiet", AHORN))).refusals()
    assert "gibt es nicht" in refusal.reason
