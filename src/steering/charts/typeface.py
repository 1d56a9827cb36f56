"""How wide a text is in Source Sans, the typeface Streamlit brings along.

Labels have to be placed before a browser measures them. The figures are the advance widths
of the regular weight in thousandths of the font size, measured in Chromium.
"""

from __future__ import annotations

_WIDTHS: dict[int, str] = {
    200: " ",
    241: "|",
    246: "i",
    247: "j",
    249: "',.:;·’",
    255: "l",
    263: "I",
    289: "!",
    292: "f",
    303: "()[]{}",
    311: "-",
    338: "t",
    347: "r",
    350: "/\\",
    367: "²",
    418: "*",
    419: "s",
    425: "?z",
    426: '"„“',
    446: "x",
    456: "c",
    467: "vy",
    476: "Y",
    479: "J",
    480: "–",
    486: "L",
    494: "F",
    495: "k",
    496: "eé",
    497: "#$+0123456789<=>^~€§−×",
    500: "_",
    504: "agä",
    513: "X",
    515: "V",
    527: "E",
    534: "S",
    536: "T",
    539: "Z",
    542: "`oö",
    543: "A",
    544: "huüÄ",
    547: "n",
    553: "b",
    555: "dpq",
    566: "P",
    569: "R",
    571: "C",
    576: "ß",
    579: "K",
    588: "B",
    602: "✕",
    609: "&",
    615: "D",
    617: "G",
    645: "UÜ",
    647: "N",
    652: "H",
    664: "OQÖ",
    719: "w",
    727: "M",
    782: "∞",
    786: "W",
    800: "—",
    824: "%",
    829: "m",
    847: "@",
    948: "…",
}
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_UNKNOWN_CHARACTER = 600
_BOLD = 1.04


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text in pixels at a font size in pixels."""
    thousandths = sum(_WIDTH_OF.get(character, _UNKNOWN_CHARACTER) for character in text)
    return thousandths / 1000 * size * (_BOLD if bold else 1.0)
