"""Rules by which a Kennzahl is forecast: a trend, or assumed arrivals that a key distributes."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Self

from pydantic import field_validator, model_validator
from sqlmodel import Field

from steering.model.base import EARLIEST, LATEST, TEXT_LENGTH, Kept, Record, choice, text_field
from steering.model.enums import DistributionKey, ForecastRuleKind
from steering.model.german import number, read_signed
from steering.model.periods import Contradiction

_LINE = re.compile(r"(?P<of>[^:;\t]+)[:;\t](?P<told>.+)")
_BETWEEN = re.compile(r"[/;\t|]")
_AGS = re.compile(r"\d{8}\b")
_DIGITS = 6
# Shares are typed to two decimals or so: what rounding leaves open is none of somebody's mistakes.
_ROUNDING = 0.05
_LARGEST = 1_000_000.0
_MOST_PERCENT = 100.0
TRENDS = frozenset({ForecastRuleKind.PERCENT, ForecastRuleKind.ABSOLUTE})
Three = tuple[float, float, float]
"""A figure in each variant: niedrig, mittel, hoch."""


class ForecastRule(Record, Kept, table=True):
    """How the values to come of an indicator follow from the recorded ones; one in force for each indicator.

    A trend (`kind`) changes the latest value of each municipality every year by `low`, `middle`, `high`, in
    per cent or by that many, up to `last_day`. Arrivals: each line of `arrivals` is a year and how many come
    to the whole Landkreis in the three variants, "2027: 100 / 150 / 200"; each municipality has its share of
    them, by `share_key`: its inhabitants, an indicator, or `shares`, whose lines say "09473112 Ahorn: 12,5"
    in per cent. `source`: who assumes that, and why; `share_source`: whose key it is.
    """

    __tablename__ = "forecast_rule"

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    kind: ForecastRuleKind = Field(sa_type=choice(ForecastRuleKind))
    low: float | None = Field(default=None, ge=-_LARGEST, le=_LARGEST)
    middle: float | None = Field(default=None, ge=-_LARGEST, le=_LARGEST)
    high: float | None = Field(default=None, ge=-_LARGEST, le=_LARGEST)
    last_day: date | None = None
    arrivals: str = text_field()
    share_key: DistributionKey | None = Field(default=None, sa_type=choice(DistributionKey))
    share_indicator_id: int | None = Field(default=None, foreign_key="indicator.id", index=True)
    shares: str = text_field()
    share_source: str = text_field()
    source: str = Field(min_length=1, max_length=TEXT_LENGTH)
    note: str = text_field()

    @field_validator("arrivals", mode="after")
    @classmethod
    def _years(cls, value: str) -> str:
        return arrivals_text(arrivals_of(value))

    @field_validator("shares", mode="after")
    @classmethod
    def _shares(cls, value: str) -> str:
        shares_of(value)
        return "\n".join(line.strip() for line in value.splitlines() if line.strip())

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind in TRENDS:
            _no_rest(self, "einem Trend", ("arrivals", "shares", "share_source"))
            if self.share_key is not None or self.share_indicator_id is not None:
                raise Contradiction("share_key", "Zu einem Trend gehört kein Schlüssel. Bitte leeren.")
            _trend(self)
        else:
            if self.last_day is not None:
                raise Contradiction(
                    "last_day", "Der letzte Tag ergibt sich aus den Jahren der Zugänge. Bitte leeren."
                )
            _no_rest(self, "angenommenen Zugängen", ("low", "middle", "high"))
            _distribution(self)
        return self


# Functions, not methods: storage checks the fields of records without making one.
def _no_rest(rule: ForecastRule, whose: str, fields: tuple[str, ...]) -> None:
    for name in fields:
        if getattr(rule, name) not in (None, ""):
            raise Contradiction(name, f"Das gehört nicht zu {whose}. Bitte leeren.")


def _trend(rule: ForecastRule) -> None:
    for name in ("low", "middle", "high"):
        if getattr(rule, name) is None:
            raise Contradiction(name, "Bitte die Veränderung je Jahr angeben, z. B. 2,5 oder -1.")
    if rule.kind == ForecastRuleKind.PERCENT:
        for name in ("low", "middle", "high"):
            if abs(given := getattr(rule, name)) > _MOST_PERCENT:
                raise Contradiction(
                    name,
                    f"{number(given, 2)} % im Jahr kann nicht gemeint sein. Möglich sind -100 bis 100 %; "
                    "bitte prüfen, ob Ziffern zu viel sind oder eine Zahl je Jahr gemeint ist.",
                )
    low, middle, high = (float(getattr(rule, name)) for name in ("low", "middle", "high"))
    _check_order((low, middle, high), "low" if low > middle else "high", "")
    if rule.last_day is None:
        raise Contradiction("last_day", "Bitte angeben, bis zu welchem Tag die Annahme gilt.")


def _distribution(rule: ForecastRule) -> None:
    if not rule.arrivals:
        raise Contradiction("arrivals", "Bitte je Jahr die angenommenen Zugänge angeben.")
    if rule.share_key is None:
        raise Contradiction("share_key", "Bitte wählen, wie sich die Zugänge verteilen.")
    by_indicator = rule.share_key == DistributionKey.INDICATOR
    if by_indicator != (rule.share_indicator_id is not None):
        raise Contradiction(
            "share_indicator_id",
            "Bitte die Kennzahl wählen, nach der sich die Zugänge verteilen."
            if by_indicator
            else "Die Zugänge verteilen sich nicht nach einer Kennzahl. Bitte leeren.",
        )
    if rule.share_key != DistributionKey.TYPED:
        if rule.shares:
            raise Contradiction("shares", "Anteile gibt es nur bei eigenen Anteilen. Bitte leeren.")
        return
    if not rule.shares:
        raise Contradiction("shares", "Bitte je Gemeinde ihren Anteil in Prozent angeben.")
    total = float(sum(shares_of(rule.shares).values()))
    if abs(total - 100) > _ROUNDING:
        raise Contradiction(
            "shares",
            f"Die Anteile ergeben zusammen {number(total, 4)} %, nicht 100 %. Bitte Anteile prüfen.",
        )
    if not rule.share_source:
        raise Contradiction("share_source", "Zu eigenen Anteilen gehört ihre Quelle. Bitte angeben.")


def arrivals_of(text: str) -> dict[int, Three]:
    """The years in a text of arrivals, in their order; raises ValueError with a German sentence."""
    found: dict[int, Three] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        year = match["of"].strip() if match else ""
        told = _BETWEEN.split(match["told"]) if match else []
        if not re.fullmatch(r"\d{4}", year) or len(told) != 3:
            raise ValueError(
                f"»{line[:40]}« ist nicht zu lesen. Bitte je Zeile ein Jahr und drei Zahlen angeben, "
                "z. B. 2027: 100 / 150 / 200."
            )
        if not EARLIEST.year <= int(year) <= LATEST.year:
            raise ValueError(f"Das Jahr {year} kann nicht gemeint sein. Bitte prüfen.")
        if int(year) in found:
            raise ValueError(f"Das Jahr {year} steht zweimal da. Bitte eine Zeile entfernen.")
        low, middle, high = (_figure(each, line) for each in told)
        _check_order((low, middle, high), "arrivals", f" im Jahr {year}")
        found[int(year)] = (low, middle, high)
    years = sorted(found)
    if missing := sorted(set(range(years[0], years[-1])) - set(years)) if years else []:
        raise ValueError(f"Das Jahr {missing[0]} fehlt. Bitte jedes Jahr angeben, ohne Zugänge mit 0.")
    return {year: found[year] for year in years}


def arrivals_text(found: Mapping[int, Three]) -> str:
    """The years as they are kept: "2027: 100 / 150 / 200"."""
    return "\n".join(
        f"{year}: {' / '.join(number(each, _DIGITS) for each in three)}" for year, three in found.items()
    )


def shares_of(text: str) -> dict[str, Fraction]:
    """The share of each municipality in per cent, by AGS; raises ValueError with a German sentence."""
    found: dict[str, Fraction] = {}
    for of, told, line in share_lines(text):
        key = _AGS.match(of)
        if key is None:
            raise ValueError(f"»{of[:40]}« ist keine Gemeinde des Landkreises. Bitte prüfen.")
        if key[0] in found:
            raise ValueError(f"»{of[:40]}« steht zweimal da. Bitte eine Zeile entfernen.")
        share = _figure(told.removesuffix("%").strip(), line)
        if not 0 <= share <= 100:
            raise ValueError(f"»{line[:40]}«: Ein Anteil liegt zwischen 0 und 100 %. Bitte prüfen.")
        found[key[0]] = Fraction(str(share))
    return found


def share_lines(text: str) -> list[tuple[str, str, str]]:
    """Of each line: whose share it is, the figure, and the line; raises ValueError with a German sentence."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(
                f"»{line[:40]}« ist nicht zu lesen. Bitte je Zeile eine Gemeinde und ihren Anteil angeben, "
                "z. B. Ahorn: 12,5."
            )
        found.append((match["of"].strip(), match["told"].strip(), line))
    return found


def _figure(text: str, line: str) -> float:
    try:
        found = read_signed(text)
    except ValueError as problem:
        raise ValueError(f"In der Zeile »{line[:40]}«: {problem}") from None
    if found is None or abs(found) > _LARGEST:
        raise ValueError(f"In der Zeile »{line[:40]}« fehlt eine Zahl, oder sie ist zu groß. Bitte prüfen.")
    return round(found, _DIGITS)


def _check_order(three: Three, field: str, when: str) -> None:
    low, middle, high = three
    if not low <= middle <= high:
        raise Contradiction(
            field,
            f"Niedrig ({number(low, 2)}), mittel ({number(middle, 2)}) und hoch ({number(high, 2)}) müssen"
            f"{when} der Größe nach aufsteigen. Bitte tauschen oder gleich setzen.",
        )
