"""The ground of the map is made anew where what it shows has changed, and only there."""

from typing import Any

import pytest

from steering.charts.ground import Ground
from steering.storage import reading, schema
from steering.web import current
from steering.web.map import ground
from tests.prepared import Prepared

FEW = 4


def test_only_what_the_ground_shows_makes_another(
    monkeypatch: pytest.MonkeyPatch, prepared: Prepared
) -> None:
    engine = schema.make_engine(f"sqlite:///{prepared.filled('coburg').as_posix()}")
    portfolio = reading.portfolio(engine)
    # A few places are enough: to find room for the names of all takes its time.
    outlines = reading.boundaries(engine).iloc[:FEW]
    monkeypatch.setattr(current, "boundaries", lambda: outlines)

    def made_of(**changed: Any) -> Ground:
        places = portfolio.municipalities.assign(**changed)
        frames = {**portfolio.frames, "municipality": places}
        monkeypatch.setattr(current, "portfolio", lambda: portfolio.with_frames(frames))
        made = ground.made()
        assert made is not None
        return made

    first = made_of()
    assert made_of(population=1) is first
    renamed = made_of(name=portfolio.municipalities["name"] + " neu")
    assert renamed is not first
    assert {label.lines for label in renamed.labels} != {label.lines for label in first.labels}
    turned = outlines.assign(geometry=outlines["geometry"][::-1].tolist())
    monkeypatch.setattr(current, "boundaries", lambda: turned)
    assert made_of() is not first
    engine.dispose()
