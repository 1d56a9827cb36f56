"""What a described document becomes in Word."""

from datetime import date

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm

from steering.analysis.document import (
    Block,
    Bullets,
    Contents,
    Document,
    Figure,
    Heading,
    Motion,
    NewPage,
    Note,
    Paragraph,
    SideBySide,
    Signatures,
    Strong,
    Table,
    Title,
    paragraphs,
)
from steering.exchange import word
from steering.exchange.word import pdf
from tests.exchange.word.reading import cells, fields, png, raw_cells, read, texts

DAY = date(2026, 11, 25)


def written(*blocks: Block, **more):
    return read(word.write(Document("Probe", DAY, blocks, "Datenstand: 25.11.2026"), **more))


def test_every_block_gets_the_style_of_its_kind() -> None:
    found = written(
        Title("Sitzungsvorlage", "Nr. 12"),
        Heading("Sachverhalt"),
        Heading("Bedarf", 2),
        Paragraph("Ein Satz."),
        Motion("Der Kreistag beschließt."),
        Note("Quelle"),
        Bullets(("erstens",)),
        Bullets(("eins",), numbered=True),
    )
    assert [(each.style.name, each.text) for each in found.paragraphs if each.text] == [
        ("Title", "Sitzungsvorlage"),
        ("Subtitle", "Nr. 12"),
        ("Heading 1", "Sachverhalt"),
        ("Heading 2", "Bedarf"),
        ("Normal", "Ein Satz."),
        ("Beschlussvorschlag", "Der Kreistag beschließt."),
        ("Hinweis", "Quelle"),
        ("List Bullet", "erstens"),
        ("List Number", "eins"),
    ]


def test_pieces_of_a_text_can_stand_out() -> None:
    (paragraph,) = written(Paragraph(("bis ", Strong("31.12.2026"), " möglich"))).paragraphs
    assert [(run.text, bool(run.bold)) for run in paragraph.runs] == [
        ("bis ", False),
        ("31.12.2026", True),
        (" möglich", False),
    ]


def test_the_header_row_of_a_table_stands_again_on_each_page_and_no_row_is_parted() -> None:
    found = written(
        Table(("Jahr", "Eigenmittel"), (("2027", "13.000 €"), ("Summe", "13.000 €")), "Geld", sums=(-1,))
    )
    rows = found.tables[0].rows
    assert raw_cells(found, 0) == [
        ["Jahr", "Eigenmittel"],
        ["2027", "13.000\N{NO-BREAK SPACE}€"],
        ["Summe", "13.000\N{NO-BREAK SPACE}€"],
    ]
    assert [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in rows)
    assert all(run.bold for run in rows[2].cells[0].paragraphs[0].runs)


def test_a_table_without_rows_keeps_its_header() -> None:
    assert cells(written(Table(("Jahr",), (), sums=(-1,))), 0) == [["Jahr"]]


def test_captions_are_numbered_by_fields_of_their_own_kind() -> None:
    found = written(
        Table(("a",), (), "Erste"), Table(("a",), (), "Zweite"), Figure("karte", "Karte", "Wo was ist")
    )
    assert texts(found, "Caption") == ["Tabelle 1: Erste", "Tabelle 2: Zweite", "Abbildung 1: Karte"]
    assert fields(found.element) == ["SEQ Tabelle \\* ARABIC"] * 2 + ["SEQ Abbildung \\* ARABIC"]


def test_a_picture_fits_the_page_and_says_what_it_shows() -> None:
    found = written(Figure("karte", "Karte", "Wo was ist", 40), pictures={"karte": png(300, 100)})
    (shape,) = found.inline_shapes
    assert shape._inline.docPr.get("descr") == "Wo was ist"
    assert shape.width <= Cm(16.51)
    assert shape.width / shape.height == pytest.approx(3, rel=0.01)


def test_a_tall_picture_fits_the_page_too() -> None:
    found = written(Figure("p", "", "", 16), pictures={"p": png(10, 900)})
    assert found.inline_shapes[0].height <= Cm(24)


@pytest.mark.parametrize("pictures", [{}, {"karte": b"no picture"}, {"karte": b"\x89PNG\r\n\x1a\n"}])
def test_a_picture_that_is_missing_leaves_what_it_would_have_shown(pictures: dict[str, bytes]) -> None:
    found = written(Figure("karte", "Karte", "Wo was ist"), pictures=pictures)
    assert texts(found)[0] == "[Die Abbildung fehlt: Wo was ist]"


def test_the_table_of_contents_is_filled_in_and_leads_to_the_headings() -> None:
    found = written(
        Heading("Davor"),
        Contents(),
        Heading("Eins"),
        Heading("Eins A", 2),
        Heading("tief", 3),
        Heading("Zwei"),
    )
    links = list(found.element.iter(qn("w:hyperlink")))
    shown = ["".join(text.text for text in link.iter(qn("w:t"))) for link in links]
    assert shown == ["Eins", "Eins A", "Zwei"]
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in found.element.iter(qn("w:bookmarkStart"))}
    targets = [marks[link.get(qn("w:anchor"))] for link in links]
    assert ["".join(t.text for t in target.iter(qn("w:t"))) for target in targets] == shown
    assert fields(found.element) == ['TOC \\o "1-2" \\h \\z \\u']


