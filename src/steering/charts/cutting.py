"""Labels cut to their room before a picture is drawn.

A chart names the room of a label (`limit`) and leaves cutting it to who draws. The engine that draws pictures
measures each label that is too long again and again, 60 ms each: a Zeitachse of 500 structures took half a
minute for that alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from steering.charts import typeface

_USUAL_SIZE = 11.0
_BOLD = 600
# Where Source Sans is not installed, a wider typeface stands in.
_WIDER = 1.15
_MORE = "…"

Row = dict[str, Any]


def cut(spec: Mapping[str, Any], rows: list[Row]) -> tuple[dict[str, Any], list[Row]]:
    """The specification without such limits, and its rows with the labels as they fit."""
    made = [dict(row) for row in rows]
    return _without_limits(spec, made, {}, None), made


def told_apart(texts: Sequence[str], room: float, size: float) -> list[str]:
    """The texts; of those that would read the same once they are cut, the middle is left out instead."""
    cut_off = [fitting(text, room, size) for text in texts]
    alike = Counter(short for short, _ in set(zip(cut_off, texts, strict=True)))
    return [
        text if alike[short] == 1 or short == text else _beginning_and_end(text, room, size)
        for text, short in zip(texts, cut_off, strict=True)
    ]


def _beginning_and_end(text: str, room: float, size: float) -> str:
    end = fitting(text[::-1], room * 2 / 3, size)[::-1]
    return fitting(text, room, size, more=end)


def fitting(text: str, room: float, size: float, *, bold: bool = False, more: str = _MORE) -> str:
    """The text, or as much of its beginning as fits into so many pixels, with an ellipsis."""

    def fits(words: str) -> bool:
        return typeface.width(words, size, bold=bold) * _WIDER <= room

    if fits(text):
        return text
    kept = len(text)
    while kept and not fits(text[:kept].rstrip() + more):
        kept -= 1
    return text[:kept].rstrip() + more


def _without_limits(
    spec: Mapping[str, Any], rows: list[Row], encoding: Mapping[str, Any], layers: Sequence[str] | None
) -> dict[str, Any]:
    encoding = {**encoding, **spec.get("encoding", {})}
    layers = _layers(spec) or layers
    made = dict(spec)
    if "layer" in spec:
        made["layer"] = [_without_limits(each, rows, encoding, layers) for each in spec["layer"]]
    mark, field = spec.get("mark"), encoding.get("text", {}).get("field")
    if not isinstance(mark, Mapping) or mark.get("type") != "text" or field is None:
        return made
    if not isinstance(room := mark.get("limit"), int | float):
        return made
    made["mark"] = {name: value for name, value in mark.items() if name != "limit"}
    size, weight = float(mark.get("fontSize", _USUAL_SIZE)), mark.get("fontWeight", 400)
    for row in rows:
        if isinstance(row.get(field), str) and (layers is None or row.get("layer") in layers):
            row[field] = fitting(row[field], room, size, bold=_is_bold(weight))
    return made


def _is_bold(weight: Any) -> bool:
    return weight == "bold" or (isinstance(weight, int | float) and weight >= _BOLD)


def _layers(spec: Mapping[str, Any]) -> Sequence[str] | None:
    """The layers of rows that a part of the chart draws, as `drawing.only` names them; None for all."""
    for step in spec.get("transform", []):
        wanted = step.get("filter")
        if isinstance(wanted, Mapping) and wanted.get("field") == "layer":
            found: Sequence[str] = wanted["oneOf"]
            return found
    return None
