"""Which characters a text may hold: what is refused, what is taken out, what stays.

Refused is what no text means and what programs stumble over: control characters apart from tabs and line
breaks, halves of characters (surrogates) and code points that Unicode has set aside as no characters. Taken
out is what nobody sees but what changes how a text reads, sorts or compares: marks of the direction of
writing and spaces without width. The joiners U+200C and U+200D stay between letters of the scripts that need
them (Persian, Indic ones) and within emoji.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_NO_CHARACTER = r"\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_IMPOSSIBLE = re.compile(f"[{_CONTROL}{_NO_CHARACTER}]")
_UNSEEN = re.compile("[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_LINE_ENDS = re.compile("[\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_LAST_LATIN = 0x24F


def is_possible(text: str) -> bool:
    """Whether there is nothing in a text that none may hold."""
    # What is printable holds neither what is refused nor what is taken out; asking so is quick.
    return text.isprintable() or not _IMPOSSIBLE.search(text)


def possible(text: str) -> str:
    """The text with a sign of something missing (U+FFFD) for each character that none may hold."""
    return _IMPOSSIBLE.sub("\ufffd", text)


def seen(text: str) -> str:
    """The text without what nobody sees; line breaks in one form of theirs."""
    if text.isprintable() or text.isascii():
        return text
    return _LINE_ENDS.sub("\n", _UNSEEN.sub(_joiner, text))


def has_unseen(text: object) -> bool:
    """Whether `seen` would take something out."""
    return isinstance(text, str) and not text.isprintable() and seen(text) != _LINE_ENDS.sub("\n", text)


def _joiner(found: re.Match[str]) -> str:
    text, place = found.string, found.start()
    around = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    return found[0] if found[0] in _JOINERS and all(map(_joins, around)) else ""


def _joins(neighbour: str) -> bool:
    """Whether this is a letter, mark or picture of a script whose characters are joined."""
    return (
        bool(neighbour)
        and ord(neighbour) > _LAST_LATIN
        and unicodedata.category(neighbour)[0] in ("L", "M", "S")
    )
