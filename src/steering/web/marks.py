"""The mark of what is made up: on every row, bar, cell and sentence that rests on an example."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

WORD = "Beispiel"
ASIDE = f" ({WORD})"
SENTENCE = "beruht auf Beispielangaben"
# What nobody has confirmed, though it is not made up either.
DERIVED, DERIVED_WORD = "Zuständigkeiten abgeleitet, nicht bestätigt", "abgeleitet"
DERIVED_ASIDE = f" ({DERIVED_WORD})"


def name(words: str, example: bool, derived: bool = False) -> str:
    """A name with the mark, unless it says so by itself; what is made up need not be derived as well."""
    if example:
        return words if words.startswith(WORD) else f"{words}{ASIDE}"
    return f"{words}{DERIVED_ASIDE}" if derived else words


def names(words: Iterable[str], examples: Iterable[bool]) -> list[str]:
    """`name` of each."""
    return [name(*each) for each in zip(words, examples, strict=True)]


def column(examples: pd.Series) -> pd.Series:
    """The mark as a word of its own beside each row, "" where it is none."""
    return examples.map({True: WORD, False: ""}).astype("str")


def share(marked: int, every: int, derived: int = 0) -> str:
    """How much of what a sentence counts rests on examples or is concluded: " (nach Beispielangaben)"."""
    parts = [(marked, "nach Beispielangaben"), (derived, "nach abgeleiteten Angaben")]
    told = [(number, words) for number, words in parts if number]
    if not told:
        return ""
    if told[0][0] == every:
        return f" ({told[0][1]})"
    return f" (davon {', '.join(f'{number} {words}' for number, words in told)})"
