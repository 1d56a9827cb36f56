"""The files of Vorlagen that were handed in: each there, and each as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, select

from steering.model import PaperFile, Submission
from steering.storage.checking.content import place, raw
from steering.storage.handing_in import decoded
from steering.storage.tables import table_of

_FILES, _SUBMISSIONS = table_of(PaperFile), table_of(Submission)


def problems(connection: Connection, tables: Sequence[Table]) -> Iterator[str]:
    """Where a file is another than its digest says, or a Vorlage has none."""
    if _FILES not in tables or _SUBMISSIONS not in tables:
        return
    there = set()
    for digest, text in connection.execute(select(raw(_FILES.c.digest), raw(_FILES.c.content))):
        there.add(digest)
        content = decoded(text) if isinstance(text, str) else None
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            yield f"{place(_FILES, str(digest)[:12])}: Die Datei ist nicht mehr die, die abgegeben wurde."
    for key, digest in connection.execute(select(raw(_SUBMISSIONS.c.id), raw(_SUBMISSIONS.c.digest))):
        if digest not in there:
            yield f"{place(_SUBMISSIONS, str(key), 'digest')}: Die Datei dieser Vorlage fehlt."
