"""The rule by which a Kennzahl is forecast: its form, and what it gives while it is being typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.findings import forecast_rules, forecast_ways
from steering.analysis.findings.forecast_rules import RuleReckoning
from steering.analysis.portfolio import Portfolio
from steering.charts import forecast_course
from steering.model import DistributionKey, ForecastRule, ForecastRuleKind, ForecastVariant
from steering.model.forecast_rules import TRENDS, share_lines
from steering.model.german import day, listing, number
from steering.model.indicators import is_percentage
from steering.model.vocabulary import word
from steering.storage import foreseeing
from steering.storage.validation import check, tidy
from steering.web import current, panels
from steering.web.data import forecast_words
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.widgets import Input, enumeration
from steering.web.text import plain

BY_RULE = "Prognose nach Regel"
NO_VALUE = (
    "Zu dieser Kennzahl ist noch kein Wert erhoben. Eine Regel rechnet vom letzten erhobenen Wert jeder "
    "Gemeinde an; bitte zuerst unter »erhoben« Werte eintragen."
)


def show(indicator: int) -> None:
    """The form, and below it what the rule gives as it stands there."""
    rule = current.of(_rule_of, indicator)
    if rule is None and not current.of(_has_values, indicator):
        st.info(NO_VALUE)
        return
    form = record_forms.show(
        f"forecast rule {indicator} {rule or 'new'}", ForecastRule, _inputs(indicator), record_id=rule,
        start={"kind": ForecastRuleKind.PERCENT.value}, what="Prognoseregel",
        save=partial(_save, indicator=indicator), label="Regel speichern",
        gone="Diese Regel wurde inzwischen entfernt.",
    )  # fmt: skip
    if form is None:
        return
    if rule is not None:
        record_forms.archive_button(form, "Regel archivieren", "Prognoseregel", takes="ihre Prognosen")
    _preview(form, indicator)


def _rule_of(portfolio: Portfolio, indicator: int) -> int | None:
    rows = portfolio.forecast_rules
    found = rows.loc[rows["indicator_id"] == indicator, "id"]
    return None if found.empty else int(found.iloc[0])


def _has_values(portfolio: Portfolio, indicator: int) -> bool:
    return bool((portfolio.observations["indicator_id"] == indicator).any())


@dataclass(frozen=True)
class SharesInput(Input):
    """Lines of shares in which people write the names of municipalities."""

    def read(self, shown: Any) -> str:
        """The same with each municipality's key before its name, as the record keeps it."""
        places = current.portfolio().municipalities
        keys = {
            str(name).casefold(): str(ags) for ags, name in zip(places["ags"], places["name"], strict=True)
        }
        lines = []
        for of, told, _ in share_lines(str(shown or "")):
            key = keys.get(of.casefold())
            if key is None and not of[:8].isdecimal():
                raise ValueError(f"»{of[:40]}« ist keine Gemeinde des Landkreises. Bitte den Namen prüfen.")
            lines.append(f"{key} {of}: {told}" if key else f"{of}: {told}")
        return "\n".join(lines)


def _is(kinds: frozenset[ForecastRuleKind], drafts: Mapping[str, Any]) -> bool:
    return drafts.get("kind") in kinds


_ARRIVALS = frozenset(ForecastRuleKind) - TRENDS


def _inputs(indicator: int) -> tuple[Input, ...]:
    """Which kind of rule, what it assumes, and who says so."""
    trend, arrivals = partial(_is, TRENDS), partial(_is, _ARRIVALS)
    return (
        Input("kind", "Wie wird gerechnet?", "choice", enumeration(ForecastRuleKind), fresh=True,
              help="Immer vom letzten erhobenen Wert jeder Gemeinde an. Vergangenes ändert eine Regel nie."),
        *(
            Input(variant.value, f"Veränderung je Jahr, {word(variant)}", "signed", when=trend, fresh=True,
                  placeholder="z. B. 2,5 oder -1")
            for variant in ForecastVariant
        ),
        Input("last_day", "Gilt bis", "day", when=trend, fresh=True,
              help="Danach gilt der letzte berechnete Wert fort."),
        Input("arrivals", "Angenommene Zugänge im Landkreis: Jahr: niedrig / mittel / hoch", "long",
              when=arrivals, fresh=True, height=120,
              help="Je Zeile ein Jahr, z. B. 2027: 100 / 150 / 200; ohne Lücke. Wer fortzieht, ist schon "
              "abgezogen. Danach gilt der letzte berechnete Wert fort."),
        Input("share_key", "Verteilung auf die Gemeinden", "choice", _keys, when=arrivals, fresh=True),
        Input("share_indicator_id", "Kennzahl des Schlüssels", "choice", lambda: _others(indicator),
              when=_by_indicator, fresh=True),
        SharesInput("shares", "Anteile in Prozent: Gemeinde: Anteil", "long", when=_by_shares, fresh=True,
                    height=160, below=_shares_so_far,
                    help="Je Zeile eine Gemeinde, z. B. Ahorn: 4,8. Zusammen 100; wer nicht genannt ist, "
                    "bekommt nichts."),
        Input("share_source", "Quelle des Schlüssels", when=arrivals, fresh=True),
        Input("source", "Quelle und Begründung der Annahme", "long", fresh=True,
              help="Wer das annimmt und warum. Steht bei jedem Wert, der daraus folgt."),
        Input("note", "Anmerkung", "long", more=True),
    )  # fmt: skip


