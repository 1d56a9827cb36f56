"""Taking over what a file proposes: compared and checked first, then written as one batch, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from steering.analysis.incoming import IncomingRow, Proposal, Reading, Refusal, RowOutcome, Wanted, compare
from steering.analysis.incoming.comparing import refusal
from steering.analysis.incoming.uncollected import uncollected
from steering.analysis.portfolio import Portfolio
from steering.model import Boundary, BoundaryRole, Dataset, Municipality, Record
from steering.storage import closed_rounds, closed_years, journal, rules
from steering.storage.backups import copies
from steering.storage.copying import shelf
from steering.storage.engine import reading
from steering.storage.imports import remembering
from steering.storage.imports.stale import settled
from steering.storage.imports.work import ImportRefused, RowsRefused, TellsShare, Work
from steering.storage.journal import Happened
from steering.storage.problems import Receipt
from steering.storage.reading import portfolio as portfolio_of
from steering.storage.rights.table import Right
from steering.storage.rows import Row
from steering.storage.slugs import slug_of
from steering.storage.tables import LINKS, key_of, table_of
from steering.storage.transaction import Batch, Purpose, transaction
from steering.storage.validation import WrongByField, check, tidy

__all__ = [
    "ImportRefused",
    "Imported",
    "Outdated",
    "TellsShare",
    "propose",
    "rejudged",
    "take_over",
    "try_out",
]

_DATASET = table_of(Dataset)
LISTS = {
    record: tuple((link.field, link.record, link.owner, link.member) for link in links)
    for record, links in LINKS.items()
}
_NEVER = datetime(1, 1, 1)  # noqa: DTZ001


class Outdated(ImportRefused):
    """Somebody has saved since the comparison, which therefore no longer shows what would happen."""


@dataclass(frozen=True)
class Imported:
    """What was written, and the copy of the database as it was before (none on a database server)."""

    receipt: Receipt
    copy: Path | None


def propose(
    engine: Engine,
    portfolio: Portfolio,
    found: Reading,
    *,
    cleared: Collection[type[Record]] = (),
    progress: TellsShare | None = None,
) -> Proposal:
    """Judge the rows of a file against a Portfolio that shows everything, examples too; writes nothing.

    Records of types that a Portfolio lacks (Boundary) are read from the database. Where rules between
    records may be touched, the rows that would be taken over are written on trial, and what breaks a rule
    is a refused row too. `cleared`: types of which all records go before the rows are written.
    """
    with uncollected():
        proposal = _compared(engine, portfolio, found, cleared, progress)
        while _needs_a_trial(engine, proposal) and (refused := _tried(engine, proposal)):
            proposal = proposal.with_refused(refused)
    return proposal


def _compared(
    engine: Engine,
    portfolio: Portfolio,
    found: Reading,
    cleared: Collection[type[Record]],
    progress: TellsShare | None,
) -> Proposal:
    wanted = {record.record for row in found.rows for record in row.records}
    apart = [record for record in wanted if table_of(record).name not in portfolio.frames]
    with reading(engine) as connection:
        stored = {record: _all(connection, record) for record in apart}
        stored |= {record: {} for record in cleared}
        places = _places(connection)
        found = settled(connection, found)
    everyone = portfolio.target_groups.loc[lambda groups: groups["everyone"], "id"].tolist()

    def judged(record: type[Record], values: Row) -> tuple[Row, WrongByField]:
        row, findings = check(record, _completed(record, tidy(record, values), everyone))
        seat = row.get("seat_ags")
        if seat is not None and seat not in places and seat[:5] not in places:
            findings = findings | {"seat_ags": _NO_SEAT.format(seat)}
        return row, findings

    return compare(found, portfolio, judged, lists=LISTS, stored=stored, progress=progress)


def rejudged(engine: Engine, proposal: Proposal, rows: Mapping[int, IncomingRow]) -> Proposal:
    """The same proposal with some rows, by number, that want something else: compared and checked like any.

    Raises ImportRefused with the reason where one of them cannot be taken.
    """
    again = propose(engine, portfolio_of(engine), Reading(tuple(rows.values())))
    for refused in again.refusals():
        column = f", Spalte »{refused.column}«" if refused.column else ""
        raise ImportRefused(f"{refused.place.words}{column}: {refused.reason}")
    judged = dict(zip(rows, again.rows, strict=True))
    return replace(
        proposal, rows=tuple(judged.get(number, each) for number, each in enumerate(proposal.rows))
    )


def take_over(
    engine: Engine,
    proposal: Proposal,
    chosen: Iterable[int] | None = None,
    *,
    actor: str,
    now: datetime,
    prepare: Callable[[Batch], None] | None = None,
    progress: TellsShare | None = None,
) -> Imported:
    """Write the chosen rows (by default the new and the changed ones) as one batch that undo takes back.

    Before, a copy of the database is kept and checked. `prepare` does within the same batch
    what rows cannot say, before they are written. What was decided about the columns is remembered.
    `progress` hears shares from 0 to 1. Raises Outdated where the data have moved on since the comparison,
    ImportRefused where a chosen row needs one that is not chosen or a rule between records is broken,
    DatabaseRefused where no copy can be made.
    """
    numbers = sorted(set(proposal.takeable() if chosen is None else chosen))
    rows = {number: proposal.rows[number] for number in numbers}
    if any(row.outcome == RowOutcome.REFUSED for row in rows.values()):
        raise ImportRefused("Abgewiesene Zeilen lassen sich nicht übernehmen. Bitte zuerst berichtigen.")
    files = dict.fromkeys(row.row.place.file for row in rows.values())
    purpose = Purpose(imported=", ".join(files))
    with uncollected(), transaction(engine, actor, now, purpose, Right.IMPORT) as batch:
        _check_revision(batch, proposal)
        address = engine.url.render_as_string(hide_password=False)
        # Copied under the write lock: what another server wrote last is in the copy as well.
        copy = copies.set_aside(address, now, shelf.IMPORT) if copies.possible(address) else None
        if prepare is not None:
            prepare(batch)
        Work(batch, rows, progress).write()
        remembering.remember(batch.connection, proposal.decided, now)
        taken = Imported(batch.receipt(), copy)
    journal.event(Happened.IMPORT, rows=len(rows), revision=taken.receipt.revision)
    return taken


def try_out(engine: Engine, prepare: Callable[[Batch], None]) -> None:
    """See whether something can be done within a transaction, which is taken back; raises as it does."""
    with _taken_back(engine) as batch:
        prepare(batch)


def _needs_a_trial(engine: Engine, proposal: Proposal) -> bool:
    """Whether a row that would be taken over touches what no single record can tell."""
    taken = [wanted for number in proposal.takeable() for wanted in proposal.rows[number].wanted]
    if any(map(_touches_others, taken)):
        return True
    # Trying costs as much as writing: only where there is a closed year to be touched.
    with reading(engine) as connection:
        closed = closed_years.closings(connection)
    return bool(closed) and any(closed_years.concerns(each.record, each.values) for each in taken)


def _touches_others(wanted: Wanted) -> bool:
    bound = rules.binds(wanted.record, wanted.values, new=wanted.id is None)
    return bound or closed_rounds.guards(wanted.record)


def _tried(engine: Engine, proposal: Proposal) -> dict[int, list[Refusal]]:
    """Why rows cannot be written, by their number: they are written, and all of it is taken back."""
    rows = {number: proposal.rows[number] for number in proposal.takeable()}
    found: dict[int, list[Refusal]] = defaultdict(list)
    try:
        with _taken_back(engine) as batch:
            Work(batch, rows).write()
    except RowsRefused as refused:
        for failure in refused.failures:
            row = rows[failure.number].row
            found[failure.number].append(refusal(row, failure.wanted, failure.field, failure.reason))
    return found


class _TakenBack(Exception):
    """Leaves a transaction so that nothing of it stays."""


@contextmanager
def _taken_back(engine: Engine) -> Iterator[Batch]:
    try:
        with transaction(engine, "", _NEVER, needs=Right.IMPORT) as batch:
            yield batch
            raise _TakenBack
    except _TakenBack:
        return


_NO_SEAT = (
    "Der Gemeindeschlüssel {} gehört zu keiner Gemeinde des Landkreises und zu keinem Nachbarkreis. "
    "Bitte prüfen oder leeren."
)


def _completed(record: type[Record], values: Row, everyone: list[int]) -> Row:
    """The values with what nobody is asked for: a short name, and "alle" as the target group."""
    if "slug" in table_of(record).c and not values.get("slug"):
        values = values | {"slug": slug_of(str(values.get("name", "")))}
    if any(link.field == "target_groups" for link in LINKS.get(record, ())) and not values.get(
        "target_groups"
    ):
        values = values | {"target_groups": everyone}
    return values


def _check_revision(batch: Batch, proposal: Proposal) -> None:
    found = batch.connection.execute(select(_DATASET.c.dataset_id, _DATASET.c.revision)).one()
    if tuple(found) != (proposal.dataset_id, proposal.revision):
        raise Outdated(
            "Inzwischen hat jemand etwas gespeichert; die Vorschau zeigt einen älteren Stand. "
            "Übernommen wurde nichts. Bitte die Vorschau neu aufbauen."
        )


def _all(connection: Connection, record: type[Record]) -> dict[Any, Row]:
    rows = connection.execute(select(table_of(record))).mappings()
    return {row[key_of(record).name]: dict(row) for row in rows}


def _places(connection: Connection) -> set[str]:
    """The keys of the own municipalities, and of the neighbouring districts (five digits)."""
    own = connection.execute(select(table_of(Municipality).c.ags)).scalars()
    around = table_of(Boundary).c
    nearby = connection.execute(select(around.key).where(around.role == BoundaryRole.NEIGHBOUR)).scalars()
    return {*own, *nearby}
