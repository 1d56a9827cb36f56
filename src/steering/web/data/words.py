"""What an import would do, in words: records that come, and fields that change from what to what."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Any

from steering.analysis.incoming import BOOKKEEPING, Difference, Judged, New
from steering.analysis.portfolio import Portfolio
from steering.model import Record
from steering.model.german import day, euro, number
from steering.model.labels import FIELD_WORDS, RECORD_WORDS
from steering.model.vocabulary import WORDS, word
from steering.web import current


def differences(judged: Judged) -> str:
    """VZÄ: 1 → 1,5; Ende: … – for one row."""
    parts = [
        f"{FIELD_WORDS.get(each.field, each.field)}: {_value(each, each.old)} → {_value(each, each.new)}"
        for each in judged.differences
        if each.table not in BOOKKEEPING
    ]
    return "; ".join([*parts, *([what_comes(judged)] if any(_is_new(judged)) else [])])


def noted(judged: Judged) -> str:
    """What is kept about an answer: the verdict, and what the carrier wrote."""
    kept = next(wanted.values for wanted in judged.wanted if "verdict" in wanted.values)
    return ": ".join(filter(None, (word(kept["verdict"]), kept["remark"])))


def value(table: str, field: str, what: Any) -> str:
    """A value of a record's field, as people read it."""
    return _value(Difference(table, None, field, None, None), what)


def what_comes(judged: Judged) -> str:
    """Struktur, Träger, Förderung: the records a row makes."""
    made = Counter(
        RECORD_WORDS.get(str(wanted.record.__tablename__), wanted.record.__name__)
        for wanted in judged.wanted
        if wanted.id is None and wanted.record.__tablename__ not in BOOKKEEPING
    )
    return ", ".join(word if times == 1 else f"{times} × {word}" for word, times in made.items())


def _is_new(judged: Judged) -> list[bool]:
    return [wanted.id is None for wanted in judged.wanted]


def _value(difference: Difference, value: Any) -> str:
    if value in (None, "", []):
        return "leer"
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(difference, part) for part in value)
    if isinstance(value, New):
        return "neuer Eintrag"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if hasattr(value, "strftime"):
        return day(value)
    if isinstance(value, float | int):
        return _number(difference, value)
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return _choice(difference, value)
    words: dict[Any, str] = dict(WORDS.get(type(value), {}))
    return words.get(value, str(value))


def _number(difference: Difference, value: float) -> str:
    """Money, the name of what is pointed to, or the number itself."""
    if difference.field.endswith("_cents"):
        return euro(value)
    target = _target(difference)
    if target:
        return current.of(_names, target).get(int(value), str(value))
    return number(value, 2)


def _choice(difference: Difference, value: str) -> str:
    """The word of a member of a closed list, which a Portfolio holds as its stored text."""
    column = Record.metadata.tables[difference.table].columns.get(difference.field)
    listed = getattr(getattr(column, "type", None), "enum_class", None)
    return WORDS.get(listed, {}).get(listed(value), value) if listed else value[:120]


def _target(difference: Difference) -> str:
    column = Record.metadata.tables[difference.table].columns.get(difference.field)
    if column is None:
        return {"target_groups": "target_group", "tasks": "task", "organisations": "organisation"}.get(
            difference.field, ""
        )
    return next((key.column.table.name for key in column.foreign_keys), "")


def _names(portfolio: Portfolio, table: str) -> dict[Any, str]:
    frame = portfolio.frame(table)
    return dict(zip(frame["id"], frame["name"], strict=True)) if "name" in frame else {}
