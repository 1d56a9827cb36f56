"""The mark of what is made up: on every row, bar, cell and sentence that rests on an example."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

WORD = "Beispiel"
ASIDE = f" ({WORD})"
SENTENCE = "beruht auf Beispielangaben"


def name(words: str, example: bool) -> str:
    """A name with the mark, unless it says so by itself."""
    return f"{words}{ASIDE}" if example and not words.startswith(WORD) else words


def names(words: Iterable[str], examples: Iterable[bool]) -> list[str]:
    """`name` of each."""
    return [name(*each) for each in zip(words, examples, strict=True)]


def column(examples: pd.Series) -> pd.Series:
    """The mark as a word of its own beside each row, "" where it is none."""
    return examples.map({True: WORD, False: ""}).astype("str")


def share(marked: int, every: int) -> str:
    """How much of what a sentence counts rests on examples: " (nach Beispielangaben)"."""
    if not marked:
        return ""
    return " (nach Beispielangaben)" if marked == every else f" (davon {marked} nach Beispielangaben)"
