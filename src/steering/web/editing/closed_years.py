"""What a closed year keeps as it is, said at a funding and in its form before somebody types."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from steering.analysis.money import closing
from steering.storage.closed_years import REMEDY
from steering.web import current
from steering.web.editing import record_inputs
from steering.web.editing.widgets import Input
from steering.web.text import plain


def tell(funding_id: int | None) -> None:
    """Which years are closed for a funding, or for a new one, and what that means for its form."""
    closed = current.of(closing.closed_for, funding_id)
    if not closed:
        return
    said = "; ".join(map(closing.in_words, closed))
    what = "Graue Felder bleiben, wie sie sind; die übrigen gelten für offene Jahre."
    if funding_id is None:
        what = "Eine neue Förderung beginnt danach."
    st.caption(f":material/lock: {plain(said)}. {what} {REMEDY}")


def funding_inputs(structure_id: int, funding_id: int | None) -> tuple[Input, ...]:
    """The inputs of a funding; locked where every change would change a closed year."""
    inputs = record_inputs.funding(structure_id)
    kept = current.of(closing.kept, funding_id)
    why = f"Ein abgeschlossenes Jahr hält dieses Feld fest. {REMEDY}"
    return tuple(replace(item, locked=why) if item.name in kept else item for item in inputs)
