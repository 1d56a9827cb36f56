import pandas as pd
import pytest

from steering.charts.colour_meanings import DARK_OPEN_RAMP, OPEN_RAMP
from steering.charts.heat import KNOWN, MAYBE, MISSING, HeatWords, MarkedColumn, heat
from steering.charts.ramp import count_ramp
from steering.charts.theme import DARK, LIGHT, RAMP, UNKNOWN_FILL, contrast

WORDS = HeatWords("Handlungsfeld", "Zeitraum", "Offene Aufgaben", "Bedarf nicht erhoben", "erhoben")


def matrix(*rows: str, group: str = "", label: str = "", mark: MarkedColumn | None = None, theme=LIGHT):
    """One row of text per row: digits are counts, ? uncertain, - not recorded, & two open, one uncertain."""
    width = len(rows[0])
    cells = pd.DataFrame(
        [
            {
                "row": row,
                "column": column,
                "state": {"?": MAYBE, "-": MISSING}.get(sign, KNOWN),
                "value": float(sign) if sign.isdigit() else 2.0 if sign == "&" else None,
                "open": "Wohnraumakquise" if sign.isdigit() and sign != "0" else "–",
                "maybe": "Sprachmittlung" if sign in "?&" else "–",
                "example": False,
            }
            for row, signs in enumerate(rows)
            for column, sign in enumerate(signs)
        ]
    ).astype({"value": float})
    fields = pd.DataFrame(
        {"key": range(len(rows)), "label": [f"Feld {row}" for row in range(len(rows))], "note": "1/6"}
    )
    columns = pd.DataFrame(
        {
            "key": range(width),
            "label": label,
            "name": [f"{column + 1}. Quartal" for column in range(width)],
            "group": group,
        }
    )
    return heat(cells, fields, columns, count_ramp(cells["value"]), WORDS, mark=mark, theme=theme)


def layer_of(drawing, name):
    return drawing.data[drawing.data["layer"] == name]


def cells(drawing):
    return layer_of(drawing, "cell").sort_values(["y", "x"])


def test_each_cell_has_its_number_in_one_hue():
    found = cells(matrix("0123"))
    assert found["text"].tolist() == ["0", "1", "2", "3"]
    assert found["fill"].tolist() == list(OPEN_RAMP[:4])


def test_what_is_uncertain_is_grey_with_a_question_mark():
    found = cells(matrix("1?"))
    assert found["text"].tolist() == ["1", "?"]
    assert found["fill"].iloc[1] == UNKNOWN_FILL


def test_beside_what_is_open_the_uncertain_stays_in_sight():
    found = cells(matrix("1&"))
    assert found["text"].tolist() == ["1", "2?"]
    assert found["maybe"].iloc[1] == "Sprachmittlung"


def test_what_is_not_recorded_is_a_dash_never_a_zero():
    assert cells(matrix("0-"))["text"].tolist() == ["0", "–"]


def test_a_row_of_which_nothing_is_recorded_says_so_in_words():
    drawing = matrix("11", "--")
    assert layer_of(drawing, "bare")["text"].tolist() == ["Bedarf nicht erhoben"]
    assert len(cells(drawing)) == 2
    assert "Feld 1: Bedarf nicht erhoben" in drawing.alt


def test_equal_neighbours_of_a_group_are_one_cell():
    found = cells(matrix("1122", group="2027"))
    assert found["text"].tolist() == ["1", "2"]
    assert found["column_name"].tolist() == ["1. Quartal bis 2. Quartal", "3. Quartal bis 4. Quartal"]
    assert found[["x", "x2"]].to_numpy().tolist() == [[0, 2], [2, 4]]


def test_columns_without_a_group_stay_apart():
    assert len(cells(matrix("1111"))) == 4


def test_neighbours_that_differ_only_in_what_is_behind_them_are_still_two():
    drawing = matrix("1?1", group="2027")
    assert cells(drawing)["text"].tolist() == ["1", "?", "1"]


def test_long_names_above_the_columns_get_their_room():
    assert matrix("11", label="Weidhausen b.Coburg").height > matrix("11", label="Ahorn").height


@pytest.mark.parametrize(("place", "side"), [(0.5, "left"), (3.9, "right")])
def test_the_mark_keeps_its_words_within_the_picture(place, side):
    drawing = matrix("1111", mark=MarkedColumn(place, "Stichtag 22.11.2026"))
    assert layer_of(drawing, "mark")["side"].tolist() == [side]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_number_can_be_read_on_its_cell(theme):
    found = cells(matrix("01234?-", theme=theme))
    assert min(contrast(*pair) for pair in zip(found["ink"], found["fill"], strict=True)) >= 4.5


def test_on_a_dark_page_more_comes_forward_too():
    assert cells(matrix("0123", theme=DARK))["fill"].tolist() == list(DARK_OPEN_RAMP[:4])


def test_the_alternative_text_names_every_row():
    assert matrix("01?", "02-").alt == (
        "Offene Aufgaben: Feld 0: höchstens 1, teils ungewiss; Feld 1: höchstens 2."
    )


def test_counts_keep_their_colour_whatever_else_is_counted():
    few, more = count_ramp(pd.Series([1.0])), count_ramp(pd.Series([1.0, 4.0]))
    assert few.steps_of(pd.Series([1.0])) == more.steps_of(pd.Series([1.0]))


def test_many_counts_share_classes_from_none_on():
    found = count_ramp(pd.Series(range(3, 30), dtype=float))
    assert found.steps[0].label == "0"
    assert len(found.steps) == len(RAMP)
