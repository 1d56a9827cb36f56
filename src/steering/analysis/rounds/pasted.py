"""What a mail that was pasted in proposes for a round: its points, and every line that is none.

A point begins with a number, a bullet or »TOP:«; what follows without a blank line, or stands further in,
belongs to it. Quoted mail, headers, salutation and signature are no points. A line that may be said within a
mail as well (»VG Grub …«, »Von: …«) ends it only in the place and company of a farewell or a header. Nothing
is dropped: each line that is not empty is in a point or among those left out, with why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from steering.model import texts
from steering.model.base import NAME_LENGTH
from steering.model.german import count

MOST_LINES, MOST_POINTS = 200, 30
# As long as a wish's reason may be.
_LONGEST = 2_000
UNREAD = "nicht als Punkt erkannt"
_QUOTED, _SIGNATURE, _HEADER, _GREETING = "Zitat", "Gruß und Signatur", "Kopfzeile", "Anrede"

_POINT = re.compile(
    r"(?:TOP\s*\d{0,3}\s*[:.)–-]\s*|TOP\s*\d{0,3}\s+|Thema\s*\d{0,2}\s*:\s*|\(?\d{1,2}[.)]\s+|[-–—*•·+]\s+)(\S.*)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:Von|An|Cc|Bcc|Gesendet|Datum|Betreff|Antwort an|From|To|Sent|Date|Subject):", re.IGNORECASE
)
_ORIGINAL = re.compile(r"(?:-{2,}\s*(?:Urspr|Original|Weitergeleitet|Forwarded).*|_{8,})", re.IGNORECASE)
_WROTE = re.compile(r"(?:Am|On)\b.*\d.*\b(?:schrieb|wrote)\b.*", re.IGNORECASE)
_SENDER = re.compile(r"(?:Von|From):", re.IGNORECASE)
_FAREWELL = re.compile(
    r"(?:(?:mit\s+)?(?:freundliche|beste|viele|schöne|herzliche|liebe|kollegiale|sonnige)[nr]?\s+gr[uü](?:ß|ss)"
    r"|gr[uü](?:ß|ss)e?n?\s*[,.!]?$|--$)",
    re.IGNORECASE,
)
_SHORT_FAREWELL = re.compile(
    r"(?:mfg|vg|lg)(?:\s*[,.!])?(?:\s+[^\W\d_][\w-]*\.?){0,2}\s*[,.!]?", re.IGNORECASE
)
_SALUTATION = re.compile(
    r"(?:sehr geehrte|liebe[rs]?\b|hallo\b|guten (?:tag|morgen)|grüß gott|servus\b|moin\b)", re.IGNORECASE
)
_WHY = re.compile(r"(?:Warum|Grund|Begründung|Anlass)\s*:\s*(.*)", re.IGNORECASE)
_WANTED = re.compile(r"(?:Ziel|(?:gewünschtes )?Ergebnis|Erwartung)\s*:\s*(.*)", re.IGNORECASE)
_MINUTES = re.compile(r"\b(\d{1,3})\s*(?:min\b|minuten?\b)", re.IGNORECASE)
_ANGLES = str.maketrans("<>", "‹›")


class PasteRefused(ValueError):
    """A text that is no mail with points, in a German sentence."""


@dataclass(frozen=True)
class PastedPoint:
    """A point that a mail proposes; `lines`: which lines of the text say it, the first being 1."""

    name: str
    reason: str
    wanted: str
    minutes: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LeftOut:
    """A line that is no part of a point, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Pasted:
    """What a text proposes, and what of it does not."""

    points: tuple[PastedPoint, ...]
    left_out: tuple[LeftOut, ...]


