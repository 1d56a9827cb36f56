"""Taking over a proposal: one batch, a copy before it, all of it or nothing, and back again."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from steering.analysis.incoming import IncomingRow, New, Place, Reading, RowOutcome, Wanted, doubles
from steering.analysis.incoming.recorded import Recorded
from steering.model import (
    AgendaItem,
    Area,
    Funding,
    Meeting,
    Municipality,
    Organisation,
    Period,
    Responsibility,
    Structure,
)
from steering.storage import reading
from steering.storage.engine import database_file, writing
from steering.storage.history import undoing
from steering.storage.imports import importing, remembering
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests.changed import history
from tests.storage.conftest import (
    ACTOR,
    AHORN,
    BERATUNG,
    CARITAS,
    CARRYING,
    COUNSEL,
    LOTSEN,
    NEUSTADT,
    WHO,
    without_versions,
)
from tests.stored import batch_of, row_of


def row(number, *records, **more):
    return IncomingRow(Place("liste.xlsx", "Tabelle1", number), f"Zeile {number}", tuple(records), **more)


NEW_STRUCTURE, NEW_CARRIER = New(Structure, "sprachtreff"), New(Organisation, "diakonie")
OFFER = {"name": "Sprachtreff", "kind": "service", "organisation_id": NEW_CARRIER}
ANSWERS = {"structure_id": NEW_STRUCTURE, "task_id": COUNSEL, "role": "deliver", "area_id": New(Area, AHORN)}
MONEY = {"structure_id": NEW_STRUCTURE, "name": "Spende", "end_kind": "fixed", "end": date(2027, 12, 31)}
NEW_OFFER = (
    Wanted(Structure, OFFER, key="sprachtreff"),
    Wanted(Organisation, {"name": "Diakonie", "level": "welfare"}, key="diakonie"),
    Wanted(Area, {"name": "Ahorn", "kind": "municipality", "municipalities": [AHORN]}, key=AHORN),
    Wanted(Responsibility, ANSWERS),
    Wanted(Funding, MONEY),
)
CHANGE = (Wanted(Structure, {"fte": 2.0}, id=LOTSEN),)


def proposed(engine, *rows):
    return importing.propose(engine, reading.portfolio(engine), Reading(tuple(rows)))


def copies(engine) -> list[Path]:
    file = database_file(str(engine.url))
    if file is None:
        return []  # On a server its own tools make copies.
    return sorted(file.parent.glob("sicherungen/*-vor-einlesen-*.db"))


def test_a_row_with_all_it_needs_is_written_as_one_batch_and_undone_as_one(engine):
    before = without_versions(reading.portfolio(engine))
    done = importing.take_over(engine, proposed(engine, row(2, *NEW_OFFER), row(3, *CHANGE)), **WHO)
    after = reading.portfolio(engine)
    new = after.structures.set_index("name").loc["Sprachtreff"]
    assert after.organisations.set_index("id").loc[new["organisation_id"], "slug"] == "diakonie"
    assert new["origin"] == "liste.xlsx, Blatt »Tabelle1«, Zeile 2"
    assert ACTOR in new["source"]
    answers = after.responsibilities.set_index("structure_id").loc[new["id"]]
    assert (
        after.responsibility_groups.set_index("responsibility_id").loc[answers["id"], "target_group_id"] == 1
    )
    assert set(history(engine)["batch"]) == {done.receipt.batch}
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before


@pytest.mark.usefixtures("only_sqlite")
def test_the_database_is_copied_as_it_was_before(engine):
    done = importing.take_over(engine, proposed(engine, row(2, *NEW_OFFER)), **WHO)
    assert done.copy is not None
    assert copies(engine) == [done.copy]
    with closing(sqlite3.connect(done.copy)) as copy:
        assert copy.execute("SELECT count(*) FROM structure").fetchone() == (2,)
    importing.take_over(engine, proposed(engine, row(3, *CHANGE)), **WHO)
    assert len(copies(engine)) == 2


def test_proposing_writes_nothing(engine):
    before = reading.revision(engine)
    proposal = proposed(engine, row(2, *NEW_OFFER), row(3, *CHANGE))
    assert [each.outcome for each in proposal.rows] == [RowOutcome.NEW, RowOutcome.CHANGED]
    assert reading.revision(engine) == before
    assert copies(engine) == []


def test_what_was_taken_over_is_unchanged_the_next_time(engine):
    importing.take_over(engine, proposed(engine, row(3, *CHANGE)), **WHO)
    assert proposed(engine, row(3, *CHANGE)).counts[RowOutcome.UNCHANGED] == 1


def test_only_chosen_rows_are_written(engine):
    proposal = proposed(engine, row(2, *NEW_OFFER), row(3, *CHANGE))
    importing.take_over(engine, proposal, [1], **WHO)
    after = reading.portfolio(engine).structures.set_index("id")
    assert list(after.index) == [1, 2]
    assert after.loc[LOTSEN, "fte"] == 2.0


def test_after_somebody_else_has_saved_nothing_is_written(engine):
    proposal = proposed(engine, row(2, *NEW_OFFER))
    write(engine, [Edit(Structure, {"note": "neu"}, id=LOTSEN, version=1)], **WHO)
    with pytest.raises(importing.Outdated, match="neu aufbauen"):
        importing.take_over(engine, proposal, **WHO)
    assert len(reading.portfolio(engine).structures) == 2
    assert copies(engine) == []


def test_a_row_cannot_be_written_without_the_one_it_needs(engine):
    structure, carrier, *_ = NEW_OFFER
    proposal = proposed(engine, row(2, carrier), row(3, structure))
    with pytest.raises(importing.ImportRefused, match=r"Zeile 3.*nicht gewählt"):
        importing.take_over(engine, proposal, [1], **WHO)
    assert len(reading.portfolio(engine).structures) == 2


WRONG = Wanted(
    Funding,
    {"structure_id": LOTSEN, "name": "X", "end_kind": "open", "part": "carrying", "accompanies_id": CARRYING},
    columns={"accompanies_id": "begleitet"},
)


def test_a_row_that_breaks_a_rule_between_records_is_refused_and_the_rest_is_written(engine):
    before = reading.revision(engine)
    proposal = proposed(engine, row(2, *NEW_OFFER), row(3, WRONG), row(4, *CHANGE))
    assert [each.outcome for each in proposal.rows] == [
        RowOutcome.NEW,
        RowOutcome.REFUSED,
        RowOutcome.CHANGED,
    ]
    (refusal,) = proposal.refusals()
    assert (refusal.place.row, refusal.column) == (3, "begleitet")
    assert refusal.reason.startswith("Nur eine Kofinanzierung")
    assert reading.revision(engine) == before
    importing.take_over(engine, proposal, **WHO)
    assert "Sprachtreff" in set(reading.portfolio(engine).structures["name"])


def test_rows_that_hang_on_a_refused_one_are_refused_with_it(engine):
    def unit(name: str, parent: str) -> Wanted:
        values = {"name": name, "level": "welfare", "parent_id": New(Organisation, parent)}
        return Wanted(Organisation, values, key=name)

    circle = [row(2, unit("a", "b")), row(3, unit("b", "a")), row(4, unit("c", "a")), row(5, *CHANGE)]
    proposal = proposed(engine, *circle)
    assert [str(each.outcome) for each in proposal.rows] == ["refused", "refused", "refused", "changed"]
    importing.take_over(engine, proposal, **WHO)


def test_a_rule_broken_by_what_is_chosen_stops_everything(engine):
    proposal = proposed(engine, row(2, *NEW_OFFER), row(3, WRONG, outside="Bamberg"))
    with pytest.raises(importing.ImportRefused, match="Zeile 3: Nur eine Kofinanzierung"):
        importing.take_over(engine, proposal, [0, 1], **WHO)
    assert len(reading.portfolio(engine).structures) == 2


def test_periods_that_overlap_are_refused(engine):
    periods = [
        row(2, Wanted(Period, {"first": date(2027, 1, 1), "last": date(2027, 12, 31)}, key=1)),
        row(3, Wanted(Period, {"first": date(2027, 6, 1), "last": date(2028, 12, 31)}, key=2)),
    ]
    assert {str(each.outcome) for each in proposed(engine, *periods).rows} == {"refused"}


def test_nothing_comes_into_a_closed_round(engine):
    receipt = write(engine, [Edit(Meeting, {"day": date(2026, 10, 1), "place": "Amt"})], **WHO)
    (key,) = receipt.ids
    with writing(engine) as connection:
        connection.execute(update(table_of(Meeting)).values(status="closed"))
    point = Wanted(AgendaItem, {"meeting_id": key, "name": "Neu"})
    proposal = proposed(engine, row(2, point), row(3, *CHANGE))
    assert [str(each.outcome) for each in proposal.rows] == ["refused", "changed"]


def test_what_was_decided_about_columns_is_remembered_when_rows_are_taken_over(engine):
    portfolio = reading.portfolio(engine)
    for text in ("[columns]\n", "[columns]\n# anders\n"):
        change = (Wanted(Structure, {"note": text}, id=LOTSEN),)
        found = Reading((row(2, *change),), decided={"kopf": text})
        proposal = importing.propose(engine, portfolio, found)
        importing.take_over(engine, proposal, **WHO)
        assert remembering.remembered(engine) == {"kopf": text}
        portfolio = reading.portfolio(engine)


def test_progress_is_told_up_to_the_end(engine):
    rows = [
        row(n, Wanted(Organisation, {"name": f"Träger {n}", "level": "welfare"}, key=n)) for n in range(300)
    ]
    heard: list[float] = []
    importing.take_over(engine, proposed(engine, *rows), progress=heard.append, **WHO)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_a_large_import_is_taken_back_but_for_what_rests_on_it(engine):
    def offer(number: int):
        values = {"name": f"Angebot {number}", "kind": "service", "organisation_id": CARITAS}
        money = {"structure_id": New(Structure, number), "name": "Spende", "end_kind": "open"}
        answers = {
            "structure_id": New(Structure, number),
            "task_id": COUNSEL,
            "area_id": 1,
            "role": "deliver",
        }
        return (
            Wanted(Structure, values, key=number),
            Wanted(Funding, money),
            Wanted(Responsibility, answers),
        )

    before = without_versions(reading.portfolio(engine))
    done = importing.take_over(engine, proposed(engine, *(row(n, *offer(n)) for n in range(1_200))), **WHO)
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before
    again = undoing.undo(engine, history(engine)["batch"].iloc[0], **WHO)
    assert len(reading.portfolio(engine).structures) == 1_202
    late = {
        "structure_id": int(reading.portfolio(engine).structures["id"].max()),
        "name": "Später",
        "end_kind": "open",
    }
    write(engine, [Edit(Funding, late)], **WHO)
    undoing.undo(engine, batch_of(again), **WHO)
    left = reading.portfolio(engine).structures
    assert len(left) == 2
    assert len(reading.portfolio(engine).fundings) == len(before["funding"].splitlines()) - 1


def test_names_that_differ_in_a_number_are_no_doubles(engine):
    named = [Wanted(Structure, {"name": name, "kind": "service", "organisation_id": CARITAS}, key=name)
             for name in ("Flüchtlingsberatung e. V.", "Flüchtlingsberatung 2")]  # fmt: skip
    proposal = proposed(engine, *(row(n, wanted) for n, wanted in enumerate(named)))
    assert proposal.doubtful() == [0]


def test_a_row_that_repeats_a_doubtful_structure_is_doubtful_too(engine):
    values = {"name": "Flüchtlingsberatung e. V.", "kind": "service", "organisation_id": CARITAS}
    double = Wanted(Structure, values, key="x")
    money = Wanted(
        Funding, {"structure_id": New(Structure, "x"), "name": "Spende", "end_kind": "open"}, key=1
    )
    proposal = proposed(engine, row(2, double), row(3, double, money))
    assert [str(each.outcome) for each in proposal.rows] == ["new", "changed"]
    assert proposal.doubtful() == [0, 1]


CALLED = {"name": "Flüchtlingsberatung e. V.", "kind": "service", "organisation_id": CARITAS, "fte": 2.5,
          "seat_place": "Ahorn", "end_kind": "unknown"}  # fmt: skip
HEADINGS = {"fte": "VZÄ", "seat_place": "Sitz", "kind": "Art"}
GIFT = {"structure_id": New(Structure, "x"), "name": "Spende", "end_kind": "open"}


def double(engine):
    """A proposal of two rows that mean one recorded structure, and what they say otherwise of it."""
    wanted = Wanted(Structure, CALLED, key="x", columns=HEADINGS)
    rows = row(2, wanted), row(3, wanted, Wanted(Funding, GIFT, key="g"))
    proposal = proposed(engine, *rows)
    recorded = Recorded(reading.portfolio(engine), importing.LISTS, {})
    found = doubles.pieces(proposal, doubles.rows_of(proposal, "x"), BERATUNG, recorded)
    return proposal, recorded, found


def about(piece):
    """The first field of a piece, or the name of the record that it adds."""
    values = piece.wanted.values
    return next(iter(values)) if piece.wanted.id else values["name"]


def taken(engine, fields):
    proposal, recorded, found = double(engine)
    chosen = [piece for piece in found if about(piece) in fields]
    changes = {
        number: doubles.as_change(proposal.rows[number], mine, BERATUNG, recorded)
        for number in (0, 1)
        if (mine := [piece for piece in chosen if piece.number == number])
    }
    return importing.rejudged(engine, proposal, changes), list(changes)


def test_a_double_is_offered_field_by_field_and_only_what_is_empty_is_proposed(engine):
    _, _, found = double(engine)
    offered = {about(piece): (piece.number, piece.take) for piece in found}
    assert offered == {
        "name": (0, False), "fte": (0, True), "seat_place": (0, True), "Spende": (1, False),
    }  # fmt: skip


def test_a_double_changes_what_was_taken_of_it_in_one_batch_that_undo_takes_back(engine):
    before = without_versions(reading.portfolio(engine))
    proposal, numbers = taken(engine, {"seat_place", "Spende"})
    assert [str(each.outcome) for each in proposal.rows] == ["changed", "changed"]
    done = importing.take_over(engine, proposal, numbers, **WHO)
    after = reading.portfolio(engine)
    assert len(after.structures) == 2
    kept = after.structures.set_index("id").loc[BERATUNG]
    assert (kept["name"], kept["seat_place"]) == ("Flüchtlingsberatung", "Ahorn")
    assert kept["fte"] != 2.5
    assert after.fundings.set_index("name").loc["Spende", "structure_id"] == BERATUNG
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before


def test_a_double_of_what_somebody_has_saved_since_is_not_taken_over(engine):
    proposal, numbers = taken(engine, {"seat_place"})
    version = row_of(engine, Structure, BERATUNG)["version"]
    assert proposal.rows[0].wanted[0].version == version
    write(engine, [Edit(Structure, {"seat_place": "Coburg"}, BERATUNG, version)], **WHO)
    with pytest.raises(importing.Outdated):
        importing.take_over(engine, proposal, numbers, **WHO)


def test_a_double_that_breaks_a_rule_is_refused_with_its_row(engine):
    proposal, recorded, _ = double(engine)
    wrong = doubles.Piece(0, Wanted(Structure, {"fte": -1.0}, BERATUNG, columns=HEADINGS), take=True)
    changed = doubles.as_change(proposal.rows[0], [wrong], BERATUNG, recorded)
    with pytest.raises(importing.ImportRefused, match="Zeile 2, Spalte »VZÄ«"):
        importing.rejudged(engine, proposal, {0: changed})


def test_refusals_of_the_model_stand_at_their_column(engine):
    values = {"name": "X", "kind": "service", "organisation_id": CARITAS, "fte": -1.0, "seat_ags": "11000000"}
    wanted = Wanted(Structure, values, columns={"fte": "VZÄ", "seat_ags": "AGS"})
    proposal = proposed(engine, row(2, wanted, cells={"VZÄ": "-1", "AGS": "11000000"}))
    assert {(each.column, each.value) for each in proposal.refusals()} == {("VZÄ", "-1"), ("AGS", "11000000")}
    with pytest.raises(importing.ImportRefused):
        importing.take_over(engine, proposal, [0], **WHO)


def test_parents_may_come_after_their_units(engine):
    below = {"name": "Team", "level": "welfare", "parent_id": New(Organisation, "dw")}
    unit = Wanted(Organisation, below, key="t")
    parent = Wanted(Organisation, {"name": "Diakonisches Werk", "level": "welfare"}, key="dw")
    importing.take_over(engine, proposed(engine, row(2, unit), row(3, parent)), **WHO)
    units = reading.portfolio(engine).organisations.set_index("name")
    assert list(units.loc[["Team"], "parent_id"]) == list(units.loc[["Diakonisches Werk"], "id"])


def test_the_same_short_name_is_numbered(engine):
    rows = [row(n, Wanted(Organisation, {"name": "Caritas", "level": "volunteer"}, key=n)) for n in (2, 3)]
    proposal = proposed(engine, *rows)
    importing.take_over(engine, proposal, **WHO)
    assert set(reading.portfolio(engine).organisations["slug"]) >= {"caritas", "caritas-2", "caritas-3"}


def test_municipalities_bring_their_own_key(engine):
    values = {"ags": "09473120", "ars": "094730120120", "name": "Dörfles-Esbach", "kind": "Gemeinde"}
    other = Wanted(Municipality, {"population": 9_000}, id=NEUSTADT)
    importing.take_over(engine, proposed(engine, row(2, Wanted(Municipality, values)), row(3, other)), **WHO)
    found = reading.portfolio(engine).municipalities.set_index("ags")
    assert found.loc["09473120", "name"] == "Dörfles-Esbach"
    assert found.loc[NEUSTADT, "population"] == 9_000
