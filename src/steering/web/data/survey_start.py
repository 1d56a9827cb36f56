"""The beginning of a survey of needs: when, whom, with which text."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import bodies, chosen, tasks_of, usually_asked
from steering.exchange.surveys.files import LETTER
from steering.model import SurveyRound
from steering.model.german import count
from steering.model.vocabulary import word
from steering.storage import reading, surveying
from steering.storage.problems import Receipt
from steering.web import current
from steering.web.data import asking, edited
from steering.web.editing import attempts, record_forms
from steering.web.editing.record_forms import Form

FORM, BODIES = "survey start", "survey bodies"
_FILLED_IN = "[Adressat], [Aufgaben], [Frist] und [Rückantwort] werden je Adressat ausgefüllt."


def show() -> None:
    """Whom to ask, and the form of the round."""
    offer: pd.DataFrame = current.of(_offer, current.today())
    if offer.empty:
        st.info(
            "Gefragt werden Gemeinden, Fachbereiche und Träger. Noch ist nichts davon erfasst; Gemeinden "
            "kommen unter »Amtliche Register« herein."
        )
        return
    asked = _chosen(offer)
    record_forms.show(
        FORM, SurveyRound, asking.inputs(_FILLED_IN), what="Bedarfserhebung", save=_begin,
        start=asking.start(current.portfolio().survey_rounds, "Bedarfserhebung", LETTER, current.today()),
        label=f"Erhebung mit {count(len(asked), 'Adressat', 'Adressaten')} beginnen",
    )  # fmt: skip
    st.caption("Das lässt sich rückgängig machen. Versandt wird nichts von selbst.")


def _chosen(offer: pd.DataFrame) -> frozenset[str]:
    """Those who are ticked."""
    st.markdown(
        "**Wer wird gefragt?** Vorgeschlagen sind alle Gemeinden und alle, deren Strukturen noch laufen. "
        "Jeder bekommt die Aufgaben, die ihn betreffen: Gemeinden alle, für die nicht der Staat zuständig "
        "ist, andere die, an denen sie mitwirken; dazu alle die Aufgaben der strategischen Steuerung."
    )
    return asking.ticked(offer, "Adressat", by="key", key=BODIES, height=320)


def _begin(form: Form) -> None:
    asked, engine = asking.ticked_now(BODIES), current.engine(form.origin)

    def write(values: dict[str, Any]) -> Receipt:
        known = reading.portfolio(engine).without_examples()
        about = [(body, tasks_of(known, body)) for body in chosen(known, asked)]
        return surveying.start(engine, values, about, actor=attempts.actor(), now=current.now())

    if asking.begin(form, write, "Bedarfserhebung"):
        edited.forget(BODIES)
        # The new round is the latest one, and its state is what comes next.
        st.session_state.pop("survey round", None)
        st.session_state.pop("survey part", None)


def _offer(portfolio: Portfolio, today: Any) -> pd.DataFrame:
    """Everybody who can be asked: whether they are unless somebody chooses otherwise, and about how much."""
    known = portfolio.without_examples()
    usual = usually_asked(known, today)
    rows = [
        {
            asking.ASK: body.key in usual,
            "Adressat": body.name,
            "Ebene": word(body.level),
            "Aufgaben": len(tasks_of(known, body)),
            "key": body.key,
        }
        for body in chosen(known, bodies(known))
    ]
    return pd.DataFrame(rows, columns=[asking.ASK, "Adressat", "Ebene", "Aufgaben", "key"])
