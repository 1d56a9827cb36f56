"""The parts of WordprocessingML that python-docx has no words for: fields, bookmarks, shading, language."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from steering.analysis.document import Strong, Text
from steering.model.german import unbroken

# What XML 1.0 has no place for, even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text without what would make the file unreadable; its figures stay with their signs."""
    return unbroken(_NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def element(tag: str, **attributes: str) -> Any:
    """An element such as w:lang with its w: attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def replace(parent: Any, child: Any) -> None:
    """Put a child in, instead of one with the same tag."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    parent.append(child)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that shows a text until somebody has it updated."""
    open_field(paragraph, instruction)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: Paragraph, instruction: str, *, stale: bool = False) -> None:
    """Begin a field, up to where its shown text starts; a stale one is to be updated by Word."""
    more = {"dirty": "true"} if stale else {}
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin", **more))
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def settle_field(paragraph: Paragraph) -> None:
    """What the paragraph's first field shows is right: Word need not update it."""
    paragraph._p.find(f".//{qn('w:fldChar')}").attrib.pop(qn("w:dirty"), None)


def close_field(paragraph: Paragraph) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Give all of a paragraph a name that others can point to."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link_to(paragraph: Paragraph, name: str, begun: int) -> None:
    """Have all runs from the one at this place on lead to a bookmark."""
    link = element("w:hyperlink", anchor=name, history="1")
    for run in paragraph._p.r_lst[begun:]:
        link.append(run)
    paragraph._p.append(link)


def extend_link(paragraph: Paragraph, begun: int) -> None:
    """Have all runs from the one at this place on lead where the paragraph's link leads."""
    link = paragraph._p.find(qn("w:hyperlink"))
    for run in paragraph._p.r_lst[begun:]:
        link.append(run)


def write(paragraph: Paragraph, text: Text) -> None:
    """Add a text as runs."""
    for piece in (text,) if isinstance(text, str) else text:
        strong = isinstance(piece, Strong)
        content = clean(piece.text if isinstance(piece, Strong) else piece)
        if content:
            paragraph.add_run(content).bold = strong or None
