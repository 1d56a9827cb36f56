"""Open tasks by Handlungsfeld over time and by municipality: the frames behind matrix, map and band."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis.needs import open_tasks
from steering.analysis.needs.open_tasks import MAYBE, OPEN
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import Scenario, View
from steering.charts import heat, openness, wording
from steering.charts.drawing import Drawing
from steering.charts.heat import HeatWords, MarkedColumn
from steering.charts.ramp import UNKNOWN, Ramp, Step, count_ramp
from steering.charts.theme import Theme
from steering.model import ExtensionRule
from steering.model.german import count, day, number
from steering.web import current, marks
from steering.web.findings import rows as finding_rows
from steering.web.findings import words as finding_words
from steering.web.gaps import rows

NOT_SURVEYED = "Bedarf nicht erhoben"
NOTE = "erhoben"
MOST_COLUMNS = 60
MISSING = Step(f"– {NOT_SURVEYED}")
BOTH = Step("1? dazu ungewisse")
MADE_UP = Step(f"◥ {marks.SENTENCE}")
UNCERTAIN = Step("? ungewiss, ob gedeckt", UNKNOWN.fill, UNKNOWN.ink)


def over_time(at: View, chosen: Selection) -> pd.DataFrame:
    """The cells field × quarter, as `heat` takes them; the column is the quarter's first day."""
    return current.derived(_over_time, finding_rows.on_any_day(at), chosen).copy(deep=False)


def _over_time(at: View, chosen: Selection) -> pd.DataFrame:
    found = _marked(
        rows.unmet(at, chosen), lambda unmet: open_tasks.per_quarter(unmet, at.horizon), "quarter"
    )
    known = rows.surveyed(chosen)[["field_id"]].drop_duplicates()
    columns = pd.DataFrame({"column": open_tasks.quarters(at.horizon)})
    return _cells(found, known.merge(columns, how="cross"), columns, chosen)


def by_place(at: View, chosen: Selection) -> pd.DataFrame:
    """The cells field × municipality on the Stichtag; the column is the AGS."""
    return current.derived(_by_place, at, chosen).copy(deep=False)


def _by_place(at: View, chosen: Selection) -> pd.DataFrame:
    found = _marked(rows.on_day(at, chosen), open_tasks.per_municipality, "ags")
    known = rows.surveyed(chosen)[["field_id", "ags"]].rename(columns={"ags": "column"})
    columns = rows.places(chosen)[["ags"]].rename(columns={"ags": "column"})
    return _cells(found, known.drop_duplicates(), columns, chosen)


def _marked(unmet: pd.DataFrame, spread: Callable[[pd.DataFrame], pd.DataFrame], column: str) -> pd.DataFrame:
    """What is open in each column, with `example`: it is so because of an example."""
    made_up = spread(unmet[finding_words.on_examples(unmet)])[[column, "task_id"]].assign(example=True)
    found = spread(unmet).merge(made_up, on=[column, "task_id"], how="left")
    return found.assign(example=found["example"].notna()).rename(columns={column: "column"})


def _cells(
    found: pd.DataFrame, known: pd.DataFrame, columns: pd.DataFrame, chosen: Selection
) -> pd.DataFrame:
    """All fields by all columns: how many tasks are open, which, and of which nobody knows.

    `found`: column, task_id, state, example; `known`: the pairs of field_id and column
    with some recorded need.
    """
    named = found.merge(rows.tasks(chosen)[["task_id", "field_id", "name"]], on="task_id")
    named["name"] = marks.names(named["name"], named["example"])
    pair = ["field_id", "column"]
    cells = rows.fields(chosen)[["field_id"]].merge(columns, how="cross").set_index(pair)
    for state, column in ((OPEN, "open"), (MAYBE, "maybe")):
        group = named[named["state"] == state].groupby(pair)["name"]
        cells[f"{column}_count"] = group.size().reindex(cells.index, fill_value=0)
        cells[column] = group.agg("; ".join).reindex(cells.index).astype(object).fillna(wording.MISSING)
    cells["example"] = named.groupby(pair)["example"].any().reindex(cells.index, fill_value=False)
    surveyed = cells.index.isin(pd.MultiIndex.from_frame(known[pair]))
    doubtful = (cells["open_count"] == 0) & (cells["maybe_count"] > 0)
    cells["state"] = np.select([~surveyed, doubtful], [heat.MISSING, heat.MAYBE], heat.KNOWN)
    cells["value"] = cells["open_count"].where(cells["state"] == heat.KNOWN).astype(float)
    cells.loc[~surveyed, "open"] = NOT_SURVEYED
    return cells.reset_index().rename(columns={"field_id": "row"})


def ramp(cells: pd.DataFrame) -> Ramp:
    """The classes of all cells that have a number."""
    return count_ramp(cells["value"])


def time_matrix(at: View, chosen: Selection, theme: Theme) -> Drawing:
    """Field × quarter, with the Stichtag as a line."""
    cells = over_time(at, chosen)
    quarters = open_tasks.quarters(at.horizon)
    columns = pd.DataFrame(
        {
            "key": quarters,
            "label": "",
            "name": [wording.quarter(first) for first in quarters],
            "group": [str(first.year) for first in quarters],
        }
    )
    words = HeatWords("Handlungsfeld", "Zeitraum", "Offene Aufgaben je Quartal", NOT_SURVEYED, NOTE)
    mark = _stichtag(at, quarters)
    return heat.heat(cells, _rows(chosen), columns, ramp(cells), words, mark=mark, theme=theme)


