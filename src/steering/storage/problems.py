"""What storage answers: a receipt for what was written, or why it was not, in German."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Receipt:
    """What a write has done: its batch (for undo), the revision after it, the key of each edit's record.

    `batch` is None where nothing was different, so nothing was written. `cleaned`: the fields from whose
    texts characters that nobody sees were taken out.
    """

    batch: str | None
    revision: int
    ids: tuple[Any, ...] = ()
    cleaned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of the edit at `index`; `field` is the record's field name."""

    index: int
    field: str
    message: str


@dataclass(frozen=True)
class FieldConflict:
    """A field that somebody else has changed: as it was, as it is now, as it was to become."""

    field: str
    base: Any
    theirs: Any
    mine: Any


class StorageError(Exception):
    """A German sentence for the screen that says what to do; nothing was written."""


class DatabaseRefused(StorageError):
    """The database is not one this program may open; it was left untouched."""


class NotSaved(StorageError):
    """The database takes nothing at the moment: locked, full, read-only, moved; `cause` says which."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"Nicht gespeichert: {cause} Bitte noch einmal speichern.")
        self.cause = cause


class NotReadable(StorageError):
    """The database gives nothing at the moment; `cause` says why."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"Die Daten lassen sich gerade nicht lesen: {cause}")
        self.cause = cause


class DatasetReplaced(StorageError):
    """Other data lie there than those on which a write rests: a backup has taken their place."""

    def __init__(self) -> None:
        super().__init__(
            "Nicht gespeichert: Die Daten wurden inzwischen durch eine Sicherung ersetzt. Was Sie eingegeben "
            "haben, steht noch da; bitte prüfen, ob es zu den eingespielten Daten passt."
        )


class SchemaChanged(StorageError):
    """The schema is no longer the one this running program knows, so it writes nothing more."""


class UndoBlocked(StorageError):
    """A batch cannot be taken back, since something rests on it by now.

    `later`: the batch that did what stands in the way, where the history knows it.
    """

    def __init__(self, sentence: str, later: str | None = None) -> None:
        super().__init__(sentence)
        self.later = later


class Invalid(StorageError):
    """The edits break rules; `problems` names every one of them."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class Conflict(StorageError):
    """Somebody else has changed the record since it was opened.

    `version` is the record's present one; `actor` and `at` (UTC) are of the latest change.
    """

    def __init__(
        self,
        index: int,
        record_id: Any,
        version: int,
        actor: str,
        at: datetime | None,
        fields: tuple[FieldConflict, ...],
    ) -> None:
        super().__init__(
            f"Inzwischen hat {actor} diesen Eintrag geändert. "
            "Bitte die Unterschiede ansehen und neu speichern."
        )
        self.index = index
        self.record_id = record_id
        self.version = version
        self.actor = actor
        self.at = at
        self.fields = fields
