"""Vorlage schreiben: what a paper is about, its texts to edit, and the file for Word or as PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from steering.analysis.document import Document
from steering.analysis.paper import draft as drafts
from steering.analysis.paper.draft import Draft, Head
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import About, Subject, subjects
from steering.analysis.paper.whole_plan import masterplan
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.charts.drawing import to_vega
from steering.charts.paper_pictures import drawings
from steering.exchange import pictures, word
from steering.exchange.word import pdf
from steering.web import address, current, filters, word_files
from steering.web.fields import NOTHING_CHOSEN

KIND, SUBJECT, TEXTS, TEMPLATE = "paper_kind", "paper_subject", "paper_texts", "paper_template"
PAPER, PLAN = "Sitzungsvorlage", "Masterplan"
PART, WRITE = "masterplan_part", "Vorlage schreiben"  # the part of page Masterplan
_LINE, _ROW = 95, 26  # characters of a line in an input, and its height


def begin(programme_id: int) -> None:
    """Choose the paper about a programme that ends, for whoever comes from the Lagebild."""
    st.session_state[PART], st.session_state[KIND] = WRITE, PAPER
    st.session_state[SUBJECT] = Subject(About.PROGRAMME, str(programme_id))


def show() -> None:
    """The whole form."""
    st.segmented_control("Dokument", (PAPER, PLAN), key=KIND, default=PAPER, required=True)
    view, ideas = filters.view().without_changes, bool(st.session_state.get(address.IDEAS))
    if st.session_state[KIND] == PLAN:
        st.markdown(
            "Der Masterplan wird als Ganzes geschrieben: nach Handlungsfeld und Zeitraum, mit Verzeichnis."
        )
        _downloads(current.of(facts, view, Subject(), True, ideas), None)
        return
    subject = _subject(view)
    if subject is not None:
        with_plan = bool(st.session_state[address.MASTERPLAN])
        found = current.of(facts, view, subject, with_plan, with_plan and ideas)
        _downloads(found, _edited(found, subject))


def _subject(view: View) -> Subject | None:
    labels = current.of(_labels, view)
    _keep(SUBJECT, Subject())
    if st.session_state[SUBJECT] not in labels:
        st.info("Worum es in der Vorlage ging, gibt es nicht mehr; bitte neu wählen.")
        st.session_state[SUBJECT] = Subject()
    chosen: Subject = st.selectbox(
        "Gegenstand", list(labels), key=SUBJECT, format_func=labels.__getitem__, placeholder=NOTHING_CHOSEN
    )
    st.session_state[f"{SUBJECT}_kept"] = chosen
    return chosen


def _keep(key: str, otherwise: Any) -> None:
    """What a page change takes from the widgets stays chosen."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(f"{key}_kept", otherwise)


def _labels(portfolio: Portfolio, view: View) -> dict[Subject, str]:
    return subjects(portfolio.without_examples(), view)


def _edited(found: Facts, subject: Subject) -> Document:
    made = drafts.draft(found)
    # Texts typed before guests looked on may quote what is internal: they wait under a name of their own.
    place = f"{subject.about}/{subject.key}{'/für alle' if current.discreet() else ''}"
    head = _head(made.head, place)
    texts, dropped = {}, set()
    for part in made.parts:
        if part.level == 1 and not part.text and not part.after:
            st.subheader(part.title, anchor=False)
            continue
        if not _switch(part.title, f"{place}/{part.key}/keep"):
            dropped.add(part.key)
        elif part.text:
            texts[part.key] = _text(part.title, part.text, f"{place}/{part.key}")
    return drafts.compose(found, Draft(head, made.parts), texts, frozenset(dropped))


def _head(head: Head, place: str) -> Head:
    left, right = st.columns(2)
    with left:
        number = _line("Vorlage-Nr.", head.number, f"{place}/number")
    with right:
        department = _line("Fachbereich", head.department, f"{place}/department")
    subject = _line("Betreff", head.subject, f"{place}/subject")
    lines = _text("Beratungsfolge, je Zeile ein Gremium", "\n".join(head.sittings), f"{place}/sittings")
    annexes = _text("Anlagen, je Zeile eine", "\n".join(head.annexes), f"{place}/annexes")
    return replace(
        head,
        number=number,
        department=department,
        subject=subject,
        sittings=_lines(lines),
        annexes=_lines(annexes),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _switch(title: str, key: str) -> bool:
    _restore(key, True)
    return _stored(key, True, st.checkbox(f"**{title}** aufnehmen", key=key))


def _line(label: str, default: str, key: str) -> str:
    _restore(key, default)
    return _stored(key, default, st.text_input(label, key=key))


def _text(label: str, default: str, key: str) -> str:
    shown = _restore(key, default)
    rows = sum(len(line) // _LINE + 1 for line in shown.splitlines()) + 2
    return _stored(key, default, st.text_area(label, key=key, height=max(rows, 3) * _ROW))


def _restore(key: str, default: Any) -> Any:
    """Put into an input what was typed there; a text that nobody has touched follows the data."""
    based, kept = st.session_state.setdefault(TEXTS, {}).get(key, (default, default))
    now = st.session_state.get(key, kept)
    st.session_state[key] = default if now == based else now
    return st.session_state[key]


def _stored(key: str, default: Any, now: Any) -> Any:
    texts = st.session_state[TEXTS]
    based = default if now == default else texts.get(key, (default, default))[0]
    texts[key] = (based, now)
    return now


def _downloads(found: Facts, paper: Document | None) -> None:
    document = paper or masterplan(found)
    name = PAPER if paper else PLAN
    template = word_files.template(key=TEMPLATE)
    boundaries = current.boundaries()  # When the file is made, there is no session to ask.

    def docx() -> bytes:
        drawn = drawings(found, boundaries)
        return word.write(
            document, {key: pictures.png(to_vega(each)) for key, each in drawn.items()}, template
        )

    with st.container(horizontal=True):
        st.download_button(
            "Als Word-Datei herunterladen",
            docx,
            f"{name}.docx",
            word.DOCX,
            key="paper_docx",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        wanted = word_files.pdf_wanted("Als PDF erzeugen", key="paper_pdf")
    if not pdf.available():
        st.caption(pdf.NOT_INSTALLED)
    if wanted:
        word_files.offer_pdf(docx, name, key="paper_pdf")
    if found.left_out:
        st.caption("Was auf Beispielen beruht, steht nicht im Dokument.")
