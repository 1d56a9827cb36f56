"""The committees, by when they want their papers, and their sittings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import lead_times, sittings
from steering.model import Committee, CommitteeDate, LeadUnit, Provenance
from steering.model.base import implausible
from steering.model.german import day
from steering.storage.writing import Edit
from steering.web import current, marks, panels
from steering.web.editing import record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import Input, enumeration
from steering.web.settings.choosing import choose
from steering.web.text import plain

COMMITTEE, SITTING = "edit_committee", "edit_sitting"
_INPUTS = (
    Input("name", "Name des Gremiums", placeholder="z. B. Kreistag"),
    Input("short_name", "Kurzname des Gremiums"),
    Input("rank", "Reihenfolge der Beratung", "whole", placeholder="z. B. 2",
          help="Das Gremium mit der höchsten Zahl beschließt; die anderen beraten vor."),
    Input("lead_days", "Vorlagenschluss: Tage vor der Sitzung", "whole", placeholder="z. B. 14",
          help="Daraus ergibt sich der Vorlagenschluss einer neuen oder eingelesenen Sitzung, wenn dort "
          "keiner steht. Fällt er auf ein Wochenende oder einen Feiertag, gilt der Arbeitstag davor."),
    Input("lead_unit", "Vorlagenschluss: gezählt in", "choice", enumeration(LeadUnit)),
    Input("invitation_days", "Ladung: Tage vor der Sitzung", "whole", placeholder="z. B. 7"),
    Input("invitation_unit", "Ladung: gezählt in", "choice", enumeration(LeadUnit)),
    Input("source", "Quelle zum Gremium", "long", more=True),
)  # fmt: skip
_SITTING_INPUTS = (
    Input("day", "Sitzung am", "day"),
    Input("papers_due", "Vorlagenschluss am", "day"),
    Input("source", "Quelle zur Sitzung", "long", more=True),
)


def show() -> None:
    """Choose a committee and change it; beside it its sittings."""
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        chosen = choose(Committee, _INPUTS, current.of(_names), key=COMMITTEE,
                        ask="Welches Gremium?", new="Neues Gremium", start={"rank": 1})  # fmt: skip
    with right:
        if chosen is None:
            st.info("Sitzungen lassen sich erfassen, sobald das Gremium gespeichert und gewählt ist.")
        else:
            _sittings(chosen)


def _sittings(committee: int) -> None:
    """What is planned from today on, and the form of one sitting."""
    name = current.of(_names)[committee]
    rows = current.of(_coming, committee, current.today())
    panels.table(
        rows[[name for name in ("Sitzung", "Vorlagenschluss", "Ladung") if name in rows]],
        f"Sitzungen {name}",
        key=f"sittings {committee}",
        most=6,
        empty=f"Für »{plain(name)}« ist ab heute kein Sitzungstermin erfasst. Solange ist nicht bekannt, "
        "bis wann zu beschließen ist.",
    )
    if rows["example"].any():
        st.caption(
            "Beispieltermine sind erfunden. Wer einen ändert und speichert, macht ihn zur Angabe des Hauses."
        )
    names: Mapping[int, str] = dict(zip(rows["id"], rows["Sitzung"], strict=True))
    choose(
        CommitteeDate, _SITTING_INPUTS, names, key=f"{SITTING} {committee}", ask="Welche Sitzung?",
        new="Neue Sitzung", save=lambda form: _save(form, committee, name), begin=False,
    )  # fmt: skip


def _save(form: Form, committee: int, name: str) -> None:
    """Write a sitting; without a Vorlagenschluss the committee's usual one is taken."""
    values = form.values()
    if form.problems:
        return
    lead = current.of(lead_of, committee, "lead")
    for asked in ("day", "papers_due"):
        if values[asked] is not None and (said := implausible(values[asked])):
            form.problems[asked] = said
    follows = values["papers_due"] is None and values["day"] is not None
    if follows and lead is None:
        form.problems["papers_due"] = (
            "Bitte den Vorlagenschluss eingeben, oder beim Gremium, wie viele Tage er vor der Sitzung liegt."
        )
    if form.problems:
        return
    if follows:
        assert lead is not None
        values["papers_due"] = _before(current.portfolio(), values["day"], lead)
    if form.record_id is not None:
        values = {key: value for key, value in values.items() if key in form.changed}
    else:
        values["committee_id"] = committee
    edit = Edit(CommitteeDate, values, id=form.record_id, version=form.version, base=form.base)
    record_forms.write(form, [edit], what=f"Sitzung »{name}«")


Lead = tuple[int, LeadUnit]


def lead_of(portfolio: Portfolio, committee: int, what: str) -> Lead | None:
    """How long before a sitting papers are due ("lead") or it is invited to ("invitation"); None if
    unknown."""
    row = portfolio.committees.set_index("id").loc[committee]
    number = row[f"{what}_days"]
    return None if pd.isna(number) else (int(number), LeadUnit(row[f"{what}_unit"]))


def _before(portfolio: Portfolio, sitting: date, lead: Lead) -> date:
    return lead_times.before(sitting, *lead, str(portfolio.settings["district_key"]))


def _names(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.committees.sort_values(["rank", "name"])
    return {int(key): name for key, name in zip(rows["id"], rows["name"], strict=True)}


def _coming(portfolio: Portfolio, committee: int, today: date) -> pd.DataFrame:
    """id, Sitzung, Vorlagenschluss, Ladung (where it is known), example of a committee's sittings from today
    on.

    Examples beside recorded sittings of a year count nowhere, and are not told.
    """
    rows = sittings.counting(portfolio)
    rows = rows[(rows["committee_id"] == committee) & (rows["day"] >= pd.Timestamp(today))].sort_values("day")
    example = rows["provenance"] == Provenance.EXAMPLE
    invitation = lead_of(portfolio, committee, "invitation")
    found = pd.DataFrame(
        {
            "id": rows["id"].astype(int).tolist(),
            "Sitzung": marks.names([day(on) for on in rows["day"]], example),
            "Vorlagenschluss": [day(on) for on in rows["papers_due"]],
            "example": example.tolist(),
        }
    )
    if invitation is not None:
        found["Ladung"] = [day(_before(portfolio, on.date(), invitation)) for on in rows["day"]]
    return found
