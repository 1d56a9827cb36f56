"""From a name in a cell to the record that is meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

from steering.analysis.incoming import New
from steering.analysis.portfolio import Portfolio
from steering.exchange.workbook import choices
from steering.exchange.workbook.cell_reading import as_words
from steering.exchange.workbook.grids import CellRows
from steering.exchange.workbook.reference_names import names, same
from steering.model import Record

_BY_KEY = re.compile(r"\[(\w+)\]$")


class MeantRecords:
    """The records that names in a file mean: as they were called at the export, as now, or new there."""

    def __init__(self, portfolio: Portfolio, listed: CellRows) -> None:
        self._portfolio = portfolio
        self._exported = _exported(listed)
        self._now: dict[str, dict[str, Any]] = {}
        self._new: dict[tuple[str, str], list[New]] = {}

    def add(self, table: str, name: str, new: New) -> None:
        """Note a record that a row of the file makes."""
        self._new.setdefault((table, same(name)), []).append(new)

    def key(self, table: str, name: str) -> Any:
        """The key of the record that is meant, or a New. Raises ValueError with a German sentence."""
        wanted = same(name)
        recorded = self._recorded(table)
        before = self._exported.get(table, {}).get(wanted)
        if before is not None and before in recorded.values():
            return before
        if wanted in recorded:
            return recorded[wanted]
        made = self._new.get((table, wanted), [])
        if len(made) == 1:
            return made[0]
        if made:
            raise ValueError(f"»{name[:60]}« ist in dieser Datei mehrmals neu. Bitte verschieden benennen.")
        if (found := _BY_KEY.search(name)) and (key := _typed(table, found[1])) is not None:
            return key
        raise ValueError(self._unknown(table, name))

    def _recorded(self, table: str) -> dict[str, Any]:
        if table not in self._now:
            self._now[table] = {same(name): key for key, name in names(self._portfolio, table).items()}
        return self._now[table]

    def _unknown(self, table: str, name: str) -> str:
        alike = difflib.get_close_matches(same(name), list(self._recorded(table)), n=1, cutoff=0.75)
        hint = "Bitte einen Namen aus der Liste wählen."
        if alike:
            known = names(self._portfolio, table)[self._recorded(table)[alike[0]]]
            hint = f"Gemeint sein könnte »{known}«. Bitte so eintragen."
        return f"»{name[:60]}« gibt es nicht. {hint}"


def _typed(table: str, text: str) -> Any:
    (column,) = Record.metadata.tables[table].primary_key.columns
    if column.type.python_type is int:
        return int(text) if text.isdecimal() and len(text) < 18 else None
    return text


def _exported(listed: CellRows) -> Mapping[str, Mapping[str, Any]]:
    """What the hidden sheet of a workbook says about names and keys at the time of the export."""
    head = [as_words(cell) for cell in listed[0]] if listed else []
    found: dict[str, dict[str, Any]] = {}
    for number, heading in enumerate(head):
        table = heading.removeprefix(choices.KEYS)
        if heading == table or number == 0 or table not in Record.metadata.tables:
            continue
        pairs = [
            (as_words(row[number - 1]), as_words(row[number])) for row in listed[1:] if len(row) > number
        ]
        known = {same(name): _typed(table, key) for name, key in pairs if name and key}
        found[table] = {name: key for name, key in known.items() if key is not None}
    return found


def stamp(listed: CellRows, heading: str) -> str:
    """A single entry of the hidden sheet, such as the dataset; "" where there is none."""
    head = [as_words(cell) for cell in listed[0]] if listed else []
    if heading not in head or len(listed) < 2 or len(listed[1]) <= head.index(heading):
        return ""
    return as_words(listed[1][head.index(heading)])
