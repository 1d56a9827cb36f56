"""Tables and figures that stand in papers as they are: scenarios, periods, measures, map and Zeitachse."""

from __future__ import annotations

import pandas as pd

from steering.analysis.document import Block, Figure, Table
from steering.analysis.lives import bars, lifecycle
from steering.analysis.money import county_words
from steering.analysis.money.county import YearMoney
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.subjects import About
from steering.analysis.structures.posts import CountedPosts
from steering.model import MeasureStatus
from steering.model.german import count, day, listing
from steering.model.vocabulary import word

MAP, TIMELINE = "karte", "zeitachse"
MOST_BARS = 30  # on one page, so that a name beside its bar can still be read


def scenarios(facts: Facts) -> Table:
    """How it stands on the day that matters, scenario by scenario."""
    rows = tuple(
        (
            str(row["name"]),
            str(row["running"]),
            str(row["unknown"]),
            _posts(row["posts"]),
            _open(facts, row["open"]),
            _own(row["money"]),
        )
        for row in facts.scenarios.to_dict("records")
    )
    year = facts.after.year
    return Table(
        ("Szenario", "laufen", "ungewiss", "VZÄ der laufenden", "offene Hinweise", f"Landkreis {year}"),
        rows,
        f"Strukturen am {day(facts.after)}, offene Hinweise und was {year} auf den Landkreis entfällt",
        widths=(3.6, 1.8, 2.3, 3.4, 2.2, 3.5),
        right=(1, 2, 4, 5),
    )


def _posts(found: CountedPosts) -> str:
    if not found.every:
        return "–"
    return "nicht bekannt" if found.none_known else found.words


def _open(facts: Facts, number: int) -> str:
    """How many findings are open; without a recorded need nobody knows of gaps."""
    if not facts.needs.empty:
        return str(number)
    return f"mindestens {number}" if number else "nicht bekannt"


def _own(money: YearMoney) -> str:
    nothing = not money.recorded and money.estimated is None and not money.unknown
    return "–" if nothing else county_words.said(money)


def effect(facts: Facts) -> tuple[Block, ...]:
    """Open findings by period without and with the measure or the plan."""
    if facts.compared is None or facts.compared.periods.empty:
        return ()
    who = "Maßnahme" if facts.measure is not None else "Masterplan"
    found = facts.compared.periods
    if facts.needs.empty and not found[["without", "with_plan"]].to_numpy().any():
        return ()
    rows = (
        (f"ohne {who}", *map(str, found["without"])),
        (f"mit {who}", *map(str, found["with_plan"])),
    )
    widths = (3.4, *[2.2] * len(found))
    right = tuple(range(1, len(found) + 1))
    return (Table(("", *found["name"]), rows, "Offene Hinweise je Zeitraum", widths=widths, right=right),)


def map_figure(facts: Facts) -> Figure:
    """Where the structures are that the paper is about; of the whole, where they have their seat."""
    if facts.subject.about == About.WHOLE:
        caption = (
            "Laufende Strukturen mit Sitz in der Gemeinde; kreisweite ohne Sitz sind nicht eingezeichnet"
        )
        return Figure(
            MAP, caption, "Karte: wie viele laufende Strukturen in welcher Gemeinde ihren Sitz haben.", 15
        )
    about = f"Wie viele dieser Strukturen für die Gemeinde arbeiten: {_names(facts)}"
    return Figure(MAP, about, "Karte: wie viele dieser Strukturen für welche Gemeinde arbeiten.", 15)


def timeline_figure(facts: Facts) -> Figure:
    whole = facts.subject.about == About.WHOLE
    about = "Wie lange die Strukturen gesichert sind" + ("" if whole else f": {_names(facts)}")
    lasting = _lasting(facts)
    return Figure(
        TIMELINE,
        about + _left_out(_on_a_page(lasting), len(lasting)),
        "Zeitachse: für jede Struktur ein Balken, der zeigt, wie sicher sie bis wann finanziert ist.",
        25,
    )


def _left_out(drawn: pd.DataFrame, lasting: int) -> str:
    """Which of so many are drawn, where not all of them are."""
    if len(drawn) == lasting:
        return ""
    ending = int(drawn["until"].notna().sum())
    if ending == len(drawn):
        return f"; eingezeichnet sind die {len(drawn)} von {lasting}, deren Sicherung als Erste endet"
    of_those = (
        f"darunter alle {ending}, deren Ende bekannt ist" if ending else "ein Ende ist bei keiner bekannt"
    )
    return f"; eingezeichnet sind {len(drawn)} von {lasting}, {of_those}"


def on_timeline(facts: Facts) -> pd.DataFrame:
    """The rows of `facts.structures` that the Zeitachse draws, the first ends first: where a page cannot show
    all of them, those whose end is known before the others.
    """
    return _on_a_page(_lasting(facts))


def _on_a_page(lasting: pd.DataFrame) -> pd.DataFrame:
    return lasting.sort_values(["until", "name"]).head(MOST_BARS)


def _lasting(facts: Facts) -> pd.DataFrame:
    """Those that have a bar within the horizon."""
    drawn = lifecycle.clip(bars.bars(facts.described, facts.view), facts.view.horizon)
    return facts.structures[facts.structures["structure_id"].isin(drawn["structure_id"])]


def _names(facts: Facts) -> str:
    return listing(list(facts.structures["name"]), 4)


def measure_words(facts: Facts) -> str:
    if facts.measures.empty:
        return "Maßnahmen des Masterplans sind hierzu nicht erfasst."
    return f"Der Masterplan enthält hierzu {count(len(facts.measures), 'Maßnahme', 'Maßnahmen')}."


def measures(facts: Facts) -> tuple[Block, ...]:
    """The measures as a table, if there are any."""
    if facts.measures.empty:
        return ()
    organisations = facts.portfolio.names("organisation")
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
    return (Table(columns, rows, "Maßnahmen", widths=(6, 2.8, 4.4, 3.8)),)
