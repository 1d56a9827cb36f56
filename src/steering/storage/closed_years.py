"""A closed year keeps its money: what of the fundings lies in it is the same before and after every write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, select

from steering.analysis.money.closing import FIELDS, YearPart, part_in
from steering.model import ClosedYear, Funding, Organisation, Programme, Record, Structure
from steering.model.german import day, listing
from steering.storage.problems import Invalid, Problem
from steering.storage.rows import Row, in_parts
from steering.storage.tables import table_of
from steering.storage.titles import title

REMEDY = "Öffnen kann das Jahr, wer verwaltet: Daten und Einstellungen › Jahresabschluss."

_CLOSED = table_of(ClosedYear)
_FUNDINGS = table_of(Funding)
_STRUCTURES = table_of(Structure)
_PROGRAMMES = table_of(Programme)
_UNITS = table_of(Organisation)

# Which fields of which records decide whether, and with what, a funding is in view.
_DECIDES: Mapping[type[Record], frozenset[str]] = {
    Funding: FIELDS | {"archived_on", "structure_id"},
    Structure: frozenset({"archived_on", "organisation_id"}),
    Programme: frozenset({"archived_on"}),
    Organisation: frozenset({"archived_on", "parent_id"}),
}
_TOLD_AT_ONCE = 3


def concerns(record: type[Record], fields: Collection[str]) -> bool:
    """Whether changing these fields of a record can change what lies in a year."""
    return not _DECIDES.get(record, frozenset()).isdisjoint(fields)


def closings(connection: Connection) -> list[Row]:
    """The years that are closed at present, in their order."""
    asked = select(_CLOSED).where(_CLOSED.c.opened_on.is_(None)).order_by(_CLOSED.c.year, _CLOSED.c.id)
    return [dict(row) for row in connection.execute(asked).mappings()]


@dataclass(frozen=True)
class Broken:
    """A funding of which something else would lie in closed years.

    `causes`: the records by which that may have come about, the nearest first.
    """

    funding_id: int
    sentence: str
    causes: tuple[tuple[type[Record], Any], ...]


class Keeping:
    """What lies in the closed years as one transaction found it, funding by funding, before it changed them.

    The years that count are those that are closed when the first funding is about to change.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._closed: list[Row] | None = None
        self._before: dict[int, _Standing | None] = {}

    def about_to_change(self, record: type[Record], keys: Collection[Any], fields: Collection[str]) -> None:
        """Note how the fundings stand that the change of records can change."""
        if concerns(record, fields) and self._years():
            wanted = _touched(self._connection, record, keys) - self._before.keys()
            self._before |= dict.fromkeys(wanted) | _standing(self._connection, wanted)

    def about_to_add(self, record: type[Record], keys: Iterable[Any]) -> None:
        """Note that there is nothing yet of the records that are added."""
        if record is Funding and self._years():
            for key in keys:
                self._before.setdefault(key, None)

    def broken(self) -> Iterator[Broken]:
        """The fundings of which something else lies in a closed year than did before."""
        if not self._before:
            return
        after = _standing(self._connection, self._before.keys())
        for key, before in self._before.items():
            found = [one for one in self._years() if self._differs(key, one, before, after.get(key))]
            if found:
                yield self._told(key, found, before, after.get(key))

    def check(self) -> None:
        """Refuse a transaction that would change what lies in a closed year. Raises Invalid."""
        problems = [Problem(0, "", one.sentence) for one in self.broken()]
        if problems:
            more = len(problems) - _TOLD_AT_ONCE
            rest = f"Das gilt für {more} weitere {'Förderung' if more == 1 else 'Förderungen'}."
            raise Invalid(*problems[:_TOLD_AT_ONCE], *([Problem(0, "", rest)] if more > 0 else []))

    def _years(self) -> list[Row]:
        if self._closed is None:
            self._closed = closings(self._connection)
        return self._closed

    def _differs(self, key: int, closed: Row, before: _Standing | None, after: _Standing | None) -> bool:
        """Whether a closing is about this funding, before or after, and finds two parts."""
        of = closed["funding_id"]
        meant = (
            of is None or of == key or any(one and one.row["accompanies_id"] == of for one in (before, after))
        )
        return meant and _part(before, closed["year"]) != _part(after, closed["year"])

    def _told(self, key: int, found: list[Row], before: _Standing | None, after: _Standing | None) -> Broken:
        name = title(self._connection, Funding, key)
        new = all(_part(before, one["year"]) is None for one in found)
        sentence = f"{name} {_in_words(found, new=new)} {REMEDY}"
        if _same_amount(before, after) and any(
            _spread_anew(_part(before, one["year"]), _part(after, one["year"])) for one in found
        ):
            sentence = (
                f"{name} {_in_words(found)} Der Gesamtbetrag verteilt sich auf alle ihre Tage; eine "
                f"Verlängerung bitte als eigene Förderung erfassen. {REMEDY}"
            )
        rows = [one.row for one in (after, before) if one is not None]
        causes: list[tuple[type[Record], Any]] = [(Funding, key)]
        causes += [(Funding, row["accompanies_id"]) for row in rows if row["accompanies_id"]]
        causes += [(Structure, row["structure_id"]) for row in rows]
        causes += [(Programme, row["programme_id"]) for row in rows if row["programme_id"]]
        causes += [(Organisation, row["organisation_id"]) for row in rows]
        return Broken(key, sentence, tuple(causes))


