"""One word for one thing on the screen: those that were given up stand in no text of the program."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.conftest import PROJECT
from tests.sources import SOURCES, place, texts, tree

GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
_ROWS = re.compile(r"^\| (?P<word>[^|`]+) \| instead of (?P<given_up>[^|]+) \|", re.MULTILINE)

# What a text may not say → why. The glossary names the word that is used.
GIVEN_UP = {
    r"\bHäusern?\b": "several that lead are Stellen",
    r"\bniemand(en|em)?\b(?! (eingetragen|von außen))": "data that lack a row say so: keine erfasst",
    r"ohne Anbieter|\bletzten Anbieter\b": "what is lost is the last provider that is recorded",
    r"Klärungsbedarf": "Klärungspunkt",
    r"Antrag auf Verlängerung ist noch nicht": "Folgeförderung noch nicht ausgeschrieben",
    r"\breicht nicht$|unzureichend": "nicht ausreichend",
    r"Fehlbeleger": "Auszugsberechtigte",
    r"Zeitraum (nicht bekannt|unbekannt)|ohne Zeitraum": "Zeitraum nicht erfasst",
    # Cells of files may say it, and former ones do.
    r"^(?!(Bezug )?unbekannt$).*\bunbekannt\b": "a value that is not recorded is nicht bekannt",
    r"Vorbereitende Stelle": "zuständig",
    r"^Ausgabe$|»Ausgabe«": "Export",
    r"nicht ausgeschlossen|möglicherweise offen|nicht zu sagen": "ungewiss",
    r"^nach \d{4}$|beendet oder noch nicht begonnen": "a period, and which of both, is said",
}
# The files of others say it so, and stored files of before are read.
ELSEWHERE: set[str] = set()


@cache
def all_texts() -> list[tuple[str, str]]:
    """Every text of the program: where it stands, and what it says."""
    return [
        (place(path, text), str(text.value))
        for path in SOURCES
        if path.name not in ELSEWHERE
        for text in texts(tree(path))
    ]


def said(pattern: str) -> list[str]:
    """Where a text of the program says it."""
    return [where for where, text in all_texts() if re.search(pattern, text)]


@pytest.mark.parametrize("pattern", GIVEN_UP, ids=list(GIVEN_UP.values()))
def test_a_word_that_was_given_up_is_said_nowhere(pattern: str) -> None:
    assert said(pattern) == []


@pytest.mark.parametrize("pattern", GIVEN_UP, ids=list(GIVEN_UP.values()))
def test_the_data_that_come_with_the_program_do_not_say_it_either(pattern: str) -> None:
    files = sorted((PROJECT / "db").rglob("*.csv"))
    assert files
    assert [file.name for file in files if re.search(pattern, file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("code", ["x = 'keine zwei Häuser'", "x = f'{names} hat niemand'"])
def test_it_is_noticed(code: str) -> None:
    found = [str(text.value) for text in texts(ast.parse(code))]
    assert any(re.search(pattern, text) for pattern in GIVEN_UP for text in found)


def test_the_glossary_says_which_word_took_its_place() -> None:
    rows = {match["word"]: match["given_up"] for match in _ROWS.finditer(GLOSSARY)}
    assert len(rows) >= len(GIVEN_UP)
