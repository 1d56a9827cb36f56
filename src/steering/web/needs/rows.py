"""The needs on the Stichtag as the page shows them, as far as the filters let them through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from steering.analysis.findings import forecasts
from steering.analysis.needs import counted, reckoning
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.needs import directory as need_directory
from steering.analysis.needs.coverage import LATER, MAYBE, MET, OPEN, PARTLY, PAST, UNTOLD
from steering.analysis.structures.directory import directory
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts import need_layout as looks
from steering.model import ForecastVariant, Level, NeedUnit, Provenance
from steering.model.german import day, listing, number
from steering.model.vocabulary import word
from steering.web import current, marks, presets

TONES = {OPEN: "alarm", PARTLY: "warning"}
LOOKS = {
    MET: looks.PRESENT,
    PARTLY: looks.SOMEWHERE,
    OPEN: looks.NOBODY,
    MAYBE: looks.UNKNOWN,
    UNTOLD: looks.UNKNOWN,
    LATER: looks.LATER,
    PAST: looks.LATER,
}


def selected(at: View, chosen: Selection) -> pd.DataFrame:
    """The needs with state, supply, changes_on and then (see `need_coverage.met`), and `providers`.

    `quantity`: how much is needed on the Stichtag, by a rule or not, and `each` as stored. `providers`: tuple
    of the structures' names that lead or deliver on the Stichtag. A Handlungsfeld lets through its tasks'
    needs, a municipality those of areas it lies in, a level those that ask for it or are provided for from
    it, a carrier those it provides for.
    """
    rows = _all(at)
    keep = pd.Series(True, index=rows.index)
    if chosen.fields:
        keep &= rows["field_slug"].isin(chosen.fields)
    if chosen.municipalities:
        keep &= rows["municipalities"].map(lambda found: bool(found & chosen.municipalities))
    if chosen.levels:
        served = rows["provider_levels"].map(lambda found: bool(found & chosen.levels))
        keep &= served | rows["level"].isin(chosen.levels)
    if chosen.organisations:
        keep &= rows["provider_slugs"].map(lambda found: bool(found & chosen.organisations))
    return rows[keep.astype(bool)].reset_index(drop=True)


_KEPT = {
    presets.NEED_MET.preset: counted.met,
    presets.NEED_PARTLY_MET.preset: counted.partly_met,
    presets.NEED_UNMET.preset: counted.unmet,
    presets.NEED_NOT_TOLD.preset: counted.not_told,
    presets.NEED_LATER.preset: counted.later,
    presets.NEED_PAST.preset: counted.past,
}


def listed(at: View, chosen: Selection, preset: str = presets.ALL) -> pd.DataFrame:
    """The needs that a preset lists, `selected` where it is none of needs."""
    rows = selected(at, chosen)
    return _KEPT[preset](rows).reset_index(drop=True) if preset in _KEPT else rows


def courses(at: View) -> pd.DataFrame:
    """`need_coverage.courses` of a view; a step of the Stichtag recomputes nothing."""
    return current.of(need_coverage.courses, _whatever_the_day(at))


def spread(at: View, need_id: int) -> pd.DataFrame | None:
    """How much a need asks for by the lowest and the highest forecast: start, end, low, high."""
    if not current.of(forecasts.has_forecasts, at.today):
        return None
    variants = (ForecastVariant.LOW, ForecastVariant.HIGH)
    low, high = (courses(replace(at, arrivals=each)) for each in variants)
    low, high = low[low["need_id"] == need_id], high[high["need_id"] == need_id]
    pairs = low.merge(high, on="need_id", suffixes=("", "_of_high"))
    start = pairs[["start", "start_of_high"]].max(axis=1)
    end = pairs[["end", "end_of_high"]].min(axis=1)
    found = pd.DataFrame(
        {"start": start, "end": end, "low": pairs["wanted"], "high": pairs["wanted_of_high"]}
    )
    return found[~(found["start"] > found["end"])].reset_index(drop=True)


def _all(at: View) -> pd.DataFrame:
    return current.derived(_on_day, at)


def _on_day(at: View) -> pd.DataFrame:
    portfolio = current.portfolio()
    state = need_coverage.on_day(portfolio, courses(at), at.as_of)
    rows = current.of(need_directory.needs).merge(state, on="need_id")
    rows = rows.assign(each=rows["quantity"], quantity=rows["wanted"])
    found = current.of(need_coverage.providers, _whatever_the_day(at))
    stichtag = pd.Timestamp(at.as_of)
    found = found[~(found["start"] > stichtag) & ~(found["end"] < stichtag)]
    found = found.drop_duplicates(["need_id", "structure_id"])
    by_need = found.merge(current.of(directory), on="structure_id").groupby("need_id")
    names, levels = by_need["name"].agg(tuple), by_need["level"].agg(frozenset)
    slugs = by_need["organisation_slugs"].agg(_together)
    ids = rows["need_id"]
    rows["providers"] = [names.get(key, ()) for key in ids]
    rows["provider_levels"] = [levels.get(key, frozenset()) for key in ids]
    rows["provider_slugs"] = [slugs.get(key, frozenset()) for key in ids]
    return rows


def _together(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _whatever_the_day(at: View) -> View:
    return replace(at, as_of=at.horizon.first)


def drawn(rows: pd.DataFrame, *, past: bool = False) -> pd.DataFrame:
    """The rows of the picture, see `charts.needs`; what is no longer needed only with `past`."""
    rows = rows if past else rows[rows["state"] != PAST]
    records = rows.to_dict("records")
    share = rows["supply"] / rows["quantity"].where(rows["quantity"] > 0)
    return pd.DataFrame(
        {
            "need_id": rows["need_id"],
            "name": rows["called"],
            "group": rows["field"],
            "origin": marks.column(rows["provenance"] == Provenance.EXAMPLE),
            "look": [_look(row, part) for row, part in zip(records, share, strict=True)],
            "share": share,
            "amount": [amount_in_short(row) for row in records],
            "state": rows["state"],
            "then": [then(row) for row in records],
            "tone": rows["state"].map(TONES).fillna("plain"),
            "where": [where(row) for row in records],
            "groups": rows["groups"].map(", ".join),
            "who": [listing(list(row["providers"])) or "keine erfasst" for row in records],
            "legal": rows["legal"],
        }
    )


def stretches(at: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The courses of some needs in words and looks, see `charts.need_courses`."""
    columns = ["need_id", "unit", "counted_in", "ruled"]
    found = courses(at).merge(rows[columns], on="need_id").rename(columns={"wanted": "quantity"})
    share = found["supply"] / found["quantity"].where(found["quantity"] > 0)
    records = found.to_dict("records")
    return found.assign(
        share=share,
        look=[_look(row, part) for row, part in zip(records, share, strict=True)],
        amount=[amount(row) for row in records],
    )


