"""Money that has ended while its extension is still open: no rule revives it, its end has to be moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis.discretion import withheld_ends
from steering.analysis.intervals import days, ends
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory
from steering.analysis.structures.handed_in import Standing, about_end
from steering.model import EndKind, Extension, FundingPart
from steering.model.german import day
from steering.model.vocabulary import word

RECENT_MONTHS = 3
OPEN = (Extension.APPLIED, Extension.EXPECTED, Extension.UNCLEAR, Extension.NOT_YET_POSSIBLE)
REMEDY = "Geht es weiter, bitte bei der Förderung das »Ende« auf den neuen Tag setzen"


def lapsed(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """The last carrying fundings of structures that nothing carries any more, though their extension is open.

    Columns: structure_id, funding_id, name (of the funding), end (before today), extension. A structure that
    has ended by its own last day too is left out, and money whose going on a committee has refused: that is
    what was wanted.
    """
    rows = portfolio.fundings
    rows = rows[rows["part"] == FundingPart.CARRYING]
    terms = ends.terms(rows, "start", "end")
    # What has no known end ends after all days.
    reach = pd.Series(np.where(terms.contradictory, days.NO_DAY, terms.end), index=rows.index)
    last = reach.groupby(rows["structure_id"]).transform("max")
    now = days.number(today)
    own = ends.terms(portfolio.structures, "valid_from", "valid_until")
    over = portfolio.structures["id"][own.end < now]
    found = (
        (reach == last) & (last < now) & (last > days.NO_DAY) & (terms.kind == EndKind.FIXED)
        & rows["extension"].isin(list(OPEN)) & ~rows["structure_id"].isin(over)
    )  # fmt: skip
    told = rows[found].rename(columns={"id": "funding_id"})
    refused = [_refused(portfolio, row) for row in told.to_dict("records")]
    told = told[~np.array(refused, dtype=bool)]
    return told[["structure_id", "funding_id", "name", "end", "extension"]].reset_index(drop=True)


def _refused(portfolio: Portfolio, row: Mapping[Any, Any]) -> bool:
    paper = about_end(portfolio, int(row["funding_id"]), row["end"].date())
    return paper is not None and paper.standing == Standing.REJECTED


def recently(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """Those of the last months that are not withheld, the latest first: rows of `directory`, with end and
    extension of the funding."""
    found = lapsed(portfolio, today).drop(columns="name")
    since = pd.Timestamp(today) - pd.DateOffset(months=RECENT_MONTHS)
    found = found[(found["end"] >= since) & ~found["structure_id"].isin(withheld_ends(portfolio))]
    # The extension that is open is that of the money.
    rows = directory(portfolio).drop(columns="extension").merge(found, on="structure_id")
    return rows.sort_values(["end", "name", "structure_id"], ascending=[False, True, True], ignore_index=True)


def in_words(row: Mapping[Any, Any]) -> str:
    """Ende 31.12.2026, Verlängerung: in Aussicht."""
    return f"Ende {day(row['end'])}, Verlängerung: {word(Extension(row['extension']))}"


def sentence(row: Mapping[Any, Any]) -> str:
    """What a funding of `lapsed` means, and what to do."""
    return (
        f"{row['name']}: {in_words(row)}. Der Tag ist vorbei, deshalb rechnen alle Szenarien mit diesem "
        f"Ende. {REMEDY}."
    )
