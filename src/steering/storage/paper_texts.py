"""The drafts of papers: what somebody has typed survives a reload, a lost connection and the next day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from steering.model import PaperText
from steering.storage.engine import reading
from steering.storage.problems import StorageError
from steering.storage.rights.table import Right
from steering.storage.saving import saving
from steering.storage.tables import table_of

_TEXTS = table_of(PaperText)


@dataclass(frozen=True)
class StoredPart:
    """A part as it is stored; `text` "" where it follows the data. JSON as in `PaperText`."""

    text: str
    based_on: str
    version: int
    actor: str
    changed_at: datetime


class TextChanged(StorageError):
    """Somebody else has changed this part since it was read; `there` is what stands there now."""

    def __init__(self, there: StoredPart) -> None:
        super().__init__("Inzwischen hat jemand anderes diesen Text geändert; es wurde nichts gespeichert.")
        self.there = there


def texts(engine: Engine, paper: str) -> dict[str, StoredPart]:
    """All stored parts of a paper, by part."""
    with reading(engine) as connection:
        rows = connection.execute(select(_TEXTS).where(_TEXTS.c.paper == paper)).mappings()
        return {row["part"]: _kept(row) for row in rows}


def versions(engine: Engine, paper: str) -> dict[str, int]:
    """The version of each stored part of a paper."""
    with reading(engine) as connection:
        rows = connection.execute(select(_TEXTS.c.part, _TEXTS.c.version).where(_TEXTS.c.paper == paper))
        return {row.part: row.version for row in rows}


def begun(engine: Engine) -> frozenset[str]:
    """The papers into which somebody has typed."""
    with reading(engine) as connection:
        return frozenset(connection.execute(select(_TEXTS.c.paper).where(_TEXTS.c.text != "")).scalars())


def keep(
    engine: Engine, paper: str, part: str, text: str, *, based_on: str, seen: int, actor: str, now: datetime
) -> int:
    """Store a part and return its version; `seen`: the version that was on the screen, 0 for none.

    Raises TextChanged where another version with another text is stored, and as `saving` does.
    """
    with saving(engine, Right.PAPERS) as (connection, mandate):
        actor = mandate.name or actor
        there = _stored(connection, paper, part)
        if there is not None and there.version != seen:
            if there.text == text:
                return there.version
            raise TextChanged(there)
        values = {"text": text, "based_on": based_on, "actor": actor, "changed_at": now}
        if there is None:
            about = {"key": _key(paper, part), "paper": paper, "part": part, "version": 1}
            connection.execute(insert(_TEXTS).values(**about, **values))
            return 1
        own = _TEXTS.c.key == _key(paper, part)
        connection.execute(update(_TEXTS).where(own).values(version=there.version + 1, **values))
        return there.version + 1


def follow_the_data(engine: Engine, paper: str, *, actor: str, now: datetime) -> None:
    """Have all parts of a paper follow the data again."""
    with saving(engine, Right.PAPERS) as (connection, mandate):
        actor = mandate.name or actor
        typed = (_TEXTS.c.paper == paper) & (_TEXTS.c.text != "")
        renewed = {"text": "", "version": _TEXTS.c.version + 1, "actor": actor, "changed_at": now}
        connection.execute(update(_TEXTS).where(typed).values(**renewed))


def _key(paper: str, part: str) -> str:
    return f"{paper}/{part}"


def _stored(connection: Connection, paper: str, part: str) -> StoredPart | None:
    own = _TEXTS.c.key == _key(paper, part)
    row = connection.execute(select(_TEXTS).where(own).with_for_update()).mappings().first()
    return None if row is None else _kept(row)


def _kept(row: RowMapping) -> StoredPart:
    return StoredPart(row["text"], row["based_on"], row["version"], row["actor"], row["changed_at"])
