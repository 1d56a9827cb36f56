"""What bodies have said about needs, and which of it holds: of several answers the one that came last."""

from __future__ import annotations

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import bodies, body_key
from steering.model import Needed


def answers(portfolio: Portfolio) -> pd.DataFrame:
    """Every answer that was taken in, the older first.

    The fields of SurveyAnswer, and: body (its key), body_name, round_id, round_name, groups (frozenset of
    ids), places (frozenset of AGS), holds (whether nothing newer has come from the same body about the same
    task: of several files the one that was received last, all of its rows about the task), holds_in_round
    (the same within the round: what a later round brings leaves the earlier one as it was).
    """
    rows = portfolio.survey_answers.rename(columns={"id": "answer_id"})
    requests = portfolio.survey_requests.set_index("id")
    rows = rows[rows["request_id"].isin(requests.index)].reset_index(drop=True)
    keys = {
        key: body_key(request["organisation_id"], request["ags"])
        for key, request in requests[["organisation_id", "ags"]].to_dict("index").items()
    }
    names = {key: body.name for key, body in bodies(portfolio).items()}
    rows["body"] = rows["request_id"].map(keys).astype("str")
    rows["body_name"] = rows["body"].map(names).astype("str")
    rows["round_id"] = rows["request_id"].map(requests["round_id"]).astype("int64")
    rows["round_name"] = rows["round_id"].map(portfolio.names("survey_round")).astype("str")
    groups = portfolio.survey_answer_groups.groupby("answer_id")["target_group_id"].agg(frozenset)
    places = portfolio.area_municipalities.groupby("area_id")["ags"].agg(frozenset)
    rows["groups"] = _sets(rows["answer_id"], groups)
    rows["places"] = _sets(rows["area_id"], places)
    rows = rows.sort_values(["received_on", "answer_id"], kind="stable").reset_index(drop=True)
    newest = rows.groupby(["body", "task_id"])["digest"].transform("last")
    rows["holds"] = (rows["digest"] == newest).astype(bool)
    newest = rows.groupby(["body", "task_id", "round_id"])["digest"].transform("last")
    rows["holds_in_round"] = (rows["digest"] == newest).astype(bool)
    return rows


def _sets(keys: pd.Series, sets: pd.Series) -> pd.Series:
    found = [frozenset(sets[key]) if key in sets.index else frozenset() for key in keys.tolist()]
    return pd.Series(found, index=keys.index, dtype=object)


def not_needed(portfolio: Portfolio) -> pd.DataFrame:
    """Where somebody was asked and said that nothing is needed, and nobody says otherwise.

    Columns: task_id, ags, body_name, received_on (the latest). What is still to be clarified is left out.
    """
    found = answers(portfolio)
    found = found[found["holds"] & (found["doubt"] == "")]
    cells = found[["task_id", "places", "needed", "body_name", "received_on"]].explode("places")
    cells = cells.dropna(subset=["places"]).rename(columns={"places": "ags"})
    cells["ags"] = cells["ags"].astype("str")
    wanted = pd.MultiIndex.from_frame(cells.loc[cells["needed"] == Needed.YES, ["task_id", "ags"]])
    refused = cells[cells["needed"] == Needed.NO]
    refused = refused[~pd.MultiIndex.from_frame(refused[["task_id", "ags"]]).isin(wanted)]
    refused = refused.sort_values("received_on", kind="stable")
    last = refused.drop_duplicates(["task_id", "ags"], keep="last")
    return last[["task_id", "ags", "body_name", "received_on"]].reset_index(drop=True)
