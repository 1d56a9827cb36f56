"""What things of the public directory are called in every file: ids, addresses, places, plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID, uuid5

from steering.analysis.publication.content import OFFER, PublicDirectory, PublicEntry, Published, SiteWords

DATA = "daten"
"""The folder of the open data within the published one."""
_NAMESPACE = UUID("6d2f1b7e-43c5-5b0a-9c3e-0f6a1d9473e1")
# What XML 1.0 has no place for, and halves of signs, which UTF-8 has none for.
_ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# In no legible text.
_APART = "\x00"
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~-._"


def identity(directory: PublicDirectory, *names: str) -> str:
    """The UUID of a thing, the same for good; the key of the Kreis keeps two Landkreise apart."""
    return str(uuid5(_NAMESPACE, _APART.join((directory.district_key, *names))))


def page(key: str) -> str:
    """Path of an entry's page within the published folder, as the site has it."""
    kind, _, number = key.partition("-")
    return f"{'angebote' if kind == OFFER else 'potenziale'}/{number}.html"


def address(directory: PublicDirectory, path: str = "") -> str:
    """Where a path of the published folder is on the web, "" while nobody has said where that will be."""
    base = web_address(directory.site.address).rstrip("/")
    return f"{base}/{path}" if base else ""


def web_address(text: str) -> str:
    """A web address as other programs read it (RFC 3986), "" for what is none."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        named = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", named):
        return ""
    rest = (quote(part, safe=_IN_ADDRESSES) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, f"{named}:{port}" if port else named, *rest))


def mailbox(text: str) -> str:
    """A mailbox as other programs read it, "" for what is none."""
    return text.strip() if _MAILBOX.fullmatch(text.strip()) else ""


def district(directory: PublicDirectory) -> str:
    """Who publishes."""
    return directory.district or "Landkreis"


def title(directory: PublicDirectory) -> str:
    """What the directory is called, in one line."""
    return " ".join(directory.site.name.split()) or f"Angebotsverzeichnis {district(directory)}"


def areas(directory: PublicDirectory, reach: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Key and name of the Landkreis where all of it is reached, else of each municipality, by name."""
    if reach.get("district_wide"):
        return [(directory.district_key, district(directory))]
    reached = set(reach.get("municipalities", ()))
    return [(ags, name) for ags, name in directory.places if ags in reached]


def legible(published: Published) -> Published:
    """The same without the signs that some formats cannot hold."""
    directory = published.directory
    return replace(
        published,
        directory=replace(
            directory,
            district=_plain(directory.district),
            site=SiteWords(**{name: _plain(value) for name, value in vars(directory.site).items()}),
            places=tuple((ags, _plain(name)) for ags, name in directory.places),
            fields=tuple((slug, _plain(name)) for slug, name in directory.fields),
            entries=tuple(legible_entry(each) for each in directory.entries),
        ),
    )


def legible_entry(entry: PublicEntry) -> PublicEntry:
    """The same without the signs that some formats cannot hold."""
    return PublicEntry(entry.key, _plain(dict(entry.values)))


def _plain(value: Any) -> Any:
    match value:
        case str():
            return _ILLEGIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value
