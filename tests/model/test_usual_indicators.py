"""The catalogue of usual Kennzahlen: whole, distinct, and about target groups that there are."""

from __future__ import annotations

import csv

from steering.model import Indicator
from steering.model.usual_indicators import USUAL
from tests.conftest import PROJECT


def test_each_of_the_usual_kennzahlen_says_what_it_counts_in_what_and_who_counts_it():
    assert 20 <= len(USUAL) <= 30
    for each in USUAL:
        assert all((each.topic, each.name, each.unit, each.source)), each.name
        assert each.definition.endswith("."), each.name
        Indicator.model_validate(
            {"name": each.name, "unit": each.unit, "source": each.source, "note": each.note}
        )
    assert len({each.name for each in USUAL}) == len(USUAL)


def test_the_target_groups_of_the_catalogue_are_those_that_a_new_database_has():
    with (PROJECT / "db" / "reference" / "target_groups.csv").open(encoding="utf-8") as file:
        known = {row["slug"] for row in csv.DictReader(file)}
    assert {each.group for each in USUAL} - {""} <= known
    assert all(not each.group for each in USUAL if each.unit == "Prozent")
