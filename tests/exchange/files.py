"""Files for tests of readers: workbooks and zips made in memory, sound or broken on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(rows: Iterable[Sequence[Any]], title: str = "Tabelle1") -> bytes:
    """An XLSX with one sheet."""
    return workbook_of({title: rows})


def workbook_of(
    sheets: Mapping[str, Iterable[Sequence[Any]]], change: Callable[[Workbook], None] = lambda _: None
) -> bytes:
    """An XLSX with these sheets; `change` may do to it what rows cannot say."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_members(content: bytes, members: Mapping[str, bytes]) -> bytes:
    """A zip with further members, or others in the place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, text in members.items():
            new.writestr(name, text)
    return made.getvalue()
