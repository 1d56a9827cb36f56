"""Name, horizon and warning time of the Landkreis, and how far they reach."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.view import Horizon
from steering.model import Area, AreaKind, Organisation, Settings
from steering.model.german import day, read_number
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import Input

BACK, AHEAD, WARNING, NAME = "horizon_years_back", "horizon_years_ahead", "warning_months", "district_name"
DRAFTING, SURVEY = "drafting_days", "survey_months"
_INPUTS = (
    Input(NAME, "Name des Landkreises"),
    Input(BACK, "Planungshorizont: Jahre zurück", "whole", placeholder="0 bis 20", fresh=True),
    Input(AHEAD, "Planungshorizont: Jahre voraus", "whole", placeholder="0 bis 30", fresh=True),
    Input(WARNING, "Vorwarnzeit in Monaten", "whole", placeholder="0 bis 120", fresh=True,
          help="So lange vor seinem Ende wird gezeigt, dass etwas ausläuft."),
    Input(DRAFTING, "Vom Entwurf zum Vorlagenschluss: Arbeitstage", "whole", placeholder="0 bis 120",
          help="So viele Arbeitstage vor dem Vorlagenschluss ist der Entwurf einer Vorlage fertig."),
    Input(SURVEY, "Bedarf veraltet nach Monaten", "whole", placeholder="1 bis 240",
          help="Was länger nicht erhoben wurde, gilt auf »Bedarfe« als veraltet."),
)  # fmt: skip


def show() -> None:
    """The form, with what follows from it beside it."""
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        form = record_forms.opened("settings", Settings, _INPUTS, record_id=1)
        assert form is not None  # There is always the one row of settings.
        record_forms.draw(form, _save, label="Einstellungen speichern")
    with right:
        st.markdown("**Was daraus folgt**")
        for sentence in effects(form.drafts, current.today()):
            st.markdown(sentence)


def effects(drafts: dict[str, Any], today: date) -> list[str]:
    """How far horizon and warning time reach with what stands in the inputs."""
    back, ahead, months = (_whole(drafts.get(name), most) for name, most in _MOST.items())
    if back is None or ahead is None:
        told = [
            "Der Planungshorizont ergibt sich aus zwei ganzen Zahlen: 0 bis 20 Jahre zurück, 0 bis 30 voraus."
        ]
    else:
        horizon = Horizon.around(today, back, ahead)
        told = [
            f"Der Planungshorizont reicht dann vom {day(horizon.first)} bis zum {day(horizon.last)}. "
            "Was davor endet oder danach beginnt, zeigen die Seiten nicht."
        ]
    if months is None:
        return [*told, "Die Vorwarnzeit ist eine ganze Zahl von 0 bis 120 Monaten."]
    last = (pd.Timestamp(today) + pd.DateOffset(months=months)).date()
    return [*told, f"Als auslaufend gilt am heutigen Tag dann, was bis zum {day(last)} endet."]


_MOST = {BACK: 20, AHEAD: 30, WARNING: 120}
_NEEDED = _MOST | {DRAFTING: 120, SURVEY: 240}


def _whole(text: Any, most: int) -> int | None:
    try:
        number = read_number(str(text or ""))
    except ValueError:
        return None
    return int(number) if number is not None and number == int(number) and number <= most else None


def _save(form: Form) -> None:
    """Write what has changed; who and what bears the name of the Landkreis is renamed with it."""
    values = form.values()
    for name, most in _NEEDED.items():
        # Empty would be the usual number, without a word.
        if name not in form.problems and values[name] is None:
            form.problems[name] = f"Bitte eine ganze Zahl von 0 bis {most} eingeben."
    if not str(values[NAME]).strip():
        form.problems[NAME] = "Bitte den Namen des Landkreises eingeben."
    if form.problems:
        return
    values = {name: value for name, value in values.items() if name in form.changed}
    edits = [Edit(Settings, values, id=1, version=form.version, base=form.base)]
    if NAME in values:
        edits += _namesakes(str((form.base or {})[NAME]), values[NAME].strip())
    record_forms.write(form, edits, what="Einstellungen")


def _namesakes(before: str, name: str) -> list[Edit]:
    """The Landkreis as an organisation and as an area: found by its name, so all three change at once."""
    if not before:
        return []
    portfolio = current.portfolio()
    areas = portfolio.areas
    bearers = (
        (Organisation, portfolio.organisations),
        (Area, areas[areas["kind"] == AreaKind.DISTRICT]),
    )
    return [
        Edit(record, {"name": name}, id=int(key), version=int(version))
        for record, rows in bearers
        for key, version in rows.loc[rows["name"] == before, ["id", "version"]].itertuples(index=False)
    ]
