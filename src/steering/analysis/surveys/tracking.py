"""Who has answered in a survey of needs, about how many tasks, and who is to be reminded."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis import asking
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import asked
from steering.analysis.surveys.said import answers
from steering.model import Needed

ASKED = asking.Addressees("Gefragte", "Gefragten", "Gefragten")


def tracking(portfolio: Portfolio, round_id: int, today: date) -> pd.DataFrame:
    """One row per body that was asked in a round: municipalities first, then by name.

    Columns: request_id, name, state (stored value of ReplyState), answered_on, reminded_on, refused_on (NaT:
    not yet), overdue (days since the answer was due; 0 where it is not, or something has come), asked (how
    many tasks), yes, no, unknown (of how many tasks it says so; yes wins where it says several things),
    open (tasks without an answer), doubts (answers of which something is to be clarified).
    """
    sent = asked(portfolio, round_id)
    requests = portfolio.survey_requests.set_index("id")
    said = answers(portfolio)
    said = said[said["holds_in_round"] & (said["round_id"] == round_id)]
    rows = []
    for each in sent:
        own = said[said["request_id"] == each.request_id]
        verdicts = _verdicts(own)
        request = requests.loc[each.request_id]
        answered, refused = (bool(pd.notna(request[name])) for name in ("answered_on", "refused_on"))
        late = max((today - each.due).days, 0)
        left_open = len(set(each.tasks) - set(verdicts.index))
        rows.append(
            {
                "request_id": each.request_id,
                "name": each.short,
                "state": asking.state(
                    answered=answered, left_open=left_open, late=late, refused=refused,
                    reminded=bool(pd.notna(request["reminded_on"])),
                ),
                **{name: request[name] for name in ("answered_on", "reminded_on", "refused_on")},
                "overdue": 0 if answered or refused else late,
                "asked": len(each.tasks),
                **{str(needed): int((verdicts == needed).sum()) for needed in Needed},
                "open": left_open,
                "doubts": int((own["doubt"] != "").sum()),
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)


def _verdicts(rows: pd.DataFrame) -> pd.Series:
    """What a body says of each task: that something is needed where one of its answers does."""
    rank = rows["needed"].map({str(needed): place for place, needed in enumerate(Needed)})
    return (
        rows.assign(rank=rank).sort_values("rank").drop_duplicates("task_id").set_index("task_id")["needed"]
    )


_COLUMNS = [
    *("request_id", "name", "state", "answered_on", "reminded_on", "refused_on", "overdue", "asked"),
    *(str(needed) for needed in Needed),
    *("open", "doubts"),
]
