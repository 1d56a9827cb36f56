"""Result and votes out of what a Ratsinformationssystem writes in words; what is ambiguous is not decided."""

from __future__ import annotations

import re

from steering.model import CommitteeResult

_SIGNS = {
    CommitteeResult.AMENDED: r"\b(mit (änderungen|der änderung|ergänzungen)|(ab)?geändert\w*)\b",
    CommitteeResult.POSTPONED: r"\b(vertagt|zurückgestellt|abgesetzt|verschoben|vertagung)\b",
    CommitteeResult.WITHDRAWN: r"\bzurückgezogen\b",
    CommitteeResult.REJECTED: r"\b(abgelehnt|ablehnung|abzulehnen)\b",
    CommitteeResult.NOTED: r"\b(zur kenntnis|kenntnisnahme|kenntnis genommen)\b",
    CommitteeResult.RECOMMENDED: r"\b(empfohlen|empfehlung|empfiehlt|beschlussempfehlung)\b",
    CommitteeResult.DECIDED: r"\b(beschlossen|zugestimmt|angenommen|zustimmung|genehmigt)\b",
}
_DENIED = re.compile(
    r"\bnicht (ein\w* |mehrheitlich )?(\w+ )?(beschlossen|zugestimmt|angenommen|empfohlen)\b"
)
_NUMBER = r"(\d{1,3})"
_KINDS = {
    "votes_for": r"ja(?:-?stimmen)?",
    "votes_against": r"(?:nein(?:-?stimmen)?|gegenstimmen?)",
    "abstentions": r"enthaltung(?:en)?",
}
# Of one text either every number stands behind its word or every one before it.
_BEHIND = {field: re.compile(rf"\b{kind}\s*[:=]?\s*{_NUMBER}\b", re.I) for field, kind in _KINDS.items()}
_BEFORE = {field: re.compile(rf"\b{_NUMBER}\s*(?:x\s*)?{kind}\b", re.I) for field, kind in _KINDS.items()}
_PAIR = re.compile(
    rf"(?:abstimmung(?:sergebnis)?|stimmen(?:verhältnis)?|mit)\s*[:=]?\s*{_NUMBER}\s*[:/]\s*{_NUMBER}\b", re.I
)
_UNANIMOUS = re.compile(r"(?<!nicht )\beinstimmig\b", re.I)


def result_of(said: str) -> CommitteeResult | None:
    """What a result in words means; None where it means none of ours, or several."""
    plain = " ".join(said.casefold().split())
    found = {kind for kind, sign in _SIGNS.items() if re.search(sign, plain)}
    if _DENIED.search(plain) and CommitteeResult.REJECTED not in found:
        return None
    # Who recommends votes to decide or to change, and who decides with changes decides.
    if CommitteeResult.RECOMMENDED in found:
        found -= {CommitteeResult.DECIDED, CommitteeResult.AMENDED}
    if CommitteeResult.AMENDED in found:
        if CommitteeResult.DECIDED not in found:
            return None
        found -= {CommitteeResult.DECIDED}
    return found.pop() if len(found) == 1 else None


def votes_of(*said: str) -> dict[str, int | bool]:
    """The votes that the first of these texts names that names any: fields of a Consultation."""
    for text in said:
        signs = _BEHIND if _BEHIND["votes_for"].search(text) else _BEFORE
        matches = {field: sign.search(text) for field, sign in signs.items()}
        found: dict[str, int | bool] = {
            field: int(match[1]) for field, match in matches.items() if match is not None
        }
        if "votes_for" not in found:
            pair = _PAIR.search(text)
            found = {"votes_for": int(pair[1]), "votes_against": int(pair[2])} if pair else {}
        if _UNANIMOUS.search(text) and not found.get("votes_against"):
            found["unanimous"] = True
        if found:
            return found
    return {}
