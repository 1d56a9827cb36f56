"""The Zeitachse: every structure a row, its stretches as bars by certainty, the Stichtag as a line.

Two drawings with the same padding and the same days on x: a short head (legend, Stichtag, years), which
the page keeps in view, and the body with the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from steering.analysis.view import Horizon
from steering.charts import cutting, timeline_layers, typeface, wording
from steering.charts.drawing import Drawing
from steering.charts.theme import CERTAINTIES, LIGHT, Theme
from steering.charts.timeline_layers import (
    BAR,
    GROUP,
    LABEL_FONT,
    LABEL_ROOM,
    LABEL_WIDTH,
    PARAMETER,
    ROW,
    THIN_BAR,
)  # fmt: skip
from steering.model.german import about, count, day

MARK_WORDS = {"apply_by": "Antrag bis", "decide_by": "Beschluss bis"}
ESTIMATED = "hohl: geschätzt"
NOT_COUNTED = "blass: zählt nicht mit"

# What may follow an end: drawn thin where the scenario does not count on it.
_POSSIBLE = ("annual", "applied", "expected", "unclear", "not_yet_possible")
_BAR_FONT = 10.5
_LEGEND_ROW, _SWATCH = 20, 20


@dataclass(frozen=True)
class Timeline:
    """`head` above `body`; `picture()` is both in one, for export."""

    head: Drawing
    body: Drawing

    def picture(self, theme: Theme = LIGHT) -> Drawing:
        """The whole Zeitachse as one drawing, in the colours of paper where nothing else is said."""
        above = self.head.data[self.head.data["layer"].isin(["swatch", "symbol"])].copy()
        above[["y", "y2", "middle"]] -= self.head.height
        data = pd.concat([self.body.data, above], ignore_index=True)
        spec = timeline_layers.picture_spec(self.body.height, self.head.height, theme)
        return replace(self.body, spec=spec, data=data, height=spec["height"])


@dataclass(frozen=True)
class ClickedBar:
    """What somebody clicked: a row, and the funding behind the bar if there is one."""

    structure_id: int
    funding_id: int | None


def timeline(
    rows: pd.DataFrame,
    bars: pd.DataFrame,
    marks: pd.DataFrame,
    horizon: Horizon,
    as_of: date,
    *,
    theme: Theme = LIGHT,
) -> Timeline:
    """The rows in the order given, a heading above each new group.

    - `rows`: structure_id, label, group ("" = no heading; rows of a group stand together);
    - `bars`: structure_id, funding_id (Int64, NA without a funding), start, end (inclusive, NaT open),
      certainty (a key of CERTAINTIES), counted (bool), optionally detail (for the tooltip);
    - `marks`: structure_id, day (NaT = not drawn), kind ("apply_by", "decide_by"), estimated (bool), text.

    Bars and marks of structures without a row are left out.
    """
    placed, headings, height = _placed(rows)
    drawn = _bars(bars, placed, horizon, as_of)
    pins = _pins(marks, placed, horizon)
    stichtag = _stichtag(as_of, horizon)
    edges = _edges(horizon)
    years = _years(horizon)
    legend, legend_rows = _legend(drawn, pins)
    names = cutting.told_apart(list(placed["label"]), LABEL_ROOM, LABEL_FONT)
    named = placed.assign(label=names)
    body = pd.concat([edges, headings, named, years, drawn, stichtag, pins], ignore_index=True)
    head = pd.concat([edges, legend, years, stichtag], ignore_index=True)
    head_height = timeline_layers.HEAD + legend_rows * _LEGEND_ROW
    body_spec = timeline_layers.body_spec(height, theme)
    head_spec = timeline_layers.head_spec(head_height, theme)
    words = _body_words(placed, drawn, horizon, as_of)
    least = timeline_layers.LEAST_WIDTH
    return Timeline(
        Drawing(head_spec, head, _head_words(legend, as_of), head_height, least=least),
        Drawing(body_spec, body, words, height, least=least),
    )


def chosen(selection: Mapping[str, Any]) -> ClickedBar | None:
    """What `st.vega_lite_chart(..., on_select=...)` hands back as `event["selection"]`, if a row was hit."""
    points = selection.get(PARAMETER) or []
    for point in points:
        if point.get("structure_id") is not None:
            funding = point.get("funding_id")
            return ClickedBar(int(point["structure_id"]), None if funding is None else int(funding))
    return None


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows and headings with the pixels they take (y to y2, text at middle), and the whole height."""
    placed = rows[["structure_id", "label", "group"]].reset_index(drop=True)
    opens = (placed["group"] != placed["group"].shift()) & (placed["group"] != "")
    above = opens.cumsum()
    placed = placed.assign(layer="row", y=placed.index * ROW + above * GROUP, name=placed["label"])
    placed = placed.assign(y2=placed["y"] + ROW, middle=placed["y"] + ROW / 2)
    headings = placed[opens].assign(layer="heading", y=placed["y"] - GROUP, y2=placed["y"])
    headings = headings.assign(middle=headings["y"] + GROUP / 2 + 2, label=headings["group"])
    height = int(len(placed) * ROW + above.max() * GROUP) if len(placed) else ROW
    return placed, headings[["layer", "label", "y", "y2", "middle"]].reset_index(drop=True), height


