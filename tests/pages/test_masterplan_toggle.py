"""The toggle »mit Masterplan«: it acts on every page, stands in the address, and the page says so."""

from datetime import date

import pytest

from steering.analysis.changes import ExtendProgramme
from steering.model import Measure, MeasureCost, MeasureStatus, Payer
from steering.storage import reading
from steering.storage.writing import Edit, Made, write
from tests.pages.conftest import PAGES
from tests.pages.test_meeting import SOMEBODY


def words(shown) -> str:
    return shown.texts.replace("*", "")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_follows_the_toggle_and_says_so(look, page):
    shown = look(page, masterplan="mit")
    assert not shown.app.exception
    assert "Mit Masterplan: 3 Maßnahmen wirken" in words(shown)
    assert shown.address("masterplan") == ["mit"]


def test_measures_of_which_no_effect_is_recorded_are_told_beside_those_that_act(look):
    shown = look("Masterplan", masterplan="mit")
    acting = reading.portfolio(shown.engine).measures
    acting = acting[acting["status"].isin(["planned", "decided", "running"])]
    assert len(acting) == 4
    assert "3 Maßnahmen wirken (geplant, beschlossen oder laufend); eine weitere ist ohne Wirkung." in words(
        shown
    )
    assert "1 von 3 Maßnahmen mit Wirkung wirkt sich darauf aus." in words(shown)


def test_without_it_no_page_speaks_of_it(look):
    shown = look("Lücken")
    assert "Mit Masterplan" not in words(shown)
    assert shown.address("masterplan") == ["ohne"]


def test_it_is_kept_when_pages_change_and_taken_back_with_one_click(look):
    shown = look("Lücken")
    before = words(shown)
    shown.app.toggle(key="masterplan").set_value(True).run()
    shown.open("Zeitachse")
    assert "Mit Masterplan: 3 Maßnahmen wirken" in words(shown)
    assert "Am 31.12.2029 enden" in words(shown)
    shown.open("Lücken")
    assert words(shown) != before
    shown.click("Ohne Masterplan ansehen")
    assert words(shown) == before


def test_ideas_act_on_request_and_stand_in_the_address(look):
    shown = look("Lücken", masterplan="mit")
    shown.app.toggle(key="ideen").set_value(True).run()
    assert "Mit Masterplan: 4 Maßnahmen wirken" in words(shown)
    assert shown.address("ideen") == ["mit"]
    linked = look("Lücken", masterplan="mit", ideen="mit")
    assert "4 Maßnahmen wirken" in words(linked)


def test_a_what_if_is_told_beside_the_masterplan_as_what_it_adds_to_it(look):
    shown = look("Lücken", masterplan="mit")
    bir3 = reading.portfolio(shown.engine).programmes.set_index("slug")["id"]["bir3"]
    shown.app.session_state["what_if"] = (ExtendProgramme(int(bir3), date(2029, 12, 31)),)
    shown.app.run()
    told = words(shown)
    assert "Mit Masterplan: 3 Maßnahmen wirken" in told
    assert "Öffnet und schließt keinen Hinweis; VZÄ unverändert" in told


@pytest.mark.parametrize("kind", ["empty", "large"])
def test_it_can_be_asked_for_with_nothing_and_with_much(look, kind):
    shown = look("Lücken", kind=kind, masterplan="mit")
    assert not shown.app.exception
    said = "gezeigt wird dasselbe wie ohne" if kind == "empty" else "Maßnahmen wirken"
    assert said in words(shown)


def test_a_measure_that_only_costs_is_not_said_to_change_nothing(screen):
    shown = screen("Masterplan", kind="empty", masterplan="mit")
    measure = {"name": "Stützpunkt aufstocken", "status": MeasureStatus.DECIDED}
    cost = {"measure_id": Made(0), "year": 2027, "payer": Payer.OWN, "amount_cents": 1_500_000}
    write(shown.engine, [Edit(Measure, measure), Edit(MeasureCost, cost)], **SOMEBODY)
    shown.app.run()
    assert "gezeigt wird dasselbe" not in words(shown)
    assert "nur im Haushaltsblatt kommen die Kosten von einer Maßnahme hinzu." in words(shown)
