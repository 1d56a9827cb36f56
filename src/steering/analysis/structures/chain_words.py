"""The chain of sittings to a decision, in words: for a detail, a calendar and a paper alike."""

from __future__ import annotations

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model.german import day


def chain_words(portfolio: Portfolio, due: pd.DataFrame) -> list[str]:
    """For rows of `deadlines.deadlines`: Entwurf fertig 12.11.2026, Vorlagenschluss 26.11.2026, KSA
    10.12.2026 (vorberatend), Kreistag 17.12.2026 (beschließend); "" where recorded sittings make no chain.
    """
    dates = portfolio.committee_dates.set_index("id")
    names = portfolio.short_names("committee")
    told = []
    for row in due.to_dict("records"):
        if pd.isna(row["papers_by"]):
            told.append("")
            continue
        late = ", ohne Vorberatung" if row["too_late_to_prepare"] else ""
        # Where it is that late no day is left for a draft that comes first.
        parts = [] if late else [f"Entwurf fertig {day(row['draft_by'])}"]
        parts.append(f"Vorlagenschluss {day(row['papers_by'])}")
        if pd.notna(row["prepare_date_id"]):
            sitting = dates.loc[row["prepare_date_id"]]
            parts.append(f"{names[sitting['committee_id']]} {day(sitting['day'])} (vorberatend)")
        parts.append(f"{names[row['committee_id']]} {day(row['decide_by'])} (beschließend{late})")
        told.append(", ".join(parts))
    return told
