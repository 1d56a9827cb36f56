"""What is missing about measures that are under way, or late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.changes import AddStructure, ExtendFunding, ExtendProgramme
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import stored_changes
from steering.model import MeasureStatus, MilestoneProgress
from steering.model.german import day
from steering.model.vocabulary import word

NO_ONE, NO_MONEY, NO_EFFECT = "ohne Verantwortliche", "ohne Angaben zum Geld", "ohne Wirkung"
LATE, LATE_STEP, GONE = "Ende überschritten", "Meilenstein überfällig", "Wirkung greift ins Leere"
TO_TAKE_OVER = "Wirkung noch nicht in die Daten übernommen"
REASONS = (NO_ONE, NO_MONEY, LATE, LATE_STEP, NO_EFFECT, GONE, TO_TAKE_OVER)


def overdue(measures: pd.DataFrame, today: date) -> pd.Series:
    """Whether the end of each measure is past though it is neither completed nor discarded."""
    over = measures["status"].isin([MeasureStatus.COMPLETED, MeasureStatus.DISCARDED])
    return ~over & (measures["end"] < pd.Timestamp(today))


def status_words(measures: pd.DataFrame, today: date) -> list[str]:
    """The status of each measure, and that its end is past where it is overdue."""
    pairs = zip(measures["status"], overdue(measures, today), strict=True)
    return [f"{word(MeasureStatus(status))}{f', {LATE}' if late else ''}" for status, late in pairs]


def missed(reason: str, since: date) -> str:
    """What is late about a measure, in a sentence."""
    if reason == LATE:
        return f"Das Ende am {day(since)} ist überschritten."
    return f"Der Meilenstein vom {day(since)} ist überfällig."


def reminders(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """measure_id, name, reason (one of REASONS), since (the day missed, NaT where it is none).

    Of measures that are neither completed nor discarded; of completed ones only whether their effects are
    yet to be taken over. Money is known where a cost is recorded, zero too, or an effect brings a funding.
    """
    rows = []
    measures = portfolio.measures.sort_values("id")
    for measure in measures.assign(late=overdue(measures, today)).to_dict("records"):
        for reason, since in _of(portfolio, measure, pd.Timestamp(today)):
            rows.append((int(measure["id"]), measure["name"], reason, since))
    frame = pd.DataFrame(rows, columns=["measure_id", "name", "reason", "since"])
    return frame.astype({"measure_id": "int64", "since": "datetime64[s]"})


def _of(portfolio: Portfolio, measure: dict[Any, Any], today: pd.Timestamp) -> list[tuple[str, Any]]:
    effects = stored_changes.readable(stored_changes.read(measure["effects"]))
    found: list[tuple[str, Any]] = []
    if measure["status"] == MeasureStatus.DISCARDED:
        return []
    if measure["status"] == MeasureStatus.COMPLETED:
        return [(TO_TAKE_OVER, pd.NaT)] if effects and pd.isna(measure["taken_over_on"]) else []
    if not portfolio.organisations["id"].eq(measure["organisation_id"]).fillna(False).any():
        found.append((NO_ONE, pd.NaT))
    costs = portfolio.measure_costs
    if not (costs["measure_id"] == measure["id"]).any() and not any(map(_brings_money, effects)):
        found.append((NO_MONEY, pd.NaT))
    if measure["late"]:
        found.append((LATE, measure["end"]))
    steps = portfolio.milestones
    open_steps = (steps["measure_id"] == measure["id"]) & (steps["progress"] != MilestoneProgress.REACHED)
    late = steps.loc[open_steps & (steps["day"] < today), "day"]
    if len(late):
        found.append((LATE_STEP, late.min()))
    told = plan.told(portfolio, int(measure["id"]))
    if not told:
        found.append((NO_EFFECT, pd.NaT))
    elif any(each.problem for each in told):
        found.append((GONE, pd.NaT))
    return found


def _brings_money(change: object) -> bool:
    if isinstance(change, AddStructure):
        return bool(change.fundings)
    return isinstance(change, ExtendFunding | ExtendProgramme)
