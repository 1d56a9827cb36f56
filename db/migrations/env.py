"""How Alembic reaches the database: over the connection it is handed, else by the program's own address."""

import os

from alembic import context
from sqlalchemy import Connection

from steering.model import Record
from steering.storage.engine import database_url, make_engine, migrating


def run(connection: Connection) -> None:
    """Run the migrations within the transaction of the connection."""
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    with migrating(make_engine(database_url(os.environ))) as own:
        run(own)
