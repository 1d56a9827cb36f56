"""The matrix of tasks, the square of those who overlap, and overlaps over time."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis.view import Horizon
from steering.charts.drawing import to_vega
from steering.charts.matrix import FEWEST_COLUMNS, LETTER, chosen_task, matrix
from steering.charts.matrix_layers import FILLS, ROW
from steering.charts.overlaps import overlaps
from steering.charts.pairs import chosen_pair, pairs
from steering.charts.theme import contrast, ink_on
from steering.exchange import pictures
from steering.model import Role

HORIZON = Horizon(date(2025, 1, 1), date(2035, 12, 31))


def tasks(*names: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"task_id": range(1, len(names) + 1), "label": names, "status": "geordnet", "tone": "none"}
    )


def columns(count: int) -> pd.DataFrame:
    keys = [str(number) for number in range(count)]
    return pd.DataFrame(
        {"key": keys, "label": [f"Struktur mit langem Namen {key}" for key in keys], "detail": ""}
    )


def cell(task_id: int, key: str, role: Role = Role.LEAD, tone: str = "", letters: str = "F") -> dict:
    return {
        "task_id": task_id,
        "key": key,
        "role": role.value,
        "letters": letters,
        "tone": tone,
        "detail": "federführend",
        "example": False,
        "derived": False,
    }


def layer(drawing, name: str) -> pd.DataFrame:
    return drawing.data[drawing.data["layer"] == name].reset_index(drop=True)


def drawn(*cells: dict, names=("Sprachmittlung", "Wohnen"), width: int = 3):
    return matrix(tasks(*names), columns(width), pd.DataFrame(list(cells) or [cell(1, "0")]))


def test_a_cell_stands_where_its_row_and_column_meet():
    found = layer(drawn(cell(2, "1")).body, "cell").iloc[0]
    assert (found["centre"], found["middle"]) == (1.5, 1.5 * ROW)
    assert (found["task"], found["label"]) == ("Wohnen", "Struktur mit langem Namen 1")


def test_head_and_body_share_padding_and_columns():
    both = drawn()
    assert both.head.spec["padding"] == both.body.spec["padding"]
    pd.testing.assert_frame_equal(layer(both.head, "column"), layer(both.body, "column"))


@pytest.mark.parametrize("width", [1, 4, 40])
def test_few_columns_leave_room_and_forty_share_it(width):
    assert layer(drawn(width=width).body, "edge")["left"].max() == max(width, FEWEST_COLUMNS)


def test_the_head_is_as_high_as_its_names_and_no_higher():
    short = matrix(tasks("A"), columns(2).assign(label="AWO"), pd.DataFrame([cell(1, "0")]))
    assert short.head.height < drawn().head.height <= 190


def test_what_is_not_sure_or_disputed_does_not_look_like_a_plain_lead():
    looks = layer(drawn(cell(1, "0"), cell(1, "1", tone="open"), cell(1, "2", tone="unknown")).body, "cell")
    assert list(looks["look"]) == ["lead", "open", "unknown"]


def test_every_role_has_a_letter_of_its_own_and_readable_colours():
    assert set(LETTER) == set(Role)
    assert len(set(LETTER.values())) == len(Role)
    assert all(contrast(fill, ink_on(fill)) >= 4.5 for fill in FILLS.values())


def test_cells_without_a_row_or_column_are_left_out():
    assert layer(drawn(cell(1, "0"), cell(9, "0"), cell(1, "99")).body, "cell").shape[0] == 1


def test_a_hit_row_names_its_task():
    assert chosen_task({"task": [{"task_id": 24}]}) == 24
    assert chosen_task({"task": []}) is None
    assert chosen_task({}) is None


def test_the_picture_holds_head_and_body():
    both = drawn()
    assert both.picture().height == both.head.height + both.body.height + 10
    assert pictures.svg(to_vega(both.picture(), title="Zuständigkeiten")).startswith(b"<svg")


def test_a_matrix_without_columns_can_be_drawn():
    empty = matrix(
        tasks("A"),
        pd.DataFrame({"key": [], "label": [], "detail": []}, dtype=str),
        pd.DataFrame(columns=["task_id", "key", "role", "letters", "tone", "detail", "example", "derived"]),
    )
    assert layer(empty.body, "cell").empty


def pair(one: str, other: str, tasks: int = 1, calm: int = 0) -> dict:
    return {"one": one, "other": other, "tasks": tasks, "calm": calm, "detail": "Sprachmittlung"}


def test_a_pair_stands_below_the_diagonal_whichever_comes_first():
    square = pairs(["AWO", "Caritas", "vhs"], pd.DataFrame([pair("AWO", "vhs"), pair("vhs", "Caritas")]))
    found = layer(square, "cell")
    assert (found["middle"] > found["centre"]).all()


def test_a_settled_pair_is_calm_and_shows_its_number():
    square = pairs(["AWO", "vhs"], pd.DataFrame([pair("AWO", "vhs", tasks=0, calm=2)]))
    found = layer(square, "cell").iloc[0]
    assert (found["look"], found["text"]) == ("calm", "2")


def test_a_cell_with_both_shows_what_is_to_be_clarified_and_what_is_settled():
    square = pairs(["AWO", "vhs"], pd.DataFrame([pair("AWO", "vhs", tasks=1, calm=2)]))
    found = layer(square, "cell").iloc[0]
    assert (found["look"], found["text"]) == ("open 1", "1+2")


def test_more_tasks_are_darker_up_to_three():
    looks = [
        layer(pairs(["A", "B"], pd.DataFrame([pair("A", "B", tasks=each)])), "cell")["look"].iloc[0]
        for each in (1, 2, 7)
    ]
    assert looks == ["open 1", "open 2", "open 3"]


def test_a_hit_square_names_its_pair():
    assert chosen_pair({"pair": [{"one": "AWO", "other": "vhs"}]}) == ("AWO", "vhs")
    assert chosen_pair({"pair": []}) is None


def bar(start: str | None, end: str | None, row: str = "OVERLAP/t1", tone: str = "open") -> dict:
    first, last = (pd.Timestamp(day) if day else pd.NaT for day in (start, end))
    return {
        "row": row, "task": "Sprachmittlung", "who": "AWO und vhs", "start": first, "end": last,
        "tone": tone, "state": "Klärungspunkt",
    }  # fmt: skip


def over_time(*bars: dict, as_of=date(2026, 11, 22)):
    return overlaps(pd.DataFrame(list(bars)), HORIZON, as_of)


def test_a_bar_lasts_through_its_last_day_and_open_ones_to_the_edges():
    found = layer(over_time(bar(None, "2028-12-31"), bar("2029-01-01", None)), "bar")
    assert found["until"].iloc[0] == found["day"].iloc[1] == pd.Timestamp("2029-01-01")
    assert found["day"].iloc[0] == pd.Timestamp("2025-01-01")
    assert found["until"].iloc[1] == pd.Timestamp("2036-01-01")


def test_the_stretches_of_one_overlap_share_a_row():
    chart = over_time(
        bar(None, "2028-12-31", tone="calm"), bar("2029-01-01", None), bar(None, None, row="other")
    )
    assert layer(chart, "bar")["top"].nunique() == 2
    assert len(layer(chart, "name")) == 2


def test_a_stichtag_outside_the_horizon_has_no_line():
    assert layer(over_time(bar(None, None), as_of=date(2040, 1, 1)), "as_of").empty


def test_all_can_be_exported():
    square = pairs(["AWO", "vhs"], pd.DataFrame([pair("AWO", "vhs")]))
    for drawing in (square, over_time(bar(None, None))):
        assert pictures.svg(to_vega(drawing, title="Bild", notes=["Stichtag"])).startswith(b"<svg")
