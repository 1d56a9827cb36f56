"""Jahresabschluss: which years are closed, close one, open one again with a reason."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import ClosedYear
from steering.model.german import day
from steering.storage import closing
from steering.web import current, panels
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import Input

OPENING = "closed year to open"
_ALL = "alle Förderungen"


def show() -> None:
    """All closings in a table; below it close a year, and open one."""
    st.markdown(
        "Ist ein Haushaltsjahr abgeschlossen, bleiben Tage, Betrag, Mittelherkunft, VZÄ und Plätze der "
        "Förderungen darin, wie sie sind, auch beim Einlesen, Zurücknehmen und Archivieren. Anmerkungen, "
        "Bescheid und offene Jahre lassen sich weiter ändern."
    )
    rows = current.of(_rows)
    if rows.empty:
        st.info("Noch ist kein Jahr abgeschlossen.")
    else:
        panels.in_full(rows)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Abschließen", anchor=False)
        record_forms.show(
            "closed year new", ClosedYear, _inputs(), what="Jahresabschluss", save=_close,
            start={"year": current.today().year - 1}, label="Jahr abschließen",
        )  # fmt: skip
    with right:
        st.subheader("Wieder öffnen", anchor=False)
        _open()


def _inputs() -> tuple[Input, ...]:
    return (
        Input("year", "Haushaltsjahr", "whole", placeholder="z. B. 2025"),
        Input("funding_id", "Wofür", "choice", lambda: {None: _ALL, **choices.every_funding()},
              placeholder=_ALL, help="Mit einer tragenden Förderung ist abgeschlossen, was sie begleitet."),
        Input("proof_on", "Verwendungsnachweis vom", "day"),
        Input("note", "Anmerkung", "long"),
    )  # fmt: skip


def _close(form: Form) -> object:
    values = form.values()
    if form.problems:
        return None
    return record_forms.store(
        form,
        lambda: closing.close(
            current.engine(form.origin), **values, actor=attempts.actor(), now=current.now()
        ),
        what="Jahresabschluss", for_good=True,
    )  # fmt: skip


def _open() -> None:
    names = current.of(_closed)
    if not names:
        st.caption("Es gibt kein abgeschlossenes Jahr.")
        return
    chosen = record_forms.which("Welches Jahr?", names, ClosedYear, key=OPENING, new="bitte wählen")
    if chosen is not None and chosen is not record_forms.GONE:
        record_forms.show(
            f"closed year {chosen}", ClosedYear, (Input("reason", "Begründung", "long"),),
            record_id=chosen, what="Öffnung des Jahres", save=partial(_opened, names[chosen]),
            label="Jahr öffnen", gone="Dieser Jahresabschluss ist nicht mehr da. Bitte einen anderen wählen.",
        )  # fmt: skip
    st.caption("Die Begründung steht im Verlauf.")


def _opened(name: str, form: Form) -> object:
    values = form.values()
    return record_forms.store(
        form,
        lambda: closing.open_again(
            current.engine(form.origin), form.record_id or 0, form.version or 0, values["reason"],
            actor=attempts.actor(), now=current.now(),
        ),
        what=f"Öffnung von {name}", for_good=True,
    )  # fmt: skip


def _of(portfolio: Portfolio) -> dict[int | None, str]:
    """For what a year is closed: funding id → structure and name."""
    rows = portfolio.fundings
    names = rows["structure_id"].map(portfolio.names("structure")).astype(str) + " · " + rows["name"]
    return {None: _ALL, **dict(zip(rows["id"].tolist(), names.tolist(), strict=True))}


def _closed(portfolio: Portfolio) -> dict[int, str]:
    """The years that are closed at present: id → year and what for."""
    of = _of(portfolio)
    rows = portfolio.closed_years
    rows = rows[rows["opened_on"].isna()].sort_values(["year", "id"], ascending=False)
    return {
        int(row["id"]): f"{row['year']}, {of[_key(row['funding_id'])]}" for row in rows.to_dict("records")
    }


def _rows(portfolio: Portfolio) -> pd.DataFrame:
    """Jahr, Wofür, Verwendungsnachweis vom, Abgeschlossen, Stand; the latest first."""
    of = _of(portfolio)
    rows = portfolio.closed_years.sort_values(["year", "id"], ascending=False)
    return pd.DataFrame(
        [
            {
                "Jahr": str(row["year"]),
                "Wofür": of[_key(row["funding_id"])],
                "Verwendungsnachweis vom": day(row["proof_on"], "–"),
                "Abgeschlossen": f"{day(row['closed_on'])}, {row['closed_by']}",
                "Stand": _state(row),
            }
            for row in rows.to_dict("records")
        ]
    )


def _state(row: dict[Any, Any]) -> str:
    if pd.isna(row["opened_on"]):
        return f"abgeschlossen. {row['note']}".strip() if row["note"] else "abgeschlossen"
    return f"wieder geöffnet am {day(row['opened_on'])}, {row['opened_by']}: {row['reason']}"


def _key(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
