"""Words from the data inside Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")


def plain(words: str) -> str:
    """The words as they are, with every character escaped that Markdown would read as a mark."""
    return _SPECIAL.sub(r"\\\1", words)


def bold(words: str) -> str:
    """The words in bold."""
    return f"**{plain(words)}**"


def short_name(name: str) -> str:
    """A name without the explanation in brackets at its end, for sentences."""
    return re.sub(r"\s*\([^()]*\)$", "", name) or name
