"""Bad files through the whole import of each kind: a sentence with the file's name, the data as they were."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from steering import cli
from steering.confined import Limits, Pool
from steering.exchange import incoming_files, limited
from steering.exchange.import_kinds import KINDS, Options
from steering.storage import checking, reading
from steering.storage.engine import make_engine
from steering.storage.imports import importing
from steering.storage.tables import LINKS
from tests.conftest import PROJECT, sqlite_url
from tests.exchange.files import saved, workbook
from tests.exchange.register_samples import GV, KREIS, VG250, gv100ad
from tests.exchange.test_incoming_files import BOMB, HOSTILE
from tests.storage.imports.test_foerderkatalog import NEW, OLD, catalogue, line

HEAD = ["Name", "Träger", "Gemeinde", "Beginn", "Ende", "Betrag", "VZÄ", "Aufgabe"]
SOUND = ["Treff", "Verein", "Ahorn", "01.01.2024", "31.12.2027", "1.000,00", "0,5", "Sprachkurse"]
WORKBOOK = workbook([HEAD, SOUND])
ENDLESS = "Name;Träger" + ";x" * 3_000 + "\nTreff;AWO\n"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = sqlite_url(tmp_path_factory.mktemp("bad") / "steering.db")
    assert cli.main(["init", "--database", found, "--dataset", "coburg"]) == 0
    return found


def imported(url: str, kind: str, file: Path, *more: str) -> int:
    return cli.main(["import", kind, str(file), "--database", url, *more])


def state(url: str) -> tuple[str, int]:
    return reading.revision(make_engine(url))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", [each for each in HOSTILE if each != "a text"])
def test_a_hostile_file_is_refused_by_name_and_changes_nothing(what, kind, url, tmp_path, capsys):
    file = tmp_path / "eingang.xlsx"
    file.write_bytes(HOSTILE[what][0])
    before = state(url)
    assert imported(url, kind, file) == 1
    told = capsys.readouterr()
    assert "»eingang.xlsx«" in told.err
    assert "Bitte" in told.err
    assert told.out == ""
    assert state(url) == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "boundaries"])
def test_a_file_of_200_megabytes_is_refused_by_name(kind, url, tmp_path, capsys):
    file = tmp_path / "riesig.xlsx"
    with file.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    assert imported(url, kind, file) == 1
    assert "»riesig.xlsx« ist mit 200 MB zu groß" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["list", "foerderkatalog", "workbook"])
def test_an_endless_row_of_text_is_refused_by_name(kind, url, tmp_path, capsys):
    file = tmp_path / "endlos.csv"
    file.write_text(ENDLESS, encoding="utf-8")
    assert imported(url, kind, file) == 1
    assert "»endlos.csv« reicht bis Zeile" in capsys.readouterr().err


def test_control_characters_are_refused_at_their_row_and_the_rest_is_written(url, tmp_path, capsys):
    file, report = tmp_path / "liste.csv", tmp_path / "bericht.json"
    file.write_text("Name;Träger\nTre\x07ff;AWO\nTeekreis;A\x00WO\nNähkreis;AWO\n", encoding="utf-8")
    assert imported(url, "list", file, "--report", str(report)) == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert [(each["row"], each["column"]) for each in told["refused"]] == [(2, "Name"), (3, "Träger")]
    assert all("Steuerzeichen" in each["reason"] for each in told["refused"])
    assert told["new"] == 1


@pytest.mark.parametrize("form", ["txt", "xlsx"])
def test_a_row_of_an_unknown_satzart_is_refused_and_not_lost(form, tmp_path, capsys):
    url, report = sqlite_url(tmp_path / "steering.db"), tmp_path / "bericht.json"
    assert cli.main(["init", "--database", url, "--dataset", "empty"]) == 0
    file = tmp_path / f"gv.{form}"
    if form == "txt":
        lines = gv100ad().split(b"\r\n")
        at = next(
            at for at, row in enumerate(lines) if row.startswith(b"60") and row[10:15] == KREIS.encode()
        )
        lines[at] = b"61" + lines[at][2:]
        file.write_bytes(b"\r\n".join(lines))
    else:
        book = load_workbook(GV)
        row = next(row for row in book.worksheets[1].iter_rows() if row[7].value == "Ochsenfurt, St")
        row[0].value = "61"
        file.write_bytes(saved(book))
    assert imported(url, "municipalities", file, "--district", KREIS, "--report", str(report)) == 0
    (refused,) = json.loads(report.read_text(encoding="utf-8"))["refused"]
    assert (refused["column"], refused["value"]) == ("Satzart", "61")
    assert "möglich sind 10, 20, 30, 40, 50, 60" in refused["reason"]


WEIRD = st.one_of(
    st.sampled_from(
        ["", "NaN", "=1+1", "@x", "k.A.", "\x00", "\x1b[0m", "a\nb", '"', "'", ";", "1e308", "-1e400",
         "inf", "99999999999999999999", "31.02.2027", "00.00.0000", "29.02.2100", "1/1/1", "01.01.0001",
         "31.12.9999", "12/13/2026", "0,0,0", "1.2.3,4", "100 %", "-5 %", "😀" * 300, "x" * 40_000, "\ufeff",
         "<b>", "#N/A", "[1]", "ja", "09473", "9473112", "96450", "٣", "²", "Ⅷ", "\u2028", "+", "-"]
    ),
    st.text(max_size=12),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.none(),
)  # fmt: skip


def damaged(data: Any, rows: list[list[Any]], *, most: int = 4) -> list[list[Any]]:
    """The rows with some cells replaced by what nobody expects there."""
    made = [list(row) for row in rows]
    for _ in range(data.draw(st.integers(1, most))):
        row = made[data.draw(st.integers(0, len(made) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(WEIRD)
    return made


def as_text(rows: list[list[Any]], delimiter: str = ";") -> bytes:
    return "\r\n".join(
        delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows
    ).encode("utf-8", "replace")


def as_workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            try:
                book.active.cell(number, column).value = value
            except (ValueError, IllegalCharacterError):  # openpyxl writes no control characters
                book.active.cell(number, column).value = "?"
    return saved(book)


def flipped(data: Any, content: bytes) -> bytes:
    """The content with some bytes changed, or cut off."""
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(0, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    return bytes(broken[: data.draw(st.integers(1, len(broken)))] if data.draw(st.booleans()) else broken)


def member_damaged(data: Any, packed: bytes) -> bytes:
    """A zip of CSV with some cells of one of its files replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w") as new:
        names = [name for name in old.namelist() if name.endswith(".csv")]
        chosen = data.draw(st.sampled_from(names))
        for name in names:
            content = old.read(name)
            if name == chosen:
                rows = [row.split(";") for row in content.decode("utf-8-sig").split("\r\n")[:40]]
                content = as_text(damaged(data, rows, most=8))
            new.writestr(name, content)
    return made.getvalue()


