"""Words from the data inside Markdown."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=])")
# Four blanks or a tab at the beginning of a line make it code.
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_LINE_ENDS = re.compile(r"\s*\n\s*")
# A single line end is but a blank to Markdown; with two blanks before it, it stays one.
_LINE_END = re.compile(r"(?<=\S)[ \t]*\r?\n(?=[ \t]*\S)")
# What is looked for once the marks have been read, so that no backslash helps: links without a mark, pictures
# and signs of Streamlit's own. A character without width in their midst does.
_READ_LATER = re.compile(
    r"(?<=:)(?=//|material/|streamlit:)|(?<=www)(?=\.)|(?=@)|(?<=-)(?=[->])|(?<=[<>~])(?==)|(?<=<)(?=-)",
    re.IGNORECASE,
)
APART = "\N{WORD JOINER}"
_EXPLANATION = re.compile(r"\s*\([^()]*\)$")


# A page says the same names again with every run.
@lru_cache(maxsize=16_384)
def plain(words: str) -> str:
    """The words as they are, line by line, with each character escaped that Markdown would read as a mark."""
    lines = _LINE_END.sub("  \n", _INDENT.sub(" ", words))
    return _SPECIAL.sub(r"\\\1", _READ_LATER.sub(APART, lines))


def bold(words: str) -> str:
    """The words in bold, on one line."""
    return f"**{plain(_LINE_ENDS.sub(' ', words))}**"


def short_names(names: Sequence[str]) -> list[str]:
    """Names without the explanation in brackets at their ends, unless it alone tells two of them apart."""
    short = [_EXPLANATION.sub("", name) or name for name in names]
    named_so = Counter(one for one, _ in set(zip(short, names, strict=True)))
    return [one if named_so[one] == 1 else name for one, name in zip(short, names, strict=True)]
