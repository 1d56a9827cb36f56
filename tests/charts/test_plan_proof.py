"""The Masterplan's proof as a picture: what stays open, what each measure takes away, the line without it."""

import pandas as pd

from steering.charts.plan_proof import MORE_MEASURES, MOST, OPEN, proof_picture


def periods(*numbers: tuple[int, int]) -> pd.DataFrame:
    firsts = ["2027-01-01", "2028-01-01", "2029-01-01"][: len(numbers)]
    lasts = ["2027-12-31", "2028-12-31", "2031-12-31"][: len(numbers)]
    return pd.DataFrame(
        {
            "first": pd.to_datetime(firsts),
            "last": pd.to_datetime(lasts),
            "name": ["2027", "2028", "2029–2031"][: len(numbers)],
            "without": [without for without, _ in numbers],
            "with_plan": [left for _, left in numbers],
        }
    )


def taken(*rows: tuple[int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "measure", "closed"])


def pieces(drawing, period: str) -> list[tuple[str, int, int]]:
    rows = drawing.data[(drawing.data["layer"] == "piece") & (drawing.data["name"] == period)]
    return list(zip(rows["who"], rows["low"], rows["high"], strict=True))


def test_what_stays_open_and_what_is_taken_away_reach_up_to_what_is_open_without_the_plan() -> None:
    drawn = proof_picture(periods((15, 13), (15, 8)), taken((0, "A", 2), (1, "A", 3), (1, "B", 4)))
    assert pieces(drawn, "2027") == [(OPEN, 0, 13), ("A", 13, 15)]
    assert pieces(drawn, "2028") == [(OPEN, 0, 8), ("A", 8, 11), ("B", 11, 15)]
    line = drawn.data[drawn.data["layer"] == "without"]
    assert line["high"].tolist() == [15, 15]


def test_a_column_is_as_wide_as_its_period_is_long() -> None:
    drawn = proof_picture(periods((1, 1), (1, 1), (1, 1)), taken())
    rows = drawn.data[drawn.data["layer"] == "piece"]
    assert (rows["until"] - rows["day"]).dt.days.tolist() == [365, 366, 1095]


def test_what_a_measure_opens_reaches_above_the_line() -> None:
    drawn = proof_picture(periods((5, 3)), taken((0, "A", 0), (0, "B", 3)))
    assert pieces(drawn, "2027") == [(OPEN, 0, 3), ("B", 3, 6)]


def test_the_line_strikes_through_no_number() -> None:
    drawn = proof_picture(periods((6, 3), (5, 6)), taken((0, "A", 2), (0, "B", 2)))
    rows = drawn.data[drawn.data["layer"] == "piece"].set_index(["name", "who"])["centre"]
    assert rows["2027"].to_dict() == {OPEN: 1.5, "A": 4.0, "B": 6.5}
    assert rows["2028", OPEN] == 2.5


def test_many_measures_share_a_colour() -> None:
    drawn = proof_picture(periods((20, 10)), taken(*((0, f"M{number}", 1) for number in range(10))))
    found = pieces(drawn, "2027")
    assert [who for who, _, _ in found] == [OPEN, *(f"M{n}" for n in range(MOST)), MORE_MEASURES]
    assert found[-1][1:] == (15, 20)


def test_the_words_say_every_period() -> None:
    drawn = proof_picture(periods((15, 13), (10, 5)), taken())
    assert "2027: 15 ohne, 13 mit Masterplan; 2028: 10 ohne, 5 mit Masterplan" in drawn.alt
