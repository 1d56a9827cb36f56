"""The survey of needs as it happens: files go out, two come back, together they make a need and a gap."""

import zipfile
from datetime import date

import pytest

from steering.storage import reading
from steering.storage.engine import make_engine
from tests.browser.serving import Server
from tests.exchange.surveys.filling import NEED, answered, row_of_task

TASK = "Traumahilfe"
YES = {"Bedarf?": "ja", "Einheit": "VZÄ", "von": date(2026, 1, 1)}


def origins(server: Server) -> list[str]:
    """Where each need comes from that was asked for."""
    engine = make_engine(f"sqlite:///{(server.log.parent / 'steering.db').as_posix()}")
    found = reading.portfolio(engine).needs
    engine.dispose()
    return [source for source in found["source"] if source.startswith("Bedarfserhebung")]


@pytest.mark.browser
def test_two_answers_become_a_need_whose_gap_appears_and_undo_takes_it_back(serve, visit, tmp_path):
    server = serve(STEERING_TODAY="2026-11-25")
    window = visit(server)
    page = window.page
    window.go("/daten?bereich=bedarfserhebung")
    page.get_by_role("button", name="Erhebung mit 30 Adressaten beginnen").click()
    window.settle()
    page.get_by_text("hat noch keiner geantwortet").first.wait_for()
    answers = []
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Dateien für 30 Adressaten (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        for name, much in (("ahorn", 1), ("roedental", 0.5)):
            sent = archive.read(f"bedarfserhebung-2026-{name}.xlsx")
            answers.append(tmp_path / f"{name}.xlsx")
            answers[-1].write_bytes(answered(sent, (NEED, row_of_task(sent, TASK), YES | {"Wie viel": much})))
    page.get_by_text("Antworten einlesen", exact=True).click()
    window.settle()
    page.locator('input[type="file"]').set_input_files(answers)
    window.settle()
    page.get_by_role("button", name="2 Zeilen übernehmen").click()
    window.settle()
    page.get_by_text("2 von 30 Gefragten").first.wait_for()
    page.get_by_text("Vergleichen und übernehmen", exact=True).click()
    window.settle()
    page.get_by_text("1,5 VZÄ", exact=True).wait_for()
    page.get_by_role("button", name="2 Antworten zusammen als Bedarf übernehmen").click()
    window.settle()
    page.get_by_text("über alle ist entschieden").wait_for()
    (origin,) = origins(server)
    assert origin == (
        "Bedarfserhebung: Ahorn, 25.11.2026 (Bedarfserhebung 2026); "
        "Rödental, 25.11.2026 (Bedarfserhebung 2026)"
    )
    window.go("/luecken?handlungsfeld=gesundheit")
    page.get_by_text("eine Aufgabe").first.wait_for()
    window.go("/verlauf")
    page.get_by_role("button", name="Rückgängig").first.click()
    window.settle()
    assert origins(server) == []
    assert window.failures() == []
    assert window.foreign == []