def _stichtag(at: View, quarters: pd.DatetimeIndex) -> MarkedColumn | None:
    if not at.horizon.first <= at.as_of <= at.horizon.last:
        return None
    stichtag = pd.Timestamp(at.as_of)
    place = int(quarters.searchsorted(stichtag, side="right")) - 1
    first = quarters[place]
    return MarkedColumn(
        place + (stichtag - first) / (pd.offsets.QuarterBegin(startingMonth=1) + first - first),
        f"Stichtag {day(at.as_of)}",
    )


def place_matrix(at: View, chosen: Selection, theme: Theme) -> Drawing:
    """Field × municipality on the Stichtag."""
    cells, places = by_place(at, chosen), rows.places(chosen)
    columns = pd.DataFrame(
        {"key": places["ags"], "label": places["name"], "name": places["name"], "group": ""}
    )
    title = f"Offene Aufgaben je Gemeinde am {day(at.as_of)}"
    words = HeatWords("Handlungsfeld", "Gemeinde", title, NOT_SURVEYED, NOTE)
    return heat.heat(cells, _rows(chosen), columns, ramp(cells), words, theme=theme)


def _rows(chosen: Selection) -> pd.DataFrame:
    """The fields with how many of their tasks have a recorded need, such as 3/6."""
    fields, every = rows.fields(chosen), rows.tasks(chosen)
    known = every[every["task_id"].isin(rows.survey(chosen).known)].groupby("field_id").size()
    all_of = every.groupby("field_id").size()
    return pd.DataFrame(
        {
            "key": fields["field_id"],
            "label": fields["name"],
            "note": [f"{known.get(key, 0)}/{all_of.get(key, 0)}" for key in fields["field_id"]],
        }
    )


def time_sheet(at: View, chosen: Selection) -> pd.DataFrame:
    """The matrix over time as a table."""
    names = {first: wording.quarter(first) for first in open_tasks.quarters(at.horizon)}
    return _sheet(over_time(at, chosen), chosen, names)


def place_sheet(at: View, chosen: Selection) -> pd.DataFrame:
    """The matrix of the municipalities as a table."""
    places = rows.places(chosen)
    return _sheet(by_place(at, chosen), chosen, dict(zip(places["ags"], places["name"], strict=True)))


def _sheet(cells: pd.DataFrame, chosen: Selection, names: dict[Any, str]) -> pd.DataFrame:
    """One row per field: how many are open, how many uncertain, or the words for what is not recorded."""
    text = [_cell(row) for row in cells.to_dict("records")]
    wide = cells.assign(text=text).pivot_table(index="row", columns="column", values="text", aggfunc="first")
    fields = rows.fields(chosen)
    wide = wide.reindex(index=fields["field_id"], columns=list(names)).rename(columns=names)
    wide.insert(0, "Handlungsfeld", fields["name"].to_numpy())
    return wide.reset_index(drop=True).rename_axis(columns=None)


def _cell(row: dict[Any, Any]) -> str:
    unsure = count(int(row["maybe_count"]), "ungewiss", "ungewiss") if row["maybe_count"] else ""
    if row["state"] == heat.MISSING:
        return NOT_SURVEYED
    if row["state"] == heat.MAYBE:
        return unsure
    return ", ".join(filter(None, (number(row["value"], 0, ""), unsure)))


def legend(
    at: View, chosen: Selection, cells: Callable[[View, Selection], pd.DataFrame], theme: Theme
) -> list[Step]:
    """The classes of `over_time` or `by_place`, and the sign for what is uncertain where it occurs."""
    found = cells(at, chosen)
    steps = list(ramp(found).on(theme).steps) if found["value"].notna().any() else []
    occurs = (
        ((found["state"] == heat.KNOWN) & (found["maybe_count"] > 0), BOTH),
        (found["state"] == heat.MAYBE, UNCERTAIN),
        (found["state"] == heat.MISSING, MISSING),
        (found["example"], MADE_UP),
    )
    return [*steps, *(sign for where, sign in occurs if where.any())]


def band(at: View, chosen: Selection, theme: Theme) -> Drawing:
    """The number of open tasks per quarter in the three scenarios."""
    return openness.open_band(current.derived(per_scenario, at, chosen), at.as_of, theme=theme)


def per_scenario(at: View, chosen: Selection) -> pd.DataFrame:
    """quarter (first day), open and maybe (numbers of tasks), rule; for all three scenarios."""
    parts = []
    for rule in ExtensionRule:
        view = replace(at, scenario=Scenario(rule, at.scenario.changes))
        found = open_tasks.per_quarter(rows.unmet(view, chosen), at.horizon)
        counted = pd.crosstab(found["quarter"], found["state"])
        counted = counted.reindex(index=open_tasks.quarters(at.horizon), columns=[OPEN, MAYBE], fill_value=0)
        parts.append(counted.rename_axis(index="quarter", columns=None).reset_index().assign(rule=rule.value))
    return pd.concat(parts, ignore_index=True)
