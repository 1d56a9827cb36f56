"""The calendar and Meine Aufgaben keep the Vorlagenschluss that the way on the Lagebild begins with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from steering.analysis.dates import dated
from steering.analysis.decision.way import StepKind, way
from tests.analysis.decision.worlds import TODAY, next_of, world
from tests.builders import Values, committee_date, records_of

KA = committee_date(id=1, committee_id=1, day="2026-12-10", papers_due="2026-11-26")
KREISTAG = committee_date(id=2, committee_id=2, day="2026-12-17", papers_due="2026-12-03")
EXAMPLE = {"provenance": "example"}


def decision(*sittings: Values) -> dict[str, Any]:
    rows = records_of(dated(world(committee_dates=list(sittings)), TODAY))
    return next(row for row in rows if row["key"] == "funding-11-decide")


def papers_on_the_way(*sittings: Values) -> date | None:
    data = world(committee_dates=list(sittings))
    question = next_of(data).question
    assert question is not None
    first = next(step for step in way(data, TODAY, question).steps if step.kind == StepKind.PAPERS)
    return first.day or first.example


@pytest.mark.parametrize("of_who_prepares", [{}, EXAMPLE])
@pytest.mark.parametrize("of_who_decides", [{}, EXAMPLE])
def test_the_first_vorlagenschluss_is_one_day_whether_it_is_recorded_or_an_example(
    of_who_prepares: Values, of_who_decides: Values
):
    sittings = KA | of_who_prepares, KREISTAG | of_who_decides
    told = decision(*sittings)
    assert told["papers_by"].date() == papers_on_the_way(*sittings) == date(2026, 11, 26)
    assert told["day"].date() == date(2026, 12, 17)
    assert told["example"] == bool(of_who_prepares or of_who_decides)


def test_the_calendar_says_whose_vorlagenschluss_it_is_and_what_of_it_is_an_example():
    assert decision(KA | EXAMPLE, KREISTAG | EXAMPLE)["notes"][-1] == (
        "Sitzung: Kreistag, Vorlagenschluss KA am 26.11.2026. Der Sitzungstermin ist ein Beispiel."
    )
    assert decision(KA | EXAMPLE, KREISTAG)["notes"][-1] == (
        "Sitzung: Kreistag, Vorlagenschluss KA am 26.11.2026. Der Vorlagenschluss ist ein Beispiel."
    )


def test_where_the_sitting_before_it_is_not_recorded_no_later_vorlagenschluss_stands_in():
    told = decision(KREISTAG)
    assert papers_on_the_way(KREISTAG) is None
    assert pd.isna(told["papers_by"])
    assert told["notes"][-1] == ("Sitzung: Kreistag. Ein Sitzungstermin KA davor ist noch nicht erfasst.")


def test_where_an_invented_sitting_no_longer_takes_papers_those_of_the_decision_are_kept():
    """Nothing is overdue because of an example."""
    told = decision(KA | EXAMPLE | {"papers_due": "2026-11-20"}, KREISTAG | EXAMPLE)
    assert told["papers_by"].date() == date(2026, 12, 3)
