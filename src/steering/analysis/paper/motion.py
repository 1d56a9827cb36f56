"""The Beschlussvorschlag: one sentence that can be voted on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from steering.analysis.paper.facts import Facts
from steering.analysis.paper.subjects import About
from steering.model import FindingKind, FundingPart, Payer
from steering.model.german import day, euro, fte, listing


class Motion(NamedTuple):
    """The same as what a committee does, and as what it is recommended to do."""

    does: str
    to_do: str

    def of(self, committee: str, *, preparing: bool) -> str:
        return (
            f"Dem {committee} wird empfohlen, {self.to_do}." if preparing else f"Der {committee} {self.does}."
        )


def motion(facts: Facts) -> Motion:
    match facts.subject.about:
        case About.PROGRAMME if len(facts.ends):
            return _continuing(facts)
        case About.MEASURE:
            return _measure(facts)
        case About.FINDING:
            return _clarifying(facts)
    what = f"den Bericht über die Strukturen der Integrationsarbeit (Datenstand {day(facts.view.today)})"
    return Motion(f"nimmt {what} zur Kenntnis", f"{what} zur Kenntnis zu nehmen")


def _continuing(facts: Facts) -> Motion:
    rows, year = facts.ends, facts.after.year
    amount = _own_share(rows)
    posts = rows["fte"].dropna()
    staff = f", Stellenplan {fte(posts.sum())}" if len(posts) else ""
    return _decides(
        f"{quoted(rows['name'])} ab dem {day(facts.after)} weiterzuführen und dafür ab dem "
        f"Haushaltsjahr {year} Eigenmittel {amount} ({_budget_items(facts)}{staff}) bereitzustellen"
    )


def quoted(names: pd.Series) -> str:
    return listing([f"»{name}«" for name in names], 6)


def _own_share(rows: pd.DataFrame) -> str:
    """What is known of the own money, and for which structures it is not."""
    known = rows.dropna(subset=["own_cents"])
    if known.empty:
        return "in noch zu beziffernder Höhe"
    amount = f"in Höhe von {euro(known['own_cents'].sum())} je Haushaltsjahr"
    if len(known) == len(rows):
        return amount
    return f"{amount} für {quoted(known['name'])} und im Übrigen in noch zu beziffernder Höhe"


def _decides(what: str) -> Motion:
    return Motion(f"beschließt, {what}", f"zu beschließen, {what}")


def _budget_items(facts: Facts) -> str:
    rows = facts.portfolio.fundings
    rows = rows[
        rows["structure_id"].isin(facts.ends["structure_id"]) & (rows["part"] != FundingPart.CARRYING)
    ]
    found = [item for item in rows["budget_item"].drop_duplicates() if item]
    return f"Haushaltsstelle {listing(found)}" if found else "Haushaltsstelle noch zu benennen"


def _measure(facts: Facts) -> Motion:
    key = int(facts.subject.key)
    row = facts.portfolio.measures.set_index("id").loc[key]
    item = row["budget_item"] or "noch zu benennen"
    costs = facts.portfolio.measure_costs
    costs = costs[(costs["measure_id"] == key) & (costs["payer"] == Payer.OWN)].sort_values("year")
    parts = [_cost(year, cents) for year, cents in zip(costs["year"], costs["amount_cents"], strict=True)]
    money = f"{listing(parts, 10)}" if parts else "in noch zu beziffernder Höhe"
    return _decides(
        f"die Maßnahme »{row['name']}« umzusetzen und dafür Eigenmittel {money} (Haushaltsstelle {item}) "
        "bereitzustellen"
    )


def _cost(year: int, cents: float) -> str:
    amount = "in noch nicht bekannter Höhe" if pd.isna(cents) else f"von {euro(cents)}"
    return f"{amount} im Haushaltsjahr {year}"


def _clarifying(facts: Facts) -> Motion:
    row = facts.found[facts.found["key"] == facts.subject.key].iloc[0]
    names = facts.portfolio.tasks.set_index("id")["name"]
    about = f"»{names.get(row['task_id'], '')}«"
    if pd.isna(row["task_id"]):
        about = listing([f"»{name}«" for name in row["participant_names"]])
    what = {
        FindingKind.OVERLAP: f"die Federführung für die Aufgabe {about} mit den Beteiligten zu klären",
        FindingKind.NO_LEAD: f"die Federführung für die Aufgabe {about} mit den Beteiligten zu klären",
        FindingKind.ENDING: f"über die Fortführung von {about} zu berichten",
        FindingKind.UNKNOWN: f"die fehlenden Angaben zu {about} einzuholen",
    }.get(
        FindingKind(row["kind"]), f"vorzuschlagen, wie der Bedarf bei der Aufgabe {about} gedeckt werden kann"
    )
    ordered = f"{what} und dem Gremium das Ergebnis vorzulegen"
    return Motion(f"beauftragt die Verwaltung, {ordered}", f"die Verwaltung zu beauftragen, {ordered}")
