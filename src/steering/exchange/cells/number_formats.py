"""What the styles of a workbook make of its cells: percent, a month or year alone, a unit, struck out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from steering.analysis.incoming.cells import Percent

_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?font>)", re.S)
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval\s*=\s*[\"'](?:0|false)[\"'])[^>]*>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.S)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b[^>]*>(.*?)</(?:\w+:)?fonts>", re.S)
# Excel's own numbers for formats: percent, and month with year.
_PERCENT, _MONTH = (9, 10), (17,)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_UNIT = re.compile(r"T\s?€|TEUR|T€|Tsd|Tausend|Mio|Mrd|DM\b|USD|\$|CHF|£|GBP|PLN|Kč|Std|Stunden|h/|%", re.I)


@dataclass(frozen=True)
class ShownAs:
    """How a style shows a value: in percent, as month and year ("my"), as year ("y"), with a unit behind."""

    percent: bool = False
    period: str = ""
    unit: str = ""
    struck: bool = False

    @property
    def matters(self) -> bool:
        return self.percent or bool(self.period or self.unit)

    def value(self, cell: Any) -> Any:
        """The cell as somebody sees it, where the bare value says something else."""
        if isinstance(cell, bool):
            return cell
        if isinstance(cell, date) and self.period:
            return f"{cell.year}" if self.period == "y" else f"{cell.month:02}/{cell.year}"
        if not isinstance(cell, (int, float)):
            return cell
        if self.percent:
            return Percent(cell)
        return f"{_in_words(cell)} {self.unit}" if self.unit else cell


@dataclass(frozen=True)
class Styles:
    """The styles of a workbook that matter, by their number as cells name it."""

    shown: Mapping[bytes, ShownAs] = field(default_factory=dict)


def styles_of(content: bytes) -> Styles:
    """The styles in a workbook's `styles.xml`."""
    cells = _CELL_STYLES.search(content)
    if cells is None:
        return Styles()
    fonts = _FONTS.search(content)
    struck = [bool(_STRIKE.search(found[1] or b"")) for found in _FONT.finditer(fonts[1])] if fonts else []
    formats = {number: ShownAs(percent=True) for number in _PERCENT}
    formats |= {number: ShownAs(period="my") for number in _MONTH}
    for tag in _FORMAT.findall(content):
        number, code = _number(tag, "numFmtId"), _text(tag, "formatCode")
        if number is not None:
            formats[number] = shown_by(code)
    found = {}
    for at, tag in enumerate(_STYLE.findall(cells[1])):
        style = formats.get(_number(tag, "numFmtId") or 0, ShownAs())
        font = _number(tag, "fontId") or 0
        if font < len(struck) and struck[font]:
            style = ShownAs(style.percent, style.period, style.unit, struck=True)
        if style.matters or style.struck:
            found[str(at).encode()] = style
    return Styles(found)


def shown_by(code: str) -> ShownAs:
    """What a format code shows; an ordinary one shows the value itself."""
    positive = code.split(";")[0]
    said = "".join(first or second for first, second in _LITERAL.findall(positive))
    said += "".join(_CURRENCY.findall(positive))
    bare = re.sub(r"\[[^\]]*\]", "", _LITERAL.sub("", positive)).casefold()
    if "%" in bare:
        return ShownAs(percent=True)
    if re.search(r"[ymj]", bare) and not re.search(r"[dht0#s?]|general|standard|am/pm", bare):
        return ShownAs(period="my" if "m" in bare else "y")
    # A comma behind the digits shows thousands of what the cell holds: its value is whole already.
    if _UNIT.search(said) and re.search(r"[0#?]", bare) and not re.search(r"[0#?],+(?![0#?])", bare):
        return ShownAs(unit=" ".join(said.split()))
    return ShownAs()


def _in_words(number: float) -> str:
    said = f"{number:.15g}".replace(".", ",")
    # Three digits behind a mark could be thousands to whoever reads the words.
    return f"{said}0" if re.search(r"\D\d{3}$", said) else said


def _number(tag: bytes, name: str) -> int | None:
    found = re.search(rf"\b{name}\s*=\s*[\"'](\d+)[\"']".encode(), tag)
    return int(found[1]) if found else None


def _text(tag: bytes, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*([\"'])(.*?)\1".encode(), tag)
    return unescape(found[2].decode("utf-8", "replace")) if found else ""
