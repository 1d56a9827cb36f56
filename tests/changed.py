"""What the history has kept, row by row, for tests."""

import pandas as pd
from sqlalchemy import Engine, select

from steering.model import Change
from steering.storage.engine import reading
from steering.storage.history.states import taken_back
from steering.storage.tables import table_of


def history(
    engine: Engine, record_table: str | None = None, key: object = None, limit: int | None = None
) -> pd.DataFrame:
    """The latest changes of everything, a table or a record, newest first; with `undone`."""
    table = table_of(Change)
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    if record_table is not None:
        query = query.where(table.c.record == record_table)
    if key is not None:
        query = query.where(table.c.record_key == str(key))
    with reading(engine) as connection:
        frame = pd.DataFrame(connection.execute(query).all(), columns=list(table.c.keys()))
        back = taken_back(connection)
    undone = [back.by(*each) is not None for each in zip(frame["batch"], frame["id"], strict=True)]
    return frame.assign(undone=pd.array(undone, dtype=bool))
