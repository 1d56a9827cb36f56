"""What the data propose to talk about, to be taken onto the agenda or left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from steering.analysis.agenda import agenda
from steering.analysis.agenda.agenda import News, ProposedPoint
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Round, wording
from steering.analysis.view import Scenario, View
from steering.model import AgendaGroup, AgendaItem, AgendaStatus, ExtensionRule, Subject
from steering.model.german import count, day
from steering.model.vocabulary import word
from steering.storage import reading
from steering.storage.writing import Edit
from steering.web import current, filters, folded
from steering.web.editing import attempts
from steering.web.rounds import choice
from steering.web.text import bold, plain

# As many of a group stand at once, and so many more behind an expander at a time.
MOST, PORTION = 15, 100
CHOICE = "proposals chosen"
CHOSEN_TOO = "»Alle wählen« und »Keinen wählen« gelten auch für sie."
# What proposals are made for while there is no round.
NO_ROUND = -1
WHAT_THERE_IS = "Was die Daten zeigen"
NOTHING = (
    "Aus den Daten gibt es nichts weiter vorzuschlagen: Alles, was offen oder neu ist oder fällig wird, "
    "steht schon auf der Tagesordnung oder wurde weggelassen."
)

DECIDED = (
    "Die gewählten Vorschläge stehen schon auf der Tagesordnung oder sind weggelassen; "
    "es wurde nichts ein zweites Mal eingetragen."
)


def show(meeting: Round) -> None:
    """The proposals by group, the urgent ones first, each to be chosen."""
    found = current.derived(_found, meeting.id, current.today())
    if not found:
        st.info(NOTHING)
        return
    st.markdown(
        f"{bold(count(len(found), 'Vorschlag', 'Vorschläge'))} {_since()} Gewähltes kommt auf die "
        "Tagesordnung oder wird für diese Runde weggelassen; der Rest bleibt hier stehen."
    )
    st.caption(_scenario())
    if told := _fits(found):
        st.caption(told)
    _buttons(meeting, found)
    first = current.of(agenda.last_closed) is None
    for head, members in groupby(found, key=lambda one: wording.heading(one.group, one.subject)):
        some = list(members)
        shown = WHAT_THERE_IS if first and head == word(AgendaGroup.CHANGED) else head
        st.header(f"{shown}: {len(some)}", anchor=False)
        _portioned(some, f"proposals shown {meeting.id} {head}", partial(_row, meeting), CHOSEN_TOO)


def before_the_first() -> None:
    """What the data propose while there is no round yet: to be read, and chosen once there is one."""
    found = of_the_first()
    if not found:
        return
    st.header(f"{WHAT_THERE_IS}: {len(found)}", anchor=False)
    st.caption(
        "Das schlägt das Programm für die erste Runde vor. Wählen lässt es sich, sobald sie angelegt ist. "
        + _scenario()
    )
    _portioned(found, "proposals shown", _told)


def of_the_first() -> tuple[ProposedPoint, ...]:
    """What the data propose while there is no round yet."""
    return current.derived(_found, NO_ROUND, current.today())


def _portioned(
    found: Sequence[ProposedPoint], key: str, draw: Callable[[ProposedPoint], None], told: str = ""
) -> None:
    """The first of them in sight, a portion more folded away, and what a browser could not bear on demand.

    `told`: what is true of those that are not there yet.
    """
    for one in found[:MOST]:
        draw(one)
    if len(found) <= MOST:
        return
    shown = MOST + int(st.session_state.get(key, PORTION))

    def draw_more() -> None:
        for one in found[MOST:shown]:
            draw(one)
        if (rest := len(found) - shown) > 0:
            st.caption(f"{count(rest, 'steht', 'stehen')} noch nicht da. {told}".strip())
            st.button(
                f"{min(rest, PORTION)} weitere zeigen", key=f"{key} more", on_click=_show_more, args=(key,)
            )

    folded.fold(f"{len(found) - MOST} weitere", draw_more, key=f"{key} folded")


def _show_more(key: str) -> None:
    st.session_state[key] = int(st.session_state.get(key, PORTION)) + PORTION


def _told(one: ProposedPoint) -> None:
    only = " · nur Verwaltung" if one.internal else ""
    st.markdown(f"{bold(one.name)}{only}  \n{plain(one.occasion)}")


def _since() -> str:
    last = current.of(agenda.last_closed)
    if last is None:
        return "aus den Daten für die erste Runde."
    rows = current.portfolio().meetings.set_index("id")
    return f"seit der Runde vom {day(rows['day'][last])}."


def _scenario() -> str:
    """In which scenario the proposals are reckoned: the last round's, not the one chosen on the page."""
    last = current.of(agenda.last_closed)
    rule, planned = current.of(_rested_on, last)
    before = "" if last is None else ", wie die letzte Runde"
    return (
        f"Gerechnet im Szenario »{word(rule)}« {'mit' if planned else 'ohne'} Masterplan{before}; "
        "die Wahl links ändert daran nichts."
    )


def _fits(found: tuple[ProposedPoint, ...]) -> str:
    """How the findings that the answer counts since the last round stand in this list; "" without any."""
    told = news()
    turned = told.new + told.changed + told.closed
    if told.since is None or not turned:
        return ""
    listed = sum(one.subject == Subject.FINDING and one.group == AgendaGroup.CHANGED for one in found)
    said = f"Von {count(turned, _ONE_TURNED, _TURNED)} {_stand(listed)}"
    rest = turned - listed
    if rest > 0:
        said += f"; {count(rest, 'steht', 'stehen')} als Frist oder Ende da oder {_was(rest)} schon behandelt"
    return f"{said}. Alles Übrige hat einen anderen Anlass; er steht dabei."


