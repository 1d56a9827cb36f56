"""The survey of needs as it happens: files go out, two come back, together they make a need and a gap."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from steering.model import Indicator, Need
from steering.storage import foreseeing, observing, reading
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests.browser.serving import Server
from tests.exchange.surveys.filling import NEED, answered, row_of_task
from tests.storage.conftest import AHORN, WHO

TASK = "Traumahilfe"
ROEDENTAL = "09473159"
YES = {"Bedarf?": "ja", "Einheit": "VZÄ", "von": date(2026, 1, 1)}


def origins(server: Server) -> list[str]:
    """Where each need comes from that was asked for."""
    engine = make_engine(f"sqlite:///{(server.log.parent / 'steering.db').as_posix()}")
    found = reading.portfolio(engine).needs
    engine.dispose()
    return [source for source in found["source"] if source.startswith("Bedarfserhebung")]


def follow_the_people(server: Server) -> None:
    """The need asked for becomes one post for every 100 persons, of whom more are expected in »hoch«."""
    engine = make_engine(f"sqlite:///{(server.log.parent / 'steering.db').as_posix()}")
    (kennzahl,) = write(engine, [Edit(Indicator, {"name": "Asylsuchende"})], **WHO).ids
    observing.observe(engine, kennzahl, date(2025, 12, 31), {AHORN: 100.0, ROEDENTAL: 100.0}, {}, **WHO)
    rule = {"low": 0.0, "middle": 0.0, "high": 100.0, "last_day": date(2030, 1, 1), "source": "Annahme"}
    of_it = {"indicator_id": kennzahl, "kind": "percent", **rule}
    foreseeing.foresee(engine, of_it, today=date(2026, 11, 25), **WHO)
    needs = reading.portfolio(engine).needs
    (need,) = needs[needs["source"].str.startswith("Bedarfserhebung")].to_dict("records")
    by_rule = {"quantity": 1.0, "unit": "fte", "indicator_id": kennzahl, "per": 100.0}
    write(engine, [Edit(Need, by_rule, id=need["id"], version=need["version"])], **WHO)
    engine.dispose()


def handed_out(page: Page, label: str) -> Path:
    """The file that comes down at a press of that button."""
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=label).click()
    return download.value.path()


@pytest.mark.browser
def test_two_answers_become_a_need_whose_gap_appears_and_grows_with_the_people(serve, visit, tmp_path):
    server = serve(STEERING_TODAY="2026-11-25")
    window = visit(server)
    page = window.page
    # Its letters go out though those of a round were packed before.
    window.go("/daten?bereich=rueckmeldung")
    page.get_by_role("button", name="Runde mit 15 Trägern beginnen").click()
    window.settle()
    with zipfile.ZipFile(handed_out(page, "Dateien für 15 Träger (ZIP)")) as archive:
        assert len(archive.namelist()) == 31
    window.go("/daten?bereich=bedarfserhebung")
    page.get_by_role("button", name="Erhebung mit 30 Adressaten beginnen").click()
    window.settle()
    page.get_by_text("hat noch keiner geantwortet").first.wait_for()
    answers = []
    with zipfile.ZipFile(handed_out(page, "Dateien für 30 Adressaten (ZIP)")) as archive:
        assert len(archive.namelist()) == 61
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
    follow_the_people(server)
    for variant, posts in (("mittel", "2 VZÄ"), ("hoch", "8 VZÄ")):
        window.go(f"/bedarfe?handlungsfeld=gesundheit&stichtag=2028-01-01&zugang={variant}")
        page.get_by_text(posts).first.wait_for()
    assert window.failures() == []
    assert window.foreign == []
