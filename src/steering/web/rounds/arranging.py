"""Arranging a round: day, place, who takes part, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Guest, Round
from steering.model import Attendance, Level, Meeting, MeetingStatus, Organisation, Participant
from steering.model.german import count, weekday
from steering.model.vocabulary import word
from steering.storage import planned_rounds
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.widgets import Input, enumeration
from steering.web.rounds import striking
from steering.web.text import bold, plain

EDITED = "meeting_edited_guest"


def next_step(meeting: Round, first: DeltaGenerator, second: DeltaGenerator) -> None:
    """The button that takes the round on: invited, then begun; nothing where closing comes next.

    Each has a place of its own: a second press on the first is none on what comes after it.
    """
    if meeting.status == MeetingStatus.DRAFT:
        first.button(
            "Einladung vermerken", on_click=_invited, args=(meeting,), width="stretch",
            help="Hält fest, dass die Einladung heute verschickt wurde.",
        )  # fmt: skip
    if meeting.status == MeetingStatus.INVITED:
        second.button("Runde beginnen", on_click=_set, args=(meeting, MeetingStatus.RUNNING), width="stretch",
                      type="primary")  # fmt: skip


def in_a_line(meeting: Round) -> str:
    """Day, times, place and how many take part."""
    times = f"{meeting.begins} bis {meeting.ends} Uhr" if meeting.ends else f"{meeting.begins} Uhr"
    parts = [
        weekday(meeting.day),
        times if meeting.begins else "Uhrzeit offen",
        meeting.place or "Ort offen",
        count(len(meeting.guests), "Teilnahme", "Teilnahmen") if meeting.guests else "niemand eingetragen",
    ]
    return plain(" · ".join(parts))


def show(meeting: Round) -> None:
    """The form of the round, and below it who takes part."""
    left, right = st.columns([1, 1.25], gap="medium")
    with left:
        st.header("Rahmen", anchor=False)
        _form(meeting)
    with right:
        st.header("Wer teilnimmt", anchor=False)
        _participants(meeting)


def _form(meeting: Round) -> None:
    form = record_forms.show(
        f"meeting {meeting.id}", Meeting, inputs(new=False), record_id=meeting.id,
        what="Rahmen der Runde", label="Rahmen speichern",
        gone="Diese Runde wurde inzwischen entfernt. Bitte eine andere wählen.",
    )  # fmt: skip
    if form:
        st.button(
            "Runde archivieren", type="tertiary", on_click=_archive, args=(meeting,),
            help="Nimmt die Runde mit ihren Punkten aus allen Ansichten; Themenwünsche gehen zur nächsten. "
            "Das lässt sich rückgängig machen.",
        )  # fmt: skip


def _participants(meeting: Round) -> None:
    if not meeting.guests:
        st.info("Noch niemand eingetragen. Unten lässt sich die erste Teilnahme anlegen.")
    versions = current.of(_versions, meeting.id)
    for guest in meeting.guests:
        _guest(guest, versions.get(guest.id, 0))
    edited = record_forms.edited(EDITED, versions, Participant)
    if edited is record_forms.GONE:
        return
    st.markdown("**Teilnahme ändern**" if edited else "**Teilnahme hinzufügen**")
    fixed = {} if edited else {"meeting_id": meeting.id}
    form = record_forms.show(
        f"participant {edited or f'new for {meeting.id}'}", Participant, _guest_inputs(), record_id=edited,
        what="Teilnahme", save=lambda form: _save_guest(form, fixed, meeting), label="Teilnahme speichern",
        gone="Dieser Eintrag wurde inzwischen entfernt.",
    )  # fmt: skip
    if form is None:
        return
    with st.expander("Organisation fehlt in der Liste?", icon=":material/add:"):
        record_forms.show(
            "organisation new", Organisation, _organisation_inputs(), what="Organisation",
            label="Organisation anlegen",
        )  # fmt: skip


def _guest(guest: Guest, version: int) -> None:
    outside = " · von außen" if guest.outside else ""
    st.markdown(f"{bold(guest.organisation)} · {plain(guest.function or 'ohne Funktion')}{outside}")
    key = f"attendance {guest.id}"
    st.session_state[key] = guest.attendance.value
    row = st.container(horizontal=True, gap="small", vertical_alignment="center")
    row.segmented_control(
        f"Teilnahme von {plain(guest.organisation)}", [each.value for each in Attendance], key=key,
        required=True,
        format_func=lambda value: word(Attendance(value)), label_visibility="collapsed",
        on_change=_attend, args=(guest, version), wrap=True,
    )  # fmt: skip
    with row:
        st.button("Ändern", key=f"edit guest {guest.id}", type="tertiary", on_click=_edit, args=(guest.id,))
        st.button(
            "Entfernen", key=f"strike guest {guest.id}", type="tertiary", on_click=_strike, args=(guest,)
        )


def _attend(guest: Guest, version: int) -> None:
    values = {"attendance": st.session_state[f"attendance {guest.id}"]}
    what = f"Teilnahme von {guest.organisation}"
    attempts.edit([Edit(Participant, values, id=guest.id, version=version)], what)


def _edit(guest_id: int) -> None:
    st.session_state[EDITED] = guest_id


def _save_guest(form: record_forms.Form, fixed: Mapping[str, Any], meeting: Round) -> None:
    """Store who takes part; the same function of the same organisation sits at the table once."""
    values = form.values()
    guests = current.of(_standing, meeting.id)
    who = (values.get("organisation_id"), str(values.get("function") or "").strip().casefold())
    if not form.problems and who in {each for key, each in guests.items() if key != form.record_id}:
        form.problems["organisation_id"] = (
            "Diese Organisation ist mit dieser Funktion schon eingetragen. Für eine zweite Person bitte "
            "deren Funktion angeben."
        )
        return
    record_forms.save_record(form, fixed=fixed, what="Teilnahme")
    if not form.problems and not form.conflict:
        st.session_state.pop(EDITED, None)


def _strike(guest: Guest) -> None:
    striking.strike(Participant, guest.id, f"Teilnahme von {guest.organisation}")


def _invited(meeting: Round) -> None:
    values = {"status": MeetingStatus.INVITED, "invited_on": current.today()}
    attempts.edit([Edit(Meeting, values, id=meeting.id, version=meeting.version)], "Einladung")


def _set(meeting: Round, status: MeetingStatus) -> None:
    edit = Edit(Meeting, {"status": status}, id=meeting.id, version=meeting.version)
    attempts.edit([edit], f"Stand der Runde »{word(status)}«")


def _archive(meeting: Round) -> None:
    attempts.attempt(
        lambda: planned_rounds.put_away(
            current.engine(), meeting.id, meeting.version, actor=attempts.actor(), now=current.now()
        ),
        "Koordinierungsrunde",
        state="archiviert",
        quietly=True,
    )


def inputs(*, new: bool) -> tuple[Input, ...]:
    """What can be said about a round; how far it has come, of one that is there."""
    standing = () if new else (Input("status", "Stand der Runde", "choice", _open_states),)
    return (
        Input("day", "Termin der Sitzung", "day"),
        Input("begins", "Beginn (Uhrzeit)", placeholder="z. B. 14:00"),
        Input("ends", "Ende (Uhrzeit)", placeholder="z. B. 16:00"),
        Input("place", "Ort der Sitzung", placeholder="z. B. Landratsamt, Sitzungssaal"),
        Input(
            "wishes_until",
            "Themenwünsche bis",
            "day",
            help="Bis dahin sind Vorschläge der Teilnehmenden erbeten; was später kommt, gilt als verspätet.",
        ),
        *standing,
        Input("name", "Bezeichnung", more=True),
        Input("note", "Anmerkung für alle", "long", more=True),
        Input("internal_note", "Notiz nur Verwaltung", "long", more=True),
    )


def _open_states() -> Mapping[str, str]:
    every = enumeration(MeetingStatus)()
    return {value: name for value, name in every.items() if value != MeetingStatus.CLOSED}


def _guest_inputs() -> tuple[Input, ...]:
    return (
        Input("organisation_id", "Organisation", "choice", choices.organisations),
        Input("function", "Funktion", placeholder="z. B. Fachbereichsleitung"),
        Input("mailbox", "Funktionspostfach", placeholder="z. B. integration@landkreis-coburg.de"),
    )


def _organisation_inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Name der Organisation"),
        Input("short_name", "Kurzname"),
        Input("level", "Ebene der Organisation", "choice", enumeration(Level)),
    )


def _versions(portfolio: Portfolio, meeting_id: int) -> dict[int, int]:
    rows = portfolio.participants
    rows = rows[rows["meeting_id"] == meeting_id]
    return dict(zip(rows["id"].astype(int), rows["version"].astype(int), strict=True))


def _standing(portfolio: Portfolio, meeting_id: int) -> dict[int, tuple[int, str]]:
    """Who is entered already: organisation and function, by the id of the entry."""
    rows = portfolio.participants
    rows = rows[rows["meeting_id"] == meeting_id]
    functions = rows["function"].str.strip().str.casefold()
    who = zip(rows["organisation_id"].astype(int), functions, strict=True)
    return dict(zip(rows["id"].astype(int), who, strict=True))
