"""What a paper says about money: sentences from the Haushaltsblatt, and its table."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import pandas as pd

from steering.analysis.decision.options import OptionKind
from steering.analysis.document import Table
from steering.analysis.masterplan import budget
from steering.analysis.money import county_words
from steering.analysis.money import sums as money_sums
from steering.analysis.money.county import YearMoney
from steering.analysis.paper import deciding
from steering.analysis.paper.amounts import are_several, budget_years, of_years, whole
from steering.analysis.paper.facts import BUDGET_YEARS, Facts, is_completed
from steering.model import ExtensionRule, FundingPart, Payer
from steering.model.german import count, in_a_row, listing
from steering.model.vocabulary import word

HEADS = {
    Payer.GRANT.value: "Zuwendung",
    Payer.OWN.value: "Eigenanteil",
    Payer.THIRD.value: "Dritte",
    money_sums.UNCOVERED: "ungedeckt",
}
TOGETHER = "zusammen"
NO_MONEY = "keine Förderung und kein Eigenanteil"
NO_OWN_MONEY = "kein Eigenanteil"
NOTHING = (f"0 € ({NO_MONEY})", NO_OWN_MONEY)


def are(number: int) -> str:
    return "ist" if number == 1 else "sind"


def finance(facts: Facts) -> str:
    """What the decision costs; what falls on the Landkreis by budget year, Pflicht and freiwillig apart."""
    said = deciding.costs(facts)
    if facts.sheet.empty:
        said.append(
            "Beträge sind hierzu nicht erfasst; die finanziellen Auswirkungen sind noch zu beziffern."
        )
        return "\n\n".join(said)
    told = {year: _of_year(facts.sheet[facts.sheet["year"] == year]) for year in years(facts)}
    lines = [f"- {span}: {words}" if words in NOTHING else f"- {of_years(span, words)}"
             for span, words in in_a_row(told)]  # fmt: skip
    said.append(f"{_head(facts)}:\n" + "\n".join(lines))
    said += _estimated(facts)
    said += facts.remarks
    if facts.compared is not None and facts.measure is not None:
        said.append(_of_the_measure(facts))
    said.append(_budget_items(facts))
    if facts.sheet["unknown"].any():
        said.append("Beträge, die nicht bekannt sind, sind in Worten genannt und in keiner Summe enthalten.")
    return "\n\n".join(said)


def _estimated(facts: Facts) -> list[str]:
    """What goes on by own means at a cost that nobody has recorded: beside the sums, never in them."""
    told = {each.year: county_words.about(each.estimated) for each in facts.estimated if each.estimated}
    if not told:
        return []
    lines = [f"{span} {'je Jahr ' if are_several(span) else ''}{amount}" for span, amount in in_a_row(told)]
    return [f"Ungedeckte Kosten, deren Betrag nicht erfasst ist, sind geschätzt: {listing(lines, 12)}."]


def _head(facts: Facts) -> str:
    if facts.measure is not None and not is_completed(facts.measure):
        return "Mit der Maßnahme entfallen auf den Landkreis nach den vorliegenden Daten"
    if not facts.questions.asked:
        return "Auf den Landkreis entfallen nach den vorliegenden Daten"
    expiring = [each.answer(OptionKind.EXPIRE) for each in facts.questions.asked]
    if any(answer is not None and answer.changes for answer in expiring):
        # The sheet runs money beyond the end; what is paid where it does not is in the motion's table.
        return (
            f"Läuft die Förderung weiter, wie hier angenommen ({scenario_words(facts)}), entfallen auf den "
            "Landkreis nach den vorliegenden Daten"
        )
    rule = facts.view.scenario.rule
    reading = "" if rule == ExtensionRule.SECURED else f" im Szenario »{word(rule)}«"
    return f"Ohne den Beschluss entfallen auf den Landkreis nach den vorliegenden Daten{reading}"


def years(facts: Facts) -> range:
    """The budget years that a paper shows."""
    return range(
        facts.view.today.year, min(facts.view.today.year + BUDGET_YEARS, facts.view.horizon.last.year + 1)
    )


def _of_year(rows: pd.DataFrame) -> str:
    """Own and uncovered money of a year, by legal footing; each with how many of its amounts nobody knows, as
    the table has it."""
    if rows.empty:
        return NOTHING[0]
    own = _fallen(rows, Payer.OWN)
    parts = rows.groupby("legal")["own_cents"].sum(min_count=1).dropna()
    if own and len(parts) > 1:
        split = listing([f"{whole(cents)} {legal}" for legal, cents in parts.items()], 6)
        own += f" (bekannt: {split})" if rows["own_unknown"].any() else f" (davon {split})"
    risk = _fallen(rows, money_sums.UNCOVERED)
    said = [f"Eigenanteil {own}" if own else NO_OWN_MONEY]
    return ", ".join([*said, *([f"ungedeckt (Haushaltsrisiko) {risk}"] if risk else [])])


def _fallen(rows: pd.DataFrame, payer: str) -> str:
    """What falls on a payer, in the words of the table; "" where nothing does."""
    cents = rows[f"{payer}_cents"].sum(min_count=1)
    unknown = int(rows[f"{payer}_unknown"].sum())
    if not unknown and (pd.isna(cents) or not cents):
        return ""
    return amount(cents, int(rows[f"{payer}_amounts"].sum()), unknown)


def _of_the_measure(facts: Facts) -> str:
    assert facts.compared is not None
    rows = facts.compared.costs
    if rows.empty:
        return "Was die Maßnahme den Landkreis zusätzlich kostet, ist nicht erfasst."
    # What comes after the years shown above stands among the Folgekosten.
    rows = rows[rows["year"] <= facts.sheet["year"].max()]
    own, risk = _more(rows, "own"), _more(rows, "risk")
    said = []
    if not rows["own_cents"].any() and not rows["own_unknown"].any():
        said.append("Durch die Maßnahme kommt in diesen Jahren kein Eigenanteil hinzu.")
    elif own:
        told = listing(own, 12)
        said.append(f"Darin enthalten ist, was durch die Maßnahme an Eigenanteil hinzukommt: {told}.")
    if risk:
        said.append(f"Die ungedeckten Kosten (Haushaltsrisiko) ändern sich dadurch: {listing(risk, 12)}.")
    unknown = int(rows.loc[rows["own_cents"].notna(), "own_unknown"].sum())
    if unknown:
        verb = "kommt" if unknown == 1 else "kommen"
        said.append(
            f"Dazu {verb} {count(unknown, 'Betrag, der', 'Beträge, die')} nicht bekannt {are(unknown)}."
        )
    return " ".join(said)


def _more(rows: pd.DataFrame, name: str) -> list[str]:
    """What is more by budget year, own money or risk; what is estimated of it says so."""
    guessed = rows["risk_estimated"].notna() if name == "risk" else False
    touched = rows[rows[f"{name}_cents"].notna() | (rows[f"{name}_unknown"] > 0) | guessed]
    told = []
    for row in touched.to_dict("records"):
        cents, estimated = row[f"{name}_cents"], row["risk_estimated"] if name == "risk" else float("nan")
        if pd.isna(estimated):
            told.append(in_year(int(row["year"]), cents))
            continue
        known = 0.0 if pd.isna(cents) else float(cents)
        money = YearMoney(int(row["year"]), known, float(estimated), bool(row["risk_example"]), 0)
        told.append(f"{row['year']}: {county_words.said(money)}")
    return told


def in_year(year: int, cents: float) -> str:
    return f"{year}: {'nicht bekannt' if pd.isna(cents) else whole(cents)}"


def _budget_items(facts: Facts) -> str:
    found = budget_items(facts)
    if not found:
        return "Eine Haushaltsstelle ist noch nicht benannt."
    return f"{'Haushaltsstelle' if len(found) == 1 else 'Haushaltsstellen'}: {listing(found, 6)}."


def budget_items(facts: Facts, structures: Set[int] | None = None) -> list[str]:
    """The Haushaltsstellen of own money: of the measure, or of what the structures get beside their grant."""
    if facts.measure is not None:
        return [str(facts.measure["budget_item"])] if facts.measure["budget_item"] else []
    rows = facts.portfolio.fundings
    rows = rows[(rows["payer"] == Payer.OWN) | (rows["part"] != FundingPart.CARRYING)]
    if structures is not None:
        found = list(rows.loc[rows["structure_id"].isin(structures), "budget_item"])
    else:
        every = {*facts.sheet.loc[facts.sheet["of"] == budget.STRUCTURE, "id"], *facts.ends["structure_id"]}
        paid = facts.sheet.loc[facts.sheet["of"] == budget.MEASURE, "id"]
        found = [
            *rows.loc[rows["structure_id"].isin(every), "budget_item"],
            *facts.measures.loc[facts.measures["id"].isin(paid), "budget_item"],
        ]
    return list(dict.fromkeys(item for item in found if item))


def follow_up(facts: Facts) -> str:
    """Folgekosten: what the Landkreis carries after the money ends, or after the years shown."""
    said = [] if facts.measure is not None else deciding.follow_up(facts)
    if facts.compared is not None and facts.measure is not None:
        said += _of_later_years(facts)
    uncovered = facts.sheet[
        (facts.sheet["uncovered_cents"] > 0)
        | (facts.sheet[f"{money_sums.UNCOVERED}_unknown"] > 0)
        | facts.sheet[budget.ESTIMATED].notna()
    ]
    if len(uncovered):
        said.append(f"Ungedeckte Kosten (Haushaltsrisiko) entstehen {budget_years(set(uncovered['year']))}.")
    return " ".join(said) or "Folgekosten sind aus den Daten nicht ableitbar."


def _of_later_years(facts: Facts) -> list[str]:
    assert facts.compared is not None
    assert facts.measure is not None
    shown = facts.sheet["year"].max() if len(facts.sheet) else facts.view.today.year
    later = facts.compared.costs
    later = later[(later["year"] > shown) & (later["own_cents"].notna() | (later["own_unknown"] > 0))]
    said = []
    if len(later):
        said.append(f"In den Jahren danach kommen an Eigenanteil hinzu: {listing(_more(later, 'own'), 12)}.")
    if pd.isna(facts.measure["end"]):
        said.append("Ein Ende der Maßnahme ist nicht festgelegt; ihre Kosten können fortdauern.")
    return said


def table(facts: Facts) -> Table:
    """A row per budget year and legal footing, a column per payer; what is not known is said in words."""
    rows, sums = [], []
    found = budget.sums(facts.sheet)
    for year in years(facts):
        parts = found[found["year"] == year]
        if parts.empty:
            words = "kein Betrag erfasst" if facts.sheet.empty else NO_MONEY
            rows.append((str(year), words, *["–"] * len(HEADS)))
        rows += [(str(year), str(row["legal"]), *_cells(row)) for row in parts.to_dict("records")]
        if len(parts) > 1:
            sums.append(len(rows))
            rows.append((str(year), TOGETHER, *_cells(budget.together(parts))))
    return Table(
        ("Jahr", "Einordnung", *HEADS.values()),
        tuple(rows),
        f"Finanzierung je Haushaltsjahr ({scenario_words(facts)}); ungedeckt: Haushaltsrisiko",
        widths=(1.6, 2.9, 4.1, 4.1, 1.9, 2.4),
        right=(2, 3, 4, 5),
        sums=tuple(sums),
    )


def scenario_words(facts: Facts) -> str:
    """Scenario and measures that a table of money counts."""
    if facts.measure is not None:
        plan = "mit Masterplan und dieser Maßnahme" if facts.with_plan else "mit dieser Maßnahme"
    else:
        plan = "mit Masterplan" if facts.with_plan else "ohne Masterplan"
    return f"Szenario {word(facts.view.scenario.rule)}, {plan}"


def _cells(row: Mapping[Any, Any]) -> list[str]:
    told = [
        amount(row[f"{payer}_cents"], int(row[f"{payer}_amounts"]), int(row[f"{payer}_unknown"]))
        for payer in HEADS
    ]
    estimated = budget.in_year(row)
    if estimated is not None:
        told[list(HEADS).index(money_sums.UNCOVERED)] = county_words.said(estimated)
    return told


def amount(cents: float, amounts: int, unknown: int) -> str:
    """A sum of so many amounts, of which some are not known, on some of their days at least."""
    if not unknown:
        return "–" if pd.isna(cents) else whole(cents)
    if pd.isna(cents):
        return "nicht bekannt" if amounts == 1 else f"nicht bekannt ({amounts} Beträge)"
    if unknown >= amounts:
        return f"{whole(cents)}, für einen Teil des Jahres nicht bekannt"
    return f"{whole(cents)}, dazu {unknown} von {amounts} nicht bekannt"


def by_name(facts: Facts) -> Table:
    """The Haushaltsblatt itself: a row per budget year and structure or measure."""
    kinds = {budget.STRUCTURE: "", budget.MEASURE: " (Maßnahme)"}
    rows = tuple(
        (str(row["year"]), f"{row['name']}{kinds[row['of']]}", str(row["legal"]), *_cells(row))
        for row in facts.sheet.to_dict("records")
    )
    return Table(
        ("Jahr", "Wofür", "Einordnung", *HEADS.values()),
        rows,
        f"Haushaltsblatt nach Struktur und Maßnahme ({scenario_words(facts)})",
        widths=(1.3, 6.6, 3, 3.6, 3.6, 2.6, 3.4),
        right=(3, 4, 5, 6),
    )
