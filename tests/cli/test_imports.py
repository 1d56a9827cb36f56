"""`steering import`: what it takes, leaves out, reports and remembers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from steering import cli
from steering.exchange.import_kinds import KINDS
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.imports import remembering
from tests.conftest import sqlite_url
from tests.exchange.files import saved
from tests.exchange.register_samples import GV, KREIS, file_of
from tests.storage.imports.test_foerderkatalog import NEW, catalogue, line


@pytest.fixture
def url(tmp_path: Path) -> str:
    found = sqlite_url(tmp_path / "steering.db")
    assert cli.main(["init", "--database", found, "--dataset", "coburg"]) == 0
    return found


@pytest.fixture
def importing(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Imports a file; exit code, report, and what was said on both streams."""

    def run(kind: str, content: str | bytes, *more: str, name: str = "liste.csv") -> Any:
        file, report = tmp_path / name, tmp_path / "bericht.json"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        report.unlink(missing_ok=True)
        code = cli.main(["import", kind, str(file), "--database", url, "--report", str(report), *more])
        told = capsys.readouterr()
        return code, json.loads(report.read_text(encoding="utf-8")), told.out + told.err

    return run


def structures(url: str) -> set[str]:
    return set(reading.portfolio(make_engine(url)).structures["name"])


def state(url: str) -> tuple[str, int]:
    return reading.revision(make_engine(url))


def adds_up(report: dict[str, Any]) -> bool:
    refused = {(each["file"], each["sheet"], each["row"]) for each in report["refused"]}
    parts = ("new", "changed", "unchanged", "outside")
    return bool(report["rows"] == sum(report[part] for part in parts) + len(refused))


def test_a_file_that_is_refused_has_a_report_too(importing, url):
    before = state(url)
    code, report, said = importing("list", b"%PDF-1.7", name="liste.xlsx")
    assert code == 1
    assert adds_up(report)
    assert (report["rows"], report["refused"]) == (0, [])
    assert report["reason"] in said
    assert "»liste.xlsx« ist ein PDF" in report["reason"]
    assert state(url) == before


SIMILAR = "Name;Träger;Gemeinde\nIntegrationslotsin;AWO;Ahorn\nRadtreff;AWO;Ahorn\n"


def test_what_may_be_recorded_already_is_left_out_and_named_unless_it_is_asked_for(importing, url):
    code, report, said = importing("list", SIMILAR, "--dry-run")
    assert (code, report["new"], len(report["refused"])) == (0, 1, 1)
    assert adds_up(report)
    assert "Ähnlich heißt schon »Integrationslotsen«" in said
    importing("list", SIMILAR)
    assert "Radtreff" in structures(url)
    assert "Integrationslotsin" not in structures(url)
    code, report, _ = importing("list", SIMILAR, "--with-similar")
    assert (report["new"], report["unchanged"], report["refused"]) == (1, 1, [])
    assert "Integrationslotsin" in structures(url)


MONEY = """Name;Träger;Gemeinde;Programm;Betrag
Nähtreff;AWO;Ahorn;Spende A;1.000,00
Radtreff;AWO;Bamberg;Spende B;200,00
Kochtreff;;Ahorn;Spende C;30,00
"""


def test_every_amount_of_the_file_is_said_to_be_taken_or_not(importing):
    _, _, said = importing("list", MONEY, "--dry-run")
    assert "Beträge der Datei: 1.230 €, davon 1.000 € neu, 200 € außerhalb, 30 € in abgewiesenen" in said
    _, _, said = importing("list", MONEY.replace("1.000,00", "").replace("200,00", "").replace("30,00", ""))
    assert "Beträge der Datei" not in said


