"""A closed year: whatever way somebody writes, the money that lies in it stays, or nothing is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from steering.analysis.changes import DropFunding
from steering.analysis.incoming import IncomingRow, Place, Reading, RowOutcome, Wanted
from steering.analysis.scenarios import stored_changes
from steering.model import ClosedYear, Funding, Measure, Organisation, Programme, Provenance, Structure
from steering.storage import archiving, closing, confirming, examples, merging, reading, schema, taking_over
from steering.storage.history import erasing, undoing
from steering.storage.history.searching import Sought, find
from steering.storage.imports import importing
from steering.storage.problems import Conflict, Invalid, StorageError, UndoBlocked
from steering.storage.writing import Edit, write
from tests.storage.conftest import (
    BERATUNG,
    CARITAS,
    CARRYING,
    LANDKREIS,
    LANDRATSAMT,
    LOTSEN,
    OTHER_CARRYING,
    OWN_SHARE,
    WHO,
)
from tests.storage.test_rights import WAYS, file_with_persons  # noqa: F401
from tests.stored import batch_of, row_of

YEAR = 2025
DOUBLE, TWIN = 9, 9
Values = dict[str, Any]


def edit(engine: Engine, key: int, values: Values, record: type = Funding) -> Any:
    return write(
        engine, [Edit(record, values, id=key, version=row_of(engine, record, key)["version"])], **WHO
    )


def days_of(fundings: list[Values], year: int) -> dict[tuple[int, date], tuple[Any, ...]]:
    """The oracle: what each funding costs on each day of a year, by whose money, and what it pays for."""
    by_id = {each["id"]: each for each in fundings}
    found = {}
    for one in fundings:
        carrying = by_id.get(one["accompanies_id"])
        own, whose = span(one), span(carrying or one)
        for at in (date(year, 1, 1) + timedelta(days=number) for number in range(366)):
            if at.year != year or own is None or whose is None or not whose[0] <= at <= whose[1]:
                continue
            money = one["payer"], one["payer_name"], one["programme_id"], one["part"], one["share_percent"]
            found[one["id"], at] = (*money, one["fte"], one["places"], per_day(one, carrying))
    return found


def span(one: Values) -> tuple[date, date] | None:
    first, last = one["start"] or date.min, one["end"] or date.max
    return (first, last) if first <= last else None


def per_day(one: Values, carrying: Values | None) -> tuple[str, Fraction] | None:
    if one["amount_cents"] is None:
        return None
    amount = Fraction(one["amount_cents"])
    if one["amount_basis"] != "total":
        return one["amount_basis"], amount
    for each in (one, carrying or one):
        if each["start"] and each["end"] and each["start"] <= each["end"]:
            return "total", amount / ((each["end"] - each["start"]).days + 1)
    return "total", amount


def plain(row: Values) -> Values:
    return {name: getattr(value, "value", value) for name, value in row.items()}


def in_view(engine: Engine) -> list[Values]:
    keys = reading.portfolio(engine).fundings["id"].tolist()
    return [plain(row_of(engine, Funding, key)) for key in keys]


DAYS = st.sampled_from(
    [date(2024, 7, 1), date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31),
     date(2026, 1, 1), date(2026, 12, 31)]
)  # fmt: skip
FIELDS = {
    "start": st.none() | DAYS,
    "end": DAYS,
    "amount_cents": st.none() | st.sampled_from([1_000_00, 2_000_00]),
    "amount_basis": st.sampled_from(["total", "per_year", "unknown"]),
    "payer": st.sampled_from(["grant", "own"]),
    "share_percent": st.none() | st.sampled_from([50.0, 80.0]),
    "fte": st.none() | st.just(1.0),
    "note": st.sampled_from(["", "Anmerkung"]),
    "notice_reference": st.sampled_from(["", "AZ 1"]),
    "proof_due": st.none() | DAYS,
}
SOME = st.fixed_dictionaries({}, optional=FIELDS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    before=st.tuples(SOME, SOME),
    change=SOME,
    which=st.sampled_from([CARRYING, OWN_SHARE]),
    closed=st.sampled_from([None, CARRYING, OWN_SHARE, OTHER_CARRYING]),
    year=st.sampled_from([2024, 2025, 2026]),
)
def test_a_write_is_refused_exactly_where_something_else_would_lie_in_the_closed_year(
    engine: Engine, before: tuple[Values, Values], change: Values, which: int, closed: int | None, year: int
) -> None:
    for key, values in zip((CARRYING, OWN_SHARE), before, strict=True):
        with suppress(Invalid):  # An end before the start, such as nobody can enter.
            edit(engine, key, values)
    stood = in_view(engine)
    (key,) = closing.close(engine, year=year, funding_id=closed, **WHO).ids
    refused = refusal(engine, which, change)
    closing.open_again(engine, key, 1, "Berichtigung", **WHO)
    if refused and "abgeschlossen" not in refused:
        return
    if refused:
        edit(engine, which, change)
    meant = {None: {1, 2, 3}, CARRYING: {CARRYING, OWN_SHARE}}.get(closed, {closed})
    was, would = (
        {at: said for at, said in days_of(state, year).items() if at[0] in meant}
        for state in (stood, in_view(engine))
    )
    assert bool(refused) == (was != would)


def refusal(engine: Engine, key: int, values: Values) -> str:
    """Why a change is not taken; "" where it is."""
    try:
        edit(engine, key, values)
    except Invalid as refused:
        return str(refused)
    return ""


def test_the_refusal_names_funding_year_who_closed_it_and_the_remedy(engine: Engine) -> None:
    closing.close(engine, year=YEAR, proof_on=date(2026, 3, 31), **WHO)
    with pytest.raises(Invalid) as refused:
        edit(engine, CARRYING, {"fte": 1.0})
    assert str(refused.value) == (
        "Förderung »BIR« von »Integrationslotsen« liegt im Jahr 2025, das am 22.11.2026 von Planungsstab "
        "abgeschlossen wurde, und bleibt darin, wie sie ist. Öffnen kann das Jahr, wer verwaltet: Daten und "
        "Einstellungen › Jahresabschluss."
    )


def test_what_touches_open_years_only_passes(engine: Engine) -> None:
    edit(engine, CARRYING, {"amount_cents": 60_000_00, "amount_basis": "per_year"})
    closing.close(engine, year=YEAR, **WHO)
    for values in ({"end": date(2028, 12, 31)}, {"note": "Ansprechstelle geändert"}, {"proof_due": None},
                   {"notice_reference": "AZ 4"}, {"extension": "applied"}):  # fmt: skip
        edit(engine, CARRYING, values)
    new = {"structure_id": LOTSEN, "name": "Neu", "start": date(2026, 1, 1), "end_kind": "open"}
    write(engine, [Edit(Funding, new)], **WHO)
    version = row_of(engine, Structure, LOTSEN)["version"]
    confirming.confirm(engine, Structure, LOTSEN, version, on=date(2026, 11, 25), **WHO)


def test_a_total_spread_over_more_days_is_told_how_to_go_on(engine: Engine) -> None:
    edit(engine, CARRYING, {"start": date(2025, 1, 1), "amount_cents": 90_000_00, "amount_basis": "total"})
    closing.close(engine, year=YEAR, **WHO)
    with pytest.raises(Invalid, match="eine Verlängerung bitte als eigene Förderung erfassen"):
        edit(engine, CARRYING, {"end": date(2027, 12, 31)})


def last_write(engine: Engine) -> Any:
    return find(engine, Sought()).writes[0]


def twin(engine: Engine) -> None:
    """A structure that was captured twice, with its funding."""
    old = row_of(engine, Funding, OTHER_CARRYING)
    same = {name: old[name] for name in ("name", "programme_id", "end", "end_kind", "part", "payer")}
    made = Edit(Structure, {"name": "Doppelt", "kind": "service", "organisation_id": CARITAS})
    (key,) = write(engine, [made], **WHO).ids
    write(engine, [Edit(Funding, {**same, "structure_id": key})], **WHO)


def measure(engine: Engine) -> None:
    effects = stored_changes.as_text([DropFunding(CARRYING)])
    write(engine, [Edit(Measure, {"name": "Ende", "status": "running", "effects": effects})], **WHO)


def example(engine: Engine) -> None:
    edit(engine, OTHER_CARRYING, {"provenance": Provenance.EXAMPLE})


def imported(engine: Engine) -> None:
    found = importing.propose(
        engine, reading.portfolio(engine), Reading((incoming(1, CARRYING, {"fte": 3.0}),))
    )
    importing.take_over(engine, found, [0], **WHO)


def incoming(number: int, key: int, values: Values) -> IncomingRow:
    wanted = Wanted(Funding, values, id=key)
    return IncomingRow(Place("liste.xlsx", "Tabelle1", number), f"Zeile {number}", (wanted,))


def version(engine: Engine, record: type, key: int) -> int:
    return int(row_of(engine, record, key)["version"])


def put_away(record: type, key: int) -> Callable[[Engine], Any]:
    return lambda engine: archiving.archive(engine, record, key, version(engine, record, key), **WHO)


Go = Callable[[Engine], Any]
# Each way in which a funding can be changed, as it would reach into the year: what is done before the year is
# closed, and the way. Whatever else writes is tried below, with all years closed.
REACHING: dict[str, tuple[Go, Go]] = {
    "writing.write": (lambda e: None, lambda e: edit(e, CARRYING, {"end": date(2025, 6, 30)})),
    "a new funding": (lambda e: None, lambda e: write(
        e, [Edit(Funding, {"structure_id": LOTSEN, "name": "Neu", "end_kind": "open"})], **WHO)),
    "the funding that it accompanies": (lambda e: None, lambda e: edit(e, OWN_SHARE, {"accompanies_id": None,
                                                                               "end": date(2024, 1, 1)})),
    "merging.merge": (twin, lambda e: merging.merge(e, Structure, BERATUNG, 3, **WHO)),
    "undoing.undo": (lambda e: edit(e, CARRYING, {"fte": 0.5}),
                     lambda e: undoing.undo(e, last_of(e, "fte").signature.batch, **WHO)),
    "undoing.undo_change": (lambda e: edit(e, CARRYING, {"fte": 0.5, "note": "x"}),
                            lambda e: undoing.undo_change(e, step_of(e, "fte"), **WHO)),
    "undoing.undo an added one": (twin, lambda e: undoing.undo(e, last_of(e, "*").signature.batch, **WHO)),
    "importing.take_over": (lambda e: None, imported),
    "archiving.archive": (lambda e: None, put_away(Funding, CARRYING)),
    "archived structure": (lambda e: None, put_away(Structure, LOTSEN)),
    "archived programme": (lambda e: None, put_away(Programme, 1)),
    "archived carrier": (lambda e: None, put_away(Organisation, CARITAS)),
    "archived unit above": (lambda e: None, put_away(Organisation, LANDKREIS)),
    "archiving.delete_or_archive": (lambda e: None, lambda e: archiving.delete_or_archive(
        e, Funding, OWN_SHARE, version(e, Funding, OWN_SHARE), **WHO)),
    "archiving.restore_record": (put_away(Funding, CARRYING), lambda e: archiving.restore_record(
        e, Funding, CARRYING, version(e, Funding, CARRYING), **WHO)),
    "taking_over.take_over": (measure, lambda e: taking_over.take_over(e, 1, 1, **WHO)),
    "examples.remove": (example, lambda e: examples.remove(e, **WHO)),
}  # fmt: skip


def last_of(engine: Engine, field: str) -> Any:
    return next(one for one in find(engine, Sought()).writes if any(step.field == field for step in one.steps)
                and all(step.record != "closed_year" for step in one.steps))  # fmt: skip


def step_of(engine: Engine, field: str) -> int:
    return next(int(step.id) for step in last_of(engine, field).steps if step.field == field)


@pytest.mark.parametrize("name", REACHING)
def test_no_way_of_writing_reaches_into_a_closed_year_until_it_is_opened(name: str, engine: Engine) -> None:
    before, go = REACHING[name]
    before(engine)
    (key,) = closing.close(engine, year=YEAR, **WHO).ids
    at, stood = reading.revision(engine), in_view(engine)
    with pytest.raises((Invalid, UndoBlocked, importing.ImportRefused), match=r"2025|Abgewiesene"):
        go(engine)
    assert (reading.revision(engine), in_view(engine)) == (at, stood)
    closing.open_again(engine, key, 1, "Berichtigung", **WHO)
    go(engine)
    assert in_view(engine) != stood


@pytest.fixture
def opened(file_with_persons: Path, tmp_path: Path) -> Any:  # noqa: F811
    engine = schema.prepare(f"sqlite:///{shutil.copy(file_with_persons, tmp_path / 'steering.db')}", "coburg")
    yield engine
    engine.dispose()


# Other data take the place of all that is there, their closed years with them.
@pytest.mark.parametrize("name", sorted(WAYS.keys() - {"restoring.put_in_place"}))
def test_with_all_years_closed_no_way_of_writing_changes_a_funding_in_them(name: str, opened: Engine) -> None:
    WAYS[name].before(opened)
    for year in range(2020, 2027):
        with suppress(Invalid):
            closing.close(opened, year=year, **WHO)
    stood = [days_of(in_view(opened), year) for year in (2025, 2026)]
    try:
        WAYS[name].go(opened)
    except StorageError:
        return
    assert [days_of(in_view(opened), year) for year in (2025, 2026)] == stood


def test_an_import_says_so_of_each_row_and_takes_the_others(engine: Engine) -> None:
    closing.close(engine, year=YEAR, funding_id=CARRYING, **WHO)
    rows = (
        incoming(1, CARRYING, {"fte": 3.0}), incoming(2, OTHER_CARRYING, {"fte": 3.0}),
        incoming(3, OWN_SHARE, {"amount_cents": 1}), incoming(4, CARRYING, {"note": "Neue Anmerkung"}),
    )  # fmt: skip
    found = importing.propose(engine, reading.portfolio(engine), Reading(rows))
    assert [row.outcome for row in found.rows] == [
        RowOutcome.REFUSED, RowOutcome.CHANGED, RowOutcome.REFUSED, RowOutcome.CHANGED,
    ]  # fmt: skip
    assert all("Jahr 2025" in refusal.reason for refusal in found.refusals())
    importing.take_over(engine, found, **WHO)
    assert row_of(engine, Funding, OTHER_CARRYING)["fte"] == 3.0


def test_structures_that_are_merged_keep_their_fundings_and_so_may_be(engine: Engine) -> None:
    closing.close(engine, year=YEAR, **WHO)
    assert merging.merge(engine, Structure, LOTSEN, BERATUNG, **WHO).batch
    assert merging.merge(engine, Organisation, LANDRATSAMT, CARITAS, **WHO).batch


def test_a_funding_that_had_a_closing_of_its_own_may_be_merged_once_it_is_open_again(engine: Engine) -> None:
    twin(engine)
    double = next(one for one in in_view(engine) if one["id"] > OTHER_CARRYING and one["name"])
    (key,) = closing.close(engine, year=YEAR, funding_id=double["id"], **WHO).ids
    with pytest.raises(Invalid, match="Öffnen kann das Jahr"):
        merging.merge(engine, Structure, BERATUNG, double["structure_id"], **WHO)
    closing.open_again(engine, key, 1, "Doppelt erfasst", **WHO)
    assert merging.merge(engine, Structure, BERATUNG, double["structure_id"], **WHO).batch
    assert row_of(engine, ClosedYear, key)["funding_id"] == double["id"]


def test_contact_data_can_be_erased_from_a_closing_that_was_opened_again(engine: Engine) -> None:
    (key,) = closing.close(engine, year=YEAR, note="Auskunft: Erika Muster", **WHO).ids
    closing.open_again(engine, key, 1, "Anruf von Erika Muster", **WHO)
    erasing.erase(engine, "Erika Muster", from_records=True, **WHO)
    row = row_of(engine, ClosedYear, key)
    assert "Muster" not in row["note"] + row["reason"]


def test_who_enters_something_in_a_closed_year_is_told_that_nothing_is_added_there(engine: Engine) -> None:
    closing.close(engine, year=YEAR, **WHO)
    new = {"structure_id": LOTSEN, "name": "Neu", "start": date(2025, 7, 1), "end_kind": "open"}
    with pytest.raises(Invalid, match=r"läge im Jahr 2025, .* dort kommt nichts mehr hinzu"):
        write(engine, [Edit(Funding, new)], **WHO)


def test_another_amount_is_no_prolongation(engine: Engine) -> None:
    edit(engine, CARRYING, {"start": date(2025, 1, 1), "amount_cents": 90_000_00, "amount_basis": "total"})
    closing.close(engine, year=YEAR, **WHO)
    assert "Verlängerung" not in refusal(engine, CARRYING, {"amount_cents": 95_000_00})


def test_opening_needs_a_reason_and_stands_in_the_history_with_it(engine: Engine) -> None:
    (key,) = closing.close(engine, year=YEAR, funding_id=CARRYING, **WHO).ids
    closed = last_write(engine)
    assert [step.record for step in closed.steps] == ["closed_year"]
    for reason in ("", "   "):
        with pytest.raises(Invalid, match="begründen"):
            closing.open_again(engine, key, 1, reason, **WHO)
    closing.open_again(engine, key, 1, "Nachbewilligung vom 02.11.2026", **WHO)
    said = {step.field: step.after for step in last_write(engine).steps}
    assert "Nachbewilligung vom 02.11.2026" in said["reason"]
    assert edit(engine, CARRYING, {"fte": 0.25}).batch


def test_a_closing_is_opened_not_taken_back_and_closed_anew_not_reopened_by_undo(engine: Engine) -> None:
    closed = closing.close(engine, year=YEAR, **WHO)
    with pytest.raises(UndoBlocked, match="mit einer Begründung öffnen"):
        undoing.undo(engine, batch_of(closed), **WHO)
    again = closing.open_again(engine, closed.ids[0], 1, "Grund", **WHO)
    with pytest.raises(UndoBlocked, match="neu abschließen"):
        undoing.undo(engine, batch_of(again), **WHO)
    with pytest.raises((Invalid, Conflict)):
        closing.open_again(engine, closed.ids[0], 2, "Noch ein Grund", **WHO)
    assert closing.close(engine, year=YEAR, **WHO).ids != closed.ids


def test_what_is_closed_does_not_become_another_year(engine: Engine) -> None:
    (key,) = closing.close(engine, year=YEAR, **WHO).ids
    with pytest.raises(Invalid, match="öffnen und neu abschließen"):
        edit(engine, key, {"year": 2024}, ClosedYear)
    assert edit(engine, key, {"proof_on": date(2026, 4, 1)}, ClosedYear).batch


def test_a_year_is_closed_once_and_not_before_it_has_begun(engine: Engine) -> None:
    closing.close(engine, year=YEAR, **WHO)
    with pytest.raises(Invalid, match=r"schon abgeschlossen, am 22\.11\.2026 von Planungsstab"):
        closing.close(engine, year=YEAR, **WHO)
    with pytest.raises(Invalid, match="noch nicht begonnen"):
        closing.close(engine, year=2027, **WHO)
    assert closing.close(engine, year=YEAR, funding_id=CARRYING, **WHO).batch
