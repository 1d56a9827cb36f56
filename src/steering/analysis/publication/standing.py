"""What the public directory could name on a day, and what stays out of it whatever is decided."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.duties import duties
from steering.analysis.structures.inventory import inventory
from steering.analysis.view import Horizon, View
from steering.model import PotentialState, Provenance, Role, StructureKind

_DOES = (Role.LEAD, Role.DELIVER)


class KeptOut(StrEnum):
    """Why something is never public, whatever is decided; the value is its German word."""

    EXAMPLE = "Beispiel"
    ACCOMMODATION = "Unterkunft"
    NOT_RUNNING = "läuft heute nicht"
    NOT_PURSUED = "nicht weiterverfolgt"


def view_on(portfolio: Portfolio, today: date) -> View:
    """How the directory looks at a day: nothing is assumed."""
    return View(today, today, Horizon.as_set(portfolio.settings, today))


def why_out(kind: str, state: str) -> KeptOut | None:
    """Why a structure that is no example stays out; None where it could be public."""
    if kind == StructureKind.ACCOMMODATION:
        return KeptOut.ACCOMMODATION
    return KeptOut.NOT_RUNNING if state == "not_running" else None


def done(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """What structures do on the day: the duties of those that lead or carry out, derived ones among them."""
    rows = duties(portfolio, view)
    return rows[rows["role"].isin(_DOES)]


def structures_standing(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """All structures by name, the made-up ones last.

    Columns: structure_id, name, organisation_id, organisation, seat_place, documented (bool),
    kept_out (a KeptOut as str, "" where it could be public), only_derived (bool: what it does is concluded
    and confirmed by nobody).
    """
    real = portfolio.without_examples()
    view = view_on(portfolio, today)
    known = inventory(real, view)
    duty = done(real, view)
    concluded = duty["derived"].groupby(duty["structure_id"]).all()
    reasons = {
        key: why_out(kind, state) or ""
        for key, kind, state in zip(known["structure_id"], known["kind"], known["state"], strict=True)
    }
    rows = portfolio.structures
    ids = rows["id"]
    found = pd.DataFrame(
        {
            "structure_id": ids,
            "name": rows["name"],
            "organisation_id": rows["organisation_id"],
            "organisation": rows["organisation_id"].map(portfolio.names("organisation")),
            "seat_place": rows["seat_place"],
            "documented": rows["provenance"] == Provenance.DOCUMENTED,
            "kept_out": pd.Series([str(reasons.get(key, KeptOut.EXAMPLE)) for key in ids], dtype="str"),
            "only_derived": ids.map(concluded).astype("boolean").fillna(False).astype(bool),
        }
    )
    order = pd.DataFrame(
        {"made_up": found["kept_out"] == KeptOut.EXAMPLE, "name": found["name"].str.casefold()}
    )
    return found.loc[order.sort_values(["made_up", "name"], kind="stable").index].reset_index(drop=True)


def potentials_standing(portfolio: Portfolio) -> pd.DataFrame:
    """All potentials. Columns: potential_id, name, public (bool), kept_out as for structures."""
    rows = portfolio.potentials
    return pd.DataFrame(
        {
            "potential_id": rows["id"],
            "name": rows["name"],
            "public": rows["public"],
            "kept_out": pd.Series([_why_potential_out(row) for row in rows.to_dict("records")], dtype="str"),
        }
    )


def _why_potential_out(row: dict[Any, Any]) -> str:
    if row["provenance"] == Provenance.EXAMPLE:
        return KeptOut.EXAMPLE.value
    return KeptOut.NOT_PURSUED.value if row["state"] == PotentialState.NOT_PURSUED else ""