def _keys() -> dict[Any, str]:
    return {None: "bitte wählen", **enumeration(DistributionKey)()}


def _others(indicator: int) -> dict[Any, str]:
    names: dict[Any, str] = {key: name for key, name in choices.indicators().items() if key != indicator}
    return {None: "keine", **names}


def _by_indicator(drafts: Mapping[str, Any]) -> bool:
    return _is(_ARRIVALS, drafts) and drafts.get("share_key") == DistributionKey.INDICATOR


def _by_shares(drafts: Mapping[str, Any]) -> bool:
    return _is(_ARRIVALS, drafts) and drafts.get("share_key") == DistributionKey.TYPED


def _shares_so_far(drafts: Mapping[str, Any]) -> str:
    return forecast_words.shares_so_far(str(drafts.get("shares") or ""))


def _save(form: record_forms.Form, *, indicator: int) -> None:
    """Write the rule; of one that is there, what was changed."""
    values = form.values()
    if form.problems:
        return
    if form.record_id is not None:
        values = {name: value for name, value in values.items() if name in form.changed}
    else:
        values |= {"indicator_id": indicator}
    record_forms.store(
        form,
        lambda: foreseeing.foresee(
            current.engine(form.origin), values, rule_id=form.record_id, version=form.version, base=form.base,
            today=current.today(), actor=attempts.actor(), now=current.now(),
        ),
        what="Prognoseregel",
    )  # fmt: skip


def _preview(form: record_forms.Form, indicator: int) -> None:
    """What the rule gives as it stands in the form: a table, a picture, and how it is reckoned."""
    rule = _typed(form, indicator)
    if rule is None:
        return
    portfolio = current.portfolio()
    found = forecast_rules.reckon(portfolio, rule)
    st.subheader("Was daraus folgt", anchor=False)
    st.markdown(forecast_words.marked(rule, is_kept=form.record_id is not None and not form.changed))
    for said in found.lacking:
        st.warning(plain(said))
    course = forecast_ways.course(portfolio, rule, current.today())
    ahead = course[course["day"] > pd.Timestamp(current.today())]
    if found.rows.empty or ahead.empty:
        st.info("Daraus folgt kein Wert für einen Tag nach heute.")
        return
    unit = str(portfolio.indicators.set_index("id")["unit"][indicator])
    ways = forecast_words.ways(forecast_ways.by_place(rule, found, ForecastVariant.MIDDLE))
    if is_percentage(unit):
        st.caption("Anteile mehrerer Gemeinden ergeben keine Summe. Je Gemeinde, Variante »mittel«:")
        panels.in_full(ways)
        _by_hand(portfolio, rule, found)
        return
    missing = int(found.bases["value"].isna().sum())
    st.caption(forecast_words.whose_sum(unit, missing))
    panels.in_full(forecast_words.years(ahead))
    drawing = forecast_course.course(course, unit=unit, today=current.today(), theme=panels.theme())
    panels.chart(lambda: drawing, "Prognose nach Regel", key=f"forecast course {indicator}", downloads=False)
    _by_hand(portfolio, rule, found)
    with st.expander("Rechenweg je Gemeinde"):
        st.caption("Variante »mittel«; niedrig und hoch werden ebenso gerechnet.")
        panels.in_full(ways)


def _by_hand(portfolio: Portfolio, rule: Mapping[str, Any], found: RuleReckoning) -> None:
    """Which typed forecasts hold instead of the rule."""
    typed = forecast_ways.beaten(portfolio, rule, found)
    typed = typed[typed["reference_date"] > pd.Timestamp(current.today())]
    if typed.empty:
        return
    names = portfolio.municipalities.set_index("ags")["name"]
    told = [
        f"{names[ags]} am {day(on)} ({word(ForecastVariant(variant))}: {number(value, 2)})"
        for ags, on, variant, value in typed[["ags", "reference_date", "variant", "value"]].itertuples(
            index=False
        )
    ]
    st.caption(f"Eingetragene Prognosewerte gelten vor der Regel: {plain(listing(told, 5))}.")


def _typed(form: record_forms.Form, indicator: int) -> dict[str, Any] | None:
    """The rule as it stands in the form; None while it cannot be one."""
    values: dict[str, Any] = {"indicator_id": indicator}
    for item in form.inputs:
        try:
            values[item.name] = item.read(form.drafts.get(item.name) or "")
        except ValueError:
            return None
    # What nobody has written yet is no reason not to show what would follow.
    values["source"] = values["source"] or "ohne Quelle"
    row, wrong = check(ForecastRule, tidy(ForecastRule, values))
    return None if wrong else row
