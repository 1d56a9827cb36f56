"""Texts of offers on pages of Integreat: pushed one page at a time, each by its own token (`pushpage`).

The contract, as the Integreat CMS has it, stands in `docs/decisions.md`. Tokens stand in a file that only the
server reads: they are in no record, in no sentence and in no log, and follow no redirection.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx

from steering.analysis.publication.content import OFFER, PublicEntry, Published
from steering.exchange.publication.fragments import GERMAN, fragment
from steering.model import Language

ADDRESS, TOKENS = "STEERING_INTEGREAT_URL", "STEERING_INTEGREAT_TOKENS"
_SLUGS = "sprachen"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_LONGEST_ANSWER = 64_000
_LANGUAGES = (GERMAN, *(each.value for each in Language))
# As Integreat calls it where a house has chosen no other word.
_USUAL_SLUGS = {Language.EASY.value: "de-si"}


class IntegreatRefused(Exception):
    """A setting with which nothing is pushed: which, and what to do."""


@dataclass(frozen=True)
class PageToken:
    """The page of an entry in a language; `slug`: what Integreat calls the language."""

    key: str
    language: str
    slug: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class IntegreatSettings:
    """`address`: of the region in the API, without a slash at its end; `patience`: seconds per page."""

    address: str
    pages: tuple[PageToken, ...]
    patience: float = 30.0


@dataclass(frozen=True)
class Pushed:
    """What became of one page. `taken`: Integreat has the text now; `sentence` says it in German."""

    key: str
    language: str
    taken: bool
    sentence: str


class _NotTaken(Exception):
    """Why Integreat did not take a text, as the end of a sentence."""


def read(environment: Mapping[str, str]) -> IntegreatSettings:
    """What the environment says. Raises IntegreatRefused, also where nothing is set up."""
    address, file = (environment.get(name, "").strip() for name in (ADDRESS, TOKENS))
    if not (address and file):
        raise IntegreatRefused(
            f"Integreat ist nicht eingerichtet, dorthin wurde nichts gesendet. Bitte {ADDRESS} und {TOKENS} "
            "setzen oder ohne --integreat veröffentlichen."
        )
    return IntegreatSettings(_checked(address), tuple(_pages(Path(file))))


def push(
    published: Published,
    settings: IntegreatSettings,
    known: Collection[str],
    client: httpx.Client | None = None,
) -> list[Pushed]:
    """Each page of the settings with what the directory says of its offer today, one request per page.

    Of an offer that is not public any more the page says that there is nothing to say: Integreat has no way
    to take a text back. `known`: keys of all that was ever released; the page of any other is left alone.
    Each push is a new version there. Before the first release nobody is asked.
    """
    if published.day is None:
        return []
    if client is None:
        with httpx.Client() as own:
            return push(published, settings, known, own)
    public = {each.key: each for each in published.directory.offers}
    return [
        _pushed(published, settings, each, public.get(each.key), client)
        if each.key in public or each.key in known
        else _not_released(each)
        for each in settings.pages
    ]


def _not_released(page: PageToken) -> Pushed:
    said = "noch nicht freigegeben, nichts gesendet. Bitte freigeben oder die Kennung prüfen."
    return Pushed(page.key, page.language, False, f"»{page.key}« ({page.language}): {said}")


def _pushed(
    published: Published,
    settings: IntegreatSettings,
    page: PageToken,
    entry: PublicEntry | None,
    client: httpx.Client,
) -> Pushed:
    content = fragment(entry, published.directory, page.language)
    try:
        _ask(client, settings, page, content)
        said, taken = "übernommen." if entry else "nicht mehr öffentlich; die Seite sagt das jetzt.", True
    except _NotTaken as refusal:
        said, taken = str(refusal), False
    except httpx.TimeoutException:
        said, taken = f"keine Antwort in {settings.patience:g} Sekunden. Bitte später noch einmal.", False
    except (httpx.HTTPError, httpx.InvalidURL):
        said, taken = f"nicht erreichbar. Bitte {ADDRESS} und das Netz prüfen.", False
    name = entry.name if entry else page.key
    return Pushed(page.key, page.language, taken, f"»{name}« ({page.language}): {said}")


def _ask(client: httpx.Client, settings: IntegreatSettings, page: PageToken, content: str) -> None:
    """One request. Raises _NotTaken, and what httpx raises."""
    request = client.build_request(
        "POST",
        f"{settings.address}/{page.slug}/pushpage/",
        json={"content": content, "token": page.token},
        timeout=settings.patience,
    )
    until = monotonic() + settings.patience
    answer = client.send(request, stream=True, follow_redirects=False)
    try:
        read = b""
        for part in answer.iter_bytes():
            read += part
            if monotonic() > until:
                raise httpx.ReadTimeout("the answer does not end", request=request)
            if len(read) > _LONGEST_ANSWER:
                break
    finally:
        answer.close()
    _judge(answer.status_code, read)


def _judge(status: int, read: bytes) -> None:
    """What an answer means. Raises _NotTaken."""
    if 300 <= status < 400:
        raise _NotTaken(
            f"leitet weiter (Antwort {status}), und dorthin geht kein Token. Bitte in {ADDRESS} die Adresse "
            "eintragen, die selbst antwortet."
        )
    if status == 403:
        raise _NotTaken(
            "Das Token der Seite gilt nicht (Antwort 403). Bitte in Integreat bei der Seite nachsehen und in "
            f"der Datei aus {TOKENS} berichtigen."
        )
    if status == 404:
        raise _NotTaken(
            f"Region oder Sprache gibt es dort nicht (Antwort 404). Bitte {ADDRESS} prüfen, und in der Datei "
            f"aus {TOKENS} unter [{_SLUGS}], wie Integreat die Sprache nennt."
        )
    if status >= 500:
        raise _NotTaken(
            f"In Integreat ging etwas schief (Antwort {status}). Bitte prüfen, ob es die Seite in dieser "
            "Sprache schon gibt; sie muss dort einmal angelegt sein."
        )
    try:
        found: Any = json.loads(read)
    except (ValueError, RecursionError):
        found = None
    if status != 200 or not isinstance(found, dict) or found.get("status") != "success":
        raise _NotTaken(f"nicht angenommen (Antwort {status}). Bitte {ADDRESS} und die Seite prüfen.")


def _checked(address: str) -> str:
    """The address without a slash at its end. Raises IntegreatRefused."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        guarded = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
        plain = not (parts.query or parts.fragment or parts.username or parts.password)
        sound = bool(host) and guarded and plain and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise IntegreatRefused(
            f"{ADDRESS} ist keine https-Adresse der Region. Bitte eine wie "
            "»https://cms.integreat.example/api/v3/landkreis« eintragen."
        )
    return address.rstrip("/")


