"""The styles of a document. Ours get their looks here; of a template only what it lacks is added."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from steering.exchange.word.xml import element, replace

FONT = "Arial"
INK, MUTED, LINE, SHADE = "1C2733", "5D6B7A", "8796A8", "EEF2F7"
TITLE, BODY, MOTION, NOTE = "Title", "Normal", "Beschlussvorschlag", "Hinweis"
SUBTITLE, CAPTION, BULLET, NUMBER = "Subtitle", "Caption", "List Bullet", "List Number"
CELL, CELL_HEAD, FACT = "Tabellentext", "Tabellenkopf", "Kopfangabe"
HEADER, FOOTER, CONTENTS_TITLE = "Header", "Footer", "TOC Heading"


class Look(NamedTuple):
    """Sizes in points; `keep`: on one page with what follows."""

    size: float = 11
    bold: bool = False
    before: float = 0
    after: float = 6
    colour: str = INK
    keep: bool = False
    line: float = 1.15
    indent: float = 0
    hanging: float = 0
    italic: bool = False


LOOKS = {
    BODY: Look(),
    TITLE: Look(20, bold=True, after=4, keep=True, line=1.0),
    SUBTITLE: Look(12, after=10, colour=MUTED),
    "Heading 1": Look(14, bold=True, before=16, after=5, keep=True, line=1.0),
    "Heading 2": Look(12, bold=True, before=12, after=4, keep=True, line=1.0),
    "Heading 3": Look(11, bold=True, before=9, after=3, keep=True, line=1.0),
    MOTION: Look(11.5, bold=True, before=4, after=6),
    NOTE: Look(9, after=6, colour=MUTED),
    CAPTION: Look(9, before=4, after=6, colour=MUTED, line=1.0),
    BULLET: Look(after=3, indent=0.63, hanging=0.63),
    NUMBER: Look(after=3, indent=0.75, hanging=0.75),
    CELL: Look(9, before=2, after=2, line=1.0),
    CELL_HEAD: Look(9, bold=True, before=2, after=2, line=1.0, keep=True),
    FACT: Look(10.5, before=1.5, after=1.5, line=1.05),
    HEADER: Look(9, after=0, colour=MUTED, line=1.0),
    FOOTER: Look(8.5, after=0, colour=MUTED, line=1.0),
    CONTENTS_TITLE: Look(14, bold=True, before=0, after=6, keep=True, line=1.0),
    "toc 1": Look(10.5, before=3, after=1, line=1.0),
    "toc 2": Look(10, after=1, line=1.0, indent=0.5),
    "toc 3": Look(10, after=1, line=1.0, indent=1.0),
}


def prepare(document: Word, *, ours: bool) -> None:
    """Make sure that every style is there; in a template those that exist stay as they are."""
    known = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        if name not in known:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name[0].islower())
            if name != BODY:
                style.base_style = document.styles[BODY]
        elif not ours:
            continue
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _dress(style, look)
    if "Table Grid" not in known:
        document.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE, builtin=True)
    _in_german(document)


def _dress(style: ParagraphStyle, look: Look) -> None:
    font, form = style.font, style.paragraph_format
    _set_typeface(style)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor.from_string(look.colour)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing, form.keep_with_next = look.line, look.keep
    form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    form.widow_control = True
    if look.indent:
        form.left_indent, form.first_line_indent = Cm(look.indent), Cm(-look.hanging)
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    if style.name and style.name.startswith("toc "):
        form.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if style.name == MOTION:
        form.left_indent = form.right_indent = Cm(0.25)
        _framed(style)


def _set_typeface(style: ParagraphStyle) -> None:
    """Arial, which every office has, instead of the theme's typefaces."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    style.font.name = FONT
    fonts = properties.find(qn("w:rFonts"))
    fonts.set(qn("w:cs"), FONT)
    for tag in ("w:spacing", "w:kern", "w:caps"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)


def _framed(style: ParagraphStyle) -> None:
    """A bar at the left, on a light ground."""
    properties = style.element.get_or_add_pPr()
    border = element("w:pBdr")
    border.append(element("w:left", val="single", sz="24", space="8", color="0B4F8A"))
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing",
        "w:jc", "w:outlineLvl",
    )  # fmt: skip
    properties.insert_element_before(
        element("w:shd", val="clear", color="auto", fill=SHADE), "w:tabs", "w:suppressAutoHyphens",
        "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl",
    )  # fmt: skip


def _in_german(document: Word) -> None:
    """German for spelling and hyphenation, whatever language the styles had."""
    root = document.styles.element
    for language in list(root.iter(qn("w:lang"))):
        language.getparent().remove(language)
    defaults = root.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("w:docDefaults")
        root.insert(0, defaults)
    holder = defaults.find(qn("w:rPrDefault"))
    if holder is None:
        holder = element("w:rPrDefault")
        defaults.insert(0, holder)
    properties = holder.find(qn("w:rPr"))
    if properties is None:
        properties = element("w:rPr")
        holder.append(properties)
    replace(properties, element("w:lang", val="de-DE", eastAsia="de-DE", bidi="ar-SA"))


def tabs_of(style: object) -> list[int]:
    """Where a style has its tab stops, in EMU from the margin."""
    assert isinstance(style, ParagraphStyle)
    return [int(stop.position) for stop in style.paragraph_format.tab_stops]
