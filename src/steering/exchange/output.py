"""Everything at once, in the forms it can leave the house in."""

from __future__ import annotations

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.exchange.geojson import geojson
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.csv_files import csv_zip
from steering.exchange.workbook.writing import workbook
from steering.model import Provenance
from steering.model.german import day
from steering.model.vocabulary import word

KINDS = {"workbook": "xlsx", "csv": "zip", "geojson": "geojson"}
"""What can be asked for, with the ending of the file."""


def made(kind: str, portfolio: Portfolio, boundaries: pd.DataFrame, view: View, lists: Lists) -> bytes:
    """The file of a kind; `boundaries` as `storage.reading.boundaries` gives them."""
    match kind:
        case "workbook":
            return workbook(portfolio, lists, notes=notes(portfolio, view))
        case "csv":
            return csv_zip(portfolio, lists, notes=notes(portfolio, view))
        case "geojson":
            return geojson(portfolio, boundaries, view)
    raise ValueError(f"there is no output {kind}")


def notes(portfolio: Portfolio, view: View) -> list[str]:
    """What is needed to understand a file a year later."""
    found = [
        f"Stand der Daten: {day(view.today)}, Revision {portfolio.revision}",
        "Enthalten ist alles, was nicht archiviert ist; Umrisse der Karte und Verlauf sind nicht dabei.",
    ]
    if portfolio.discreet:
        found.append(
            "Diese Datei ist für alle bestimmt: Was nur für die Verwaltung ist, fehlt; wo "
            "»hier nicht änderbar« steht, etwa bei weniger als 3 Personen, bleibt beim Einlesen, was "
            "erfasst ist."
        )
    examples = sum(
        int((frame["provenance"] == Provenance.EXAMPLE).sum())
        for frame in portfolio.frames.values()
        if "provenance" in frame
    )
    if examples:
        found.append(
            f"{examples} Einträge sind Beispiele und keine Tatsachen (Spalte »Beleg«: "
            f"{word(Provenance.EXAMPLE)})."
        )
    return found
