"""The picture of needs: what stands beside the bars leaves them room on a projector too."""

import json

import pandas as pd
import pytest

from steering.charts.needs import needs

# What a projector of 1366 has for a chart that is drawn half as large again.
PROJECTOR = 862


@pytest.mark.parametrize(("narrow", "room"), [(True, PROJECTOR), (False, 1045)])
def test_names_and_words_leave_the_bars_room(narrow: bool, room: int) -> None:
    words = ("name", "group", "origin", "look", "amount", "state", "then", "tone", "where", "who", "legal")
    rows = pd.DataFrame([dict.fromkeys(words, "x") | {"need_id": 1, "share": 0.5}])
    drawn = needs(rows, narrow=narrow)
    spec = drawn.spec
    assert spec["padding"]["left"] + spec["padding"]["right"] < drawn.least <= room
    assert room - spec["padding"]["left"] - spec["padding"]["right"] >= 100
    assert ("ändert sich" in json.dumps(spec, ensure_ascii=False)) is not narrow
