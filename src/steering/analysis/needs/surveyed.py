"""Which Handlungsfeld is erhoben where, from when and by whom, and what of it is out of date."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.needs import open_tasks
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.said import answers, not_needed
from steering.model import Needed


def by_task(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """One row per task and municipality of which it is known whether something is needed, or answered.

    Known is what `open_tasks.surveyed` says: a need is recorded, or the answer is that there is none.

    Columns: task_id, ags, waiting (it is answered but not known: the answer has become no need yet or is to
    be clarified), last (the day of the latest answer; NaT where a need was entered without one), who (who
    answered then, "" likewise), stale (known, and the answer is older than the settings allow), refused
    (nothing is needed according to all who answered).
    """
    said = answers(portfolio)
    said = said[said["holds"] & said["needed"].isin([Needed.YES, Needed.NO])]
    cells = said[["task_id", "places", "received_on", "body_name"]].explode("places")
    cells = cells.dropna(subset=["places"]).rename(
        columns={"places": "ags", "received_on": "last", "body_name": "who"}
    )
    pair = ["task_id", "ags"]
    cells = cells.astype({"ags": "str"}).sort_values("last", kind="stable")
    latest = cells.drop_duplicates(pair, keep="last")
    known = open_tasks.surveyed(portfolio)[pair].assign(waiting=False)
    every = pd.concat([known, latest[pair].assign(waiting=True)]).drop_duplicates(pair)
    every = every.merge(latest, how="left", on=pair)
    limit = pd.Timestamp(today) - pd.DateOffset(months=int(portfolio.settings["survey_months"]))
    refused = pd.MultiIndex.from_frame(not_needed(portfolio)[pair])
    return every.assign(
        who=every["who"].fillna("").astype("str"),
        waiting=every["waiting"].astype(bool),
        stale=(every["last"] < limit) & ~every["waiting"].astype(bool),
        refused=pd.MultiIndex.from_frame(every[pair]).isin(refused),
    )


def by_field(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """One row per Handlungsfeld and inhabited municipality, in the order of the catalogue.

    Columns: field_id, ags, tasks (how many there are), known (of how many the need is erhoben), stale and
    refused (of how many of these, as `by_task`), waiting (how many more are answered only), last (the latest
    answer), who (who has answered, by name).
    """
    tasks = portfolio.tasks[["id", "field_id"]].rename(columns={"id": "task_id"})
    places = portfolio.municipalities
    places = places.loc[places["inhabited"].astype(bool), ["ags"]]
    rows = by_task(portfolio, today).merge(tasks, on="task_id")
    cells = rows.assign(known=~rows["waiting"]).groupby(["field_id", "ags"])
    found = cells.agg(
        known=("known", "sum"), stale=("stale", "sum"), refused=("refused", "sum"),
        waiting=("waiting", "sum"), last=("last", "max"),
    ).reset_index()  # fmt: skip
    who = cells["who"].agg(_listed)
    found = found.merge(who.reset_index(), on=["field_id", "ags"])
    fields = portfolio.fields.sort_values("position")[["id"]].rename(columns={"id": "field_id"})
    sizes = tasks.groupby("field_id").size().rename("tasks").reset_index()
    every = fields.merge(sizes, on="field_id").merge(places, how="cross")
    every = every.merge(found, on=["field_id", "ags"], how="left")
    counted = ["known", "stale", "refused", "waiting"]
    every[counted] = every[counted].fillna(0).astype("int64")
    return every.assign(who=every["who"].fillna("").astype("str"))


def _listed(names: pd.Series) -> str:
    return ", ".join(sorted({str(name) for name in names if name}))
