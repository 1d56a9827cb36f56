"""The next decision as a question that can be voted on, and what ends without being the Landkreis's.

Decisions beyond docs/rules.md#by-when-to-act:

- The Kreistag decides about posts of organisations under the Landkreis, about the Landkreis's own money in
  what others run, and about what a measure of the Landkreis names. Anything else that ends is news.
- One question: what ends by the same programme on the same day, or without a programme one structure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from steering.analysis.document import Strong, Text
from steering.analysis.own_house import own_house
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import stored_changes
from steering.analysis.structures.decisions import next_decision
from steering.model import Extension, Payer, StructureKind
from steering.model.german import day, euro, fte, listing


class Whose(StrEnum):
    """Why something is the Landkreis's to decide, or that it is not."""

    OWN = "own"
    SHARE = "share"
    MEASURE = "measure"
    OTHERS = "others"


@dataclass(frozen=True)
class EndingStructure:
    """A structure whose carrying money ends; `fundings` are those that end, `own_cents` per year."""

    structure_id: int
    fundings: tuple[int, ...]
    name: str
    kind: StructureKind
    carrier: str
    department: str
    fte: float | None
    legal: str
    own_cents: float | None
    extension: Extension
    whose: Whose


@dataclass(frozen=True)
class DecisionQuestion:
    """What is to be decided about the endings of one day.

    `programme` in short and `programme_genitive` ("der BIR III"), "" where the money is from none.
    """

    end: date
    programme_id: int | None
    programme: str
    programme_genitive: str
    endings: tuple[EndingStructure, ...]

    @property
    def structures(self) -> tuple[int, ...]:
        return tuple(one.structure_id for one in self.endings)

    @property
    def fundings(self) -> tuple[int, ...]:
        return tuple(key for one in self.endings for key in one.fundings)


def every(
    portfolio: Portfolio, rows: pd.DataFrame
) -> tuple[tuple[DecisionQuestion, ...], tuple[DecisionQuestion, ...]]:
    """All questions of such rows, the next one first, and all that ends without being one."""
    found = list(one_by_one(portfolio, rows))
    mine = tuple(question for question, _ in found if question is not None)
    return mine, tuple(one for _, others in found for one in others)


def one_by_one(
    portfolio: Portfolio, rows: pd.DataFrame
) -> Iterator[tuple[DecisionQuestion | None, list[DecisionQuestion]]]:
    """One decision after the other: its question, if the Landkreis has one in it, and what of it is news."""
    of = whose(portfolio, rows)
    while len(rows):
        group = next_decision(rows)
        rows = rows.drop(group.index)
        mine = group["structure_id"].map(of) != Whose.OTHERS
        yield (
            _question(portfolio, group[mine], of) if mine.any() else None,
            [] if mine.all() else [_question(portfolio, group[~mine], of)],
        )


def whose(portfolio: Portfolio, rows: pd.DataFrame) -> dict[int, Whose]:
    """For each structure of `decisions.upcoming` whose decision it is."""
    carriers = portfolio.structures.set_index("id")["organisation_id"]
    ours, shared, named = own_house(portfolio), _shared(portfolio, rows), _named(portfolio)
    found = {}
    for key in rows["structure_id"].unique():
        found[int(key)] = Whose.OTHERS
        for condition, answer in (
            (carriers[key] in ours, Whose.OWN),
            (key in shared, Whose.SHARE),
            (key in named, Whose.MEASURE),
        ):
            if condition:
                found[int(key)] = answer
                break
    return found


def _shared(portfolio: Portfolio, rows: pd.DataFrame) -> set[int]:
    """The structures into which money of the Landkreis flows on the day on which they end."""
    own = portfolio.fundings[portfolio.fundings["payer"] == Payer.OWN]
    both = own.merge(rows[["structure_id", "funding_id", "end"]], on="structure_id", suffixes=("", "_of"))
    flows = (both["start"].isna() | (both["start"] <= both["end_of"])) & (
        both["end"].isna() | (both["end"] >= both["end_of"])
    )
    follows = (both["accompanies_id"] == both["funding_id"]).fillna(value=False).astype(bool)
    return set(both.loc[flows | follows, "structure_id"].astype(int))


