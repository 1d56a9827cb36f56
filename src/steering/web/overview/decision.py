"""The next decision on the Lagebild: the question, whose it is, the way there, and its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.changes import ScenarioChange, SetOnLoss
from steering.analysis.decision import options as answers
from steering.analysis.decision import table
from steering.analysis.decision.open_question import Asked, asked
from steering.analysis.decision.options import OptionKind
from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.decision.way import Way, way
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.decisions import upcoming
from steering.analysis.structures.handed_in import Standing
from steering.analysis.structures.inventory import Selection, only_prepared, select
from steering.analysis.view import View
from steering.model.german import day
from steering.storage.rights.table import Right
from steering.web import address, current, filters, handed_in, pages, panels, places
from steering.web.browser import html
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.findings.rows import on_any_day
from steering.web.overview import words
from steering.web.papers import form as paper_form
from steering.web.structures import deciding, prepared

BRIDGE = "bridge_until"
# How sittings that are not there come in: one is entered, a year of them read. What to press, where it leads.
ENTERED, READ = ("Termin erfassen", pages.COMMITTEES), ("Termine einlesen", pages.SITTINGS)
# The shares of the label and of the answers beside it, as the stylesheet has them.
LABEL, ANSWER = 13, 21.75


def show() -> None:
    """The question as the page's answer, and below it all that one asks before voting."""
    found = _found()
    question = found.question
    left_out = current.derived(_left_out, filters.view(), filters.selection())
    panels.answer(pages.OVERVIEW, words.answer(found, filters.selection()), *filter(None, [left_out]))
    with places.sometimes():
        _settled(found)
    if question is None:
        return
    the_way = current.of(way, current.today(), question)
    _whose(question, the_way)
    with places.sometimes():
        if found.paper is not None:
            st.markdown(handed_in.line(found.paper))
        if said := words.as_of(filters.view().as_of, current.today()):
            st.caption(said)
    html.steps(words.steps(the_way), "Weg zur Entscheidung")
    _answers(question)
    _paper_button(question)
    if found.news:
        st.markdown(words.news(found.news))


def prepare() -> None:
    """Work out what takes longest of it for who stands in, as it opens."""
    if question := _found().question:
        _compared(question, answers.bridges(question.end)[0])


def _found() -> Asked:
    return current.derived(_asked, filters.view(), filters.selection())


def _settled(found: Asked) -> None:
    """What is decided is no question any more; what was decided, and what that leaves to do, is told."""
    for each in found.settled:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(words.settled(each), width="content")
            if each.paper.standing == Standing.PASSED and current.offers(Right.EDIT):
                structure = each.question.structures[0]
                key = f"follow {each.paper.submission_id} {structure}"
                handed_in.follow_up(structure, key=key)


def _asked(at: View, chosen: Selection) -> Asked:
    return asked(current.portfolio(), ahead(at, chosen))


def ahead(at: View, chosen: Selection) -> pd.DataFrame:
    """The ends ahead that the filters let through, soonest first: rows of `decisions.upcoming`."""
    return select(current.of(upcoming, on_any_day(at)), chosen)


def _left_out(at: View, chosen: Selection) -> str:
    """What is still to be decided and only prepared by those whom the filter names."""
    rows = only_prepared(current.of(upcoming, on_any_day(at)), chosen)
    due = deciding.decide_by(at.today)
    ours = due[~due["decided_by_others"] & (due["act_words"] != deciding.SETTLED_WORD)]
    return prepared.left_out(rows[rows["funding_id"].isin(ours["funding_id"])])


def _whose(question: DecisionQuestion, the_way: Way) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="whose"):
        st.markdown(words.whose(question, the_way), width="content")
        if the_way.missing and current.offers(Right.SETTINGS):
            label, section = ENTERED if the_way.unread is None else READ
            st.page_link(
                pages.DATA.file, label=label, icon=":material/arrow_forward:",
                query_params={pages.SECTION: section},
            )  # fmt: skip


