"""Places as lists name them: by key, by postcode, by name in any spelling, or outside the own Kreis."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.lists.whole_district import WholeDistrict
from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio

_KIND = re.compile(
    r"\b(gksst|gkst|kreisstadt|grosse kreisstadt|kreisfreie stadt|krfr stadt|stadt|st|markt|m|"
    r"gemeinde|gde|gem|ortsteil|ot)\b"
)
_UNION = re.compile(r"\b(vg|vgem|v g|verw(altungs)? ?gem(einsch(aft)?)?)\b")
_SHORT = ((r"\bb\b", "bei"), (r"\ba\b", "am"), (r"\ba d\b", "an der"), (r"\bi\b", "im"), (r"\bv\b", "vor"))
_DIVERSE = {"diverse", "divers", "verschiedene", "mehrere", "various", "ueberregional"}
_SEPARATORS = re.compile(r"\s*(?:;|/|\n|,|\bund\b|\bsowie\b|&|\+)\s*")
_AROUND = re.compile(
    r"(naehere |weitere )?(umgebung|umland|umkreis|umliegende (orte|gemeinden)|nachbargemeinden|u a|ua|etc)"
)
_EXCEPT = re.compile(r"\b(ausser|ausgenommen|ohne|nicht|except)\b")
_ADDRESS = re.compile(r"(?:^|[\s,;(])(?:D-)?(\d{5})\s+([^\d,;()]+)")
_STREET = re.compile(r"[^\W\d][^\d]{2,} \d{1,3}\s?[a-z]?")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 200
CLOSE = 80


@dataclass(frozen=True)
class Spot:
    """What a cell says of a place: own municipalities, the whole Kreis, a place outside, or nothing.

    `problem` says in German why it is none of these, `note` how it was understood.
    """

    municipalities: tuple[str, ...] = ()
    whole: bool = False
    outside: str = ""
    problem: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        return not (self.municipalities or self.whole or self.outside or self.problem)


class Gazetteer:
    """The municipalities of the own Kreis, to be found by whatever a list calls them."""

    def __init__(self, portfolio: Portfolio) -> None:
        own = portfolio.municipalities.loc[lambda rows: rows["inhabited"]]
        settings = portfolio.settings
        self.district = str(settings["district_key"] or "")
        self._whole = WholeDistrict(str(settings["district_name"] or "Landkreis"))
        self.names = dict(zip(own["ags"].tolist(), own["name"].tolist(), strict=True))
        self._by_name: dict[str, str] = {}
        self._by_postcode: dict[str, list[str]] = defaultdict(list)
        self._postcodes: dict[str, str] = {}
        stems: dict[str, list[str]] = defaultdict(list)
        for ags, name, postcode in zip(own["ags"], own["name"], own["postcode"], strict=True):
            self._by_name[_plain_place(name)] = ags
            stems[_stem(_plain_place(name))].append(ags)
            if postcode:
                self._by_postcode[postcode].append(ags)
                self._postcodes[ags] = postcode
        for stem, keys in stems.items():
            if len(keys) == 1:
                self._by_name.setdefault(stem, keys[0])
        self.by_key = lru_cache(maxsize=20_000)(self._find_key)
        self.by_postcode = lru_cache(maxsize=20_000)(self._find_postcode)
        self.by_name = lru_cache(maxsize=20_000)(self._find_name)
        self.by_district = lru_cache(maxsize=20_000)(self._find_district)

    def own(self, said: str) -> bool:
        """Whether a text names something of the own Kreis."""
        spot = self.by_name(said)
        return bool(spot.municipalities) or spot.whole

    def elsewhere(self, spot: Spot, postcode: str, name: str) -> Spot | None:
        """The place outside that a postcode makes of a municipality, called `name`; None where it fits.

        A municipality may have further postcodes, which begin alike: 97953 Ahorn is another Ahorn.
        """
        match = re.match(r"(?:D-)?(\d{4,5})\b", postcode.removesuffix(".0"))
        if not match or not spot.municipalities:
            return None
        code = match[1].zfill(5)
        if code in self._by_postcode:
            return None
        known = [self._postcodes[ags] for ags in spot.municipalities if ags in self._postcodes]
        if not known or any(code[:3] == each[:3] for each in known):
            return None
        return Spot(outside=f"Ort »{code} {name[:60]}«", note="Das ist ein anderer Ort dieses Namens.")

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

    def _find_district(self, said: str) -> Spot:
        """What a column of Landkreise says: the own one, or another."""
        if nothing(said):
            return Spot()
        if said.replace(" ", "").isdecimal():
            return self._find_key(said)
        whole = self._whole.is_town(said) or self._whole.meant(said)
        return Spot(whole=True) if whole else Spot(outside=f"Landkreis »{said[:60]}«")

    def _find_name(self, said: str) -> Spot:
        if nothing(said) or plain_name(said) in _DIVERSE:
            return Spot()
        if len(said) > _LONGEST:
            return Spot(problem=f"»{said[:40]}…« ist zu lang für einen Ort. Bitte die Gemeinde angeben.")
        if (one := self._one(said)) is not None:
            return one
        if (together := self._several(said)) is not None:
            return together
        if near := self._near(said):
            return Spot(
                problem=f"Den Ort »{said[:40]}« gibt es hier nicht; gemeint »{near}«? Bitte berichtigen."
            )
        if inside := self._named_within(said):
            return Spot(
                problem=f"»{said[:60]}« nennt {inside}, aber noch anderes. Bitte nur die Gemeinden angeben."
            )
        return Spot(outside=f"Ort »{said[:60]}«")

    def _several(self, said: str) -> Spot | None:
        """Several places in one cell, or places and their surroundings; None where a part is unknown."""
        parts = [part for part in _SEPARATORS.split(said) if part]
        if len(parts) < 2 or _EXCEPT.search(plain_name(said)):
            return None
        around = [part for part in parts if _AROUND.fullmatch(plain_name(part))]
        beside = {*around, *(part for part in parts if _STREET.fullmatch(part))}
        found = [self._one(part) for part in parts if part not in beside]
        if not found or any(spot is None for spot in found):
            return None
        spot = _together([spot for spot in found if spot is not None])
        return replace(spot, note=f"»{around[0]}« bleibt offen.") if around and not spot.outside else spot

    def _one(self, said: str) -> Spot | None:
        if re.fullmatch(r"[\d.]{4,12}", said):
            return (
                self._find_key(said) if len(said) != 5 or said == self.district else self._find_postcode(said)
            )
        if union := self._union(said):
            return union
        if whole := self._whole.meant(said):
            return Spot(whole=True, note=whole.note) if whole.sure else Spot(problem=whole.note)
        if address := _ADDRESS.search(said):
            return self._with_postcode(address[2].strip(), address[1], said)
        # »Ahorn (Landkreis Coburg)«, »Bad Rodach, St«: what stands behind says what it is, not where.
        for form in (said, _BRACKETS.sub(" ", said)):
            if key := self._by_name.get(_plain_place(form)):
                return self._unless_elsewhere(said, key)
        return None

    def _union(self, said: str) -> Spot | None:
        """A Verwaltungsgemeinschaft called like one of its municipalities; what it says is of all of them."""
        for form in (said, _BRACKETS.sub(" ", said)):
            plain = re.sub(r"\b\d{5}\b", " ", plain_name(re.sub(r"(?<=\w)\.(?=\w)", ". ", form)))
            name = _UNION.sub(" ", plain)
            if name != plain and _plain_place(name) in self._by_name:
                reason = f"»{said[:60]}« ist eine Verwaltungsgemeinschaft. Bitte je Gemeinde angeben."
                return Spot(problem=reason)
        return None

    def _unless_elsewhere(self, said: str, key: str) -> Spot:
        """The municipality, unless brackets behind it say that another of that name is meant."""
        behind = re.search(r"\(([^()]*)\)", said)
        if behind and _names_a_district(behind[1]) and not self._whole.meant(behind[1]):
            return Spot(outside=f"Ort »{said[:60]}«")
        return Spot((key,))

    def _with_postcode(self, name: str, postcode: str, said: str) -> Spot | None:
        """A place behind its postcode, as in an address."""
        by_code = self._find_postcode(postcode)
        key = self._by_name.get(_plain_place(name))
        if key is None:
            return Spot(outside=f"Ort »{said[:60]}«") if by_code.outside else by_code
        return self.elsewhere(Spot((key,)), postcode, name) or Spot((key,))

    def _named_within(self, said: str) -> str:
        """The own municipality whose whole name stands somewhere in a text, or that it names exceptions."""
        plain = f" {plain_name(said)} "
        if _EXCEPT.search(plain) and re.search(r"\b(alle|kreis\w*|landkreis\w*)\b", plain):
            return "Ausnahmen"
        return next((f"»{name}«" for name in self.names.values() if f" {_plain_place(name)} " in plain), "")

    def _near(self, said: str) -> str:
        best = process.extractOne(
            _plain_place(said), list(self._by_name), scorer=fuzz.ratio, score_cutoff=CLOSE
        )
        return self.names[self._by_name[best[0]]] if best else ""


def _names_a_district(said: str) -> bool:
    return bool(re.search(r"\b(landkreis|lkr|lk|kreis)\b|kreis\b", plain_name(said)))


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
