"""A mail with topics, pasted in: what was recognised in it, to be looked through before it is entered."""

from __future__ import annotations

import streamlit as st

from steering.analysis.rounds import Round
from steering.analysis.rounds.pasted import UNREAD, LeftOut, PastedPoint, PasteRefused, as_point, read
from steering.analysis.rounds.wishes import Wished
from steering.model.german import count
from steering.model.meetings import same_topic
from steering.storage import wishes
from steering.web import current, held_choice
from steering.web.editing import attempts, choices
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import plain

TEXT, SENDER, AFTER_ALL = "wish_mail", "wish_mail_sender", "wish_mail_after_all"


def show(meeting: Round, there: tuple[Wished, ...]) -> None:
    """The field, and below it what the mail proposes and what of it is left out."""
    with st.expander("Antwort aus einer E-Mail eintragen", icon=":material/mail:"):
        st.text_area(
            "Text der E-Mail", key=TEXT, height=160, persist_state="session",
            help="Punkte sind Zeilen mit Nummer, Aufzählungszeichen oder »TOP:«; was darunter eingerückt "
            "steht, gehört dazu.",
        )  # fmt: skip
        text = str(st.session_state[TEXT] or "")
        if not text.strip():
            st.caption("Hier eine E-Mail einfügen; vor dem Eintragen ist zu sehen, was daraus wird.")
            return
        try:
            found = read(text)
        except PasteRefused as refusal:
            st.error(plain(str(refusal)))
            return
        names = held_choice.hold(SENDER, choices.organisations())
        sender = st.selectbox("Von wem ist sie?", names, index=None, key=SENDER, placeholder=NOTHING_CHOSEN,
                              format_func=lambda key: names.get(key, ""))  # fmt: skip
        points = (*found.points, *_after_all(found.left_out))
        chosen = _preview(points, [wish.name for wish in there if wish.organisation_id == sender])
        _left_out(found.left_out, points)
        _enter(meeting, sender, chosen)


def _after_all(left_out: tuple[LeftOut, ...]) -> tuple[PastedPoint, ...]:
    """Lines that somebody takes for points though they do not look like it."""
    if not left_out:
        return ()
    lines = {each.line: each for each in left_out}
    st.session_state[AFTER_ALL] = [key for key in st.session_state.get(AFTER_ALL, []) if key in lines]
    wanted = st.multiselect(
        "Weitere Zeilen als Thema aufnehmen", list(lines), key=AFTER_ALL, placeholder="keine",
        format_func=lambda key: f"Zeile {key}: {lines[key].text[:80]}", select_all=False,
    )  # fmt: skip
    return tuple(as_point(lines[key]) for key in sorted(wanted))


def _preview(points: tuple[PastedPoint, ...], there: list[str]) -> list[PastedPoint]:
    """Each point to be chosen; what is proposed already says so and is not chosen."""
    if not points:
        st.warning("In dem Text ist kein Punkt zu erkennen. Unten steht jede Zeile; oben lässt sich wählen, "
                   "welche davon ein Thema ist.")  # fmt: skip
    seen, chosen = list(there), []
    for point in points:
        twice = any(same_topic(point.name, other) for other in seen)
        seen.append(point.name)
        key = f"wish mail {point.lines[0]} {point.name} {twice}"
        if st.checkbox(plain(point.name), value=not twice, key=key, disabled=twice):
            chosen.append(point)
        if said := _more(point, twice):
            st.caption(said)
    return chosen


def _more(point: PastedPoint, twice: bool) -> str:
    parts = (
        "**schon vorgeschlagen**, wird nicht noch einmal eingetragen" if twice else "",
        plain(point.reason),
        f"Gewünschtes Ergebnis: {plain(point.wanted)}" if point.wanted else "",
        count(point.minutes, "Minute", "Minuten") if point.minutes else "",
    )
    return " · ".join(filter(None, parts))


def _left_out(left_out: tuple[LeftOut, ...], points: tuple[PastedPoint, ...]) -> None:
    """Every line that is in no point, and why."""
    used = {line for point in points for line in point.lines}
    rest = [each for each in left_out if each.line not in used]
    if not rest:
        return
    unread = sum(each.why == UNREAD for each in rest)
    st.markdown(
        f"**Nicht übernommen: {count(len(rest), 'Zeile', 'Zeilen')}**"
        + (f", {unread} davon nicht als Punkt erkannt" if unread else "")
    )
    lines = (f"Zeile {each.line} ({each.why}): {plain(each.text)}" for each in rest)
    with st.container(height=180 if len(rest) > 6 else "content", border=False):
        st.caption("  \n".join(lines))


def _enter(meeting: Round, sender: int | None, chosen: list[PastedPoint]) -> None:
    many = count(len(chosen), "Themenwunsch", "Themenwünsche")
    st.button(f"{many} eintragen", type="primary", key="wish mail enter", on_click=_write,
              disabled=sender is None or not chosen, args=(meeting, sender, chosen))  # fmt: skip
    if sender is None:
        st.caption("Bitte wählen, von wem die E-Mail ist.")


def _write(meeting: Round, sender: int, chosen: list[PastedPoint]) -> None:
    if not st.session_state[TEXT]:  # of two presses in a row the first has entered it
        return
    values = [
        {
            "organisation_id": sender,
            "name": point.name,
            "reason": point.reason,
            "wanted": point.wanted,
            "minutes": point.minutes,
        }
        for point in chosen
    ]
    receipt = attempts.attempt(
        lambda: wishes.propose(
            current.engine(), meeting.id, values, actor=attempts.actor(), now=current.now(),
            on=current.today(), by_mail=True,
        ),
        f"{count(len(chosen), 'Themenwunsch', 'Themenwünsche')} aus einer E-Mail:",
        quietly=True,
    )  # fmt: skip
    if receipt:
        st.session_state[TEXT], st.session_state[AFTER_ALL] = "", []
