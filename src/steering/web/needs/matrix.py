"""What is erhoben: Handlungsfeld by municipality, from when and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from steering.analysis.needs import surveyed
from steering.analysis.structures.inventory import Selection
from steering.charts import heat
from steering.charts.drawing import Drawing
from steering.charts.heat import HeatWords
from steering.charts.ramp import UNKNOWN, Ramp, Step, number_ramp
from steering.charts.theme import Theme
from steering.charts.wording import MISSING as NONE
from steering.model.german import count, day
from steering.web import current, filters, panels
from steering.web.gaps import rows as gap_rows

_NOT = "nicht erhoben"
_WAITING = "ist geantwortet, aber noch nicht übernommen oder geklärt"
_MISSING = Step(f"– {_NOT}")
_PARTLY = Step("3? zum Teil veraltet")
_STALE = Step("? veraltet", UNKNOWN.fill, UNKNOWN.ink)


def show() -> None:
    """The matrix, its legend, and the same as a table."""
    chosen = filters.selection()
    cells: pd.DataFrame = current.derived(_cells, chosen, current.today())
    if cells.empty:
        return
    st.header("Was erhoben ist", anchor=False)
    st.markdown(_summary(cells))
    panels.legend(_legend(cells, panels.theme()))
    panels.chart(
        lambda: current.derived(_drawn, chosen, current.today(), panels.theme()),
        "Was erhoben ist",
        key="surveyed",
    )
    panels.table_button(lambda: _sheet(chosen), "Was erhoben ist", key="surveyed-table")


def _summary(cells: pd.DataFrame) -> str:
    known, every = int(cells["known"].sum()), int(cells["tasks"].sum())
    months = int(current.portfolio().settings["survey_months"])
    stale, refused = int(cells["stale"].sum()), int(cells["refused"].sum())
    nothing = f" Bei **{refused}** lautet die Antwort »kein Bedarf«." if refused else ""
    are, hold = ("ist", "gilt") if stale == 1 else ("sind", "gelten")
    old = (
        f" **{stale}** {are} älter als {count(months, 'Monat', 'Monate')} und {hold} als veraltet."
        if stale
        else ""
    )
    waiting = int(cells["waiting"].sum())
    answered = f" Zu **{count(waiting, 'weiteren Fall', 'weiteren Fällen')}** {_WAITING}." if waiting else ""
    return (
        "Gezählt ist je Handlungsfeld und Gemeinde, zu wie vielen Aufgaben bekannt ist, ob etwas gebraucht "
        f"wird: **{known} von {every}** Fällen.{nothing}{old}{answered}"
    )


def _cells(chosen: Selection, today: date) -> pd.DataFrame:
    """The cells in view, as `heat` takes them, with what `surveyed.by_field` says."""
    found = current.of(surveyed.by_field, today)
    fields, places = gap_rows.fields(chosen), gap_rows.places(chosen)
    found = found[found["field_id"].isin(fields["field_id"]) & found["ags"].isin(places["ags"])]
    fresh = found["known"] - found["stale"]
    return found.assign(
        row=found["field_id"],
        column=found["ags"],
        state=np.select([found["known"] == 0, fresh == 0], [heat.MISSING, heat.MAYBE], heat.KNOWN),
        value=fresh.where(fresh > 0).astype(float),
        open=[_told(row) for row in found.to_dict("records")],
        maybe=[count(stale, "Aufgabe", "Aufgaben") if stale else NONE for stale in found["stale"].tolist()],
        example=False,
    ).reset_index(drop=True)


def _told(row: dict[Any, Any]) -> str:
    """4 von 6 Aufgaben, davon 1 ohne Bedarf; zuletzt 12.03.2026 durch Ahorn."""
    waiting = f"; zu {row['waiting']} {_WAITING}" if row["waiting"] else ""
    if not row["known"]:
        return f"{_NOT}{waiting}"
    nothing = f", davon {row['refused']} ohne Bedarf" if row["refused"] else ""
    when = f"; zuletzt {day(row['last'])}" if pd.notna(row["last"]) else "; ohne Erhebung erfasst"
    who = f" durch {row['who']}" if row["who"] and not current.discreet() else ""
    return f"{row['known']} von {count(row['tasks'], 'Aufgabe', 'Aufgaben')}{nothing}{waiting}{when}{who}"


def _ramp(cells: pd.DataFrame) -> Ramp:
    return number_ramp(cells["value"])


def _drawn(chosen: Selection, today: date, theme: Theme) -> Drawing:
    cells, fields, places = _cells(chosen, today), gap_rows.fields(chosen), gap_rows.places(chosen)
    rows = pd.DataFrame({"key": fields["field_id"], "label": fields["name"], "note": _sizes(cells, fields)})
    columns = pd.DataFrame(
        {"key": places["ags"], "label": places["name"], "name": places["name"], "group": ""}
    )
    words = HeatWords(
        "Handlungsfeld", "Gemeinde", "Aufgaben, deren Bedarf erhoben ist", _NOT, "Aufgaben",
        told=("erhoben", "veraltet"),
    )  # fmt: skip
    return heat.heat(cells, rows, columns, _ramp(cells), words, theme=theme)


def _sizes(cells: pd.DataFrame, fields: pd.DataFrame) -> list[str]:
    """How many tasks each field has."""
    of_field = cells.groupby("field_id")["tasks"].max()
    return [str(of_field.get(key, 0)) for key in fields["field_id"]]


def _legend(cells: pd.DataFrame, theme: Theme) -> list[Step]:
    steps = list(_ramp(cells).on(theme).steps) if cells["value"].notna().any() else []
    occurs = (
        ((cells["state"] == heat.KNOWN) & (cells["stale"] > 0), _PARTLY),
        (cells["state"] == heat.MAYBE, _STALE),
        (cells["state"] == heat.MISSING, _MISSING),
    )
    return [*steps, *(sign for where, sign in occurs if where.any())]


def _sheet(chosen: Selection) -> pd.DataFrame:
    """Each cell in words: what is erhoben, from when, by whom."""
    cells = _cells(chosen, current.today())
    names = gap_rows.fields(chosen).set_index("field_id")["name"]
    places = gap_rows.places(chosen).set_index("ags")["name"]
    found = pd.DataFrame(
        {
            "Handlungsfeld": cells["field_id"].map(names),
            "Gemeinde": cells["ags"].map(places),
            "Aufgaben": cells["tasks"],
            "erhoben": cells["known"],
            "davon kein Bedarf": cells["refused"],
            "davon veraltet": cells["stale"],
            "nur geantwortet": cells["waiting"],
            "zuletzt": [day(each, "") for each in cells["last"]],
        }
    )
    return found if current.discreet() else found.assign(durch=cells["who"])
