"""Any list as a kind of import: its cells, what its columns mean, and the mapping as a TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from steering.analysis.incoming import Reading
from steering.analysis.incoming.lists import reading
from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.reading import ListFile
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.spreadsheets import grids


def look_into(file: IncomingFile, portfolio: Portfolio) -> ListFile:
    """The tables of a list with the proposed mappings. Raises FileRefused."""
    return reading.look_into(file.name, grids(file), portfolio)


def read(file: IncomingFile, portfolio: Portfolio, mapping: Path | None = None) -> Reading:
    """The rows of a list, by a mapping file or else by the proposal. Raises FileRefused."""
    if mapping is None:
        return rows_of(look_into(file, portfolio), portfolio)
    given = load_mapping(mapping)
    found = reading.look_into(file.name, grids(file), portfolio, set(given.columns))
    return rows_of(with_mapping(found, given, mapping.name), portfolio)


def rows_of(found: ListFile, portfolio: Portfolio) -> Reading:
    """The rows of a list whose mappings are decided. Raises FileRefused where a needed column is missing."""
    try:
        return reading.read(found, portfolio)
    except reading.NotUnderstood as problem:
        raise FileRefused(f"»{found.file}« {problem}") from None


def with_mapping(found: ListFile, mapping: Assignment, name: str) -> ListFile:
    """The list with a mapping in the place of the proposals; sheets with other columns are left out.

    Raises FileRefused where no table has all the columns that the mapping names.
    """
    fitting = [table for table in found.tables if set(mapping.columns) <= set(table.headings)]
    if found.tables and not fitting:
        missing = [each for each in mapping.columns if each not in found.tables[0].headings]
        raise FileRefused(
            f"Die Zuordnung »{name}« gehört zu anderen Spalten: »{found.file}« hat keine Spalte "
            f"{', '.join(f'»{each}«' for each in missing[:5])}. "
            "Bitte die passende Zuordnung angeben oder ohne Zuordnung einlesen."
        )
    return replace(found, tables=tuple(fitting), mappings=(mapping,) * len(fitting))


def load_mapping(path: Path) -> Assignment:
    """A mapping from its TOML file. Raises FileRefused."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        raise FileRefused(
            f"Die Zuordnung »{path.name}« lässt sich nicht lesen. "
            "Bitte eine gespeicherte Zuordnung (TOML) angeben."
        ) from None
    columns, names = content.get("columns"), content.get("names", {})
    meanings: Sequence[str] = [member.value for member in Meaning]
    if not isinstance(columns, dict) or not columns or not isinstance(names, dict):
        raise FileRefused(
            f"Die Zuordnung »{path.name}« nennt keine Spalten. Bitte den Abschnitt [columns] ergänzen."
        )
    for heading, meaning in columns.items():
        if meaning not in meanings:
            raise FileRefused(
                f"Die Zuordnung »{path.name}« nennt für »{heading}« die Bedeutung »{meaning}«, "
                "die es nicht gibt. "
                f"Möglich sind: {', '.join(meanings)}."
            )
    return Assignment(
        {heading: Meaning(meaning) for heading, meaning in columns.items()},
        {said: str(name) for said, name in names.items()},
    )


def mapping_text(mapping: Assignment) -> str:
    """A mapping as a TOML file."""
    lines = ["# Zuordnung der Spalten einer Liste, für: steering import list DATEI --mapping DIESE.toml"]
    for title, pairs in (("columns", mapping.columns), ("names", mapping.names)):
        lines += ["", f"[{title}]", *(f"{_quoted(left)} = {_quoted(right)}" for left, right in pairs.items())]
    return "\n".join(lines) + "\n"


def _quoted(said: str) -> str:
    return json.dumps(str(said), ensure_ascii=False).replace("\x7f", "\\u007f")
