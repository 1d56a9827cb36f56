"""What a document says about itself: hyphenation, the version of Word it is made for, title and author."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from docx.document import Document as Word
from docx.oxml.ns import qn

from steering.analysis.document import Document
from steering.exchange.word.xml import clean, element

_WORD_2013 = "15"  # And all after it: without this, Word opens in compatibility mode.
_URI = "http://schemas.microsoft.com/office/word"
# The order in which the schema wants some of the settings; ours go before the first of the later ones.
_AFTER_HYPHENATION = (
    *("hyphenationZone", "doNotHyphenateCaps", "showEnvelope", "summaryLength", "clickAndTypeStyle"),
    *("defaultTableStyle", "evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting"),
    *(
        "drawingGridHorizontalSpacing",
        "characterSpacingControl",
        "footnotePr",
        "endnotePr",
        "compat",
        "docVars",
    ),
    *("rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
)
_LEFT_OUT = ("savePreviewPicture", "proofState", "documentProtection", "writeProtection", "mailMerge")


def prepare(word: Word, document: Document, *, ours: bool) -> None:
    """Settings and properties of the file."""
    settings = word.settings.element
    for tag in (*_LEFT_OUT, "autoHyphenation", "consecutiveHyphenLimit", "updateFields"):
        for old in settings.findall(qn(f"w:{tag}")):
            settings.remove(old)
    _insert(settings, element("w:autoHyphenation", val="true"))
    _insert(settings, element("w:consecutiveHyphenLimit", val="3"))
    if ours:
        _for_todays_word(settings)
        language = settings.find(qn("w:themeFontLang"))
        language.set(qn("w:val"), "de-DE")
        settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
        settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    _properties(word, document)


def _insert(settings: Any, made: Any) -> None:
    later = [qn(f"w:{tag}") for tag in _AFTER_HYPHENATION]
    place = next((at for at, child in enumerate(settings) if child.tag in later), len(settings))
    settings.insert(place, made)


def _for_todays_word(settings: Any) -> None:
    compatibility = settings.find(qn("w:compat"))
    for old in compatibility.findall(qn("w:useFELayout")):
        compatibility.remove(old)
    for setting in compatibility.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _properties(word: Word, document: Document) -> None:
    about, made = word.core_properties, datetime.combine(document.made_on, time())
    about.title, about.subject = clean(document.title)[:255], clean(document.subject)[:255]
    about.author = about.last_modified_by = clean(document.author)[:255]
    about.language, about.comments, about.keywords, about.category = "de-DE", "", "", ""
    about.created = about.modified = made
    about.revision = 1