def _pages(file: Path) -> Iterator[PageToken]:
    """What the file of tokens says. Raises IntegreatRefused, which repeats none of them."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
    except (OSError, ValueError):
        raise IntegreatRefused(
            f"{TOKENS}: Die Datei »{file.name}« ist nicht zu lesen. Bitte als TOML anlegen: [{OFFER}-12] und "
            'darunter de = "…" mit dem Token der Seite.'
        ) from None
    said = content.pop(_SLUGS, {})
    if not isinstance(said, dict) or not all(_slug(each) for each in said.values()):
        raise _misread(file, f"der Abschnitt [{_SLUGS}]", f'Bitte so eintragen: {Language.EASY} = "de-si".')
    slugs: dict[str, str] = {language: language for language in _LANGUAGES} | _USUAL_SLUGS | said
    owners: dict[str, str] = {}
    for place, (key, tokens) in enumerate(content.items(), start=1):
        kind, _, number = key.partition("-")
        meant = number.isascii() and number.isdigit() and not number.startswith("0")
        if kind != OFFER or not meant or not isinstance(tokens, dict):
            # What stands there may be a token that went astray, so it is not repeated.
            raise _misread(
                file,
                f"die {place}. Kennung",
                f"Bitte die eines Angebots ohne Null am Anfang angeben: [{OFFER}-12].",
            )
        if not set(tokens) <= set(_LANGUAGES):
            raise _misread(file, f"eine Sprache bei [{key}]", f"Möglich sind: {', '.join(_LANGUAGES)}.")
        # German first: what is pushed after it does not count as older than it.
        for language in (each for each in _LANGUAGES if each in tokens):
            token = tokens[language].strip() if isinstance(tokens[language], str) else ""
            if not token:
                raise _misread(
                    file, f"das Token bei [{key}] {language}", "Bitte in Anführungszeichen setzen."
                )
            if owners.setdefault(token, key) != key:
                raise _misread(
                    file, f"das Token bei [{key}] {language}", f"Es steht schon bei [{owners[token]}]."
                )
            yield PageToken(key, language, slugs[language], token)


def _slug(given: object) -> bool:
    return isinstance(given, str) and bool(given) and given.replace("-", "").isalnum() and given.isascii()


def _misread(file: Path, what: str, remedy: str) -> IntegreatRefused:
    return IntegreatRefused(f"{TOKENS}: In »{file.name}« ist {what} nicht zu verstehen. {remedy}")
