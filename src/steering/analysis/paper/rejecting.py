"""Folgen bei Ablehnung: what comes without the decision, always told of the data without measures."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from steering.analysis import findings
from steering.analysis.decision.losses import EVERYONE, losses
from steering.analysis.paper.facts import Facts, is_completed
from steering.analysis.paper.sentences import brought_about, bullets
from steering.analysis.paper.subjects import About, within
from steering.analysis.view import View
from steering.model import OnLoss
from steering.model.finding_keys import participant, structure
from steering.model.german import count, day

_THEN = {
    OnLoss.ENDS.value: "wird beendet",
    OnLoss.CONTINUES.value: "wird aus Eigenmitteln weitergeführt",
}


def if_rejected(facts: Facts) -> str:
    """What ends from today on, whatever the Stichtag is, and which tasks lose their last provider then."""
    if facts.measure is not None:
        return _without_the_measure(facts)
    rows, ending = _what_ends(facts)
    if facts.subject.about == About.FINDING and rows.empty and ending.empty:
        return "Ohne Beschluss bleibt der Hinweis bestehen; er wird weiter beobachtet."
    if rows.empty and ending.empty:
        return "Aus den Daten ergibt sich kein Ende, das durch eine Ablehnung einträte."
    lines = []
    for _, row in rows.iterrows():
        after = _THEN.get(row["on_loss"], "ist nicht mehr gesichert; was dann geschieht, ist offen")
        lines.append(f"»{row['name']}« {after} (nach dem {day(row['end'])})")
    lines += _lost(facts, ending)
    return f"{_head(facts)}:\n{bullets(lines)}"


def _today(facts: Facts) -> View:
    return replace(facts.view, as_of=facts.view.today)


def _what_ends(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of `Facts.every_end` and of ENDING that the paper is about."""
    rows, ending = facts.every_end, within(findings.ending(facts.portfolio, _today(facts)), facts.scope)
    if asked := {key for each in facts.questions.asked for key in each.question.structures}:
        # What others decide about comes with this decision or without it.
        theirs = {participant(key) for key in asked}
        rows = rows[rows["structure_id"].isin(asked)]
        ending = ending[ending["participants"].map(lambda who: bool(theirs & set(who))).astype(bool)]
    return rows, ending


def _lost(facts: Facts, ending: pd.DataFrame) -> list[str]:
    """A line for each task and day after which nobody provides it any more."""
    lines = []
    for last, rows in ending.groupby("end"):
        when = pd.Timestamp(str(last)).date()
        days = {structure(who): when for each in rows["participants"] for who in each}
        for loss in losses(facts.portfolio, _today(facts), days):
            whom = "" if loss.whom == EVERYONE else f", für {loss.whom}"
            lines.append(
                f"»{loss.task}« verliert nach dem {day(when)} den letzten erfassten Anbieter "
                f"({loss.where}{whom})"
            )
    return lines


def _head(facts: Facts) -> str:
    found = facts.questions
    orders = facts.subject.about == About.FINDING and not found.news
    if found.asked or orders:
        return "Ohne Beschluss ist Folgendes zu erwarten"
    return "Vorgeschlagen ist, Kenntnis zu nehmen; an Folgendem ändert das nichts"


def _without_the_measure(facts: Facts) -> str:
    assert facts.measure is not None
    if is_completed(facts.measure):
        return "Vorgeschlagen ist, Kenntnis zu nehmen; was die Maßnahme bewirkt hat, bleibt."
    closed = facts.compared.closed if facts.compared else facts.found.iloc[:0]
    if closed.empty:
        return "Ohne die Maßnahme bleibt es beim Stand der Daten; ein Hinweis bleibt dadurch nicht offen."
    verb = "bleibt" if len(closed) == 1 else "bleiben"
    head = f"Ohne die Maßnahme {verb} {count(len(closed), 'Hinweis', 'Hinweise')} offen:"
    return f"{head}\n{bullets(brought_about(facts, closed))}"
