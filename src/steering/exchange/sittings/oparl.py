"""OParl 1.1 as a Ratsinformationssystem hands it out: a list of sittings, pages of one, or all objects
together.

What systems do otherwise than the standard says is borne: objects whose own address has a wrong prefix are
known by the end of it, removed sittings come as stubs without name and start, places have no id, an end lies
before its start.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from steering.exchange.cells.letters import decoded
from steering.exchange.incoming_files import IncomingFile, check_text
from steering.exchange.sittings.found import (
    ON,
    FoundCalendar,
    FoundSitting,
    WrongCell,
    day_here,
    is_called_off,
    is_web,
)
from steering.model.german import count

MOST_OBJECTS = 50_000
_DEEPEST = 6
_NO_LIST = (
    "ist kein OParl-Verzeichnis von Sitzungen. Bitte die Liste der Sitzungen (»meeting«) der Körperschaft "
    "als JSON speichern."
)
_NO_START = "Die Sitzung hat keinen Beginn. Bitte im Ratsinformationssystem nachsehen."


def is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")


def parsed(file: IncomingFile, nothing: str) -> Any:
    """What a JSON file holds; `nothing` says what is missing in one too deep to be a list of OParl.

    Raises FileRefused.
    """
    check_text(file)
    text, _ = decoded(file.content)
    try:
        return json.loads(text)
    except ValueError:
        raise file.refused("ist kein vollständiges JSON. Bitte die Liste noch einmal speichern.") from None
    except RecursionError:
        raise file.refused(nothing) from None


def read(file: IncomingFile) -> FoundCalendar:
    """All sittings of a file. Raises FileRefused for what is no JSON or holds none."""
    given = parsed(file, _NO_LIST)
    objects = list(_objects(given, _DEEPEST))
    if len(objects) > MOST_OBJECTS:
        raise file.refused("enthält zu viele Einträge. Bitte nur die Sitzungen eines Jahres speichern.")
    names = {key(each.get("id")): named(each) for each in objects if _is(each, "Organization")}
    meetings = [each for each in objects if _is(each, "Meeting") or _looks_like_meeting(each)]
    if not meetings and not _is_empty_list(given):
        raise file.refused(_NO_LIST)
    found = _once(_sitting(at, each, names) for at, each in enumerate(meetings, start=1))
    notes = []
    if double := len(meetings) - len(found):
        notes.append(f"{count(double, 'Sitzung steht', 'Sitzungen stehen')} mehrfach in der Datei.")
    if _goes_on(given):
        notes.append(
            "Die Datei ist nur ein Teil der Liste: Sie verweist auf weitere Seiten. Sitzungen, die hier "
            "fehlen, stehen womöglich dort."
        )
    return FoundCalendar(tuple(found), tuple(notes))


def key(address: object) -> str:
    """What stays of an object's address whatever its prefix: the last two parts of the path, and what is
    asked."""
    if not isinstance(address, str):
        return ""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    end = [part for part in parts.path.split("/") if part][-2:]
    return ("/".join(end) + (f"?{parts.query}" if parts.query else ""))[:400]


def _objects(given: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects of a list, of pages of a list, or of a body with its lists."""
    if depth < 0:
        return
    if isinstance(given, list):
        for each in given:
            yield from _objects(each, depth - 1)
    elif isinstance(given, dict):
        if "id" in given or "start" in given:
            yield given
        for name in ("data", "items", "meeting", "meetings", "organization", "organizations", "included"):
            if isinstance(given.get(name), (list, dict)):
                yield from _objects(given[name], depth - 1)


def _sitting(number: int, given: Mapping[str, Any], names: Mapping[str, str]) -> FoundSitting:
    title = named(given)
    about: dict[str, Any] = {
        "names": tuple(filter(None, (_who(each, names) for each in listed(given.get("organization"))))),
        "titles": (title,),
        "reference": key(given.get("id")),
        "called_off": any(map(said_so, (given.get("deleted"), given.get("cancelled"))))
        or is_called_off(title),
        "link": given.get("web", "") if is_web(given.get("web")) else "",
    }  # fmt: skip
    begins, ends = moment(given.get("start")), moment(given.get("end"))
    if begins is None:
        said = str(given.get("start") or "")[:40]
        wrong = () if about["called_off"] else (WrongCell(ON, said, _NO_START),)
        return FoundSitting(number, **about, wrong=wrong)
    notes: tuple[str, ...] = ()
    if ends is not None and day_here(ends) < day_here(begins):
        notes = ("Das Ende liegt vor dem Beginn; es zählt der Tag des Beginns.",)
    return FoundSitting(number, **about, day=day_here(begins), notes=notes)


def _once(sittings: Iterable[FoundSitting]) -> list[FoundSitting]:
    """Each once; of several with one id the last."""
    found: dict[object, FoundSitting] = {}
    for each in sittings:
        found[each.reference or ("", each.row)] = each
    return list(found.values())


def _who(given: Any, names: Mapping[str, str]) -> str:
    """The name of an organisation that is told or only named by its address."""
    if isinstance(given, dict):
        return named(given) or names.get(key(given.get("id")), "")
    return names.get(key(given), "")


def _is(given: Mapping[str, Any], kind: str) -> bool:
    return str(given.get("type", "")).rstrip("/").endswith(f"/{kind}")


def _looks_like_meeting(given: Mapping[str, Any]) -> bool:
    return "type" not in given and "start" in given


def _is_empty_list(given: Any) -> bool:
    return given == [] or (isinstance(given, dict) and given.get("data") == [])


def _goes_on(given: Any) -> bool:
    """Whether the last page that is there leads to another one."""
    pages = given if isinstance(given, list) else [given]
    last = next((page for page in reversed(pages) if isinstance(page, dict) and "data" in page), {})
    links = last.get("links")
    return isinstance(links, dict) and bool(links.get("next"))


def named(given: Mapping[str, Any]) -> str:
    """What an object is called, "" where it says nothing."""
    for field in ("name", "shortName"):
        if isinstance(given.get(field), str) and given[field].strip():
            return str(given[field]).strip()[:200]
    return ""


def listed(given: Any) -> list[Any]:
    """A list, or what should be one."""
    return given if isinstance(given, list) else [] if given is None else [given]


def said_so(given: Any) -> bool:
    """Whether a mark is set, as a truth value or as a word."""
    return str(given).casefold() == "true"


def moment(given: Any) -> date | datetime | None:
    """The moment that a text names."""
    try:
        return datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
