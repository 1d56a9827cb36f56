"""A table with one column to be filled in: what somebody has put there, kept by what its rows are about."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st


@dataclass(frozen=True)
class _Shown:
    """A table as it was last drawn: under which key, which column is filled in and what each row is about.

    `stood` is what the column would say had nobody touched it, `laid` what was laid over that as the table
    began: Streamlit keeps by their place the cells that were changed since.
    """

    editor: str
    column: str
    stood: Mapping[Hashable, Any]
    laid: Mapping[Hashable, Any]


def draw(rows: pd.DataFrame, column: str, *, by: str, key: str, **shown: Any) -> None:
    """The table. The column `by` tells its rows apart and is not drawn; `shown` goes to Streamlit's editor.

    What was put in outlasts edits of others that change the rows, and whatever does not draw the table in
    between.
    """
    stood = dict(zip(rows[by].tolist(), rows[column].tolist(), strict=True))
    editor = f"{key} {st.session_state.get(_begun(key), 0)} {hash(tuple(stood))}"
    before = _before(key)
    if before and before.editor == editor and editor in st.session_state:
        laid = before.laid
    else:
        # Streamlit has forgotten what was put in, or has it for other rows.
        laid = {one: value for one, value in st.session_state.get(_kept(key), {}).items() if one in stood}
    now = pd.Series([*{**stood, **laid}.values()], index=rows.index, dtype=rows[column].dtype)
    st.session_state[_table(key)] = _Shown(editor, column, stood, laid)
    st.data_editor(
        rows.drop(columns=by).assign(**{column: now}),
        key=editor,
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        disabled=[name for name in rows.columns if name != column],
        **shown,
    )
    st.session_state[_kept(key)] = changes(key)


def values(key: str) -> dict[Any, Any]:
    """What stands in the column, by what the rows are about."""
    table = _before(key)
    return {**table.stood, **changes(key)} if table else {}


def changes(key: str) -> dict[Any, Any]:
    """What stands there otherwise than in the rows.

    As of this moment: in a callback it knows the cell that was left with the press of the button.
    """
    table = _before(key)
    if table is None:
        return {}
    about = list(table.stood)
    cells = st.session_state.get(table.editor, {"edited_rows": {}})["edited_rows"]
    typed = {about[int(row)]: cell[table.column] for row, cell in cells.items() if table.column in cell}
    found = {**table.laid, **typed}
    return {one: value for one, value in found.items() if not _same(value, table.stood[one])}


def forget(key: str) -> None:
    """What was put in is saved: the table begins anew."""
    for name in (_kept(key), _table(key)):
        st.session_state.pop(name, None)
    st.session_state[_begun(key)] = st.session_state.get(_begun(key), 0) + 1


def _before(key: str) -> _Shown | None:
    found: _Shown | None = st.session_state.get(_table(key))
    return found


def _table(key: str) -> str:
    return f"{key} table"


def _kept(key: str) -> str:
    return f"{key} otherwise"


def _begun(key: str) -> str:
    return f"{key} begun"


def _same(one: Any, other: Any) -> bool:
    """Equal, or both nothing."""
    return bool(one == other) or bool(pd.isna(one) and pd.isna(other))
