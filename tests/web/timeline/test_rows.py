"""The order of the Zeitachse: what ends first is seen first."""

from typing import Any

import pandas as pd
import pytest

from steering.web.timeline import rows as timeline_rows

# The last group of each grouping holds what ends first.
GROUPS: dict[str, tuple[str, list[Any]]] = {
    "Ebene": ("level", ["federal", "county", "welfare", "welfare"]),
    "Träger": ("organisation", ["AWO", "Bund", "Caritas", "Caritas"]),
    "Programm": ("programmes", [["A"], ["B"], ["C"], ["C"]]),
    "keine": ("level", ["federal", "county", "welfare", "welfare"]),
}


def inventory(column: str, values: list[Any]) -> pd.DataFrame:
    until = pd.to_datetime(pd.Series([None, "2030-12-31", None, "2026-12-31"]))
    return pd.DataFrame(
        {
            "structure_id": [1, 2, 3, 4],
            "name": ["steht", "endet spät", "ungewiss", "endet zuerst"],
            "state": ["running", "running", "unknown", "running"],
            "until": until,
            "last_day": until,
            "provenance": ["example", "documented", "documented", "documented"],
            column: values,
        }
    )


@pytest.mark.parametrize("grouping", GROUPS)
def test_what_ends_first_is_the_first_row_whatever_the_grouping(grouping: str) -> None:
    found = timeline_rows.ordered(inventory(*GROUPS[grouping]), grouping, "Ende")
    assert found["structure_id"].iloc[0] == 4
    # Rows of a group stand together, and what is known to end stands above what is not.
    groups = found["group"].tolist()
    assert groups == sorted(groups, key=groups.index)
    assert found["structure_id"].tolist().index(2) < found["structure_id"].tolist().index(1)


def test_what_is_made_up_comes_after_what_is_documented() -> None:
    two = (
        inventory(*GROUPS["keine"])
        .iloc[[0, 0]]
        .assign(structure_id=[1, 5], name=["A", "B"], provenance=["example", "documented"])
    )
    assert timeline_rows.ordered(two.reset_index(drop=True), "keine", "Ende")["structure_id"].tolist() == [
        5,
        1,
    ]


def test_by_name_the_groups_keep_their_own_order() -> None:
    found = timeline_rows.ordered(inventory(*GROUPS["Ebene"]), "Ebene", "Name")
    assert found["structure_id"].tolist() == [1, 2, 4, 3]
