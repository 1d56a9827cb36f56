"""A row that resembles what is recorded, taken as a change of that, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.proposals import JudgedRow, Proposal
from steering.analysis.incoming.recorded import Recorded
from steering.analysis.incoming.rows import IncomingRow, New, Wanted
from steering.model import AmountBasis, EndKind, Funding, Record, Responsibility, Structure

# What a list says of a record; what goes into one record together is taken or left together.
_PIECES: Mapping[type[Record], tuple[tuple[str, ...], ...]] = {
    Structure: (
        ("name",), ("kind",), ("organisation_id",), ("catchment_id",), ("fte",), ("places",), ("seat_place",),
        ("seat_ags",), ("valid_from",), ("valid_until", "end_kind"), ("note",),
    ),
    Funding: (
        ("start",), ("end", "end_kind"), ("amount_cents", "amount_basis"), ("share_percent",),
        ("payer_name",),
    ),
    Responsibility: (("role",), ("target_groups",)),
}  # fmt: skip
_GUESSED = ("kind", "role")  # where no cell says it
_NOTHING: tuple[Any, ...] = (None, "", [], EndKind.UNKNOWN, AmountBasis.UNKNOWN)


@dataclass(frozen=True)
class Piece:
    """Something that a row says and the record does not, to be taken or left.

    `number` is that of the row; `wanted` holds just these values, for a recorded one or, without an id,
    a whole one that is added; `old` are the recorded values. `take`: whether nothing is recorded there yet.
    """

    number: int
    wanted: Wanted
    take: bool
    old: Mapping[str, Any] = field(default_factory=dict)


def rows_of(proposal: Proposal, key: Any) -> list[int]:
    """The doubtful rows that want the new structure of that key."""
    return [number for number in proposal.doubtful() if proposal.rows[number].wanted[0].key == key]


def pieces(proposal: Proposal, numbers: Sequence[int], twin: int, recorded: Recorded) -> list[Piece]:
    """What rows that mean one structure say other than is recorded of the structure `twin`."""
    found: list[Piece] = []
    seen: set[Any] = set()
    for number in numbers:
        judged = proposal.rows[number]
        for said, wanted in zip(judged.row.records, judged.wanted, strict=True):
            same = (wanted.record, wanted.key if wanted.key is not None else id(wanted))
            if wanted.record in _PIECES and same not in seen:
                seen.add(same)
                found += _of_record(number, judged, said, wanted, twin, recorded)
    return found


def as_change(judged: JudgedRow, taken: Sequence[Piece], twin: int, recorded: Recorded) -> IncomingRow:
    """The row as one that changes the structure `twin` by the pieces that somebody took."""
    changed: dict[tuple[type[Record], Any], Wanted] = {}
    added: list[Wanted] = []
    for piece in [_untouched(twin), *taken]:
        wanted = piece.wanted
        if wanted.id is None:
            added.append(replace(wanted, values={**wanted.values, "structure_id": twin}))
            continue
        place = (wanted.record, wanted.id)
        before = changed[place].values if place in changed else {}
        version = (recorded.row(*place) or {}).get("version")
        changed[place] = replace(wanted, values={**before, **wanted.values}, version=version)
    records = [*changed.values(), *added]
    used = {new for wanted in records for new in _news(wanted.values.values())}
    needed = [wanted for wanted in judged.wanted if New(wanted.record, wanted.key) in used]
    return replace(judged.row, records=(*records, *needed))


def _untouched(twin: int) -> Piece:
    return Piece(0, Wanted(Structure, {}, id=twin), take=True)


def _of_record(
    number: int, judged: JudgedRow, said: Wanted, wanted: Wanted, twin: int, recorded: Recorded
) -> Iterator[Piece]:
    if wanted.record is Structure:
        before = recorded.row(Structure, twin) or {}
        yield from _differing(number, judged, said, wanted, before)
        return
    mine = [row for row in recorded.rows(wanted.record).values() if row["structure_id"] == twin]
    same = [row for row in mine if _is(wanted, row)]
    if len(same) == 1:
        yield from _differing(number, judged, said, wanted, same[0])
    else:
        # Beside others it may be one of them under another name.
        yield Piece(number, wanted, take=not mine)


def _is(wanted: Wanted, row: Mapping[str, Any]) -> bool:
    """Whether a recorded responsibility or funding is the one that is wanted."""
    values = wanted.values
    if wanted.record is Responsibility:
        return bool(values["task_id"] == row["task_id"] and values["area_id"] == row["area_id"])
    programme = values.get("programme_id")
    named = plain_name(values["name"]) == plain_name(row["name"])
    start = values.get("start")
    return (named or (programme is not None and programme == row["programme_id"])) and (
        start is None or row["start"] in (None, start)
    )


def _differing(
    number: int, judged: JudgedRow, said: Wanted, wanted: Wanted, before: Mapping[str, Any]
) -> Iterator[Piece]:
    for names in _PIECES[wanted.record]:
        values = {name: wanted.values.get(name) for name in names}
        old = {name: before.get(name) for name in names}
        if values != old and any(_says(judged.row, said, name) for name in names):
            yield Piece(
                number, Wanted(wanted.record, values, before["id"], columns=wanted.columns),
                take=all(value in _NOTHING for value in old.values()), old=old,
            )  # fmt: skip


def _says(row: IncomingRow, said: Wanted, name: str) -> bool:
    """Whether the row says something there, and not only a guess stands in for it."""
    if name in _GUESSED and not text(row.cells.get(said.columns.get(name, ""))):
        return False
    return said.values.get(name) not in _NOTHING


def _news(values: Iterable[Any]) -> Iterator[New]:
    for value in values:
        for part in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(part, New):
                yield part
