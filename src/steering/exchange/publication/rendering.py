"""Pages as HTML. Whatever was typed is escaped by the templates; only what they hold themselves is HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from steering.exchange.publication import addresses
from steering.exchange.publication.languages import TONGUES
from steering.model import german

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class SitePage:
    """A page before it is drawn. `path`: below the folder; `shown`: what its template names."""

    path: str
    template: str
    shown: Mapping[str, Any]

    @property
    def root(self) -> str:
        """What leads from the page to the folder: "" or "../"."""
        return "../" * self.path.count("/")


def rendered(page: SitePage) -> bytes:
    """The page as UTF-8."""
    template = _environment().get_template(page.template)
    return template.render(page.shown, root=page.root, path=page.path).encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        # What is not public is missing among the values, and the templates leave it out.
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "day": _day,
        "mail": addresses.mail,
        "paragraphs": _paragraphs,
        "telephone": addresses.telephone,
        "tongue": TONGUES.__getitem__,
        "web": addresses.web,
    }
    made.policies["urlize.rel"] = None
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    return made


def _day(iso: str) -> str:
    return german.day(date.fromisoformat(iso))


def _paragraphs(text: str) -> list[str]:
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return [part for part in parts if part]