FORMS = {
    "list as text": ("list", lambda data, _: as_text(damaged(data, [HEAD, SOUND, SOUND]))),
    "list as workbook": ("list", lambda data, _: as_workbook(damaged(data, [HEAD, SOUND, SOUND]))),
    "list in bytes": ("list", lambda data, _: flipped(data, WORKBOOK)),
    "foerderkatalog": (
        "foerderkatalog",
        lambda data, _: as_text(
            damaged(data, [(OLD + ";").split(";"), *[line(f"F{number}").split(";") for number in range(3)]])
        ),
    ),
    "foerderkatalog in bytes": (
        "foerderkatalog",
        lambda data, _: flipped(data, catalogue(line("A1"), line("B2"), head=NEW).content),
    ),
    "workbook": ("workbook", lambda data, out: member_damaged(data, out)),
    "workbook in bytes": ("workbook", lambda data, out: flipped(data, out)),
    "municipalities": ("municipalities", lambda data, _: flipped(data, gv100ad())),
    "municipalities in bytes": ("municipalities", lambda data, _: flipped(data, GV.read_bytes())),
    "boundaries": ("boundaries", lambda data, _: flipped(data, VG250.read_bytes())),
}


@pytest.fixture(scope="module")
def exported(url: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("out") / "bestand.zip"
    assert cli.main(["export", "csv", str(out), "--database", url]) == 0
    return out.read_bytes()


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_file_holds_it_is_taken_or_refused_in_words_and_never_in_part(
    form, data, url, exported, tmp_path, capsys
):
    kind, make = FORMS[form]
    file = tmp_path / "eingang.xlsx"
    file.write_bytes(make(data, exported))
    before = state(url)
    code = imported(url, kind, file)
    told = capsys.readouterr()
    if code:
        assert told.err.strip()
        assert state(url) == before
    for copy in tmp_path.parent.glob("**/steering-vor-*.db"):
        copy.unlink()
    assert checking.problems(url) == []


def test_a_bomb_does_not_stop_what_comes_after(url, tmp_path):
    for name, content, code in (("bombe.xlsx", BOMB, 1), ("liste.csv", as_text([HEAD, SOUND]), 0)):
        file = tmp_path / name
        file.write_bytes(content)
        assert imported(url, "list", file, "--dry-run") == code


def test_numbers_of_309_digits_are_refused_at_their_row(url, tmp_path, capsys):
    file = tmp_path / "liste.csv"
    file.write_text(f"Name;Träger;Betrag\nTreff;AWO;{'9' * 309}\nTreff 2;AWO;1e309\n", encoding="utf-8")
    assert imported(url, "list", file, "--dry-run") == 1
    told = capsys.readouterr().err
    assert "zu groß" in told
    assert "Traceback" not in told


def test_what_nobody_sees_is_taken_out_with_a_note_at_its_row(url, tmp_path, capsys):
    file = tmp_path / "liste.csv"
    file.write_text("Name;Träger\nTre\u202eff;AWO\nTreff 2;AWO\n", encoding="utf-8")
    assert imported(url, "list", file, "--dry-run") == 0
    assert "In 1 Zeile wurden unsichtbare Zeichen aus Texten entfernt." in capsys.readouterr().out
    there = reading.portfolio(make_engine(url))
    found = KINDS["list"].read(incoming_files.load(file), there, Options(lists=LINKS))
    rows = importing.propose(make_engine(url), there, found).rows
    assert [["Unsichtbare Zeichen entfernt: Name." in row.row.notes] for row in rows] == [[True], [False]]
    assert [row.wanted[0].values["name"] for row in rows] == ["Treff", "Treff 2"]


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", os.fsdecode(b"liste-\xff\xfe.csv")])
def test_a_path_that_cannot_be_gets_a_sentence_from_every_command(name, url, tmp_path, capsys):
    commands = (["import", "list"], ["export", "workbook"])
    folder = tmp_path / "fehlt"
    for command in commands:
        assert cli.main([*command, str(folder / name), "--database", url]) == 1
        assert "Bitte" in capsys.readouterr().err


def ring_of_chance(corners: int) -> list[list[float]]:
    chance = random.Random(1)
    ring = [
        [round(10.9 + chance.random() / 10, 4), round(50.2 + chance.random() / 10, 4)] for _ in range(corners)
    ]
    return [*ring, ring[0]]


def test_a_boundary_that_crosses_itself_everywhere_is_refused_before_it_is_mended(url, tmp_path, capsys):
    file = tmp_path / "g.geojson"
    feature = {"type": "Feature", "properties": {"AGS": "09473112", "GEN": "X", "BEZ": "Gemeinde", "GF": 4},
               "geometry": {"type": "Polygon", "coordinates": [ring_of_chance(3_800)]}}  # fmt: skip
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert imported(url, "boundaries", file) == 1
    assert "kreuzt sich selbst" in capsys.readouterr().err


SIGNS = ["(", "(a ", "[", " ", "1" + 90 * " ", "2020-", "% ", "\xa0", "1", "- ", "/"]


def test_long_cells_of_one_sign_are_read_at_once(url, tmp_path, monkeypatch, capsys):
    # On a busy machine a child takes ten seconds to start alone; what is slow takes that for a few cells.
    monkeypatch.setattr(limited.confined, "READING", pool := Pool(Limits(seconds=30)))
    file = tmp_path / "liste.csv"
    for sign in SIGNS:
        cell = sign * (30_000 // len(sign))
        lines = [";".join([*HEAD, cell]), *(";".join(["Treff", "AWO", *[cell] * 7]) for _ in range(12))]
        file.write_text("\n".join(lines), encoding="utf-8")
        imported(url, "list", file, "--dry-run")
        assert "Sekunden nicht gelesen" not in capsys.readouterr().err, sign[:5]
    pool.close()


def test_a_file_that_takes_too_long_is_refused_in_words(url, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(limited.confined, "READING", Pool(Limits(seconds=0)))
    file = tmp_path / "liste.xlsx"
    file.write_bytes(WORKBOOK)
    assert imported(url, "list", file) == 1
    assert "»liste.xlsx« war nach 0 Sekunden nicht gelesen" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("work", "said"),
    [(partial(bytearray, 10**9), "mehr als 300 MB"), (partial(int, "x"), "lässt sich nicht lesen")],
)
def test_what_takes_too_much_or_breaks_its_reader_is_refused_in_words(work, said, monkeypatch):
    monkeypatch.setattr(limited.confined, "READING", Pool(Limits(megabytes=300)))
    with pytest.raises(incoming_files.FileRefused, match=f"»liste.xlsx« .*{said}.*Bitte"):
        limited.reading("liste.xlsx", work)


def test_the_command_line_shows_no_traceback_of_a_child():
    code = (
        "from functools import partial\n"
        "from steering.cli import log_nowhere\n"
        "from steering.exchange import limited\n"
        "from steering.exchange.incoming_files import FileRefused\n"
        "log_nowhere()\n"
        "try: limited.reading('a.csv', partial(int, 'x'))\n"
        "except FileRefused as refusal: print(refusal)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""


def test_a_sheet_of_too_many_cells_is_refused_while_it_is_looked_through(monkeypatch):
    monkeypatch.setattr(incoming_files, "MOST_FILLED_CELLS", 5)
    with pytest.raises(incoming_files.FileRefused, match="Zellen"):
        incoming_files.check_workbook(incoming_files.IncomingFile("a.xlsx", WORKBOOK))


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_zip_of_any_method_gets_a_sentence(kind, url, tmp_path, capsys):
    file = tmp_path / "a.xlsx"
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive:
            for name in ("xl/workbook.xml", "a.geojson", "a.csv"):
                archive.writestr(name, "x" * 1_000)
        content = bytearray(packed.getvalue())
        content[50:60] = b"\xff" * 10
        file.write_bytes(content)
        assert imported(url, kind, file) == 1
        assert "»a.xlsx«" in capsys.readouterr().err