def test_the_report_keeps_how_the_file_and_each_row_was_understood(importing):
    _, report, said = importing(
        "list", "Name;Träger\nN\u00e4htreff;Neuer Verein\n".encode("cp1252"), "--dry-run"
    )
    of_file, of_row = report["notes"][0], report["notes"][-1]
    assert of_file == "Zeichensatz: cp1252 (nach den Umlauten)."
    assert of_row.startswith("liste.csv, Zeile 2: Neuer Träger »Neuer Verein«: Ebene »")
    assert all(note in said for note in report["notes"])


def test_a_geopackage_is_a_database_but_boundaries_come_in_it(tmp_path, capsys):
    url, report, file = sqlite_url(tmp_path / "leer.db"), tmp_path / "bericht.json", tmp_path / "VG250.gpkg"
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    file.write_bytes(file_of("GPKG"))
    shared = ["--database", url, "--report", str(report)]
    for kind, given in (("municipalities", GV), ("boundaries", file)):
        assert cli.main(["import", kind, str(given), "--district", KREIS, *shared]) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["new"] > 10, told["refused"]) == (True, [])


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"boundaries"}))
def test_a_geopackage_is_refused_in_words_where_no_boundaries_are_wanted(importing, kind):
    code, report, _ = importing(kind, file_of("GPKG"), name="VG250.gpkg")
    assert (code, report["rows"]) == (1, 0)
    assert "»VG250.gpkg«" in report["reason"]
    assert "Bitte" in report["reason"]


def test_another_database_is_called_one(importing):
    _, report, _ = importing("boundaries", b"SQLite format 3\x00" + bytes(4_000), name="bestand.db")
    assert "»bestand.db« ist eine Datenbank" in report["reason"]


def test_a_dry_run_says_what_writing_would_say(importing, url, tmp_path):
    out = tmp_path / "mappe.xlsx"
    assert cli.main(["export", "workbook", str(out), "--database", url]) == 0
    book = load_workbook(out)
    sheet = book["Träger"]
    headings = [cell.value for cell in sheet[1]]
    name = headings.index("Name") + 1
    parent = next(at for at, each in enumerate(headings, 1) if each and "übergeordnet" in each.lower())
    units = {row[name - 1].value: row for row in sheet.iter_rows(min_row=2) if row[name - 1].value}
    child = next(row for row in units.values() if row[parent - 1].value)
    units[child[parent - 1].value][parent - 1].value = child[name - 1].value
    content = saved(book)
    dry = importing("workbook", content, "--dry-run", name="mappe.xlsx")
    wet = importing("workbook", content, name="mappe.xlsx")
    assert dry[:2] == wet[:2]
    assert any("nicht sich selbst übergeordnet" in each["reason"] for each in dry[1]["refused"])
    assert adds_up(dry[1])


def test_a_mapping_that_was_used_is_remembered_for_the_next_list_with_that_header(importing, url, tmp_path):
    mapping = tmp_path / "zuordnung.toml"
    mapping.write_text('[columns]\n"Was" = "name"\n"Wer" = "organisation"\n', encoding="utf-8")
    odd = "Was;Wer\nNähtreff;AWO\n"
    assert importing("list", odd)[0] == 1
    assert importing("list", odd, "--mapping", str(mapping))[0] == 0
    assert len(remembering.remembered(make_engine(url))) == 1
    code, report, said = importing("list", odd.replace("Nähtreff", "Kochtreff"))
    assert (code, report["new"]) == (0, 1)
    assert "wie beim letzten Mal" in said


def test_what_holds_for_every_row_is_said_on_the_command_line(importing, url):
    without = "Projekt;Gemeinde\nNähtreff;Ahorn\nKochtreff;97953 Ahorn\n"
    code, _, said = importing("list", without)
    assert code == 1
    assert "--set traeger=" in said
    code, report, said = importing(
        "list", without, "--set", "traeger=Nähverein e. V.", "--set", "Ende=unbefristet"
    )
    assert (code, report["new"], report["outside"]) == (0, 1, 1)
    assert adds_up(report)
    assert report["outside_rows"] == [
        {"file": "liste.csv", "sheet": None, "row": 3, "read": "Ort »97953 Ahorn«"}
    ]
    assert "Zeile 3 (»Kochtreff«): außerhalb – Ort »97953 Ahorn«" in said
    assert "Nähverein e. V." in set(reading.portfolio(make_engine(url)).organisations["name"])


