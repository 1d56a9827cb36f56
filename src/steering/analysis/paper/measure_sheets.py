"""The measures of the Masterplan, by Handlungsfeld, each with all that is known of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from steering.analysis.document import Block, Heading, paragraphs
from steering.analysis.document import SideBySide as FactBlock
from steering.analysis.masterplan import plan
from steering.analysis.masterplan.proof import Proof
from steering.analysis.paper.amounts import whole
from steering.analysis.paper.facts import Facts
from steering.model import CommitteeResult, MeasureStatus, MilestoneProgress, Payer
from steering.model.german import count, day, listing
from steering.model.vocabulary import word

NO_FIELD = "Ohne Handlungsfeld"
_BY_OTHERS = ", den nicht auch andere Maßnahmen schließen"


def blocks(facts: Facts, found: Proof) -> list[Block]:
    """A sheet for each measure; `found`: what they close."""
    rows = facts.portfolio.measures
    if rows.empty:
        return list(paragraphs("Maßnahmen sind noch nicht erfasst."))
    made: list[Block] = [*paragraphs(_sentence(rows))]
    fields = facts.portfolio.fields.set_index("id")
    names = rows["field_id"].map(fields["name"]).astype(object).fillna(NO_FIELD)
    position = rows["field_id"].map(fields["position"]).astype("float64")
    rows = rows.assign(field=names, position=position).sort_values(["position", "start", "id"])
    for field, some in rows.groupby("field", sort=False):
        made.append(Heading(str(field), 2))
        for row in some.to_dict("records"):
            made += [Heading(str(row["name"]), 3), FactBlock(tuple(_told(facts, found, row)))]
    return made


def _sentence(rows: pd.DataFrame) -> str:
    numbers = rows["status"].value_counts()
    parts = [f"{numbers[status]} {word(status)}" for status in MeasureStatus if status in numbers]
    return f"Der Masterplan enthält {count(len(rows), 'Maßnahme', 'Maßnahmen')}: {listing(parts, 8)}."


def _told(facts: Facts, found: Proof, row: dict[Any, Any]) -> list[tuple[str, str]]:
    data, key = facts.portfolio, int(row["id"])
    units = data.names("organisation")
    partners = data.measure_partners
    with_whom = [str(units.get(each)) for each in
                 partners.loc[partners["measure_id"] == key, "organisation_id"]]  # fmt: skip
    tasks, links = data.names("task"), data.measure_tasks
    about = [str(tasks[each]) for each in links.loc[links["measure_id"] == key, "task_id"]]
    told = [
        ("Stand", word(MeasureStatus(row["status"]))),
        ("Zeitraum", f"{day(row['start'], 'offen')} – {day(row['end'], 'offen')}"),
        ("Aufgaben", listing(about, 8)),
        ("Verantwortlich", str(units.get(row["organisation_id"], "noch offen"))),
        ("Beteiligt", listing(with_whom, 8)),
        ("Beschluss", _decision(facts, row)),
        ("Meilensteine", _milestones(facts, key)),
        ("Kosten", _costs(facts, key)),
        ("Haushaltsstelle", str(row["budget_item"])),
        ("Wirkungen", _effects(facts, key)),
        ("Schließt", _closes(found, key, row)),
    ]
    return [(name, text) for name, text in told if text]


def _decision(facts: Facts, row: dict[Any, Any]) -> str:
    if pd.isna(row["decided_on"]):
        return ""
    committees = facts.portfolio.names("committee")
    who = str(committees.get(row["committee_id"], "Gremium nicht erfasst"))
    number = f", Vorlage {row['paper_number']}" if row["paper_number"] else ""
    known = isinstance(row["result"], str) and row["result"]
    result = f": {word(CommitteeResult(row['result']))}" if known else ""
    return f"{who}, {day(row['decided_on'])}{number}{result}"


def _milestones(facts: Facts, key: int) -> str:
    rows = facts.portfolio.milestones
    rows = rows[rows["measure_id"] == key].sort_values(["day", "id"])
    return "\n".join(
        f"{day(row['day'])}: {row['name']} ({word(MilestoneProgress(row['progress']))})"
        for row in rows.to_dict("records")
    )


def _costs(facts: Facts, key: int) -> str:
    rows = facts.portfolio.measure_costs
    rows = rows[rows["measure_id"] == key].sort_values(["year", "payer", "id"])
    lines = [
        f"{row['year']}: {_amount(row['amount_cents'])} ({word(Payer(row['payer']))})"
        for row in rows.to_dict("records")
    ]
    return "\n".join(lines) or "nicht erfasst"


def _amount(cents: float) -> str:
    return "Betrag nicht bekannt" if pd.isna(cents) else whole(cents)


def _effects(facts: Facts, key: int) -> str:
    told = plan.told(facts.portfolio, key)
    lines = [each.words + (f" – wird nicht angerechnet: {each.problem}" if each.problem else "")
             for each in told]  # fmt: skip
    return "\n".join(lines) or "noch keine erfasst"


def _balance(closed: int, opened: int) -> str:
    told = count(closed, "Hinweis", "Hinweise") if closed else "keinen Hinweis"
    return f"{told}, öffnet aber {opened}" if opened else told


def _closes(found: Proof, key: int, row: dict[Any, Any]) -> str:
    if row["status"] == MeasureStatus.COMPLETED:
        return "abgeschlossen; ihre Wirkungen sind in den Daten enthalten"
    own = found.contributions[found.contributions["measure_id"] == key]
    if own.empty:
        counted = (*plan.IN_FORCE, MeasureStatus.IDEA)
        if row["status"] not in counted:
            return "verworfen; wird nicht angerechnet"
        return "als Idee nicht angerechnet" if row["status"] == MeasureStatus.IDEA else ""
    names = found.periods["name"]
    parts = [
        f"{names[each['period']]}: {_balance(each['last'] + each['last_opened'], each['last_opened'])}"
        for each in own.to_dict("records")
        if each["last"] or each["last_opened"]
    ]
    alone = (own["alone"] + own["alone_opened"]).any()
    return "\n".join(parts) or f"keinen Hinweis{_BY_OTHERS if alone else ''}"
