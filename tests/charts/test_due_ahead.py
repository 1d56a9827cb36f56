"""The picture of a mail: each thing that it tells in one column, and the same in words."""

from __future__ import annotations

from datetime import date, timedelta

from steering.analysis.dates.telling import Tiding
from steering.analysis.dates.to_do import ToDo, Urgency
from steering.charts.drawing import to_vega
from steering.charts.due_ahead import WIDTH, due_ahead
from steering.exchange import pictures
from steering.model import ToldStage

TODAY = date(2026, 11, 22)


def tiding(days: int, stage: ToldStage = ToldStage.KNOWN) -> Tiding:
    day = TODAY + timedelta(days=days)
    thing = ToDo(Urgency.NOW, day, f"milestone-{days}", "", "", 0, False, False, False, "")
    return Tiding(thing, stage)


NEWS = [
    tiding(-9, ToldStage.OVERDUE), tiding(-30, ToldStage.AGAIN), tiding(-1, ToldStage.DUE), tiding(20),
    tiding(160), tiding(161), tiding(4000),
]  # fmt: skip


def test_each_thing_stands_in_one_column_and_the_words_say_the_same() -> None:
    drawing = due_ahead(NEWS, TODAY)
    assert drawing is not None
    rows = drawing.data[drawing.data["amount"] > 0]
    assert dict(zip(rows["name"], rows["amount"], strict=True)) == {
        "überfällig": 2, "Nov 2026": 1, "Dez 2026": 1, "später": 2 + 1
    }  # fmt: skip
    assert drawing.data["amount"].sum() == len(NEWS)
    assert list(drawing.data["name"])[1:7] == [
        "Nov 2026", "Dez 2026", "Jan 2027", "Feb 2027", "Mär 2027", "Apr 2027"
    ]  # fmt: skip
    for name, amount in zip(rows["name"], rows["amount"], strict=True):
        assert f"{name}: {amount} " in drawing.alt


def test_nothing_is_drawn_where_nothing_is_ahead() -> None:
    assert due_ahead([], TODAY) is None
    assert due_ahead([tiding(-9, ToldStage.OVERDUE)], TODAY) is None


def test_it_is_small_and_the_same_each_time() -> None:
    drawing = due_ahead(NEWS, TODAY)
    assert drawing is not None
    content = pictures.png(to_vega(drawing), scale=1)
    assert int.from_bytes(content[16:20], "big") == WIDTH <= 560
    assert len(content) < 40_000
    again = due_ahead(NEWS, TODAY)
    assert again is not None
    assert pictures.png(to_vega(again), scale=1) == content