def check_closing(
    connection: Connection,
    record: type[Record],
    before: Row | None,
    after: Row | None,
    fields: Collection[str],
) -> None:
    """Refuse to take a closing away, to change what it says, or to close what is closed. Raises Invalid.

    It is opened, with a reason, and stays told; what is handed in later, and a note, can be added.
    """
    if record is not ClosedYear:
        return
    if after is None:
        raise _refused("Ein Jahresabschluss bleibt im Verlauf. Bitte das Jahr mit einer Begründung öffnen.")
    if before is None:
        twin = next((one for one in closings(connection) if _same(one, after)), None)
        if twin is not None:
            raise _refused(f"Das Jahr {twin['year']} ist dafür schon abgeschlossen, {_by(twin)}.")
    elif before["opened_on"] is not None and not set(fields) <= _WORDS:
        raise _refused(f"Das Jahr {before['year']} ist wieder geöffnet. Bitte neu abschließen.")
    elif not set(fields) <= _MAY_CHANGE:
        raise _refused("Was abgeschlossen ist, ändert sich nicht. Bitte öffnen und neu abschließen.")


# What people wrote: contact data may have to be erased from it (DSGVO), also once the year is open again.
_WORDS = {"note", "reason", "version"}
_MAY_CHANGE = {"proof_on", "note", "opened_on", "opened_by", "reason", "version"}


@dataclass(frozen=True)
class _Standing:
    """A funding as it is in view, with the carrying funding that it accompanies."""

    row: Row
    accompanied: Row | None


def _part(standing: _Standing | None, year: int) -> YearPart | None:
    return part_in(year, standing.row, standing.accompanied) if standing is not None else None


def _spread_anew(before: YearPart | None, after: YearPart | None) -> bool:
    """Whether only the length of the whole funding has changed what lies in the year."""
    return (
        before is not None
        and after is not None
        and before.spread
        and after.spread
        and (before.first, before.last, before.said) == (after.first, after.last, after.said)
    )


def _same_amount(before: _Standing | None, after: _Standing | None) -> bool:
    if before is None or after is None:
        return False
    return all(before.row[field] == after.row[field] for field in ("amount_cents", "amount_basis"))


def _in_words(found: list[Row], *, new: bool = False) -> str:
    """`new`: nothing of it lay in the closed years before."""
    years = [str(year) for year in dict.fromkeys(one["year"] for one in found)]
    where = f"im Jahr {years[0]}, das {_by(found[-1])} abgeschlossen wurde"
    if len(years) > 1:
        where = f"in den Jahren {listing(years)}, die abgeschlossen sind, zuletzt {_by(found[-1])}"
    if new:
        return f"läge {where}; dort kommt nichts mehr hinzu."
    return f"liegt {where}, und bleibt darin, wie sie ist."


def _by(closed: Row) -> str:
    return f"am {day(closed['closed_on'])} von {closed['closed_by']}"


def _same(one: Row, other: Row) -> bool:
    return one["year"] == other["year"] and one["funding_id"] == other.get("funding_id")


def _touched(connection: Connection, record: type[Record], keys: Collection[Any]) -> set[int]:
    """The fundings that the change of records can change, with those that accompany them."""
    columns = _FUNDINGS.c
    if record is Organisation:
        # Whatever stands below it, in how many steps so ever: few are archived or moved.
        return set(connection.execute(select(columns.id)).scalars())
    found = set(keys)
    if record is not Funding:
        found = _pointing(
            connection, columns.structure_id if record is Structure else columns.programme_id, keys
        )
    return found | _pointing(connection, columns.accompanies_id, found)


def _pointing(connection: Connection, column: Column[Any], keys: Collection[Any]) -> set[int]:
    """The fundings whose field names one of the keys."""
    return {
        key
        for some in in_parts(sorted(keys))
        for key in connection.execute(select(_FUNDINGS.c.id).where(column.in_(some))).scalars()
    }


def _standing(connection: Connection, keys: Collection[int]) -> dict[int, _Standing]:
    """The fundings with these keys that are in view."""
    rows = _in_view(connection, keys)
    named = {row["accompanies_id"] for row in rows.values()} - {None}
    carrying = rows | _in_view(connection, named - rows.keys())
    # What it accompanies takes a funding along when it goes.
    return {
        key: _Standing(row, carrying.get(row["accompanies_id"]))
        for key, row in rows.items()
        if row["accompanies_id"] is None or row["accompanies_id"] in carrying
    }


def _in_view(connection: Connection, keys: Collection[int]) -> dict[int, Row]:
    """Fundings that are archived neither themselves nor with what they belong to."""
    joined = _FUNDINGS.join(_STRUCTURES, _STRUCTURES.c.id == _FUNDINGS.c.structure_id).outerjoin(
        _PROGRAMMES, _PROGRAMMES.c.id == _FUNDINGS.c.programme_id
    )
    living = [table.c.archived_on.is_(None) for table in (_FUNDINGS, _STRUCTURES, _PROGRAMMES)]
    query = select(_FUNDINGS, _STRUCTURES.c.organisation_id).select_from(joined).where(*living)
    gone = _gone_units(connection)
    return {
        row["id"]: dict(row)
        for some in in_parts(sorted(keys))
        for row in connection.execute(query.where(_FUNDINGS.c.id.in_(some))).mappings()
        if row["organisation_id"] not in gone
    }


def _gone_units(connection: Connection) -> set[int]:
    """The organisations that are archived, and the units below them."""
    asked = select(_UNITS.c.id).where(_UNITS.c.archived_on.is_not(None))
    gone = set(connection.execute(asked).scalars())
    if gone:
        above = {row.id: row.parent_id for row in connection.execute(select(_UNITS.c.id, _UNITS.c.parent_id))}
        while below := {key for key, parent in above.items() if parent in gone} - gone:
            gone |= below
    return gone


def _refused(sentence: str) -> Invalid:
    return Invalid(Problem(0, "", sentence))
