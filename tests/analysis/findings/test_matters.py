"""The matter of a finding goes on where only those who take part change."""

from datetime import date

import pandas as pd

from steering.analysis.findings.difference import SHORTER, difference
from steering.analysis.findings.matters import Matters, by_matter
from steering.analysis.view import Horizon


def found(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """Key, municipalities, first and last day of overlaps of task 1."""
    return pd.DataFrame(
        {
            "key": [key for key, _, _, _ in rows],
            "kind": "OVERLAP",
            "task_id": pd.array([1] * len(rows), dtype="Int64"),
            "need_id": pd.array([None] * len(rows), dtype="Int64"),
            "reason": "",
            "participant_names": [tuple(key) for key, _, _, _ in rows],
            "municipalities": [tuple(places.split()) for _, places, _, _ in rows],
            "target_groups": [("alle",)] * len(rows),
            "sites": [()] * len(rows),
            "start": pd.Series([start for _, _, start, _ in rows], dtype="datetime64[s]"),
            "end": pd.Series([end for _, _, _, end in rows], dtype="datetime64[s]"),
        }
    )


def matters(base: pd.DataFrame, other: pd.DataFrame | None = None) -> list[str]:
    return Matters(base).told(base if other is None else other)["matter"].tolist()


ALWAYS = found(("abc", "1 2", None, None))


def test_what_begins_when_the_other_ends_at_its_place_is_the_same() -> None:
    assert (
        matters(found(("abc", "1 2", None, "2027-03-31"), ("ab", "2 3", "2027-04-01", None))) == ["abc"] * 2
    )


def test_what_begins_later_or_elsewhere_is_another() -> None:
    assert matters(found(("abc", "1", None, "2027-03-31"), ("ab", "1", "2027-04-02", None))) == ["abc", "ab"]
    assert matters(found(("abc", "1", None, "2027-03-31"), ("ab", "2", "2027-04-01", None))) == ["abc", "ab"]


def test_of_two_that_go_on_with_one_in_different_places_each_counts() -> None:
    parted = found(
        ("abcd", "1 2", None, "2027-03-31"), ("ab", "1", "2027-04-01", None), ("cd", "2", "2027-04-01", None)
    )
    assert matters(parted) == ["abcd", "abcd", "cd"]


def test_a_key_that_is_known_is_its_own_matter_wherever_else_it_begins() -> None:
    wandering = found(
        ("abc", "1", None, "2027-03-31"), ("ab", "2", None, None), ("ab", "1", "2027-04-01", None)
    )
    assert matters(wandering) == ["abc", "ab", "ab"]


def test_in_another_scenario_it_is_what_held_at_its_place_and_time() -> None:
    parted = found(("ab", "1", "2027-04-01", None), ("abc", "2", None, None))
    assert matters(ALWAYS, parted) == ["abc", "abc"]
    assert matters(ALWAYS, found(("ab", "3", "2027-04-01", None))) == ["ab"]


def test_what_only_another_scenario_has_goes_on_in_it_too() -> None:
    new = found(("ad", "3", "2027-01-01", "2027-12-31"), ("ade", "3", "2028-01-01", None))
    assert matters(ALWAYS, new) == ["ad", "ad"]


def test_to_whom_compares_it_is_neither_closed_nor_opened() -> None:
    horizon = Horizon(date(2025, 1, 1), date(2035, 12, 31))
    fewer = found(("abc", "1 2", None, "2027-03-31"), ("ab", "1 2", "2027-04-01", None))
    assert difference(*by_matter(ALWAYS, fewer), horizon).empty
    partly = found(("abc", "1 2", None, "2027-03-31"), ("ab", "1", "2027-04-01", None))
    assert difference(*by_matter(ALWAYS, partly), horizon)["effect"].tolist() == [SHORTER]


def test_of_nothing_there_is_nothing() -> None:
    assert matters(found()) == []
    assert matters(found(), ALWAYS) == ["abc"]
