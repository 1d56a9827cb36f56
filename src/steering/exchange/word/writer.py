"""Writes a described document, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatchmethod
from io import BytesIO

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Cm, Emu
from docx.text.paragraph import Paragraph as WordParagraph

from steering.analysis.document import (
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
    Table,
    Text,
    Title,
    plain,
)
from steering.exchange.word import contents, pages, settings, styles, tables, templates, xml
from steering.exchange.word.contents import ContentsLine
from steering.exchange.word.numbering import WordLists
from steering.exchange.word.xml import add_field, bookmark, clean

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NO_PICTURE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


def write(
    document: Document, pictures: Mapping[str, bytes] | None = None, template: bytes | None = None
) -> bytes:
    """The document as a .docx; raises TemplateRefused where the template cannot be used."""
    return _Writer(document, pictures or {}, template).file()


def write_numbered(
    document: Document, pictures: Mapping[str, bytes] | None = None, template: bytes | None = None
) -> bytes:
    """The same with page numbers in its table of contents, where LibreOffice can lay the pages out.

    They are counted in a first version of the document. Where they cannot be, or where LibreOffice lacks the
    typeface and may break pages elsewhere than Word, Word is asked to update the table when it opens it.
    """
    writer = _Writer(document, pictures or {}, template)
    first = writer.file()
    if not writer.contents:
        return first
    contents.number(writer.contents, contents.counted(first, _headings(document)))
    return writer.file()


class _Writer:
    def __init__(self, document: Document, pictures: Mapping[str, bytes], template: bytes | None) -> None:
        self._document, self._pictures = document, pictures
        self._word = templates.own() if template is None else templates.from_template(template)
        self._ours = template is None
        styles.prepare(self._word, ours=self._ours)
        settings.prepare(self._word, document, ours=self._ours)
        pages.set_up(self._word, document.footer, ours=self._ours)
        self._lists = WordLists(self._word)
        # python-docx looks through all styles for a name, which would take longer than all the rest.
        self._style_ids = {style.name: style.style_id for style in self._word.styles}
        self._headings = _headings(document)
        self._place = -1  # of the last heading written
        self._captions = {"Tabelle": 0, "Abbildung": 0}
        self.contents: list[ContentsLine] = []
        for block in document.blocks:
            self._add(block)

    def file(self) -> bytes:
        """All of it, with what has been done to the `contents` since."""
        file = BytesIO()
        self._word.save(file)
        return file.getvalue()

    def _paragraph(self, style: str, text: Text = "") -> WordParagraph:
        made = self._word.add_paragraph()
        self._fill(made, text, style)
        return made

    def _fill(self, paragraph: WordParagraph, text: Text, style: str) -> None:
        paragraph._p.style = self._style_ids[style]
        xml.write(paragraph, text)

    @property
    def _width(self) -> int:
        return pages.text_width(self._word.sections[-1])

    @singledispatchmethod
    def _add(self, block: object) -> None:
        raise TypeError(f"{block!r} is no block of a document")

    @_add.register
    def _(self, block: Title) -> None:
        self._paragraph(styles.TITLE, block.text)
        if block.below:
            self._paragraph(styles.SUBTITLE, block.below)

    @_add.register
    def _(self, block: Heading) -> None:
        made = self._paragraph(f"Heading {block.level}", block.text)
        made.paragraph_format.page_break_before = block.new_page or None
        self._place += 1
        bookmark(made, _anchor(self._place), self._place + 1)

    @_add.register
    def _(self, block: Paragraph) -> None:
        self._paragraph(styles.BODY, block.text)

    @_add.register
    def _(self, block: Motion) -> None:
        self._paragraph(styles.MOTION, block.text)

    @_add.register
    def _(self, block: Note) -> None:
        self._paragraph(styles.NOTE, block.text)

    @_add.register
    def _(self, block: Bullets) -> None:
        number = self._lists.begin(numbered=block.numbered)
        for item in block.items:
            made = self._paragraph(styles.NUMBER if block.numbered else styles.BULLET, item)
            self._lists.join(made, number)

    @_add.register
    def _(self, block: SideBySide) -> None:
        tables.add_facts(self._word, block, self._width, self._fill)
        self._gap()

    @_add.register
    def _(self, block: Table) -> None:
        if block.caption:
            self._caption("Tabelle", block.caption).paragraph_format.keep_with_next = True
        tables.add_table(self._word, block, self._width, self._fill)
        self._gap()

    @_add.register
    def _(self, block: Signatures) -> None:
        tables.add_signatures(self._word, block, self._width, self._fill)
        self._gap()

    @_add.register
    def _(self, block: Figure) -> None:
        made = self._paragraph(styles.BODY)
        made.paragraph_format.keep_with_next = True
        if not self._draw(made, block):
            xml.write(made, f"[Die Abbildung fehlt: {block.alternative}]")
        self._caption("Abbildung", block.caption)

    @_add.register
    def _(self, block: Contents) -> None:
        self._paragraph(styles.CONTENTS_TITLE, block.title)
        entries = [
            (place, heading)
            for place, heading in enumerate(self._headings)
            if place > self._place and heading.level <= block.depth
        ]
        self.contents += contents.add(
            [(heading.level, _anchor(place), plain(heading.text), place) for place, heading in entries],
            block.depth,
            lambda level: self._paragraph(f"toc {level}"),
            self._width,
        )

    @_add.register
    def _(self, block: NewPage) -> None:
        section = self._word.add_section(WD_SECTION.NEW_PAGE)
        turned = pages.turn(section, WD_ORIENT.LANDSCAPE if block.wide else WD_ORIENT.PORTRAIT)
        if turned and self._ours:
            pages.own_footer(section, self._document.footer)

    def _draw(self, paragraph: WordParagraph, figure: Figure) -> bool:
        picture = self._pictures.get(figure.picture)
        if picture is None:
            return False
        try:
            shape = paragraph.add_run().add_picture(BytesIO(picture))
        except _NO_PICTURE:
            return False
        most_wide = min(self._width, int(Cm(figure.width_cm)))
        most_high = pages.text_height(self._word.sections[-1]) - int(Cm(2.5))
        scale = min(most_wide / shape.width, most_high / shape.height)
        shape.width, shape.height = Emu(round(shape.width * scale)), Emu(round(shape.height * scale))
        about = shape._inline.docPr
        about.set("descr", clean(figure.alternative))
        about.set("title", clean(figure.caption))
        return True

    def _caption(self, kind: str, text: str) -> WordParagraph:
        made = self._paragraph(styles.CAPTION)
        self._captions[kind] += 1
        made.add_run(f"{kind} ")
        add_field(made, f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        xml.write(made, f": {text}")
        return made

    def _gap(self) -> None:
        """Word joins tables that touch, and wants a paragraph after the last one."""
        made = self._paragraph(styles.NOTE)
        made.paragraph_format.space_after = Emu(0)


def _headings(document: Document) -> list[Heading]:
    return [block for block in document.blocks if isinstance(block, Heading)]


def _anchor(place: int) -> str:
    return f"_Toc{place + 1:08d}"
