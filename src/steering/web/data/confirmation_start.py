"""The beginning of a confirmation round: when, to whom, with which text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis import confirmation
from steering.analysis.portfolio import Portfolio
from steering.exchange.confirmation.files import LETTER
from steering.exchange.confirmation.sheets import TITLES
from steering.model import ConfirmationRound
from steering.model.german import count
from steering.storage import confirmation_rounds, reading
from steering.storage.problems import Receipt
from steering.web import current
from steering.web.data import asking, edited
from steering.web.editing import attempts, record_forms
from steering.web.editing.record_forms import Form

FORM, CARRIERS = "confirmation start", "confirmation carriers"
_FILLED_IN = "[Träger], [Einträge], [Frist] und [Rückantwort] werden je Träger ausgefüllt."


def show() -> None:
    """Whom to ask, and the form of the round."""
    today = current.today()
    if current.of(_offer, today).empty:
        st.info("Es ist noch keine Struktur erfasst, deren Träger sich fragen ließe.")
        return
    chosen = _chosen(today)
    shares = current.of(_shares, chosen, today)
    record_forms.show(
        FORM, ConfirmationRound, asking.inputs(_FILLED_IN), start=_start(today),
        what="Rückmelderunde", save=_begin,
        label=f"Runde mit {count(len(shares), 'Träger', 'Trägern')} beginnen",
    )  # fmt: skip
    st.caption(
        "Mit dem Beginn wird festgehalten, was jeder Träger bekommt; daran werden die Antworten gemessen. "
        "Das lässt sich rückgängig machen. Versandt wird nichts von selbst."
    )


def _chosen(today: date) -> frozenset[int]:
    """The carriers that are ticked, each with the rows that its file would have."""
    offer: pd.DataFrame = current.of(_offer, today)
    st.markdown(
        "**Wer wird gefragt?** Vorgeschlagen sind alle, deren Strukturen noch laufen. Wer nicht selbst "
        "gefragt wird, steht in der Datei der Einheit darüber. In der eigenen Verwaltung wird jede "
        "Organisationseinheit gefragt."
    )
    return asking.ticked(
        offer, "Träger", by="organisation_id", key=CARRIERS, height="auto" if len(offer) < 9 else 320
    )


def _start(today: date) -> dict[str, Any]:
    return asking.start(current.portfolio().confirmation_rounds, "Rückmeldung", LETTER, today)


def _begin(form: Form) -> None:
    chosen, engine = asking.ticked_now(CARRIERS), current.engine(form.origin)

    def write(values: dict[str, Any]) -> Receipt:
        portfolio = reading.portfolio(engine)
        shares = _shares(portfolio, chosen, values["sent_on"] or date.min)
        return confirmation_rounds.start(
            engine, portfolio, values, shares, actor=attempts.actor(), now=current.now()
        )

    if asking.begin(form, write, "Rückmelderunde"):
        edited.forget(CARRIERS)
        # The new round is the latest one, and its state is what comes next.
        st.session_state.pop("confirmation round", None)
        st.session_state.pop("confirmation part", None)


def _offer(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """Every organisation that carries something, itself or through a unit below it, by name: whether it is
    asked unless somebody chooses otherwise, and the rows of its file."""
    known = portfolio.without_examples()
    names = known.names("organisation")
    asked = confirmation.carriers(known, today)
    alone = confirmation.shares(known, set(known.structures["organisation_id"].tolist()), today)
    shares = alone | confirmation.shares(known, asked, today)
    rows = [
        {
            asking.ASK: carrier in asked,
            "Träger": names[carrier],
            **{TITLES[table]: len(keys) for table, keys in share.items()},
            "organisation_id": carrier,
        }
        for carrier, share in shares.items()
    ]
    offer = pd.DataFrame(rows, columns=[asking.ASK, "Träger", *TITLES.values(), "organisation_id"])
    return offer.sort_values(["Träger", "organisation_id"], key=_caseless).reset_index(drop=True)


def _caseless(column: pd.Series) -> pd.Series:
    return column.str.casefold() if column.name == "Träger" else column


def _shares(portfolio: Portfolio, chosen: frozenset[int], today: date) -> dict[int, confirmation.Share]:
    return confirmation.shares(portfolio.without_examples(), chosen, today)
