"""The potentials in view, and the frames behind the picture and the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from steering.analysis import selecting
from steering.analysis.potentials import recorded
from steering.analysis.potentials.recorded import NO_AREA, NO_FIELD
from steering.analysis.structures.inventory import Selection
from steering.charts import heat
from steering.charts.drawing import Drawing
from steering.charts.heat import HeatWords
from steering.charts.ramp import Ramp, Step, count_ramp
from steering.charts.theme import RAMP, Theme
from steering.model import PotentialKind, PotentialState, Provenance
from steering.model.german import count, listing
from steering.model.vocabulary import word
from steering.web import current, marks, presets
from steering.web.gaps import rows as gap_rows

NOTHING = "kein Potenzial erfasst"
MOST_COLUMNS = 60
_OTHERS = -1
_EVERYWHERE, _NOWHERE = "everywhere", "nowhere"
KEPT: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    presets.POTENTIAL_RECOGNISED.preset: lambda rows: recorded.of_state(rows, PotentialState.RECOGNISED),
    presets.POTENTIAL_EXAMINED.preset: lambda rows: recorded.of_state(rows, PotentialState.EXAMINED),
    presets.POTENTIAL_USED.preset: lambda rows: recorded.of_state(rows, PotentialState.USED),
    presets.POTENTIAL_NOT_PURSUED.preset: lambda rows: recorded.of_state(rows, PotentialState.NOT_PURSUED),
    presets.POTENTIAL_WITHOUT_MEASURE.preset: recorded.without_measure,
}


def selected(chosen: Selection) -> pd.DataFrame:
    """`recorded` as far as the filters let it through, those that are not pursued too."""
    rows = current.of(recorded.recorded)
    keys = current.of(selecting.potentials, chosen)
    return rows[rows["potential_id"].isin(keys)].reset_index(drop=True)


def listed(chosen: Selection, preset: str) -> pd.DataFrame:
    """The potentials that a preset lists; all that are pursued where it is none."""
    return KEPT.get(preset, recorded.pursued)(selected(chosen)).reset_index(drop=True)


def where(row_of: pd.Series) -> str:
    """Where a potential is: kreisweit, the municipalities, or that it is open."""
    if row_of["district_wide"]:
        return gap_rows.DISTRICT_WIDE
    return gap_rows.where(row_of["municipalities"], most=3) if row_of["municipalities"] else row_of["area"]


def table(chosen: Selection, preset: str) -> pd.DataFrame:
    """What the screen shows of each."""
    rows = listed(chosen, preset)
    return pd.DataFrame(
        {
            "Potenzial": marks.names(rows["name"], rows["provenance"] == Provenance.EXAMPLE),
            "Art": [word(PotentialKind(kind)) for kind in rows["kind"]],
            "Wo": [where(row) for _, row in rows.iterrows()],
            "Stand": [word(PotentialState(state)) for state in rows["state"]],
            "Maßnahmen": [_many(keys) for keys in rows["measures"]],
            "Wer": rows["who_short"],
        }
    )


def _many(measures: tuple[int, ...]) -> str:
    return count(len(measures), "Maßnahme", "Maßnahmen") if measures else "–"


def sheet(chosen: Selection, preset: str) -> pd.DataFrame:
    """All of it, for the workbook."""
    rows, shown = listed(chosen, preset), table(chosen, preset)
    needs, measures = (current.portfolio().names(name) for name in ("need", "measure"))
    more: dict[str, Any] = {
        "Wer": rows["who"],
        "Maßnahmen": [listing([str(measures.get(key, "")) for key in keys]) for keys in rows["measures"]],
        "Handlungsfeld": rows["field"],
        "Beschreibung": rows["description"],
        "Woran es sich zeigt": rows["evidence"],
        "Kennzahl": rows["indicator"],
        "Idee": rows["idea"],
        "Nächster Schritt": rows["next_step"],
        "Bedarfe": [listing([str(needs.get(key, "")) for key in keys]) for keys in rows["needs"]],
        "Begründung": rows["reason"],
        "Öffentlich": rows["public"].map({True: "ja", False: "nein"}),
        "Quelle": rows["source"],
    }
    return shown.assign(**more)


def cells(chosen: Selection, preset: str) -> pd.DataFrame:
    """How many there are of each field in each column, as `heat` takes them."""
    found: dict[tuple[int, str], list[str]] = {}
    made_up: set[tuple[int, str]] = set()
    for row in listed(chosen, preset).to_dict("records"):
        field = _OTHERS if pd.isna(row["field_id"]) else int(row["field_id"])
        for column in _columns_of(row):
            found.setdefault((field, column), []).append(row["name"])
            made_up |= {(field, column)} if row["provenance"] == Provenance.EXAMPLE else set()
    columns = _columns(chosen, preset)["key"]
    pairs = [(key, column) for key in _fields(chosen, preset)["key"] for column in columns]
    return pd.DataFrame(
        {
            "row": [key for key, _ in pairs],
            "column": [column for _, column in pairs],
            "state": [heat.KNOWN if pair in found else heat.MISSING for pair in pairs],
            "value": pd.Series([len(found[pair]) if pair in found else None for pair in pairs], dtype=float),
            "open": ["; ".join(found.get(pair, [NOTHING])) for pair in pairs],
            "maybe": heat.NONE,
            "example": [pair in made_up for pair in pairs],
        }
    )


def _columns_of(row: Mapping[Any, Any]) -> list[str]:
    """Where a potential counts: one of the whole Landkreis is none of each municipality's own."""
    if row["district_wide"]:
        return [_EVERYWHERE]
    return sorted(row["municipalities"]) or [_NOWHERE]


