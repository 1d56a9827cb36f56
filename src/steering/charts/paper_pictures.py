"""The pictures of a paper, in the colours of paper: the map and the Zeitachse.

Which there are is told at once; they are drawn when the paper is written, for that takes its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from steering.analysis.lives import bars
from steering.analysis.paper import annexes
from steering.analysis.paper.annexes import MAP, TIMELINE
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.subjects import About
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.charts import map_picture
from steering.charts.drawing import Drawing, to_vega
from steering.charts.gathered_points import gathered
from steering.charts.ground import ground
from steering.charts.ramp import number_ramp
from steering.charts.timeline import timeline

WIDTH, HEIGHT = 600, 500
Draw = Callable[[], Drawing]


def county(portfolio: Portfolio, boundaries: pd.DataFrame, running: pd.DataFrame) -> Draw | None:
    """How many of the running structures have their seat where; None where no boundaries are known."""
    if boundaries.empty:
        return None
    here = running["seat_ags"].value_counts()
    return partial(_on_map, portfolio, boundaries, here, running, "Strukturen vor Ort")


def working(portfolio: Portfolio, boundaries: pd.DataFrame, chosen: pd.DataFrame) -> Draw | None:
    """How many of these structures work for which municipality; None where that is known of none."""
    here = chosen["municipalities"].explode().dropna().value_counts()
    if boundaries.empty or here.empty:
        return None
    return partial(_on_map, portfolio, boundaries, here, chosen, "Strukturen")


def _on_map(
    portfolio: Portfolio, boundaries: pd.DataFrame, here: pd.Series, seated: pd.DataFrame, measure: str
) -> Drawing:
    places = portfolio.municipalities
    values = pd.DataFrame({"ags": places["ags"], "value": places["ags"].map(here).fillna(0).astype(float)})
    values["text"] = values["tooltip"] = [str(int(value)) for value in values["value"]]
    base = ground(boundaries, places, width=WIDTH, height=HEIGHT)
    inhabited = values[values["ags"].isin(places.loc[places["inhabited"], "ags"])]
    seated = seated[seated["seat_ags"].notna()]
    points = pd.DataFrame(
        {
            "structure_id": seated["structure_id"],
            "seat": seated["seat_ags"],
            "level": seated["level"],
            "certain": True,
            "title": seated["name"],
            "tooltip": "",
        }
    )
    ramp = number_ramp(inhabited["value"])
    return map_picture.picture(base, values, gathered(points), ramp, measure=measure)


def ahead(facts: Facts) -> Draw | None:
    """How long its structures are secured; None where nothing of them lies in the horizon."""
    rows = annexes.on_timeline(facts)
    return None if rows.empty else partial(_on_time, rows, facts.described, facts.view)


def _on_time(rows: pd.DataFrame, portfolio: Portfolio, view: View) -> Drawing:
    drawn = bars.bars(portfolio, view)
    placed = pd.DataFrame({"structure_id": rows["structure_id"], "label": rows["name"], "group": ""})
    marks = pd.DataFrame(
        {
            "structure_id": pd.Series(dtype="int64"),
            "day": pd.Series(dtype="datetime64[s]"),
            "kind": pd.Series(dtype="str"),
            "estimated": pd.Series(dtype="bool"),
            "text": pd.Series(dtype="str"),
        }
    )
    kept = drawn[drawn["structure_id"].isin(rows["structure_id"])].assign(detail="")
    return timeline(placed, kept, marks, view.horizon, view.as_of).picture()


def drawings(facts: Facts, boundaries: pd.DataFrame) -> dict[str, Draw]:
    """What draws the pictures of a paper, by the names its figures have; what cannot be drawn is missing."""
    found = {
        MAP: _map(facts, boundaries),
        TIMELINE: ahead(facts),
    }
    return {name: draw for name, draw in found.items() if draw is not None}


def as_vega(drawn: Mapping[str, Draw]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each picture's name with its specification, one after the other as it is drawn."""
    return ((name, to_vega(draw())) for name, draw in drawn.items())


def _map(facts: Facts, boundaries: pd.DataFrame) -> Draw | None:
    """The whole by its seats; a paper about something, by where that works: few structures have a seat."""
    if facts.subject.about != About.WHOLE:
        return working(facts.described, boundaries, facts.structures)
    return county(facts.described, boundaries, facts.structures[facts.structures["state"] == "running"])
