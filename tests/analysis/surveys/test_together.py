"""Several answers as one need: the sum of what was said, each answer once, and never of two units."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys import said, twice
from steering.analysis.surveys.together import Suggestion, suggestion
from steering.model import Needed, NeedUnit, SurveyAnswer, SurveyRequest, SurveyRound
from tests import builders
from tests.builders import Values

ON = date(2026, 11, 27)
PLACES = ("09473112", "09473120", "09473151")
FIGURES = st.sampled_from([None, 0.0, 0.1, 0.2, 0.25, 2.0, 150.0])
UNITS = st.sampled_from([None, *NeedUnit, NeedUnit.PLACES, NeedUnit.PLACES])
SPANS = st.sampled_from([(None, None), (date(2027, 1, 1), None), (date(2027, 1, 1), date(2028, 12, 31))])


@st.composite
def answered(draw: st.DrawFn) -> list[Values]:
    """Answers "ja" to one task; two rows of one body among them."""
    one_unit = draw(st.none() | UNITS)
    rows = []
    for key in range(1, draw(st.integers(1, 5)) + 1):
        first, last = draw(SPANS)
        unit = one_unit or draw(UNITS)
        about = {
            "id": key,
            "request_id": draw(st.integers(1, 3)),
            "task_id": 1,
            "area_id": draw(st.integers(1, 3)),
        }
        more = {"quantity": draw(FIGURES), "unit": unit, "valid_from": first, "valid_until": last}
        kept = {"needed": Needed.YES, "received_on": ON}
        rows.append(
            builders.record(SurveyAnswer, **about, **more, **kept, digest=str(about["request_id"]) * 64)
        )
    return rows


def world(rows: list[Values]) -> Portfolio:
    return builders.portfolio(
        municipalities=[builders.municipality(ags=ags, name=f"Ort {ags}") for ags in PLACES],
        areas=[builders.area(id=key) for key in (1, 2, 3)],
        area_municipalities=[
            builders.area_municipality(area_id=key, ags=ags) for key, ags in enumerate(PLACES, 1)
        ],
        fields=[builders.task_field()],
        tasks=[builders.task(id=1, name="Beraten")],
        target_groups=[builders.target_group(id=1)],
        survey_rounds=[
            builders.record(SurveyRound, id=1, name="Erhebung", sent_on=ON, due=ON, mailbox="", letter="")
        ],
        survey_requests=[
            builders.record(SurveyRequest, id=key, round_id=1, ags=ags, token=f"kennung-0000000{key}")
            for key, ags in enumerate(PLACES, 1)
        ],
        survey_answers=rows,
    )


def made(rows: list[Values], picked: list[int]) -> tuple[Suggestion, Any]:
    known = world(rows)
    found = said.answers(known)
    chosen = found[found["answer_id"].isin(picked)]
    return suggestion(known, chosen), chosen


def total(rows: list[Values]) -> Fraction:
    return sum((Fraction(str(row["quantity"])) for row in rows), Fraction(0))


@settings(max_examples=40)
@given(answered())
def test_the_need_is_the_sum_of_its_answers_or_has_no_figure_and_says_why(rows):
    found, _ = made(rows, [row["id"] for row in rows])
    quantity, unit = found.need["quantity"], found.need["unit"]
    told = [row for row in rows if row["quantity"] is not None]
    units = {row["unit"] for row in rows if row["unit"] is not None}
    whole = len(told) == len(rows) and all(row["unit"] is not None for row in rows) and len(units) == 1
    if whole and units != {NeedUnit.RATIO}:
        assert (quantity, unit) == (float(total(rows)), units.pop())
    elif whole and len({row["quantity"] for row in rows}) == 1:
        assert quantity == rows[0]["quantity"], "a key holds for each, and is no sum"
    else:
        assert quantity is None
        assert found.notes or not told
    assert unit is None or units <= {unit}


@settings(max_examples=25)
@given(answered(), st.data())
def test_what_is_divided_into_needs_comes_to_the_same_as_one(rows, data):
    """Each answer counts once: what two needs of its parts ask for is what one need of all asks for."""
    rows = [row | {"quantity": row["quantity"] or 0.5, "unit": NeedUnit.FTE} for row in rows]
    cut = data.draw(st.integers(0, len(rows)))
    parts = [part for part in (rows[:cut], rows[cut:]) if part]
    found = [made(rows, [row["id"] for row in part])[0].need["quantity"] for part in parts]
    (one, _) = made(rows, [row["id"] for row in rows])
    assert sum(Fraction(str(each)) for each in found) == Fraction(str(one.need["quantity"])) == total(rows)


@settings(max_examples=25)
@given(answered())
def test_the_order_of_answers_changes_nothing(rows):
    known = world(rows)
    found = said.answers(known)
    one, other = suggestion(known, found), suggestion(known, found.iloc[::-1])
    for name in ("quantity", "unit", "valid_from", "valid_until", "area_id", "target_groups"):
        assert one.need[name] == other.need[name]


@settings(max_examples=25)
@given(answered())
def test_where_two_speak_of_one_place_it_is_said_before_anything_is_summed(rows):
    found, chosen = made(rows, [row["id"] for row in rows])
    areas = [row["area_id"] for row in rows]
    assert bool(twice.places(chosen)) == (len(set(areas)) < len(areas))
    assert set(twice.places(chosen)) <= set(found.notes)
