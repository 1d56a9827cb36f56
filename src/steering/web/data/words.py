"""What an import would do, in words: records that come, and fields that change from what to what."""

from __future__ import annotations

from collections import Counter

from steering.analysis.incoming import BOOKKEEPING, JudgedRow
from steering.model.labels import RECORD_WORDS, field_word
from steering.model.vocabulary import word
from steering.web.editing.stored_words import value


def differences(judged: JudgedRow) -> str:
    """VZÄ: 1 → 1,5; Ende: … – for one row."""
    parts = [
        f"{field_word(each.table, each.field)}: "
        f"{value(each.table, each.field, each.old)} → {value(each.table, each.field, each.new)}"
        for each in judged.differences
        if each.table not in BOOKKEEPING
    ]
    return "; ".join([*parts, *([what_comes(judged)] if any(_is_new(judged)) else [])])


def noted(judged: JudgedRow) -> str:
    """What is kept about an answer: the verdict, and what the carrier wrote."""
    kept = next(wanted.values for wanted in judged.wanted if "verdict" in wanted.values)
    return ": ".join(filter(None, (word(kept["verdict"]), kept["remark"])))


def what_comes(judged: JudgedRow) -> str:
    """Struktur, Träger, Förderung: the records a row makes."""
    made = Counter(
        RECORD_WORDS.get(str(wanted.record.__tablename__), wanted.record.__name__)
        for wanted in judged.wanted
        if wanted.id is None and wanted.record.__tablename__ not in BOOKKEEPING
    )
    return ", ".join(word if times == 1 else f"{times} × {word}" for word, times in made.items())


def _is_new(judged: JudgedRow) -> list[bool]:
    return [wanted.id is None for wanted in judged.wanted]
