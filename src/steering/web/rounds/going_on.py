"""A point that somebody writes on when others have struck it or closed the round: it stays until left."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.analysis.rounds import Point, Round
from steering.model import AgendaItem, AgendaStatus
from steering.model.vocabulary import word
from steering.storage.writing import Edit
from steering.web.address import POINT
from steering.web.editing import attempts
from steering.web.text import plain

# Session key: the point that was drawn last to be written on.
_WRITTEN_ON = "point written on"
STRUCK = (
    "Dieser Punkt wurde gestrichen und steht nicht mehr auf der Tagesordnung. Was hier geschrieben wird, "
    "bleibt bei ihm gespeichert; »Wieder aufnehmen« setzt ihn wieder auf die Tagesordnung."
)
CLOSED = (
    "Die Runde wurde gerade geschlossen{by}. Das lässt sich nicht rückgängig machen; hier lässt sich nichts "
    "mehr speichern. Was noch dasteht, bleibt zum Kopieren stehen und lässt sich in der geschlossenen Runde "
    "als Nachtrag hinzufügen."
)


def begin(point: Point) -> None:
    """The point is drawn to be written on."""
    st.session_state[_WRITTEN_ON] = point.id


def is_at(point: Point | None) -> bool:
    """Whether the point was drawn last to be written on, and nobody has left it since."""
    if point is None or point.withheld or st.session_state.get(_WRITTEN_ON) != point.id:
        leave()
        return False
    return True


def leave() -> None:
    """Nobody writes any more here."""
    st.session_state.pop(_WRITTEN_ON, None)


def tell(meeting: Round, point: Point) -> None:
    """What others have done to the point or its round, and what can be done about it."""
    if meeting.closed:
        said = CLOSED.format(by=f" durch {plain(meeting.closed_by)}" if meeting.closed_by else "")
        _notice(said, "Zur geschlossenen Runde", leave)
    elif point.status == AgendaStatus.DROPPED:
        _notice(STRUCK, "Wieder aufnehmen", put, point, AgendaStatus.PLANNED)


def _notice(said: str, label: str, press: Callable[..., None], *about: object) -> None:
    st.warning(said)
    st.button(label, on_click=press, args=about)


def put(point: Point, status: AgendaStatus) -> None:
    """Put the point onto the agenda or take it off; who strikes it leaves it."""
    edit = Edit(AgendaItem, {"status": status}, id=point.id, version=point.version)
    if attempts.edit([edit], f"»{point.name}« {word(status)}:") and status == AgendaStatus.DROPPED:
        st.session_state[POINT] = None
