"""What a test takes for granted of a database: who writes into it, what stands in it, that it was written."""

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import Engine

from steering.model import Record
from steering.storage import reading
from steering.storage.problems import Receipt


class Who(TypedDict):
    """Who acts, and when: whatever writes takes it as `**WHO`."""

    actor: str
    now: datetime


def row_of(engine: Engine, record: type[Record], key: Any) -> dict[str, Any]:
    """A record that is there."""
    row = reading.record(engine, record, key)
    assert row is not None, f"there is no {record.__name__} {key}"
    return row


def batch_of(receipt: Receipt) -> str:
    """What is to be undone, of a write that has changed something."""
    assert receipt.batch is not None, "nothing was different, so nothing was written"
    return receipt.batch
