"""What the headings of such lists say: place, day, what is counted, in what, and by which variant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from steering.analysis.incoming.names import plain_name
from steering.exchange.genesis.recording import SHARES
from steering.model import ForecastVariant


class ColumnPart(StrEnum):
    """What a column says of each of its rows, beside values."""

    AGS = "ags"
    PLACE = "place"
    DISTRICT = "district"
    DAY = "day"
    INDICATOR = "indicator"
    UNIT = "unit"
    VARIANT = "variant"
    SOURCE = "source"


_PARTS: Mapping[ColumnPart, str] = {
    ColumnPart.AGS: (
        "ags|gemeindeschluessel|amtlicher gemeindeschluessel|amtlicher gemeindeschluessel ags|gkz|schluessel|"
        "gemeindekennziffer|ars|regionalschluessel|kennziffer|gemeindenummer|gebietsschluessel|regionalcode|"
        "gemeindeschluessel ags|schluesselnummer|municipality code"
    ),
    ColumnPart.PLACE: (
        "gemeinde|kommune|gemeinden|kommunen|gemeindename|name der gemeinde|stadt gemeinde|gemeinde stadt|"
        "ort|gebiet|gebietseinheit|raumeinheit|verwaltungseinheit|municipality|region|gebietsname|name|"
        "gemeinde name|kommunenname|stadt markt gemeinde|gemeinde ort"
    ),
    ColumnPart.DISTRICT: "landkreis|kreis|lkr|landkreis kreisfreie stadt|kreis kreisfreie stadt",
    ColumnPart.DAY: (
        "stand|stichtag|datum|jahr|zeit|zeitpunkt|berichtsjahr|berichtszeitpunkt|tag|date|year|zeitbezug|"
        "gueltig am|schuljahr|monat|berichtsmonat|stand am|prognosejahr|zieljahr"
    ),
    ColumnPart.INDICATOR: "kennzahl|indikator|merkmal|indicator|kennzahlen|indikatoren|was|gezaehlt wird",
    ColumnPart.UNIT: "einheit|masseinheit|unit|mass",
    ColumnPart.VARIANT: "variante|prognosevariante|szenario|variant|annahme|art des wertes",
    ColumnPart.SOURCE: "quelle|datenquelle|source|quelle der prognose|herkunft",
}
_BY_WORD = {word: part for part, words in _PARTS.items() for word in words.split("|")}
_VALUES: Mapping[str, str] = {
    "wert": "", "werte": "", "messwert": "", "value": "", "zahl": "", "anzahl": "", "bestand": "",
    "personen": "Personen", "anzahl personen": "Personen", "anzahl der personen": "Personen",
    "prozent": "Prozent", "wert in prozent": "Prozent", "anteil": "Prozent", "prognose": "",
    "prognosewert": "", "prognostizierter wert": "", "vorausberechnung": "", "erwartet": "",
}  # fmt: skip
_VARIANTS: Mapping[ForecastVariant, str] = {
    ForecastVariant.LOW: "niedrig|niedrige|niedriger|untere|unterer|low|minimum|min",
    ForecastVariant.MIDDLE: "mittel|mittlere|mittlerer|middle|medium|basis|moderat|moderate",
    ForecastVariant.HIGH: "hoch|hohe|hoher|obere|oberer|high|maximum|max",
}
_VARIANT_WORDS = {word: variant for variant, words in _VARIANTS.items() for word in words.split("|")}
_BESIDE = {"variante", "prognose", "prognosevariante", "szenario", "entwicklung", "wanderung", "zuwanderung"}
_COUNTED = {"", "ist", "erhoben", "istwert", "ist wert", "bestand", "gezaehlt", "recorded", "keine"}
_FORECAST = re.compile(r"prognose|vorausberechn|vorausschätz|projektion|forecast", re.I)
_DAY = re.compile(
    r"(?<![\d.,/-])(\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d/(?:\d\d){1,2}|"
    r"(?:19|20)\d\d)(?![\d.,/-])"
)
_AROUND_DAY = re.compile(r"\b(stand|zum|am|jahr|im|ende|stichtag)\b[:.]?", re.I)
_IN_UNIT = re.compile(
    r"[(\[]\s*(?:in\s+)?([^()\[\]]{1,40})[)\]]\s*$|\bin\s+(%|Prozent|Personen|v\.\s?H\.)\s*$", re.I
)
_NO_FIGURES = re.compile(
    r"(lfd )?nr|id|rang|platz|plz|postleitzahl|laenge|breite|lat|lon|bemerkung\w*|anmerkung\w*|hinweis\w*|"
    r"bundesland|land|regierungsbezirk|typ|demographietyp"
)


@dataclass(frozen=True)
class ValueHeading:
    """What the heading above values says: what is counted, in what, of which day, and by which variant.

    "" and None: it does not say. `forecast`: whether it speaks of one.
    """

    indicator: str = ""
    unit: str = ""
    day: str = ""
    variant: ForecastVariant | None = None
    forecast: bool = False

    @property
    def speaks(self) -> bool:
        """Whether values must stand below it, whatever they look like."""
        return bool(self.day or self.variant or not self.indicator)


def part_of(heading: str) -> ColumnPart | None:
    """What a column says beside values; None where it holds values or something else."""
    return _BY_WORD.get(plain_name(heading)) if len(heading) <= 60 else None


def is_beside(heading: str) -> bool:
    """Whether a column holds numbers or words that are no values: a postcode, a remark."""
    return _NO_FIGURES.fullmatch(plain_name(heading)) is not None


def speaks_of_forecast(said: str) -> bool:
    return _FORECAST.search(said) is not None


def value_heading(heading: str) -> ValueHeading:
    """A heading taken apart: »Ausländer 2030 hoch (Personen)«."""
    plain = plain_name(heading)
    if plain in _VALUES:
        return ValueHeading(unit=_VALUES[plain], forecast=speaks_of_forecast(heading))
    day = _DAY.search(heading)
    rest = heading
    if day:
        rest = _AROUND_DAY.sub(" ", f"{heading[: day.start()]} {heading[day.end() :]}")
    rest, unit = _without_unit(rest)
    variant, rest = _without_variant(rest)
    name = re.sub(r"\s+", " ", rest).strip(" –—-:,;/").removeprefix("()").strip()
    generic = plain_name(name) in {*_VALUES, ""}
    unit = unit or _VALUES.get(plain_name(name), "")
    forecast = variant is not None or speaks_of_forecast(heading)
    return ValueHeading("" if generic else name, unit, day[1] if day else "", variant, forecast)


def _without_unit(said: str) -> tuple[str, str]:
    """A heading without the unit behind it; brackets may also hold part of a name."""
    found = _IN_UNIT.search(said)
    if not found:
        return said, ""
    unit = (found[1] or found[2]).strip()
    plain = unit.casefold()
    if found[2] or plain in SHARES or plain in ("personen", "anzahl", "einwohner", "plätze"):
        return said[: found.start()], "Prozent" if plain in SHARES else unit
    return said, ""


def _without_variant(said: str) -> tuple[ForecastVariant | None, str]:
    """The variant that a heading ends with or consists of, and what is left of it."""
    words = plain_name(said).split()
    named = [word for word in words if word in _VARIANT_WORDS]
    if len(named) != 1 or len(set(words) - _BESIDE - set(named)) == len(words):
        return None, said
    others = [word for word in words if word not in _BESIDE and word not in named]
    if others and words[-1] not in named and words[-1] not in _BESIDE:
        return None, said
    pattern = "|".join((*_BESIDE, *_VARIANT_WORDS))
    return _VARIANT_WORDS[named[0]], re.sub(rf"\b({pattern})\b", " ", said, flags=re.I)


def variant_in(said: str) -> ForecastVariant | None:
    """The variant that a cell names, None where it says that the value was counted.

    Raises ValueError with a German sentence for anything else.
    """
    words = plain_name(said).split()
    if " ".join(words) in _COUNTED:
        return None
    named = {_VARIANT_WORDS[word] for word in words if word in _VARIANT_WORDS}
    if len(named) != 1 or set(words) - set(_VARIANT_WORDS) - _BESIDE:
        raise ValueError(
            f"»{said[:30]}« ist keine Variante. Möglich sind niedrig, mittel und hoch; leer oder »erhoben«, "
            "wo gezählt wurde."
        )
    return named.pop()
