"""Rückmeldung: the yearly round in which carriers confirm what is recorded of them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis import confirmation
from steering.analysis.portfolio import Portfolio
from steering.exchange.confirmation.files import packed
from steering.model import ConfirmationRound, ReplyState, Verdict
from steering.model.german import day
from steering.model.labels import RECORD_WORDS
from steering.model.vocabulary import WORDS
from steering.storage.tables import LINKS
from steering.web import current, panels
from steering.web.data import asking, confirmation_answers, confirmation_start
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import Input
from steering.web.text import plain

ROUND, PART = "confirmation round", "confirmation part"
_NAMED = ("Rückmelderunde", "Rückmelderunden")
_PARTS = ("Stand", "Antworten einlesen", "Neue Runde")
_VERDICTS = {
    Verdict.CONFIRMED: "bestätigt",
    Verdict.CORRECTED: "berichtigt",
    Verdict.ADDED: "neu",
    Verdict.GONE: "entfallen",
    Verdict.UNCLEAR: "zu klären",
    Verdict.OPEN: "offen",
}


def answer() -> list[str]:
    """The page's sentence on the latest round; none where there is no round."""
    rounds = current.of(_rounds)
    if not rounds or current.discreet():
        return []
    latest = next(iter(rounds))
    return [f"{plain(rounds[latest][0])}: {_summary(latest)}"]


def show() -> None:
    """How the round stands, the files that came back, or a new round."""
    if current.discreet():
        st.info("Wer schon geantwortet hat, ist nur für die Verwaltung und deshalb gerade ausgeblendet.")
        return
    rounds = current.of(_rounds)
    if not rounds:
        st.info(
            "Es gibt noch keine Rückmelderunde. Eine Runde erzeugt je Träger eine vorausgefüllte Excel-Datei "
            "mit Anschreiben; hier kommen die Antworten wieder herein."
        )
        confirmation_start.show()
        asking.archived_rounds(ConfirmationRound, *_NAMED)
        return
    chosen = asking.looked_at(rounds, "Rückmelderunde", key=ROUND)
    part = panels.switch("Rückmeldung", _PARTS, key=PART, default=_PARTS[0])
    if part == _PARTS[1]:
        confirmation_answers.show(chosen)
    elif part == _PARTS[2]:
        confirmation_start.show()
    else:
        _state(chosen)
        asking.archived_rounds(ConfirmationRound, *_NAMED)


def _state(round_id: int) -> None:
    """Who has answered, the files to send, and what is to be clarified."""
    name, sent_on, due = current.of(_rounds)[round_id]
    st.markdown(f"**{plain(name)}**, versandt am {day(sent_on)}, Antwort erbeten bis {day(due)}.")
    if round_id != next(iter(current.of(_rounds))):
        # That of the latest round stands at the top of the page.
        st.markdown(_summary(round_id))
    found = current.of(confirmation.tracking, round_id, current.today())
    _downloads(round_id, found, sent_on)
    panels.table(
        _shown(found),
        f"{name} – Stand",
        key="confirmation-state",
        empty="In dieser Runde ist kein Träger angeschrieben.",
    )
    _clarify(round_id)
    with st.expander("Frist und Bezeichnung ändern"):
        record_forms.show(
            f"round {round_id}", ConfirmationRound, _inputs(), record_id=round_id, what="Rückmelderunde"
        )
        asking.archive_button(ConfirmationRound, round_id, "Rückmelderunde")


def _inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Bezeichnung"),
        Input("due", "Antwort erbeten bis", "day"),
    )


def _downloads(round_id: int, found: pd.DataFrame, sent_on: date) -> None:
    everybody = frozenset(found["request_id"].tolist())
    silent = frozenset(found.loc[found["answered_on"].isna(), "request_id"].tolist())
    actor = attempts.actor()
    asking.downloads(
        "confirmation", f"rueckmeldung-{sent_on:%Y}", "Träger", everybody, silent,
        lambda requests: _packed(round_id, requests, actor),
    )  # fmt: skip
    st.caption(
        "Je Träger eine Excel-Datei und ein Anschreiben (Word), dazu die Liste der Adressaten. "
        "Sie zeigen den Stand beim Beginn der Runde, nur Angaben dieses Trägers und keine Beispiele."
    )


def _packed(round_id: int, requests: frozenset[int], actor: str) -> bytes:
    portfolio = current.portfolio()
    chosen = [each for each in confirmation.asked(portfolio, round_id) if each.request_id in requests]
    return packed(portfolio, chosen, LINKS, confirmation.mailboxes(portfolio), actor)


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    states = [
        asking.state_words(ReplyState(state), late)
        for state, late in zip(found["state"], found["overdue"], strict=True)
    ]
    came = [day(each, "") for each in found["answered_on"]]
    shown = pd.DataFrame({"Träger": found["name"], "Stand": states, "Antwort am": came})
    return shown.assign(**{heading: found[verdict] for verdict, heading in _VERDICTS.items()})


def _clarify(round_id: int) -> None:
    found = current.of(confirmation.to_clarify, round_id)
    if found.empty:
        return
    portfolio = current.portfolio()
    carriers = portfolio.names("organisation")
    titles = {table: _titles(portfolio, table) for table in confirmation.RECORDS}
    st.subheader(f"Zu klären und Bemerkungen ({len(found)})", anchor=False)
    rows = [
        {
            "Träger": carriers.get(row["organisation_id"], ""),
            "Eintrag": titles[row["record"]].get(
                row["record_key"], f"{RECORD_WORDS[row['record']]} Nr. {row['record_key']}"
            ),
            "Antwort": WORDS[Verdict][row["verdict"]],
            "Bemerkung": row["remark"],
        }
        for row in found.to_dict("records")
    ]
    panels.table(pd.DataFrame(rows), "Zu klären", key="confirmation-clarify", empty="")


def _titles(portfolio: Portfolio, table: str) -> dict[int, str]:
    """What a record is called: its structure, and what of it."""
    frame = portfolio.frame(table)
    structures = portfolio.names("structure")
    if table == "structure":
        return dict(zip(frame["id"].tolist(), frame["name"].tolist(), strict=True))
    tasks = portfolio.names("task")
    parts = frame["name"] if table == "funding" else frame["task_id"].map(tasks)
    owners = frame["structure_id"].map(structures)
    return {
        int(key): f"{owner} – {part}" for key, owner, part in zip(frame["id"], owners, parts, strict=True)
    }


def _summary(round_id: int) -> str:
    today = current.today()
    found = current.of(confirmation.tracking, round_id, today)
    return confirmation.summary(found, current.of(_rounds)[round_id][2], today)


def _rounds(portfolio: Portfolio) -> dict[int, asking.SentRound]:
    return asking.rounds(portfolio.confirmation_rounds)