def _answers(question: DecisionQuestion) -> None:
    offered = answers.bridges(question.end)
    st.session_state[BRIDGE] = _until(offered)
    found = _compared(question, st.session_state[BRIDGE])
    rows = [
        (label, [(each.cells[row].text, each.cells[row].mark) for each in found.columns])
        for row, label in enumerate(found.labels)
    ]
    html.compared([(each.title, each.below) for each in found.columns], rows, "Wege und was sie bedeuten")
    if not current.presenting():
        _choices(offered, found)


def _compared(question: DecisionQuestion, until: date) -> _Told:
    return current.of(_told, filters.view().without_what_if, question, until)


def _until(offered: tuple[date, ...]) -> date:
    """Up to when the table bridges: what was chosen, else what is assumed, else the first that is offered."""
    chosen = st.session_state.get(address.BRIDGE)
    if chosen not in offered:
        st.session_state.pop(address.BRIDGE, None)
    assumed = [getattr(each, "until", None) for each in st.session_state.get(filters.WHAT_IF, ())]
    wanted = [chosen, *assumed, offered[0]]
    return next(each for each in wanted if each in offered)


@dataclass(frozen=True)
class _Told:
    """The answers side by side in words, and how their figures come about."""

    labels: tuple[str, ...]
    columns: tuple[table.AnswerColumn, ...]
    reckoned: tuple[str, ...]


def _told(portfolio: Portfolio, at: View, question: DecisionQuestion, until: date) -> _Told:
    found = answers.options(portfolio, at, question, until)
    columns = table.columns(question, found)
    return _Told(table.labels(found), columns, tuple(words.reckoned(portfolio, question, columns)))


def _choices(offered: tuple[date, ...], found: _Told) -> None:
    """Under each answer the way into its what-if, and how its figures come about."""
    shares = [LABEL, *[ANSWER] * len(found.columns)]
    places = st.columns(shares, gap="xxsmall", vertical_alignment="center")
    with places[0], st.popover("Rechnung", type="tertiary"):
        for line in found.reckoned:
            st.markdown(line)
    for place, each in zip(places[1:], found.columns, strict=True):
        with place, st.container(horizontal=True, gap="small", vertical_alignment="center"):
            _choice(each)
            if each.option.kind == OptionKind.BRIDGE:
                with st.popover("Frist", type="tertiary"):
                    st.selectbox(
                        "Überbrücken bis", offered, key=BRIDGE, format_func=day, placeholder=NOTHING_CHOSEN,
                        on_change=_move, args=(each.option.changes,),
                    )  # fmt: skip


def _choice(answer: table.AnswerColumn) -> None:
    """The way into an answer's what-if; where it assumes nothing, the way back out of another one. Of the
    answer that is counted already, as assumed or as a measure in force has it, that it is."""
    changes, played = answer.option.changes, tuple(st.session_state.get(filters.WHAT_IF, ()))
    if changes == played or (not played and answer.option.as_it_is):
        st.caption("so rechnen zurzeit alle Seiten")
        return
    st.button(
        "Durchspielen", key=f"play {answer.option.kind}", help=words.PLAYING, on_click=_play, args=(changes,)
    )


def _play(changes: tuple[ScenarioChange, ...]) -> None:
    """The answer as a what-if on every page: it stands in the address, and can be kept as a measure."""
    st.session_state[filters.WHAT_IF] = changes


def _move(played: tuple[ScenarioChange, ...]) -> None:
    """Another day to bridge to: where bridging is what is assumed, what is assumed goes to that day."""
    until = st.session_state[address.BRIDGE] = st.session_state[BRIDGE]
    if played == tuple(st.session_state.get(filters.WHAT_IF, ())):
        st.session_state[filters.WHAT_IF] = tuple(
            replace(each, until=until) if isinstance(each, SetOnLoss) else each for each in played
        )


def _paper_button(question: DecisionQuestion) -> None:
    """The way to the paper about the programme that ends next; nobody writes one before a room."""
    if not current.offers(Right.PAPERS) or question.programme_id is None:
        return
    if st.button("Sitzungsvorlage dazu schreiben", icon=":material/edit_document:", key="write_paper"):
        paper_form.begin(question.programme_id)
        address.go_to(pages.MASTERPLAN.file)