_ONE_TURNED = "neuem, verändertem oder geschlossenem Hinweis"
_TURNED = "neuen, veränderten oder geschlossenen Hinweisen"


def _stand(number: int) -> str:
    return f"{'stehen' if number > 1 else 'steht'} hier {number or 'keiner'}"


def _was(number: int) -> str:
    return "wurde" if number == 1 else "wurden"


def _row(meeting: Round, one: ProposedPoint) -> None:
    key = _key(meeting.id, one)
    only = " · nur Verwaltung" if one.internal else ""
    # Streamlit forgets a box that a run does not draw: what was chosen is kept beside it.
    st.session_state[key] = _is_chosen(meeting.id, one)
    # No marks in the label: a screen reader would read the asterisks.
    st.checkbox(f"{plain(one.name)}{only}", key=key, on_change=_note, args=(key,))
    st.caption(plain(one.occasion))


def _note(key: str) -> None:
    _choice()[key] = bool(st.session_state[key])


def _choice() -> dict[str, bool]:
    """What somebody has chosen or not, by the key of the proposal, drawn or not."""
    found: dict[str, bool] = st.session_state.setdefault(CHOICE, {})
    return found


def _meant(one: ProposedPoint) -> bool:
    """Whether it is chosen unless somebody says otherwise: what was left open or is due is meant to be talked
    about; of what has changed one chooses.
    """
    return one.group != AgendaGroup.CHANGED or one.subject == Subject.ACTION


def _is_chosen(meeting_id: int, one: ProposedPoint) -> bool:
    """Whether it is chosen, be it on the screen or not."""
    return _choice().get(_key(meeting_id, one), _meant(one))


def _key(meeting_id: int, one: ProposedPoint) -> str:
    return f"proposal {meeting_id} {one.subject} {one.subject_key or one.name} {one.previous_id or ''}"


def _buttons(meeting: Round, found: tuple[ProposedPoint, ...]) -> None:
    number = sum(_is_chosen(meeting.id, one) for one in found)
    points = count(number, "Punkt", "Punkte")
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"{points} auf die Tagesordnung", type="primary", icon=":material/playlist_add:",
            on_click=_take, args=(meeting, found, AgendaStatus.PLANNED), key="proposals-take",
        )  # fmt: skip
        st.button(f"{points} für diese Runde weglassen", on_click=_take,
                  args=(meeting, found, AgendaStatus.DROPPED), key="proposals-drop")  # fmt: skip
        st.button("Alle wählen", on_click=_choose, args=(meeting, found, True), type="tertiary")
        st.button("Keinen wählen", on_click=_choose, args=(meeting, found, False), type="tertiary")


def _choose(meeting: Round, found: tuple[ProposedPoint, ...], chosen: bool) -> None:
    _choice().update({_key(meeting.id, one): chosen for one in found})


def _take(meeting: Round, found: tuple[ProposedPoint, ...], status: AgendaStatus) -> None:
    chosen = [one for one in found if _is_chosen(meeting.id, one)]
    if not chosen:
        st.session_state["refused"] = "Es ist kein Vorschlag gewählt. Bitte zuerst welche ankreuzen."
        return
    # A second press, or somebody else, may find what is already decided.
    current.refresh()
    still = {_key(meeting.id, one) for one in current.derived(_found, meeting.id, current.today())}
    chosen = [one for one in chosen if _key(meeting.id, one) in still]
    if not chosen:
        st.session_state["refused"] = DECIDED
        return
    first = choice.last_place(meeting.id) + 1
    edits = [
        Edit(AgendaItem, {**one.values, "meeting_id": meeting.id, "position": place, "status": status})
        for place, one in enumerate(chosen, start=first)
    ]
    dropped = status == AgendaStatus.DROPPED
    told = count(len(chosen), "Vorschlag", "Vorschläge")
    if attempts.edit(edits, f"{told} weggelassen:" if dropped else f"{told} auf der Tagesordnung:"):
        for one in chosen:
            _choice().pop(_key(meeting.id, one), None)


def _found(meeting_id: int, today: object) -> tuple[ProposedPoint, ...]:
    at, before = _compared()
    return current.of(agenda.proposals, at, meeting_id, before)


def news() -> News:
    """What is new since the last closed round."""
    return current.of(agenda.news, *_compared())


def _compared() -> tuple[View, str | None]:
    """The view in which the last round was closed, as of today, and what was kept of it."""
    today = current.today()
    last = current.of(agenda.last_closed)
    rule, planned = current.of(_rested_on, last)
    at = View(today, today, filters.horizon(), Scenario(rule))
    if planned:
        at = plan.planned(at, current.of(plan.changes, False))
    return at, None if last is None else current.derived(_snapshot, last)


def _rested_on(portfolio: Portfolio, meeting_id: int | None) -> tuple[ExtensionRule, bool]:
    rows = portfolio.meetings
    rows = rows[rows["id"] == meeting_id] if meeting_id is not None else rows.iloc[:0]
    if rows.empty or not rows["scenario"].iloc[0]:
        return ExtensionRule.SECURED, False
    return ExtensionRule(rows["scenario"].iloc[0]), bool(rows["masterplan"].iloc[0])


def _snapshot(meeting_id: int) -> str | None:
    return reading.snapshot(current.engine(), meeting_id)
