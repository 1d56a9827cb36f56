"""The chain of sittings to a decision, in words: for a detail, a calendar and a paper alike."""

from __future__ import annotations

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.apply_words import apply_words, is_to_apply
from steering.model.german import day

APPLY_BY = "Antrag bis"


def chain_words(portfolio: Portfolio, due: pd.DataFrame) -> list[str]:
    """For rows of `deadlines.deadlines`: Antrag bis 31.10.2026, Entwurf fertig 12.11.2026, Vorlagenschluss
    26.11.2026, KSA 10.12.2026 (vorberatend), Kreistag 17.12.2026 (beschließend); "" where recorded sittings
    make no chain. The Antrag in the order of the days, where the programme names its last one.
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
        parts = [] if late else [(row["draft_by"], f"Entwurf fertig {day(row['draft_by'])}")]
        parts.append((row["papers_by"], f"Vorlagenschluss {day(row['papers_by'])}"))
        if pd.notna(row["prepare_date_id"]):
            sitting = dates.loc[row["prepare_date_id"]]
            who = names[sitting["committee_id"]]
            parts.append((sitting["day"], f"{who} {day(sitting['day'])} (vorberatend)"))
        who = names[row["committee_id"]]
        parts.append((row["decide_by"], f"{who} {day(row['decide_by'])} (beschließend{late})"))
        if is_to_apply(row) and not row["apply_estimated"]:
            at = sum(on <= row["apply_by"] for on, _ in parts)
            parts.insert(at, (row["apply_by"], f"{APPLY_BY} {apply_words(row)}"))
        told.append(", ".join(words for _, words in parts))
    return told
