"""What is looked for in the Verlauf: asked above it, kept in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from steering.model.german import TIME_ZONE, day, number, read_day
from steering.model.labels import RECORD_WORDS
from steering.storage.history import searching
from steering.storage.history.searching import MOST_FOUND, Occasion, Sought
from steering.storage.titles import RecordKey
from steering.web import current, pages
from steering.web.editing import history, step_words
from steering.web.pages import ACTOR, FIELD, FILE, KIND, OCCASION, PAGE, SEARCH, SINCE, UNTIL, WRITE
from steering.web.text import plain

ANY = ""
OCCASIONS = {
    "Eingabe": Occasion.TYPED,
    "Einlesen einer Datei": Occasion.IMPORTED,
    "Rücknahme": Occasion.TAKEN_BACK,
    "Löschung von Kontaktdaten": Occasion.ERASED,
}
_KINDS = {word: table for table, word in RECORD_WORDS.items()}


@dataclass(frozen=True)
class Search:
    """What is looked for. `problem`: why it cannot be; `active`: whether it leaves anything out."""

    wanted: Sought
    problem: str = ""
    active: bool = False


def value(name: str) -> str:
    """What was typed or chosen for one parameter."""
    return str(st.session_state.get(pages.history_key(name)) or ANY)


def asked() -> Search:
    """What the inputs above say."""
    if write := value(WRITE):
        return Search(Sought(batch=write), active=True)
    problems = []
    bounds: list[date | None] = []
    for name in (SINCE, UNTIL):
        try:
            bounds.append(read_day(value(name)))
        except ValueError as problem:
            bounds.append(None)
            problems.append(str(problem))
    since, until = bounds
    if since and until and until < since:
        problems.append(f"»bis« ({day(until)}) liegt vor »von« ({day(since)}). Bitte tauschen.")
    records = current.derived(_records, value(SEARCH)) if value(SEARCH).strip() else None
    if records is not None and len(records) > MOST_FOUND:
        problems.append(
            f"»{value(SEARCH)}« passt zu mehr als {number(MOST_FOUND, 0)} Angaben. Bitte genauer suchen."
        )
        records = ()
    wanted = Sought(
        kind=_KINDS.get(value(KIND), ANY),
        fields=current.derived(_pairs, value(FIELD)) if value(FIELD) else None,
        records=records,
        actor=value(ACTOR),
        since=_midnight(since) if since else None,
        until=_midnight(until, days=1) if until else None,
        occasion=OCCASIONS.get(value(OCCASION)),
        imported=value(FILE),
    )
    return Search(wanted, " ".join(problems), active=wanted != Sought())


def tidy() -> None:
    """Leave out what the Verlauf does not know, and say so: a choice refuses what it does not offer."""
    known = {KIND: _kinds(), FIELD: _fields(), ACTOR: current.derived(_actors), OCCASION: list(OCCASIONS),
             FILE: current.derived(_files)}  # fmt: skip
    for name, options in known.items():
        if value(name) and value(name) not in options:
            st.info(f"»{plain(value(name))}« kommt im Verlauf nicht vor und wurde aus der Suche genommen.")
            st.session_state[pages.history_key(name)] = ANY
    if value(FILE) and OCCASIONS.get(value(OCCASION)) != Occasion.IMPORTED:
        st.session_state[pages.history_key(FILE)] = ANY


def draw() -> None:
    """The inputs; none where one write is shown alone, nothing was changed yet, or before a room."""
    if history.is_closed() or value(WRITE) or nothing_yet():
        _hold()
        return
    with st.container(key="history search"):
        _inputs()


def nothing_yet() -> bool:
    """Whether nobody has changed anything since the database was filled."""
    return not current.derived(_changed_fields)


def leave() -> None:
    """Look for everything again."""
    for name in pages.OF_HISTORY:
        st.session_state[pages.history_key(name)] = ANY


def _inputs() -> None:
    words, kind, field = st.columns([2, 1, 1])
    words.text_input(
        "Suche", key=pages.history_key(SEARCH), placeholder="Name der Struktur, der Förderung …",
        type="search", on_change=_first_page,
    )  # fmt: skip
    _choice(kind, "Art", KIND, _kinds())
    _choice(field, "Feld", FIELD, _fields())
    who, occasion, since, until = st.columns([1.4, 1.4, 1, 1])
    _choice(who, "Wer", ACTOR, current.derived(_actors))
    _choice(occasion, "Anlass", OCCASION, list(OCCASIONS))
    for place, label, name in ((since, "von", SINCE), (until, "bis", UNTIL)):
        place.text_input(label, key=pages.history_key(name), placeholder="TT.MM.JJJJ", on_change=_first_page)
    if OCCASIONS.get(value(OCCASION)) == Occasion.IMPORTED:
        _choice(st.container(), "Datei", FILE, current.derived(_files))
    _shortcuts()


def _shortcuts() -> None:
    """Spans of days that are asked for most, and the way out of the search."""
    today = current.today()
    spans = {"Heute": 0, "Gestern": 1, "Letzte 7 Tage": 6}
    with st.container(horizontal=True, gap="medium", key="history spans"):
        for label, back in spans.items():
            until = today - timedelta(days=1) if label == "Gestern" else today
            st.button(label, type="tertiary", on_click=_span, args=(today - timedelta(days=back), until))
        if asked().active:
            st.button("Alles zeigen", type="tertiary", icon=":material/close:", on_click=leave)


def _choice(place: st.delta_generator.DeltaGenerator, label: str, name: str, options: Sequence[str]) -> None:
    key = pages.history_key(name)
    st.session_state.setdefault(key, ANY)
    place.selectbox(
        label, [ANY, *options], key=key, format_func=lambda chosen: chosen or "alle", on_change=_first_page,
        placeholder="alle",
    )  # fmt: skip


def _hold() -> None:
    """Keep what was looked for while its inputs are not drawn; else Streamlit forgets it with them."""
    for name in pages.OF_HISTORY:
        st.session_state[pages.history_key(name)] = value(name)


def _first_page() -> None:
    st.session_state[pages.history_key(PAGE)] = ANY


def _span(since: date, until: date) -> None:
    st.session_state[pages.history_key(SINCE)] = day(since)
    st.session_state[pages.history_key(UNTIL)] = day(until)
    _first_page()


def _midnight(of: date, days: int = 0) -> datetime | None:
    """When a day, or the one so many `days` later, begins here, as the history counts time.

    None at either end of the calendar, where nothing is left out.
    """
    try:
        begins = datetime.combine(of + timedelta(days=days), time(), TIME_ZONE).astimezone(UTC)
    except OverflowError:
        return None
    return begins.replace(tzinfo=None)


def _kinds() -> list[str]:
    """The kinds of records in the Verlauf, in words."""
    tables = {table for table, _ in current.derived(_changed_fields)}
    return sorted(RECORD_WORDS[table] for table in tables if table in RECORD_WORDS)


def _fields() -> list[str]:
    """The fields in the Verlauf, of the kind that is looked for, in words."""
    only = {_KINDS[value(KIND)]} if value(KIND) in _KINDS else set(RECORD_WORDS)
    return sorted({step_words.field(*pair) for pair in current.derived(_changed_fields) if pair[0] in only})


def _records(words: str) -> tuple[RecordKey, ...]:
    parts = words.casefold().split()
    names = current.derived(_names)
    return tuple(key for key, title in names.items() if all(part in title.casefold() for part in parts))


def _pairs(word: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in current.derived(_changed_fields) if step_words.field(*pair) == word)


def _names() -> dict[RecordKey, str]:
    return searching.changed_records(current.engine())


def _changed_fields() -> list[tuple[str, str]]:
    return searching.changed_fields(current.engine())


def _actors() -> list[str]:
    return searching.actors(current.engine())


def _files() -> list[str]:
    return searching.files(current.engine())
