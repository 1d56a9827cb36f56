"""The Sitzungsvorlage as a draft: its parts in the order of the Landkreis, each with a text to edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from steering.analysis.document import (
    Block,
    Document,
    Figure,
    Heading,
    Motion,
    NewPage,
    Note,
    Table,
    Title,
    paragraphs,
)
from steering.analysis.document import (
    Facts as FactBlock,
)
from steering.analysis.flows import UNCOVERED
from steering.analysis.paper import sentences
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, subjects
from steering.model import ExtensionRule, MeasureStatus, Payer
from steering.model.german import count, day, euro, fte
from steering.model.vocabulary import word

MAP, TIMELINE = "karte", "zeitachse"
MOTION, FACTS = "beschluss", "sachverhalt"


@dataclass(frozen=True)
class Part:
    """A heading, the text under it (to edit), and what follows it as it is.

    Parts of level 2 belong to the one of level 1 before them.
    """

    key: str
    title: str
    text: str = ""
    level: int = 1
    after: tuple[Block, ...] = ()
    new_page: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Head:
    number: str
    department: str
    subject: str
    sittings: tuple[str, ...]
    annexes: tuple[str, ...] = field(default=("Karte", "Zeitachse", "Maßnahmenliste"))


@dataclass(frozen=True)
class Draft:
    head: Head
    parts: tuple[Part, ...]


def draft(facts: Facts) -> Draft:
    """Everything a Sitzungsvorlage says before somebody has edited it."""
    head = _head(facts)
    return Draft(
        head, (_motion(facts, head), *_matter(facts), *_money(facts), *_choices(facts), *_annexes(facts))
    )


def _head(facts: Facts) -> Head:
    words = subjects(facts.portfolio, facts.view)[facts.subject].partition(": ")[2]
    about = {
        About.WHOLE: f"Integrationsarbeit im {facts.district}: Stand und Entwicklung der Strukturen",
        About.PROGRAMME: f"Ende der Förderung: {words}",
        About.MEASURE: f"Maßnahme des Masterplans: {words}",
        About.FINDING: words,
    }[facts.subject.about]
    departments = [name for name in facts.structures["department"] if name]
    who = pd.Series(departments).mode() if departments else pd.Series(dtype=str)
    department = str(who.iloc[0]) if len(who) and facts.subject.about != About.WHOLE else ""
    return Head("", department, about, _sittings(facts))


def _sittings(facts: Facts) -> tuple[str, ...]:
    """The committees by rank with their next sitting that still takes papers; the last one decides."""
    committees, dates = facts.portfolio.committees.sort_values("rank"), facts.portfolio.committee_dates
    dates = dates[dates["papers_due"] >= pd.Timestamp(facts.view.today)].sort_values("day")
    found = []
    for place, row in enumerate(committees.itertuples(), start=1):
        own = dates.loc[dates["committee_id"] == row.id, "day"]
        when = day(own.iloc[0]) if len(own) else "Termin offen"
        role = "beschließend" if place == len(committees) else "vorberatend"
        found.append(f"{row.name}, {when}, öffentlich, {role}")
    return tuple(found)


def _motion(facts: Facts, head: Head) -> Part:
    preparing = len(head.sittings) > 1
    who = head.sittings[-1].split(",")[0] if head.sittings else "Kreistag"
    return Part(MOTION, "Beschlussvorschlag", motion(facts).of(who, preparing=preparing))


def _matter(facts: Facts) -> tuple[Part, ...]:
    return (
        Part(FACTS, "Sachverhalt"),
        Part("beschluesse", "Bisherige Beschlüsse", sentences.former_decisions(facts), 2),
        Part("rechtslage", "Rechtslage", sentences.legal_footing(facts), 2),
        Part("bestand", "Bestand und Entwicklung", sentences.existing(facts), 2),
        Part("bedarf", "Bedarf", sentences.needs(facts), 2),
        Part("luecken", "Lücken", sentences.gaps(facts), 2),
        Part("mehrfach", "Mehrfachzuständigkeiten", sentences.overlaps(facts), 2),
        Part("bewertung", "Bewertung", sentences.assessment(facts), 2),
    )


def _money(facts: Facts) -> tuple[Part, ...]:
    return (
        Part("finanzen", "Finanzielle Auswirkungen", sentences.finance(facts), after=(budget(facts),)),
        Part("folgekosten", "Folgekosten", sentences.follow_up(facts), 2),
    )


def budget(facts: Facts) -> Table:
    """A row per budget year, a column per payer; what is not known is said in words."""
    payers = {
        Payer.GRANT: "Zuwendung",
        Payer.OWN: "Eigenmittel",
        Payer.THIRD: "Dritte",
        UNCOVERED: "Ungedeckt",
    }
    rows = []
    for first, year in facts.money.groupby("first"):
        cells = year.set_index("payer")
        rows.append((f"{first:%Y}", *(_amount(cells.loc[payer]) for payer in payers)))
    return Table(
        ("Jahr", *payers.values()),
        tuple(rows),
        f"Finanzierung je Haushaltsjahr (Szenario {word(facts.view.scenario.rule)})",
        widths=(1.5, 4.4, 4.4, 3.2, 3.2),
        right=(1, 2, 3, 4),
    )


def _amount(row: Any) -> str:
    unknown = int(row["unknown_rows"])
    if not unknown:
        return euro(row["cents"]) if row["known_rows"] else "–"
    known = int(row["known_rows"])
    missing = "nicht bekannt" if not known else f"dazu {unknown} von {known + unknown} nicht bekannt"
    return missing if not known else f"{euro(row['cents'])}, {missing}"


def _choices(facts: Facts) -> tuple[Part, ...]:
    rows = tuple(
        (
            word(ExtensionRule(row["rule"])),
            str(row["running"]),
            str(row["unknown"]),
            _posts(row["fte"], row["fte_unknown"], row["running"]),
        )
        for row in facts.scenarios.to_dict("records")
    )
    table = Table(
        ("Szenario", "laufen", "ungewiss", "VZÄ der laufenden"),
        rows,
        f"Strukturen am {day(facts.after)} in drei Szenarien",
        widths=(4, 3, 3, 6),
        right=(1, 2),
    )
    return (
        Part("ablehnung", "Folgen bei Ablehnung", sentences.if_rejected(facts)),
        Part("alternativen", "Alternativen", sentences.alternatives(facts), after=(table,)),
    )


def _posts(known: float, unknown: int, running: int) -> str:
    if not running:
        return "–"
    if unknown == running:
        return "nicht bekannt"
    return fte(known) + (f" (für {unknown} von {running} nicht bekannt)" if unknown else "")


def _annexes(facts: Facts) -> tuple[Part, ...]:
    return (
        Part(MAP, "Anlage 1: Karte", after=(map_figure(),), new_page=True),
        Part(TIMELINE, "Anlage 2: Zeitachse", after=(timeline_figure(),), new_page=True, wide=True),
        Part(
            "massnahmen", "Anlage 3: Maßnahmenliste", _measure_words(facts), 1, measures(facts), new_page=True
        ),
    )


def map_figure() -> Figure:
    return Figure(
        MAP,
        "Laufende Strukturen mit Sitz in der Gemeinde; kreisweite ohne Sitz sind nicht eingezeichnet",
        "Karte des Landkreises: wie viele laufende Strukturen in welcher Gemeinde ihren Sitz haben.",
        15,
    )


def timeline_figure() -> Figure:
    return Figure(
        TIMELINE,
        "Wie lange die Strukturen gesichert sind",
        "Zeitachse: für jede Struktur ein Balken, der zeigt, wie sicher sie bis wann finanziert ist.",
        25,
    )


def _measure_words(facts: Facts) -> str:
    if facts.measures.empty:
        return "Maßnahmen des Masterplans sind hierzu nicht erfasst."
    return f"Der Masterplan enthält hierzu {count(len(facts.measures), 'Maßnahme', 'Maßnahmen')}."


def measures(facts: Facts) -> tuple[Block, ...]:
    """The measures as a table, if there are any."""
    if facts.measures.empty:
        return ()
    organisations = facts.portfolio.organisations.set_index("id")["name"]
    rows = tuple(
        (
            str(row["name"]),
            word(MeasureStatus(row["status"])),
            str(organisations.get(row["organisation_id"], "noch offen")),
            f"{day(row['start'], 'offen')} – {day(row['end'], 'offen')}",
        )
        for _, row in facts.measures.iterrows()
    )
    columns = ("Maßnahme", "Stand", "Verantwortlich", "Zeitraum")
    return (Table(columns, rows, "Maßnahmen", widths=(6, 2.5, 4, 4)),)


def compose(
    facts: Facts,
    draft: Draft,
    texts: Mapping[str, str] | None = None,
    dropped: frozenset[str] = frozenset(),
) -> Document:
    """The Sitzungsvorlage: `texts` replace those of the draft by the part's key, `dropped` are left out."""
    texts = texts or {}
    blocks: list[Block] = [Title("Sitzungsvorlage", facts.district), _head_block(draft.head)]
    for place, part in enumerate(draft.parts):
        if part.key in dropped or _hollow(draft.parts, place, dropped):
            continue
        if part.new_page:
            blocks.append(NewPage(part.wide))
        blocks.append(Heading(part.title, part.level))
        text = texts.get(part.key, part.text)
        if part.key == MOTION:
            blocks.append(Motion(" ".join(text.split())))
        else:
            blocks.extend(paragraphs(text))
        blocks.extend(part.after)
    blocks.extend(left_out(facts))
    return Document(
        title=f"Sitzungsvorlage: {draft.head.subject}",
        made_on=facts.view.today,
        blocks=tuple(blocks),
        footer=data_of(facts),
        author=draft.head.department,
        subject=draft.head.subject,
    )


