"""The zip of a round: a workbook and a letter for each who is asked, and a list of whom to send them to."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from steering.analysis.document import Document, SideBySide, Title, paragraphs
from steering.exchange import tables, word
from steering.model.german import day

_LONGEST_NAME = 60
_WITHOUT_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Envelope:
    """What one of them is sent. `name`: of the files; `about`: further cells of the list of addressees."""

    to: str
    name: str
    workbook: Callable[[], bytes]
    letter: Callable[[], bytes]
    mailbox: str = ""
    about: Mapping[str, object] = field(default_factory=dict)


def packed(envelopes: Sequence[Envelope], heading: str, notes: Sequence[str]) -> bytes:
    """All envelopes as a zip. `heading`: over the names in the list of addressees; `notes`: below it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("adressaten.xlsx", _addressees(envelopes, heading, notes))
        for each in envelopes:
            archive.writestr(f"{each.name}.xlsx", each.workbook())
            archive.writestr(f"{each.name}-anschreiben.docx", each.letter())
    return file.getvalue()


def _addressees(envelopes: Sequence[Envelope], heading: str, notes: Sequence[str]) -> bytes:
    rows = [
        {
            heading: each.to,
            "Funktionspostfach": each.mailbox,
            "Excel-Datei": f"{each.name}.xlsx",
            "Anschreiben": f"{each.name}-anschreiben.docx",
            **each.about,
        }
        for each in envelopes
    ]
    return tables.xlsx(pd.DataFrame(rows), title="Adressaten", notes=notes)


def names(beginning: str, called: Iterable[tuple[int, str]]) -> dict[int, str]:
    """A name for the files of each request: safe on every system, and no two alike.

    `called`: the requests by id, with a short name each.
    """
    found: dict[int, str] = {}
    for request, slug in called:
        plain = re.sub(r"[^a-z0-9]+", "-", slug.lower().translate(_WITHOUT_UMLAUTS))
        name = f"{beginning}-{plain[:_LONGEST_NAME].strip('-') or request}"
        found[request] = f"{name}-{request}" if name in found.values() else name
    return found


def letter(title: str, to: str, sent_on: date, due: date, text: str, actor: str) -> bytes:
    """A covering text to one of them as a Word file that can be edited further."""
    facts = (("An", to), ("Datum", day(sent_on)), ("Antwort bis", day(due)))
    blocks = (Title(title), SideBySide(facts), *paragraphs(text))
    return word.write(Document(f"{title}: {to}", sent_on, blocks, author=actor))


def filled(text: str, parts: Mapping[str, str]) -> str:
    """A covering text with each placeholder in its place."""
    # At once, so that somebody's name cannot be taken for a placeholder.
    return re.sub("|".join(map(re.escape, parts)), lambda found: parts[found[0]], text)


def back(mailbox: str) -> str:
    """Where an answer goes."""
    return mailbox or "die Adresse, von der Sie diese Nachricht erhalten haben"
