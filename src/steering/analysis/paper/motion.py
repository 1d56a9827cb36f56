"""The Beschlussvorschlag: one sentence that can be voted on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from steering.analysis.findings.kinds import KINDS
from steering.analysis.paper import committees
from steering.analysis.paper.comparison import own_house
from steering.analysis.paper.costs import budget_items, whole
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.subjects import About
from steering.model import FindingKind
from steering.model.german import day, euro, fte, listing

OPEN_AMOUNT = "in noch zu beziffernder Höhe"


class MotionWords(NamedTuple):
    """The same as what a committee does, and as what it is recommended to do."""

    does: str
    to_do: str

    def of(self, committee: str, *, preparing: bool) -> str:
        if preparing:
            return f"{committees.to_whom(committee)} wird empfohlen, {self.to_do}."
        return f"{committees.subject(committee)} {self.does}."


def motion(facts: Facts) -> MotionWords:
    match facts.subject.about:
        case About.PROGRAMME if len(facts.ends):
            return _continuing(facts)
        case About.MEASURE:
            return _measure(facts)
        case About.FINDING:
            return _clarifying(facts)
    what = f"den Bericht über die Strukturen der Integrationsarbeit (Datenstand {day(facts.view.today)})"
    return MotionWords(f"nimmt {what} zur Kenntnis", f"{what} zur Kenntnis zu nehmen")


def _continuing(facts: Facts) -> MotionWords:
    rows, year = facts.ends, facts.after.year
    return _decides(
        f"{quoted(rows['name'])} ab dem {day(facts.after)} weiterzuführen und dafür ab dem "
        f"Haushaltsjahr {year} Eigenmittel {_own_share(rows)} ({_item(facts)}{_staff(_ending_posts(facts))}) "
        "bereitzustellen"
    )


def quoted(names: pd.Series) -> str:
    return listing([f"»{name}«" for name in names], 6)


def _own_share(rows: pd.DataFrame) -> str:
    """What is known of the own money, and for which structures it is not."""
    known = rows.dropna(subset=["own_cents"])
    if known.empty:
        return OPEN_AMOUNT
    amount = f"in Höhe von {euro(known['own_cents'].sum())} je Haushaltsjahr"
    if len(known) == len(rows):
        return amount
    return f"{amount} für {quoted(known['name'])} und im Übrigen {OPEN_AMOUNT}"


def _decides(what: str) -> MotionWords:
    return MotionWords(f"beschließt, {what}", f"zu beschließen, {what}")


def _item(facts: Facts) -> str:
    found = budget_items(facts)
    if not found:
        return "Haushaltsstelle noch zu benennen"
    return f"{'Haushaltsstelle' if len(found) == 1 else 'Haushaltsstellen'} {listing(found, 6)}"


def _ending_posts(facts: Facts) -> float:
    """FTE of what ends in the own house; posts of other carriers are in no Stellenplan of ours."""
    carriers = facts.portfolio.structures.set_index("id")["organisation_id"]
    own = [own_house(facts.portfolio, carriers.get(key)) for key in facts.ends["structure_id"]]
    return float(facts.ends.loc[own, "fte"].sum(skipna=False)) if any(own) else 0.0


def _staff(posts: float) -> str:
    if pd.isna(posts):
        return ", Stellenplan noch zu beziffern"
    return f", Stellenplan {fte(posts)}" if posts else ""


def _measure(facts: Facts) -> MotionWords:
    assert facts.measure is not None
    assert facts.compared is not None
    name = f"die Maßnahme »{facts.measure['name']}« umzusetzen"
    costs = facts.compared.costs
    costs = costs[costs["own_cents"].notna() | (costs["own_unknown"] > 0)]
    staff = _staff(facts.compared.posts)
    if len(costs) and not costs["own_cents"].fillna(1).any() and not costs["own_unknown"].any():
        where = f" (Stellenplan{staff.removeprefix(', Stellenplan')})" if staff else ""
        return _decides(f"{name}{where}; zusätzliche Eigenmittel sind dafür nicht erforderlich")
    parts = _spans(costs)
    money = listing(parts, 10) if parts else OPEN_AMOUNT
    return _decides(f"{name} und dafür Eigenmittel {money} ({_item(facts)}{staff}) bereitzustellen")


def _spans(costs: pd.DataFrame) -> list[str]:
    """Own money by budget year, years in a row with the same amount together."""
    told: list[tuple[str, int, int]] = []
    for row in costs.to_dict("records"):
        year, cents = int(row["year"]), row["own_cents"]
        amount = "" if pd.isna(cents) else whole(cents)
        if amount and row["own_unknown"]:
            amount += " und weitere noch nicht bekannte"
        if told and told[-1][0] == amount and told[-1][2] == year - 1:
            told[-1] = (amount, told[-1][1], year)
        else:
            told.append((amount, year, year))
    return [_span(*each) for each in told]


def _span(amount: str, first: int, last: int) -> str:
    when = f"im Haushaltsjahr {first}" if first == last else f"in den Haushaltsjahren {first} bis {last}"
    if not amount:
        return f"in noch nicht bekannter Höhe {when}"
    return f"von {'' if first == last else 'je '}{amount} {when}"


def _clarifying(facts: Facts) -> MotionWords:
    row = facts.unplanned[facts.unplanned["key"] == facts.subject.key].iloc[0]
    names = facts.portfolio.names("task")
    about = f"»{names.get(row['task_id'], '')}«"
    if pd.isna(row["task_id"]):
        about = listing([f"»{name}«" for name in row["participant_names"]])
    what = KINDS[FindingKind(row["kind"])].order.format(about=about)
    ordered = f"{what} und dem Gremium das Ergebnis vorzulegen"
    return MotionWords(f"beauftragt die Verwaltung, {ordered}", f"die Verwaltung zu beauftragen, {ordered}")
