"""What is no official register, or a broken one, is refused with the file's name and a remedy."""

import io
import random
import zipfile

import openpyxl
import pytest

from steering.exchange.incoming_files import FileRefused
from steering.exchange.registers import boundaries, municipalities
from tests.exchange.files import saved
from tests.exchange.register_samples import (
    GV,
    KREIS,
    VG250,
    collection,
    features,
    file_of,
    gv100ad,
    without,
    zipped,
)

NAME = "meine datei.xlsx"
READERS = {
    "municipalities": lambda content: municipalities.read(content, NAME).rows,
    "boundaries": lambda content: boundaries.outlines(boundaries.read(content, NAME), KREIS, {}),
}


def other_workbook(*sheets: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for title in sheets[1:]:
        book.create_sheet(title)
    book.worksheets[-1].append(["Gemeinde", "Einwohner"])
    return saved(book)


KREISE = [
    {**row, "properties": {**row["properties"], "AGS": row["properties"]["AGS"][:5]}} for row in features()
]
NOWHERE = [{**row, "geometry": None} for row in features()]
NAMELESS = [{**row, "properties": {"AGS": row["properties"]["AGS"]}} for row in features()]
UTM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}


WRONG = {
    "municipalities": [
        (b"", "kein Gemeindeverzeichnis"),
        (b"%PDF-1.7 \x00", "kein Gemeindeverzeichnis"),
        (b"\xd0\xcf\x11\xe0 locked", "Kennwort"),
        (GV.read_bytes()[:5_000], "beschädigt"),
        (other_workbook("a", "b"), "kein Blatt"),
        (other_workbook("a"), "keine Satzart"),
        (b"1020240630" + b"09" + b" " * 208, "keine Gemeinden"),
        (b"Gemeinde;Einwohner\nAhorn;4141\n", "kein Gemeindeverzeichnis"),
    ],
    "boundaries": [
        (b"", "keine Datei mit Grenzen"),
        (b"%PDF-1.7", "keine Datei mit Grenzen"),
        (b"[" * 100_000, "beschädigt"),
        (VG250.read_bytes()[:50_000], "beschädigt"),
        (file_of("GPKG")[:60_000], "beschädigt"),
        (file_of("ESRI Shapefile")[:20_000], "beschädigt"),
        (without(file_of("ESRI Shapefile"), ".dbf"), "fehlt die Datei .dbf"),
        (without(file_of("ESRI Shapefile"), ".prj"), "Koordinatensystem"),
        (collection(crs=UTM), "liegen nicht in Deutschland"),
        (collection(KREISE), "keine Gemeinden"),
        (collection(NAMELESS), "keine Ebene mit den Spalten AGS, GEN"),
        (collection(NOWHERE), "Koordinatensystem"),
        (collection([]), "Koordinatensystem"),
        (zipped({"liesmich.txt": b"VG250"}), "enthält keine Grenzen"),
    ],
}
FORMS = {
    "municipalities": [GV.read_bytes(), gv100ad()],
    "boundaries": [VG250.read_bytes(), file_of("GPKG"), file_of("ESRI Shapefile")],
}


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [(kind, content, said) for kind, cases in WRONG.items() for content, said in cases],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_register_is_refused_with_its_name_and_a_remedy(kind, content, said):
    with pytest.raises(FileRefused) as refused:
        READERS[kind](content)
    assert said in str(refused.value)
    assert f"»{NAME}«" in str(refused.value)
    assert "Bitte" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "form"), [(kind, at) for kind, forms in FORMS.items() for at in range(len(forms))]
)
def test_a_mutated_register_is_read_or_refused_in_words(kind, form):
    chance = random.Random(1)
    for _ in range(20):
        content = bytearray(FORMS[kind][form])
        for _ in range(chance.choice([1, 20, 400])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        said = outcome(kind, bytes(content))
        assert said == "read" or f"»{NAME}«" in said


def outcome(kind: str, content: bytes) -> str:
    try:
        found = READERS[kind](content)
    except FileRefused as refused:
        return str(refused)
    return "read" if found else "nothing"


def test_what_a_mac_adds_to_a_zip_is_none_of_the_data():
    with zipfile.ZipFile(io.BytesIO(file_of("ESRI Shapefile"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    extra = {f"__MACOSX/{name.replace('/', '/._')}": b"\x00\x05\x16\x07" for name in parts}
    both = boundaries.read(zipped(parts | extra), "vom-mac.zip")
    assert both.ags.tolist() == boundaries.read(zipped(parts), "plain.zip").ags.tolist()


def test_only_the_missing_part_of_a_shapefile_is_named():
    with pytest.raises(FileRefused, match=r"fehlt die Datei \.shx\."):
        boundaries.read(without(file_of("ESRI Shapefile"), ".shx"), "grenzen.zip")


@pytest.mark.parametrize("inside", ["GV100AD_300624.txt", "gv/GV100AD3006.asc"])
def test_the_list_is_read_in_the_zip_in_which_it_is_handed_out(inside):
    packed = municipalities.read(zipped({"liesmich.txt": b"x" * 99_999, inside: gv100ad()}), "gv.zip")
    assert packed.rows == municipalities.read(gv100ad(), "gv.txt").rows
