"""The rows of such a list as records: first what each cell says, then what all of them say together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steering.analysis.incoming import IncomingRow, Place, Refusal, Wanted
from steering.analysis.incoming.lists.grids import text
from steering.exchange.figures.naming import is_share
from steering.exchange.figures.tables import FigureTable, ValueColumn
from steering.exchange.figures.wording import ColumnPart
from steering.exchange.genesis.recording import FigureIdentity, FigureRecords, figure_words
from steering.exchange.genesis.rows import INDICATOR, ON, UNIT, VALUE, WHAT
from steering.model import ForecastVariant
from steering.model.german import count, day, listing, number

_MOST_SHOWN = 6


@dataclass(frozen=True)
class ReadValue:
    """A value of a row: what it is about, how it stands there, and the record of a Kennzahl that is new."""

    identity: FigureIdentity
    value: float
    unit: str
    name: str
    column: str
    said: str
    source: str = ""
    made: tuple[Wanted, ...] = ()
    remark: str = ""


@dataclass
class ReadRow:
    """What the cells of a row say; `unread`: of columns without a meaning; `outside`: why it is not ours."""

    place: Place
    title: str
    cells: Mapping[str, Any]
    unread: Mapping[str, str] = field(default_factory=dict)
    values: list[ReadValue] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    outside: str = ""

    def refuse(self, column: str, said: str, reason: str) -> None:
        refusal = Refusal(self.place, column, said[:200], reason)
        if refusal not in self.refusals:
            self.refusals.append(refusal)


@dataclass
class Tally:
    """What is told of a file as a whole."""

    unknown: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    apart: Counter[str] = field(default_factory=Counter)
    days: dict[str, date] = field(default_factory=dict)
    kinds: Counter[ForecastVariant | None] = field(default_factory=Counter)

    def notes(self) -> Iterator[str]:
        kinds = self.kinds.items()
        if kinds:
            told = [f"{count(many, 'Wert', 'Werte')} {figure_words(kind)}" for kind, many in kinds]
            yield f"Gelesen: {listing(told, 9)}."
        if self.days:
            told = [f"{said} am {day(on)}" for said, on in sorted(self.days.items())]
            yield f"Zeiträume stehen an einem Tag: {listing(told, _MOST_SHOWN)}."
        if self.unknown:
            signs = listing([f"{many} × {sign}" for sign, many in self.unknown.most_common()], 9)
            values = count(self.unknown.total(), "Wert ist", "Werte sind")
            yield f"{values} nicht bekannt und nicht geschrieben, auch nicht als null: {signs}."
        for told_of, many in self.remarks.most_common(_MOST_SHOWN):
            yield f"{count(many, 'Wert', 'Werte')}: {told_of}."
        for word, many in self.apart.items():
            rows = count(many, "Zeile", "Zeilen")
            yield f"{rows} nicht übernommen ({word}): Kennzahlen stehen je Gemeinde."


def judged(rows: Sequence[ReadRow], records: FigureRecords) -> Iterator[IncomingRow]:
    """Each row with its records, or refused where nobody can mean a value or another row contradicts."""
    said: dict[FigureIdentity, list[tuple[ReadRow, ReadValue]]] = defaultdict(list)
    courses: dict[tuple[Any, str], list[ReadValue]] = defaultdict(list)
    units: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for value in row.values:
            units[value.name].add(value.unit)
            said[value.identity].append((row, value))
            courses[value.identity.indicator, value.identity.ags].append(value)
    for row in rows:
        for value in row.values:
            course = courses[value.identity.indicator, value.identity.ags]
            problem = (
                _mixed(value, units[value.name])
                or records.value_problem(
                    value.identity, value.value, value.unit, [each.value for each in course]
                )
                or _part(row, said[value.identity])
                or _contradiction(row, value, said[value.identity])
            )
            if problem:
                row.refuse(value.column, value.said, problem)
        yield _row(row, records)


def _mixed(value: ReadValue, units: set[str]) -> str:
    """That a share stands among values of the same name that are none; "" for all others."""
    others = sorted(unit for unit in units if not is_share(unit))
    if not is_share(value.unit) or not others:
        return ""
    return (
        f"»{value.said}« ist ein Anteil; andere Zeilen zählen »{value.name}« in »{others[0]}«. Bitte "
        "umrechnen oder als eigene Kennzahl benennen."
    )


def _part(row: ReadRow, same: Sequence[tuple[ReadRow, ReadValue]]) -> str:
    """That a column which is not read tells values apart that would be one, as men and women; else ""."""
    for other, _ in same:
        for heading, said in other.unread.items():
            if said != row.unread.get(heading, ""):
                return (
                    f"Zeile {other.place.row} nennt dieselbe Kennzahl, Gemeinde und Zeit, unter »{heading}« "
                    f"aber »{said[:40]}«. Bitte nur die Summe lassen oder je Teil eine Kennzahl nennen."
                )
    return ""


def _contradiction(row: ReadRow, value: ReadValue, same: Sequence[tuple[ReadRow, ReadValue]]) -> str:
    other = next(((where, each) for where, each in same if each.value != value.value), None)
    if other is None:
        return ""
    where = "Dieselbe Zeile" if other[0] is row else f"Zeile {other[0].place.row}"
    return (
        f"{where} nennt für dieselbe Kennzahl, Gemeinde und Zeit {number(other[1].value, 9)}. Bitte klären, "
        "welcher Wert gilt; geschrieben wird keiner von beiden."
    )


def _row(row: ReadRow, records: FigureRecords) -> IncomingRow:
    if row.refusals:
        return IncomingRow(row.place, row.title, cells=row.cells, refusals=tuple(row.refusals))
    if row.outside:
        return IncomingRow(row.place, row.title, cells=row.cells, outside=row.outside)
    wanted = [
        records.wanted(
            each.identity,
            each.value,
            each.source,
            dict.fromkeys(("value", "reference_date", "ags", "source", "variant"), each.column),
        )
        for each in row.values
    ]
    made = {new.key: new for each in row.values for new in each.made}
    notes = (*row.notes, *(f"{each.remark}." for each in row.values if each.remark))
    cells = {**row.cells, **_shown(row.values)}
    return IncomingRow(row.place, row.title, (*wanted, *made.values()), cells, notes=notes)


def _shown(values: Sequence[ReadValue]) -> dict[str, str]:
    """What a preview shows beside a row."""
    if not values:
        return {}
    days = sorted({each.identity.on for each in values})
    told = day(days[0]) if len(days) == 1 else f"{day(days[0])} bis {day(days[-1])}"
    figures = [number(each.value, 9) for each in values]
    more = " …" if len(figures) > _MOST_SHOWN else ""
    return {
        INDICATOR: "; ".join(dict.fromkeys(each.name for each in values)),
        UNIT: "; ".join(dict.fromkeys(each.unit for each in values)),
        WHAT: "; ".join(dict.fromkeys(figure_words(each.identity.variant) for each in values)),
        ON: told,
        VALUE: "; ".join(figures[:_MOST_SHOWN]) + more,
    }


def cell(table: FigureTable, cells: Sequence[Any], part: ColumnPart) -> str:
    """What a row says in a column of a kind, "" where it has none."""
    at = table.parts.get(part, -1)
    return text(cells[at]) if 0 <= at < len(cells) else ""


def value_cell(cells: Sequence[Any], column: ValueColumn) -> Any:
    return cells[column.at] if column.at < len(cells) else ""
