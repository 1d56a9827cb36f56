"""Places as lists name them: by key, by postcode, by name in any spelling, or outside the own Kreis."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio

_KIND = re.compile(
    r"\b(gksst|gkst|kreisstadt|grosse kreisstadt|kreisfreie stadt|krfr stadt|stadt|st|markt|m|"
    r"gemeinde|gde|gem|verwaltungsgemeinschaft|vg|ortsteil|ot)\b"
)
_SHORT = ((r"\bb\b", "bei"), (r"\ba\b", "am"), (r"\ba d\b", "an der"), (r"\bi\b", "im"), (r"\bv\b", "vor"))
_WHOLE = re.compile(
    r"^(kreisweit|landkreisweit|ganzer (land)?kreis|gesamter (land)?kreis|gesamtes kreisgebiet|kreisgebiet|"
    r"alle gemeinden|im ganzen landkreis|district wide|countywide)$"
)
_DIVERSE = {"diverse", "divers", "verschiedene", "mehrere", "various", "ueberregional"}
_SEPARATORS = re.compile(r"\s*(?:;|/|\n|,|\bund\b|\bsowie\b|&|\+)\s*")
CLOSE = 80


@dataclass(frozen=True)
class Spot:
    """What a cell says of a place: own municipalities, the whole Kreis, a place outside, or nothing.

    `problem` says in German why it is none of these.
    """

    municipalities: tuple[str, ...] = ()
    whole: bool = False
    outside: str = ""
    problem: str = ""

    @property
    def empty(self) -> bool:
        return not (self.municipalities or self.whole or self.outside or self.problem)


class Gazetteer:
    """The municipalities of the own Kreis, to be found by whatever a list calls them."""

    def __init__(self, portfolio: Portfolio) -> None:
        own = portfolio.municipalities.loc[lambda rows: rows["inhabited"]]
        settings = portfolio.settings
        self.district = str(settings["district_key"] or "")
        self._district_name = str(settings["district_name"] or "Landkreis")
        self.names = dict(zip(own["ags"].tolist(), own["name"].tolist(), strict=True))
        self._by_name: dict[str, str] = {}
        self._by_postcode: dict[str, list[str]] = defaultdict(list)
        stems: dict[str, list[str]] = defaultdict(list)
        for ags, name, postcode in zip(own["ags"], own["name"], own["postcode"], strict=True):
            self._by_name[_plain_place(name)] = ags
            stems[_stem(_plain_place(name))].append(ags)
            if postcode:
                self._by_postcode[postcode].append(ags)
        for stem, keys in stems.items():
            if len(keys) == 1:
                self._by_name.setdefault(stem, keys[0])
        titles = ("Landkreis", "Lkr", "LK", "Kreis")
        self._whole = {
            plain_name(self._district_name),
            *(plain_name(f"{each} {self._town}") for each in titles),
        }
        self.by_key = lru_cache(maxsize=20_000)(self._find_key)
        self.by_postcode = lru_cache(maxsize=20_000)(self._find_postcode)
        self.by_name = lru_cache(maxsize=20_000)(self._find_name)

    @property
    def _town(self) -> str:
        return self._district_name.removeprefix("Landkreis").removeprefix("Kreis").strip()

    def _find_key(self, said: str) -> Spot:
        """By AGS of 8 digits, Kreis key of 5, or ARS of 12, each also without its leading zero."""
        digits = re.sub(r"[\s.\-]", "", said.removesuffix(".0"))
        if nothing(said):
            return Spot()
        if not digits.isdecimal() or len(digits) not in (4, 5, 7, 8, 11, 12):
            return Spot(problem=f"»{said[:30]}« ist kein Gemeindeschlüssel. Bitte acht Ziffern angeben.")
        digits = digits.zfill({4: 5, 7: 8, 11: 12}.get(len(digits), len(digits)))
        key = digits[:5] + digits[9:] if len(digits) == 12 else digits
        if key == self.district:
            return Spot(whole=True)
        if key in self.names:
            return Spot((key,))
        if key[:5] == self.district:
            return Spot(problem=f"Den Gemeindeschlüssel {key} gibt es im Landkreis nicht. Bitte prüfen.")
        return Spot(outside=f"Gemeindeschlüssel {key}")

    def _find_postcode(self, said: str) -> Spot:
        if nothing(said):
            return Spot()
        match = re.match(r"(?:D-)?(\d{4,5})\b", said.removesuffix(".0"))
        if not match:
            return Spot(problem=f"»{said[:30]}« ist keine Postleitzahl. Bitte fünf Ziffern angeben.")
        postcode = match[1].zfill(5)
        found = self._by_postcode.get(postcode, [])
        return Spot(tuple(found)) if found else Spot(outside=f"Postleitzahl {postcode}")

    def _find_name(self, said: str) -> Spot:
        if nothing(said) or plain_name(said) in _DIVERSE:
            return Spot()
        if (one := self._one(said)) is not None:
            return one
        parts = [part for part in _SEPARATORS.split(said) if part]
        if len(parts) > 1:
            found = [self._one(part) for part in parts]
            if all(spot is not None for spot in found):
                return _together([spot for spot in found if spot is not None])
        near = self._near(said)
        if near:
            return Spot(
                problem=f"Den Ort »{said[:40]}« gibt es hier nicht; gemeint »{near}«? Bitte berichtigen."
            )
        return Spot(outside=f"Ort »{said[:60]}«")

    def _one(self, said: str) -> Spot | None:
        if re.fullmatch(r"(D-)?\d{5}\s+\D.*", said):
            said = said.split(maxsplit=1)[1]
        plain = plain_name(said)
        if _WHOLE.match(plain) or plain in self._whole:
            return Spot(whole=True)
        if re.fullmatch(r"[\d.]{4,12}", said):
            return (
                self._find_key(said) if len(said) != 5 or said == self.district else self._find_postcode(said)
            )
        # »Ahorn (Landkreis Coburg)«, »Bad Rodach, St«: what stands behind says what it is, not where.
        for form in (said, re.sub(r"\([^()]*\)", "", said)):
            if key := self._by_name.get(_plain_place(form)):
                return Spot((key,))
        return None

    def _near(self, said: str) -> str:
        best = process.extractOne(
            _plain_place(said), list(self._by_name), scorer=fuzz.ratio, score_cutoff=CLOSE
        )
        return self.names[self._by_name[best[0]]] if best else ""


def _together(spots: list[Spot]) -> Spot:
    if any(spot.problem for spot in spots):
        return next(spot for spot in spots if spot.problem)
    keys = dict.fromkeys(key for spot in spots for key in spot.municipalities)
    whole = any(spot.whole for spot in spots)
    if keys or whole:
        return Spot(() if whole else tuple(keys), whole)
    return spots[0]


def _plain_place(name: str) -> str:
    plain = plain_name(re.sub(r"(?<=\w)\.(?=\w)", ". ", name))
    plain = re.sub(r"\s+", " ", _KIND.sub(" ", plain)).strip() or plain
    for short, whole in _SHORT:
        plain = re.sub(short, whole, plain)
    return plain


def _stem(plain: str) -> str:
    return re.split(r" (?:bei|am|an|im|vor|ob) ", plain)[0]
