"""The Beschlussvorschlag: one sentence that can be voted on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from steering.analysis.findings.kinds import KINDS
from steering.analysis.paper import committees
from steering.analysis.paper.amounts import OPEN_AMOUNT, own_money, spans
from steering.analysis.paper.costs import budget_items
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.going_on import OTHERS, OURS, SHARED
from steering.analysis.paper.subjects import About
from steering.model import FindingKind
from steering.model.german import day, fte, listing


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
    """Each structure with its own day and its own money; what others carry alone is only taken note of."""
    rows = facts.going_on
    decided = [_going_on(facts, group) for group in _alike(rows[rows["whose"] != OTHERS])]
    news = [_ends(group) for _, group in rows[rows["whose"] == OTHERS].groupby("first")]
    noted = listing(news, 20)
    if not decided:
        return MotionWords(f"nimmt zur Kenntnis, {noted}", f"zur Kenntnis zu nehmen, {noted}")
    motion = _decides("; ".join(decided))
    if not news:
        return motion
    return MotionWords(
        f"{motion.does}, und nimmt zur Kenntnis, {noted}",
        f"{motion.to_do}, und zur Kenntnis zu nehmen, {noted}",
    )


def _alike(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """What stands in one clause: a structure, or all of one day and kind whose money is still to be named."""
    said: dict[tuple[object, ...], list[int]] = {}
    for key, own in rows.groupby("structure_id", sort=False):
        first = own.iloc[0]
        alone = first["structure_id"] if own_money(own) != [OPEN_AMOUNT] else None
        said.setdefault((first["first"], first["whose"], first["granted"], alone), []).append(int(str(key)))
    return [rows[rows["structure_id"].isin(keys)] for keys in said.values()]


def _going_on(facts: Facts, rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    each = rows.drop_duplicates("structure_id")
    names, when = quoted(each["name"]), day(first["first"])
    what = f"{names} ab dem {when} weiterzuführen"
    if first["whose"] == SHARED:
        what = f"sich ab dem {when} weiter an {names} ({_carriers(each)}) zu beteiligen"
    under = ", soweit die bisherige Förderung in gleicher Höhe fortgesetzt wird," if first["granted"] else ""
    details = _item(budget_items(facts, set(each["structure_id"])))
    if first["whose"] == OURS:
        details += _staff(float(each["fte"].astype("float64").sum(skipna=False)))
    if not own_money(rows):
        return f"{what}{under or ','} ohne zusätzliche Eigenmittel ({details})"
    return f"{what}{under} und dafür Eigenmittel {listing(own_money(rows), 20)} ({details}) bereitzustellen"


def _ends(rows: pd.DataFrame) -> str:
    names = rows["name"].drop_duplicates()
    last = day(rows["first"].iloc[0] - pd.Timedelta(days=1))
    return f"dass die tragende Förderung von {quoted(names)} ({_carriers(rows)}) am {last} endet"


def _carriers(rows: pd.DataFrame) -> str:
    return listing(list(dict.fromkeys(rows["carrier"])))


def quoted(names: pd.Series) -> str:
    return listing([f"»{name}«" for name in names], 6)


def _decides(what: str) -> MotionWords:
    return MotionWords(f"beschließt, {what}", f"zu beschließen, {what}")


def _item(found: list[str]) -> str:
    if not found:
        return "Haushaltsstelle noch zu benennen"
    return f"{'Haushaltsstelle' if len(found) == 1 else 'Haushaltsstellen'} {listing(found, 6)}"


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
    parts = spans(costs)
    money = listing(parts, 10) if parts else OPEN_AMOUNT
    return _decides(
        f"{name} und dafür Eigenmittel {money} ({_item(budget_items(facts))}{staff}) bereitzustellen"
    )


def _clarifying(facts: Facts) -> MotionWords:
    row = facts.unplanned[facts.unplanned["key"] == facts.subject.key].iloc[0]
    names = facts.portfolio.names("task")
    about = f"»{names.get(row['task_id'], '')}«"
    if pd.isna(row["task_id"]):
        about = listing([f"»{name}«" for name in row["participant_names"]])
    what = KINDS[FindingKind(row["kind"])].order.format(about=about)
    ordered = f"{what} und dem Gremium das Ergebnis vorzulegen"
    return MotionWords(f"beauftragt die Verwaltung, {ordered}", f"die Verwaltung zu beauftragen, {ordered}")
