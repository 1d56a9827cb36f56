"""Every page for another Landkreis: Würzburg, with a town as a hole and 52 municipalities."""

import json
from functools import partial

import pytest

from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.storage import reading, schema
from steering.storage.history import undoing
from steering.web import pages
from steering.web.data import district
from tests.changed import history
from tests.exchange.register_samples import GV, KREIS, VG250
from tests.pages.conftest import PAGES, Screen
from tests.storage.conftest import WHO

LISTED = IncomingFile(GV.name, GV.read_bytes())
DRAWN = IncomingFile(VG250.name, VG250.read_bytes())


@pytest.fixture(scope="module")
def made(new_url):
    """The address of a database that was empty and has been set up for Landkreis Würzburg."""
    url = new_url()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEERING_DATABASE_URL", url)
        schema.prepare(url, "empty").dispose()
        Screen(url)
        district.set_up(KREIS, LISTED, DRAWN)
    return url


@pytest.fixture
def wuerzburg(made, monkeypatch):
    """Opens a page of it; all of them only look."""
    monkeypatch.setenv("STEERING_DATABASE_URL", made)
    return partial(Screen, made)


# The Verlauf says what was there before, and who was at work.
@pytest.mark.parametrize("page", [title for title in PAGES if title != pages.HISTORY.title])
def test_a_page_works_for_another_landkreis(wuerzburg, page):
    shown = wuerzburg(page)
    assert not shown.app.exception
    assert shown.app.title[0].value == page
    assert "Coburg" not in shown.texts
    assert not any("Coburg" in button.label for button in shown.app.button)


def test_the_map_is_centred_on_it_with_its_attribution(wuerzburg):
    shown = wuerzburg("Karte")
    view = json.loads(shown.app.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]
    assert view["longitude"] == pytest.approx(9.93, abs=0.15)
    assert view["latitude"] == pytest.approx(49.7, abs=0.15)
    assert "© GeoBasis-DE / BKG 2014 (Daten verändert)" in shown.texts
    assert "alle 52 Gemeinden" in [each.placeholder for each in shown.app.multiselect]


def test_an_empty_database_offers_both_ways_and_one_with_data_none(screen):
    shown = screen(kind="empty")
    assert "Landkreis" in [each.label for each in shown.app.selectbox]
    assert any(button.label == "Daten des Landkreises Coburg laden" for button in shown.app.button)


def test_a_database_with_data_offers_no_other_landkreis(screen):
    shown = screen()
    assert "Landkreis" not in [each.label for each in shown.app.selectbox]


def test_setting_up_is_one_step_that_can_be_taken_back(wuerzburg):
    shown = wuerzburg("Karte")
    undoing.undo(shown.engine, history(shown.engine)["batch"].iloc[0], **WHO)
    assert reading.portfolio(shown.engine).settings["district_key"] == "09473"


@pytest.mark.parametrize("register", ["Gemeindeverzeichnis", "Grenzen", "Landkreis einrichten"])
@pytest.mark.parametrize("kind", ["coburg", "empty"])
def test_the_page_daten_has_each_register(screen, kind, register):
    shown = screen("Daten und Einstellungen", kind=kind)
    shown.app.session_state["data section"] = "Amtliche Register"
    shown.app.run()
    shown.app.session_state["register"] = register
    shown.app.run()
    assert not shown.app.exception
    refused = "enthält schon Angaben" in shown.texts
    assert refused == (kind == "coburg" and register == "Landkreis einrichten")


def test_the_page_daten_takes_the_foerderkatalog(screen):
    shown = screen("Daten und Einstellungen")
    shown.app.session_state["data section"] = "Förderkatalog"
    shown.app.run()
    assert not shown.app.exception
    assert "Landkreis Coburg" in shown.texts


def test_a_damaged_file_changes_nothing(screen):
    shown = screen(kind="empty")
    before = reading.revision(shown.engine)
    with pytest.raises(FileRefused, match="beschädigt"):
        district.set_up(KREIS, LISTED, IncomingFile("grenzen.json", DRAWN.content[:9_000]))
    assert reading.revision(shown.engine) == before


def test_a_neighbour_of_the_present_landkreis_is_set_up_too(screen):
    shown = screen(kind="empty")
    # Haßberge surrounds Coburg too: its outline is there already, and goes with the others.
    shared = DRAWN.content.replace(b'"09675', b'"09674')
    assert shared != DRAWN.content
    assert "09674" in set(reading.boundaries(shown.engine)["key"])
    district.set_up(KREIS, LISTED, IncomingFile("grenzen.json", shared))
    assert reading.portfolio(shown.engine).settings["district_key"] == KREIS
    assert "09674" in set(reading.boundaries(shown.engine)["key"])


def test_all_landkreise_can_be_chosen_by_name():
    choices = district.choices()
    assert len(choices) == 294
    assert choices[KREIS] == "Landkreis Würzburg (09679)"


def test_two_files_and_a_button_are_all_it_takes(screen):
    shown = screen("Daten und Einstellungen", kind="empty")
    shown.app.session_state["data section"] = "Amtliche Register"
    shown.app.run()
    shown.app.session_state["register"] = "Landkreis einrichten"
    shown.app.session_state["gemeinde"] = ["09473112"]
    shown.app.run()
    shown.choice("Landkreis").set_value(KREIS).run()
    for field, file in zip(shown.app.file_uploader, (LISTED, DRAWN), strict=True):
        field.set_value((file.name, file.content, "application/octet-stream"))
    shown.app.run()
    shown.click("Landkreis einrichten")
    assert not shown.app.exception
    assert "Landkreis Würzburg ist eingerichtet" in shown.texts
    assert shown.address("gemeinde") == []
    shown.click("Einlesen rückgängig machen")
    assert reading.portfolio(shown.engine).settings["district_key"] == "09473"