CHAPTERS = Document(
    "Probe", DAY, (Contents(), Heading("Eins", new_page=True), Heading("Zwei", new_page=True))
)


def stale(found) -> list[bool]:
    """Whether Word is asked to update each of the fields in the text."""
    begun = [code for code in found.element.iter(qn("w:fldChar")) if code.get(qn("w:fldCharType")) == "begin"]
    return [code.get(qn("w:dirty")) == "true" for code in begun]


def test_without_libreoffice_word_is_asked_to_fill_in_the_page_numbers(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    found = read(word.write_numbered(CHAPTERS))
    assert texts(found, "toc 1") == ["Eins", "Zwei"]
    assert stale(found) == [True]


@pytest.mark.parametrize("sure", [True, False])
def test_counted_pages_stand_in_the_table_and_word_is_asked_only_where_it_may_count_otherwise(
    sure: bool, monkeypatch
) -> None:
    made = b"/Kids[ 1 0 R 4 0 R\n7 0 R ]" + b"".join(
        b"/Title<FEFF"
        + title.encode("utf-16-be").hex().upper().encode()
        + b">\n/Dest[%d 0 R/XYZ 1 2 0]" % page
        for title, page in (("Eins", 4), ("Zwei", 7))
    )
    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "convert", lambda _docx: made)
    monkeypatch.setattr(pdf, "has_widths_of", lambda _font: sure)
    found = read(word.write_numbered(CHAPTERS))
    assert texts(found, "toc 1") == ["Eins\t2", "Zwei\t3"]
    assert stale(found) == [not sure, False, False]


def test_pages_of_other_headings_are_not_believed(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "convert", lambda _docx: b"no outline")
    assert texts(read(word.write_numbered(CHAPTERS)), "toc 1") == ["Eins", "Zwei"]


def test_numbered_lists_begin_anew() -> None:
    found = written(Bullets(("a", "b"), numbered=True), Bullets(("c",), numbered=True))
    numbers = [each._p.pPr.numPr.numId.val for each in found.paragraphs]
    assert numbers[0] == numbers[1] != numbers[2]


def test_facts_stand_side_by_side_and_signatures_below_a_line() -> None:
    found = written(SideBySide((("Betreff", "Sprachmittlung"),)), Signatures(("Vorsitz", "Protokoll")))
    assert cells(found, 0) == [["Betreff", "Sprachmittlung"]]
    assert cells(found, 1) == [["Vorsitz", "Protokoll"]]


def test_a_wide_page_lies_and_the_next_one_stands_again() -> None:
    found = written(Paragraph("a"), NewPage(wide=True), Paragraph("b"), NewPage(), Paragraph("c"))
    turned = [section.page_width > section.page_height for section in found.sections]
    assert turned == [False, True, False]
    assert found.sections[1].orientation == WD_ORIENT.LANDSCAPE
    assert all("Datenstand" in section.footer.paragraphs[0].text for section in found.sections)


def test_the_footer_says_of_when_the_data_are_and_which_page_it_is() -> None:
    footer = written(Paragraph("a")).sections[0].footer
    assert footer.paragraphs[0].text.startswith("Datenstand: 25.11.2026\tSeite 1 von ")
    assert fields(footer._element) == ["PAGE", "NUMPAGES"]


def test_the_document_is_german_and_hyphenated() -> None:
    found = written(Paragraph("a"))
    (language,) = found.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "de-DE"
    assert found.settings.element.find(qn("w:autoHyphenation")).get(qn("w:val")) == "true"
    about = found.core_properties
    assert (about.title, about.language, about.created.date()) == ("Probe", "de-DE", DAY)


def test_what_xml_cannot_hold_is_left_out_everywhere() -> None:
    bad = "a\x00b\x0bc\x1fd\ud800e\ufffe"
    found = written(
        Title(bad, bad),
        Heading(bad),
        Contents(bad),
        Paragraph((Strong(bad), bad)),
        Table((bad,), ((bad,),), bad),
        Figure("p", bad, bad),
        pictures={"p": png()},
    )
    assert texts(found)[0] == "abcde"
    assert cells(found, 0) == [["abcde"], ["abcde"]]
    assert found.inline_shapes[0]._inline.docPr.get("descr") == "abcde"


def test_a_text_of_fifty_pages_is_written_whole() -> None:
    text = "\n\n".join(
        f"Absatz {number}. " + "Ein langer Satz über Zuständigkeiten. " * 40 for number in range(120)
    )
    found = texts(written(*paragraphs(text)))
    assert len(found) == 120
    assert found[-1].startswith("Absatz 119.")


def test_typed_text_becomes_paragraphs_and_lists() -> None:
    text = "Erster Satz\nzweite Zeile\n\n\nVorab:\n- eins\n• zwei\ndanach\n \n"
    assert paragraphs(text) == (
        Paragraph("Erster Satz\nzweite Zeile"),
        Paragraph("Vorab:"),
        Bullets(("eins", "zwei")),
        Paragraph("danach"),
    )
    assert paragraphs(" \r\n ") == ()
