"""A written document read again."""

from io import BytesIO
from struct import pack
from zlib import compress, crc32

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


def read(content: bytes) -> Word:
    return docx.Document(BytesIO(content))


def texts(word: Word, style: str = "") -> list[str]:
    """The paragraphs that say something, those of one style where it is named; a blank is a blank."""
    found = [each for each in word.paragraphs if each.text.strip()]
    chosen = (each.text for each in found if not style or (each.style and each.style.name == style))
    return [words.replace("\N{NO-BREAK SPACE}", " ") for words in chosen]


def cells(word: Word, table: int) -> list[list[str]]:
    return [[words.replace("\N{NO-BREAK SPACE}", " ") for words in row] for row in raw_cells(word, table)]


def raw_cells(word: Word, table: int) -> list[list[str]]:
    """The same with the blanks at which a line does not break."""
    return [[cell.text for cell in row.cells] for row in word.tables[table].rows]


def fields(part: BaseOxmlElement) -> list[str]:
    return [(code.text or "").strip() for code in part.iter(qn("w:instrText"))]


def png(width: int = 4, height: int = 3) -> bytes:
    rows = b"".join(b"\0" + b"\x80\xb0\xe0" * width for _ in range(height))
    parts = (
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", compress(rows)),
        (b"IEND", b""),
    )
    chunks = [pack(">I", len(body)) + kind + body + pack(">I", crc32(kind + body)) for kind, body in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
