"""Sittings fetched from a Ratsinformationssystem by OParl: by the command line alone, never by a page.

The server asks the configured house and nobody else: addresses in what it answers are led back to it, since
some systems give their own with a wrong prefix. However many per page are asked for, its own number comes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from steering.exchange.incoming_files import MEGABYTE, FileRefused, IncomingFile

ADDRESS = "STEERING_OPARL_URL"
_LARGEST, _SECONDS = 20 * MEGABYTE, 30
_MOST_PAGES, _MOST_BODIES = 500, 200
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def fetched(address: str) -> IncomingFile:
    """All pages of the list of sittings, with the bodies that they name. Raises FileRefused.

    `address`: of the list of sittings, or of the body (Körperschaft) that has it.
    """
    house = _House(address)
    first = house.get(address)
    if isinstance(first.get("meeting"), str):
        address = house.own(first["meeting"])
        first = house.get(address)
    pages = [first, *house.further(address, first)]
    organisations = {
        each: None
        for page in pages
        for meeting in _dicts(page.get("data"))
        for each in _texts(meeting.get("organization"))
    }
    bodies = [house.get(house.own(each)) for each in list(organisations)[:_MOST_BODIES]]
    content = json.dumps([{"data": bodies}, *({"data": page.get("data", [])} for page in pages)])
    return IncomingFile(urlsplit(address).hostname or "OParl", content.encode())


class _House:
    """The one server that is asked, and how much of what it may say is left."""

    def __init__(self, address: str) -> None:
        self._parts = _checked(address)
        self._left = _LARGEST
        self._opener = build_opener(_SameHouse(self._parts))

    def get(self, address: str) -> dict[str, Any]:
        """What it answers to an address of its own."""
        name = f"»{self._parts.hostname}«"
        try:
            asked = Request(address, headers={"Accept": "application/json"})
            with self._opener.open(asked, timeout=_SECONDS) as answer:
                content = answer.read(self._left + 1)
        except HTTPError as error:
            raise FileRefused(
                f"{name} antwortet mit {error.code}. Bitte die Adresse in {ADDRESS} prüfen."
            ) from None
        except (HTTPException, OSError, ValueError):
            raise FileRefused(f"{name} ist nicht erreichbar. Bitte Adresse und Netz prüfen.") from None
        self._left -= len(content)
        if self._left < 0:
            raise FileRefused(
                f"{name} schickt mehr als {_LARGEST // MEGABYTE} MB. Bitte die Liste eines Jahres speichern."
            )
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise self._no_oparl()
        return found

    def _no_oparl(self) -> FileRefused:
        return FileRefused(
            f"»{self._parts.hostname}« antwortet nicht als OParl. Bitte die Adresse in {ADDRESS} prüfen."
        )

    def own(self, address: str) -> str:
        """An address on this server, whatever prefix it was given with."""
        try:
            given = urlsplit(address)
        except ValueError:
            raise self._no_oparl() from None
        path, own = given.path, self._parts.path.split("/")
        parts = path.split("/")
        at = next((at for at, part in enumerate(parts) if part and part in own), None)
        if at is not None:
            path = "/".join([*own[: own.index(parts[at])], *parts[at:]])
        return urlunsplit((self._parts.scheme, self._parts.netloc, path, given.query, ""))

    def further(self, address: str, page: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The pages after the first, each once."""
        seen = {address}
        while (following := self._next(page)) is not None and following not in seen:
            if len(seen) > _MOST_PAGES:
                raise FileRefused(
                    f"»{self._parts.hostname}« hat mehr als {_MOST_PAGES} Seiten mit Sitzungen."
                )
            seen.add(following)
            page = self.get(following)
            yield page

    def _next(self, page: dict[str, Any]) -> str | None:
        links = page.get("links")
        following = links.get("next") if isinstance(links, dict) else None
        return self.own(following) if isinstance(following, str) and following else None


class _SameHouse(HTTPRedirectHandler):
    """Follows nobody to another server, nor to the same one by an open way."""

    def __init__(self, house: SplitResult) -> None:
        self._house = house.scheme, house.hostname

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        new = urlsplit(newurl)
        if (new.scheme, new.hostname) != self._house:
            raise URLError("another server")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _checked(address: str) -> SplitResult:
    with suppress(ValueError):
        parts = urlsplit(address)
        host = parts.hostname
        if host and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)):
            return parts
    raise FileRefused(f"{ADDRESS} ist keine https-Adresse. Bitte die der Sitzungsliste (OParl) eintragen.")


def _dicts(given: Any) -> list[dict[str, Any]]:
    return [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []


def _texts(given: Any) -> list[str]:
    many = given if isinstance(given, list) else [given]
    return [each for each in many if isinstance(each, str)]