def _look(row: Mapping[Any, Any], share: float) -> str:
    if row["state"] in (MET, PARTLY, MAYBE) and share == share:
        return looks.SHARE
    return LOOKS[row["state"]]


def amount(row: Mapping[Any, Any]) -> str:
    """What reaches the need of what it asks for: "1,59 von 2,5 VZÄ"; a figure by a rule says so."""
    if pd.isna(row["quantity"]):
        return reckoning.NOT_KNOWN if row["ruled"] else "ohne Menge"
    needed = quantity(row)
    if is_bare_ratio(row) or row["state"] in (LATER, PAST):
        return needed
    whole = needed.replace("Plätze", "Plätzen").replace("fälle", "fällen")
    return f"{number(row['supply'], 2, '?')} von {whole}"


def amount_in_short(row: Mapping[Any, Any]) -> str:
    """The same beside many others, where there is no room to say of which kind the cases are."""
    return amount(row).replace(need_directory.CASES, "Fälle")


def quantity(row: Mapping[Any, Any]) -> str:
    """How much is needed: "100 Plätze", "Schlüssel 1 : 150", "2,4 VZÄ (berechnet)"."""
    if pd.isna(row["quantity"]):
        return reckoning.NOT_KNOWN if row["ruled"] else ""
    most = "höchstens " if row["ruled"] and row["need_id"] in current.of(reckoning.bounded) else ""
    size = f"{most}{number(row['quantity'], 2)}"
    if is_bare_ratio(row):
        return f"Schlüssel 1 : {size}"
    return f"{size} {row['counted_in']}{f' ({reckoning.COMPUTED})' if row['ruled'] else ''}"


def reckoned(row: Mapping[Any, Any], at: View) -> str:
    """How its `quantity` comes about where it follows a Kennzahl; else ""."""
    return reckoning.way(current.portfolio(), {**row, "quantity": row["each"]}, at)


def is_bare_ratio(row: Mapping[Any, Any]) -> bool:
    """Whether it asks for a counsellor for so many, and no Kennzahl says how many there are."""
    return bool(row["unit"] == NeedUnit.RATIO and not row["ruled"])


def measured(rows: pd.DataFrame) -> pd.DataFrame:
    """The needs whose quantity can be drawn: those with one, or with a rule for it."""
    return rows[((rows["quantity"] > 0) & (rows["unit"] != NeedUnit.RATIO)) | rows["ruled"]]


def then(row: Mapping[Any, Any]) -> str:
    """When the state becomes another: "ab 01.01.2027 offen"."""
    if pd.isna(row["changes_on"]):
        return ""
    if row["then"] == PAST:
        return f"endet am {day(row['valid_until'])}"
    return f"ab {day(row['changes_on'])} {row['then']}"


def where(row: Mapping[Any, Any]) -> str:
    """The area and, where the need has one, the site."""
    area = "kreisweit" if row["district_wide"] else row["area"]
    return f"{area} · {row['site']}" if row["site"] else str(area)


def level(stored: Any) -> str:
    """The level that may meet a need, "jede" where it is not limited."""
    return "jede" if pd.isna(stored) else word(Level(stored))
