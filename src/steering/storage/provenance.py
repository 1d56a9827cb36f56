"""Where a record comes from once a person has stated it: an example turns into a fact."""

from datetime import datetime

from steering.model import Provenance, Record, Traced
from steering.storage.rows import Row


def stated(actor: str, now: datetime) -> str:
    """The source of what somebody has typed in or confirmed."""
    return f"Angabe {actor}, {now:%d.%m.%Y}"


def as_fact(before: Row, actor: str, now: datetime) -> Row:
    """The values that make a fact of an example; none for any other record."""
    if before.get("provenance") != Provenance.EXAMPLE:
        return {}
    return {"provenance": Provenance.DOCUMENTED, "source": stated(actor, now), "provenance_note": ""}


def with_source(record: type[Record], before: Row | None, values: Row, actor: str, now: datetime) -> Row:
    """The values of an edit by hand with their source, unless they name their provenance themselves."""
    if not issubclass(record, Traced) or "provenance" in values:
        return values
    if before is None:
        return values if values.get("source") else values | {"source": stated(actor, now)}
    changes = any(before[field] != value for field, value in values.items())
    return as_fact(before, actor, now) | values if changes else values
