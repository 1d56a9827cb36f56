"""Papers, consultations and items of agendas in saved OParl 1.1 lists, and what each committee made of one.

What is told once inside another object leaves out which one that is, as the standard has it; what is only
named by its address is looked up among all objects of the file. Addresses with a wrong prefix and removed
objects are borne as in `sittings.oparl`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from steering.exchange.incoming_files import IncomingFile
from steering.exchange.sittings.found import day_here, is_web
from steering.exchange.sittings.oparl import MOST_OBJECTS, key, listed, moment, named, parsed, said_so

_DEEPEST = 12
_NOTHING = (
    "enthält keine Vorlagen mit Beratungen. Bitte die Liste der Vorlagen (»paper«), der Beratungen "
    "(»consultation«) und der Sitzungen (»meeting«) als JSON speichern, am besten in einer Datei."
)
_KINDS = ("Paper", "Consultation", "AgendaItem", "Meeting", "Organization")
# Under which field an object names the one that holds it, where it stands by itself.
_HELD_BY = {"Consultation": ("Paper", "paper"), "AgendaItem": ("Meeting", "meeting")}
Given = Mapping[str, Any]


@dataclass(frozen=True)
class FoundResult:
    """What one consultation of a paper says; `names`: who sat, `meeting` and `reference`: by what the system
    knows the sitting and the item. `day` None where the file does not say it."""

    row: int
    number: str
    title: str
    names: tuple[str, ...]
    meeting: str
    day: date | None
    result: str
    resolution: str
    reference: str
    link: str


def read(file: IncomingFile) -> tuple[FoundResult, ...]:
    """The consultations of all papers of a file, in its order. Raises FileRefused."""
    given = parsed(file, _NOTHING)
    held = _Objects()
    for kind, each in _walk(given, "", "", _DEEPEST):
        held.add(kind, each)
        if len(held) > MOST_OBJECTS:
            raise file.refused("enthält zu viele Einträge. Bitte nur die Vorlagen eines Jahres speichern.")
    if not held.of["Paper"] or not (held.of["Consultation"] or held.of["AgendaItem"]):
        raise file.refused(_NOTHING)
    return tuple(held.results())


class _Objects:
    """The objects of a file by kind and address; of several with one address the last."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Given]] = {kind: {} for kind in _KINDS}

    def __len__(self) -> int:
        return sum(map(len, self.of.values()))

    def add(self, kind: str, each: Given) -> None:
        own = key(each.get("id")) or f"?{len(self)}"
        self.of[kind][own] = {**self.of[kind].get(own, {}), **each}

    def results(self) -> Iterator[FoundResult]:
        items_of = {key(_address(each.get("consultation"))): each for each in self.of["AgendaItem"].values()}
        for number, (own, each) in enumerate(self.of["Consultation"].items(), start=1):
            paper = self.of["Paper"].get(key(_address(each.get("paper"))))
            if paper is None or said_so(paper.get("deleted")) or said_so(each.get("deleted")):
                continue
            item = self.of["AgendaItem"].get(key(_address(each.get("agendaItem")))) or items_of.get(own, {})
            if not said_so(item.get("deleted")):
                yield self._result(number, paper, each, item)

    def _result(self, number: int, paper: Given, consultation: Given, item: Given) -> FoundResult:
        at = key(_address(consultation.get("meeting")) or _address(item.get("meeting")))
        meeting = self.of["Meeting"].get(at, {})
        who = listed(consultation.get("organization")) or listed(meeting.get("organization"))
        begins = moment(meeting.get("start"))
        link = paper.get("web")
        return FoundResult(
            number,
            _text(paper.get("reference"))[:100],
            named(paper),
            tuple(filter(None, (*map(self._who, who), "" if who else named(meeting)))),
            at,
            None if begins is None else day_here(begins),
            _text(item.get("result"))[:500],
            _text(item.get("resolutionText"))[:20_000],
            key(item.get("id")) or key(consultation.get("id")),
            str(link) if is_web(link) else "",
        )

    def _who(self, given: Any) -> str:
        told = named(given) if isinstance(given, dict) else ""
        return told or named(self.of["Organization"].get(key(_address(given)), {}))


def _walk(given: Any, kind: str, holder: str, depth: int) -> Iterator[tuple[str, Given]]:
    """The objects that matter, wherever they stand, with the address of the one that holds them."""
    if depth < 0:
        return
    if isinstance(given, list):
        for each in given:
            yield from _walk(each, kind, holder, depth - 1)
    elif isinstance(given, dict):
        own = next((one for one in _KINDS if str(given.get("type", "")).rstrip("/").endswith(f"/{one}")), "")
        if own:
            above, field = _HELD_BY.get(own, ("", ""))
            yield own, {field: holder, **given} if above and above == kind else given
        address = str(given.get("id", "")) if own else holder
        for value in given.values():
            if isinstance(value, (list, dict)):
                yield from _walk(value, own or kind, address, depth - 1)


def _address(given: Any) -> Any:
    return given.get("id") if isinstance(given, dict) else given


def _text(given: Any) -> str:
    return given.strip() if isinstance(given, str) else ""