def _columns(chosen: Selection, preset: str) -> pd.DataFrame:
    """The municipalities, before them what is kreisweit, after them what has no area, where there is any."""
    rows, places = listed(chosen, preset), gap_rows.places(chosen)
    named = {column for row in rows.to_dict("records") for column in _columns_of(row)}
    keys = [
        *([(_EVERYWHERE, gap_rows.DISTRICT_WIDE)] if _EVERYWHERE in named else []),
        *zip(places["ags"], places["name"], strict=True),
        *([(_NOWHERE, NO_AREA)] if _NOWHERE in named else []),
    ]
    found = pd.DataFrame(keys, columns=["key", "label"])
    return found.assign(name=found["label"], group="")


def _fields(chosen: Selection, preset: str) -> pd.DataFrame:
    """The fields in view, and a row for what belongs to none."""
    rows, fields = listed(chosen, preset), gap_rows.fields(chosen)
    found = pd.DataFrame({"key": fields["field_id"], "label": fields["name"]})
    if rows["field_id"].isna().any():
        found = pd.concat([found, pd.DataFrame({"key": [_OTHERS], "label": [NO_FIELD]})], ignore_index=True)
    sizes = rows["field_id"].fillna(_OTHERS).astype(int).value_counts()
    return found.assign(note=[str(sizes.get(key, "")) for key in found["key"]])


def matrix(chosen: Selection, preset: str, theme: Theme) -> Drawing:
    """Handlungsfeld × municipality."""
    words = HeatWords(
        "Handlungsfeld", "Wo", "Potenziale je Gemeinde", NOTHING, "erfasst", ("Potenziale", "ungewiss")
    )
    found, fields, columns = cells(chosen, preset), _fields(chosen, preset), _columns(chosen, preset)
    return heat.heat(found, fields, columns, _ramp(found["value"]), words, theme=theme)


def _ramp(values: pd.Series) -> Ramp:
    """What is there is blue; none is the palest class, which the legend leaves out."""
    return count_ramp(values, RAMP)


def legend(chosen: Selection, preset: str, theme: Theme) -> list[Step]:
    """The classes of the picture."""
    return list(_ramp(cells(chosen, preset)["value"]).on(theme).steps[1:])


def matrix_sheet(chosen: Selection, preset: str) -> pd.DataFrame:
    """The picture as a table."""
    found, columns = cells(chosen, preset), _columns(chosen, preset)
    wide = found.pivot_table(index="row", columns="column", values="open", aggfunc="first")
    fields = _fields(chosen, preset)
    wide = wide.reindex(index=fields["key"], columns=columns["key"])
    wide = wide.rename(columns=dict(zip(columns["key"], columns["label"], strict=True)))
    wide.insert(0, "Handlungsfeld", fields["label"].to_numpy())
    return wide.reset_index(drop=True).rename_axis(columns=None)
