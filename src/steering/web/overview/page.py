"""The Lagebild: what must be decided next, what comes after, what is secured, what is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from steering.analysis.findings.endings import warned_until
from steering.analysis.lives import capacity
from steering.analysis.money import sums as money_sums
from steering.analysis.money.flows import UNCOVERED
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import counted, lapsed, own_ends
from steering.analysis.structures.completeness import END
from steering.analysis.structures.inventory import Selection, select
from steering.analysis.structures.posts import posts as posts_of
from steering.analysis.view import View
from steering.charts import capacity as bands
from steering.charts.coinciding import coinciding, known_at_all
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.model import DateKind, ExtensionRule
from steering.model.german import UNKNOWN, count, day, fte, listing
from steering.model.vocabulary import word
from steering.web import current, filters, folded, panels, presets
from steering.web.overview import decision, posts, running_on
from steering.web.papers import calendar_file
from steering.web.structures import deciding
from steering.web.structures import rows as structure_rows
from steering.web.text import bold

MOST_DECISIONS = 5
NO_POSTS = "In dieser Ansicht sind für keine Struktur VZÄ bekannt; es gibt nichts zu zeichnen."
NO_AMOUNT = "In dieser Ansicht ist für keine Förderung ein Betrag bekannt; es gibt nichts zu zeichnen."
NOTHING_RUNS = (
    "In dieser Ansicht ist **keine Struktur** erfasst, die am Stichtag läuft oder vielleicht läuft."
)


def anything() -> bool:
    """Whether there is a structure to tell about; before the first one, all figures were zero."""
    return current.portfolio().has("structure")


def figures() -> None:
    """Four figures, each with the way to its rows."""
    for place, figure in zip(
        st.columns(4), current.derived(_figures, filters.view(), filters.selection()), strict=True
    ):
        _figure(place, *figure)


FigureCard = tuple[str, str, str, presets.FigureLink]


def _figures(at: View, chosen: Selection) -> tuple[FigureCard, ...]:
    """Label, value, a note, and the way to the rows of the value, or to those of the note."""
    rows = filters.selected(at, chosen)
    running, unknown = counted.running(rows), len(counted.uncertain(rows))
    soon = current.of(warned_until, at.as_of)
    ending = len(counted.ending(rows, soon))
    of_posts = posts_of(rows)
    # Where nothing is known there is no figure: not of what runs, nor of what nobody knows to run.
    untold = of_posts.none_known and len(counted.with_posts(counted.there(rows)))
    size = UNKNOWN if untold else fte(of_posts.known).removesuffix(" VZÄ")
    return (
        (
            "Laufen am Stichtag", str(len(running)), f"im Szenario {word(at.scenario.rule)}",
            (presets.RUNNING, len(running), "ansehen"),
        ),
        (
            "VZÄ am Stichtag", size, _of_how_many(of_posts.untold, of_posts.every),
            (presets.FTE_NOT_KNOWN, of_posts.untold, "ohne bekannte VZÄ"),
        ),
        (
            f"Enden bis {day(soon)}", str(ending), f"im Szenario {word(at.scenario.rule)}",
            (presets.ENDING, ending, "ansehen"),
        ),
        (
            "Ungewiss am Stichtag", str(unknown), "Ende oder Bestand nicht bekannt",
            (presets.UNCERTAIN, unknown, "ansehen"),
        ),
    )  # fmt: skip


def _of_how_many(untold: int, every: int) -> str:
    """For how many of those with posts the VZÄ are not known."""
    if not every:
        return "keine laufende Struktur mit Stellen erfasst"
    if not untold:
        whom = f"alle {every} Strukturen" if every > 1 else "die eine Struktur"
        return f"für {whom} mit Stellen bekannt"
    return f"bei {untold} von {count(every, 'Struktur', 'Strukturen')} mit Stellen nicht bekannt"


def _figure(
    place: st.delta_generator.DeltaGenerator, label: str, value: str, note: str, way: presets.FigureLink
) -> None:
    with place.container(border=True, gap="xsmall", height="stretch"):
        st.metric(label, value)
        st.caption(note)
        presets.ways([way], key=way[0].preset)


def ends(at: View, chosen: Selection) -> pd.DataFrame:
    """The ends ahead as the page lists them, all of them, whether money ends or a structure by itself."""
    by_itself = select(current.of(own_ends.ahead, at.today), chosen)
    told = pd.DataFrame(
        {
            "Ende": [day(end) for end in by_itself["end"]],
            "Struktur": by_itself["name"],
            "Antrag bis": word(DateKind.STRUCTURE_END),
            "Beschluss bis": "–",
            "Zuständig": by_itself["department"].replace("", "–"),
        }
    )
    days = pd.concat([decision.ahead(at, chosen)["end"], by_itself["end"]], ignore_index=True)
    both = pd.concat([_ends_of_money(at, chosen), told], ignore_index=True)
    return both.loc[days.sort_values(kind="stable").index].reset_index(drop=True)


def next_ends() -> None:
    """The next five ends with Antrag bis, Beschluss bis and the unit that prepares them."""
    st.header("Was als Nächstes ansteht", anchor=False)
    args = filters.view(), filters.selection()
    shown = current.derived(ends, *args)
    if said := current.derived(_lapsed, *args):
        st.markdown(said)
    if shown.empty:
        scope = " in dieser Auswahl" if filters.selection().active else ""
        st.info(f"Kein festes Ende{scope} bekannt.")
        return
    if said := current.derived(running_on.sentence, *args):
        st.caption(said)
    first, rest = current.derived(_first_ends, *args)
    panels.in_full(first)
    if len(rest):
        folded.to_look_at(
            count(len(rest), "weiteres Ende", "weitere Enden"), partial(panels.in_full, rest),
            key="further_ends",
        )  # fmt: skip
    panels.table_button(lambda: shown, "Nächste Entscheidungen", key="next-ends")
    calendar_file.button(key="overview-calendar")


def _lapsed(at: View, chosen: Selection) -> str:
    """What left the ends ahead a short while ago, though nobody knows yet whether it goes on; else ""."""
    rows = select(current.of(lapsed.recently, at.today), chosen)
    if rows.empty:
        return ""
    names = [f"{bold(row['name'])} ({lapsed.in_words(row)})" for row in rows.to_dict("records")]
    return f"Vor Kurzem beendet, die Verlängerung ist noch offen: {listing(names, 4)}. {lapsed.REMEDY}."


def _ends_of_money(at: View, chosen: Selection) -> pd.DataFrame:
    rows = decision.ahead(at, chosen)
    due = deciding.decide_by(at.today).set_index("funding_id")
    return pd.DataFrame(
        {
            "Ende": [day(end) for end in rows["end"]],
            "Struktur": rows["name"],
            "Antrag bis": rows["funding_id"].map(due["apply_words"]),
            "Beschluss bis": rows["funding_id"].map(due["words_with_acting"]),
            "Zuständig": rows["department"].replace("", "–"),
        }
    )


def _first_ends(at: View, chosen: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ends in sight, and those behind them."""
    every = current.derived(ends, at, chosen)
    return every.head(MOST_DECISIONS), every.iloc[MOST_DECISIONS:]


