"""Which Handlungsfeld is erhoben where, from when and by whom, and what of it is out of date."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.needs import open_tasks
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.said import answers
from steering.model import Needed


def by_task(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """One row per task and municipality of which it is known whether something is needed.

    Columns: task_id, ags, last (the day of the latest answer; NaT where a need was entered without one), who
    (who answered then, "" likewise), stale (the answer is older than the settings allow), refused (nothing is
    needed according to all who answered).
    """
    said = answers(portfolio)
    said = said[said["holds"] & said["needed"].isin([Needed.YES, Needed.NO])]
    cells = said[["task_id", "places", "received_on", "body_name", "needed"]].explode("places")
    cells = cells.dropna(subset=["places"]).rename(columns={"places": "ags", "received_on": "last"})
    pair = ["task_id", "ags"]
    cells = cells.astype({"ags": "str"}).sort_values("last", kind="stable")
    wanted = cells.loc[cells["needed"] == Needed.YES, pair].drop_duplicates().assign(wanted=True)
    latest = cells.drop_duplicates(pair, keep="last")[[*pair, "last", "body_name"]]
    recorded = open_tasks.surveyed(portfolio)[pair]
    every = pd.concat([recorded, latest[pair]]).drop_duplicates()
    every = every.merge(latest.rename(columns={"body_name": "who"}), how="left").merge(wanted, how="left")
    limit = pd.Timestamp(today) - pd.DateOffset(months=int(portfolio.settings["survey_months"]))
    return every.assign(
        who=every["who"].fillna("").astype("str"),
        stale=every["last"] < limit,
        refused=every["last"].notna() & every["wanted"].isna(),
    ).drop(columns="wanted")


def by_field(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """One row per Handlungsfeld and inhabited municipality, in the order of the catalogue.

    Columns: field_id, ags, tasks (how many there are), known (of how many the need is erhoben), stale and
    refused (of how many of these, as `by_task`), last (the latest answer), who (who has answered, by name).
    """
    tasks = portfolio.tasks[["id", "field_id"]].rename(columns={"id": "task_id"})
    places = portfolio.municipalities
    places = places.loc[places["inhabited"].astype(bool), ["ags"]]
    rows = by_task(portfolio, today).merge(tasks, on="task_id").groupby(["field_id", "ags"])
    found = rows.agg(
        known=("task_id", "size"), stale=("stale", "sum"), refused=("refused", "sum"), last=("last", "max")
    ).reset_index()
    who = rows["who"].agg(lambda names: ", ".join(sorted({name for name in names if name})))
    found = found.merge(who.reset_index(), on=["field_id", "ags"])
    fields = portfolio.fields.sort_values("position")[["id"]].rename(columns={"id": "field_id"})
    sizes = tasks.groupby("field_id").size().rename("tasks").reset_index()
    every = fields.merge(sizes, on="field_id").merge(places, how="cross")
    every = every.merge(found, on=["field_id", "ags"], how="left")
    counted = ["known", "stale", "refused"]
    every[counted] = every[counted].fillna(0).astype("int64")
    return every.assign(who=every["who"].fillna("").astype("str"))