@pytest.mark.parametrize("wrong", ["farbe=rot", "traeger", "traeger=", "betrag=5"])
def test_what_cannot_hold_for_every_row_is_wrong_usage(wrong, url, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", "list", str(tmp_path / "x.csv"), "--database", url, "--set", wrong])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert f"»{wrong}« ist keine Angabe" in said
    assert "traeger, ebene, art, aufgabe" in said


def test_a_mapping_for_other_columns_changes_nothing(importing, url, tmp_path):
    mapping = tmp_path / "andere.toml"
    mapping.write_text('[columns]\n"Projekt" = "name"\n', encoding="utf-8")
    before = state(url)
    code, report, said = importing("list", SIMILAR, "--mapping", str(mapping))
    assert code == 1
    assert "»andere.toml« gehört zu anderen Spalten: »liste.csv« hat keine Spalte »Projekt«" in said
    assert report["rows"] == 0
    assert state(url) == before


@pytest.mark.parametrize(
    "wrong",
    [("workbook", "--mapping", "x.toml"), ("list", "--district", "09679"), ("list", "--fkz", "A1"),
     ("boundaries", "--with-similar"), ("workbook", "--set", "traeger=AWO")],
)  # fmt: skip
def test_an_option_of_another_kind_is_wrong_usage(wrong, url, tmp_path, capsys):
    kind, *more = wrong
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", kind, str(tmp_path / "x"), "--database", url, *more])
    assert stopped.value.code == 2
    assert more[0] in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_said_before_anything_is_taken(url, tmp_path, capsys):
    file = tmp_path / "liste.csv"
    file.write_text(SIMILAR, encoding="utf-8")
    before = state(url)
    report = str(tmp_path / "fehlt" / "bericht.json")
    assert cli.main(["import", "list", str(file), "--database", url, "--report", report]) == 1
    assert "Bitte den Pfad prüfen" in capsys.readouterr().err
    assert state(url) == before


def test_federal_projects_are_chosen_by_kreis_and_fkz_and_updated_later(importing, url):
    both = catalogue(line("A1"), line("B2", theme="Sprache lernen")).content
    code, report, _ = importing("foerderkatalog", both, "--fkz", "B2")
    assert (code, report["rows"], report["new"]) == (0, 1, 1)
    assert "Sprache lernen" in structures(url)
    assert "Ankommen; Bleiben" not in structures(url)
    later = catalogue(line("B2", theme="Anders", end="31.12.2030"), head=NEW).content
    code, report, _ = importing("foerderkatalog", later)
    assert (report["changed"], report["new"]) == (1, 0)
    fundings = reading.portfolio(make_engine(url)).fundings
    mine = fundings[fundings["notice_reference"] == "B2"]
    assert mine["end"].astype(str).tolist() == ["2030-12-31"]
    elsewhere = importing("foerderkatalog", both, "--district", "11000", "--dry-run")
    assert elsewhere[1]["outside"] == 1


def test_a_workbook_that_libreoffice_has_saved_again_changes_nothing(importing, url, tmp_path):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        assert not os.environ.get("STEERING_REQUIRE_LIBREOFFICE"), "LibreOffice is missing"
        pytest.skip("LibreOffice is missing")
    out, again = tmp_path / "mappe.xlsx", tmp_path / "wieder"
    assert cli.main(["export", "workbook", str(out), "--database", url]) == 0
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(again), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    before = state(url)
    code, report, _ = importing("workbook", (again / "mappe.xlsx").read_bytes(), name="wieder.xlsx")
    assert code == 0
    assert report["rows"] == report["unchanged"] > 100
    assert state(url) == before
