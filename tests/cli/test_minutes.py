"""Minutes and invitations as Word files: parsed back, searched for secrets, and `steering minutes`."""

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from sqlalchemy import Engine

from steering import cli
from steering.analysis.document import Document
from steering.analysis.rounds import as_kept, round_of
from steering.analysis.rounds.invitation import invitation
from steering.analysis.rounds.minutes import minutes
from steering.exchange import word
from steering.exchange.word import pdf
from steering.model import (
    ActionItem,
    AgendaItem,
    Attendance,
    ExtensionRule,
    Level,
    Meeting,
    Organisation,
    Outcome,
    OutcomeStatus,
    Participant,
    Record,
)
from steering.storage import reading, rounds, schema
from steering.storage.writing import Edit, Made, write
from tests.analysis.rounds.test_minutes import SECRET, held
from tests.conftest import sqlite_url
from tests.exchange.word.reading import cells, read, texts
from tests.storage.conftest import WHO
from tests.stored import row_of

ON = date(2026, 11, 25)
VIEW = {"as_of": ON, "scenario": ExtensionRule.SECURED, "masterplan": False, "revision": 7}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "rounds.db")


@pytest.fixture
def engine(url: str) -> Engine:
    """Two rounds on one day, and one with a carrier, a result, an agreed action and something internal."""
    made = schema.prepare(url, "empty")
    recorded = {"text": "Die Caritas führt.", "status": OutcomeStatus.RECORDED, "internal_note": SECRET}
    write(
        made,
        [
            Edit(Organisation, {"name": "Caritas", "slug": "caritas", "level": Level.WELFARE}),
            Edit(Meeting, {"day": ON, "begins": "14:00", "place": "Saal"}),
            Edit(Participant, {"meeting_id": Made(1), "organisation_id": Made(0),
                               "attendance": Attendance.PRESENT}),
            Edit(AgendaItem, {"meeting_id": Made(1), "name": "Federführung", "position": 1}),
            Edit(AgendaItem, {"meeting_id": Made(1), "name": SECRET, "position": 2, "internal": True}),
            Edit(Outcome, {"agenda_item_id": Made(3), **recorded}),
            Edit(ActionItem, {"agenda_item_id": Made(3), "name": "einladen", "organisation_id": Made(0),
                              "due": "2027-01-15"}),
            Edit(Meeting, {"day": "2027-02-01"}),
            Edit(Meeting, {"day": "2027-02-01", "begins": "16:00"}),
        ],
        **WHO,
    )  # fmt: skip
    return made


def only(engine: Engine, record: type[Record], key: int = 1) -> dict:
    found = row_of(engine, record, key)
    assert found is not None
    return found


def closed(engine: Engine) -> None:
    found = round_of(reading.portfolio(engine), 1)
    assert found is not None
    snapshot = json.dumps({"round": found.to_json()})
    rounds.close(engine, 1, only(engine, Meeting)["version"], snapshot, on=ON, view=VIEW, **WHO)


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()}


@pytest.mark.parametrize("compose", [minutes, invitation])
def test_nothing_internal_is_in_any_part_of_the_file_for_all(compose) -> None:
    whole = parts(word.write(compose(held(), ON, administration=True)))
    assert any(SECRET in text for text in whole.values())
    for_all = parts(word.write(compose(held(), ON)))
    assert [name for name, text in for_all.items() if SECRET in text.casefold()] == []
    assert [name for name, text in for_all.items() if "nur verwaltung" in text.casefold()] == []
    assert [name for name in for_all if "comments" in name or name.startswith("docProps/custom")] == []


def test_a_template_of_the_landkreis_keeps_its_page_and_loses_its_text() -> None:
    letterhead = docx.Document()
    letterhead.sections[0].header.paragraphs[0].text = "Landratsamt Coburg"
    letterhead.add_paragraph("Altes Protokoll")
    file = BytesIO()
    letterhead.save(file)
    found = read(word.write(minutes(held(), ON), template=file.getvalue()))
    assert found.sections[0].header.paragraphs[0].text == "Landratsamt Coburg"
    assert "Altes Protokoll" not in texts(found)
    assert texts(found, "Title") == ["Niederschrift"]


def test_the_file_has_real_styles_and_says_what_the_round_says() -> None:
    found = read(word.write(minutes(held(), ON)))
    assert texts(found, "Heading 2") == ["TOP 1: Zwei Federführende", "TOP 2: Sprachkurse"]
    assert texts(found, "List Bullet") == ["FIB", "Lotsen"]
    assert cells(found, 0)[0] == ["Termin", "Dienstag, 30. Juni 2026, 14:00 bis 15:30 Uhr"]
    assert cells(found, 2) == [
        ["Wer", "Was", "Bis wann", "Stand"],
        ["Caritas Coburg, FIB", "einladen", "10.08.2026", "offen"],
    ]
    assert "Revision 12" in found.sections[0].footer.paragraphs[0].text
    assert found.core_properties.title == "Niederschrift: Koordinierungsrunde am 30.06.2026"


def odd() -> str:
    return "\x00\x0bSteuer\x1fzeichen " + "sehr lang " * 1_990 + "\ud800 Ende"


