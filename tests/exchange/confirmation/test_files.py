"""What goes out to a carrier: its own records, nothing of anybody else, nothing that computes."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from steering.analysis import confirmation
from steering.analysis.confirmation.asked import as_text
from steering.exchange.cells.written_cells import FORMULA
from steering.exchange.confirmation.files import LETTER, carrier_workbook, file_names, filled, packed
from steering.exchange.workbook.choices import TITLE as LISTS
from steering.model import (
    Area,
    Funding,
    Municipality,
    Organisation,
    Provenance,
    Responsibility,
    Settings,
    Structure,
    TargetGroup,
    Task,
    TaskField,
)
from steering.storage.tables import LINKS
from tests import builders
from tests.exchange.confirmation.filling import SHEETS, at
from tests.exchange.word.reading import read

SECRET = "GEHEIM"
# The catalogue and the places are public; all other texts of all other records are not.
PUBLIC = {Task, TaskField, TargetGroup, Area, Municipality, Settings}
NASTY = ["=1+1", "+49 9561", "-", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=2", "_x000D_"]
OWN, OTHER = 1, 900


def texts(kind):
    """The free texts of a record type."""
    return [
        name
        for name, info in kind.model_fields.items()
        if info.annotation in (str, str | None)
        and name not in {"ags", "ars", "slug", "token", "record", "sent"}
    ]


def planted(kind, /, **values):
    """A record whose every free text is a secret."""
    return builders.record(
        kind, **{name: f"{SECRET} {kind.__name__} {name}" for name in texts(kind)} | values
    )


def own(kind, /, **values):
    """A record of the carrier: what it may see is said, all its other texts are secrets."""
    seen = set(confirmation.FIELDS[kind])
    return builders.record(
        kind, **{name: f"{SECRET} {name}" for name in texts(kind) if name not in seen} | values
    )


def known(name="Beratung", **records):
    """A carrier with a unit, a structure, its funding and responsibility; a round; all of somebody else's."""
    others = {
        word: [planted(kind, **_keys(kind))]
        for word, kind in builders.TYPES.items()
        if kind not in PUBLIC and "id" in kind.model_fields
    }
    structure = own(Structure, id=1, name=name, kind="service", organisation_id=2, end_kind="open", fte=1.5)
    funding = own(
        Funding, id=1, structure_id=1, name="BIR", end_kind="fixed", end="2027-12-31", amount_cents=1_300_050
    )
    made_up = own(Structure, id=3, name=f"{SECRET} Beispiel", kind="post", organisation_id=1,
                  provenance=Provenance.EXAMPLE)  # fmt: skip
    items = [
        _item(1, Structure, structure),
        _item(2, Funding, funding),
        _item(3, Responsibility, builders.responsibility(id=1) | {"target_groups": [1]}),
    ]
    return builders.portfolio(
        settings={"district_key": "09473", "district_name": "Landkreis Coburg"},
        **others
        | {
            "organisations": [
                builders.organisation(id=OWN, name="Caritas", slug="caritas", level="welfare"),
                builders.organisation(id=2, name="Caritas: Fachstelle", level="welfare", parent_id=OWN),
                planted(Organisation, id=OTHER, slug="andere", level="welfare"),
            ],
            "structures": [structure, made_up, planted(Structure, **_keys(Structure))],
            "fundings": [funding, planted(Funding, **_keys(Funding))],
            "responsibilities": [
                own(Responsibility, id=1, structure_id=1, task_id=1, area_id=1, role="lead"),
                planted(Responsibility, **_keys(Responsibility)),
            ],
            "responsibility_groups": [builders.responsibility_group()],
            "fields": [builders.task_field()],
            "tasks": [builders.task(legal_basis=f"{SECRET} Rechtsgrundlage")],
"areas": [
                builders.area(),
                builders.area(id=2, name=f"{SECRET} Gebiet", kind="group"),
            ],
            "target_groups": [builders.target_group(everyone=True)],
            "confirmation_rounds": [builders.confirmation_round(letter=LETTER.format(district="Das Amt"))],
            "confirmation_requests": [builders.confirmation_request(id=1, organisation_id=OWN)],
            "confirmation_items": items,
        }
        | records,
    )  # fmt: skip


def _keys(kind):
    """Keys that hold together, and what has no default."""
    given: builders.Values = {"id": OTHER}
    for name, info in kind.model_fields.items():
        if name.endswith("_id") and name != "id":
            given[name] = 1 if name in ("task_id", "area_id", "field_id") else OTHER
        elif info.is_required() and name not in given and name not in texts(kind):
            given[name] = "2026-01-01" if info.annotation is date else _first(info.annotation)
    return given


def _first(annotation):
    return next(iter(annotation)) if hasattr(annotation, "__members__") else 1


def _item(number, record, row):
    values = {field: row[field] for field in confirmation.FIELDS[record]}
    return builders.confirmation_item(
        id=number, record=record.__tablename__, record_key=1, sent=as_text(values)
    )


@pytest.fixture(scope="module")
def portfolio():
    return known()


def one(portfolio):
    (found,) = confirmation.asked(portfolio, 1)
    return found


