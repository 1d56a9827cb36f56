"""The planning periods of the Landkreis's own, set where they are read."""

from __future__ import annotations

import streamlit as st

from steering.analysis.masterplan.periods import usual
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import Period
from steering.model.german import day
from steering.storage import archiving, writing
from steering.storage.rights.table import Right
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import Input

CHOSEN = "edit_period"
_WHAT = "Planungszeiträume"
_INPUTS = (Input("first", "Erster Tag", "day"), Input("last", "Letzter Tag", "day"))


def show(at: View) -> None:
    """Behind an expander: take over the usual ones, then change them one by one."""
    if not current.offers(Right.EDIT_ALL):
        return
    with st.expander("Planungszeiträume ändern", icon=":material/edit_calendar:"), st.container(width=480):
        names = current.of(_names)
        if not names:
            st.caption("Es gelten die üblichen: drei einzelne Jahre, danach je drei Jahre.")
            st.button("Übliche Zeiträume übernehmen und ändern", on_click=_take_usual, args=(at,))
            return
        chosen = record_forms.which("Welcher Zeitraum?", names, Period, key=CHOSEN, new="Neuer Zeitraum")
        if chosen is record_forms.GONE:
            return
        form = record_forms.show(
            f"period {chosen or 'new'}", Period, _INPUTS, record_id=chosen, what="Planungszeitraum",
            label="Zeitraum speichern",
            gone="Dieser Zeitraum wurde inzwischen entfernt. Bitte einen anderen wählen.",
        )  # fmt: skip
        if form and chosen:
            st.button("Zeitraum entfernen", on_click=_remove, args=(form,), type="tertiary")


def _names(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.periods.sort_values("first")
    days = zip(rows["id"], rows["first"], rows["last"], strict=True)
    return {int(key): f"{day(first)}–{day(last)}" for key, first, last in days}


def _take_usual(at: View) -> None:
    rows = usual(at)
    edits = [
        Edit(Period, {"first": first.date(), "last": last.date()})
        for first, last in zip(rows["first"], rows["last"], strict=True)
    ]
    attempts.attempt(
        lambda: writing.write(current.engine(), edits, actor=attempts.actor(), now=current.now()), _WHAT
    )


def _remove(form: record_forms.Form) -> None:
    removed = attempts.attempt(
        lambda: archiving.delete_or_archive(
            current.engine(form.origin),
            Period,
            form.record_id,
            form.version or 0,
            actor=attempts.actor(),
            now=current.now(),
        ),
        _WHAT,
    )
    if removed:
        record_forms.close(form)
