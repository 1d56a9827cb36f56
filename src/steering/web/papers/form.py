"""Vorlage schreiben: what a paper is about, its texts to edit, and the file for Word or as PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from functools import partial

import streamlit as st

from steering.analysis.document import Document
from steering.analysis.paper import draft as drafts
from steering.analysis.paper.annexes import MAP, TIMELINE
from steering.analysis.paper.draft import Head, PaperDraft
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import About, PaperSubject, subjects, touching
from steering.analysis.paper.whole_plan import masterplan
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.paper_pictures import as_vega, drawings
from steering.exchange import pictures, word
from steering.exchange.word import pdf
from steering.model.german import listing, with_capital
from steering.web import address, current, filters, held_choice
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.papers import desk as paper_desk
from steering.web.papers import handing_in, word_files
from steering.web.papers.desk import Desk

KIND, SUBJECT, TEMPLATE = "paper_kind", "paper_subject", "paper_template"
PAPER, PLAN = "Sitzungsvorlage", "Masterplan"
PICTURES = {MAP: "eine Karte", TIMELINE: "eine Zeitachse"}
FILTERED = (
    "Die Filter links kürzen nur die Liste der Gegenstände. Die Vorlage handelt immer von ihrem ganzen "
    "Gegenstand, auch von dem, was gerade ausgefiltert ist."
)
Compose = Callable[[Set[str]], Document]
PART, WRITE = "masterplan_part", "Vorlage schreiben"  # the part of page Masterplan


def begin(programme_id: int) -> None:
    """Choose the paper about a programme that ends, for whoever comes from the Lagebild."""
    st.session_state[PART], st.session_state[KIND] = WRITE, PAPER
    st.session_state[SUBJECT] = PaperSubject(About.PROGRAMME, str(programme_id))


def show() -> None:
    """The whole form."""
    st.session_state.setdefault(KIND, PAPER)
    st.segmented_control(
        "Dokument", (PAPER, PLAN), key=KIND, required=True, persist_state="session", wrap=True
    )
    view, ideas = filters.view().without_changes, address.with_ideas()
    if st.session_state[KIND] == PLAN:
        st.markdown(
            "Der Masterplan wird als Ganzes geschrieben, ohne die Filter links: nach Handlungsfeld und "
            "Zeitraum, mit Verzeichnis."
        )
        found = current.of(facts, view, PaperSubject(), True, ideas)
        write = _downloads(found, partial(masterplan, found))
        name = f"Masterplan Integration {found.district}"
        handing_in.show(About.PLAN, "", handing_in.Draft(name, "", "", {}, write))
        return
    subject = _subject(view)
    if subject is not None:
        with_plan = bool(st.session_state[address.MASTERPLAN])
        found = current.of(facts, view, subject, with_plan, with_plan and ideas)
        _desk(found, subject)


def _subject(view: View) -> PaperSubject | None:
    begun = paper_desk.begun()
    st.session_state.setdefault(SUBJECT, PaperSubject())
    labels = held_choice.hold(SUBJECT, current.of(_labels, view))
    if st.session_state[SUBJECT] not in labels:
        st.info("Worum es in der Vorlage ging, gibt es nicht mehr; bitte neu wählen.")
        st.session_state[SUBJECT] = PaperSubject()
    offered = _offered(view, labels)

    def words(each: PaperSubject) -> str:
        return labels[each] + (" · Entwurf begonnen" if paper_desk.digest(_place(each)) in begun else "")

    chosen: PaperSubject = st.selectbox(
        "Gegenstand", offered, key=SUBJECT, format_func=words, placeholder=NOTHING_CHOSEN,
        persist_state="session",
    )  # fmt: skip
    if filters.selection().active:
        st.caption(FILTERED)
    return chosen


def _offered(view: View, labels: Mapping[PaperSubject, str]) -> list[PaperSubject]:
    """The subjects that filters let through; the one that is chosen stays."""
    if not filters.selection().active:
        return list(labels)
    kept = current.of(_touching, view, filters.selection())
    return [each for each in labels if each in kept or each == st.session_state[SUBJECT]]


def _touching(portfolio: Portfolio, view: View, chosen: Selection) -> frozenset[PaperSubject]:
    return touching(portfolio.without_examples(), view, chosen)


def _place(subject: PaperSubject) -> str:
    """What its texts are kept under.

    Those typed before guests looked on may quote what is internal: they wait under a name of their own.
    """
    return f"{subject.about}/{subject.key}{'/für alle' if current.discreet() else ''}"


def _labels(portfolio: Portfolio, view: View) -> dict[PaperSubject, str]:
    return subjects(portfolio.without_examples(), view)


def _desk(found: Facts, subject: PaperSubject) -> None:
    """The texts, the files of them, and what was handed in."""
    draft, texts, dropped = _edited(found, subject)
    write = _downloads(found, partial(drafts.compose, found, draft, texts, dropped))
    ends = {key: asked.question.end for asked in found.questions.asked for key in asked.question.fundings}
    said = drafts.wording(draft, texts, dropped)
    name = draft.head.subject or "ohne Betreff"
    handing_in.show(subject.about, subject.key, handing_in.Draft(name, draft.head.number, said, ends, write))


def _edited(found: Facts, subject: PaperSubject) -> tuple[PaperDraft, dict[str, str], frozenset[str]]:
    """What stands on the desk: the draft with its head, the texts by part, the parts left out."""
    made, desk = drafts.draft(found), Desk(_place(subject))
    above = st.container()
    texts: dict[str, str] = {}
    dropped: set[str] = set()
    with st.container():
        head = _head(made.head, desk)
        for part in made.parts:
            if part.level == 1 and not part.text and not part.after:
                st.subheader(part.title, anchor=False)
            elif not desk.switch(f"{part.title} aufnehmen", f"{part.key}/keep"):
                dropped.add(part.key)
            elif part.text:
                texts[part.key] = desk.text(part.title, part.text, part.key, named=False)
    with above:  # Only now it is known whether something was just typed.
        desk.status()
    desk.keep_watch()
    return PaperDraft(head, made.parts), texts, frozenset(dropped)


def _head(head: Head, desk: Desk) -> Head:
    left, right = st.columns(2)
    with left:
        number = desk.line("Vorlage-Nr.", head.number, "number")
    with right:
        department = desk.line("Fachbereich", head.department, "department")
    subject = desk.line("Betreff", head.subject, "subject")
    lines = desk.text("Beratungsfolge, je Zeile ein Gremium", "\n".join(head.sittings), "sittings")
    annexes = desk.text("Anlagen, je Zeile eine", "\n".join(head.annexes), "annexes")
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


def _downloads(found: Facts, compose: Compose) -> Callable[[], tuple[str, bytes]]:
    """The files of what stands on the screen; `compose` is told which pictures could be drawn.

    Gives what writes the Word file.
    """
    template = word_files.template(key=TEMPLATE)
    drawn = drawings(found, current.boundaries())

    def written() -> tuple[str, bytes]:
        images = pictures.all_as_png(as_vega(drawn))
        paper = compose(images.keys())
        return paper.file_name, word.write_numbered(paper, images, template)

    shown = compose(drawn.keys())
    with st.container(horizontal=True, vertical_alignment="center"):
        word_files.download("Als Word-Datei herunterladen", written, same=(shown, template), key="paper_docx")
        wanted = word_files.pdf_wanted("Als PDF herunterladen", key="paper_pdf")
    if not pdf.available():
        st.caption(pdf.NOT_INSTALLED)
    if wanted:
        word_files.offer_pdf(lambda: written()[1], shown.file_name, key="paper_pdf")
    missing = [PICTURES[key] for key in PICTURES if key not in drawn]
    if missing:
        verb = "fehlt" if len(missing) == 1 else "fehlen"
        words = listing(missing)
        st.caption(f"{with_capital(words)} {verb} im Dokument: Dafür liegen keine Angaben vor.")
    if sum(found.left_out.values()):
        st.caption("Was auf Beispielen beruht, steht nicht im Dokument; wo etwas fehlt, steht es dabei.")
    return written
