"""Words that are looked for to be erased, however they are written."""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import parse_qsl

from steering.model.german import count
from steering.storage.problems import Invalid, Problem
from steering.storage.slugs import slug_of

FEWEST_LETTERS = 4
# Never longer than what it stands for, so that it fits wherever that did.
MARK = "[…]"
SLUG = "slug"


class SoughtWords:
    """The words, whatever their case, the blanks between them, and how their letters are composed.

    `inside`: of the texts looked at so far, the longer words of which they are a part.
    """

    def __init__(self, words: str) -> None:
        parts = normalize("NFC", words).split()
        if sum(map(len, parts)) < FEWEST_LETTERS:
            letters = count(FEWEST_LETTERS, "Zeichen", "Zeichen")
            raise Invalid(Problem(0, "", f"Bitte mindestens {letters} eingeben, sonst träfe es zu vieles."))
        self._pattern = re.compile(r"\s+".join(map(_spellings, parts)), re.IGNORECASE)
        slug = slug_of(words)
        self._slug = slug if slug != slug_of("") and len(slug) >= FEWEST_LETTERS else None
        self.inside: set[str] = set()

    def is_in_field(self, field: str, text: str) -> bool:
        """Whether a field says the words: a short name for addresses does it in its own spelling."""
        return bool(self._slug) and str(self._slug) in text if field == SLUG else self.is_in(text)

    def without_in_field(self, field: str, text: str) -> str:
        """The text of a field without the words."""
        if field != SLUG:
            return self.without(text)
        return slug_of(text.replace(self._slug, " ")) if self._slug and self._slug in text else text

    def is_in_address(self, text: str) -> bool:
        """Whether what the parameters of an address are set to says the words, in either spelling.

        What the parameters are called are words of the program.
        """
        return any(self.is_in_choice(value) for _, value in parse_qsl(text))

    def is_in_choice(self, value: str) -> bool:
        """Whether what is filtered by says the words, in either spelling."""
        return self.is_in(value) or self.is_in_field(SLUG, value)

    def is_in(self, text: str) -> bool:
        """Whether a text says the words."""
        found = [match.span() for match in self._pattern.finditer(text)]
        for start, end in found:
            first, last = start, end
            while first and text[first - 1].isalnum():
                first -= 1
            while last < len(text) and text[last].isalnum():
                last += 1
            if (first, last) != (start, end):
                self.inside.add(text[first:last])
        return bool(found)

    def without(self, text: str) -> str:
        """A text without the words."""
        return self._pattern.sub(MARK, text) if self.is_in(text) else text


def _spellings(word: str) -> str:
    """A pattern for a word: Umlauts of one sign or two, ß or ss, and with hyphens that nobody sees."""
    letters = re.findall("ss|.", re.sub("[ßẞ]", "ss", word), re.IGNORECASE)
    ways = ({"ss", "ß"} if each.lower() == "ss" else {each, normalize("NFD", each)} for each in letters)
    return "\u00ad?".join(f"(?:{'|'.join(map(re.escape, sorted(each)))})" for each in ways)
