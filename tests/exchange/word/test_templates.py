"""A Word file of the Landkreis as the template, and what is refused as one."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from steering.analysis.document import Bullets, Document, Heading, Motion, Paragraph, SideBySide, Table, Title
from steering.exchange import word
from tests.exchange.word.reading import fields, png, read, texts

PROBE = Document(
    "Probe",
    date(2026, 11, 25),
    (
        Title("Titel"),
        Heading("Eins"),
        Motion("Beschluss"),
        Bullets(("a",), numbered=True),
        SideBySide((("a", "b"),)),
        Table(("x",), (("y",),), "Tabelle"),
        Paragraph("Ende"),
    ),
    "Datenstand: heute",
)


def letterhead(change=lambda document: None) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Landkreis Coburg"
    document.sections[0].footer.paragraphs[0].text = "Lauterer Straße 60"
    document.sections[0].left_margin = Cm(4)
    document.styles["Heading 1"].font.size = Pt(30)
    document.add_paragraph("Text der Vorlage")
    document.add_picture(BytesIO(png()))
    change(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def rebuilt(content: bytes, leave_out: tuple[str, ...] = (), **parts: tuple[str, bytes]) -> bytes:
    """The same file with some parts left out and others replaced or added."""
    file = BytesIO()
    new = dict(parts.values())
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name in old.namelist():
            if name not in new and name not in leave_out:
                made.writestr(name, old.read(name))
        for name, body in new.items():
            made.writestr(name, body)
    return file.getvalue()


def retyped(content: bytes, old: bytes, new: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml")
    return rebuilt(content, types=("[Content_Types].xml", types.replace(old, new)))


def test_letterhead_page_and_styles_are_those_of_the_template_and_its_text_is_not() -> None:
    found = read(word.write(PROBE, template=letterhead()))
    section = found.sections[0]
    assert section.header.paragraphs[0].text == "Landkreis Coburg"
    assert section.left_margin == pytest.approx(Cm(4), abs=1000)
    assert found.styles["Heading 1"].font.size == Pt(30)
    assert "Text der Vorlage" not in texts(found)
    assert not found.inline_shapes
    assert texts(found)[:2] == ["Titel", "Eins"]


def test_the_footer_of_the_template_is_kept_and_continued() -> None:
    footer = read(word.write(PROBE, template=letterhead())).sections[0].footer
    assert [each.text.split("\t")[0] for each in footer.paragraphs] == [
        "Lauterer Straße 60",
        "Datenstand: heute",
    ]
    assert fields(footer._element) == ["PAGE", "NUMPAGES"]


def test_pages_are_not_numbered_twice() -> None:
    first = word.write(PROBE)
    footer = read(word.write(PROBE, template=first)).sections[0].footer
    assert fields(footer._element) == ["PAGE", "NUMPAGES"]


def test_missing_styles_are_added_and_existing_ones_stay() -> None:
    def poor(document) -> None:
        for name in ("Title", "Caption", "List Number", "Table Grid", "Heading 2"):
            document.styles[name].delete()

    found = read(word.write(PROBE, template=letterhead(poor)))
    assert {"Title", "Caption", "List Number", "Beschlussvorschlag", "Heading 2"} <= {
        s.name for s in found.styles
    }
    assert found.styles["Beschlussvorschlag"].base_style.name == "Normal"


def test_a_template_without_numbering_gets_one() -> None:
    content = letterhead()
    with ZipFile(BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml")
        relations = archive.read("word/_rels/document.xml.rels")
    start = relations.index(b"<Relationship ", relations.index(b"numbering.xml") - 220)
    cut = relations[:start] + relations[relations.index(b"/>", start) + 2 :]
    bare = rebuilt(
        content,
        leave_out=("word/numbering.xml",),
        types=("[Content_Types].xml", types),
        relations=("word/_rels/document.xml.rels", cut),
    )
    found = read(word.write(PROBE, template=bare))
    (entry,) = [
        each for each in found.paragraphs if each.style is not None and each.style.name == "List Number"
    ]
    (number,) = entry._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    assert int(number) >= 1


def test_first_and_even_pages_with_a_footer_of_their_own_get_the_data_too() -> None:
    def varied(document) -> None:
        document.sections[0].different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True

    section = read(word.write(PROBE, template=letterhead(varied))).sections[0]
    for footer in (section.footer, section.first_page_footer, section.even_page_footer):
        assert "Datenstand: heute" in "".join(each.text for each in footer.paragraphs)


def test_of_several_sections_the_first_has_the_letterhead() -> None:
    def second(document) -> None:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Anlage"

    found = read(word.write(PROBE, template=letterhead(second)))
    assert len(found.sections) == 1
    assert found.sections[0].header.paragraphs[0].text == "Landkreis Coburg"


def test_a_dotx_is_taken_as_well() -> None:
    content = retyped(letterhead(), b"wordprocessingml.document.main", b"wordprocessingml.template.main")
    assert texts(read(word.write(PROBE, template=content)))[0] == "Titel"


def test_a_template_kept_elsewhere_is_not_fetched() -> None:
    def attached(document) -> None:
        part = document.part._settings_part
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
        part.relate_to("https://example.org/normal.dotm", kind, is_external=True)

    made = word.write(PROBE, template=letterhead(attached))
    with ZipFile(BytesIO(made)) as archive:
        assert not [name for name in archive.namelist() if b"example.org" in archive.read(name)]


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"x")
        made.writestr("word/document.xml", b"0" * 90_000_000)
    return file.getvalue()


def other_zip() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr("a.txt", "a")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "kein Word-Dokument"),
        (b"%PDF-1.7", "kein Word-Dokument"),
        (other_zip(), "kein Word-Dokument"),
        (b"\xd0\xcf\x11\xe0 and more", "Kennwort"),
        (bomb(), "Auspacken größer als 80 MB"),
        (b"PK" + b"0" * 20_000_001, "größer als 20 MB"),
        (letterhead()[:-400], "kein Word-Dokument"),
        (rebuilt(letterhead(), macros=("word/vbaProject.bin", b"x")), "Makros"),
        (retyped(letterhead(), b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                 b"vnd.ms-word.document.macroEnabled.main"), "Makros"),
        (rebuilt(letterhead(), styles=("word/styles.xml", b"<broken")), "beschädigt"),
        (rebuilt(letterhead(), body=("word/document.xml", b"<a/>")), "beschädigt"),
        (rebuilt(letterhead(), leave_out=("word/document.xml",)), "beschädigt"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_template_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(word.TemplateRefused, match=reason):
        word.check_template(content)


def test_a_template_that_can_be_used_is_let_through() -> None:
    word.check_template(letterhead())
    assert read(letterhead()).element.body.find(qn("w:p")) is not None


def elsewhere(document) -> None:
    """A picture in the header and a link in the footer, both to another address."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run().add_picture(BytesIO(png()))
    part = section.header.part
    (picture,) = [relation for relation in part.rels.values() if relation.reltype.endswith("/image")]
    key = part.relate_to("https://example.org/logo.png", picture.reltype, is_external=True)
    for blip in section.header._element.iter(qn("a:blip")):
        blip.attrib.pop(qn("r:embed"))
        blip.set(qn("r:link"), key)
    link = OxmlElement("w:hyperlink")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link.set(qn("r:id"), section.footer.part.relate_to("https://example.org", kind, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "www.landkreis.example"
    run.append(words)
    link.append(run)
    section.footer.paragraphs[0]._p.append(link)


def test_a_picture_that_lies_elsewhere_is_left_out_and_said_so() -> None:
    content = letterhead(elsewhere)
    assert ["fremden Adresse" in note for note in word.check_template(content)] == [True]
    written = word.write(PROBE, template=content)
    with ZipFile(BytesIO(written)) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not [text for text in relations if b"External" in text]
    made = read(written)
    assert made.sections[0].header.paragraphs[0].text == "Landkreis Coburg"
    assert "www.landkreis.example" in "".join(made.sections[0].footer._element.itertext())
