"""Bedarfserhebung: municipalities, Fachbereiche and carriers are asked what is needed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis import asking as how_far
from steering.analysis import confirmation
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import asked
from steering.analysis.surveys.tracking import ASKED, tracking
from steering.exchange.surveys.files import packed
from steering.model import ReplyState, SurveyRequest, SurveyRound
from steering.model.german import day
from steering.storage.tables import LINKS
from steering.storage.writing import Edit
from steering.web import current, held_choice, panels
from steering.web.data import asking, survey_answers, survey_comparison, survey_start
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import NOTHING_CHOSEN, Input
from steering.web.text import plain

ROUND, PART, SILENT = "survey round", "survey part", "survey silent"
_NAMED = ("Bedarfserhebung", "Bedarfserhebungen")
_PARTS = ("Stand", "Antworten einlesen", "Vergleichen und übernehmen", "Neue Erhebung")


def answer() -> list[str]:
    """The page's sentence on the latest survey; none where there is no survey."""
    rounds = current.of(_rounds)
    if not rounds or current.discreet():
        return []
    latest = next(iter(rounds))
    return [f"{plain(rounds[latest].name)}: {_summary(latest)}"]


def show() -> None:
    """How the survey stands, the files that came back, what they say side by side, or a new survey."""
    if current.discreet():
        st.info("Wer was geantwortet hat, ist nur für die Verwaltung und deshalb gerade ausgeblendet.")
        return
    rounds = current.of(_rounds)
    if not rounds:
        st.info(
            "Es gibt noch keine Bedarfserhebung. Eine Erhebung erzeugt je Gemeinde, Fachbereich und Träger "
            "eine Excel-Datei mit Anschreiben; die Antworten kommen hier herein und werden zu Bedarfen."
        )
        survey_start.show()
        asking.archived_rounds(SurveyRound, *_NAMED)
        return
    chosen = asking.looked_at(rounds, "Bedarfserhebung", key=ROUND)
    part = panels.switch("Erhebung", _PARTS, key=PART, default=_PARTS[0])
    if part == _PARTS[1]:
        survey_answers.show(chosen)
    elif part == _PARTS[2]:
        survey_comparison.show(chosen)
    elif part == _PARTS[3]:
        survey_start.show()
    else:
        _state(chosen)
        asking.archived_rounds(SurveyRound, *_NAMED)


def _state(round_id: int) -> None:
    """Who has answered, the files to send, who is to be reminded."""
    one = current.of(_rounds)[round_id]
    st.markdown(f"**{plain(one.name)}**, versandt am {day(one.sent_on)}, Antwort erbeten bis {day(one.due)}.")
    if round_id != next(iter(current.of(_rounds))):
        # That of the latest round stands at the top of the page.
        st.markdown(_summary(round_id))
    found = current.of(tracking, round_id, current.today())
    _downloads(round_id, found)
    panels.table(
        _shown(found),
        f"{one.name} – Stand",
        key="survey-state",
        empty="In dieser Erhebung ist kein Adressat gefragt.",
    )
    _note(found)
    with st.expander("Frist und Bezeichnung ändern"):
        record_forms.show(
            f"survey {round_id}",
            SurveyRound,
            (Input("name", "Bezeichnung"), Input("due", "Antwort erbeten bis", "day")),
            record_id=round_id,
            what="Bedarfserhebung",
        )
        asking.archive_button(SurveyRound, round_id, "Bedarfserhebung")


def _downloads(round_id: int, found: pd.DataFrame) -> None:
    one = current.of(_rounds)[round_id]
    everybody = frozenset(found["request_id"].tolist())
    silent = frozenset(found.loc[_is_silent(found), "request_id"].tolist())
    actor = attempts.actor()
    asking.downloads(
        "survey", f"bedarfserhebung-{one.sent_on:%Y}", "Adressaten", everybody, silent,
        lambda requests: _packed(round_id, requests, actor),
    )  # fmt: skip
    st.caption(
        "Je Adressat eine Excel-Datei mit den Aufgaben, die ihn betreffen, und ein Anschreiben (Word), dazu "
        "die Liste der Adressaten."
    )


def _packed(round_id: int, requests: frozenset[int], actor: str) -> bytes:
    portfolio = current.portfolio()
    chosen = [each for each in asked(portfolio, round_id) if each.request_id in requests]
    return packed(portfolio, chosen, LINKS, confirmation.mailboxes(portfolio), actor)


def _is_silent(found: pd.DataFrame) -> pd.Series:
    return found["answered_on"].isna() & found["refused_on"].isna()


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Gefragt": found["name"],
            "Stand": [
                _state_words(row) for row in found[["state", "overdue", "reminded_on"]].to_dict("records")
            ],
            "Antwort am": [day(each, "") for each in found["answered_on"]],
            "Aufgaben": found["asked"],
            "ja": found["yes"],
            "nein": found["no"],
            "nicht bekannt": found["unknown"],
            "offen": found["open"],
            "zu klären": found["doubts"],
        }
    )


def _state_words(row: dict[Any, Any]) -> str:
    state = ReplyState(row["state"])
    words = asking.state_words(state, row["overdue"])
    if state == ReplyState.OVERDUE and pd.notna(row["reminded_on"]):
        words += f", erinnert am {day(row['reminded_on'])}"
    return words


def _note(found: pd.DataFrame) -> None:
    """That somebody was reminded, or will not answer."""
    silent = found[_is_silent(found)]
    if silent.empty:
        return
    st.subheader(f"Noch ohne Antwort ({len(silent)})", anchor=False)
    names = dict(zip(silent["request_id"].tolist(), silent["name"].tolist(), strict=True))
    names = held_choice.hold(SILENT, names)
    chosen = st.multiselect(
        "Vermerken für",
        list(names),
        key=SILENT,
        persist_state="session",
        format_func=names.__getitem__,
        placeholder=NOTHING_CHOSEN,
        select_all=False,
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Heute erinnert", key="survey reminded", disabled=not chosen, on_click=_mark,
            args=(tuple(chosen), "reminded_on", "Erinnerung"),
        )  # fmt: skip
        st.button(
            "Antwortet nicht", key="survey refused", disabled=not chosen, on_click=_mark,
            args=(tuple(chosen), "refused_on", "Absage"),
        )  # fmt: skip


def _mark(requests: tuple[int, ...], name: str, what: str) -> None:
    versions = current.portfolio().survey_requests.set_index("id")["version"]
    edits = [
        Edit(SurveyRequest, {name: current.today()}, id=key, version=int(versions[key])) for key in requests
    ]
    if attempts.edit(edits, what):
        st.session_state[SILENT] = []


def _summary(round_id: int) -> str:
    today = current.today()
    found = current.of(tracking, round_id, today)
    return how_far.summary(found, current.of(_rounds)[round_id].due, today, ASKED)


def _rounds(portfolio: Portfolio) -> dict[int, asking.SentRound]:
    return asking.rounds(portfolio.survey_rounds)