def _bars(bars: pd.DataFrame, placed: pd.DataFrame, horizon: Horizon, as_of: date) -> pd.DataFrame:
    """The bars in the horizon with day and until (the first day after), pixels and words."""
    first, last = pd.Timestamp(horizon.first), pd.Timestamp(horizon.last)
    inside = ~(bars["start"] > last) & ~(bars["end"] < first)
    kept = bars[inside & bars["certainty"].isin(list(CERTAINTIES))]
    kept = kept.merge(placed[["structure_id", "label", "middle"]], on="structure_id", how="inner")
    point = kept["certainty"] == "ruled_out"
    # Nobody can say yet how it goes on: a question at the end, no bar that looks like a time.
    asked = (kept["certainty"] == "not_yet_possible") & ~kept["counted"].astype(bool)
    thin = kept["certainty"].isin(_POSSIBLE) & ~kept["counted"].astype(bool) & ~asked
    half = thin.map({True: THIN_BAR / 2, False: BAR / 2}).astype(float)
    begins = kept["start"].where(kept["start"] > first, first)
    after = kept["end"].where(kept["end"] < last, last) + timedelta(days=1)
    words = [_bar_words(*each, horizon) for each in zip(kept["certainty"], kept["end"], strict=True)]
    states = [_state_words(*each) for each in zip(kept["certainty"], kept["counted"], strict=True)]
    periods = [wording.period(*each) for each in zip(kept["start"], kept["end"], strict=True)]
    return pd.DataFrame(
        {
            "layer": point.map({True: "ruled_out", False: "bar"}).mask(asked, "question"),
            "structure_id": kept["structure_id"],
            "funding_id": kept["funding_id"],
            "day": begins.where(~point, after),
            "until": after,
            "as_of": pd.Timestamp(as_of),
            "y": kept["middle"] - half,
            "y2": kept["middle"] + half,
            "middle": kept["middle"],
            "certainty": kept["certainty"],
            "thin": thin,
            "text": words,
            "text_width": [typeface.width(text, _BAR_FONT) + 10 for text in words],
            "letter": kept["certainty"].map(lambda key: CERTAINTIES[key].letter),
            "name": kept["label"],
            "period": periods,
            "state": states,
            "spoken": [": ".join(each) for each in zip(kept["label"], states, periods, strict=True)],
            "detail": kept.get("detail", wording.MISSING),
        }
    ).sort_values("thin", ascending=False, kind="stable", ignore_index=True)


def _bar_words(certainty: str, end: pd.Timestamp, horizon: Horizon) -> str:
    """What stands in a bar that is long enough: its certainty, and the day that it lasts until if it is
    secured, which needs no word, or assumed."""
    word, until = CERTAINTIES[certainty].word, f"bis {day(end)}"
    if certainty not in ("secured", "assumed") or pd.isna(end) or end.date() > horizon.last:
        return word
    return until if certainty == "secured" else f"{word} {until}"


def _state_words(certainty: str, counted: bool) -> str:
    word = CERTAINTIES[certainty].word
    if certainty == "ruled_out":
        return f"Verlängerung {word}"
    if certainty in _POSSIBLE and not counted:
        return f"{word}; zählt in diesem Szenario nicht mit"
    return word


