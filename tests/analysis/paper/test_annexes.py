"""What stands in the annexes can be read on one page, however much there is."""

from dataclasses import replace

import pandas as pd
import pytest

from steering.analysis.paper import annexes
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.subjects import PaperSubject
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, Scenario, View
from steering.charts import paper_pictures
from steering.storage import reading
from steering.storage.engine import make_engine
from tests.conftest import TODAY, sqlite_url
from tests.prepared import Prepared


def about(portfolio: Portfolio) -> Facts:
    horizon = Horizon.as_set(portfolio.settings, TODAY)
    return facts(portfolio, View(TODAY, TODAY, horizon, Scenario()), PaperSubject())


def of_kind(prepared: Prepared, kind: str) -> Portfolio:
    return reading.portfolio(make_engine(sqlite_url(prepared.filled(kind))))


def test_the_zeitachse_of_many_draws_those_that_end_first_and_fills_the_page(prepared: Prepared) -> None:
    many = about(of_kind(prepared, "large"))
    drawn = annexes.on_timeline(many)
    ending = many.structures["until"].dropna().sort_values()
    assert 0 < len(ending) < len(drawn) == annexes.MOST_BARS
    assert list(drawn["until"].dropna()) == list(ending)
    assert list(drawn["until"].notna()) == sorted(drawn["until"].notna(), reverse=True)
    boundaries = reading.boundaries(make_engine(sqlite_url(prepared.filled("large"))))
    made = paper_pictures.drawings(many, boundaries)[annexes.TIMELINE]()
    assert set(made.data["structure_id"].dropna()) == set(drawn["structure_id"])
    caption = annexes.timeline_figure(many).caption
    of = int(caption.split(" von ")[1].split(",")[0])
    assert f"eingezeichnet sind {len(drawn)} von {of}, darunter alle {len(ending)}, deren Ende" in caption
    assert annexes.MOST_BARS < of <= len(many.structures)


def test_where_more_ends_are_known_than_a_page_has_room_for_the_first_are_drawn(prepared: Prepared) -> None:
    many = about(of_kind(prepared, "large"))
    days = pd.Series(pd.date_range("2027-01-01", periods=len(many.structures)), many.structures.index)
    known = replace(many, structures=many.structures.assign(until=days))
    drawn = annexes.on_timeline(known)
    assert len(drawn) == annexes.MOST_BARS
    assert drawn["until"].is_monotonic_increasing
    assert ", deren Sicherung als Erste endet" in annexes.timeline_figure(known).caption


def test_where_no_end_is_known_the_first_names_are_drawn_and_that_is_said(prepared: Prepared) -> None:
    many = about(of_kind(prepared, "large"))
    unknown = replace(many, structures=many.structures.assign(until=pd.Timestamp("NaT")))
    drawn = annexes.on_timeline(unknown)
    assert len(drawn) == annexes.MOST_BARS
    assert list(drawn["name"]) == sorted(drawn["name"])
    assert annexes.timeline_figure(unknown).caption.endswith(", ein Ende ist bei keiner bekannt")


@pytest.mark.parametrize("kind", ["coburg", "empty"])
def test_where_all_have_their_place_nothing_is_said_of_it(prepared: Prepared, kind: str) -> None:
    found = about(of_kind(prepared, kind))
    assert len(annexes.on_timeline(found)) <= annexes.MOST_BARS
    assert annexes.timeline_figure(found).caption == "Wie lange die Strukturen gesichert sind"
