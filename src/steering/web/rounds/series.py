"""A series of rounds: its rhythm, the days that come of it, and the button that makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.series import (
    LAST_OF_MONTH,
    Evasion,
    Rhythm,
    SeriesDay,
    SeriesRefused,
    planned,
    schools_unknown,
)
from steering.model import MeetingStatus
from steering.model.german import count, day, listing, read_day, weekday
from steering.storage import planned_rounds
from steering.web import current, panels
from steering.web.editing import attempts
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.rounds import choice
from steering.web.text import plain

FROM, UNTIL, RHYTHM, ORDINAL, WEEKDAY, EVASION, SCHOOLS, BEFORE = (
    f"series_{name}"
    for name in ("from", "until", "rhythm", "ordinal", "weekday", "evasion", "schools", "before")
)
_MONTHS = {3: "im Quartal", 1: "im Monat", 2: "in jedem zweiten Monat", 6: "im Halbjahr"}
_WEEKS = (1, 2, 3, 4, 6, 8, 10, 12)
_ORDINALS = {1: "jeden ersten", 2: "jeden zweiten", 3: "jeden dritten", 4: "jeden vierten",
             LAST_OF_MONTH: "jeden letzten"}  # fmt: skip
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
_EVASIONS = {
    Evasion.NEXT_WORKING_DAY: "auf den nächsten Arbeitstag verschieben",
    Evasion.WEEK_LATER: "um eine Woche verschieben",
    Evasion.MARK: "nur kennzeichnen",
}
_TIMES = ("name", "begins", "ends", "place")


def show(
    last: Mapping[str, Any],
    along: Callable[[], None],
    wanted: Callable[[], tuple[list[Any], bool]],
    done: Callable[[], None],
) -> None:
    """The rhythm on the left, the days on the right. `last`: the latest round, whose time and place the new
    ones have; `along` draws what else they get, `wanted` says it; `done` is called once they are made.
    """
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        rhythm = _rhythm()
        evasion = st.selectbox(
            "Feiertage und Wochenenden", list(_EVASIONS), key=EVASION, persist_state="session",
            placeholder=NOTHING_CHOSEN,
            format_func=lambda value: _EVASIONS[value],
        )  # fmt: skip
        st.checkbox("Schulferien ebenso meiden", key=SCHOOLS, persist_state="session",
                    disabled=evasion is Evasion.MARK,
                    help="Gekennzeichnet sind sie in jedem Fall.")  # fmt: skip
        before = st.selectbox("Themenwünsche erbeten bis", (None, 7, 14, 21, 28), key=BEFORE,
                              persist_state="session",
                              placeholder=NOTHING_CHOSEN, format_func=_before)  # fmt: skip
        along()
        st.caption(_as_before(last))
    with right:
        if isinstance(rhythm, str):
            st.error(plain(rhythm))
            return
        district = str(current.portfolio().settings["district_key"])
        try:
            found = planned(rhythm, current.of(occupied), district, evasion,
                            schools=bool(st.session_state[SCHOOLS]))  # fmt: skip
        except SeriesRefused as refusal:
            st.error(plain(str(refusal)))
            return
        _preview(found, schools_unknown(rhythm, district))
        new = [each.day for each in found if not each.there]
        st.button(f"{count(len(new), 'Runde', 'Runden')} anlegen", type="primary", disabled=not new,
                  key="series make", on_click=_make, args=(new, last, before, wanted, done))  # fmt: skip


def _rhythm() -> Rhythm | str:
    """The rhythm that the inputs say, or the sentence that one of them is no day."""
    year = current.today().year + 1
    st.session_state.setdefault(FROM, day(date(year, 1, 1)))
    st.session_state.setdefault(UNTIL, day(date(year, 12, 31)))
    row = st.columns(2)
    row[0].text_input("Erster Tag des Zeitraums", key=FROM, persist_state="session")
    row[1].text_input("Letzter Tag des Zeitraums", key=UNTIL, persist_state="session")
    rhythms = [f"{months} months" for months in _MONTHS] + [f"{weeks} weeks" for weeks in _WEEKS]
    chosen = st.selectbox(
        "Wie oft?",
        rhythms,
        key=RHYTHM,
        persist_state="session",
        placeholder=NOTHING_CHOSEN,
        format_func=_rhythm_in_words,
    )
    number, unit = chosen.split()
    if unit == "months":
        row = st.columns(2)
        row[0].selectbox("Der wievielte?", list(_ORDINALS), key=ORDINAL, persist_state="session",
                         placeholder=NOTHING_CHOSEN,
                         format_func=lambda value: _ORDINALS[value])  # fmt: skip
        row[1].selectbox("Welcher Wochentag?", range(len(_WEEKDAYS)), key=WEEKDAY, persist_state="session",
                         index=1,
                         placeholder=NOTHING_CHOSEN, format_func=lambda value: _WEEKDAYS[value])  # fmt: skip
    else:
        st.caption("Gezählt wird vom ersten Tag des Zeitraums an, an seinem Wochentag.")
    try:
        first, last = read_day(st.session_state[FROM]), read_day(st.session_state[UNTIL])
    except ValueError as wrong:
        return str(wrong)
    if first is None or last is None:
        return "Bitte den ersten und den letzten Tag des Zeitraums eingeben, z. B. 01.01.2027."
    if unit == "weeks":
        return Rhythm(first, last, weeks=int(number))
    return Rhythm(first, last, months=int(number), ordinal=st.session_state[ORDINAL],
                  weekday=st.session_state[WEEKDAY])  # fmt: skip


def _rhythm_in_words(value: str) -> str:
    number, unit = value.split()
    if unit == "months":
        return f"an einem Wochentag {_MONTHS[int(number)]}"
    return "jede Woche" if number == "1" else f"alle {number} Wochen"


def _before(days: int | None) -> str:
    return "kein Tag festgelegt" if days is None else f"{days} Tage vor jeder Runde"


def _as_before(last: Mapping[str, Any]) -> str:
    if not last:
        return "Uhrzeit und Ort lassen sich danach bei jeder Runde eintragen."
    at = f"{last['begins']} Uhr" if last["begins"] else "ohne Uhrzeit"
    return plain(f"Wie die letzte Runde: {last['name']}, {at}, {last['place'] or 'ohne Ort'}. Bei jeder "
                 "Runde lässt sich das danach ändern.")  # fmt: skip


def _preview(found: tuple[SeriesDay, ...], unknown: tuple[int, ...]) -> None:
    panels.in_full(
        pd.DataFrame(
            {
                "Termin": [weekday(each.day) for each in found],
                "Hinweis": [_remark(each) for each in found],
            }
        )
    )
    if unknown:
        years = listing([str(year) for year in unknown])
        st.caption(f"Die Schulferien {years} sind dem Programm nicht bekannt und daher nicht berücksichtigt.")


def _remark(each: SeriesDay) -> str:
    there = "an diesem Tag gibt es schon eine Runde; es kommt keine zweite" if each.there else ""
    if not each.moved:
        return "; ".join(filter(None, (each.obstacle, there)))
    return "; ".join(filter(None, (f"verschoben vom {day(each.meant)} ({each.obstacle})", there)))


def _make(
    days: list[date],
    last: Mapping[str, Any],
    before: int | None,
    wanted: Callable[[], tuple[list[Any], bool]],
    done: Callable[[], None],
) -> None:
    same = {name: last[name] for name in _TIMES} if last else {}
    values = [
        same | {"day": on, "wishes_until": None if before is None else on - timedelta(days=before)}
        for on in days
    ]
    guests, standing = wanted()
    receipt = attempts.attempt(
        lambda: planned_rounds.plan(
            current.engine(), values, guests, actor=attempts.actor(), now=current.now(), standing=standing,
            once_a_day=True,
        ),
        f"{count(len(days), 'Runde', 'Runden')} angelegt:",
        quietly=True,
    )  # fmt: skip
    if receipt:
        choice.choose(int(receipt.ids[0]))
        done()


def occupied(portfolio: Portfolio) -> frozenset[date]:
    """The days on which a round is, or was, held."""
    rows = portfolio.meetings
    return frozenset(rows.loc[rows["status"] != MeetingStatus.CANCELLED, "day"].dt.date)