def _named(portfolio: Portfolio) -> set[int]:
    """The structures that the effects of the Landkreis's own measures name, themselves or by their money."""
    houses = own_house(portfolio)
    structure_of = dict(zip(portfolio.fundings["id"], portfolio.fundings["structure_id"], strict=True))
    measures = portfolio.measures
    found: set[int] = set()
    for text in measures.loc[measures["organisation_id"].isin(houses), "effects"]:
        for change in stored_changes.readable(stored_changes.read(text)):
            funded = structure_of.get(getattr(change, "funding_id", None))
            found |= {key for key in (getattr(change, "structure_id", None), funded) if key is not None}
    return found


def _question(portfolio: Portfolio, rows: pd.DataFrame, of: Mapping[int, Whose]) -> DecisionQuestion:
    kinds = portfolio.structures.set_index("id")["kind"]
    endings = []
    for key, group in rows.groupby("structure_id", sort=False):
        row, own = group.iloc[0], group["own_cents"].sum(min_count=1)
        endings.append(
            EndingStructure(
                structure_id=int(row["structure_id"]),
                fundings=tuple(int(each) for each in group["funding_id"]),
                name=str(row["name"]),
                kind=StructureKind(kinds[key]),
                carrier=str(row["organisation_short"]),
                department=str(row["department"]),
                fte=None if pd.isna(row["fte"]) else float(row["fte"]),
                legal=str(row["legal"]),
                own_cents=None if pd.isna(own) else float(own),
                extension=Extension(row["extension"]),
                whose=of[int(row["structure_id"])],
            )
        )
    first = rows.iloc[0]
    programme = "" if pd.isna(first["programme_id"]) else str(first["programme_short"] or first["programme"])
    programme_id = None if pd.isna(first["programme_id"]) else int(first["programme_id"])
    # A directive is feminine; of any other programme's name nobody knows its gender.
    is_directive = "richtlinie" in str(first["programme"]).casefold()
    genitive = f"der {programme}" if is_directive else f"des Programms »{programme}«"
    return DecisionQuestion(
        first["end"].date(), programme_id, programme, genitive if programme else "", tuple(endings)
    )


_WHAT = {
    StructureKind.POST: "die Stelle",
    StructureKind.FACILITY: "die Einrichtung",
    StructureKind.PROJECT: "das Projekt",
    StructureKind.SERVICE: "das Angebot",
    StructureKind.NETWORK: "das Netzwerk",
    StructureKind.VOLUNTEER: "das Ehrenamt",
    StructureKind.ACCOMMODATION: "die Unterkunft",
}


def sentence(question: DecisionQuestion) -> Text:
    """The question in one sentence that a committee can vote on."""
    own = [one for one in question.endings if one.whose != Whose.SHARE]
    shares = [one for one in question.endings if one.whose == Whose.SHARE]
    asked_for = []
    if own:
        asked_for.append((with_sizes(own), "aus eigenen Mitteln weiterführen"))
    if shares:
        asked_for.append((f"seinen Anteil an {with_shares(shares)}", "weiter leisten"))
    (first, verb), *more = asked_for
    pieces: list[str | Strong] = [
        "Soll der Landkreis ", Strong(first), " nach dem ", Strong(day(question.end)), f" {verb}",
    ]  # fmt: skip
    for what, doing in more:
        pieces += [" und ", Strong(what), f" {doing}"]
    condition = until(question)
    return (*pieces, f", {condition}?" if condition else "?")


def until(question: DecisionQuestion) -> str:
    """Until when the answer is meant to hold; "" where no further grant is to be expected."""
    found = {one.extension for one in question.endings}
    if found & {Extension.APPLIED, Extension.EXPECTED}:
        return "bis über die beantragte oder in Aussicht gestellte Verlängerung entschieden ist"
    if found == {Extension.RULED_OUT}:
        return ""
    if question.programme:
        return f"bis über eine Nachfolge {question.programme_genitive} entschieden ist"
    return "bis über eine Anschlussförderung entschieden ist"


def plain_name(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return name.split(" (", maxsplit=1)[0]


def with_sizes(endings: Sequence[EndingStructure]) -> str:
    """die Stelle »Lotsen« (1,5 VZÄ) und das Projekt »Kurs« (VZÄ nicht bekannt)."""
    return listing([f"{_WHAT[one.kind]} »{plain_name(one.name)}« ({fte(one.fte)})" for one in endings], 6)


def with_shares(endings: Sequence[EndingStructure]) -> str:
    """»Beratung« (Caritas, 13.000 € im Jahr)."""
    told = []
    for one in endings:
        money = "Höhe nicht bekannt" if one.own_cents is None else f"{euro(one.own_cents)} im Jahr"
        told.append(f"»{plain_name(one.name)}« ({one.carrier}, {money})")
    return listing(told, 6)
