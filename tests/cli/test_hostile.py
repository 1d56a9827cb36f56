"""What goes out as a file holds texts as text: no formula, no link, no field, no second event."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from steering import cli
from steering.cli import reports
from tests.conftest import sqlite_url
from tests.hostile import HOSTILE

# In a file that XML keeps, blanks at the end are of no account.
TEXT = HOSTILE.strip()
FIELDS_OF_OURS = re.compile(r"^\s*(?:TOC|PAGE|NUMPAGES|PAGEREF|SEQ|REF|STYLEREF)\b")


@pytest.fixture(scope="module")
def write(prepared, tmp_path_factory):
    """`write("export", "workbook", "x.xlsx")`: the file that the command writes from hostile data."""
    url = sqlite_url(prepared.filled("hostile"))
    folder = tmp_path_factory.mktemp("hostile")

    def written(*words: str) -> Path:
        out = folder / words[-1]
        assert cli.main([*words[:-1], str(out), "--database", url]) == 0
        return out

    return written


def test_a_workbook_computes_nothing_and_links_nowhere(write):
    book = load_workbook(write("export", "workbook", "x.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(TEXT in str(cell.value) for cell in cells) > 100
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert all(cell.hyperlink is None for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("=1+1"))


def test_in_csv_no_cell_begins_like_a_formula(write):
    with zipfile.ZipFile(write("export", "csv", "x.zip")) as packed:
        tables = [
            packed.read(name).decode("utf-8-sig") for name in packed.namelist() if name.endswith(".csv")
        ]
    cells = [
        cell for table in tables for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row
    ]
    assert sum(f"'{TEXT}" in cell for cell in cells) > 100
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))] == []


def test_geojson_says_the_very_text(write):
    found = json.loads(write("export", "geojson", "x.geojson").read_text(encoding="utf-8"))
    names = [each["properties"]["name"] for each in found["features"]]
    assert all(name.startswith(HOSTILE) for name in names)


def test_a_calendar_has_as_many_events_as_were_written_and_the_very_text(write):
    raw = write("calendar", "x.ics").read_bytes()
    found = Calendar.from_ical(raw)
    events = list(found.walk("VEVENT"))
    assert len(events) == raw.count(b"\r\nBEGIN:VEVENT") > 10
    assert sum(TEXT in str(event["SUMMARY"]) for event in events) > 5
    assert {name for event in events for name in event} <= {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "SUMMARY", "DTSTART", "DTEND", "TRANSP",
        "CATEGORIES", "LOCATION", "DESCRIPTION",
    }  # fmt: skip
    assert max(map(len, raw.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    "words",
    [("report", "sitzungsvorlage", "v.docx"), ("minutes", "1", "n.docx")],
    ids=" ".join,
)
def test_a_word_file_holds_the_very_text_and_no_field_or_link_made_of_it(write, words, monkeypatch):
    # Pictures take half a minute, and Word runs nothing in one.
    monkeypatch.setattr(reports, "drawings", lambda *_args, **_more: {})
    file = write(*words)
    found = docx.Document(str(file))
    assert TEXT in "".join(found.element.body.itertext())
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()}
    relations = "".join(text for name, text in parts.items() if name.endswith(".rels"))
    assert "evil" not in relations
    instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<", parts["word/document.xml"])
    assert [each for each in instructions if not FIELDS_OF_OURS.match(each)] == []
