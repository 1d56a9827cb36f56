"""The headings of a list of needs, and the table found by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from steering.analysis.incoming.lists.grids import ListTable, SheetCells, tables_in, text
from steering.analysis.incoming.names import plain_name


class NeedPart(StrEnum):
    """What a column of a list of needs says."""

    NAME = "name"
    TASK = "task_id"
    KIND = "kind"
    AGS = "ags"
    AREA = "area_id"
    GROUPS = "target_groups"
    QUANTITY = "quantity"
    PLACES = "places"
    FTE = "fte"
    UNIT = "unit"
    PER = "per"
    INDICATOR = "indicator_id"
    FROM = "valid_from"
    UNTIL = "valid_until"
    PRIORITY = "priority"
    LEVEL = "level"
    SITE = "site"
    NOTE = "note"
    SOURCE = "source"


_HEADINGS: Mapping[NeedPart, str] = {
    NeedPart.NAME: "bezeichnung|name|titel|bedarf|name des bedarfs|bezeichnung des bedarfs",
    NeedPart.TASK: "aufgabe|aufgaben|leistung|was|was wird gebraucht|task|angebot",
    NeedPart.KIND: "art|art des bedarfs|bedarfsart",
    NeedPart.AGS: "ags|gemeindeschluessel|amtlicher gemeindeschluessel|gemeindekennziffer|gkz|ars",
    NeedPart.AREA: "gebiet|gemeinde|kommune|ort|wo|gemeinde gebiet|gebiet gemeinde|einzugsgebiet|gemeinden",
    NeedPart.GROUPS: "fuer wen|zielgruppe|zielgruppen|wer braucht es|adressaten",
    NeedPart.QUANTITY: "menge|wie viel|wieviel|umfang|anzahl|bedarf menge|hoehe des bedarfs|quantity",
    NeedPart.PLACES: "plaetze|anzahl plaetze|plaetze gebraucht|bedarf plaetze",
    NeedPart.FTE: "vzae|stellen|vollzeitstellen|bedarf vzae|vollzeitaequivalente",
    NeedPart.UNIT: "einheit|masseinheit|in",
    NeedPart.PER: "je|pro|je wie viele",
    NeedPart.INDICATOR: "kennzahl|je kennzahl|bezugsgroesse",
    NeedPart.FROM: "von|ab|beginn|gueltig ab|gueltig von|benoetigt ab|seit|zeitraum von|start",
    NeedPart.UNTIL: "bis|ende|gueltig bis|benoetigt bis|zeitraum bis",
    NeedPart.PRIORITY: "prioritaet|dringlichkeit|dringend|prio|wichtigkeit",
    NeedPart.LEVEL: "ebene|wer soll es leisten|zustaendige ebene",
    NeedPart.SITE: "standort|schule|unterkunft|einrichtung",
    NeedPart.NOTE: "anmerkung|begruendung|bemerkung|bemerkungen|grund|hinweis|erlaeuterung",
    NeedPart.SOURCE: "quelle|gemeldet von|angemeldet von|wer meldet|herkunft",
}  # fmt: skip
_BY_HEADING = {heading: part for part, words in _HEADINGS.items() for heading in words.split("|")}


def part_of(heading: str) -> NeedPart | None:
    return _BY_HEADING.get(plain_name(heading)) if len(heading) <= 60 else None


@dataclass(frozen=True)
class NeedTable:
    """A list of needs: its table, and which heading says what."""

    table: ListTable
    heading: Mapping[NeedPart, str]

    def cell(self, cells: tuple[Any, ...], part: NeedPart) -> Any:
        """What a row says in a column of a kind; "" where it has none."""
        heading = self.heading.get(part)
        return "" if heading is None else cells[self.table.headings.index(heading)]

    def said(self, cells: tuple[Any, ...], part: NeedPart) -> str:
        return text(self.cell(cells, part))

    @property
    def unread(self) -> list[str]:
        """Headings of columns that say nothing of a need."""
        return [each for each in self.table.headings if each not in self.heading.values()]


def need_tables(grid: SheetCells) -> list[NeedTable]:
    """The lists of needs on a sheet: those tables that have a column of tasks and another that counts."""
    found = []
    for table in tables_in(grid, lambda said: part_of(said) is not None):
        heading: dict[NeedPart, str] = {}
        for each in table.headings:
            if (part := part_of(each)) is not None:
                heading.setdefault(part, each)
        if table.has_header and len(heading) >= 2:
            found.append(NeedTable(table, heading))
    return found