def secured() -> None:
    """VZÄ or known money per quarter in the three scenarios."""
    heading, switch = st.columns([3, 2], vertical_alignment="center")
    heading.header("Was gesichert ist", anchor=False)
    with switch:
        measure = panels.switch("Gezeigt wird", ["VZÄ", "Geld"], key="secured", default="VZÄ")
    of_money, args = measure == "Geld", (filters.view(), filters.selection())
    if not current.derived(_money_is_known if of_money else _posts_are_known, *args):
        st.info(NO_AMOUNT if of_money else NO_POSTS)
    elif of_money:
        panels.chart(lambda: _band(_money), "Geld je Quartal", key="money")
    else:
        panels.chart(lambda: _band(_posts), "VZÄ je Quartal", key="posts")
    st.caption(current.derived(_told_of_money if of_money else _told_of_posts, *args))


def _posts_are_known(at: View, chosen: Selection) -> bool:
    return known_at_all(current.derived(_post_rows, at, chosen), "fte", "fte_unknown")


def _money_is_known(at: View, chosen: Selection) -> bool:
    return known_at_all(current.derived(_money_rows, at, chosen), "cents", "unknown_rows")


def _told_of_money(at: View, chosen: Selection) -> str:
    rows = current.derived(_money_rows, at, chosen)
    same = coinciding(rows, "cents") if _money_is_known(at, chosen) else ""
    return " ".join(filter(None, (_money_sentence(at, chosen), same)))


def _told_of_posts(at: View, chosen: Selection) -> str:
    rows = current.derived(_post_rows, at, chosen)
    same = coinciding(rows, "fte") if _posts_are_known(at, chosen) else ""
    return " ".join(filter(None, (posts.sentence(at, chosen), same)))


def _band(draw: Callable[[View, Selection, Theme], Drawing]) -> Drawing:
    return current.derived(draw, filters.view(), filters.selection(), panels.theme())


