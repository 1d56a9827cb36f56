"""What committees made of a Vorlage: told, entered, and what is to be asked once it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import sittings
from steering.analysis.structures.deadlines import deadlines
from steering.analysis.structures.handed_in import HandedIn, Standing, later_words
from steering.model import About, CommitteeResult, Consultation
from steering.model.german import day, read_day, with_capital
from steering.storage import handing_in
from steering.web import current, handed_in
from steering.web.editing import attempts, choices, record_forms, taking_over
from steering.web.editing.widgets import Input, enumeration
from steering.web.text import bold, plain

NEW = "Neues Ergebnis"
TAKE_OVER = "Beschlossen. Sollen die Wirkungen der Maßnahme jetzt in die Daten übernommen werden?"


def listed(paper: HandedIn) -> None:
    """Each result beside the last word, and what putting it off does to the decision."""
    for each in paper.deliberations:
        # The headline says it already where there is no more to be said.
        if each == paper.last and each.recorded and not each.note:
            continue
        told = [plain(with_capital(each.words))]
        if each.note:
            told.append(plain(each.note))
        if not each.recorded:
            told.append(f"*{plain(_unrecorded(each.committee, each.day))}*")
        st.markdown(f"- {' · '.join(told)}")
    if paper.later is not None:
        shown = st.warning if paper.later.too_late_for or paper.later.decided is None else st.info
        shown(plain(with_capital(later_words(paper.later)) + "."), icon=":material/update:")


def _unrecorded(committee: str, on: date) -> str:
    return f"Am {day(on)} ist keine Sitzung {committee} erfasst. Stimmt der Tag?"


def asked(paper: HandedIn) -> None:
    """What a decision asks in the same place; nothing is taken over, and no funding made, unasked."""
    if paper.standing != Standing.PASSED:
        return
    if paper.about == About.MEASURE:
        measure = int(paper.subject_key)
        effects = taking_over.open_effects(measure)
        if effects:
            st.markdown(bold(TAKE_OVER))
            for each in effects:
                taking_over.say(each)
            name = str(current.portfolio().names("measure")[measure])
            taking_over.button(measure, name, place=f"paper {paper.submission_id}")
        return
    for key, (structure, name, end) in current.of(
        _still_ending, tuple(sorted(paper.ends.items())), current.today()
    ).items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"Beschlossen. Wie geht es mit {bold(name)} nach dem {plain(day(end))} weiter?",
                width="content",
            )
            handed_in.follow_up(structure, key=f"follow {paper.submission_id} {key}")


def _still_ending(
    portfolio: Portfolio, ends: tuple[tuple[int, date], ...], today: date
) -> dict[int, tuple[int, str, date]]:
    """Of fundings asked about, those that still end as they did: the structure, its name, the end."""
    names, wanted = portfolio.names("structure"), dict(ends)
    return {
        int(row["funding_id"]): (
            int(row["structure_id"]), str(names[row["structure_id"]]), row["end"].date()
        )
        for row in deadlines(portfolio, today).to_dict("records")
        if row["end"].date() <= wanted.get(row["funding_id"], date.min)
    }  # fmt: skip


def form(paper: HandedIn) -> None:
    """Enter the result of a committee, or correct one."""
    names = {each.consultation_id: with_capital(each.words) for each in paper.deliberations}
    key = f"result of {paper.submission_id}"
    chosen = None
    if names or st.session_state.get(key):
        chosen = record_forms.which("Welches Ergebnis?", names, Consultation, key=key, new=NEW)
    if chosen is record_forms.GONE:
        return
    opened = record_forms.show(
        f"consultation {chosen or f'new for {paper.submission_id}'}", Consultation, _inputs(paper),
        record_id=chosen, start=current.of(_start, paper.submission_id, current.today()),
        what=f"Ergebnis zur Vorlage »{paper.name}«", save=partial(_save, paper.submission_id),
        label="Ergebnis speichern", gone="Dieses Ergebnis wurde inzwischen entfernt.",
    )  # fmt: skip
    if opened is not None and chosen is not None:
        st.button("Ergebnis entfernen", type="tertiary", on_click=_strike, args=(opened, paper.name))


def _inputs(paper: HandedIn) -> tuple[Input, ...]:
    def is_postponed(drafts: Mapping[str, Any]) -> bool:
        return bool(drafts.get("result") == CommitteeResult.POSTPONED)

    return (
        Input("committee_id", "Gremium der Beratung", "choice", _committees, fresh=True,
              below=partial(_known_sittings, paper.handed_in_on)),
        Input("day", "Beraten am", "day", below=_whether_recorded),
        Input("result", "Ergebnis der Beratung", "choice", enumeration(CommitteeResult), fresh=True),
        Input("postponed_to", "Vertagt auf die Sitzung am", "day", when=is_postponed, below=_whereto),
        Input("unanimous", "Einstimmig", "flag"),
        Input("votes_for", "Ja-Stimmen", "whole"),
        Input("votes_against", "Nein-Stimmen", "whole"),
        Input("abstentions", "Enthaltungen", "whole"),
        Input("note", "Anmerkung zum Ergebnis", "long"),
    )  # fmt: skip


def _committees() -> dict[Any, str]:
    return {key: name for key, name in choices.committees_or_none().items() if key is not None}


def _start(portfolio: Portfolio, submission_id: int, today: date) -> dict[str, Any]:
    """The committee whose turn it is, with its last recorded sitting since the Vorlage was handed in."""
    roles = sittings.roles(portfolio)
    rows = portfolio.consultations
    done = set(rows.loc[rows["submission_id"] == submission_id, "committee_id"])
    order = [*roles.prepares, *([roles.decides] if roles.decides is not None else [])]
    committee = next((key for key in order if key not in done), roles.decides)
    handed = portfolio.submissions.set_index("id")["handed_in_on"][submission_id].date()
    held = [on for on in _held(portfolio, committee, handed) if on <= today]
    return {"committee_id": committee, "day": held[-1] if held else None, "result": None}


def _held(portfolio: Portfolio, committee: int | None, since: date) -> list[date]:
    rows = sittings.recorded(portfolio)
    days = rows.loc[rows["committee_id"] == committee, "day"].sort_values()
    return [on.date() for on in days if on.date() >= since]


def _known_sittings(since: date, drafts: Mapping[str, Any]) -> str:
    held = current.of(_held, drafts.get("committee_id"), since)[:6]
    listed = ", ".join(day(on) for on in held)
    return f"Erfasste Sitzungen seit der Abgabe: {listed}" if held else ""


def _typed(drafts: Mapping[str, Any], name: str) -> date | None:
    try:
        return read_day(drafts.get(name) or "")
    except ValueError:
        return None


def _whether_recorded(drafts: Mapping[str, Any]) -> str:
    """A day without a recorded sitting is a question, no mistake: the sitting may not be read in yet."""
    on, committee = _typed(drafts, "day"), drafts.get("committee_id")
    if on is None or committee is None or on in current.of(_held, committee, on):
        return ""
    return _unrecorded(str(current.portfolio().short_names("committee").get(committee, "")), on)


def _whereto(drafts: Mapping[str, Any]) -> str:
    on, committee = _typed(drafts, "day"), drafts.get("committee_id")
    if _typed(drafts, "postponed_to") or on is None:
        return ""
    following = [each for each in current.of(_held, committee, on) if each > on]
    if following:
        return f"Leer heißt: auf die nächste erfasste Sitzung am {day(following[0])}."
    return "Eine weitere Sitzung ist nicht erfasst. Steht der Tag schon fest?"


def _save(submission_id: int, opened: record_forms.Form) -> None:
    values = opened.values()
    if not opened.problems and values["day"] is not None and values["day"] > current.today():
        opened.problems["day"] = "Dieser Tag liegt noch vor uns. Bitte den Tag der Sitzung eingeben."
    if opened.problems:
        return
    if opened.record_id is not None:
        values = {name: value for name, value in values.items() if name in opened.changed}
    record_forms.store(
        opened,
        lambda: handing_in.enter(
            current.engine(opened.origin), {**values, "submission_id": submission_id}, key=opened.record_id,
            version=opened.version, base=opened.base, actor=attempts.actor(), now=current.now(),
        ),
        what="Ergebnis zur Vorlage",
    )  # fmt: skip


def _strike(opened: record_forms.Form, name: str) -> None:
    if attempts.attempt(
        lambda: handing_in.strike(
            current.engine(opened.origin), int(opened.record_id or 0), actor=attempts.actor(),
            now=current.now(),
        ),
        f"Ergebnis zur Vorlage »{name}«", state="entfernt",
    ):  # fmt: skip
        record_forms.close(opened)
