"""Hostile and broken files are refused with a sentence that names the file and what to do."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.exchange.incoming_files import FileRefused, check_workbook, check_zip, load, received
from tests.exchange.files import with_members, workbook

SOUND = workbook([["Name", "VZÄ"], ["Beratung", 1.5]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def sheet(cell: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    number = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    row = f'<row r="{number}"><c r="{cell}"><v>1</v></c></row>'
    return f"{head}{row}</sheetData></worksheet>".encode()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = with_members(SOUND, {"xl/media/x.bin": bytes(80 * 1024 * 1024)})

HOSTILE = {
    "a PDF with another name": (b"%PDF-1.7 ...", "ein PDF"),
    "an encrypted workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
    "an old workbook": (OLE, "alte Excel"),
    "an empty file": (b"", "ist leer"),
    "blanks": (b"\xef\xbb\xbf \r\n", "ist leer"),
    "a truncated workbook": (SOUND[: len(SOUND) // 2], "beschädigt"),
    "a workbook without its end": (SOUND[:-30], "beschädigt"),
    "macros": (with_members(SOUND, {"xl/vbaProject.bin": b"x"}), "Makros"),
    "a zip bomb": (BOMB, "ungewöhnlich große"),
    "a sheet to the last cell": (with_members(SOUND, {SHEET: sheet("XFD1048576")}), "1.048.576"),
    "an endless row": (with_members(SOUND, {SHEET: sheet("XFD1")}), "16.384"),
    "some other zip": (SOUND.replace(b"xl/workbook.xml", b"xl/sorkbook.xml"), "keine Excel"),
    "a text": (b"Name;VZ\xc4\r\n", "keine Excel"),
    "a great many parts": (with_members(SOUND, {f"x{n}": b"" for n in range(5_001)}), "zu viele"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_sound_workbook_is_refused_with_its_name_and_a_remedy(kind):
    content, said = HOSTILE[kind]
    with pytest.raises(FileRefused, match=r"»liste.xlsx«.*Bitte") as refusal:
        check_workbook(received("liste.xlsx", content))
    assert said in str(refusal.value)


def test_a_sound_workbook_passes():
    check_workbook(received("liste.xlsx", SOUND))


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path, monkeypatch):
    file = tmp_path / "riesig.xlsx"
    with file.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(type(file), "read_bytes", lambda _: pytest.fail("was read"))
    with pytest.raises(FileRefused, match="200 MB zu groß; möglich sind 50 MB"):
        load(file)


@pytest.mark.parametrize("name", ["fehlt.csv", "", "a\x00b"])
def test_what_cannot_be_opened_is_refused_in_words(name, tmp_path):
    with pytest.raises(FileRefused, match="Bitte"):
        load(tmp_path / name)


def test_only_the_last_part_of_a_name_is_kept():
    assert received("C:\\Users\\x\\liste.csv", b"a").name == "liste.csv"


def test_a_size_that_lies_does_not_help_a_bomb():
    true = (80 * 1024 * 1024).to_bytes(4, "little")
    lying = BOMB.replace(true, (10).to_bytes(4, "little"))
    assert lying != BOMB
    with pytest.raises(FileRefused, match=r"beschädigt|ungewöhnlich"):
        check_workbook(received("liste.xlsx", lying))


@settings(max_examples=150)
@given(st.data())
def test_a_workbook_damaged_anywhere_is_read_or_refused_but_never_an_error(data):
    broken = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileRefused):
        assert check_zip(received("liste.xlsx", bytes(broken)))
