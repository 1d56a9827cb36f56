"""Names as people write them, brought to one form so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LEGAL_FORMS = re.compile(r"\b(e ?v|g?gmbh|ggmbh|ev|eg|kdoer|kdor|ag|mbh)\b")


@lru_cache(maxsize=50_000)
def plain_name(name: str) -> str:
    """Lower case, umlauts spelt out, without marks and legal forms.

    »Caritas-Verband e. V.« becomes »caritas verband«.
    """
    spelt = unicodedata.normalize("NFC", name).casefold().translate(SPELT_OUT)
    ascii_only = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", ascii_only).strip()
    return re.sub(r"\s+", " ", _LEGAL_FORMS.sub(" ", words)).strip() or words
