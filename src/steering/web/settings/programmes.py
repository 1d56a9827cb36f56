"""Förderprogramme: what they pay per post, what for, whom and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.programmes import terms
from steering.model import Applicant, Eligibility, FundingRegion, Programme, StructureKind
from steering.model.german import euro
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.editing import choices, record_forms
from steering.web.editing.widgets import NOTHING_CHOSEN, Input, enumeration

CHOSEN = "edit_programme_rate"
_ANY_KIND, _UNKNOWN = "alle Arten", "nicht bekannt"


def show() -> None:
    """The rates per post, of how many programmes it is known what they pay for, and the form of one."""
    st.subheader("Förderprogramme", anchor=False)
    listed(current.of(_rates), "Zu keinem Programm ist ein Satz je Stelle erfasst.")
    st.caption(current.of(_known))
    names = choices.programmes()
    chosen = record_forms.which("Welches Programm?", names, Programme, key=CHOSEN, new=NOTHING_CHOSEN)
    if chosen is not None and chosen is not record_forms.GONE:
        record_forms.show(
            f"programme rate {chosen}", Programme, _inputs(), record_id=chosen,
            what=f"Angaben zu »{names[chosen]}«", label="Programm speichern",
            gone="Dieses Programm wurde inzwischen entfernt. Bitte ein anderes wählen.",
        )  # fmt: skip


def listed(rows: pd.DataFrame, empty: str) -> None:
    """Few rows whose words are to be read in full."""
    if rows.empty:
        st.info(empty)
    else:
        panels.in_full(rows)


def _known(portfolio: Portfolio) -> str:
    every = terms(portfolio)
    silent = sum(not each.has_purpose for each in every)
    told = "Zu jedem ist erfasst, wofür es zahlt."
    if silent:
        told = f"Bei {silent} von {len(every)} ist nicht erfasst, wofür es zahlt."
    return (
        f"{told} Danach schlägt »Potenziale« vor, welches für ein Ende oder einen offenen Bedarf "
        "infrage kommt."
    )


def _inputs() -> tuple[Input, ...]:
    """The rate; then what it pays for, whom, where and how much, each with who says so."""
    return (
        Input("rate_cents", "Satz je Stelle und Jahr in €", "euro", placeholder="z. B. 69.000"),
        Input("rate_kind", "Satz gilt für", "choice", _or_none(StructureKind, _ANY_KIND),
              placeholder=_ANY_KIND),
        Input("rate_at_most", "ist ein Höchstsatz", "flag"),
        Input("rate_note", "Wortlaut der Richtlinie", "long"),
        Input("fields", "Zahlt für Handlungsfelder", "many", _fields, placeholder=_UNKNOWN, more=True,
              help="Nur, wenn es für alle Aufgaben des Handlungsfelds zahlt."),
        Input("tasks", "Zahlt für Aufgaben", "many", choices.tasks, placeholder=_UNKNOWN, more=True),
        Input("purpose_derived", "nur aus Name oder Thema abgeleitet", "flag", more=True),
        Input("purpose_source", "Quelle dazu, wofür es zahlt", "long", more=True),
        *(
            Input(f"{who}_applies", f"Antrag: {word(who)}", "choice", _or_none(Eligibility, _UNKNOWN),
                  placeholder=_UNKNOWN, more=True)
            for who in Applicant
        ),
        Input("applications_until", "Neuanträge nur bis", "day", more=True,
              help="Der letzte Tag, an dem beantragen kann, wer noch nichts aus dem Programm bekommt."),
        Input("applicants_source", "Quelle zur Antragsberechtigung", "long", more=True),
        Input("region", "Fördergebiet", "choice", _or_none(FundingRegion, _UNKNOWN), placeholder=_UNKNOWN,
              more=True),
        Input("region_source", "Quelle zum Fördergebiet", "long", more=True),
        Input("share_percent", "Trägt höchstens (% der Kosten)", "number", more=True),
        Input("own_share_percent", "Eigenanteil mindestens (%)", "number", more=True),
        Input("share_source", "Quelle zu den Anteilen", "long", more=True),
    )  # fmt: skip


def _or_none(enum: Any, without: str) -> Callable[[], Mapping[Any, str]]:
    return lambda: {None: without, **enumeration(enum)()}


def _fields() -> dict[int, str]:
    return {key: name for key, name in choices.fields_or_none().items() if key is not None}


def _rates(portfolio: Portfolio) -> pd.DataFrame:
    """Programm, gilt für, je Stelle und Jahr, Wortlaut of the programmes that name a rate."""
    rows = portfolio.programmes.dropna(subset=["rate_cents"])
    names = portfolio.short_names("programme")
    return pd.DataFrame(
        {
            "Programm": [names[key] for key in rows["id"]],
            "gilt für": [_kind(kind) for kind in rows["rate_kind"]],
            "je Stelle und Jahr": [
                f"{'höchstens ' if most else ''}{euro(cents)}"
                for most, cents in zip(rows["rate_at_most"], rows["rate_cents"], strict=True)
            ],
            "Wortlaut": rows["rate_note"].tolist(),
        }
    )


def _kind(kind: object) -> str:
    return word(StructureKind(kind)) if isinstance(kind, str) else _ANY_KIND
