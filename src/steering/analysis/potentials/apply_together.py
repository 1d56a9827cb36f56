"""Fundings of one programme that end within the same half-year: their applications could go together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential
from steering.analysis.structures.deadlines import deadlines
from steering.analysis.structures.directory import directory
from steering.model import Extension, Provenance
from steering.model.german import day, listing

_MOST_NAMED = 6


def apply_together(portfolio: Portfolio, today: date) -> list[ProposedPotential]:
    """One proposal for each programme and half-year in which the money of two or more structures ends.

    What counts is each structure's last carrying funding with an end ahead, as for its deadlines
    (`deadlines`), for which an application is still to come: not where one was made already, an extension is
    ruled out, or the programme's day is over. The earliest end first.
    """
    rows = deadlines(portfolio, today)
    over = ~rows["apply_estimated"].astype(bool) & (rows["apply_by"] < pd.Timestamp(today))
    rows = rows[~over & ~rows["extension"].isin([Extension.RULED_OUT, Extension.APPLIED])]
    programmes = rows["funding_id"].map(portfolio.fundings.set_index("id")["programme_id"])
    rows = rows.assign(programme=programmes).dropna(subset=["programme"])
    together: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for place, (programme, end) in enumerate(zip(rows["programme"], rows["end"], strict=True)):
        together[int(programme), _half(end)].append(place)
    names = portfolio.short_names("programme")
    return [
        _proposal(portfolio, programme, str(names[programme]), half, rows.iloc[places])
        for (programme, half), places in together.items()
        if len(set(rows["structure_id"].iloc[places])) > 1
    ]


def _half(end: pd.Timestamp) -> str:
    return f"{end.year}/{1 if end.month <= 6 else 2}"


def _proposal(
    portfolio: Portfolio, programme: int, name: str, half: str, rows: pd.DataFrame
) -> ProposedPotential:
    structures = directory(portfolio).set_index("structure_id").loc[rows["structure_id"]]
    year, which = half.split("/")
    when = f"{which}. Halbjahr {year}"
    ends = [f"{called} ({day(end)})" for called, end in zip(structures["name"], rows["end"], strict=True)]
    fields = frozenset().union(*structures["fields"])
    slugs = dict(zip(portfolio.fields["slug"], portfolio.fields["id"], strict=True))
    facts = sorted(f"f{key} {end:%Y-%m-%d}" for key, end in zip(rows["funding_id"], rows["end"], strict=True))
    return ProposedPotential(
        rule=ProposalKind.APPLY_TOGETHER,
        key=f"{ProposalKind.APPLY_TOGETHER}/p{programme}/{half}",
        facts=";".join(facts),
        name=f"{name}: Anträge im {when} gemeinsam vorbereiten",
        reckoning=(
            f"Im {when} enden aus dem Programm »{name}« {len(rows)} Förderungen: "
            f"{listing(ends, most=_MOST_NAMED)}. {_apply(rows)}"
        ),
        against="Ob das Programm gemeinsame Anträge zulässt, ist nicht erfasst.",
        idea="Zahlen und Begründung einmal erheben, die Anträge aufeinander abstimmen, gemeinsam einbringen.",
        field_id=int(slugs[next(iter(fields))]) if len(fields) == 1 else None,
        municipalities=frozenset().union(*structures["municipalities"]),
        example=bool((structures["provenance"] == Provenance.EXAMPLE).any()),
    )


def _apply(rows: pd.DataFrame) -> str:
    """By when, where a day is known; that nobody can apply yet, where there is no directive."""
    known = rows.loc[rows["apply_by"].notna() & ~rows["apply_estimated"].astype(bool), "apply_by"]
    if len(known):
        return f"Der erste Antrag ist bis {day(known.min())} zu stellen."
    if rows["apply_by"].isna().all():
        return "Zurzeit lässt sich kein Antrag stellen: Die Folgeförderung ist noch nicht ausgeschrieben."
    return "Bis wann Anträge zu stellen sind, ist nicht erfasst."
