"""What must be decided next: which ends come, by when to act, and what is at stake."""

from __future__ import annotations

import pandas as pd

from steering.analysis.discretion import withheld_ends
from steering.analysis.lives import lifecycle
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import deadlines
from steering.analysis.structures.directory import directory
from steering.analysis.view import View
from steering.model import AmountBasis, FundingPart, Payer


def upcoming(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Every end ahead of today that somebody has to decide about, soonest first.

    This is about the data as they are: what a scenario assumes relieves nobody of a decision.

    One row per last carrying funding that ends on a known day, unless going on is not needed, or its end is
    withheld (`discretion`); of several of one structure, the one to act on first comes first. Columns of
    `deadlines.deadlines`, and
    `name`, `department`, `department_slugs`, `organisation_short`, `legal`, `level`, `fields`,
    `municipalities`, `seat_ags`, `organisation_slugs` of the structure; `programme_id`, `programme` (name),
    `programme_short`, `successor`; `committee` (short name, "" where only estimated); `fte` on the last day;
    `on_loss`; `own_cents` (own money per year, NaN where unknown), `grant_known` (whether the
    amount of the ending funding itself is known).
    """
    found = deadlines.deadlines(portfolio, view.today)
    found = found[~found["structure_id"].isin(withheld_ends(portfolio))]
    about = directory(portfolio)[
        [
            "structure_id",
            "name",
            "department",
            "department_slugs",
            "organisation_short",
            "organisation_slugs",
            "legal",
            "level",
            "fields",
            "municipalities",
            "seat_ags",
            "on_loss",
        ]
    ]
    fundings = portfolio.fundings.rename(columns={"id": "funding_id"})
    funding = fundings[["funding_id", "programme_id", "amount_cents", "amount_basis"]]
    rows = found.merge(about, on="structure_id").merge(funding, on="funding_id")
    programmes = portfolio.programmes.set_index("id")
    rows["programme"] = rows["programme_id"].map(programmes["name"])
    rows["programme_short"] = rows["programme_id"].map(programmes["short_name"])
    rows["successor"] = rows["programme_id"].map(programmes["successor"])
    committees = portfolio.short_names("committee")
    rows["committee"] = rows["committee_id"].map(committees).astype(object).fillna("")
    rows["grant_known"] = rows["amount_cents"].notna() & (rows["amount_basis"] != AmountBasis.UNKNOWN)
    rows["own_cents"] = rows["funding_id"].map(_own_per_year(portfolio))
    rows["fte"] = rows["structure_id"].map(_fte_at_end(portfolio, view.without_changes, rows))
    rows["first_day"] = rows[["apply_by", "decide_by"]].min(axis=1)
    order = ["end", "decide_by", "name", "structure_id", "first_day"]
    return rows.sort_values(order).drop(columns="first_day").reset_index(drop=True)


def next_decision(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `upcoming` that are one decision: same end, same programme as the soonest."""
    if rows.empty:
        return rows
    first = rows.iloc[0]
    same_programme = rows["programme_id"].eq(first["programme_id"]).fillna(False)
    if pd.isna(first["programme_id"]):
        same_programme = rows["structure_id"] == first["structure_id"]
    return rows[same_programme & (rows["end"] == first["end"])]


def by_structure(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `upcoming` once per structure: the first of each, with the own money of all."""
    each = rows.groupby("structure_id")
    own = each["own_cents"].agg(lambda cents: cents.sum(min_count=1))
    known = each["grant_known"].all()
    once = rows.drop_duplicates("structure_id").reset_index(drop=True)
    return once.assign(
        own_cents=once["structure_id"].map(own).astype("float64"),
        grant_known=once["structure_id"].map(known).astype(bool),
    )


def _own_per_year(portfolio: Portfolio) -> pd.Series:
    """Own money per year, in cents, that accompanies each carrying funding; only where all of it is known."""
    fundings = portfolio.fundings
    own = fundings[(fundings["payer"] == Payer.OWN) & (fundings["part"] == FundingPart.CO_FINANCING)]
    own = own.dropna(subset=["accompanies_id"])
    yearly = own["amount_cents"].astype(float).where(own["amount_basis"] == AmountBasis.PER_YEAR)
    return yearly.groupby(own["accompanies_id"].astype("int64")).agg(lambda cents: cents.sum(skipna=False))


def _fte_at_end(portfolio: Portfolio, view: View, rows: pd.DataFrame) -> pd.Series:
    """Effective FTE of each structure on the last day of its row."""
    lives = lifecycle.lives(portfolio, view).merge(
        rows[["structure_id", "end"]], on="structure_id", suffixes=("", "_of_funding")
    )
    covers = (lives["start"].isna() | (lives["start"] <= lives["end_of_funding"])) & (
        lives["end"].isna() | (lives["end"] >= lives["end_of_funding"])
    )
    return lives[covers].drop_duplicates("structure_id").set_index("structure_id")["fte"]
