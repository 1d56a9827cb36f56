"""What the next release changes and what will be public with it, nothing left out; and the release itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

import streamlit as st

from steering.analysis.publication import confirming
from steering.analysis.publication import words as said
from steering.analysis.publication.confirming import PublicDifference, PublicTurn
from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.model.german import number
from steering.storage import releases
from steering.storage.problems import StorageError
from steering.storage.rights.table import Right, who_may
from steering.web import current, panels
from steering.web.editing import attempts
from steering.web.publication import rows, words
from steering.web.text import bold, plain

CHANGES_PAGE, ENTRIES_PAGE = "public changes page", "public entries page"
SEARCH, SAID = "public preview search", "public release said"
_CHANGES_ON_A_PAGE, _ENTRIES_ON_A_PAGE = 20, 10


def show() -> None:
    """Changes, the whole directory as it will be, the button that releases it, and earlier releases."""
    directory, found = rows.wanted(), rows.differences()
    _waiting(found, directory)
    _release(directory, found)
    st.subheader("So steht es dann im Verzeichnis", anchor=False)
    _site(directory)
    _entries(directory, rows.turns(found))
    _earlier()


def _waiting(found: Sequence[PublicDifference], directory: PublicDirectory) -> None:
    waiting = confirming.awaiting(found)
    gone = [each for each in found if each.turn is PublicTurn.GONE]
    st.subheader("Was sich mit der Freigabe ändert", anchor=False)
    if not waiting:
        st.markdown("Nichts: Was öffentlich sein soll, ist freigegeben.")
    elif rows.released():
        st.markdown("Was neu oder anders ist als freigegeben, steht bis zur Freigabe nicht im Verzeichnis.")
    _changes(waiting, directory, "Was auf Freigabe wartet", CHANGES_PAGE)
    if gone:
        st.subheader("Was sofort entfällt", anchor=False)
        st.markdown(
            "Was zurückgenommen, beendet oder archiviert ist, steht schon in der nächsten Ausgabe nicht mehr."
        )
        _changes(gone, directory, "Was sofort entfällt", f"{CHANGES_PAGE} gone")


def _changes(found: Sequence[PublicDifference], directory: PublicDirectory, name: str, key: str) -> None:
    if not found:
        return
    first, last = _turning(len(found), _CHANGES_ON_A_PAGE, key)
    shown = rows.changes(found[first:last], directory)
    marks = [f"{words.SHAPES[word]} {word}" for word in shown["Was geschieht"]]
    panels.in_full(shown.assign(**{"Was geschieht": marks}), marked=("Was geschieht",))
    panels.table_button(lambda: rows.changes(found, directory), name, key=key)


def _site(directory: PublicDirectory) -> None:
    told = [
        (said.SITE_LABELS[name], said.said_of_site(name, value))
        for name, value in asdict(directory.site).items()
        if value
    ]
    with st.expander("Angaben zum Verzeichnis", icon=":material/info:"):
        for label, text in told:
            st.markdown(_line(label, text))


def _entries(directory: PublicDirectory, turns: Mapping[str, PublicTurn]) -> None:
    if not directory.entries:
        st.info("Noch ist kein Eintrag öffentlich gestellt. Das geschieht unter »Auswählen«.")
        return
    st.text_input("Suche im Verzeichnis", key=SEARCH, placeholder="Name", type="search")
    sought = str(st.session_state[SEARCH]).casefold()
    entries = [each for each in directory.entries if sought in each.name.casefold()]
    if not entries:
        st.info("Kein Eintrag heißt so. Bitte die Suche ändern.")
    first, last = _turning(len(entries), _ENTRIES_ON_A_PAGE, ENTRIES_PAGE)
    for entry in entries[first:last]:
        _entry(entry, directory, turns.get(entry.key))


def _entry(entry: PublicEntry, directory: PublicDirectory, turn: PublicTurn | None) -> None:
    kind = "Angebot" if entry.is_offer else "Potenzial"
    mark = f"{words.SHAPES[turn]} {turn.value}" if turn else "unverändert"
    lines = [_line(label, text) for label, text in said.told(entry, directory)]
    with st.container(border=True):
        st.markdown(f"{bold(entry.name)} · {kind} · {mark}")
        st.markdown("  \n".join(lines) if lines else "Nur der Name.")


def _line(label: str, text: str) -> str:
    """A value in its own lines; blank lines stay."""
    return f"{label}: {plain(text)}".replace("\n", "  \n")


def _release(directory: PublicDirectory, found: Sequence[PublicDifference]) -> None:
    if told := st.session_state.pop(SAID, None):
        st.warning(plain(told))
    if not current.may(Right.RELEASE):
        st.caption(f"Freigeben kann, wer die Rolle »{who_may(Right.RELEASE)}« hat.")
        return
    if not found:
        return
    rests_on, today = current.revision(), current.today()
    # What was seen is gone from the screen once the data have moved on.
    seen = f"public seen {rests_on} {today} {len(rows.released())}"
    with st.container(border=True):
        st.markdown(words.then(len(directory.offers), len(directory.potentials)))
        st.checkbox(words.SEEN, key=seen)
        st.button(
            "Freigeben", type="primary", icon=":material/public:", disabled=not st.session_state[seen],
            on_click=_confirm, args=(directory, rests_on, today),
        )  # fmt: skip


def _confirm(directory: PublicDirectory, rests_on: tuple[str, int], today: date) -> None:
    """What was on the screen, and nothing that has changed since."""
    try:
        releases.release(
            current.engine(), directory, rests_on=rests_on, today=today, actor=attempts.actor(),
            now=current.now(),
        )  # fmt: skip
    except StorageError as refusal:
        st.session_state[SAID] = str(refusal)


def _earlier() -> None:
    known = releases.released(current.engine())
    st.subheader("Bisherige Freigaben", anchor=False)
    if known.empty:
        st.caption("Noch wurde nichts freigegeben.")
        return
    panels.table(rows.releases_table(known), "Freigaben", key="public releases", empty="", most=5)


def _turning(many: int, size: int, key: str) -> tuple[int, int]:
    """Which of many stand on the page that is open, with the way to the others where there are any."""
    last = max(-(-many // size) - 1, 0)
    page = min(st.session_state.get(key, 0), last)
    if last:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.button(
                "Vorige", key=f"{key} before", icon=":material/chevron_left:", disabled=not page,
                on_click=_turn, args=(key, page - 1),
            )  # fmt: skip
            st.markdown(f"Seite {number(page + 1, 0)} von {number(last + 1, 0)}")
            st.button(
                "Nächste", key=f"{key} after", icon=":material/chevron_right:", disabled=page >= last,
                on_click=_turn, args=(key, page + 1),
            )  # fmt: skip
    return page * size, (page + 1) * size


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page
