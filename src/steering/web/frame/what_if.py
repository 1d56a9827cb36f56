"""Was wäre wenn: the assumptions in the address, their effect, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.changes import ScenarioChange
from steering.analysis.decision.question import plain_name
from steering.analysis.findings.difference import CLOSED, LONGER, OPENED, SHORTER, difference
from steering.analysis.findings.kinds import COUNTED
from steering.analysis.findings.matters import by_matter
from steering.analysis.masterplan import effects
from steering.analysis.money import county_words, estimate_words
from steering.analysis.money.county import ON_THE_COUNTY, YearMoney
from steering.analysis.money.flows import UNCOVERED
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import change_words, scenario
from steering.analysis.view import View
from steering.model import ExtensionRule, FindingKind, Payer
from steering.model.german import count, euro, in_a_row, listing, number
from steering.model.vocabulary import word
from steering.web import current, filters, folded, panels
from steering.web.editing import folded_form
from steering.web.findings import rows as finding_rows
from steering.web.frame import assumptions
from steering.web.measures import form as measure_form
from steering.web.text import bold, plain

EFFECT_WORDS = {
    CLOSED: "schließt sich",
    SHORTER: "wird kürzer",
    OPENED: "öffnet sich",
    LONGER: "dauert länger",
}
EFFECT_SENTENCES = {
    CLOSED: "schließt {}",
    SHORTER: "verkürzt {}",
    OPENED: "öffnet {}",
    LONGER: "lässt {} länger dauern",
}
PAYER_WORDS = {
    Payer.GRANT.value: "Zuwendung",
    Payer.OWN.value: "Eigenmittel",
    Payer.THIRD.value: "Dritte",
    UNCOVERED: "ungedeckt (Haushaltsrisiko)",
}


def strip(*, offered: bool) -> None:
    """The assumptions in force and what they bring, above the page; `offered`: add some here."""
    changes = tuple(st.session_state.get(filters.WHAT_IF, ()))
    if not changes:
        if offered:
            folded_form.show(
                "Was wäre wenn …", assumptions.form, key="what_if_form", icon=":material/alt_route:"
            )
        return
    with st.container(border=True, key="what-if", gap="xsmall"):
        for index, sentence in enumerate(current.of(_sentences, changes)):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":material/alt_route: **Was wäre wenn:** {bold(sentence)}")
                st.button(
                    "Zurücknehmen",
                    key=f"take back {index}",
                    on_click=_take_back,
                    args=(index,),
                    type="tertiary",
                )
        st.markdown(current.derived(_effect_sentence, filters.view()))
        with st.container(horizontal=True, gap="small"):
            if offered:
                with st.popover("Weitere Annahme"):
                    _another()
            measure_form.offer("Als Maßnahme behalten", measure_form.begin_with, changes)
            if len(changes) > 1:
                st.button("Alle Annahmen zurücknehmen", on_click=_take_back_all, type="tertiary")
        # As wide as the page: its tables are.
        folded.to_look_at("Wirkung im Einzelnen", _details, key="what_if_details")


@st.fragment
def _another() -> None:
    folded_form.follow()
    assumptions.form()


def _details() -> None:
    st.markdown("**Hinweise**")
    panels.table(
        current.derived(_findings_table, filters.view()),
        "Wirkung auf Hinweise",
        key="what-if-findings",
        empty="Kein Hinweis öffnet oder schließt sich.",
    )
    st.markdown("**Geld je Haushaltsjahr**")
    panels.table(
        current.derived(_money_table, filters.view()),
        "Wirkung auf das Geld",
        key="what-if-money",
        empty="Am Geld ändert sich nichts.",
    )
    for line in current.derived(_reckoned, filters.view()):
        st.markdown(line)


def _take_back(index: int) -> None:
    changes = list(st.session_state[filters.WHAT_IF])
    del changes[index]
    st.session_state[filters.WHAT_IF] = tuple(changes)


def _take_back_all() -> None:
    st.session_state[filters.WHAT_IF] = ()


def _sentences(portfolio: Portfolio, changes: tuple[ScenarioChange, ...]) -> tuple[str, ...]:
    gone = scenario.inapplicable(portfolio, changes)
    said = change_words.sentences(changes, portfolio)
    return tuple(
        f"{sentence} – wirkt nicht mehr, die Angabe gibt es nicht mehr" if change in gone else sentence
        for sentence, change in zip(said, changes, strict=True)
    )


def _effect_sentence(at: View) -> str:
    rows = _difference(at)
    names = current.of(_task_names)
    parts = []
    for effect in (CLOSED, SHORTER, OPENED, LONGER):
        kind = rows[rows["effect"] == effect]
        if len(kind):
            tasks = listing([plain(name) for name in dict.fromkeys(kind["task_id"].map(names))], most=3)
            found = f"{bold(count(len(kind), 'Hinweis', 'Hinweise'))} ({tasks})"
            parts.append(EFFECT_SENTENCES[effect].format(found))
    parts = parts or ["Öffnet und schließt keinen Hinweis"]
    brought = _brought(at)
    parts.append(_posts(brought.capacity))
    parts.append(_own_money(brought))
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[0].upper()}{sentence[1:]}.{_compared_with(at)}"


def _compared_with(at: View) -> str:
    """What these figures are more or less than, where that is not simply what is recorded; else ""."""
    rule, plan = at.scenario.rule, " mit Masterplan" if at.scenario.planned else ""
    if rule == ExtensionRule.SECURED and not plan:
        return ""
    return f" Verglichen ist mit dem Szenario »{word(rule)}«{plan} ohne Annahme."


def _brought(at: View) -> effects.Effect:
    """What the assumptions bring about beside what the measures do already."""
    any_day = finding_rows.on_any_day(at)
    return current.of(effects.effect, any_day, any_day.without_what_if)


def _posts(capacity: pd.DataFrame) -> str:
    """The largest difference in VZÄ, and from when on."""
    moved = capacity[capacity["fte"].abs() > 1e-9]
    unknown = bool((capacity["unknown_with"] != capacity["unknown_without"]).any())
    more = ", dazu VZÄ, die nicht bekannt sind" if unknown else ""
    if moved.empty:
        return "VZÄ unverändert" + more
    most = float(moved["fte"].iloc[int(moved["fte"].abs().to_numpy().argmax())])
    size = f"{'+' if most > 0 else '−'}{number(abs(most), 2)} VZÄ"
    return f"{bold(size)} ab {moved['quarter'].iloc[0]:%d.%m.%Y}{more}"


def _own_money(brought: effects.Effect) -> str:
    """What falls on the Landkreis more or less in each year that differs, years alike together."""
    years = brought.on_the_county()
    unknown = max((of_year.unknown for of_year in years), default=0)
    said = []
    for sign, verb in ((1, "kostet den Landkreis"), (-1, "spart dem Landkreis")):
        spans = in_a_row({each.year: county_words.said(each) for each in _one_way(years, sign)})
        if spans:
            said.append(f"{verb} {listing([_in_years(*span) for span in spans], most=len(spans))}")
    whose = count(unknown, "Betrag", "Beträge")
    if not said and unknown:
        return f"was es den Landkreis kostet, ist nicht bekannt ({whose})"
    rest = [f"; {whose} des Landkreises nicht bekannt"] if unknown else []
    grants = int(brought.money.loc[~brought.money["payer"].isin(ON_THE_COUNTY), "unknown_rows"].max() or 0)
    if grants:
        rest.append(f"; was andere zahlen, ist für {count(grants, 'Förderung', 'Förderungen')} nicht bekannt")
    return f"{'; '.join(said) or 'kein Unterschied bei den eigenen Mitteln'}{''.join(rest)}"


def _one_way(years: tuple[YearMoney, ...], sign: int) -> list[YearMoney]:
    """What costs more, or less, by budget year: recorded and estimated apart, as a positive amount."""
    found = []
    for each in years:
        recorded = max(round(sign * each.recorded), 0)
        guessed = max(round(sign * (each.estimated or 0.0)), 0)
        if recorded or guessed:
            found.append(replace(each, recorded=recorded, estimated=guessed or None, unknown=0))
    return found


def _in_years(years: str, amount: str) -> str:
    several = " bis " in years
    return f"{'je ' if several else ''}{bold(amount)} {'in den Jahren' if several else 'im Jahr'} {years}"


def _difference(at: View) -> pd.DataFrame:
    every = (finding_rows.of_tasks(each) for each in (at.without_what_if, at))
    without, found = (rows[rows["kind"].isin(COUNTED)] for rows in every)
    return difference(*by_matter(without, found), at.horizon)


def _findings_table(at: View) -> pd.DataFrame:
    rows = _difference(at)
    names = current.of(_task_names)
    return pd.DataFrame(
        {
            "Wirkung": rows["effect"].map(EFFECT_WORDS),
            "Hinweis": [word(FindingKind(kind)) for kind in rows["kind"]],
            "Aufgabe": rows["task_id"].map(names),
            "Beteiligte": [", ".join(found) or "keine erfasst" for found in rows["participant_names"]],
        }
    )


def _money_table(at: View) -> pd.DataFrame:
    money = _brought(at).money
    touched = money[
        (money["cents"].fillna(0) != 0) | (money["unknown_rows"] > 0) | money["estimated"].notna()
    ]
    return pd.DataFrame(
        {
            "Jahr": [f"{first:%Y}" for first in touched["first"]],
            "Wessen Geld": touched["payer"].map(PAYER_WORDS),
            "Unterschied": [_signed(row) for row in touched.to_dict("records")],
            "nicht bekannt für": [
                count(int(rows), "Förderung", "Förderungen") if rows else "–"
                for rows in touched["unknown_rows"]
            ],
        }
    )


def _reckoned(at: View) -> tuple[str, ...]:
    """How what is estimated is reckoned."""
    brought, names = _brought(at), current.portfolio().names("structure")
    years = [of_year.year for of_year in brought.on_the_county() if of_year.estimated is not None]
    return tuple(
        plain(estimate_words.why(plain_name(names.get(key, "neue Struktur")), reckoning, years))
        for key, reckoning in brought.reckonings.items()
    )


def _signed(row: Mapping[Any, Any]) -> str:
    cents, estimated = row["cents"], row["estimated"]
    if pd.isna(estimated):
        return "nicht bekannt" if pd.isna(cents) else f"{_sign(cents)}{euro(abs(cents))}"
    of_year = YearMoney(0, 0.0, abs(estimated), row["example"], 0)
    guess = f"{_sign(estimated)} {county_words.said(of_year)}"
    return f"{_sign(cents)}{euro(abs(cents))} und {guess}" if cents and pd.notna(cents) else guess


def _sign(cents: float) -> str:
    return "+" if cents > 0 else "−" if cents < 0 else "±"


def _task_names(portfolio: Portfolio) -> dict[Any, str]:
    return portfolio.names("task").to_dict()
