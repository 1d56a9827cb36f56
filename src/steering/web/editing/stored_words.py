"""A stored value of a record's field in words: closed lists, names, days and money as people read them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from steering.analysis.incoming import New
from steering.analysis.portfolio import Portfolio
from steering.model import Record
from steering.model.german import day, euro, number
from steering.model.vocabulary import WORDS
from steering.web import current

_LISTED = {"municipalities": "municipality", "needs": "need", "organisations": "organisation",
           "partners": "organisation", "potentials": "potential", "target_groups": "target_group",
           "tasks": "task"}  # fmt: skip
_FOR_PROGRAMS = {
    ("agenda_item", "subject_key"),
    ("assessment", "key"),
    ("boundary", "geometry"),
    ("confirmation_item", "sent"),
    ("internal_finding", "key"),
    ("measure", "answers"),
    ("measure", "effects"),
    ("municipality", "geometry"),
    ("potential", "proposal"),
    ("potential", "proposal_facts"),
}
"""Texts for other programs: what stands in them is shown where it belongs."""
_LONGEST = 120
CHANGED = "geändert"


def value(table: str, field: str, what: Any) -> str:
    """A value of a record's field, as people read it."""
    if what in (None, "", [], "[]"):
        return "leer"
    if isinstance(what, (list, tuple)):
        return ", ".join(value(table, field, part) for part in what)
    if isinstance(what, New):
        return "neuer Eintrag"
    if isinstance(what, bool):
        return "ja" if what else "nein"
    if hasattr(what, "strftime"):
        return day(what)
    if isinstance(what, StrEnum):
        return WORDS.get(type(what), {}).get(what, str(what))
    target = _target(table, field)
    if target:
        return current.of(_names, target).get(what, what if isinstance(what, str) else f"Nr. {what}")
    if field == "year":
        return str(what)
    if isinstance(what, float | int):
        return euro(what) if field.endswith("_cents") else number(what, 2)
    return _text(table, field, str(what))


def _text(table: str, field: str, what: str) -> str:
    """The word of a member of a closed list, a day, or the text itself."""
    stored = getattr(_column(table, field), "type", None)
    listed = getattr(stored, "enum_class", None)
    if listed:
        return WORDS.get(listed, {}).get(listed(what), what) if what in set(listed) else what
    if isinstance(stored, sa.Date):
        return day(date.fromisoformat(what))
    if field == "seen_municipalities":
        return value(table, "municipalities", what.split())
    return CHANGED if (table, field) in _FOR_PROGRAMS else _shortened(" ".join(what.split()))


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"


def _target(table: str, field: str) -> str:
    column = _column(table, field)
    if column is None:
        return _LISTED.get(field, "")
    return next((key.column.table.name for key in column.foreign_keys), "")


def _column(table: str, field: str) -> Any:
    known = Record.metadata.tables.get(table)
    return known.columns.get(field) if known is not None else None


def _names(portfolio: Portfolio, table: str) -> dict[Any, str]:
    frame = portfolio.frame(table)
    key = "id" if "id" in frame else frame.columns[0]
    return dict(zip(frame[key], frame["name"], strict=True)) if "name" in frame else {}
