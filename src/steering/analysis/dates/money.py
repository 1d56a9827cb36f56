"""Dates that money sets: when it ends, by when to apply, to decide, to prove what it was spent on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from steering.analysis.dates.due import Audience, Due, Words, due, examples, keepers, of_structures, plain_day
from steering.analysis.decision.question import Whose, whose
from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import NO_DAY
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.apply_words import apply_words, is_to_apply
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.decide_words import decide_words
from steering.analysis.structures.decisions import upcoming
from steering.analysis.structures.handed_in import SETTLED, about_end
from steering.analysis.structures.on_the_way import Sitting, first_papers
from steering.analysis.structures.own_ends import own_ends
from steering.analysis.view import Horizon, View
from steering.model import DateKind, EndKind, Extension, FindingKind, FundingPart, OnLoss, Provenance
from steering.model.finding_keys import FindingKey
from steering.model.german import as_sentence
from steering.model.german import day as in_words
from steering.model.vocabulary import word

DECIDED_BY_OTHERS = "die Entscheidung liegt nicht beim Landkreis"


def endings(portfolio: Portfolio, today: date) -> Iterator[Due]:
    """The end of each carrying funding, and of each structure that ends by its own last day."""
    known, theirs = _known(portfolio), _of_others(portfolio, today)
    fundings = portfolio.fundings
    fundings = fundings[fundings["part"] == FundingPart.CARRYING]
    for row in _with_last_day(fundings):
        key = row["structure_id"]
        about = (f"Tragende Förderung: {row['name']}.", *_going_on(row), _loss(known.on_loss[key]))
        if row["id"] in theirs:
            about = (*about, as_sentence(DECIDED_BY_OTHERS))
        yield due(
            DateKind.FUNDING_END, f"funding-{row['id']}", row["last"], known.name[key], *about,
            scope=known.scope[key], example=known.invented(row),
        )  # fmt: skip
    for each in own_ends(portfolio).to_dict("records"):
        about = (*_going_on(each), _loss(each["on_loss"]))
        yield due(
            DateKind.STRUCTURE_END, f"structure-{each['id']}", each["last"].date(), each["name"], *about,
            scope=known.scope[each["id"]], example=each["provenance"] == Provenance.EXAMPLE,
        )  # fmt: skip


def decisions(portfolio: Portfolio, today: date) -> Iterator[Due]:
    """Antrag bis, unless the application is in, and Beschluss bis of each end ahead about which somebody has
    to decide.

    What others decide about is marked: no sitting is theirs, and no calendar has a day for it. What is
    decided has none any more.
    """
    known, invented = _known(portfolio), examples(portfolio.fundings)
    reserved = set(portfolio.internal_findings["key"])
    rows, theirs = _ahead(portfolio, today), _of_others(portfolio, today)
    rows = rows.assign(chain=chain_words(portfolio, rows), decide_words=decide_words(portfolio, rows))
    for row in rows.to_dict("records"):
        example = row["structure_id"] in known.examples or row["funding_id"] in invented
        end = f"Die tragende Förderung endet am {in_words(row['end'])}."
        about: tuple[str, ...] = (end, f"Vorbereitung: {row['department']}." if row["department"] else "")
        scope = known.scope[row["structure_id"]]
        ending = str(FindingKey(FindingKind.ENDING, participants=(row["structure_id"],)))
        # The end itself is in the records; that something is to be decided about it is the finding.
        scope = replace(scope, internal=ending in reserved)
        if is_to_apply(row):
            yield _application(row, about, scope, example)._replace(
                up_to=known.keepers[row["structure_id"]],
                said=f"{word(DateKind.APPLY_BY)} {apply_words(row)}",
            )
        by_others = row["funding_id"] in theirs
        paper = about_end(portfolio, int(row["funding_id"]), row["end"].date())
        if paper is not None and paper.standing in SETTLED:
            continue
        # Who has handed the Vorlage in has done what was up to them.
        told = (*about, as_sentence(f"{paper.called}: {paper.words}")) if paper is not None else about
        keepers_left = frozenset[str]() if paper is not None else known.keepers[row["structure_id"]]
        yield _decision(portfolio, today, row, told, scope, example)._replace(
            by_others=by_others,
            up_to=keepers_left,
            said=DECIDED_BY_OTHERS if by_others else _said(row),
        )


def proofs(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """The Verwendungsnachweis of each funding that has one."""
    known = _known(portfolio)
    for row in portfolio.fundings.dropna(subset=["proof_due"]).to_dict("records"):
        key = row["structure_id"]
        yield due(
            DateKind.PROOF_DUE, f"funding-{row['id']}", row["proof_due"].date(), known.name[key],
            f"Förderung: {row['name']}.", scope=known.scope[key], example=known.invented(row),
            up_to=known.keepers[key],
        )._replace(said=f"{word(DateKind.PROOF_DUE)} {in_words(row['proof_due'])}")  # fmt: skip


@once
def _ahead(portfolio: Portfolio, today: date) -> pd.DataFrame:
    return upcoming(portfolio, View(today, today, Horizon(today, today)))


@once
def _of_others(portfolio: Portfolio, today: date) -> frozenset[int]:
    """The fundings of `upcoming` about whose end the Landkreis does not decide."""
    rows = _ahead(portfolio, today)
    of = whose(portfolio, rows)
    return frozenset(rows.loc[rows["structure_id"].map(of) == Whose.OTHERS, "funding_id"].astype(int))


class _Known(NamedTuple):
    """What is said about structures, by their id."""

    name: dict[int, str]
    on_loss: dict[int, str]
    scope: dict[int, Audience]
    keepers: dict[int, Words]
    examples: set[int]

    def invented(self, row: Mapping[Any, Any]) -> bool:
        """Whether a funding is an example, or that of one."""
        return row["provenance"] == Provenance.EXAMPLE or row["structure_id"] in self.examples


@once
def _known(portfolio: Portfolio) -> _Known:
    rows = portfolio.structures
    name, on_loss = (dict(zip(rows["id"], rows[column], strict=True)) for column in ("name", "on_loss"))
    return _Known(name, on_loss, of_structures(portfolio), keepers(portfolio), examples(rows))


def _application(row: Mapping[Any, Any], about: tuple[str, ...], scope: Audience, example: bool) -> Due:
    reason = "Frist des Programms."
    if row["apply_estimated"]:
        reason = "Geschätzt: sechs Monate vor dem Ende, denn zum Programm ist keine Antragsfrist erfasst."
    return due(
        DateKind.APPLY_BY, f"funding-{row['funding_id']}", row["apply_by"].date(), row["name"], *about,
        reason, scope=scope, estimated=row["apply_estimated"], example=example,
    )  # fmt: skip


def _decision(
    portfolio: Portfolio, today: date, row: Mapping[Any, Any], about: tuple[str, ...], scope: Audience,
    example: bool,
) -> Due:  # fmt: skip
    closing, invented = None, bool(row["decide_example"])
    if row["chain"]:
        closing = row["papers_by"].date()
        reason = f"Weg: {row['chain']}. Handeln hilft noch bis {in_words(row['act_by'])}."
    elif not row["decide_estimated"]:
        first = first_papers(portfolio, today, row)
        closing, invented = first.papers_due, invented or first.invented
        reason = _of_sitting(row, first, str(portfolio.short_names("committee").get(first.committee, "")))
    elif pd.notna(row["unread_year"]):
        unread = f"die Sitzungstermine {int(row['unread_year'])} sind noch nicht eingelesen"
        reason = f"Geschätzt: acht Monate vor dem Ende, denn {unread}."
    elif pd.notna(row["missed_date_id"]):
        reason = f"Geschätzt: acht Monate vor dem Ende. Letzte Sitzung davor: {row['decide_words']}."
    else:
        reason = "Geschätzt: acht Monate vor dem Ende, denn ein passender Gremientermin fehlt."
    return due(
        DateKind.DECIDE_BY, f"funding-{row['funding_id']}", row["decide_by"].date(), row["name"], *about,
        reason, scope=scope, estimated=row["decide_estimated"], example=example or invented,
        ready_by=closing,
    )  # fmt: skip


def _said(row: Mapping[Any, Any]) -> str:
    """By when to decide; without a sitting that gives the day, before which end, and what is missing."""
    if row["decide_estimated"]:
        return f"Beschluss vor dem {in_words(row['end'])}, {row['decide_words']}"
    return f"{word(DateKind.DECIDE_BY)} {row['decide_words']}"


def _of_sitting(row: Mapping[Any, Any], first: Sitting, whose_papers: str) -> str:
    """Who decides, and whose Vorlagenschluss comes first; which of it is an example."""
    if first.papers_due is None:
        return f"Sitzung: {row['committee']}. Ein Sitzungstermin {whose_papers} davor ist noch nicht erfasst."
    said = f"Sitzung: {row['committee']}, Vorlagenschluss {whose_papers} am {in_words(first.papers_due)}."
    if row["decide_example"]:
        return f"{said} Der Sitzungstermin ist ein Beispiel."
    return f"{said} Der Vorlagenschluss ist ein Beispiel." if first.invented else said


def _with_last_day(fundings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Those that end on a known day, with it as `last`; ends before the start are left out."""
    terms = ends.terms(fundings, "start", "end")
    last = pd.Series(days.dates(terms.end), index=fundings.index)
    known = last.notna() & ~terms.contradictory & (terms.end > NO_DAY)
    for row, day in zip(fundings[known].to_dict("records"), last[known], strict=True):
        yield {str(name): value for name, value in row.items()} | {"last": day.date()}


def _going_on(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """What is known about what comes after an end."""
    expected = plain_day(row["expected_until"])
    until = f", voraussichtlich bis {in_words(expected)}" if expected else ""
    return (
        "Fristart: jährlich (Haushaltsvorbehalt)." if row["end_kind"] == EndKind.ANNUAL else "",
        f"Verlängerung: {word(Extension(row['extension']))}{until}.",
    )


def _loss(on_loss: str) -> str:
    return f"Folge bei Wegfall: {word(OnLoss(on_loss))}."
