"""The yearly round as it happens: files go out, one comes back filled in, is taken over and taken back."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from steering.storage import reading
from steering.storage.engine import make_engine
from tests.browser.serving import Server
from tests.exchange.confirmation.filling import filled

FILE = "rueckmeldung-2026-caritas-coburg.xlsx"


def recorded(server: Server) -> tuple[set[str], int]:
    """The names of the structures, and how many records of any kind have been confirmed."""
    engine = make_engine(f"sqlite:///{(server.log.parent / 'steering.db').as_posix()}")
    found = reading.portfolio(engine)
    engine.dispose()
    frames = (found.structures, found.fundings, found.responsibilities)
    return set(found.structures["name"]), sum(int(frame["confirmed_on"].notna().sum()) for frame in frames)


def downloaded(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path())


@pytest.mark.browser
def test_a_carriers_file_goes_out_comes_back_and_is_taken_over_and_back(serve, visit, tmp_path):
    server = serve(STEERING_TODAY="2026-11-25")
    window = visit(server)
    page = window.page
    window.go("/daten")
    names, confirmed = recorded(server)
    page.get_by_text("Abfragen und Sitzungen", exact=True).click()
    window.settle()
    page.get_by_role("button", name="Runde mit 15 Trägern beginnen").click()
    window.settle()
    page.get_by_text("hat noch keiner geantwortet").first.wait_for()
    with zipfile.ZipFile(downloaded(page, "Dateien für 15 Träger (ZIP)")) as archive:
        sent = archive.read(FILE)
    answer = tmp_path / FILE
    answer.write_bytes(
        filled(
            sent,
            ("Strukturen", 3, "Stimmt so?", "nein, geändert"),
            ("Strukturen", 3, "VZÄ", 1.5),
            ("Strukturen", 4, "Name", "Sprachcafé"),
            ("Strukturen", 4, "Art", "Angebot"),
            ("Zuständigkeiten", 2, "Stimmt so?", "gibt es nicht mehr"),
            reply="ja",
        )
    )
    page.get_by_text("Antworten einlesen", exact=True).click()
    window.settle()
    page.locator('input[type="file"]').set_input_files(answer)
    window.settle()
    page.get_by_role("heading", name="Geändert (1)").wait_for()
    page.get_by_role("heading", name="Bestätigt, sonst unverändert (3)").wait_for()
    page.get_by_role("heading", name="Gibt es laut Träger nicht mehr (1)").wait_for()
    assert recorded(server) == (names, confirmed)
    page.get_by_role("button", name="6 Zeilen übernehmen").click()
    window.settle()
    page.get_by_text("1 von 15 Trägern").first.wait_for()
    assert recorded(server) == (names | {"Sprachcafé"}, confirmed + 5)
    page.get_by_role("button", name="Einlesen rückgängig machen").click()
    window.settle()
    page.get_by_text("hat noch keiner geantwortet").first.wait_for()
    assert recorded(server) == (names, confirmed)
    assert window.failures() == []
    assert window.foreign == []