def read(text: str) -> Pasted:
    """The points of a mail. Raises PasteRefused where it is too long to be looked through."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise PasteRefused(
            f"Der Text hat {len(lines)} Zeilen; eingefügt werden können höchstens {MOST_LINES}. "
            "Bitte nur den Teil mit den Vorschlägen einfügen."
        )
    reading = _Reading(_quotes(lines))
    for number, line in enumerate(lines, start=1):
        reading.take(number, line)
    if len(reading.points) > MOST_POINTS:
        raise PasteRefused(
            f"In dem Text stehen {count(len(reading.points), 'Punkt', 'Punkte')}; auf einmal lassen sich "
            f"höchstens {MOST_POINTS} eintragen. Bitte den Text in Teilen einfügen."
        )
    return Pasted(tuple(each.done() for each in reading.points), tuple(reading.left_out))


def _quotes(lines: list[str]) -> frozenset[int]:
    """At which lines another mail may begin: several lines of a header, or who wrote when."""
    said = [" ".join(line.split()) for line in lines]
    return frozenset(
        number
        for number, (text, after) in enumerate(zip(said, [*said[1:], ""], strict=False), start=1)
        if (_SENDER.match(text) and _HEAD.match(after))
        or (_WROTE.fullmatch(text) and (text.endswith(":") or after.endswith(">:")))
    )


def as_point(line: LeftOut) -> PastedPoint:
    """A line that was left out, as a point after all."""
    return _Draft(line.line, 0, line.text).done()


@dataclass
class _Draft:
    """A point that is being read."""

    line: int
    indent: int
    title: str
    reason: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def holds(self, text: str) -> bool:
        """Whether it takes a further line."""
        return len("\n".join([self.title, *self.reason, *self.wanted, text])) <= _LONGEST

    def add(self, line: int, text: str) -> None:
        if said := _WANTED.fullmatch(text):
            self.wanted.append(said[1] or text)
        elif said := _WHY.fullmatch(text):
            self.reason.append(said[1] or text)
        else:
            self.reason.append(text)
        self.lines.append(line)

    def done(self) -> PastedPoint:
        name, reason = self.title.translate(_ANGLES), self.reason
        if len(name) > NAME_LENGTH:
            name, reason = f"{name[: NAME_LENGTH - 1].rstrip()}…", [self.title, *reason]
        takes = _MINUTES.search("\n".join([self.title, *self.reason]))
        minutes = int(takes[1]) if takes and 1 <= int(takes[1]) <= 480 else None
        lines = (self.line, *self.lines)
        return PastedPoint(name, "\n".join(reason), "\n".join(self.wanted), minutes, lines)


class _Reading:
    """A mail while it is read line by line."""

    def __init__(self, quotes: frozenset[int]) -> None:
        self._quotes = quotes
        self.points: list[_Draft] = []
        self.left_out: list[LeftOut] = []
        self._open: _Draft | None = None
        # Why nothing that follows is a point, once that is so; and whether the mail itself has begun.
        self._over = ""
        self._begun = False
        self._after_blank = True

    def take(self, number: int, line: str) -> None:
        text = " ".join(line.split())
        if not text:
            self._open = None
            self._after_blank = True
            return
        indent = len(line) - len(line.lstrip())
        if why := self._no_point(number, text):
            self._leave(number, text, why)
        elif self._open and (indent > self._open.indent or not _POINT.fullmatch(text)):
            self._go_on(number, text)
        elif found := _POINT.fullmatch(text):
            self._begin(number, indent, found[1])
        else:
            self._leave(number, text, UNREAD)
        self._after_blank = False

    def _no_point(self, number: int, text: str) -> str:
        """Why a line is certainly none, by itself or by what came before; "" where it may be one."""
        if not self._over and (_ORIGINAL.fullmatch(text) or (self._begun and number in self._quotes)):
            self._over = _QUOTED
        short = self._after_blank and _SHORT_FAREWELL.fullmatch(text)
        if not self._over and (short or _FAREWELL.match(text)):
            self._over = _SIGNATURE
        if text.startswith(">"):
            return _QUOTED
        if self._over:
            return self._over
        if not self._begun and _HEAD.match(text):
            return _HEADER
        self._begun = True
        if not texts.is_possible(text):
            return "enthält Steuerzeichen"
        return _GREETING if not self._open and _SALUTATION.match(text) else ""

    def _begin(self, number: int, indent: int, title: str) -> None:
        if len(title) > _LONGEST:
            self._leave(number, title, "zu lang für einen Punkt")
            return
        self._open = _Draft(number, indent, title)
        self.points.append(self._open)

    def _go_on(self, number: int, text: str) -> None:
        assert self._open is not None
        if self._open.holds(text):
            self._open.add(number, text)
        else:
            self._leave(number, text, "zu lang für eine Begründung")

    def _leave(self, number: int, text: str, why: str) -> None:
        self.left_out.append(LeftOut(number, text, why))