def _posts(at: View, chosen: Selection, theme: Theme) -> Drawing:
    fall = capacity.largest_fall(_reduced(at, chosen), at)
    return bands.fte_band(current.derived(_post_rows, at, chosen), at.as_of, fall, theme=theme)


def _post_rows(at: View, chosen: Selection) -> pd.DataFrame:
    return capacity.per_quarter(_reduced(at, chosen), at)


def _money(at: View, chosen: Selection, theme: Theme) -> Drawing:
    secured = replace(at, scenario=replace(at.scenario, rule=ExtensionRule.SECURED))
    fall = money_sums.largest_fall(_reduced(at, chosen), secured)
    return bands.money_band(current.derived(_money_rows, at, chosen), at.as_of, fall, theme=theme)


def _money_rows(at: View, chosen: Selection) -> pd.DataFrame:
    portfolio = _reduced(at, chosen)
    parts = []
    for rule in ExtensionRule:
        found = money_sums.per_quarter(portfolio, replace(at, scenario=replace(at.scenario, rule=rule)))
        found = found[found["payer"] != UNCOVERED]
        sums = found.groupby("first", as_index=False)[["cents", "unknown_rows"]].sum()
        parts.append(sums.rename(columns={"first": "quarter"}).assign(rule=rule.value))
    frame = pd.concat(parts, ignore_index=True)
    frame["note"] = [
        f"Betrag nicht bekannt bei {count(int(rows), 'Förderung', 'Förderungen')}"
        if rows
        else "alles bekannt"
        for rows in frame["unknown_rows"]
    ]
    return frame


def _money_sentence(at: View, chosen: Selection) -> str:
    """That it is money of a quarter, and what is not in it."""
    rows = current.derived(_money_rows, at, chosen)
    rows = rows[(rows["rule"] == ExtensionRule.SECURED) & (rows["quarter"] <= pd.Timestamp(at.as_of))]
    unknown = int(rows["unknown_rows"].iloc[-1]) if len(rows) else 0
    missing = f" und {count(unknown, 'Förderung', 'Förderungen')} ohne bekannten Betrag" if unknown else ""
    return (
        "Gezeigt sind erfasste Beträge je Quartal. Nicht enthalten: Geschätztes, ungedeckte Kosten "
        f"(Haushaltsrisiko){missing}."
    )


def _reduced(at: View, chosen: Selection) -> Portfolio:
    """The data of the structures that the filters let through."""
    portfolio = current.portfolio()
    if not chosen.active:
        return portfolio
    return portfolio.keeping(
        {"structure": portfolio.structures["id"].isin(filters.selected(at, chosen)["structure_id"])}
    )


def unknowns() -> None:
    """What is not known, said instead of hidden."""
    st.header("Was nicht bekannt ist", anchor=False)
    sentence, ways = current.derived(_unknowns, filters.view(), filters.selection())
    st.markdown(sentence)
    presets.ways(ways, key="unknowns")
    with st.container(key="view-notes"):
        st.caption(" · ".join(panels.view_notes()))


def _how_complete(complete: int, there: int) -> str:
    """Of how many everything is recorded, of those that run or may run."""
    if there == 1:
        state = "vollständig" if complete else "nicht vollständig"
        return f"Bei der **einen Struktur**, die läuft oder vielleicht läuft, sind die Angaben {state}."
    which = "die laufen oder vielleicht laufen"
    if not complete:
        return f"Bei **keiner der {there} Strukturen**, {which}, sind die Angaben vollständig."
    return f"Angaben vollständig für **{complete} von {there} Strukturen**, {which}."


def _unknowns(at: View, chosen: Selection) -> tuple[str, tuple[presets.FigureLink, ...]]:
    rows = structure_rows.listed(at, chosen)
    there, incomplete = len(counted.there(rows)), len(counted.incomplete(rows))
    if not there:
        return NOTHING_RUNS, ()
    sentence = _how_complete(there - incomplete, there)
    lacking = [(each, len(counted.lacking(rows, what)), what) for what, each in presets.LACKING.items()]
    lacking = sorted((each for each in lacking if each[1]), key=lambda each: -each[1])
    if not lacking:
        return sentence, ()
    missing = f"Es fehlen: {listing([f'{what} ({number})' for _, number, what in lacking], most=6)}."
    if any(what == END for _, _, what in lacking):
        missing += " Wo ein Ende fehlt, ist ungewiss, ob eine Lücke entsteht."
    return (
        f"{sentence} {missing}",
        (
            (presets.INCOMPLETE, incomplete, "unvollständig"),
            *((each, n, f"ohne {what}") for each, n, what in lacking),
        ),
    )
