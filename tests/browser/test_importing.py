"""A list that nobody here wrote, from the upload to taking the whole import back."""

from pathlib import Path

import pytest

from steering.storage import reading
from steering.storage.engine import make_engine
from tests.browser.serving import Server
from tests.browser.test_pointing import click_on_map
from tests.exchange.register_samples import GV, VG250

LIST = """Angebote im Landkreis Coburg
Stand: 12.11.2026

Bezeichnung;Träger;Gemeinde;Beginn;Befristung;VZÄ
Nähcafé;Nachbarschaftshilfe Ahorn;Ahorn (Landkreis Coburg);14.09.2015;unbefristet;0,5
Radwerkstatt;Nachbarschaftshilfe Ahorn;Bad Rodach, St;2015;31.12.2027;
Fahrdienst;Nachbarschaftshilfe Ahorn;Bamberg;2015;;
Mentoren;;Ahorn;2015;;
"""


def names(server: Server) -> set[str]:
    engine = make_engine(f"sqlite:///{(server.log.parent / 'steering.db').as_posix()}")
    found = set(reading.portfolio(engine).structures["name"])
    engine.dispose()
    return found


@pytest.mark.browser
def test_a_list_goes_in_with_a_preview_and_comes_out_again_with_one_click(serve, visit, tmp_path):
    server = serve(STEERING_TODAY="2026-11-22")
    window = visit(server)
    window.go("/daten")
    before = names(server)
    file = tmp_path / "träger.csv"
    file.write_bytes(LIST.encode("cp1252"))
    page = window.page
    page.locator('input[type="file"]').set_input_files(file)
    window.settle()
    page.get_by_text("4 Zeilen, davon 2 neu").wait_for()
    assert page.get_by_role("heading", name="Außerhalb des Landkreises (1)").is_visible()
    assert page.get_by_role("heading", name="Abgewiesen (1)").is_visible()
    assert names(server) == before
    with page.expect_download() as download:
        page.get_by_role("button", name="Abgewiesene Zeilen").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    page.get_by_role("button", name="2 Zeilen übernehmen").click()
    window.settle()
    assert names(server) == before | {"Nähcafé", "Radwerkstatt"}
    page.get_by_text("4 Zeilen, davon 0 neu").wait_for()
    page.get_by_role("button", name="Einlesen rückgängig machen").click()
    window.settle()
    assert names(server) == before
    assert window.failures() == []
    assert window.foreign == []


@pytest.mark.browser
def test_a_landkreis_is_set_up_from_two_files_and_the_map_is_centred_on_it(serve, visit):
    server = serve(dataset="empty", STEERING_TODAY="2026-11-22")
    window = visit(server)
    window.go("/daten")
    page = window.page
    page.get_by_text("Amtliche Register", exact=True).click()
    window.settle()
    page.get_by_text("Landkreis einrichten", exact=True).first.click()
    window.settle()
    window.choose(page.get_by_test_id("stMain"), "Landkreis", "Landkreis Würzburg")
    for at, file in enumerate((GV, VG250)):
        page.get_by_test_id("stMain").locator('input[type="file"]').nth(at).set_input_files(file)
        window.settle()
    page.get_by_test_id("stMain").get_by_role("button", name="Landkreis einrichten").last.click()
    page.get_by_text("Landkreis Würzburg ist eingerichtet").first.wait_for()
    window.settle()
    window.go("/karte")
    assert "Coburg" not in page.get_by_test_id("stMain").inner_text()
    # Below the middle, under the town that is a hole, lies a municipality of the new Landkreis.
    click_on_map(window, 0.55, 0.66, until="gemeinde=09679")
    assert window.failures() == []
    assert window.foreign == []


@pytest.mark.browser
def test_everything_goes_out_in_each_form(coburg, visit):
    window = visit(coburg)
    page = window.go("/daten")
    page.get_by_text("Export", exact=True).click()
    window.settle()
    forms = {"Arbeitsmappe (XLSX)": b"PK", "Tabellen (CSV, gepackt)": b"PK", "Karte (GeoJSON)": b"{"}
    for label, begins in forms.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        assert Path(download.value.path()).read_bytes().startswith(begins)
    assert window.failures() == []


@pytest.mark.browser
def test_a_file_stays_over_other_pages_until_it_is_taken_out_of_its_field(coburg, visit, tmp_path):
    window = visit(coburg)
    page = window.go("/daten")
    still, field = page.get_by_text("ist noch gewählt"), page.locator('input[type="file"]').first
    file = tmp_path / "träger.csv"
    file.write_bytes(LIST.encode())
    field.set_input_files(file)
    window.settle()
    for _ in range(2):
        window.navigate("Masterplan")
        window.navigate("Daten und Einstellungen")
        still.wait_for()
        page.get_by_text("4 Zeilen, davon 2 neu").wait_for()
    field.set_input_files(file)
    window.settle()
    assert not still.is_visible()
    page.get_by_test_id("stFileUploader").first.get_by_role("button", name="träger.csv").click()
    window.settle()
    window.navigate("Masterplan")
    window.navigate("Daten und Einstellungen")
    assert not still.is_visible()
    assert window.failures() == []
