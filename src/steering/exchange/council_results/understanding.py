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
# What is denied, or holds with a reservation only: which of the words around it that concerns is not guessed.
_DENIED = re.compile(
    r"\b(nichts?|kein\w*|ohne|weder|mangels|verweiger\w*|versag\w*|fehl(t|en\w*)|entf(ällt|allen)|vorbehalt\w*)\b"
)
_HARMLESS = re.compile(
    r"\bnicht-? ?öffentlich\w*"
    r"|\b(ohne|keine) (gegenstimmen?|nein-?stimmen|enthaltung(en)?|aussprache|änderung(en)?)\b"
    r"(?! (und|oder)\b)"
)
_NOT_REJECTED = re.compile(r"\b(nicht|kein\w*|ohne) (\w+ )?(abgelehnt|ablehnung|abzulehnen)\b")
# A number by itself: neither a part of a fraction nor of a time or day.
_NUMBER = r"(?<![\d/])(?<!\d[:.,])(\d{1,3})(?![/:.,]?\d)"
_KINDS = {
    "votes_for": r"ja(?:-?stimmen)?",
    "votes_against": r"(?:nein(?:-?stimmen)?|gegenstimmen?)",
    "abstentions": r"enthaltung(?:en)?",
}
# Of one text either every number stands behind its word or every one before it.
_BEHIND = {field: re.compile(rf"\b{kind}\s*[:=]?\s*{_NUMBER}\b", re.I) for field, kind in _KINDS.items()}
_BEFORE = {field: re.compile(rf"\b{_NUMBER}\s*(?:x\s*)?{kind}\b", re.I) for field, kind in _KINDS.items()}
# »2/3« is a share unless Stimmen are named.
_PAIR = re.compile(
    r"(?:abstimmung(?:sergebnis)?|stimmen(?:verhältnis)?|mit)\s*[:=]?\s*"
    r"(\d{1,3})\s*(?::\s*(\d{1,3})\b(?!\s*uhr)|/\s*(\d{1,3})\s*stimmen\b)",
    re.I,
)
_UNANIMOUS = re.compile(r"(?<!nicht )\beinstimmig\b", re.I)


def result_of(said: str) -> CommitteeResult | None:
    """What a result in words means; None where it means none of ours, or several."""
    plain = " ".join(said.casefold().split())
    found = {kind for kind, sign in _SIGNS.items() if re.search(sign, plain)}
    denied = _DENIED.search(_HARMLESS.sub(" ", plain))
    if denied and (CommitteeResult.REJECTED not in found or _NOT_REJECTED.search(plain)):
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
        found: dict[str, int | bool] = {**(_named(text) or _pair(text))}
        if _UNANIMOUS.search(text) and not found.get("votes_against"):
            found["unanimous"] = True
        if found:
            return found
    return {}


def _named(text: str) -> dict[str, int]:
    """The votes with their words; none where another reading brings in a number that this one leaves over."""
    readings = [
        sorted(
            (match.start(), match.start(1), field, int(match[1]))
            for field, sign in signs.items()
            for match in sign.finditer(text)
        )
        for signs in (_BEHIND, _BEFORE)
    ]
    # Which way is meant shows in what stands first.
    other, chosen = sorted(readings, key=lambda each: each[0][0] if each else len(text), reverse=True)
    left_over = {place for _, place, *_ in other} - {place for _, place, *_ in chosen}
    votes = {(field, number) for *_, field, number in chosen}
    found = dict(votes)
    return found if "votes_for" in found and len(found) == len(votes) and not left_over else {}


def _pair(text: str) -> dict[str, int]:
    pair = _PAIR.search(text)
    return {"votes_for": int(pair[1]), "votes_against": int(pair[2] or pair[3])} if pair else {}
