"""Contact data of a person taken out of the Verlauf: looked for, counted, confirmed, done."""

from __future__ import annotations

import streamlit as st

from steering.model.german import count, listing
from steering.model.labels import field_word
from steering.storage.history import erasing
from steering.storage.history.erasing import Traces
from steering.storage.problems import StorageError
from steering.storage.rights.table import Right
from steering.web import current
from steering.web.editing import attempts, step_words
from steering.web.editing.open_forms import close_untouched
from steering.web.history import search
from steering.web.text import plain

WORDS, WHERE, SURE, DONE = "erase words", "erase where", "erase sure", "erase done"
KEEP, ALSO = "Im heutigen Bestand behalten", "Auch aus dem heutigen Bestand löschen"


def show() -> None:
    """Behind an expander: seldom needed, and for good."""
    if current.discreet() or not current.offers(Right.ERASE) or search.nothing_yet():
        return
    if done := st.session_state.pop(DONE, None):
        st.success(plain(done), icon=":material/check:")
    with st.expander("Kontaktdaten einer Person aus dem Verlauf löschen", icon=":material/person_off:"):
        _body()


def _body() -> None:
    st.markdown(
        "Wer seine Daten gelöscht haben will (Art. 17 DSGVO), dessen Name, E-Mail-Adresse oder Telefonnummer "
        "wird hier aus dem Verlauf genommen. Es bleibt vermerkt, wer das wann getan hat und in wie vielen "
        "Einträgen."
    )
    st.text_input(
        "Was soll gelöscht werden?", key=WORDS, placeholder="z. B. erika.muster@beispiel.de", max_chars=200,
        help="Wie es gespeichert ist; Groß- oder Kleinschreibung ist gleich. Mehreres bitte nacheinander.",
        on_change=_anew,
    )  # fmt: skip
    words = str(st.session_state.get(WORDS) or "").strip()
    if not words:
        return
    try:
        # Not kept by revision: a saved view raises none.
        traces = erasing.find(current.engine(), words)
    except StorageError as refusal:
        st.warning(plain(str(refusal)))
        return
    _confirm(words, traces)


def _confirm(words: str, traces: Traces) -> None:
    erasable = [each for each in traces.holdings if not each.fixed]
    fixed = [each for each in traces.holdings if each.fixed]
    st.markdown(
        f"»{plain(words)}« steht in **{count(traces.entries, 'Eintrag', 'Einträgen')}** des Verlaufs und "
        f"{_today(traces)}."
    )
    if traces.inside:
        longer = listing([f"»{each}«" for each in traces.inside])
        st.warning(
            f"Das trifft auch Teile längerer Wörter: {plain(longer)}. Ist das nicht gemeint, bitte mehr "
            "eingeben, z. B. Vor- und Nachname."
        )
    if fixed:
        st.caption(
            "Eine Angabe steht in einer geschlossenen Runde und bleibt dort."
            if len(fixed) == 1
            else f"{len(fixed)} Angaben stehen in geschlossenen Runden und bleiben dort."
        )
    if traces.kept:
        where = count(traces.kept, "gemerkten Ansicht oder Adresse", "gemerkten Ansichten oder Adressen")
        st.caption(
            f"Es steht auch in {where} "
            "für andere Programme. Aus einem Namen wird es genommen; was danach filtert, wird gelöscht."
        )
    if erasable or traces.kept:
        st.radio(
            "Heutiger Bestand", [KEEP, ALSO], key=WHERE,
            help="Bleibt eine Angabe stehen und wird sie später geändert, hält der Verlauf sie wieder fest.",
        )  # fmt: skip
    also = bool(erasable or traces.kept) and st.session_state.get(WHERE) == ALSO
    if not traces.entries and not also:
        return
    st.caption(
        "Entwürfe von Vorlagen, der Stand geschlossener Runden, Verschicktes und Sicherungen werden nicht "
        "durchsucht. "
        "Änderungen, aus denen etwas gelöscht ist, lassen sich nicht mehr zurücknehmen."
    )
    sure = st.checkbox("Ja, endgültig löschen. Das lässt sich nicht zurücknehmen.", key=SURE)
    st.button("Endgültig löschen", type="primary", disabled=not sure, on_click=_erase, args=(words, also))


def _today(traces: Traces) -> str:
    """In how many fields of today's records it stands, and which these are, the first of them."""
    if not traces.holdings:
        return "im heutigen Bestand **nirgends**"
    found = [
        f"{each.title}, »{field_word(str(each.record.__tablename__), each.field)}«"
        for each in traces.holdings
    ]
    return f"heute in **{count(len(found), 'Angabe', 'Angaben')}**: {plain(listing(found))}"


def _erase(words: str, also: bool) -> None:
    if not st.session_state.get(SURE):
        return
    try:
        done = erasing.erase(
            current.engine(), words, from_records=also, actor=attempts.actor(), now=current.now()
        )
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
        return
    told = step_words.erased_from(done.entries, done.fields)
    st.session_state[DONE] = f"Gelöscht {told}. Das steht im Verlauf."
    st.session_state[WORDS] = ""
    _anew()
    close_untouched()


def _anew() -> None:
    st.session_state[SURE] = False
    st.session_state[WHERE] = KEEP
