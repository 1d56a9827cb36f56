"""Which of the recorded committees a calendar means, by its name, its abbreviation, and how titles are
written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio

# What stands around the name of a committee in the title of a sitting.
_KIND = (
    "nicht ?oeffentliche?r?|oeffentliche?r?|ausserordentliche|konstituierende|ordentliche|gemeinsame|sonder"
)
_STATE = "abgesagt|absage|entfaellt|faellt aus|verlegt|verschoben|neu"
_DISTRICT = r"((des|im) )?(landkreis(es)?|kreises)( [a-z]+){1,3}"
_BEFORE = re.compile(
    rf"^((die|der|das) )?((\d{{1,4}}|[ivxl]+) )?(({_KIND}) ?)*"
    r"((sitzungstermin|sondersitzung|sitzung|termin) ?)?"
    rf"((des|der|vom|von|im|am) )?(({_STATE}) )?"
)
_BEHIND = re.compile(rf"( ?(sondersitzung|sitzung|teil|{_STATE}|{_KIND}|{_DISTRICT}))+$")
_LONGEST = 300  # characters of a title in which a committee is looked for
_CUT = re.compile(r"[():|/–—]|\s-\s|,\s")


class Committees:
    """Looks up committees by what a calendar calls them."""

    def __init__(self, portfolio: Portfolio) -> None:
        rows = portfolio.committees
        self._by_name: dict[str, int] = {}
        for key, name, short in zip(rows["id"], rows["name"], rows["short_name"], strict=True):
            for form in (*_forms(name), *_forms(short)):
                self._by_name.setdefault(form, int(key))

    def known(self, title: str) -> int | None:
        """The committee of which a title is a sitting; None for one of nobody, or of another body."""
        title = title[:_LONGEST]
        if (found := self._named(plain_name(title))) is not None:
            return found
        for piece in _CUT.split(title):
            said = plain_name(piece)
            if (found := self._named(said)) is not None:
                return found
            if _bare(said) and not said.isdigit():
                return None
        return None

    def _named(self, said: str) -> int | None:
        return self._by_name.get(said, self._by_name.get(_bare(said)))


def _bare(said: str) -> str:
    """A title without what stands around the name."""
    return _BEHIND.sub("", _BEFORE.sub("", said)).strip()


def _forms(name: str) -> Iterator[str]:
    """A name as it is, in the genitive (des Kreistags, des Ausschusses), and as Kreistagssitzung."""
    plain = plain_name(name)
    if plain:
        yield from (f"{plain}{ending}" for ending in ("", "s", "es", "sitzung", "ssitzung"))
