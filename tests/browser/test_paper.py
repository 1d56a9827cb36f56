"""From the Lagebild to the paper in Word: chosen, edited, downloaded and read again."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit
from tests.exchange.word.reading import read, texts


def test_the_paper_about_what_ends_next_is_edited_and_downloaded(
    coburg: Server, visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    visitor = visit(coburg)
    visitor.go("/")
    main = visitor.page.get_by_test_id("stMain")
    main.get_by_role("button", name="Sitzungsvorlage dazu schreiben").click()
    visitor.settle()
    motion = main.get_by_role("textbox", name="Beschlussvorschlag", exact=True)
    motion.fill("Der Kreistag stimmt zu.")
    motion.press("Control+Enter")
    visitor.settle()
    with visitor.page.expect_download() as download:
        main.get_by_role("button", name="Als Word-Datei herunterladen").click()
    out = tmp_path / download.value.suggested_filename
    download.value.save_as(out)
    paper = read(out.read_bytes())
    assert texts(paper, "Beschlussvorschlag") == ["Der Kreistag stimmt zu."]
    assert len(paper.inline_shapes) == 2
    assert out.name.startswith("Sitzungsvorlage Ende der Förderung")
    # Another subject, and the file at once: it is about what the screen was just told.
    subject = main.get_by_role("combobox", name="Gegenstand", exact=True)
    subject.click()
    subject.fill("insgesamt")
    visitor.page.get_by_role("option").filter(has_text="insgesamt").first.click()
    with visitor.page.expect_download() as download:
        main.get_by_role("button", name="Als Word-Datei herunterladen").click()
    assert download.value.suggested_filename.startswith("Sitzungsvorlage Integrationsarbeit im Landkreis")
    download.value.save_as(out)
    (motion_of_the_whole,) = texts(read(out.read_bytes()), "Beschlussvorschlag")
    assert "zur Kenntnis zu nehmen" in motion_of_the_whole
    assert visitor.failures() == []
    assert visitor.complaints == []


def test_what_is_being_typed_survives_a_reload(
    serve: Callable[..., Server], visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(serve())
    visitor.go("/")
    main = visitor.page.get_by_test_id("stMain")
    main.get_by_role("button", name="Sitzungsvorlage dazu schreiben").click()
    visitor.settle()
    motion = main.get_by_role("textbox", name="Beschlussvorschlag", exact=True)
    # Typed and neither left nor confirmed: a script hands it over after a pause.
    motion.fill("Der Kreistag stimmt zu.")
    expect(main.get_by_text("Entwurf, zuletzt gespeichert")).to_be_visible()
    visitor.settle()
    motion.press_sequentially(" Und dankt.")
    visitor.settle()
    expect(motion).to_have_value("Der Kreistag stimmt zu. Und dankt.")
    visitor.page.reload()
    visitor.settle()
    main.get_by_role("radio", name="Vorlage schreiben").click()
    visitor.settle()
    main.get_by_role("combobox", name="Gegenstand").click()
    visitor.page.get_by_role("option", name="Entwurf begonnen").click()
    expect(motion).to_have_value("Der Kreistag stimmt zu. Und dankt.")
    assert visitor.failures() == []
