"""The file a document starts from: our own, or a Word file of the Landkreis with letterhead and styles."""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document as Word
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from lxml.etree import LxmlError

from steering.exchange.incoming_files import BROKEN_ZIP
from steering.exchange.word import outside

LARGEST_FILE, LARGEST_CONTENT, MOST_PARTS = 20_000_000, 80_000_000, 2_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_TYPES = "[Content_Types].xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# What the body of a template may point to; its text is left out, and with it all this.
_OF_THE_TEXT = {
    *("image", "hyperlink", "comments", "chart", "oleObject", "package", "aFChunk", "video", "audio"),
    *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "subDocument"),
}
_OTHER_STYLES = re.compile(
    r"(Light|Medium|Dark|Colorful) (Shading|List|Grid).*|macro|Macro Text Char|Intense .*|Subtle .*"
)


UNREADABLE = (
    "Die Word-Vorlage lässt sich nicht lesen; die Datei ist beschädigt oder kein Word-Dokument. "
    "Bitte in Word öffnen und als .docx neu speichern."
)
UNUSABLE = (
    *BROKEN_ZIP, OpcError, LxmlError, AttributeError, TypeError, AssertionError, StopIteration,
)  # fmt: skip
"""What reading and writing with a damaged file raises."""


class TemplateRefused(Exception):
    """A template that cannot be used; its text is a German sentence with the reason."""


def own() -> Word:
    """An empty document of ours, without the hundred table styles that python-docx brings along."""
    document = docx.Document()
    for style in list(document.styles):
        if style.name and _OTHER_STYLES.fullmatch(style.name):
            style.delete()
    return document


def from_template(content: bytes) -> Word:
    """An empty document with the page, headers, footers and styles of a Word file."""
    try:
        document = docx.Document(BytesIO(outside.without(_readable(content))[0]))
        _without_text(document)
        for section in document.sections:  # Headers that cannot be read are found out here.
            assert section.header is not None
    except UNUSABLE:
        raise TemplateRefused(UNREADABLE) from None
    return document


def has_picture_elsewhere(content: bytes) -> bool:
    """Whether a header or footer has a picture that does not lie in the file."""
    return outside.without(_readable(content))[1]


def _readable(content: bytes) -> bytes:
    """The file as a .docx, if it is one or a .dotx, without macros and of a bearable size."""
    if content.startswith(_OLD_WORD):
        raise TemplateRefused(
            "Die Datei ist im alten Word-Format (.doc) oder mit einem Kennwort geschützt. "
            "Bitte ohne Kennwort als .docx speichern."
        )
    if len(content) > LARGEST_FILE:
        raise TemplateRefused(f"Die Word-Vorlage ist größer als {LARGEST_FILE // 1_000_000} MB.")
    with _opened(content) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
            raise TemplateRefused(
                f"Die Word-Vorlage wird beim Auspacken größer als {LARGEST_CONTENT // 1_000_000} MB "
                "und wird deshalb nicht geöffnet."
            )
        names = {part.filename for part in parts}
        if _TYPES not in names or not any(name.startswith("word/") for name in names):
            raise TemplateRefused("Die Datei ist kein Word-Dokument. Bitte eine .docx-Datei wählen.")
        types = archive.read(_TYPES)
        if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
            raise TemplateRefused(
                "Die Word-Vorlage enthält Makros (.docm, .dotm). Bitte ohne Makros als .docx speichern."
            )
        return _as_document(archive, types) if _TEMPLATE in types else content


def _opened(content: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(content))
    except BROKEN_ZIP:
        raise TemplateRefused("Die Datei ist kein Word-Dokument. Bitte eine .docx-Datei wählen.") from None


def _as_document(archive: ZipFile, types: bytes) -> bytes:
    """A .dotx as .docx: they differ by one word."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as copy:
        for part in archive.infolist():
            content = types.replace(_TEMPLATE, _PLAIN) if part.filename == _TYPES else archive.read(part)
            copy.writestr(part.filename, content)
    return file.getvalue()


def _without_text(document: Word) -> None:
    """Leave of the body its first page setup, which has the letterhead."""
    body = document.element.body
    page = deepcopy(next(body.iter(qn("w:sectPr"))))
    for child in list(body):
        body.remove(child)
    assert isinstance(page, CT_SectPr)
    body.append(page)
    _forget(document.part.rels, _OF_THE_TEXT)
    # Word would fetch a template that lies elsewhere.
    settings = document.settings.element
    for attached in settings.findall(qn("w:attachedTemplate")):
        settings.remove(attached)
    _forget(document.part._settings_part.rels, {"attachedTemplate"})


def _forget(relations: dict, kinds: set[str]) -> None:
    for key, relation in list(relations.items()):
        if relation.reltype.removeprefix(_RELATIONS) in kinds:
            del relations[key]