def _pins(marks: pd.DataFrame, placed: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """Antrag bis in the upper half of the row, Beschluss bis in the lower, so that both can be seen."""
    first, last = pd.Timestamp(horizon.first), pd.Timestamp(horizon.last)
    kept = marks[marks["day"].between(first, last) & marks["kind"].isin(list(MARK_WORDS))]
    kept = kept.merge(placed[["structure_id", "label", "middle"]], on="structure_id", how="inner")
    shift = kept["kind"].map({"apply_by": -4.5, "decide_by": 4.5}).astype(float)
    estimated = kept["estimated"].astype(bool)
    return pd.DataFrame(
        {
            "layer": "pin",
            "structure_id": kept["structure_id"],
            "day": kept["day"],
            "middle": kept["middle"] + shift,
            "kind": kept["kind"],
            "estimated": estimated,
            "name": kept["label"],
            "state": kept["kind"].map(MARK_WORDS),
            "period": [about(by, guess) for by, guess in zip(kept["day"], estimated, strict=True)],
            "detail": kept["text"],
        }
    )


def _stichtag(as_of: date, horizon: Horizon) -> pd.DataFrame:
    """The line of the Stichtag; its label turns to the left towards the end of the horizon."""
    if not horizon.first <= as_of <= horizon.last:
        return pd.DataFrame()
    share = (as_of - horizon.first) / (horizon.last - horizon.first + timedelta(days=1))
    text = f"Stichtag {day(as_of)}"
    side = "right" if share > 0.8 else "left"
    return pd.DataFrame({"layer": ["as_of"], "day": [pd.Timestamp(as_of)], "text": [text], "side": [side]})


def _edges(horizon: Horizon) -> pd.DataFrame:
    """The first day and the day after the last: what head and body agree on."""
    days = [pd.Timestamp(horizon.first), pd.Timestamp(horizon.last) + timedelta(days=1)]
    return pd.DataFrame({"layer": "edge", "day": days})


def _years(horizon: Horizon) -> pd.DataFrame:
    """A line where each year begins and its number in its middle; long horizons number some only."""
    numbers = range(horizon.first.year, horizon.last.year + 1)
    step = next(step for step in (1, 2, 5, 10) if len(numbers) <= 14 * step or step == 10)
    starts = [max(date(year, 1, 1), horizon.first) for year in numbers]
    ends = [min(date(year, 12, 31), horizon.last) for year in numbers]
    middles = [start + (end - start) / 2 for start, end in zip(starts, ends, strict=True)]
    return pd.DataFrame(
        {
            "layer": "year",
            "day": pd.to_datetime(starts),
            "until": pd.to_datetime(middles),
            "text": [str(year) if year % step == 0 or step == 1 else "" for year in numbers],
        }
    )


def _legend(drawn: pd.DataFrame, pins: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """What occurs, and only that, set in lines from the left edge of the labels."""
    # A question has its words beside it.
    seen = set(drawn.loc[drawn["layer"] != "question", "certainty"])
    entries: list[dict[str, Any]] = [
        {"layer": "swatch", "certainty": key, "letter": item.letter, "text": item.word, "thin": False}
        for key, item in CERTAINTIES.items()
        if key in seen
    ]
    if drawn["thin"].any():
        thinnest = drawn.loc[drawn["thin"], "certainty"].iloc[0]
        entries.append(
            {"layer": "swatch", "certainty": thinnest, "letter": "", "text": NOT_COUNTED, "thin": True}
        )
    kinds = set(pins["kind"])
    entries += [
        {"layer": "symbol", "kind": kind, "text": text, "estimated": False}
        for kind, text in MARK_WORDS.items()
        if kind in kinds
    ]
    if pins["estimated"].any():
        entries.append({"layer": "symbol", "kind": "decide_by", "text": ESTIMATED, "estimated": True})
    left, line = -float(LABEL_WIDTH), 0
    for entry in entries:
        swatch = _SWATCH if entry["layer"] == "swatch" else 10
        wide = swatch + 6 + typeface.width(entry["text"], 12) + 16
        if left + wide > timeline_layers.LEAST_WIDTH - LABEL_WIDTH:
            left, line = -float(LABEL_WIDTH), line + 1
        middle = line * _LEGEND_ROW + _LEGEND_ROW / 2
        half = (THIN_BAR if entry.get("thin") else BAR) / 2 - 1
        entry |= {"left": left, "right": left + swatch, "centre": left + swatch / 2}
        entry |= {"middle": middle, "y": middle - half, "y2": middle + half, "text_left": left + swatch + 6}
        left += wide
    columns = ["layer", "certainty", "letter", "text", "thin", "kind", "estimated", "left", "right"]
    places = ["centre", "middle", "y", "y2", "text_left"]
    return pd.DataFrame(entries, columns=[*columns, *places]), line + 1 if entries else 0


def _head_words(legend: pd.DataFrame, as_of: date) -> str:
    return f"Jahre und Legende der Zeitachse: {', '.join(legend['text'])}; Stichtag {day(as_of)}."


def _body_words(placed: pd.DataFrame, drawn: pd.DataFrame, horizon: Horizon, as_of: date) -> str:
    how_many = count(len(placed), "Struktur", "Strukturen")
    words = [CERTAINTIES[key].word for key in CERTAINTIES if key in set(drawn["certainty"])]
    kinds = f"; Abschnitte: {', '.join(words)}" if words else ""
    return (
        f"Zeitachse: {how_many} von {horizon.first.year} bis {horizon.last.year}, "
        f"Stichtag {day(as_of)}{kinds}."
    )
