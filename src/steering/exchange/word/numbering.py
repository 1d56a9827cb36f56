"""Lists that Word numbers itself, each from the start; a template may have no numbering of its own."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.text.paragraph import Paragraph

from steering.exchange.word.xml import element

_LEVEL = """
<w:abstractNum {namespace} w:abstractNumId="{number}">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0">
    <w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>
    <w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr>
  </w:lvl>
</w:abstractNum>"""
_BULLET, _DECIMAL = ("bullet", "•", 357), ("decimal", "%1.", 425)


class WordLists:
    """The lists of one document."""

    def __init__(self, word: Word) -> None:
        self._root = _numbering(word)
        taken = [int(each.get(qn("w:abstractNumId"))) for each in self._root.findall(qn("w:abstractNum"))]
        first = max(taken, default=0) + 1
        self._kinds = {False: first, True: first + 1}
        for number, (form, text, indent) in zip(self._kinds.values(), (_BULLET, _DECIMAL), strict=True):
            made = parse_xml(
                _LEVEL.format(namespace=nsdecls("w"), number=number, format=form, text=text, indent=indent)
            )
            place = next((at for at, each in enumerate(self._root) if each.tag == qn("w:num")), None)
            self._root.insert(len(self._root) if place is None else place, made)

    def begin(self, *, numbered: bool) -> int:
        """A new list, which counts from 1."""
        taken = [int(each.get(qn("w:numId"))) for each in self._root.findall(qn("w:num"))]
        number = max(taken, default=0) + 1
        made = element("w:num", numId=str(number))
        made.append(element("w:abstractNumId", val=str(self._kinds[numbered])))
        if numbered:
            override = element("w:lvlOverride", ilvl="0")
            override.append(element("w:startOverride", val="1"))
            made.append(override)
        last = max((at for at, each in enumerate(self._root) if each.tag == qn("w:num")), default=None)
        self._root.insert(len(self._root) if last is None else last + 1, made)
        return number

    @staticmethod
    def join(paragraph: Paragraph, number: int) -> None:
        """Make a paragraph an entry of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def _numbering(word: Word) -> Any:
    part = word.part
    try:
        return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name = PackURI("/word/numbering.xml")
        made = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return root
