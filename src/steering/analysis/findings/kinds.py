"""What a kind of finding knows of itself: what it asks, in which words, and what it counts as.

The one place for it: lists, papers, rounds and proofs take it from here. Its name is in `model.vocabulary`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from steering.analysis.findings.reasons import AGREEMENT
from steering.model import AssessmentState, FindingKind
from steering.model.vocabulary import word


@dataclass(frozen=True)
class Kind:
    """A kind of finding in words, `{about}` being its task or who takes part, in quotation marks.

    `rule`: by which rule there is such a finding. `question`: to those whom it concerns, for what is about a
    carrier in the room is asked, not said. `order`: what the Verwaltung is asked to do about it. `short`: its
    name in a narrow column. `is_open`: a need is not met; it names that need. `is_unsettled`: it is not clear
    who leads. What is open or unsettled counts as something to act on. `has_cause`: something is missing,
    so that an end may be what opened it.
    """

    rule: str
    question: str
    order: str
    short: str
    is_open: bool = False
    is_unsettled: bool = False
    has_cause: bool = True

    @property
    def counts(self) -> bool:
        return self.is_open or self.is_unsettled


_COVER = "vorzuschlagen, wie der Bedarf bei der Aufgabe {about} gedeckt werden kann,"
_SETTLE = "die Federführung für die Aufgabe {about} mit den Beteiligten zu klären"

# In the order in which what counts is listed.
KINDS = {
    FindingKind.GAP: Kind(
        rule="Es besteht ein Bedarf, und es ist keine laufende Struktur erfasst, die ihn deckt.",
        question="Wie wird {about} künftig abgedeckt?",
        order=_COVER,
        short="Lücke",
        is_open=True,
    ),
    FindingKind.LEAD_ONLY: Kind(
        rule="Es besteht ein Bedarf; eine Struktur ist federführend, aber keine durchführende erfasst.",
        question="Wer führt {about} künftig durch?",
        order=_COVER,
        short="ohne Durchführung",
        is_open=True,
    ),
    FindingKind.SHORTFALL: Kind(
        rule="Was die durchführenden Strukturen anbieten, nach Einwohnern auf ihr Gebiet verteilt, bleibt "
        "unter der Menge, die gebraucht wird.",
        question="Wie lässt sich das Angebot bei {about} an den Bedarf anpassen?",
        order=_COVER,
        short="nicht ausreichend",
        is_open=True,
    ),
    FindingKind.NO_LEAD: Kind(
        rule="Mindestens zwei Strukturen führen die Aufgabe durch, und keine ist als federführend erfasst.",
        question="Wer übernimmt bei {about} die Federführung?",
        order=_SETTLE,
        short="ohne Federführung",
        is_unsettled=True,
    ),
    FindingKind.OVERLAP: Kind(
        rule="Zwei oder mehr Strukturen derselben Planungsebene sind zugleich federführend, und für die "
        "Aufgabe ist keine Anbietervielfalt gewollt.",
        question="Wer übernimmt bei {about} die Federführung, und wer wirkt mit?",
        order=_SETTLE,
        short="mehrfach",
        is_unsettled=True,
        has_cause=False,
    ),
    FindingKind.ENDING: Kind(
        rule="Die Struktur läuft an diesem Tag zum letzten Mal, weil etwas endet, das sie trägt.",
        question="Wie geht es mit {about} nach dem {end} weiter?",
        order="über die Fortführung von {about} zu berichten",
        short="läuft aus",
        has_cause=False,
    ),
    FindingKind.UNKNOWN: Kind(
        rule="Angaben fehlen.",
        question="Welche Angaben zu {about} lassen sich ergänzen?",
        order="die fehlenden Angaben zu {about} einzuholen",
        short="ungewiss",
    ),
}
OPEN = tuple(kind for kind, known in KINDS.items() if known.is_open)
UNSETTLED = tuple(kind for kind, known in KINDS.items() if known.is_unsettled)
COUNTED = tuple(kind for kind, known in KINDS.items() if known.counts)
_WITHOUT_AGREEMENT = "Welche Vereinbarung braucht es bei {about}?"


def name(kind: str, reason: str) -> str:
    """The kind of a finding, or the reason why something is not known."""
    return reason or word(FindingKind(kind))


def question(kind: str, reason: str, about: str, end: str) -> str:
    """The finding as a question to those whom it concerns; `end`: its last day in words."""
    asked = _WITHOUT_AGREEMENT if reason == AGREEMENT else KINDS[FindingKind(kind)].question
    return asked.format(about=f"»{about}«", end=end or "Ende")


def is_missing_data(kind: str, reason: str) -> bool:
    """Whether a finding only says that something has to be filled in; a missing agreement is more."""
    return kind == FindingKind.UNKNOWN and reason != AGREEMENT


def calm(found: pd.DataFrame) -> pd.Series:
    """Whether nobody needs to act: abgestimmt by an agreement or an Einschätzung, or within one house."""
    agreed = (found["assessment_state"] == AssessmentState.AGREED) & found["assessed"]
    return found["coordinated"] | found["internal"] | agreed


def to_settle(found: pd.DataFrame) -> pd.Series:
    """Whether a finding asks who leads or on what terms: the unsettled kinds, and a missing agreement."""
    return found["kind"].isin(UNSETTLED) | (found["reason"] == AGREEMENT)
