"""Abgabe: the file of a draft is put away as it is, with its number, its link and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from steering.analysis.structures.handed_in import HandedIn, ends_as_text, of_subject
from steering.exchange.word import DOCX
from steering.model import About, Submission
from steering.model.base import NAME_LENGTH
from steering.model.german import day
from steering.storage import handing_in
from steering.storage.rights.table import Right
from steering.web import current, handed_in
from steering.web.browser import handing_over
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import Input
from steering.web.papers import results
from steering.web.text import plain

TITLE, HAND_IN, AGAIN = "Abgabe und Ergebnis", "Vorlage abgeben", "Neue Fassung abgeben"
CHANGED = (
    ":material/sync_problem: Seither geändert: Der Entwurf oben lautet inzwischen anders als die abgegebene "
    "Fassung."
)
_PRESSED, _FETCHED = "hand in pressed", "handed in file"


@dataclass(frozen=True)
class Draft:
    """What stands on the desk and could be handed in; `write` gives the file's name and its bytes.

    `wording`: a digest of what it says, "" where nobody edits it; `ends`: the day asked about by funding.
    """

    name: str
    number: str
    wording: str
    ends: Mapping[int, date]
    write: Callable[[], tuple[str, bytes]]


def show(about: About, subject_key: str, draft: Draft) -> None:
    """What was handed in about a subject, what came of it, and the form to hand this draft in.

    Not while guests look on: what was handed in may be for a sitting that is not public.
    """
    if current.discreet() or not current.offers(Right.PAPERS):
        return
    _carry_out(about, subject_key, draft)
    st.subheader(TITLE, anchor=False)
    papers = current.of(of_subject, about, subject_key)
    for place, paper in enumerate(papers):
        with st.container(border=True):
            _paper(paper, draft if place == 0 else None)
    with st.expander(AGAIN if papers else HAND_IN, icon=":material/outbox:"):
        st.caption(
            "Die Word-Datei, wie sie jetzt hier entsteht, wird mit ihrer Prüfsumme abgelegt. Sie bleibt, wie "
            "sie ist, auch wenn der Entwurf oder die Daten sich danach ändern."
        )
        start = {"number": draft.number, "handed_in_on": current.today()}
        record_forms.show(
            _form(about, subject_key), Submission, _INPUTS, start=start, what=HAND_IN, save=_press,
            label="Diese Fassung abgeben",
        )  # fmt: skip


_INPUTS = (
    Input("number", "Vorlage-Nr. der Abgabe", placeholder="z. B. 123/2026; leer, solange keine vergeben ist"),
    Input("link", "Link zur Vorlage", placeholder="https://… (Ratsinformationssystem)"),
    Input("handed_in_on", "Abgegeben am", "day"),
)


def _form(about: About, subject_key: str) -> str:
    return f"submission of {about}/{subject_key}"


def _press(form: record_forms.Form) -> None:
    """Only the run that follows knows what stands on the screen."""
    st.session_state[_PRESSED] = form.name


def _carry_out(about: About, subject_key: str, draft: Draft) -> None:
    name = _form(about, subject_key)
    if st.session_state.get(_PRESSED) != name:
        return
    st.session_state.pop(_PRESSED)
    form = st.session_state.get("forms", {}).get(name)
    values = form.values() if form else {}
    if form is None or form.problems:
        return
    if values["handed_in_on"] is not None and values["handed_in_on"] > current.today():
        form.problems["handed_in_on"] = "Dieser Tag liegt noch vor uns. Bitte den Tag der Abgabe eingeben."
        return
    with st.spinner("Die Word-Datei wird geschrieben und abgelegt …"):
        file_name, content = draft.write()
    values |= {
        "name": draft.name[:NAME_LENGTH], "about": about, "subject_key": subject_key,
        "ends": ends_as_text(draft.ends), "wording": draft.wording,
        "file_name": f"{file_name[: NAME_LENGTH - 5]}.docx",
    }  # fmt: skip
    stored = record_forms.store(
        form,
        lambda: handing_in.hand_in(
            current.engine(form.origin), values, content, actor=attempts.actor(), now=current.now()
        ),
        what=f"Abgabe der Vorlage »{draft.name}«",
    )
    if stored:
        st.rerun()


def _paper(paper: HandedIn, draft: Draft | None) -> None:
    """One Vorlage; `draft`: what stands on the desk now, for the one that was handed in last."""
    st.markdown(handed_in.line(paper))
    st.caption(f"{plain(paper.name)} · abgegeben am {day(paper.handed_in_on)} · SHA-256 {paper.digest[:16]}…")
    if draft is not None and paper.wording and draft.wording != paper.wording:
        st.caption(CHANGED)
    results.listed(paper)
    results.asked(paper)
    with st.container(horizontal=True, vertical_alignment="center"):
        _file(paper)
    with st.expander("Ergebnis eintragen oder berichtigen", icon=":material/how_to_vote:"):
        results.form(paper)
    with st.expander("Nummer, Link oder Tag der Abgabe berichtigen", icon=":material/edit:"):
        record_forms.show(
            f"submission {paper.submission_id}", Submission, _INPUTS, record_id=paper.submission_id,
            what=f"Angaben zur Vorlage »{paper.name}«", gone="Diese Vorlage gibt es nicht mehr.",
        )  # fmt: skip


def _file(paper: HandedIn) -> None:
    """Hand the file over as it was handed in, byte by byte."""
    key = f"handed in {paper.submission_id}"
    pressed = st.button("Abgegebene Datei holen", key=key, icon=":material/description:")
    if not pressed and st.session_state.get(_FETCHED) != key:
        return
    st.session_state[_FETCHED] = key
    try:
        content = handing_in.file_of(current.engine(), paper.digest)
    except handing_in.FileLost as lost:
        st.error(str(lost))
        return
    handing_over.file(content, paper.file_name, DOCX, key=f"{key} file", fresh=pressed)
