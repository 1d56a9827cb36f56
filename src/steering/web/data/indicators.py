"""Kennzahlen: what is counted in each municipality, and its values on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import ForecastVariant, Indicator
from steering.model.german import day, number, read_day
from steering.model.vocabulary import word
from steering.storage import observing
from steering.web import current, panels
from steering.web.data import edited, forecast_rule, indicator_catalogue, statistics
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.widgets import Input

CHOSEN, ON = "edit_indicator", "indicator_on"
COUNTED = "erhoben"
VARIANTS = {f"Prognose {word(each)}": each for each in ForecastVariant}
_FIRST = next(iter(VARIANTS))
COUNTED_ON, EXPECTED_ON = "Stand der Werte", "Tag der Prognose"
NEW, VALUE = "Neue Kennzahl", "Wert"
_TYPED, _FILE = "Selbst erfassen", "Aus einer Datei"


def show() -> None:
    """Type values, or read a file."""
    chosen = panels.switch("Woher?", [_TYPED, _FILE], key="indicator way", default=_TYPED)
    if chosen == _FILE:
        statistics.show()
    else:
        _typed()


def _typed() -> None:
    """Choose an indicator, change it, and type its values."""
    st.markdown(
        "Zählt eine Kennzahl die Personen einer Zielgruppe, sagen die Seiten, wie viele von ihnen eine Lücke "
        "betrifft; sonst zählen sie Gemeinden. Mehrere Stände bleiben nebeneinander stehen, der neueste gilt."
    )
    names = current.of(_names)
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        chosen = record_forms.which("Welche Kennzahl?", names, Indicator, key=CHOSEN, new=NEW)
        if chosen is record_forms.GONE:
            return
        _form(chosen, names)
    with right:
        if chosen is not None:
            _values(chosen)


def _form(chosen: int | None, names: Mapping[int, str]) -> None:
    what = f"Kennzahl »{names[chosen]}«" if chosen else NEW
    usual, start = ("", {}) if chosen else indicator_catalogue.choose()
    form = record_forms.show(
        f"indicator {chosen or f'new{usual}'}", Indicator, _inputs(), record_id=chosen,
        start={"unit": "Personen", **start},
        what=what, label="Kennzahl speichern",
        gone="Diese Kennzahl wurde inzwischen entfernt. Bitte eine andere wählen.",
    )  # fmt: skip
    if form and chosen:
        record_forms.archive_button(form, "Kennzahl archivieren", what, takes="sie mit ihren Werten")


def _inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Was wird gezählt?", placeholder="z. B. Asylsuchende in dezentralen Unterkünften"),
        Input("unit", "Einheit der Kennzahl"),
        Input("target_group_id", "Zählt die Personen der Zielgruppe", "choice", _groups_or_none),
        Input("source", "Quelle", "long", more=True),
        Input("note", "Anmerkung", "long", more=True),
    )


def _groups_or_none() -> dict[Any, str]:
    return {None: "keiner", **choices.target_groups()}


def _values(indicator: int) -> None:
    """The values of a day, one row per municipality; the newest day first."""
    chosen = _which_values(indicator)
    if chosen == forecast_rule.BY_RULE:
        forecast_rule.show(indicator)
        return
    variant = VARIANTS.get(chosen)
    key = f"{ON} {indicator}{f' {variant}' if variant else ''}"
    st.session_state.setdefault(key, day(current.of(_first_shown, indicator, variant, current.today()), ""))
    label, meant = (EXPECTED_ON, "vorausberechnet") if variant else (COUNTED_ON, "gezählt")
    st.text_input(
        label, key=key, persist_state="session", help=f"Der Tag, für den {meant} wurde.", autocomplete="off"
    )
    source = _source(indicator, variant) if variant else ""
    try:
        on = read_day(st.session_state[key])
    except ValueError as problem:
        st.error(str(problem))
        return
    if on is None:
        st.info(f"Bitte den Tag angeben, für den {meant} wurde.")
        return
    if variant and on <= current.today():
        st.error(observing.NOT_AHEAD.format(on=day(on)))
        return
    rows = current.of(_table, indicator, on, variant)
    if rows.empty:
        st.info("Es sind noch keine Gemeinden erfasst.")
        return
    table = f"indicator values {indicator} {on}{f' {variant}' if variant else ''}"
    edited.draw(
        rows[["ags", "Gemeinde", VALUE, "davor"]],
        VALUE,
        by="ags",
        key=table,
        column_config={VALUE: st.column_config.NumberColumn(min_value=0, format="localized")},
    )
    st.button(
        "Werte speichern",
        type="primary",
        on_click=_save,
        args=(indicator, on, table, rows[["ags", "version"]], variant, source),
    )


def _which_values(indicator: int) -> str:
    """Whether they were counted, which variant of a forecast they are, or that a rule gives them."""
    chosen: str = st.segmented_control(
        "Welche Werte?",
        [COUNTED, *VARIANTS, forecast_rule.BY_RULE],
        # In full only the first: side by side they do not fit beside the other form.
        format_func=lambda which: which if which == _FIRST else which.removeprefix("Prognose "),
        key=f"indicator variant {indicator}",
        persist_state="session",
        default=COUNTED,
        required=True,
        wrap=True,
        help="Prognosen wirken nur auf die Zeit nach heute. Fehlt eine Variante, gilt die mittlere; ohne "
        "jede gilt der letzte erhobene Wert fort.",
    )
    return chosen


def _source(indicator: int, variant: ForecastVariant) -> str:
    """Whose forecast it is, as somebody has said before."""
    key = f"indicator source {indicator} {variant}"
    st.session_state.setdefault(key, current.of(_known_source, indicator))
    st.text_input(
        "Quelle der Prognose",
        key=key,
        persist_state="session",
        placeholder="z. B. Vorausberechnung 2026",
        autocomplete="off",
    )
    return str(st.session_state[key])


def _known_source(portfolio: Portfolio, indicator: int) -> str:
    rows = portfolio.forecasts
    found = rows.loc[rows["indicator_id"] == indicator, "source"]
    return "" if found.empty else str(found.iloc[-1])


def _save(
    indicator: int, on: date, table: str, rows: pd.DataFrame, variant: ForecastVariant | None, source: str
) -> None:
    seen = {ags: int(version) for ags, version in zip(rows["ags"], rows["version"], strict=True)}
    if attempts.attempt(
        lambda: observing.observe(
            current.engine(),
            indicator,
            on,
            edited.changes(table),
            seen,
            expected=observing.Expectation(variant, source, current.today()) if variant else None,
            actor=attempts.actor(),
            now=current.now(),
        ),
        f"Werte vom {day(on)}",
    ):
        edited.forget(table)


def _names(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.indicators.sort_values("name", key=lambda names: names.str.casefold())
    return {int(key): str(name) for key, name in zip(rows["id"], rows["name"], strict=True)}


def _of(portfolio: Portfolio, indicator: int, variant: ForecastVariant | None) -> pd.DataFrame:
    """The values of a Kennzahl, recorded or of one variant."""
    if variant is None:
        rows = portfolio.observations
    else:
        rows = portfolio.forecasts
        rows = rows[rows["variant"] == variant]
    return rows[rows["indicator_id"] == indicator]


def _first_shown(
    portfolio: Portfolio, indicator: int, variant: ForecastVariant | None, today: date
) -> date | None:
    """The newest day with values; without any, today, or of a forecast, which is of days to come, none."""
    days = _of(portfolio, indicator, variant)["reference_date"]
    if variant:
        days = days[days > pd.Timestamp(today)]
        return None if days.empty else days.max().date()
    return today if days.empty else days.max().date()


def _table(
    portfolio: Portfolio, indicator: int, on: date, variant: ForecastVariant | None = None
) -> pd.DataFrame:
    """ags, version (0 where there is no value), Gemeinde, Wert, davor (the newest value before that day)."""
    places = portfolio.municipalities
    places = places[places["inhabited"]].sort_values("name").set_index("ags")
    rows = _of(portfolio, indicator, variant)
    now = rows[rows["reference_date"] == pd.Timestamp(on)].set_index("ags")
    before = rows[rows["reference_date"] < pd.Timestamp(on)].sort_values("reference_date")
    last = before.drop_duplicates("ags", keep="last").set_index("ags")
    said = [
        f"{number(value)} ({day(when)})"
        for value, when in zip(last["value"], last["reference_date"], strict=True)
    ]
    return pd.DataFrame(
        {
            "ags": places.index,
            "version": now["version"].reindex(places.index).fillna(0).astype("int64").to_numpy(),
            "Gemeinde": places["name"].to_numpy(),
            VALUE: now["value"].reindex(places.index).to_numpy(dtype="float64"),
            "davor": pd.Series(said, index=last.index, dtype="str")
            .reindex(places.index)
            .fillna("–")
            .to_numpy(),
        }
    )
