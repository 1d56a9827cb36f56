"""Warum? The rule behind a finding and the records that it was judged by."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from steering.analysis.findings.kinds import KINDS
from steering.analysis.findings.planning_levels import why_the_same
from steering.analysis.findings.reasons import (
    AGREEMENT,
    CONFIRMATION,
    COVERED,
    DATES,
    END,
    FTE,
    INDICATOR,
    NEVER_CONFIRMED,
    PLACES,
    POPULATION,
    PROGRAMME,
    RATIO,
    RESPONSIBILITY,
)
from steering.analysis.portfolio import Portfolio
from steering.model import FindingKind, Role
from steering.model.finding_keys import structure
from steering.model.vocabulary import WORDS

REASON_RULES = {
    COVERED: "Ob der Bedarf gedeckt ist, ist offen: von einer Struktur, die ihn decken könnte, ist nicht "
    "bekannt, ob sie läuft.",
    AGREEMENT: "Gesetzlich zuständig und federführend sind verschiedene Stellen; eine Vereinbarung darüber "
    "ist nicht erfasst.",
    END: "Bis wann die Struktur läuft, ist nicht bekannt.",
    CONFIRMATION: "Die Angaben zur Struktur wurden in den letzten zwölf Monaten nicht bestätigt.",
    NEVER_CONFIRMED: "Die Angaben zur Struktur wurden noch nie bestätigt, und ihr Ende ist nicht bekannt.",
    RESPONSIBILITY: "Die Struktur läuft, ihr ist aber keine Aufgabe zugeordnet.",
    DATES: "Ein Ende liegt vor seinem Beginn, oder eine Förderung liegt ganz außerhalb der Laufzeit "
    "ihrer Struktur.",
    PROGRAMME: "Die Förderung reicht über die Laufzeit ihres Programms hinaus oder beginnt davor.",
    PLACES: "Ob das Angebot reicht, ist offen: die Plätze einer Struktur sind nicht bekannt.",
    FTE: "Ob das Angebot reicht, ist offen: die VZÄ einer Struktur sind nicht bekannt.",
    RATIO: "Aus einem Beratungsschlüssel lässt sich erst berechnen, ob das Angebot reicht, wenn eine "
    "Kennzahl sagt, für wie viele Personen er gilt. Sie lässt sich beim Bedarf wählen.",
    INDICATOR: "Ob das Angebot reicht, ist offen: wie viel gebraucht wird, richtet sich nach einer Kennzahl, "
    "und in einer Gemeinde hat sie noch keinen Wert.",
    POPULATION: "Ob das Angebot reicht, ist offen: eine Einwohnerzahl ist nicht bekannt.",
}
ROW_COLUMNS = ["record", "id", "name", "role", "start", "end", "provenance", "source"]


@dataclass(frozen=True)
class Why:
    """`rule`: a German sentence; `rows`: the records behind a finding.

    rows has record (the table), id, name, role (German, of responsibilities, else ""), start, end (NaT where
    open), provenance, source.
    """

    rule: str
    rows: pd.DataFrame


def explained(portfolio: Portfolio, found: pd.DataFrame) -> Why:
    """Why there are these findings, which share a key."""
    first = found.iloc[0]
    rule = REASON_RULES.get(first["reason"]) or KINDS[FindingKind(first["kind"])].rule
    if first["kind"] == FindingKind.OVERLAP:
        rule = f"{rule} {why_the_same(portfolio, found)}".rstrip()
    structures = {structure(each) for each in first["participants"]}
    places = {ags for each in found["municipalities"] for ags in each}
    rows = [
        _needs(portfolio, found),
        _responsibilities(portfolio, first["task_id"], structures, places),
        _fundings(portfolio, structures),
        _structures(portfolio, structures),
        _agreements(portfolio, first["task_id"]) if structures else None,
    ]
    return Why(rule, pd.concat([each for each in rows if each is not None and len(each)], ignore_index=True))


def _needs(portfolio: Portfolio, found: pd.DataFrame) -> pd.DataFrame:
    needs = portfolio.needs
    return _rows("need", needs[needs["id"].isin(found["need_id"].dropna())], "valid_from", "valid_until")


def _responsibilities(portfolio: Portfolio, task: int, mine: set[int], places: set[str]) -> pd.DataFrame:
    """Those of the participants; for a task without any, all that count in its municipalities."""
    records, names = portfolio.responsibilities, portfolio.names("structure")
    members = portfolio.area_municipalities
    near = records["area_id"].isin(members.loc[members["ags"].isin(places), "area_id"])
    theirs = records["structure_id"].isin(mine) if mine else near
    kept = records[theirs] if pd.isna(task) else records[theirs & (records["task_id"] == task)]
    kept = kept.assign(
        name=kept["structure_id"].map(names),
        role=[WORDS[Role][role] for role in kept["role"]],
    )
    return _rows("responsibility", kept, "valid_from", "valid_until")


def _fundings(portfolio: Portfolio, structures: set[int]) -> pd.DataFrame:
    fundings = portfolio.fundings
    return _rows("funding", fundings[fundings["structure_id"].isin(structures)], "start", "end")


def _structures(portfolio: Portfolio, structures: set[int]) -> pd.DataFrame:
    records = portfolio.structures
    return _rows("structure", records[records["id"].isin(structures)], "valid_from", "valid_until")


def _agreements(portfolio: Portfolio, task: int) -> pd.DataFrame:
    about = portfolio.agreement_tasks
    agreements = portfolio.agreements
    kept = agreements[agreements["id"].isin(about.loc[about["task_id"] == task, "agreement_id"])]
    return _rows("agreement", kept, "valid_from", "valid_until")


def _rows(record: str, records: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    told = records.assign(record=record, start=records[start], end=records[end])
    return (told if "role" in told else told.assign(role=""))[ROW_COLUMNS]
