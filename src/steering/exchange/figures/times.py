"""The day of each value: what its heading and the columns of times say of it, taken together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from steering.analysis.incoming.lists import days
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.lists.sheet import plain
from steering.exchange.figures.tables import FigureTable, ValueColumn
from steering.exchange.figures.wording import ColumnPart, part_of
from steering.exchange.genesis.cells import counted_on

_YEAR = len("2023")


@dataclass(frozen=True)
class ToldTime:
    """What a heading or a cell says of a time; `heading`: where it stands."""

    heading: str
    said: Any

    @property
    def words(self) -> str:
        return text(self.said)


class Times:
    """Reads the times of a list; `whole`: the day of all values that do not say theirs."""

    def __init__(self, table: FigureTable, whole: str) -> None:
        self._whole = whole
        at = table.parts.get(ColumnPart.DAY)
        further = [n for n, each in enumerate(table.headings) if part_of(each) == ColumnPart.DAY and n != at]
        self._columns = [] if at is None else [(n, table.headings[n]) for n in (at, *further)]
        self._order, self.note = days.Order.DAY_FIRST, ""
        if self._columns:
            at, heading = self._columns[0]
            found = [plain(cells[at]) for _, cells in table.rows if at < len(cells)]
            self._order, note = days.orders({heading: found})[heading]
            self.note = f"Spalte »{heading}« {note}" if note else ""

    def told(self, cells: Sequence[Any], column: ValueColumn) -> list[ToldTime]:
        """What is said of the time of a value, at least one; the heading of the value comes last."""
        said = [ToldTime(heading, plain(cells[at])) for at, heading in self._columns if at < len(cells)]
        said = [each for each in (*said, ToldTime(column.heading, column.says.day)) if each.words]
        return said or [ToldTime(self._columns[0][1] if self._columns else column.heading, self._whole)]

    def on(self, told: Sequence[ToldTime]) -> ToldTime:
        """The most exact of what is said. Raises ValueError in German where it does not go together."""
        best = told[0]
        for other in told[1:]:
            best = self._of_both(best, other)
        return best

    def _of_both(self, first: ToldTime, second: ToldTime) -> ToldTime:
        try:
            one, other = self.day(first.said), self.day(second.said)
        except ValueError:
            raise ValueError(
                f"»{first.heading}« und »{second.heading}« nennen beide eine Zeit. Bitte den Tag in einer "
                "Spalte angeben, z. B. 31.01.2025."
            ) from None
        if one == other or (len(first.words) == _YEAR and one.year == other.year):
            return second
        if len(second.words) == _YEAR and one.year == other.year:
            return first
        raise ValueError(
            f"»{first.heading}« sagt »{first.words[:30]}«, »{second.heading}« sagt »{second.words[:30]}«. "
            "Bitte klären, welcher Tag gilt."
        )

    def day(self, said: Any) -> date:
        """The last day of what a cell or heading says. Raises ValueError in German."""
        written = text(said)
        if isinstance(said, str | int | float):
            try:
                on = counted_on(written)
            except ValueError:
                on = None
            if on is not None:
                return on
        found = days.read(said, self._order, last=True)
        if found.day is None:
            raise ValueError(
                f"»{written[:30]}« nennt keinen Tag. Bitte den Stand ergänzen, z. B. 31.12.2025."
            )
        return found.day
