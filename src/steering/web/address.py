"""The address as a contract: what a link shows today it shows tomorrow.

Read once when a session opens (or a link inside it names a view), written on every run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from steering.analysis.findings import forecasts
from steering.analysis.scenarios import assumption_codes, extending, scenario
from steering.model import ExtensionRule, ForecastVariant
from steering.model.german import day, listing, read_day
from steering.model.vocabulary import LEVEL_SLUG, word
from steering.web import current, pages, sessions
from steering.web.browser.server import LOST
from steering.web.current import DISCREET, PRESENTING
from steering.web.text import plain

EARLIEST_DAY, LATEST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LEVEL_OF_SLUG = {slug: level for level, slug in LEVEL_SLUG.items()}
RULE_OF_WORD = {word(rule): rule for rule in ExtensionRule}
# Which variant of the forecasts is looked at; in the address where somebody could choose it, or a link did.
ARRIVALS = "zugang"
VARIANT_OF_WORD = {word(variant): variant for variant in ForecastVariant}
# Session keys of the toggles in the sidebar; ideas act only with the Masterplan.
MASTERPLAN, IDEAS = "masterplan", "ideen"
# In the address `verwaltung=ohne`, so that a reload shows nothing that was off the screen.
ADMINISTRATION = "verwaltung"
_ON_OFF = {"mit": True, "ohne": False}
_DISCREET = {"ohne": True, "mit": False}
_PRESENTING = {"an": True, "aus": False}
_LONGEST_ID = 12
# Session key: the name of the saved view that is being opened.
_OPENED = "opened_view"
# Session key of the what-if: the changes in force, in their order; and its parameter, repeated for each.
WHAT_IF, ASSUMED = "what_if", "annahme"
LISTS = ("ebene", "handlungsfeld", "gemeinde", "traeger")
# The round and the point that are looked at, by their ids; in the address of their page alone.
ROUND, POINT = "runde", "punkt"
# Which part of the round is open; it stands in no address.
ROUND_PART = "meeting_part"
# Up to when the Lagebild's answer bridges, in its address alone; there is none where nobody has chosen.
BRIDGE = "frist"
# Which rows a page lists; in the address of their page alone. See `presets`.
PRESET, EVERYTHING = "auswahl", "alle"
# Characters of what is looked for in the Verlauf.
_LONGEST_SEARCH = 200
# What of the page Daten is open: the keys of its two choices, which the address has as one word.
DATA_SECTION, SETTINGS_PART = "data section", "settings part"
# Session key: the structure whose entry in the public directory is open.
PUBLIC_ENTRY = "public entry"


def read(known: dict[str, Sequence[str]], today: date, usual: Sequence[str] = ()) -> None:
    """Take the view from the address into the session, where the address names one.

    `known` lists the valid values of each list parameter. What is not valid is left out and named
    in a sentence that the page shows once. `usual`: the carriers by which a session begins that is opened
    without a view.
    """
    opened = st.session_state.pop(_OPENED, None)
    first = "stichtag" not in st.session_state or opened is not None
    arrived = st.session_state.get("page_before") != st.session_state.get("page_now")
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    if opened is not None:
        for name in (ARRIVALS, BRIDGE):
            st.session_state.pop(name, None)
    if first:
        _begin(today)
    elif not (arrived and query):
        if arrived:
            st.session_state.pop(preset_key(), None)
            for name in pages.OF_HISTORY:
                st.session_state.pop(pages.history_key(name), None)
        return
    given = {name: values[-1] for name, values in query.items() if values}
    problems = _take_page(query)
    if st.session_state["page_now"] == pages.HISTORY.title:
        st.session_state.update(
            {pages.history_key(name): given.get(name, "")[:_LONGEST_SEARCH] for name in pages.OF_HISTORY}
        )
    if pages.SECTION in given and st.session_state["page_now"] == pages.DATA.title:
        _take_section(problems, given[pages.SECTION])
    problems += _take_view(query, known, first=first)
    if first and not set(given) & {"stichtag", "szenario", MASTERPLAN, *LISTS}:
        st.session_state["traeger"] = [each for each in usual if each in known["traeger"]]
    _take_who_looks_on(problems, given)
    if problems and opened is not None:
        st.session_state["address_problem"] = (
            f"Die Ansicht »{plain(opened)}« nennt bei {listing(problems)} etwas, das es nicht mehr gibt. "
            "Geöffnet ist sie ohne das."
        )
    elif problems:
        st.session_state["address_problem"] = (
            f"Im Link {_unreadable(problems)} weggelassen. "
            f"Gezeigt wird der Stichtag {day(st.session_state['stichtag'])}."
        )
    # The Verlauf counts its own pages by this name.
    if LOST in given and st.session_state["page_now"] != pages.HISTORY.title:
        st.session_state["address_problem"] = (
            f"Eine Seite »{plain(given[LOST][:60])}« gibt es nicht. Gezeigt wird das Lagebild."
        )


def _unreadable(problems: list[str]) -> str:
    """»punkt« and »ebene« waren nicht lesbar und wurden: all of them, since each is to be put right."""
    one = len(problems) == 1
    named = listing(problems, len(problems))
    return f"{'war' if one else 'waren'} {named} nicht lesbar und {'wurde' if one else 'wurden'}"


def look(query: Mapping[str, Sequence[str]], known: dict[str, Sequence[str]], today: date) -> list[str]:
    """Have who stands in (`sessions.standing_in`) look at what an address names; what of it there is not (any
    more), as its parameters in quotes."""
    _begin(today)
    return [*_take_page(query), *_take_view(query, known, first=True)]


def _begin(today: date) -> None:
    sessions.state().update(
        {"stichtag": today, "szenario": ExtensionRule.SECURED, MASTERPLAN: False, IDEAS: False},
        **{name: [] for name in LISTS},
    )


def _take_page(query: Mapping[str, Sequence[str]]) -> list[str]:
    """What of a page is looked at; the parameters that cannot be read."""
    given = {name: values[-1] for name, values in query.items() if values}
    sessions.state()[preset_key()] = given.get(PRESET)
    problems: list[str] = []
    for name in (ROUND, POINT):
        if name in given:
            _take(problems, name, given[name], _id_of)
    if BRIDGE in given:
        _take(problems, BRIDGE, given[BRIDGE], _day_of)
    return problems


def _take_view(
    query: Mapping[str, Sequence[str]], known: dict[str, Sequence[str]], *, first: bool
) -> list[str]:
    """Day, scenario, filters and assumptions; the parameters that cannot be read or name what is gone.

    `first`: filters that are not named are lifted.
    """
    given = {name: values[-1] for name, values in query.items() if values}
    problems: list[str] = []
    if "stichtag" in given:
        _take(problems, "stichtag", given["stichtag"], _day_of)
    if "szenario" in given:
        _take(problems, "szenario", given["szenario"], lambda text: RULE_OF_WORD[text])
    if ARRIVALS in given:
        _take(problems, ARRIVALS, given[ARRIVALS], lambda text: VARIANT_OF_WORD[text])
    for name in (MASTERPLAN, IDEAS):
        if name in given:
            _take(problems, name, given[name], lambda text: _ON_OFF[text])
    for name in LISTS:
        values = query.get(name, ())
        valid = [value for value in dict.fromkeys(values) if value in known[name]]
        if values or first:
            sessions.state()[name] = valid
        if len(valid) < len(set(values)):
            problems.append(f"»{name}«")
    if first or ASSUMED in given:
        _take_assumptions(problems, query.get(ASSUMED, ()))
    return problems


def write() -> None:
    """Put the view of the session into the address."""
    wanted = _wanted()
    present = {name: st.query_params.get_all(name) for name in st.query_params}
    if present != {name: value if isinstance(value, list) else [value] for name, value in wanted.items()}:
        st.query_params.from_dict(wanted)


def with_ideas() -> bool:
    """Whether measures count that are ideas so far; only the Masterplan has them count."""
    state = sessions.state()
    return bool(state[MASTERPLAN] and state.get(IDEAS))


def arrivals() -> ForecastVariant | None:
    """Which variant of the forecasts is in force; None where no Kennzahl has a forecast."""
    if not current.of(forecasts.has_forecasts, current.today()):
        return None
    chosen: ForecastVariant | None = st.session_state.get(ARRIVALS)
    return chosen or ForecastVariant.MIDDLE


def go_to(page: str) -> None:
    """Leave for another page in the middle of a run and take the view along, which would else begin anew."""
    wanted = {name: value for name, value in _wanted().items() if name != PRESET}
    st.switch_page(page, query_params=wanted)


def parameters() -> str:
    """The view of the page that is shown as it stands in an address, without how the screen is used just now:
    before a room, or with what is internal off it."""
    kept = {name: value for name, value in _wanted().items() if name not in (PRESENTING, ADMINISTRATION)}
    return urlencode(kept, doseq=True)


def open_view(page: str, query: str, name: str) -> None:
    """Leave for a page that is shown as the parameters say, and by nothing that was chosen before."""
    st.session_state[_OPENED] = name
    st.switch_page(page, query_params=parse_qs(query))


def _wanted() -> dict[str, Any]:
    state = st.session_state
    wanted: dict[str, Any] = {
        "stichtag": state["stichtag"].isoformat(),
        "szenario": word(state["szenario"]),
        "masterplan": "mit" if state[MASTERPLAN] else "ohne",
    }
    if with_ideas():
        wanted[IDEAS] = "mit"
    if state.get(ARRIVALS):
        wanted[ARRIVALS] = word(state[ARRIVALS])
    if state.get(PRESENTING):
        wanted[PRESENTING] = "an"
    if state.get(DISCREET):
        wanted[ADMINISTRATION] = "ohne"
    wanted |= {name: list(state[name]) for name in LISTS if state[name]}
    if changes := state.get(WHAT_IF):
        wanted[ASSUMED] = [assumption_codes.code(change) for change in changes]
    if state["page_now"] == pages.OVERVIEW.title and state.get(BRIDGE):
        wanted[BRIDGE] = state[BRIDGE].isoformat()
    if state["page_now"] == pages.ROUNDS.title:
        wanted |= {name: str(state[name]) for name in (ROUND, POINT) if state.get(name)}
    if state["page_now"] == pages.HISTORY.title:
        wanted |= {
            name: state[pages.history_key(name)]
            for name in pages.OF_HISTORY
            if state.get(pages.history_key(name))
        }
    if state["page_now"] == pages.DATA.title and (section := _section()):
        wanted[pages.SECTION] = section
    if (preset := state.get(preset_key())) not in (None, EVERYTHING):
        wanted[PRESET] = preset
    return wanted


def preset_key(title: str = "") -> str:
    """Where the session keeps which rows a page lists, by default the page that is shown."""
    return f"{PRESET} {title or sessions.state()['page_now']}"


def _section() -> str | None:
    """The word for what is open of the page Daten; none for what is open without being asked for."""
    title, part = st.session_state.get(DATA_SECTION), st.session_state.get(SETTINGS_PART)
    words = [word for word, of in pages.DATA_SECTIONS.items() if of == title]
    named = [word for word in words if pages.SETTINGS_PARTS.get(word) == part]
    first = next(iter(pages.DATA_SECTIONS))
    return next((word for word in (*named, *words) if word != first), None)


def _take_section(problems: list[str], word: str) -> None:
    if word not in pages.DATA_SECTIONS:
        problems.append(f"»{pages.SECTION}«")
        return
    st.session_state[DATA_SECTION] = pages.DATA_SECTIONS[word]
    if word in pages.SETTINGS_PARTS:
        st.session_state[SETTINGS_PART] = pages.SETTINGS_PARTS[word]


def _take_assumptions(problems: list[str], named: Sequence[str]) -> None:
    """What the link assumes; what is no assumption, or names something that is not there, is left out."""
    codes = list(dict.fromkeys(named))
    found = []
    for code in codes[: assumption_codes.MOST]:
        try:
            found.append(assumption_codes.change_of(code))
        except ValueError:
            continue
    gone = current.of(scenario.inapplicable, tuple(found))
    data, today = current.portfolio(), current.today()
    kept = tuple(
        change for change in found if change not in gone and not extending.refusal(data, change, today)
    )
    sessions.state()[WHAT_IF] = kept
    if len(kept) < len(codes):
        problems.append(f"»{ASSUMED}«")


def _take_who_looks_on(problems: list[str], given: dict[str, str]) -> None:
    """Whether a room looks on; where that begins, what is internal goes off the screen."""
    if ADMINISTRATION in given:
        _take(problems, ADMINISTRATION, given[ADMINISTRATION], lambda text: _DISCREET[text], DISCREET)
    before = st.session_state.get(PRESENTING)
    if PRESENTING in given:
        _take(problems, PRESENTING, given[PRESENTING], lambda text: _PRESENTING[text])
    if st.session_state.get(PRESENTING) and not before:
        st.session_state[DISCREET] = True


def _take(
    problems: list[str], name: str, text: str, parse: Callable[[str], object], key: str | None = None
) -> None:
    try:
        sessions.state()[key or name] = parse(text)
    except (KeyError, ValueError):
        problems.append(f"»{name}«")


def _id_of(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID):
        raise ValueError(text)
    return int(text)


def _day_of(text: str) -> date:
    found = read_day(text)
    if found is None or not EARLIEST_DAY <= found <= LATEST_DAY:
        raise ValueError(text)
    return found
