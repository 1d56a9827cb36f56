"""What everybody may see: the Portfolio without what is for the administration only (nur Verwaltung).

It is said here once, for all pages, pictures and files: whoever is handed this Portfolio cannot tell what
is internal, since it is not in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from steering.analysis import small_counts
from steering.analysis.portfolio import Portfolio
from steering.model import About, AgendaGroup, FindingKind, PotentialState, Subject
from steering.model.finding_keys import FindingKey
from steering.model.german import count

INTERNAL, NOTE = "internal", "internal_note"
# What a record says, in words, of where it comes from: "2 Pers. lt. Belegungsliste".
_TRACES = ("source", "provenance_note", "origin")
# What everybody reads of a point that they knew of and that has become internal since.
NOT_PUBLIC = "nichtöffentlich"
# By what a Vorlage is found in the Ratsinformationssystem and here, and how a committee voted about it.
_OF_THE_PAPER = ("name", "number", "link", "file_name", "digest", "wording")
_VOTES = ("votes_for", "votes_against", "abstentions")


def for_everyone(portfolio: Portfolio) -> Portfolio:
    """The Portfolio without internal points, agreed actions, addenda and notes, without the answers of
    carriers, without the counts of so few people that somebody could be recognised, without what was said of
    internal findings, without proposals of the program that were put aside, and of Vorlagen without their
    numbers and votes; internal findings themselves are withheld wherever findings are computed.

    What a record says of itself (a funding's end, two federführende offices) stays: internal is the
    judgement, not the record. A point about an internal finding or agreed action is internal too; where
    everybody was told of it before, its place on the agenda stays, without a word.
    """
    keys = frozenset(portfolio.internal_findings["key"])
    masks = {
        table: ~frame[INTERNAL].astype(bool)
        for table, frame in portfolio.frames.items()
        if INTERNAL in frame and frame[INTERNAL].dtype == bool
    }
    points = hidden_points(portfolio)
    known = portfolio.agenda_items["announced"].astype(bool)
    masks["agenda_item"] = ~portfolio.agenda_items["id"].isin(points) | known
    for table in ("outcome", "action_item", "addendum"):
        open_to_all = ~portfolio.frame(table)["agenda_item_id"].isin(points)
        masks[table] = masks[table] & open_to_all if table in masks else open_to_all
    # A point that has become internal must not be read from the wish that it was; nor who wrote it down.
    masks["wish"] = ~portfolio.wishes["agenda_item_id"].isin(points)
    masks["assessment"] = ~portfolio.assessments["key"].isin(keys)
    masks["submission"] = ~portfolio.submissions["subject_key"].isin(keys)
    masks["potential"] = ~_put_aside(portfolio)
    # What is being prepared for everyone stands in the public directory once it is released.
    for table in ("public_offer", "public_text"):
        masks[table] = pd.Series(False, index=portfolio.frame(table).index, dtype=bool)
    # Who has answered in a confirmation round, and what they wrote.
    rounds = portfolio.confirmation_rounds
    masks["confirmation_round"] = pd.Series(False, index=rounds.index, dtype=bool)
    kept = portfolio.keeping(masks)
    frames = {
        table: frame.assign(**{NOTE: pd.array([""] * len(frame), dtype="str")}) if NOTE in frame else frame
        for table, frame in kept.frames.items()
    }
    frames["agenda_item"] = _wordless(frames["agenda_item"], points)
    frames["wish"] = frames["wish"].assign(person=_blank(frames["wish"]))
    frames["measure"] = _unnamed(frames["measure"], keys)
    frames |= _unsaid(kept) | _unvoted(kept, frames["measure"])
    frames["observation"] = _observations(kept)
    frames["housing"] = small_counts.taken_out(kept.housing, "persons", "note", _TRACES)
    return replace(kept, frames=frames, keys_withheld=keys, discreet=True)


def is_untold(table: str, field: str) -> bool:
    """Whether a field tells everyone nothing, or not all, in any record: no file for everyone has it."""
    return field == NOTE or field in _UNTOLD.get(table, ())


def untold(portfolio: Portfolio, table: str, field: str) -> pd.Series:
    """In which records a field does not say what is recorded, where the Portfolio is for everyone."""
    rows = portfolio.frame(table)
    if portfolio.discreet and field in _COUNTED.get(table, ()):
        return small_counts.among(rows)
    if portfolio.discreet and table == "agenda_item" and field in _SAID_OF_POINTS:
        # Of internal points everyone is left those that they knew of, without a word.
        return rows[INTERNAL].astype(bool)
    return pd.Series(False, index=rows.index, dtype=bool)


_UNTOLD = {
    "consultation": (*_VOTES, "unanimous", "note", "reference"),
    "measure": ("answers", "paper_number"),
    "submission": _OF_THE_PAPER,
    "survey_answer": ("reason", "doubt"),
    "survey_request": ("token",),
    "survey_round": ("letter", "mailbox"),
    "wish": ("person",),
}
_COUNTED = {"housing": ("persons", "note", *_TRACES), "observation": ("value",)}
_SAID_OF_POINTS = (
    *("subject_key", "question", "concerns", "occasion", "note", "name", "group", "subject", "previous_id"),
    INTERNAL,
)


def _put_aside(portfolio: Portfolio) -> pd.Series:
    """The proposals that came to nothing: why is a word about Träger, whom nobody may have asked."""
    rows = portfolio.potentials
    return (rows["state"] == PotentialState.NOT_PURSUED) & (rows["proposal"] != "")


def _unsaid(portfolio: Portfolio) -> dict[str, pd.DataFrame]:
    """The survey of needs without what somebody wrote in it: that a need is erhoben, or that there is none,
    is known to everyone; why, and what is to be clarified with whom, is not."""
    rounds, requests, answers = (
        portfolio.frame(name) for name in ("survey_round", "survey_request", "survey_answer")
    )
    doubtful = answers["doubt"] != ""
    return {
        "survey_round": rounds.assign(letter=_blank(rounds), mailbox=_blank(rounds)),
        "survey_request": requests.assign(token=_blank(requests)),
        "survey_answer": answers.assign(
            reason=_blank(answers),
            doubt=pd.array(["zu klären" if each else "" for each in doubtful], dtype="str"),
        ),
    }


def _unvoted(portfolio: Portfolio, measures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Vorlagen and what came of them, as little as keeps a question from being asked again: about what, on
    which day, with which result; not which paper it is, who voted how, and what somebody noted about it."""
    papers, told = portfolio.submissions, portfolio.consultations
    uncounted = pd.Series(pd.NA, index=told.index, dtype="Int64")
    votes = {name: uncounted.astype(told[name].dtype) for name in _VOTES}
    own = papers[(papers["about"] == About.MEASURE) & (papers["number"] != "")]
    named = set(zip(own["subject_key"], own["number"], strict=True))
    numbers = zip(measures["id"].astype(str), measures["paper_number"], strict=True)
    left = ["" if pair in named else pair[1] for pair in numbers]
    return {
        "submission": papers.assign(**{name: _blank(papers) for name in _OF_THE_PAPER}),
        "consultation": told.assign(
            **votes,
            unanimous=pd.Series(False, index=told.index, dtype=bool),
            note=_blank(told),
            reference=_blank(told),
        ),
        "measure": measures.assign(paper_number=pd.array(left, dtype="str")),
    }


def levelled(portfolio: Portfolio) -> Portfolio:
    """The Portfolio for what everyone will read, whoever writes it: small counts of persons told as one."""
    return portfolio.replacing({"observation": _observations(portfolio)})


def _observations(portfolio: Portfolio) -> pd.DataFrame:
    """The values of Kennzahlen, small counts of persons told as one: needs are reckoned with them."""
    indicators, values = portfolio.indicators, portfolio.observations
    known = indicators[["id", "target_group_id", "unit"]].to_dict("records")
    of_persons = values["indicator_id"].isin(row["id"] for row in known if small_counts.counts_persons(row))
    return small_counts.levelled(values, "value", of_persons)


def _blank(rows: pd.DataFrame) -> Any:
    return pd.array([""] * len(rows), dtype="str")


def left_out(portfolio: Portfolio) -> tuple[str, ...]:
    """How much of each kind `for_everyone` leaves out, in German: "2 Hinweise", "1 Notiz".

    Rounds of asking are counted as such, not with each of their rows.
    """
    shown = for_everyone(portfolio)
    gone = {
        ("Hinweis", "Hinweise"): len(portfolio.internal_findings),
        ("Notiz", "Notizen"): sum(
            int((frame[NOTE].fillna("") != "").sum()) for frame in portfolio.frames.values() if NOTE in frame
        ),
        ("Tagesordnungspunkt", "Tagesordnungspunkte"): len(hidden_points(portfolio)),
        ("Absprache", "Absprachen"): len(portfolio.action_items) - len(shown.action_items),
        ("Nachtrag", "Nachträge"): len(portfolio.addenda) - len(shown.addenda),
        ("Rückmelderunde", "Rückmelderunden"): len(portfolio.confirmation_rounds),
        (f"Zahl {small_counts.FEW_WORDS} Personen", f"Zahlen {small_counts.FEW_WORDS} Personen"): int(
            shown.housing[small_counts.WITHHELD].sum()
        ),
        ("verworfener Vorschlag", "verworfene Vorschläge"): int(_put_aside(portfolio).sum()),
    }
    return tuple(count(number, *words) for words, number in gone.items() if number)


def withheld_needs(portfolio: Portfolio) -> frozenset[int]:
    """The needs that a withheld finding says are not met: their state would say the same."""
    return frozenset(key.need for key in _keys(portfolio) if key.need is not None)


def withheld_ends(portfolio: Portfolio) -> frozenset[int]:
    """The structures of which a withheld finding says that they end."""
    return frozenset(
        structure
        for key in _keys(portfolio)
        if key.kind is FindingKind.ENDING
        for structure in key.participants
    )


def _keys(portfolio: Portfolio) -> list[FindingKey]:
    return [key for text in portfolio.withheld if (key := FindingKey.read(text))]


def hidden_points(portfolio: Portfolio) -> set[int]:
    """The ids of the points that are internal, or about a finding or agreed action that is."""
    points, actions = portfolio.agenda_items, portfolio.action_items
    keys = set(portfolio.internal_findings["key"])
    found = points[INTERNAL].astype(bool) | (
        (points["subject"] == Subject.FINDING) & points["subject_key"].isin(keys)
    )
    while True:
        hidden = set(points.loc[found, "id"])
        silent = actions[actions[INTERNAL].astype(bool) | actions["agenda_item_id"].isin(hidden)]
        about = (points["subject"] == Subject.ACTION) & points["subject_key"].isin(
            set(silent["id"].astype(str))
        )
        if not (about & ~found).any():
            return hidden
        found |= about


def _wordless(points: pd.DataFrame, hidden: set[int]) -> pd.DataFrame:
    """The points, those that are hidden without anything that they say."""
    silent = points["id"].isin(hidden)
    if not silent.any():
        return points
    said = {name: points[name].where(~silent, "") for name in ("subject_key", "question", "concerns")}
    said |= {name: points[name].where(~silent, "") for name in ("occasion", "note")}
    return points.assign(
        name=points["name"].where(~silent, NOT_PUBLIC),
        group=points["group"].where(~silent, AgendaGroup.OWN.value),
        subject=points["subject"].where(~silent, Subject.FREE.value),
        previous_id=points["previous_id"].where(~silent),
        internal=points["internal"] | silent,
        **said,
    )


def _unnamed(measures: pd.DataFrame, keys: frozenset[str]) -> pd.DataFrame:
    """The measures without the internal ones among the findings that they answer."""
    kept = ["\n".join(key for key in text.splitlines() if key not in keys) for text in measures["answers"]]
    return measures.assign(answers=pd.array(kept, dtype="str"))
