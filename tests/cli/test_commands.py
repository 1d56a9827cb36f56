"""The `steering` command, run in this process on databases of the tests' own."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from steering import cli
from steering.analysis import confirmation
from steering.analysis.changes import ExtendProgramme
from steering.analysis.scenarios import stored_changes
from steering.exchange.confirmation.files import carrier_workbook
from steering.model import Measure, MeasureStatus, Settings
from steering.storage import clock, confirmation_rounds, reading, schema
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from tests.conftest import sqlite_url
from tests.exchange.confirmation.filling import filled

# Promised to other programs: said here once more, so that no change of the code changes them unseen.
KEYS = (
    "key kind task task_name participants participant_names reason municipalities target_groups sites need "
    "start end coordinated internal assessment"
)
DAY = ("--today", "2026-11-22")


@pytest.fixture(scope="module")
def coburg(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = sqlite_url(tmp_path_factory.mktemp("cli") / "coburg.db")
    assert cli.main(["init", "--database", url, "--dataset", "coburg"]) == 0
    return url


@pytest.fixture
def empty(tmp_path: Path) -> str:
    url = sqlite_url(tmp_path / "empty.db")
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    return url


@pytest.fixture
def asked(coburg: str, capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(*arguments: str) -> list[dict[str, Any]]:
        code = cli.main(["findings", "--database", coburg, *DAY, "--format", "json", *arguments])
        assert code == 0
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return found

    return ask


def test_findings_are_objects_with_the_names_relied_on_from_outside(asked):
    found = asked()
    assert {" ".join(each) for each in found} == {KEYS}
    assert {each["kind"] for each in found} >= {"OVERLAP", "LEAD_ONLY", "GAP", "ENDING", "UNKNOWN"}
    assert ["alle"] in [each["target_groups"] for each in found]


def test_the_integrationslotsen_end_without_a_task_on_their_last_day(asked):
    lotsen = [
        each
        for each in asked()
        if each["kind"] == "ENDING" and each["participant_names"] == ["Integrationslotsen"]
    ]
    (row,) = lotsen
    assert (row["task"], row["start"], row["end"]) == (None, "2026-12-31", "2026-12-31")
    assert row["assessment"] is None


def test_the_stichtag_moves_only_what_ends(asked):
    now, later = asked(), asked("--as-of", "2027-06-01")

    def standing(found):
        return [each for each in found if each["kind"] != "ENDING"]

    assert standing(now) == standing(later)
    assert [each for each in later if each["start"] == "2026-12-31" and each["kind"] == "ENDING"] == []


def test_the_horizon_cuts_what_lies_outside(asked):
    found = asked("--from", "2030-01-01", "--until", "2030-12-31")
    days = [each[side] for each in found for side in ("start", "end") if each[side]]
    assert found
    assert all("2030-01-01" <= day <= "2030-12-31" for day in days)


def test_in_a_hopeful_scenario_less_is_missing(asked):
    secured, optimistic = asked(), asked("--scenario", "optimistisch")
    assert len([each for each in optimistic if each["kind"] == "GAP"]) < len(
        [each for each in secured if each["kind"] == "GAP"]
    )


def test_the_csv_has_a_line_for_each_finding(coburg, asked, capsys):
    expected = asked()
    assert cli.main(["findings", "--database", coburg, *DAY, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    assert " ".join(rows[0]) == KEYS
    assert [row["key"] for row in rows] == [each["key"] for each in expected]
    assert [row["start"] or None for row in rows] == [each["start"] for each in expected]


def test_the_table_speaks_german(coburg, capsys):
    assert cli.main(["findings", "--database", coburg, *DAY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["Art", "Aufgabe", "Beteiligte"]
    assert any(line.startswith("Mehrfachzuständigkeit") and "kreisweit" in line for line in lines)


def test_an_empty_database_has_no_findings_and_says_so(tmp_path, capsys):
    url = sqlite_url(tmp_path / "empty.db")
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    capsys.readouterr()
    assert cli.main(["findings", "--database", url]) == 0
    assert capsys.readouterr().out == "Im Planungshorizont gibt es keine Hinweise.\n"
    assert cli.main(["findings", "--database", url, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("findings", "--as-of", "31.12.2026"),
        ("findings", "--from", "2026-01-01"),
        ("findings", "--from", "2027-01-01", "--until", "2026-01-01"),
        ("findings", "--scenario", "schlecht"),
        ("init", "--dataset", "bamberg"),
        ("unknown",),
        (),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(wrong, database, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(wrong)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


def test_a_file_that_is_no_database_is_refused_with_1(tmp_path, capsys):
    file = tmp_path / "notes.db"
    file.write_text("keine Datenbank")
    assert cli.main(["findings", "--database", sqlite_url(file)]) == 1
    assert "keine SQLite-Datenbank" in capsys.readouterr().err
    assert file.read_text() == "keine Datenbank"


def test_the_argument_beats_the_environment(coburg, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("STEERING_DATABASE_URL", sqlite_url(tmp_path / "other.db"))
    assert cli.main(["check", "--database", coburg]) == 0
    assert not (tmp_path / "other.db").exists()
    assert capsys.readouterr().out == f"In Ordnung: {schema.called(coburg)}.\n"


def test_a_backup_comes_back_as_a_new_dataset(tmp_path, capsys):
    url, copy = sqlite_url(tmp_path / "steering.db"), tmp_path / "copy.db"
    assert cli.main(["init", "--database", url, "--dataset", "coburg"]) == 0
    before = state(url)
    assert cli.main(["backup", "--database", url, str(copy)]) == 0
    assert cli.main(["restore", "--database", url, str(copy)]) == 0
    after = state(url)
    assert after[1:] == before[1:]
    assert after[0] != before[0]
    assert cli.main(["check", "--database", url]) == 0


def moved_to(url: str, name: str, key: str) -> None:
    """Give a database another Landkreis, as if it had been set up for it."""
    engine = schema.prepare(url, "empty")
    values = {"district_key": key, "district_name": name}
    write(engine, [Edit(Settings, values, id=1, version=1)], actor="Test", now=datetime(2026, 11, 22))  # noqa: DTZ001
    engine.dispose()


@pytest.fixture
def of_another(empty, coburg, tmp_path) -> tuple[str, str]:
    """A database of Würzburg and a backup of Coburg."""
    copy = tmp_path / "coburg sicherung.db"
    assert cli.main(["backup", "--database", coburg, str(copy)]) == 0
    moved_to(empty, "Landkreis Würzburg", "09679")
    return empty, str(copy)


def test_the_data_of_another_landkreis_are_not_replaced_unasked(of_another, capsys):
    url, copy = of_another
    before = state(url)
    assert cli.main(["restore", "--database", url, copy]) == 1
    told = capsys.readouterr().err
    for words in (copy, "Landkreis Würzburg", "Landkreis Coburg", "--yes"):
        assert words in told
    assert state(url) == before
    assert cli.main(["restore", "--database", url, copy, "--yes"]) == 0
    told = capsys.readouterr().out
    assert f"»{copy}« (Landkreis Coburg) ist eingespielt. Die Daten liegen in »" in told
    (kept,) = Path(url.removeprefix("sqlite:///")).parent.glob("sicherungen/empty-vor-einspielen-*.db")
    assert f"(Landkreis Würzburg) liegt in »{kept}«" in told
    assert state(sqlite_url(kept)) == before


@pytest.mark.parametrize(("answer", "code"), [("j\n", 0), ("ja\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_whoever_sits_there_is_asked(answer, code, of_another, monkeypatch, capsys):
    url, copy = of_another
    before = state(url)
    typed = io.StringIO(answer)
    monkeypatch.setattr(typed, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", typed)
    assert cli.main(["restore", "--database", url, copy]) == code
    assert "Trotzdem einspielen? [j/N]" in capsys.readouterr().err
    assert (state(url) == before) == bool(code)


ODD = [
    "mysql://host/steering",
    "quatsch://host",
    f"sqlite:///{'x' * 300}.db",
    "sqlite:////dev/null/a.db",
    "\udcff",
]


@pytest.mark.parametrize(
    "address", ODD, ids=["no driver", "no dialect", "300 letters", "below a file", "no UTF-8"]
)
@pytest.mark.parametrize(
    "command", [("check",), ("backup", "copy.db"), ("restore", "copy.db"), ("init",)], ids=" ".join
)
def test_an_address_that_leads_nowhere_is_a_sentence(command, address, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main([*command, "--database", address]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Bitte" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want names in UTF-8")
def test_names_that_are_no_utf8_are_names(coburg, tmp_path):
    """In a process of its own: the tests' streams would swallow what a terminal's refuse."""
    odd, new = f"{tmp_path}/s\udcfccherung.db", sqlite_url(tmp_path / "new.db")

    def told(*command: str) -> tuple[int, str]:
        run = [sys.executable, "-m", "steering.cli", *command]
        done = subprocess.run(run, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        return done.returncode, done.stderr.decode()

    assert told("backup", "--database", coburg, odd) == (0, "")
    assert told("restore", "--database", new, odd) == (0, "")
    code, said = told("restore", "--database", new, f"{odd}2")
    assert code == 1
    assert "s\\udcfccherung.db2« gibt es nicht" in said
    code, said = told("check", "--database", f"sqlite:///{odd}")
    assert code == 1
    assert "kein UTF-8" in said


def test_a_check_names_what_is_wrong_and_ends_with_1(coburg, tmp_path, capsys):
    file = tmp_path / "spoilt.db"
    assert cli.main(["backup", "--database", coburg, str(file)]) == 0
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE funding SET \"end\" = 'gestern' WHERE id = 1")
    connection.close()
    capsys.readouterr()
    assert cli.main(["check", "--database", sqlite_url(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "Tabelle »funding« (Förderung), Zeile 1, Spalte »end« (Ende): »gestern« ist kein Tag (JJJJ-MM-TT).\n"
    )


def test_a_timer_keeps_one_copy_an_hour_and_a_drill_says_what_is_in_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 10, 30))  # noqa: DTZ001
    url = sqlite_url(tmp_path / "steering.db")
    assert cli.main(["drill", "--database", url]) == 1
    assert cli.main(["init", "--database", url, "--dataset", "coburg"]) == 0
    assert "noch keine Sicherung" in capsys.readouterr().err
    assert cli.main(["backup", "--database", url]) == 0
    copy = tmp_path / "sicherungen" / "steering-stand-20261122T103000Z.db"
    assert capsys.readouterr().out == f"Gesichert in »{copy}«.\n"
    assert cli.main(["backup", "--database", url]) == 0
    assert "gibt es schon eine Sicherung" in capsys.readouterr().out
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 13, 31))  # noqa: DTZ001
    assert cli.main(["drill", "--database", url]) == 0
    told = capsys.readouterr().out
    for words in (copy.name, "22.11.2026 um 11:30 Uhr (vor 3 Stunden)", "Strukturen", " €", "VZÄ", "stimmt"):
        assert words in told
    with copy.open("r+b") as opened:
        opened.seek(-1, os.SEEK_END)
        opened.write(b"x")
    assert cli.main(["drill", "--database", url]) == 1
    assert "hat sich die Datei geändert" in capsys.readouterr().err


def test_a_backup_overwrites_nothing(coburg, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    copy.write_text("wichtig")
    assert cli.main(["backup", "--database", coburg, str(copy)]) == 1
    assert copy.read_text() == "wichtig"


@pytest.mark.parametrize("content", [None, "", "keine Sicherung"], ids=["none", "empty", "text"])
def test_what_is_no_backup_is_refused_and_the_data_stay(content, tmp_path, capsys):
    url, file = sqlite_url(tmp_path / "steering.db"), tmp_path / "file.db"
    assert cli.main(["init", "--database", url, "--dataset", "coburg"]) == 0
    before = state(url)
    if content is not None:
        file.write_text(content)
    assert cli.main(["restore", "--database", url, str(file)]) == 1
    assert state(url) == before


def test_it_runs_as_a_command_of_its_own(coburg):
    done = subprocess.run(
        [sys.executable, "-m", "steering.cli", "findings", "--database", coburg, *DAY, "--format", "json"],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))
    assert done.stderr == b""


def state(url: str) -> tuple[str, int, int]:
    """Dataset, revision and number of structures."""
    engine = schema.prepare(url, "empty")
    found = reading.portfolio(engine)
    engine.dispose()
    return found.dataset_id, found.revision, len(found.structures)


def test_the_masterplan_changes_what_is_found_only_when_it_is_asked_for(coburg, tmp_path, capsys):
    own = sqlite_url(tmp_path / "copy.db")
    shutil.copy(coburg.removeprefix("sqlite:///"), tmp_path / "copy.db")
    common = ["findings", "--database", own, "--today", "2026-11-22", "--format", "json"]
    write_measure(own, MeasureStatus.PLANNED)
    assert cli.main(common) == 0
    without = json.loads(capsys.readouterr().out)
    assert cli.main([*common, "--with-masterplan"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    found = {row["key"] for row in without}
    assert {row["key"] for row in json.loads(told.out)} < found


def test_a_masterplan_of_ideas_alone_says_that_nothing_of_it_acts(empty, capsys):
    write_measure(empty, MeasureStatus.IDEA)
    common = ["findings", "--database", empty, "--format", "json", "--with-masterplan"]
    assert cli.main(common) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert "Keine Maßnahme ist geplant, beschlossen oder läuft" in told.err


def write_measure(url: str, status: MeasureStatus) -> None:
    """A measure that prolongs everything from BIR III."""
    engine = schema.prepare(url, "empty")
    programmes = reading.portfolio(engine).programmes
    bir3 = int(programmes.loc[programmes["slug"] == "bir3", "id"].iloc[0])
    effects = stored_changes.as_text([ExtendProgramme(bir3, date(2040, 12, 31))])
    values = {"name": "Nachfolge", "status": status, "effects": effects}
    write(engine, [Edit(Measure, values)], actor="Test", now=datetime(2026, 11, 22))  # noqa: DTZ001
    engine.dispose()


def calendar_of(url: str, out) -> dict[str, tuple[str, str, int]]:
    """Day, status and SEQUENCE of each UID in the file that the command writes."""
    assert cli.main(["calendar", "--database", url, str(out), *DAY]) == 0
    return {
        str(event["uid"]): (
            event.decoded("dtstart").isoformat(),
            str(event["status"]),
            event.decoded("sequence"),
        )
        for event in Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    }


def test_all_dates_are_written_as_a_calendar_and_a_second_file_says_the_same(coburg, tmp_path, capsys):
    first = calendar_of(coburg, tmp_path / "dates.ics")
    assert capsys.readouterr().out == f"11 Termine in »{tmp_path / 'dates.ics'}«.\n"
    assert ("2026-12-31", "CONFIRMED") in {row[:2] for row in first.values()}
    assert calendar_of(coburg, tmp_path / "again.ics") == first


def test_without_dates_no_calendar_is_written_and_a_sentence_says_so(tmp_path, capsys):
    url, out = sqlite_url(tmp_path / "steering.db"), tmp_path / "dates.ics"
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    assert cli.main(["calendar", "--database", url, str(out)]) == 0
    assert "keine Termine" in capsys.readouterr().out
    assert not out.exists()


def test_a_calendar_that_cannot_be_written_is_refused_with_a_sentence(coburg, tmp_path, capsys):
    assert cli.main(["calendar", "--database", coburg, str(tmp_path / "missing" / "dates.ics"), *DAY]) == 1
    assert "ließ sich nicht schreiben" in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "begins"), [("workbook", b"PK"), ("csv", b"PK"), ("geojson", b"{")])
def test_everything_goes_out_as_a_file_and_no_file_is_overwritten(kind, begins, coburg, tmp_path, capsys):
    out = tmp_path / "bestand"
    asked = ["export", kind, str(out), "--database", coburg, "--today", "2026-11-22"]
    assert cli.main(asked) == 0
    written = out.read_bytes()
    assert written.startswith(begins)
    assert cli.main(asked) == 1
    assert "gibt es schon" in capsys.readouterr().err
    assert out.read_bytes() == written


def test_a_folder_that_is_not_there_is_said(coburg, tmp_path, capsys):
    assert cli.main(["export", "csv", str(tmp_path / "nowhere" / "x.zip"), "--database", coburg]) == 1
    assert "Bitte den Ordner prüfen" in capsys.readouterr().err


LIST = "Name;Träger;Gemeinde;Ende\nTreff;AWO;Ahorn;31.12.2027\nKurs;AWO;Bamberg;\nOhne;;Ahorn;\n"


@pytest.fixture
def a_list(tmp_path):
    file = tmp_path / "liste.csv"
    file.write_bytes(LIST.encode("cp1252"))
    return file


def test_a_list_is_read_reported_and_the_rest_left_out(a_list, tmp_path, capsys):
    url, report = sqlite_url(tmp_path / "steering.db"), tmp_path / "bericht.json"
    ask = ["import", "list", str(a_list), "--database", url, "--report", str(report)]
    assert cli.main(["init", "--database", url, "--dataset", "coburg"]) == 0
    before = state(url)
    assert cli.main([*ask, "--dry-run"]) == 0
    assert state(url) == before
    assert cli.main(ask) == 0
    found = json.loads(report.read_text(encoding="utf-8"))
    assert [found[name] for name in ("rows", "new", "changed", "unchanged", "outside")] == [3, 1, 0, 0, 1]
    (refused,) = found["refused"]
    assert (refused["file"], refused["row"], refused["column"]) == ("liste.csv", 4, "Träger")
    assert state(url)[2] == before[2] + 1
    assert cli.main(ask) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["unchanged"] == 1
    assert len(list(tmp_path.glob("sicherungen/steering-vor-einlesen-*.db"))) == 1


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"%PDF-1.7", 1, "ein PDF"),
        (b"", 1, "ist leer"),
        (b"Name;Tr\xe4ger\n;AWO\n", 1, "Der Name der Struktur fehlt"),
        (b"Name;Tr\xe4ger\n", 0, ""),
    ],
)
def test_what_cannot_be_read_ends_with_1_and_a_reason(content, code, said, coburg, tmp_path, capsys):
    file = tmp_path / "datei.xlsx"
    file.write_bytes(content)
    before = state(coburg)
    assert cli.main(["import", "list", str(file), "--database", coburg]) == code
    assert said in capsys.readouterr().err
    assert state(coburg) == before


@pytest.mark.parametrize(("kind", "name"), [("workbook", "mappe.xlsx"), ("csv", "mappe.zip")])
def test_what_was_exported_is_imported_without_a_change(kind, name, coburg, tmp_path, capsys):
    out, report = tmp_path / name, tmp_path / "report.json"
    before = state(coburg)
    assert cli.main(["export", kind, str(out), "--database", coburg]) == 0
    assert cli.main(["import", "workbook", str(out), "--database", coburg, "--report", str(report)]) == 0
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["rows"] == found["unchanged"] > 100
    assert found["refused"] == []
    assert state(coburg) == before


def test_an_answer_of_a_confirmation_round_is_a_workbook_too(tmp_path, capsys):
    url = sqlite_url(tmp_path / "own.db")
    engine = schema.prepare(url, "coburg")
    answer, report = tmp_path / "antwort.xlsx", tmp_path / "report.json"
    answer.write_bytes(filled(carrier_file(engine, "Caritasverband Coburg"), reply="ja"))
    arguments = ["import", "workbook", str(answer), "--database", url, "--report", str(report)]
    assert cli.main([*arguments, "--dry-run"]) == 0
    assert reading.portfolio(engine).structures["confirmed_on"].isna().all()
    assert cli.main(arguments) == 0
    found = json.loads(report.read_text(encoding="utf-8"))
    assert (found["rows"], found["changed"], found["refused"]) == (5, 5, [])
    assert reading.portfolio(engine).structures["confirmed_on"].notna().sum() == 2
    assert "Rückmeldung von »Caritasverband Coburg«" in capsys.readouterr().out


def carrier_file(engine, carrier):
    """Begin a round with one carrier, and its file."""
    known = reading.portfolio(engine)
    key = int(known.organisations.set_index("name").loc[carrier, "id"])
    day = date(2026, 11, 22)
    values = {"name": "Rückmeldung", "sent_on": day, "due": day}
    now = datetime(2026, 11, 22)  # noqa: DTZ001
    shares = confirmation.shares(known, [key], day)
    confirmation_rounds.start(engine, known, values, shares, actor="Planungsstab", now=now)
    known = reading.portfolio(engine)
    return carrier_workbook(known, confirmation.asked(known)[0], LINKS)
