"""The text of an offer as a piece of HTML for a page elsewhere, in German or in a language that it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.exchange.publication.naming import areas, legible_entry, mailbox, web_address
from steering.model import Language
from steering.model.german import day

GERMAN = "de"
_FROM_RIGHT = {Language.ARABIC.value, Language.PERSIAN.value}


def fragment(entry: PublicEntry | None, directory: PublicDirectory, language: str) -> str:
    """HTML without a heading; `language`: GERMAN or a tag of Language.

    Where the offer has no text in the language, its German one stands there, marked as such; where nothing of
    it is public (None: the offer itself is not), that there is nothing to say.
    """
    shown = _shown(legible_entry(entry).values, directory, language) if entry else {}
    return _template().render(said=any(shown.values()), german=language == GERMAN, **shown)


@cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("integreat.html")


def _shown(said: Mapping[str, Any], directory: PublicDirectory, language: str) -> dict[str, Any]:
    text = next((each["text"] for each in said.get("texts", ()) if each["language"] == language), "")
    written = language if text else GERMAN
    until = said.get("end", {}).get("until")
    return {
        "paragraphs": [
            {"said": each, "language": written, "direction": "rtl" if written in _FROM_RIGHT else "ltr"}
            for each in (text or said.get("what", "")).splitlines()
            if each.strip()
        ],
        "for_whom": said.get("for_whom"),
        "areas": [name for _, name in areas(directory, said.get("reach", {}))],
        "opening": said.get("opening"),
        "until": day(date.fromisoformat(until)) if until else "",
        "contact": list(_contact(said)),
    }


def _contact(said: Mapping[str, Any]) -> list[dict[str, str]]:
    """Whom to ask and where, each with the address that a press on it opens, "" for none."""
    at, contact = said.get("address", {}), said.get("contact", {})
    town = f"{at.get('postal_code', '')} {at.get('town', '')}".strip()
    to = mailbox(contact.get("mailbox", ""))
    lines = [
        (contact.get("function"), ""),
        (", ".join(filter(None, (at.get("street"), town))), ""),
        (contact.get("phone"), ""),
        (contact.get("mailbox"), f"mailto:{to}" if to else ""),
        (contact.get("website"), web_address(contact.get("website", ""))),
    ]
    return [{"said": line, "to": to} for line, to in lines if line]
