"""Documents for Word: a description from `analysis.document` becomes a .docx that Word and LibreOffice open.

    content = word.write(document)
    content = word.write(document, pictures={"karte": png}, template=letterhead)

`pictures` are PNGs by the names that the document's figures have. `template` is a Word file (.docx, .dotx) of
the Landkreis: its page, headers, footers and styles are used, styles it lacks are added, and its text and
whatever lies elsewhere are left out. One that cannot be used raises `TemplateRefused` with a German sentence
that says why; `check_template` does so before there is a document, and says what is left out. `pdf.convert`
makes a PDF of the result where LibreOffice is installed.

Any text does: what XML cannot hold (control characters) is left out. Page numbers, captions and the table of
contents are fields, and already filled in as far as one can without laying the pages out; `write_numbered`
has LibreOffice lay them out, so that the table of contents shows page numbers too.
"""

from steering.exchange.word.templates import LARGEST_FILE as LARGEST_TEMPLATE
from steering.exchange.word.templates import TemplateRefused
from steering.exchange.word.trying import check_template
from steering.exchange.word.writer import DOCX, write, write_numbered

__all__ = ["DOCX", "LARGEST_TEMPLATE", "TemplateRefused", "check_template", "write", "write_numbered"]
