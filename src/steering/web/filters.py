"""The view in the sidebar: Stichtag with its steps, scenario, and the four filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.findings import forecasts
from steering.analysis.lives.stretches import NOT_RUNNING
from steering.analysis.masterplan import plan
from steering.analysis.needs import steps
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory
from steering.analysis.structures.inventory import Selection, inventory, select
from steering.analysis.view import Horizon, Scenario, View
from steering.model import ExtensionRule, ForecastVariant, Level
from steering.model.german import count, day
from steering.model.vocabulary import LEVEL_LETTER, LEVEL_SLUG, word
from steering.web import address, current, held_choice, own_unit, places, sessions
from steering.web.editing.widgets import NOTHING_CHOSEN

WHAT_IF = address.WHAT_IF


def view() -> View:
    """The day, horizon and scenario that the sidebar names, with Masterplan and what-if in force."""
    state = sessions.state()
    at = View(
        as_of=state["stichtag"],
        today=current.today(),
        horizon=horizon(),
        scenario=Scenario(state["szenario"], tuple(state.get(WHAT_IF, ()))),
        arrivals=state.get(address.ARRIVALS) or ForecastVariant.MIDDLE,
    )
    if not state[address.MASTERPLAN]:
        return at
    return plan.planned(at, current.of(plan.changes, address.with_ideas()))


def horizon() -> Horizon:
    """The planning horizon that the Landkreis has set, seen from today."""
    return current.of(_horizon, current.today())


def _horizon(portfolio: Portfolio, today: date) -> Horizon:
    return Horizon.as_set(portfolio.settings, today)


def selection() -> Selection:
    """The four filters."""
    state = sessions.state()
    return Selection(
        levels=frozenset(address.LEVEL_OF_SLUG[slug].value for slug in state["ebene"]),
        fields=frozenset(state["handlungsfeld"]),
        municipalities=frozenset(state["gemeinde"]),
        organisations=frozenset(state["traeger"]),
    )


def structures() -> pd.DataFrame:
    """The inventory on the Stichtag, as far as the filters let it through."""
    return current.derived(selected, view(), selection()).copy(deep=False)


def selected(at: View, chosen: Selection) -> pd.DataFrame:
    """`inventory` as far as a selection lets it through."""
    return select(current.of(inventory, at), chosen)


def known() -> dict[str, Sequence[str]]:
    """The valid values of each list parameter of the address."""
    return current.of(_known, own_unit.slug())


def _known(portfolio: Portfolio, own: str) -> dict[str, Sequence[str]]:
    return {
        "ebene": tuple(LEVEL_SLUG.values()),
        "handlungsfeld": tuple(_names(portfolio, "fields")),
        "gemeinde": tuple(_names(portfolio, "municipalities")),
        "traeger": tuple(_carriers(portfolio, own)),
    }


def show(*, acting: bool) -> None:
    """Draw the view's part of the sidebar, or hold on to it on a page on which it does not act."""
    forget_unknown()
    if not acting:
        return
    _stichtag()
    st.selectbox(
        "Szenario",
        list(ExtensionRule),
        format_func=word,
        key="szenario",
        help=(
            "**gesichert**: nur was bewilligt oder dauerhaft ist. **erwartet**: auch was beantragt oder in "
            "Aussicht ist. **optimistisch**: auch wessen Verlängerung ungeklärt ist."
        ),
        placeholder=NOTHING_CHOSEN,
        persist_state="session",
    )
    with places.sometimes():
        _arrivals()
    _masterplan()
    with places.sometimes():
        own_unit.switch()
    active = selection().active
    with st.expander(f"Filter · {active} aktiv" if active else "Filter", expanded=bool(active)):
        _filters()


def _arrivals() -> None:
    """Which variant of the forecasts; nothing where no Kennzahl has one."""
    if not current.of(forecasts.has_forecasts, current.today()):
        return
    st.session_state.setdefault(address.ARRIVALS, ForecastVariant.MIDDLE)
    st.selectbox(
        "Zugang",
        list(ForecastVariant),
        format_func=word,
        key=address.ARRIVALS,
        help="Welche Variante der Prognosen für die Zeit nach heute gilt. Was schon gezählt wurde, bleibt. "
        "Ohne Prognose gilt der letzte Wert einer Kennzahl fort.",
        placeholder=NOTHING_CHOSEN,
        persist_state="session",
    )


def _masterplan() -> None:
    st.toggle(
        "mit Masterplan",
        key=address.MASTERPLAN,
        help=(
            "Zeigt auf allen Seiten, was die Maßnahmen bewirken, die geplant oder beschlossen sind oder "
            "laufen. Die Daten selbst ändern sich nicht."
        ),
        persist_state="session",
    )
    with places.sometimes():
        if not st.session_state[address.MASTERPLAN]:
            return
        st.toggle(
            "auch Ideen",
            key=address.IDEAS,
            help="Rechnet auch Maßnahmen mit, die erst Ideen sind.",
            persist_state="session",
        )


def forget_unknown() -> None:
    """Drop chosen values that an edit has archived; a widget refuses a value that it does not offer."""
    for name, values in known().items():
        chosen = st.session_state[name]
        if any(value not in values for value in chosen):
            st.session_state[name] = [value for value in chosen if value in values]