def parts(content):
    """Every part of a zip and of the zips in it, as text."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if part.startswith(b"PK"):
                yield from ((f"{name}/{inner}", text) for inner, text in parts(part))
            yield name, part.decode("utf-8", errors="replace")


def test_nothing_of_anybody_else_and_nothing_internal_leaves_the_house(portfolio):
    planted_in = {table for table, frame in portfolio.frames.items() if SECRET in frame.to_csv()}
    assert len(planted_in) > 15
    content = packed(portfolio, [one(portfolio)], LINKS, {}, "Planungsstab")
    found = dict(parts(content))
    assert any("xl/worksheets" in name for name in found)
    assert any("word/document" in name for name in found)
    assert [
        (name, re.findall(rf"{SECRET}[^<]*", text)) for name, text in found.items() if SECRET in text
    ] == []
    assert any("Caritas: Fachstelle" in text for text in found.values())


def test_the_properties_and_names_of_the_file_are_neutral(portfolio):
    content = carrier_workbook(portfolio, one(portfolio), LINKS)
    book = load_workbook(BytesIO(content))
    assert book.properties.creator in (None, "")
    assert book.properties.lastModifiedBy is None
    assert book.properties.title == "Rückmeldung 2026: Caritas"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = re.findall(r'definedName name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    assert {name.removeprefix("_xlnm.") for name in names} <= {"_FilterDatabase", "Print_Titles"}


@pytest.mark.parametrize("name", NASTY)
def test_text_stays_text_whatever_it_begins_with(name):
    nasty = known(name)
    book = load_workbook(BytesIO(carrier_workbook(nasty, one(nasty), LINKS)))
    assert [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    cell = at(book["Strukturen"], 2, "Name")
    assert cell.quotePrefix == name.startswith(FORMULA)


def test_numbers_are_locked_and_replies_are_chosen(portfolio):
    book = load_workbook(BytesIO(carrier_workbook(portfolio, one(portfolio), LINKS)))
    assert book.sheetnames == ["Erläuterungen", *SHEETS, LISTS]
    assert book[LISTS].sheet_state == "hidden"
    for title in SHEETS:
        sheet = book[title]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert [cell.protection.locked for cell in sheet[2]] == [True] + [False] * (sheet.max_column - 1)
        assert at(sheet, 2, "Stimmt so?").fill.fgColor.rgb == "00FFF8E1"
        letter = at(sheet, 1, "Stimmt so?").column_letter
        (rule,) = [
            each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith(letter)
        ]
        cells = book[LISTS][rule.formula1.split("!")[1].replace("$", "")]
        assert [cell.value for (cell,) in cells] == ["ja", "nein, geändert", "gibt es nicht mehr"]
        assert rule.errorStyle == "stop"


def test_the_first_sheet_says_what_to_do_by_when_and_to_which_mailbox():
    asked = known(confirmation_rounds=[builders.confirmation_round(mailbox="integration@landkreis.example")])
    sheet = load_workbook(BytesIO(carrier_workbook(asked, one(asked), LINKS)))["Erläuterungen"]
    said = "\n".join(str(row[0].value) for row in sheet.iter_rows())
    assert "Bitte zurück bis 31.10.2026 an integration@landkreis.example." in said
    assert "»gibt es nicht mehr« wählen. Gelöscht wird dadurch nichts." in said
    assert "None" not in said.replace("None\n", "")


def test_the_letter_names_carrier_rows_and_day(portfolio):
    asked = one(portfolio)
    text = filled(asked.letter, asked)
    assert "zu Caritas verzeichnet ist: 1 Struktur, 1 Förderung und 1 Zuständigkeit." in text
    assert "bis zum 31.10.2026 zurück, und zwar an die Adresse" in text
    assert "[" not in text
    content = packed(portfolio, [asked], LINKS, {OWN: "info@caritas.example"}, "Planungsstab")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == [
            "adressaten.xlsx", "rueckmeldung-2026-caritas.xlsx", "rueckmeldung-2026-caritas-anschreiben.docx",
        ]  # fmt: skip
        letter = read(archive.read("rueckmeldung-2026-caritas-anschreiben.docx"))
        sheet = load_workbook(BytesIO(archive.read("adressaten.xlsx"))).worksheets[0]
    assert "Sehr geehrte Damen und Herren," in [paragraph.text for paragraph in letter.paragraphs]
    assert [cell.value for cell in sheet[2]][:2] == ["Caritas", "info@caritas.example"]


def test_a_carrier_called_like_a_placeholder_is_no_placeholder(portfolio):
    asked = one(portfolio)
    named = type(asked)(**{**asked.__dict__, "carrier": "[Frist]"})
    assert filled("An [Träger] bis [Frist]", named) == "An [Frist] bis 31.10.2026"


def test_file_names_are_safe_and_no_two_are_alike():
    slugs = ["../../etc", "a/b", "a b", "CON", "ä" * 300, "ä" * 299]
    units = [builders.organisation(id=number, slug=slug) for number, slug in enumerate(slugs, start=1)]
    requests = [builders.confirmation_request(id=number) for number in range(1, len(slugs) + 1)]
    asked = builders.portfolio(
        organisations=units,
        confirmation_rounds=[builders.confirmation_round()],
        confirmation_requests=requests,
    )
    found = list(file_names(confirmation.asked(asked), asked).values())
    assert len(set(found)) == len(slugs)
    assert [name for name in found if not re.fullmatch(r"rueckmeldung-2026-[a-z0-9-]{1,80}", name)] == []
