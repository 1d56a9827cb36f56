"""A few cells of a column of a list, as an example."""

from __future__ import annotations

from steering.analysis.incoming.lists.grids import ListTable, text

NOT_READ = "nicht lesen"


def sample(table: ListTable, column: int) -> str:
    """The first three different cells of a column."""
    seen = dict.fromkeys(said for _, row in table.rows[:30] if (said := text(row[column])))
    return "z. B. " + " · ".join(said[:30] for said in list(seen)[:3]) if seen else "leer"