def _stichtag() -> None:
    before, after, sentence = current.derived(_steps, view(), selection())
    field, back, forth = st.columns([5, 1.4, 1.4], vertical_alignment="bottom", gap="small")
    field.date_input(
        "Stichtag",
        key="stichtag",
        format="DD.MM.YYYY",
        min_value=address.EARLIEST_DAY,
        max_value=address.LATEST_DAY,
        persist_state="session",
    )
    _step_button(back, ":material/chevron_left:", "Zur vorigen Änderung", before)
    _step_button(forth, ":material/chevron_right:", "Zur nächsten Änderung", after)
    st.caption(sentence)
    with places.sometimes():
        if st.session_state["stichtag"] != current.today():
            st.button(
                f"Zurück zu heute ({day(current.today())})",
                on_click=_go_to,
                args=(current.today(),),
                type="tertiary",
            )


def _step_button(
    place: st.delta_generator.DeltaGenerator, icon: str, label: str, target: date | None
) -> None:
    hint = f"{label}: {day(target)}" if target else "Im Planungshorizont gibt es keine weitere Änderung."
    place.button(
        icon,
        key=f"step {label}",
        help=hint,
        disabled=target is None,
        on_click=_go_to,
        args=(target,),
        width="stretch",
    )


def _go_to(target: date) -> None:
    st.session_state["stichtag"] = target


_TURNS = {
    "ends": ("Ende", "Enden"),
    "starts": ("Beginn", "Beginne"),
    "needs_start": ("Bedarf beginnt", "Bedarfe beginnen"),
    "needs_end": ("Bedarf endet", "Bedarfe enden"),
}


def _steps(at: View, chosen: Selection) -> tuple[date | None, date | None, str]:
    """Previous and next day on which something in view starts or ends, and a sentence on the next one."""
    # The turning points do not depend on the Stichtag: ask for them as of the horizon's first day.
    any_day = replace(at, as_of=at.horizon.first)
    points = current.of(steps.turning_points, any_day, chosen)
    days = points["day"].dt.date
    earlier, later = points[days < at.as_of], points[days > at.as_of]
    before = earlier["day"].iloc[-1].date() if len(earlier) else None
    here = " in dieser Auswahl" if chosen.active else ""
    if later.empty:
        return before, None, f"Danach ist im Planungshorizont{here} keine Änderung bekannt."
    following = later.iloc[0]
    parts = [count(int(following[column]), *words) for column, words in _TURNS.items() if following[column]]
    told = f"Nächste Änderung{here}: {day(following['day'])} · {', '.join(parts)}"
    return before, following["day"].date(), told


def _filters() -> None:
    labels = current.derived(_labels, view(), own_unit.slug())
    _choice("Ebene", "ebene", labels, "alle Ebenen")
    _choice("Handlungsfeld", "handlungsfeld", labels, "alle Handlungsfelder")
    _choice("Gemeinde", "gemeinde", labels, f"alle {len(labels['gemeinde'])} Gemeinden")
    _choice("Träger", "traeger", labels, "alle Träger")
    with places.sometimes():
        if selection().active:
            st.button("Filter zurücksetzen", on_click=_reset, type="tertiary")
    own_unit.choice()


def _reset() -> None:
    st.session_state.update({name: [] for name in address.LISTS})
    own_unit.follow()


def _choice(label: str, key: str, labels: dict[str, dict[str, str]], everything: str) -> None:
    words = held_choice.hold(key, labels[key])
    st.multiselect(
        label, list(words), key=key, placeholder=everything, format_func=words.__getitem__, select_all=False,
        on_change=own_unit.follow if key == own_unit.FILTER else None,
        persist_state="session",
    )  # fmt: skip


def _labels(at: View, own: str) -> dict[str, dict[str, str]]:
    """For each filter: short name in the address → name with the number of structures it would leave."""
    counts = _counts(at)
    names = {
        "ebene": {
            slug: f"{LEVEL_LETTER[level]} · {word(level)}" for slug, level in address.LEVEL_OF_SLUG.items()
        },
        "handlungsfeld": current.of(_names, "fields"),
        "gemeinde": current.of(_names, "municipalities"),
        "traeger": current.of(_carriers, own),
    }
    return {
        key: {slug: f"{name} ({counts[key].get(slug, 0)})" for slug, name in found.items()}
        for key, found in names.items()
    }


def _names(portfolio: Portfolio, what: str) -> dict[str, str]:
    """Short name in the address → name on the screen, in the order of the screen."""
    if what == "fields":
        rows = portfolio.fields.sort_values("position")
        return dict(zip(rows["slug"], rows["name"], strict=True))
    rows = portfolio.municipalities
    rows = rows[rows["inhabited"]].sort_values("name")
    return dict(zip(rows["ags"], rows["name"], strict=True))


def _carriers(portfolio: Portfolio, own: str) -> dict[str, str]:
    """The same for those of whom there are structures, and the own unit, which may have none."""
    used = {slug for found in directory(portfolio)["organisation_slugs"] for slug in found}
    rows = portfolio.organisations.sort_values("name")
    rows = rows[rows["slug"].isin(used | {own})]
    return dict(zip(rows["slug"], rows["name"], strict=True))


def _counts(at: View) -> dict[str, Counter[str]]:
    """How many structures that run, or may run, on the Stichtag each filter value would leave."""
    rows = current.of(inventory, at)
    rows = rows[rows["state"] != NOT_RUNNING]
    return {
        "ebene": Counter(LEVEL_SLUG[Level(level)] for level in rows["level"]),
        "handlungsfeld": Counter(slug for found in rows["fields"] for slug in found),
        "gemeinde": Counter(ags for found in rows["municipalities"] for ags in found),
        "traeger": Counter(slug for found in rows["organisation_slugs"] for slug in found),
    }
