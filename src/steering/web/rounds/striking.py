"""What is struck from a list of a round by a press; forms about it into which nobody has typed go with it."""

from __future__ import annotations

from steering.model import Record
from steering.storage import rounds
from steering.web import current
from steering.web.editing import attempts, record_forms


def strike(record: type[Record], key: int, what: str, state: str = "entfernt") -> None:
    """Remove the record and offer the way back. `what`, `state`: what was removed, and what became of it."""
    struck = attempts.attempt(
        lambda: rounds.strike(current.engine(), record, key, actor=attempts.actor(), now=current.now()),
        what,
        state=state,
        quietly=True,
    )
    if struck:
        record_forms.close_untouched()
