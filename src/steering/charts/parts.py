"""A drawing in parts: the rows of each layer for themselves.

A browser compares what it is sent with what it has, by the name of the data, and draws anew what rests on
data that changed. All rows in one frame would have it draw a whole picture anew for one line that has moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

_TOGETHER = "+"


def in_parts(spec: Mapping[str, Any], rows: pd.DataFrame) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """The specification with data of its own for each layer, and these data by their names.

    `spec` and `rows` are those of a `Drawing`. What says nothing of a layer goes on having all rows.
    """
    made = _named(spec)
    every = {spec["data"]["name"]} if any(_bare(each) for each in spec["layer"]) else set[str]()
    if not every:
        del made["data"]
    parts = {name: _rows(rows, name.split(_TOGETHER)) for name in _names(made) if name not in every}
    return made, parts | dict.fromkeys(every, rows)


def _rows(rows: pd.DataFrame, layers: list[str]) -> pd.DataFrame:
    return rows[rows["layer"].isin(layers)].reset_index(drop=True)


def _named(spec: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(spec)
    if layers := _layers(spec):
        others = kept.pop("transform")[1:]
        kept = {"data": {"name": _TOGETHER.join(layers)}, **kept, **({"transform": others} if others else {})}
    if "layer" in kept:
        kept["layer"] = [_named(each) for each in kept["layer"]]
    return kept


def _layers(spec: Mapping[str, Any]) -> list[str]:
    """Which layers are let through by the first thing that is done with the rows; [] where it is none."""
    match spec.get("transform"):
        case [{"filter": {"field": "layer", "oneOf": [*layers]}}, *_]:
            return [str(each) for each in layers]
    return []


def _bare(spec: Mapping[str, Any]) -> bool:
    """Whether a part of it draws from all rows."""
    if _layers(spec):
        return False
    return any(_bare(each) for each in spec["layer"]) if "layer" in spec else True


def _names(spec: Mapping[str, Any]) -> Iterator[str]:
    """The names of the data, each once, in the order of the layers."""
    found = [spec["data"]["name"]] if "data" in spec else []
    for each in spec.get("layer", []):
        found += _names(each)
    yield from dict.fromkeys(found)
