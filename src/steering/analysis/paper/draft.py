"""The Sitzungsvorlage as a draft: its parts in the order of the Landkreis, each with a text to edit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import pandas as pd

from steering.analysis.document import (
    Block,
    Document,
    Figure,
    Heading,
    Motion,
    NewPage,
    Note,
    Title,
    paragraphs,
)
from steering.analysis.document import (
    SideBySide as FactBlock,
)
from steering.analysis.paper import alternatives, annexes, costs, deciding, rejecting, sentences, way_there
from steering.analysis.paper.annexes import MAP, TIMELINE
from steering.analysis.paper.facts import Facts, plan_words, standpoint
from steering.analysis.paper.left_out import note, rates
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, subjects
from steering.model.german import day, with_capital
from steering.model.vocabulary import word

MOTION, FACTS = "beschluss", "sachverhalt"
STATE, WAY = "grundlage", "weg"
_OF_THE_DAY = (STATE, WAY)


@dataclass(frozen=True)
class PaperPart:
    """A heading, the text under it (to edit), and what follows it as it is.

    Parts of level 2 belong to the one of level 1 before them. An `annex` has its name as the title, and is
    numbered when the paper is composed, among those that are not left out.
    """

    key: str
    title: str
    text: str = ""
    level: int = 1
    after: tuple[Block, ...] = ()
    annex: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Head:
    number: str
    department: str
    subject: str
    sittings: tuple[str, ...]
    annexes: tuple[str, ...] = field(default=("Karte", "Zeitachse", "Maßnahmenliste"))


@dataclass(frozen=True)
class PaperDraft:
    head: Head
    parts: tuple[PaperPart, ...]


def draft(facts: Facts) -> PaperDraft:
    """Everything a Sitzungsvorlage says before somebody has edited it."""
    head = _head(facts)
    return PaperDraft(
        head, (_motion(facts, head), *_matter(facts), *_money(facts), *_choices(facts), *_annexes(facts))
    )


def _head(facts: Facts) -> Head:
    words = subjects(facts.portfolio, facts.view)[facts.subject].partition(": ")[2]
    about = {
        About.WHOLE: f"Integrationsarbeit im {facts.district}: Stand und Entwicklung der Strukturen",
        About.PROGRAMME: f"Ende der Förderung: {words}",
        About.MEASURE: f"Maßnahme des Masterplans: {words}",
        About.FINDING: with_capital(words),
    }[facts.subject.about]
    asked = [one.department for each in facts.questions.asked for one in each.question.endings]
    departments = [name for name in asked or facts.structures["department"] if name]
    who = pd.Series(departments).mode() if departments else pd.Series(dtype=str)
    department = str(who.iloc[0]) if len(who) and facts.subject.about != About.WHOLE else ""
    return Head("", department, about, way_there.sittings_of(facts))


def _motion(facts: Facts, head: Head) -> PaperPart:
    preparing = len(head.sittings) > 1
    who = head.sittings[-1].split(",")[0] if head.sittings else "Kreistag"
    return PaperPart(MOTION, "Beschlussvorschlag", motion(facts).of(who, preparing=preparing))


def _matter(facts: Facts) -> tuple[PaperPart, ...]:
    effect = "Wirkung der Maßnahme" if facts.measure is not None else "Wirkung des Masterplans"
    structures, needs = note(facts.left_out, "structure"), note(facts.left_out, "need")
    duties, plans = note(facts.left_out, "responsibility"), note(facts.left_out, "measure")
    parts = [
        PaperPart(FACTS, "Sachverhalt"),
        PaperPart(STATE, "Grundlage der Angaben", standpoint(facts), 2),
        PaperPart("beschluesse", "Bisherige Beschlüsse", sentences.former_decisions(facts), 2, plans),
        PaperPart("rechtslage", "Rechtslage", sentences.legal_footing(facts), 2),
        PaperPart("bestand", "Bestand und Entwicklung", sentences.existing(facts), 2, structures),
        PaperPart("bedarf", "Bedarf", sentences.needs(facts), 2, needs),
        PaperPart("luecken", "Lücken", sentences.gaps(facts), 2, needs),
        PaperPart("mehrfach", "Mehrfachzuständigkeiten", sentences.overlaps(facts), 2, duties),
    ]
    if facts.compared is not None:
        shown: tuple[Block, ...] = (*annexes.effect(facts), *plans)
        parts.append(PaperPart("wirkung", effect, sentences.effect(facts), 2, shown))
    parts.append(PaperPart("bewertung", "Bewertung", sentences.assessment(facts), 2))
    if told := way_there.told(facts):
        parts.append(PaperPart(WAY, "Weg zum Beschluss", told, 2))
    return tuple(parts)


def _money(facts: Facts) -> tuple[PaperPart, ...]:
    money: tuple[Block, ...] = (
        *deciding.table(facts),
        *rates(facts.questions),
        *(Note(said) for each in facts.questions.asked for said in alternatives.reckoned(facts, each)),
        costs.table(facts),
        *note(facts.left_out, "funding"),
    )
    return (
        PaperPart("finanzen", "Finanzielle Auswirkungen", costs.finance(facts), after=money),
        PaperPart("folgekosten", "Folgekosten", costs.follow_up(facts), 2, rates(facts.questions)),
    )


def _choices(facts: Facts) -> tuple[PaperPart, ...]:
    table: tuple[Block, ...] = (annexes.scenarios(facts), *note(facts.left_out, "structure", "need"))
    return (
        PaperPart("ablehnung", "Folgen bei Ablehnung", rejecting.if_rejected(facts)),
        PaperPart(
            "alternativen",
            "Alternativen",
            sentences.alternatives(facts),
            after=(*alternatives.blocks(facts), *rates(facts.questions), *table),
        ),
    )


def _annexes(facts: Facts) -> tuple[PaperPart, ...]:
    said = annexes.measure_words(facts)
    listed = (*annexes.measures(facts), *note(facts.left_out, "measure"))
    return (
        PaperPart(MAP, "Karte", after=(annexes.map_figure(facts),), annex=True),
        PaperPart(TIMELINE, "Zeitachse", after=(annexes.timeline_figure(facts),), annex=True, wide=True),
        PaperPart("massnahmen", "Maßnahmenliste", said, after=listed, annex=True),
    )


def compose(
    facts: Facts,
    draft: PaperDraft,
    texts: Mapping[str, str] | None = None,
    dropped: frozenset[str] = frozenset(),
    pictures: Set[str] | None = None,
) -> Document:
    """The Sitzungsvorlage: `texts` replace those of the draft by the part's key, `dropped` are left out.

    `pictures`: the names of those that could be drawn, all where it is None; an annex that would be nothing
    but a missing picture is left out, too.
    """
    texts = texts or {}
    dropped = dropped | {part.key for part in draft.parts if _without_its_picture(part, pictures)}
    gone = {part.title for part in draft.parts if part.annex and part.key in dropped}
    blocks: list[Block] = [Title("Sitzungsvorlage", facts.district), _head_block(draft.head, gone)]
    number = 0
    for place, part in enumerate(draft.parts):
        if part.key in dropped or _hollow(draft.parts, place, dropped):
            continue
        title = part.title
        if part.annex:
            number += 1
            title = f"Anlage {number}: {title}"
            blocks.append(NewPage(part.wide))
        blocks.append(Heading(title, part.level))
        text = texts.get(part.key, part.text)
        if part.key == MOTION:
            blocks.append(Motion(" ".join(text.split())))
        else:
            blocks.extend(paragraphs(text))
        blocks.extend(part.after)
    return Document(
        title=f"Sitzungsvorlage: {draft.head.subject}",
        made_on=facts.view.today,
        blocks=tuple(blocks),
        footer=data_of(facts),
        author=draft.head.department,
        subject=draft.head.subject,
    )


def wording(draft: PaperDraft, texts: Mapping[str, str], dropped: frozenset[str]) -> str:
    """A digest of what a paper says, by which a later draft is told apart from the one that was handed in.

    Its number, which comes afterwards, and what merely tells of the day belong to it only as typed.
    """
    said = [draft.head.department, draft.head.subject]
    for part in draft.parts:
        text = texts.get(part.key, part.text)
        if part.key not in dropped and not (part.key in _OF_THE_DAY and text == part.text):
            said += [part.title, text]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def _without_its_picture(part: PaperPart, pictures: Set[str] | None) -> bool:
    """Whether an annex consists of one picture, and that is missing."""
    drawn = [block.picture for block in part.after if isinstance(block, Figure)]
    return part.annex and pictures is not None and bool(drawn) and pictures.isdisjoint(drawn)


def _hollow(parts: tuple[PaperPart, ...], place: int, dropped: frozenset[str]) -> bool:
    """Whether a part is nothing but a heading whose parts are all left out."""
    if parts[place].text or parts[place].after:
        return False
    for part in parts[place + 1 :]:
        if part.level == 1:
            break
        if part.key not in dropped:
            return False
    return True


def _head_block(head: Head, gone: set[str]) -> FactBlock:
    annexes = [name for name in head.annexes if name not in gone]
    return FactBlock(
        (
            ("Vorlage-Nr.", head.number or "wird vergeben"),
            ("Fachbereich", head.department or "noch anzugeben"),
            ("Betreff", head.subject),
            ("Beratungsfolge", "\n".join(head.sittings) or "noch anzugeben"),
            (
                "Anlagen",
                "\n".join(f"{place}. {name}" for place, name in enumerate(annexes, 1)) or "keine",
            ),
        )
    )


def data_of(facts: Facts) -> str:
    return (
        f"Datenstand: {day(facts.view.today)} · Stichtag: {day(facts.view.as_of)} · "
        f"Szenario: {word(facts.view.scenario.rule)}, {plan_words(facts)}"
    )
