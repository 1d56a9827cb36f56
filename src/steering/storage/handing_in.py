"""A Vorlage is handed in: its file is put away as it is, and what committees make of it is entered.

Files lie in a table of their own under their SHA-256. Nothing changes or removes them, taking back neither:
it takes away that a Vorlage was handed in, and brings it back with the same file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from steering.analysis.structures.measure_decisions import Decided, following
from steering.model import About, Committee, CommitteeResult, Consultation, Measure, PaperFile, Submission
from steering.storage.engine import reading
from steering.storage.problems import Invalid, Problem, Receipt, StorageError
from steering.storage.rights.table import Right
from steering.storage.rows import Row
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, write_in

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
_FILES = table_of(PaperFile)


class FileLost(StorageError):
    """The file of a Vorlage is not there, or is not the one that was handed in."""

    def __init__(self) -> None:
        super().__init__(
            "Die Datei dieser Vorlage ist beschädigt oder fehlt. Bitte eine Sicherung aus der Zeit der "
            "Abgabe suchen."
        )


def hand_in(
    engine: Engine, values: Mapping[str, Any], content: bytes, *, actor: str, now: datetime
) -> Receipt:
    """Keep a Vorlage as it was handed in; `values` without its digest.

    Raises Invalid, also where the file is empty or too large.
    """
    if not content:
        raise _refused("Die Datei ist leer. Bitte die Vorlage noch einmal erzeugen.")
    if len(content) > LARGEST_FILE:
        raise _refused(
            f"Die Datei ist größer als {LARGEST_FILE // MEGABYTE} MB. Bitte Bilder verkleinern oder Anlagen "
            "getrennt abgeben."
        )
    digest = hashlib.sha256(content).hexdigest()
    with transaction(engine, actor, now, needs=Right.PAPERS) as batch:
        _put_away(batch.connection, digest, content)
        return write_in(batch, [Edit(Submission, {**values, "digest": digest})])


def enter(
    engine: Engine,
    values: Mapping[str, Any],
    *,
    key: int | None = None,
    version: int | None = None,
    base: Mapping[str, Any] | None = None,
    actor: str,
    now: datetime,
) -> Receipt:
    """Enter, or with `key` correct, what a committee made of a Vorlage. Raises Invalid, Conflict."""
    with transaction(engine, actor, now, needs=Right.PAPERS) as batch:
        before = None if key is None else batch.row(Consultation, key)
        receipt = write_in(batch, [Edit(Consultation, values, id=key, version=version, base=base)])
        _tell_measures(batch, before, batch.row(Consultation, receipt.ids[0]))
        return receipt


def strike(engine: Engine, key: int, *, actor: str, now: datetime) -> Receipt:
    """Remove what was entered by mistake as the result of a committee."""
    with transaction(engine, actor, now, needs=Right.PAPERS) as batch:
        before = batch.row(Consultation, key)
        if before is None:
            raise _refused("Diesen Eintrag gibt es nicht mehr. Bitte die Seite neu laden.")
        batch.delete(Consultation, key)
        _tell_measures(batch, before, None)
        return batch.receipt(key)


def file_of(engine: Engine, digest: str) -> bytes:
    """The file as it was handed in, byte by byte. Raises FileLost."""
    with reading(engine) as connection:
        stored = connection.execute(select(_FILES.c.content).where(_FILES.c.digest == digest)).scalar()
    content = decoded(stored or "")
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        raise FileLost
    return content


def decoded(text: str) -> bytes | None:
    """The bytes of a file from how it is stored; None where that is damaged."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _tell_measures(batch: Batch, before: Row | None, after: Row | None) -> None:
    """What who decides made of a Vorlage about a measure is the decision that the measure names."""
    was, now = _decided(batch, before), _decided(batch, after)
    decides = _who_decides(batch.connection)
    for key in sorted(was.keys() | now.keys()):
        measure = batch.row(Measure, key)
        if measure is not None:
            standing = [
                each for row in _about(batch.connection, key) for each in _decided(batch, row).values()
            ]
            values = following(measure, was.get(key), now.get(key), standing, decides)
            batch.follow(Measure, key, values)


def _decided(batch: Batch, row: Row | None) -> dict[int, Decided]:
    """What a committee made of a Vorlage, under the measure that it is about; nothing for another subject."""
    submission = batch.row(Submission, row["submission_id"]) if row else None
    if not row or not submission or submission["about"] != About.MEASURE:
        return {}
    decided = Decided(row["day"], row["committee_id"], CommitteeResult(row["result"]), submission["number"])
    return {int(submission["subject_key"]): decided}


def _about(connection: Connection, measure: int) -> list[Row]:
    """What committees made of the Vorlagen about a measure that stand."""
    papers, rows = table_of(Submission).c, table_of(Consultation)
    own = select(papers.id).where(
        papers.about == About.MEASURE, papers.subject_key == str(measure), papers.archived_on.is_(None)
    )
    found = connection.execute(select(rows).where(rows.c.submission_id.in_(own)).order_by(rows.c.id))
    return [dict(row) for row in found.mappings()]


def _who_decides(connection: Connection) -> int | None:
    """The committee of the highest rank, as `analysis.structures.sittings.roles` has it."""
    columns = table_of(Committee).c
    used = select(columns.id).where(columns.archived_on.is_(None))
    return connection.execute(used.order_by(columns.rank.desc(), columns.id.desc())).scalar()


def _put_away(connection: Connection, digest: str, content: bytes) -> None:
    """The same file handed in twice lies there once."""
    there = select(_FILES.c.digest).where(_FILES.c.digest == digest)
    if connection.execute(there).first() is None:
        text = base64.b64encode(content).decode("ascii")
        connection.execute(insert(_FILES).values(digest=digest, content=text))


def _refused(sentence: str) -> Invalid:
    return Invalid(Problem(0, "", sentence))
