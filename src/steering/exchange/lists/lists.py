"""Any list as a kind of import: its cells, what its columns mean, and the mapping as a TOML file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from steering.analysis.incoming import Reading
from steering.analysis.incoming.lists import reading
from steering.analysis.incoming.lists.columns import Assignment, header_key
from steering.analysis.incoming.lists.days import Order
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.reading import ListFile
from steering.analysis.incoming.uncollected import uncollected
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.lists.spreadsheets import grids
from steering.model import AmountBasis

T = TypeVar("T", bound=StrEnum)


def look_into(
    file: IncomingFile,
    portfolio: Portfolio,
    remembered: Mapping[str, str],
    given: Assignment | None = None,
    name: str = "",
    headings: Collection[str] = (),
) -> ListFile:
    """The tables of a list with the mapping of each: the one `given` (by the file `name`), or a proposal.

    `remembered`: texts of mapping files by `header_key`, see `to_remember`. `headings`: what somebody says
    is one. Raises FileRefused, also where no table has all the columns that the given mapping names.
    """
    known = {key: mapping_of(key, text) for key, text in remembered.items()}
    told = {*headings, *(given.columns if given else ())}
    found = reading.look_into(file.name, grids(file), portfolio, known, told)
    if given is None or not found.tables:
        return found
    fitting = found.with_mapping(given)
    if fitting is not None and (wrong := fitting.unfit()):
        raise FileRefused(
            f"Die Zuordnung »{name}« passt nicht: {' '.join(wrong)} Bitte die Zuordnung ändern."
        )
    if fitting is None:
        missing = [each for each in given.columns if each not in found.tables[0].headings]
        raise FileRefused(
            f"Die Zuordnung »{name}« gehört zu anderen Spalten: »{found.file}« hat keine Spalte "
            f"{', '.join(f'»{each}«' for each in missing[:5])}. "
            "Bitte die passende Zuordnung angeben oder ohne Zuordnung einlesen."
        )
    return fitting


def read(
    file: IncomingFile,
    portfolio: Portfolio,
    mapping: Path | None = None,
    remembered: Mapping[str, str] | None = None,
    progress: Callable[[float], None] | None = None,
    fixed: Mapping[Meaning, str] | None = None,
) -> Reading:
    """The rows of a list as it is read without anybody to ask, by a mapping file or else by the proposal.

    `fixed`: what holds for every row that does not say it itself. Raises FileRefused.
    """
    with uncollected():
        given = load_mapping(mapping) if mapping else None
        found = look_into(file, portfolio, remembered or {}, given, mapping.name if mapping else "")
        found = found.without(found.beside())
        return rows_of(found.with_fixed(fixed or {}), portfolio, progress)


FIXABLE: Mapping[str, Meaning] = {
    "traeger": Meaning.ORGANISATION,
    "ebene": Meaning.LEVEL,
    "art": Meaning.KIND,
    "aufgabe": Meaning.TASK,
    "rolle": Meaning.ROLE,
    "zielgruppen": Meaning.TARGET_GROUPS,
    "gebiet": Meaning.MUNICIPALITY,
    "beginn": Meaning.START,
    "ende": Meaning.END,
    "programm": Meaning.PROGRAMME,
    "mittelgeber": Meaning.FUNDER,
    "foerderquote": Meaning.SHARE,
    "anmerkung": Meaning.NOTE,
}
"""What may be said once for all rows of a list, by the name that the command line has for it."""


def rows_of(
    found: ListFile, portfolio: Portfolio, progress: Callable[[float], None] | None = None
) -> Reading:
    """The rows of a list whose mappings are decided. Raises FileRefused where a needed column is missing."""
    try:
        with uncollected():
            rows = reading.read(found, portfolio, progress=progress)
        return replace(rows, decided=to_remember(found))
    except reading.NotUnderstood as problem:
        raise FileRefused(f"»{found.file}« {problem}") from None


def to_remember(found: ListFile) -> dict[str, str]:
    """The mappings of a list as texts, by what its headers are known again by."""
    kept: dict[str, Assignment] = {}
    for table, mapping in zip(found.tables, found.mappings, strict=True):
        key = header_key(table.headings)
        # Sheets with one header: what the first left open the others may have said.
        first = kept.get(key, mapping)
        names, orders = {**mapping.names, **first.names}, {**mapping.orders, **first.orders}
        bases = {**mapping.bases, **first.bases}
        # The next file with this header may be another carrier's.
        kept[key] = replace(first, names=names, orders=orders, bases=bases, fixed={})
    return {key: mapping_text(mapping) for key, mapping in kept.items()}


def load_mapping(path: Path) -> Assignment:
    """A mapping from its TOML file. Raises FileRefused."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        raise _unreadable(path.name) from None
    return mapping_of(path.name, text)


def mapping_of(name: str, text: str) -> Assignment:
    """A mapping from the text of its TOML file. Raises FileRefused, which calls it by `name`."""
    try:
        content = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except ValueError:
        raise _unreadable(name) from None
    sections = [content.get(section, {}) for section in ("columns", "names", "orders", "bases", "fixed")]
    if not all(isinstance(section, dict) for section in sections) or not sections[0]:
        raise FileRefused(
            f"Die Zuordnung »{name}« nennt keine Spalten. Bitte den Abschnitt [columns] ergänzen."
        )
    columns, names, orders, bases, fixed = sections
    return Assignment(
        {heading: _member(name, heading, meaning, Meaning) for heading, meaning in columns.items()},
        {said: str(meant) for said, meant in names.items()},
        {heading: _member(name, heading, order, Order) for heading, order in orders.items()},
        {heading: _member(name, heading, basis, AmountBasis) for heading, basis in bases.items()},
        {_member(name, str(said), meaning, Meaning): str(said) for meaning, said in fixed.items()},
    )


def _member(name: str, heading: str, said: object, closed: type[T]) -> T:
    possible = [member.value for member in closed]
    if said not in possible:
        raise FileRefused(
            f"Die Zuordnung »{name}« nennt für »{heading}« die Bedeutung »{said}«, "
            f"die es nicht gibt. Bitte eine von diesen angeben: {', '.join(possible)}."
        )
    return closed(str(said))


def _unreadable(name: str) -> FileRefused:
    return FileRefused(
        f"Die Zuordnung »{name}« lässt sich nicht lesen. Bitte eine gespeicherte Zuordnung (TOML) angeben."
    )


def mapping_text(mapping: Assignment) -> str:
    """A mapping as a TOML file."""
    lines = ["# Zuordnung der Spalten einer Liste, für: steering import list DATEI --mapping DIESE.toml"]
    sections: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("columns", mapping.columns),
        ("names", mapping.names),
        ("orders", mapping.orders),
        ("bases", mapping.bases),
        ("fixed", {str(meaning): said for meaning, said in mapping.fixed.items()}),
    )
    for title, pairs in sections:
        if not pairs and title not in ("columns", "names", "orders"):
            continue
        lines += ["", f"[{title}]", *(f"{_quoted(left)} = {_quoted(right)}" for left, right in pairs.items())]
    return "\n".join(lines) + "\n"


def _quoted(said: str) -> str:
    return json.dumps(str(said), ensure_ascii=False).replace("\x7f", "\\u007f")