@pytest.mark.parametrize("compose", [minutes, invitation])
def test_long_texts_and_control_characters_break_nothing(compose) -> None:
    whole = held()
    point = replace(whole.points[1], text=odd(), occasion=odd(), headline=f"Punkt\x07 {'x' * 300}")
    found = read(word.write(compose(replace(whole, points=(point,), note=odd()), ON)))
    rows = [row for place in range(len(found.tables)) for row in cells(found, place)]
    body = "\n".join([*texts(found), *(cell for row in rows for cell in row)])
    assert body.count("Steuerzeichen") >= 2
    assert body.count("sehr lang") >= 2 * 1_990
    assert "Ende" in body


def test_the_minutes_of_a_closed_round_stay_as_they_were(engine: Engine) -> None:
    closed(engine)
    before = kept_minutes(engine)
    organisation = only(engine, Organisation)
    write(engine, [Edit(Organisation, {"name": "Diakonie"}, id=1, version=organisation["version"])], **WHO)
    action = only(engine, ActionItem)
    write(engine, [Edit(ActionItem, {"status": "done"}, id=1, version=action["version"])], **WHO)
    assert kept_minutes(engine) == before
    assert "Revision 7" in before.footer
    rounds.add(engine, 1, "Es war die AWO.", on=ON, **WHO)
    assert "25.11.2026, Planungsstab: Es war die AWO." in texts(read(word.write(kept_minutes(engine))))


def kept_minutes(engine: Engine) -> Document:
    found = as_kept(reading.portfolio(engine), 1, reading.snapshot(engine, 1))
    assert found is not None
    return minutes(found, ON)


def test_the_points_of_a_closed_round_know_that_they_stayed_open(engine: Engine) -> None:
    closed(engine)
    found = as_kept(reading.portfolio(engine), 1, reading.snapshot(engine, 1))
    assert found is not None
    assert [point.status for point in found.points] == ["done", "open"]


@pytest.mark.parametrize("meeting", ["1", "2026-11-25"])
def test_the_command_writes_minutes_for_all_by_number_or_day(
    meeting: str, url: str, engine: Engine, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "niederschrift.docx"
    asked = ["minutes", meeting, str(out), "--database", url, "--today", "2026-11-25"]
    assert cli.main(asked) == 0
    content = out.read_bytes()
    assert texts(read(content), "Title") == ["Niederschrift (Entwurf)"]
    assert "Ergebnis: Die Caritas führt." in texts(read(content))
    assert not any(SECRET in text for text in parts(content).values())
    assert cli.main(asked) == 1
    assert "gibt es schon" in capsys.readouterr().err
    assert out.read_bytes() == content


def test_the_command_writes_the_invitation_and_the_versions_for_the_administration(
    url: str, engine: Engine, tmp_path: Path
) -> None:
    for title, options in (("Einladung", ["--invitation"]), ("Niederschrift (Entwurf)", [])):
        out = tmp_path / f"{title}.docx"
        assert cli.main(["minutes", "1", str(out), "--database", url, "--administration", *options]) == 0
        found = read(out.read_bytes())
        assert texts(found, "Title") == [title]
        assert SECRET in "".join(parts(out.read_bytes()).values())


@pytest.mark.parametrize(
    ("meeting", "says"),
    [
        ("99", "Eine Runde mit der Nummer 99 gibt es nicht. Es gibt: "),
        (str(10**30), "gibt es nicht"),
        ("2026-12-24", "Eine Runde am 24.12.2026 gibt es nicht. Es gibt: "),
        ("2027-02-01", "gibt es 2 Runden. Bitte die Nummer angeben: 3 und 2."),
    ],
)
def test_a_round_that_is_not_there_is_said_in_a_sentence(
    meeting: str, says: str, url: str, engine: Engine, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "a.docx"
    assert cli.main(["minutes", meeting, str(out), "--database", url]) == 1
    assert says in capsys.readouterr().err
    assert not out.exists()


def test_without_any_round_a_sentence_says_where_to_make_one(url: str, tmp_path: Path, capsys) -> None:
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    assert cli.main(["minutes", "1", str(tmp_path / "a.docx"), "--database", url]) == 1
    assert "noch keine Koordinierungsrunde" in capsys.readouterr().err


@pytest.mark.parametrize("meeting", ["letzte", "25.11.2026", "2026-13-01", "-1"])
def test_what_is_neither_number_nor_day_is_wrong_usage(meeting: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["minutes", meeting, str(tmp_path / "a.docx")])
    assert left.value.code == 2


def test_libreoffice_makes_a_pdf_of_long_minutes() -> None:
    if not pdf.available():
        assert not os.environ.get("STEERING_REQUIRE_LIBREOFFICE"), "LibreOffice is missing"
        pytest.skip("needs LibreOffice")
    assert shutil.which("soffice") or shutil.which("libreoffice")
    whole = held()
    long = replace(whole.points[1], text="Ein langer Satz, der umbrochen wird. " * 550)
    assert pdf.convert(word.write(minutes(replace(whole, points=(long,)), ON))).startswith(b"%PDF")
