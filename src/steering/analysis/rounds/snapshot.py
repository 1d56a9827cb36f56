"""What is kept of a round when it is closed: the round itself, how things stood, the charts behind it.

`state_of` is also what the next round is compared with, so that it can say what has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis import findings
from steering.analysis.findings.kinds import calm
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.record import Round
from steering.analysis.view import View

Rows = list[dict[str, Any]]
FOR_EVERYONE = "for_everyone"
"""What marks a chart that was drawn from what everyone may see."""


@dataclass(frozen=True)
class State:
    """How things stood on a day, in plain values; days as ISO text, None where there is none.

    `findings`: key, kind, task_id, participants, names, reason, municipalities, start, end, settled (bool).
    `ends`: funding_id, structure_id, name, end, extension. `measures`: id, name, status, end.
    `agreements`: id, name, valid_until.
    """

    findings: Rows = field(default_factory=list)
    ends: Rows = field(default_factory=list)
    measures: Rows = field(default_factory=list)
    agreements: Rows = field(default_factory=list)


def as_text(found: Round, state: State, charts: Mapping[int, Mapping[str, Any]]) -> str:
    """What `as_kept`, `state_in` and `charts_in` take back."""
    content = {
        "round": found.to_json(),
        **vars(state),
        "charts": {str(key): one for key, one in charts.items()},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def state_in(text: str) -> State:
    """How things stood, from what was kept."""
    found = json.loads(text)
    return State(**{name: found.get(name, []) for name in vars(State())})


def charts_in(text: str, *, discreetly: bool = False) -> dict[int, Mapping[str, Any]]:
    """The charts behind the points, by their ids, from what was kept.

    `discreetly`: as everyone may see them. Charts of needs that are not marked FOR_EVERYONE were drawn with
    exact counts of persons, however few, and are left out then.
    """
    charts = json.loads(text).get("charts", {})
    return {
        int(key): chart
        for key, chart in charts.items()
        if not discreetly or chart.get(FOR_EVERYONE) or not _is_of_needs(chart)
    }


def _is_of_needs(chart: Mapping[str, Any]) -> bool:
    """Whether a chart shows quantities of needs: its rows tell of no structure and no measure."""
    return not any({"structure_id", "measure_id"} & row.keys() for row in chart["rows"])


def state_of(portfolio: Portfolio, view: View) -> State:
    """How things stand in a view: its findings on all days, and what ends within the warning time."""
    return State(
        findings=_findings(portfolio, view),
        ends=_ends(portfolio, view.today),
        measures=_plain(portfolio.measures[["id", "name", "status", "end"]]),
        agreements=_plain(portfolio.agreements[["id", "name", "valid_until"]]),
    )


def _findings(portfolio: Portfolio, view: View) -> Rows:
    rows = findings.findings(portfolio, view)
    shown = rows.assign(
        settled=calm(rows),
        names=rows["participant_names"].map(list),
        participants=rows["participants"].map(list),
        municipalities=rows["municipalities"].map(list),
    )
    return _plain(
        shown[
            [
                "key", "kind", "task_id", "participants", "names", "reason", "municipalities", "start", "end",
                "settled",
            ]
        ]
    )  # fmt: skip


def _ends(portfolio: Portfolio, today: date) -> Rows:
    fundings = portfolio.fundings
    names = portfolio.names("structure")
    rows = pd.DataFrame(
        {
            "funding_id": fundings["id"],
            "structure_id": fundings["structure_id"],
            "name": fundings["structure_id"].map(names),
            "end": fundings["end"],
            "extension": fundings["extension"],
        }
    )
    return _plain(rows[rows["end"].isna() | (rows["end"] >= pd.Timestamp(today))])


def _plain(rows: pd.DataFrame) -> Rows:
    made = rows.copy(deep=False)
    for column in made.columns:
        if pd.api.types.is_datetime64_any_dtype(made[column]):
            made[column] = made[column].dt.strftime("%Y-%m-%d")
    records = made.astype(object).where(made.notna(), None).to_dict("records")
    return [{str(name): _value(value) for name, value in row.items()} for row in records]


def _value(value: Any) -> Any:
    if isinstance(value, list) or value is None:
        return value
    if value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value
