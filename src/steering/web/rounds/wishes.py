"""Themenwünsche: what participants propose for a round, and what those who prepare it make of them."""

from __future__ import annotations

import streamlit as st

from steering.analysis.rounds import Round
from steering.analysis.rounds.wishes import OPEN_ROUNDS, Wished, of_round
from steering.model import Wish, WishStatus
from steering.model.german import count, day
from steering.model.vocabulary import word
from steering.storage import wishes
from steering.storage.rights.table import Right
from steering.web import current
from steering.web.editing import attempts
from steering.web.rounds import pasted_mail, striking, wish_form
from steering.web.text import bold, plain

NOTHING = "Für diese Runde ist noch kein Thema vorgeschlagen."


def show(meeting: Round) -> None:
    """What waits and what has become of the rest; beside it the form, and the mail for who prepares."""
    found = current.of(of_round, meeting.id)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        st.markdown(_sentence(meeting, found))
        for wish in found:
            _wish(meeting, wish)
    with right:
        if takes_wishes(meeting) and current.offers(Right.EDIT):
            wish_form.show(meeting)
            if current.offers(Right.EDIT_ALL):
                pasted_mail.show(meeting, found)


def takes_wishes(meeting: Round) -> bool:
    """Whether something can still be proposed."""
    return meeting.status in OPEN_ROUNDS


def _sentence(meeting: Round, found: tuple[Wished, ...]) -> str:
    """How many there are, how many of them wait, and by when they are wanted."""
    waiting = sum(wish.waits for wish in found)
    many = bold(count(len(found), "Themenwunsch", "Themenwünsche"))
    wait = "alle beantwortet" if not waiting else f"{bold(str(waiting))} davon ohne Antwort"
    said = [f"{many}, {wait}." if found else NOTHING]
    if not takes_wishes(meeting):
        said.append(f"Die Runde ist {word(meeting.status)} und nimmt keine mehr auf.")
    elif meeting.wishes_until is not None:
        past = current.today() > meeting.wishes_until
        limit = bold(day(meeting.wishes_until))
        said.append(f"Erbeten waren sie bis {limit}; was jetzt kommt, ist als verspätet gekennzeichnet."
                    if past else f"Erbeten sind sie bis {limit}.")  # fmt: skip
    else:
        said.append("Ein Tag, bis zu dem sie erbeten sind, ist nicht festgelegt.")
    return " ".join(said)


def _wish(meeting: Round, wish: Wished) -> None:
    with st.container(border=True, key=f"wish-{wish.id}"):
        st.markdown("  \n".join([f"**{plain(wish.name)}**", _from(wish), *_said(wish)]))
        if wish.waits and takes_wishes(meeting):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _decide(meeting, wish)
                _own(wish)


def _from(wish: Wished) -> str:
    """Whose it is and when it came, in a line."""
    came = f"am {day(wish.proposed_on)}" + (" · **verspätet**" if wish.late else "")
    before = f"aus der Runde vom {day(wish.origin)}" if wish.origin else ""
    takes = count(wish.minutes, "Minute", "Minuten") if wish.minutes else ""
    return " · ".join(filter(None, (f"{plain(wish.by)} {came}", takes, before)))


def _said(wish: Wished) -> list[str]:
    """Why, what is wanted, and what has become of it."""
    lines = [plain(wish.reason)] if wish.reason else []
    lines += [f"Gewünschtes Ergebnis: {plain(wish.wanted)}"] if wish.wanted else []
    if wish.status == WishStatus.TAKEN:
        lines.append(f":material/check: **aufgenommen** in die Runde vom {day(wish.taken_into)}")
    if wish.status == WishStatus.PUT_OFF:
        lines.append(f":material/redo: **zurückgestellt**: {plain(wish.answer)}")
        if not wish.waits:
            there = f"steht für die Runde vom {day(wish.waits_for)}" if wish.waits_for else "wartet auf die "
            lines.append(there if wish.waits_for else f"{there}nächste Runde, die angelegt wird")
    return lines


def _decide(meeting: Round, wish: Wished) -> None:
    """For those who prepare the round: onto the agenda, or put off with a reason."""
    if not current.offers(Right.EDIT_ALL):
        return
    st.button("Auf die Tagesordnung", key=f"take wish {wish.id}", type="primary",
              icon=":material/playlist_add:", on_click=_take, args=(meeting, wish))  # fmt: skip
    with st.popover("Zurückstellen", icon=":material/redo:"):
        key = f"put off wish {wish.id}"
        st.text_area("Warum? Das lesen alle, auch wer es vorgeschlagen hat.", key=f"{key} reason",
                     persist_state="session")  # fmt: skip
        st.button("Auf die nächste Runde zurückstellen", key=key, on_click=_put_off,
                  args=(meeting, wish, f"{key} reason"))  # fmt: skip


def _own(wish: Wished) -> None:
    """For the unit that proposed it, as long as nobody has answered."""
    if wish.status != WishStatus.OPEN or current.presenting() or not current.may_change(wish.organisation_id):
        return
    st.button("Ändern", key=f"edit wish {wish.id}", type="tertiary", on_click=wish_form.edit,
              args=(wish.id,))  # fmt: skip
    st.button("Zurückziehen", key=f"strike wish {wish.id}", type="tertiary", on_click=_strike,
              args=(wish,))  # fmt: skip


def _take(meeting: Round, wish: Wished) -> None:
    attempts.attempt(
        lambda: wishes.take(
            current.engine(), wish, meeting.id, actor=attempts.actor(), now=current.now()
        ),
        f"»{wish.name}«",
        state="auf die Tagesordnung gesetzt",
        quietly=True,
    )  # fmt: skip


def _put_off(meeting: Round, wish: Wished, key: str) -> None:
    reason = str(st.session_state.get(key) or "")
    attempts.attempt(
        lambda: wishes.put_off(
            current.engine(), wish, meeting.id, reason, actor=attempts.actor(), now=current.now()
        ),
        f"»{wish.name}«",
        state="zurückgestellt",
        quietly=True,
    )


def _strike(wish: Wished) -> None:
    striking.strike(Wish, wish.id, f"Themenwunsch »{wish.name}«", "zurückgezogen")
