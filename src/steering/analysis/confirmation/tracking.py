"""Who has answered in a confirmation round, and what is still to be clarified with whom."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis import asking
from steering.analysis.confirmation.asked import revived
from steering.analysis.confirmation.shares import LAST_DAY, RECORDS
from steering.analysis.portfolio import Portfolio
from steering.model import Verdict

ASKED = asking.Addressees("angeschriebene Träger", "Träger", "Trägern")
COUNTED = (Verdict.CONFIRMED, Verdict.CORRECTED, Verdict.ADDED, Verdict.GONE, Verdict.UNCLEAR, Verdict.OPEN)


def tracking(portfolio: Portfolio, round_id: int, today: date) -> pd.DataFrame:
    """One row per carrier that was asked, by name.

    Columns: request_id, organisation_id, name, state (stored value of ReplyState), answered_on (NaT: not
    yet), overdue (days since the answer was due, 0 where it is not, or something has come), and for each
    Verdict, by its stored value, how many rows.
    """
    requests = portfolio.confirmation_requests
    requests = requests[requests["round_id"] == round_id]
    due = _due(portfolio, round_id)
    names = portfolio.names("organisation")
    items = portfolio.confirmation_items
    counted = pd.crosstab(items["request_id"], items["verdict"])
    counted = counted.reindex(index=requests["id"], columns=[str(each) for each in COUNTED], fill_value=0)
    found = requests[["id", "organisation_id", "answered_on"]].rename(columns={"id": "request_id"})
    found = found.assign(name=found["organisation_id"].map(names))
    found = found.merge(counted.reset_index(names="request_id"), on="request_id")
    silent = found["answered_on"].isna()
    late = max((today - due).days, 0)
    found["overdue"] = silent.map({True: late, False: 0}).astype("int64")
    found["state"] = [
        asking.state(answered=answered, left_open=open_rows, late=late)
        for answered, open_rows in zip(~silent, found[Verdict.OPEN], strict=True)
    ]
    columns = ["request_id", "organisation_id", "name", "state", "answered_on", "overdue", *counted.columns]
    order = found["name"].str.casefold().sort_values(kind="stable").index
    return found.loc[order, columns].reset_index(drop=True)


def to_clarify(portfolio: Portfolio, round_id: int) -> pd.DataFrame:
    """What is left to do with the answers of a round: rows that no longer exist according to their carrier
    and have no last day yet, rows that are unclear, and every remark.

    Columns: organisation_id, record (table), record_key, verdict, remark, answered_on; by carrier.
    """
    requests = portfolio.confirmation_requests
    requests = requests[requests["round_id"] == round_id]
    carrier = requests.set_index("id")["organisation_id"]
    items = portfolio.confirmation_items
    items = items[items["request_id"].isin(requests["id"])]
    undecided = [
        verdict == Verdict.UNCLEAR or (verdict == Verdict.GONE and not moved)
        for verdict, moved in zip(items["verdict"], _end_has_moved(portfolio, items), strict=True)
    ]
    unclear = pd.Series(undecided, index=items.index, dtype=bool)
    rows = items[unclear | (items["remark"] != "")]
    rows = rows.assign(organisation_id=rows["request_id"].map(carrier))
    columns = ["organisation_id", "record", "record_key", "verdict", "remark", "answered_on"]
    return rows.sort_values(["organisation_id", "record", "record_key"])[columns].reset_index(drop=True)


def summary(found: pd.DataFrame, due: date, today: date) -> str:
    """How many have answered and how many should have, in one or two sentences, as Markdown.

    `found` as `tracking` gives it.
    """
    return asking.summary(found, due, today, ASKED)


def _due(portfolio: Portfolio, round_id: int) -> date:
    rounds = portfolio.confirmation_rounds
    return pd.Timestamp(rounds.loc[rounds["id"] == round_id, "due"].iloc[0]).date()


def _end_has_moved(portfolio: Portfolio, items: pd.DataFrame) -> list[bool]:
    """Whether each row's record has got another last day since it went out, or is gone."""
    last: dict[tuple[str, int], str] = {}
    for table, record in RECORDS.items():
        frame = portfolio.frame(table)
        days = frame[LAST_DAY[record]].dt.strftime("%Y-%m-%d").fillna("")
        last |= {(table, key): day for key, day in zip(frame["id"].tolist(), days.tolist(), strict=True)}
    moved = []
    for table, key, sent in zip(items["record"], items["record_key"], items["sent"], strict=True):
        before = revived(RECORDS[table], sent).get(LAST_DAY[RECORDS[table]])
        now = last.get((table, key), "gone")
        moved.append(bool(now) and now != (before.isoformat() if before else ""))
    return moved