def _hollow(parts: tuple[Part, ...], place: int, dropped: frozenset[str]) -> bool:
    """Whether a part is nothing but a heading whose parts are all left out."""
    if parts[place].text or parts[place].after:
        return False
    for part in parts[place + 1 :]:
        if part.level == 1:
            break
        if part.key not in dropped:
            return False
    return True


def _head_block(head: Head) -> FactBlock:
    return FactBlock(
        (
            ("Vorlage-Nr.", head.number or "wird vergeben"),
            ("Fachbereich", head.department or "noch anzugeben"),
            ("Betreff", head.subject),
            ("Beratungsfolge", "\n".join(head.sittings) or "noch anzugeben"),
            (
                "Anlagen",
                "\n".join(f"{place}. {name}" for place, name in enumerate(head.annexes, 1)) or "keine",
            ),
        )
    )


def left_out(facts: Facts) -> tuple[Block, ...]:
    """That examples were left out, where there are any."""
    if not facts.left_out:
        return ()
    what = count(facts.left_out, "Datensatz ist ein Beispiel und", "Datensätze sind Beispiele und")
    return (Note(f"{what} in diesem Dokument nicht berücksichtigt."),)


def data_of(facts: Facts) -> str:
    return (
        f"Datenstand: {day(facts.view.today)} · Stichtag: {day(facts.view.as_of)} · "
        f"Szenario: {word(facts.view.scenario.rule)}"
    )
