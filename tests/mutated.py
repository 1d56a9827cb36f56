"""Files for every reader, each damaged in a way that a number decides, and read in a child of the tests."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from functools import cache
from typing import Any

from steering.analysis.confirmation import asked
from steering.analysis.portfolio import Portfolio
from steering.exchange.confirmation.files import carrier_workbook
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import FileRefused, received
from steering.exchange.word import TemplateRefused
from steering.exchange.word.trying import tried
from steering.exchange.workbook import csv_files, writing
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.tables import LINKS
from tests.exchange.confirmation.test_files import known
from tests.exchange.files import workbook as sheet
from tests.exchange.genesis import AHORN
from tests.exchange.genesis import new as current_table
from tests.exchange.genesis import old as older_table
from tests.exchange.register_samples import GV, KREIS, VG250, file_of, gv100ad
from tests.exchange.sittings.calendars import event, ics, meeting, oparl, page, stub
from tests.exchange.word.test_templates import letterhead
from tests.storage.imports.test_foerderkatalog import NEW, catalogue, line

TOKENS = (
    b"", b"\x00", b"\xff\xfe", b"1" * 400, b"-1e309", b"NaN", b"((((((", b"&#x0;", b"<", b"]]>", b'"', b";",
    b"\n", b"Z99999999", b'r="A0"',
    b"\xed\xa0\x80", b"9" * 5_000, b"{", b"[[[[", b"null", b'TargetMode="External"',
)  # fmt: skip
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)
HEAD = ["Name", "Träger", "Gemeinde", "Beginn", "Ende", "Betrag", "VZÄ", "Aufgabe"]
NEEDS = ["Aufgabe", "Gemeinde", "Für wen", "Menge", "Einheit", "von", "bis"]
ROWS = [
    HEAD,
    ["Treff", "Verein", "Ahorn", "01.01.2024", "31.12.2027", "1.000,00", "0,5", "Sprachkurse"],
    ["Café", "AWO", "96450 Coburg", "2024", "unbefristet", "ca. 20.000 €", "50 %", "Beratung (Asyl)"],
]
POTENTIALS = [
    ["Titel", "Art", "Gemeinde", "Stand", "Beschreibung"],
    ["Leere Läden", "Leerstand", "Ahorn", "erkannt", "Fünf am Markt"],
    ["Chor", "Kultur", "Ahorn, Rödental", "wird geprüft", ""],
]


@cache
def portfolio(url: str) -> Portfolio:
    return reading.portfolio(make_engine(url))


@cache
def samples(reader: str, url: str) -> tuple[tuple[str, bytes], ...]:
    """Sound files of a kind, by name."""
    match reader:
        case "list":
            csv = "\r\n".join(";".join(row) for row in ROWS).encode("cp1252")
            return ("liste.csv", csv), ("liste.xlsx", sheet(ROWS)), ("liste.xls", csv)
        case "workbook":
            everything = portfolio(url)
            return (
                ("mappe.xlsx", writing.workbook(everything, LINKS)),
                ("mappe.zip", csv_files.csv_zip(everything, LINKS)),
            )
        case "answer":
            return (("antwort.xlsx", carrier_workbook(known(), asked(known())[0], LINKS)),)
        case "foerderkatalog":
            return ("katalog.csv", catalogue(line(), head=NEW).content), (
                "katalog.csv",
                catalogue(line()).content,
            )
        case "kennzahlen":
            lines = [(AHORN, "31.12.2023", "Insgesamt", "1,5"), (AHORN, "31.12.2023", "weiblich", ".")]
            wide: list[list[Any]] = [
                ["Asylsuchende"],
                ["AGS", "Gemeinde", 2023, "2030 hoch"],
                ["9473112", "Ahorn", "1.234", "/"],
                ["", "Meeder", 5, 6],
            ]
            return (
                ("neu.csv", current_table(lines)),
                ("alt.csv", older_table(lines)),
                ("werte.xlsx", sheet(wide)),
            )
        case "potenziale":
            csv = "\r\n".join(";".join(row) for row in POTENTIALS).encode("cp1252")
            return ("liste.csv", csv), ("liste.xlsx", sheet(POTENTIALS))
        case "bedarfe":
            needs = [
                NEEDS,
                ["Unterkunftsbetreuung", "Ahorn", "Asylsuchende", "1,5", "VZÄ", "2027", "31.12.2029"],
            ]
            return ("b.xlsx", sheet(needs)), ("b.csv", "\n".join(map(";".join, needs)).encode("cp1252"))
        case "sitzungen":
            plan = [("2027-03-04", "KSA"), ("2027-03-11", "Kreistag")]
            events = [event(name, name, f";VALUE=DATE:{day.replace('-', '')}") for day, name in plan]
            meetings = [meeting(1, 12, "2027-03-11T15:00:00+01:00"), stub(2)]
            return ("ris.ics", ics(*events)), ("ris.json", oparl(*meetings)), ("ris.html", page(plan))
        case "boundaries":
            shapes = file_of("ESRI Shapefile")
            return ("g.gpkg", file_of("GPKG")), ("g.zip", shapes), ("g.json", VG250.read_bytes())
        case "municipalities":
            return ("gv.xlsx", GV.read_bytes()), ("gv.txt", gv100ad())
    return (("vorlage.docx", letterhead()),)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The same damaged: as a whole, or within one of its packed parts, or packed in another way."""
    if not content.startswith(b"PK") or chance.random() < 0.3:
        return _damaged(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice([1, 1, 2, 5])):
        name = chance.choice([*parts])
        match chance.randrange(6):
            case 0:
                parts.pop(name)
            case 1:
                parts[chance.choice([*parts])] = parts[name]
            case 2:
                parts[name.upper()] = parts.pop(name)
            case _:
                parts[name] = _damaged(parts[name], chance)
        if not parts:
            break
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", chance.choice(METHODS)) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed = made.getvalue()
    return _damaged(packed, chance) if chance.random() < 0.1 else packed


def _damaged(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 10, 100])):
        if not made:
            break
        at = chance.randrange(len(made))
        match chance.randrange(5):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.choice([1, 10, 1_000])]
            case 2:
                made[at:at] = made[at : at + chance.choice([1, 10, 200])]
            case 3:
                made[at:at] = chance.choice(TOKENS)
            case _:
                made[at : at + chance.choice([1, 4, 12])] = chance.choice(TOKENS)
    return bytes(made)


def outcome(reader: str, url: str, number: int) -> str:
    """What a reader says of the file of a number; any exception but a refusal goes on."""
    chance = random.Random(f"{reader} {number}")
    name, content = chance.choice(samples(reader, url))
    content = mutated(content, chance)
    try:
        if reader == "template":
            tried(content)
            return "read"
        kind = "workbook" if reader == "answer" else reader
        there = known() if reader == "answer" else portfolio(url)
        options = Options(lists=LINKS, today=date(2026, 11, 22), district=KREIS)
        KINDS[kind].read(received(name, content), there, options)
    except (FileRefused, TemplateRefused) as refusal:
        return str(refusal)
    return "read"
