"""A drawing in parts is the same picture, and what does not change stays the same part."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from steering.charts import timeline
from steering.charts.drawing import Drawing, plain_rows
from steering.charts.parts import in_parts
from steering.exchange import pictures
from tests.charts.samples import AS_OF, HORIZON, bars, marks, rows
from tests.exchange.test_pictures import band, karte, zeitachse


def years() -> Drawing:
    told = timeline.timeline(
        rows("Beratung", group="F"), bars({"end": "2026-12-31"}), marks(), HORIZON, AS_OF
    )
    return told.head


DRAWN: list[Callable[[], Drawing]] = [zeitachse, band, karte, years]


def drawn(spec: dict[str, Any], data: dict[str, pd.DataFrame]) -> bytes:
    named = {name: plain_rows(each) for name, each in data.items()}
    # The engine counts the clips of all its pictures.
    return re.sub(rb"clip\d+", b"clip", pictures.svg(spec | {"width": 900, "datasets": named}))


@pytest.mark.parametrize("make", DRAWN, ids=lambda make: make.__name__)
def test_it_is_the_same_picture(make: Callable[[], Drawing]) -> None:
    drawing = make()
    spec, data = in_parts(drawing.spec, drawing.data)
    assert len(data) > 1
    whole = {**drawing.spec, "data": {"name": "whole"}}
    assert drawn(spec, data) == drawn(whole, {"whole": drawing.data})


@pytest.mark.parametrize("make", DRAWN, ids=lambda make: make.__name__)
def test_every_row_is_in_the_part_of_its_layer(make: Callable[[], Drawing]) -> None:
    drawing = make()
    _, data = in_parts(drawing.spec, drawing.data)
    for name, part in data.items():
        wanted = set(name.split("+")) if name != "source" else set(drawing.data["layer"])
        assert set(part["layer"]) <= wanted
        assert len(part) == drawing.data["layer"].isin(wanted).sum()
    assert set().union(*(part["layer"] for part in data.values())) == set(drawing.data["layer"])


def test_what_says_nothing_of_a_layer_has_all_rows() -> None:
    rows = pd.DataFrame({"layer": ["a", "b"], "x": [1, 2]})
    transform = [{"filter": {"field": "layer", "oneOf": ["a"]}}, {"filter": "datum.x"}]
    of_a = {"transform": transform, "mark": "bar"}
    spec = {"data": {"name": "source"}, "layer": [of_a, {"layer": [{"mark": "rule"}]}]}
    found, data = in_parts(spec, rows)
    assert found == {
        "data": {"name": "source"},
        "layer": [
            {"data": {"name": "a"}, "mark": "bar", "transform": [{"filter": "datum.x"}]},
            {"layer": [{"mark": "rule"}]},
        ],
    }
    assert {name: list(each["x"]) for name, each in data.items()} == {"a": [1], "source": [1, 2]}
    assert of_a == {"transform": transform, "mark": "bar"}, "the specification is shared"
