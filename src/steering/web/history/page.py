"""The page of who did what: its answer, and the writes that were looked for, page by page."""

from __future__ import annotations

import streamlit as st

from steering.model import Change
from steering.model.german import count, moment_in_words, number
from steering.storage.history.searching import Found, Written
from steering.storage.rows import WHOLE
from steering.web import current, pages, panels
from steering.web.editing import history, step_words
from steering.web.history import search
from steering.web.text import bold, plain

ON_A_PAGE, STEPS_ON_A_PAGE = history.MOST_WRITES, 40


def answer() -> None:
    """What was changed last, of all or of what is looked for."""
    if history.is_closed():
        panels.answer(pages.HISTORY, panels.closed())
        return
    search.tidy()
    asked = search.asked()
    panels.answer(
        pages.HISTORY, *(_sentences(_found(), asked) if not asked.problem else (plain(asked.problem),))
    )


def entries() -> None:
    """The writes of this page of the list, and the way to the next."""
    if history.is_closed() or search.asked().problem:
        return
    if search.value(pages.WRITE):
        st.button(
            "Zurück zur Liste", icon=":material/arrow_back:", type="tertiary", on_click=history.open_write,
            args=("",),
        )  # fmt: skip
    found = _found()
    # One place for all of them: what stands below it stays open, however many there are.
    with st.container(key="history entries"):
        for write in found.writes:
            history.entry(write)
        _turning(found)


def _found() -> Found:
    asked = search.asked()
    if asked.wanted.batch:
        steps = STEPS_ON_A_PAGE
        return history.find(asked.wanted, start=_page() * steps, writes=1, steps=steps)
    return history.find(asked.wanted, start=_page() * ON_A_PAGE, writes=ON_A_PAGE)


def _page() -> int:
    """The page of the list, from 0; the first where the address names none."""
    text = search.value(pages.PAGE)
    return max(int(text) - 1, 0) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _sentences(found: Found, asked: search.Search) -> tuple[str, ...]:
    if not found.number:
        return _nothing(asked)
    changes = count(found.changes, "Änderung", "Änderungen")
    if asked.wanted.batch:
        return (f"Hier hat {_last(found.writes[0])}." if found.writes else f"Ein Vorgang mit {changes}.",)
    stand = "steht" if found.number == 1 else "stehen"
    where = "Zu dieser Suche" if asked.active else "Im Verlauf"
    sum_ = f"{where} {stand} {bold(count(found.number, 'Vorgang', 'Vorgänge'))} mit {changes}."
    if _page():
        page = "Das ist" if found.writes else "Nichts steht auf"
        return (f"{sum_} {page} Seite {number(_page() + 1, 0)}.",)
    return (f"Zuletzt hat {_last(found.writes[0])}. {sum_}",)


def _last(write: Written) -> str:
    """Who did what, when: the rest of a sentence."""
    signature, step = write.signature, write.steps[0]
    who, when = bold(signature.actor), plain(f"am {moment_in_words(signature.at)}")
    if write.imported and not write.undoes:
        changes = count(write.found, "Änderung", "Änderungen")
        return f"{who} {when} die Datei »{plain(write.imported)}« eingelesen: {changes}"
    if step.record == Change.__tablename__:
        return f"{who} {when} Kontaktdaten {step_words.step(step)}"
    others = count(write.found - 1, "weitere Änderung", "weitere Änderungen")
    more = f" (und {others})" if write.found > 1 else ""
    if step.field == WHOLE:
        done, what = "angelegt" if not step.before else "entfernt", plain(step.title)
    else:
        done, what = "geändert", f"{plain(step.title)}, {step_words.step(step)}"
    return f"{who} {when} {'zurückgenommen' if write.undoes else done}: {what}{more}"


def _nothing(asked: search.Search) -> tuple[str, ...]:
    if asked.wanted.batch:
        return ("Diesen Vorgang gibt es im Verlauf nicht.",)
    if asked.active:
        return ("Dazu steht im Verlauf **nichts**. Bitte die Suche weiter fassen.",)
    begun = (
        "Seit der Erstbefüllung wurde **nichts** geändert. Jede Änderung steht von da an hier, mit dem, der "
        "sie gemacht hat, und einem Weg zurück."
    )
    return (begun,) if current.portfolio().has("structure") else (panels.NOTHING_YET, begun)


def _turning(found: Found) -> None:
    """The way to older and newer ones, where they do not fit on one page."""
    one = search.value(pages.WRITE)
    size, all_ = (STEPS_ON_A_PAGE, found.changes) if one else (ON_A_PAGE, found.number)
    last = max(-(-all_ // size) - 1, 0)
    if not last:
        return
    page = _page()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="history pages"):
        newer, older = ("Vorige", "Nächste") if one else ("Neuere", "Ältere")
        st.button(
            newer,
            icon=":material/chevron_left:",
            disabled=not page,
            on_click=_turn,
            args=(min(page, last + 1),),
        )
        st.markdown(f"Seite {number(page + 1, 0)} von {number(last + 1, 0)}")
        st.button(
            older, icon=":material/chevron_right:", disabled=page >= last, on_click=_turn, args=(page + 2,)
        )


def _turn(to: int) -> None:
    st.session_state[pages.history_key(pages.PAGE)] = str(to) if to > 1 else ""
