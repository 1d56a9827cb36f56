"""The page: its size, and the footer with its number."""

from __future__ import annotations

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Cm, Emu

from steering.exchange.word import styles
from steering.exchange.word.xml import add_field, clean, element

A4 = Cm(21.0), Cm(29.7)


def set_up(word: Word, footer: str, *, ours: bool) -> None:
    """Our own page is A4; of a template the page stays, and the footer is continued."""
    section = word.sections[0]
    if ours:
        section.page_width, section.page_height = A4
        section.left_margin, section.right_margin = Cm(2.5), Cm(2.0)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
        section.header_distance = section.footer_distance = Cm(1.1)
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    if word.settings.odd_and_even_pages_header_footer:
        footers.append(section.even_page_footer)
    for each in footers:
        _write_footer(each, footer, text_width(section))


def _write_footer(footer: _Footer, text: str, width: int) -> None:
    numbered = any("PAGE" in (code.text or "") for code in footer._element.iter(qn("w:instrText")))
    numbered |= any("PAGE" in code.get(qn("w:instr"), "") for code in footer._element.iter(qn("w:fldSimple")))
    first = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
    fresh = len(footer._element) == 1 and not first.text and first._p.find(qn("w:r")) is None
    made = first if fresh else footer.add_paragraph()
    made.style = styles.FOOTER
    tabs = made.paragraph_format.tab_stops
    tabs.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)
    for old in styles.tabs_of(made.style):
        if abs(old - width) > Cm(0.1):
            tabs.add_tab_stop(Emu(old), WD_TAB_ALIGNMENT.CLEAR)
    if fresh:
        border = element("w:pBdr")
        border.append(element("w:top", val="single", sz="4", space="4", color=styles.LINE))
        made._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )
    made.add_run(clean(text))
    if not numbered:
        made.add_run("\tSeite ")
        add_field(made, "PAGE", "1")
        made.add_run(" von ")
        add_field(made, "NUMPAGES", "1")


def text_width(section: Section) -> int:
    """From margin to margin, in EMU."""
    page, left, right = section.page_width or A4[0], section.left_margin or 0, section.right_margin or 0
    return max(int(page) - int(left) - int(right), int(Cm(4)))


def text_height(section: Section) -> int:
    page, top, bottom = section.page_height or A4[1], section.top_margin or 0, section.bottom_margin or 0
    return max(int(page) - abs(int(top)) - abs(int(bottom)), int(Cm(6)))


def own_footer(section: Section, text: str) -> None:
    """A footer as wide as this section's page, instead of the last section's."""
    section.footer.is_linked_to_previous = False
    _write_footer(section.footer, text, text_width(section))


def turn(section: Section, orientation: WD_ORIENT) -> bool:
    """Turn the page where it lies the other way; whether it did."""
    width, height = section.page_width or A4[0], section.page_height or A4[1]
    lies = width > height
    section.orientation = orientation
    turned = lies != (orientation == WD_ORIENT.LANDSCAPE)
    if turned:
        section.page_width, section.page_height = height, width
    return turned
