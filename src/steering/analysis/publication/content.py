"""What the public directory says, as plain values that can be kept, compared and written in any format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from steering.model import DataLicence

OFFER, POTENTIAL = "angebot", "potenzial"
Values = Mapping[str, Any]


@dataclass(frozen=True)
class PublicEntry:
    """One offer or potential with what of it is public, and nothing else.

    `key`: OFFER or POTENTIAL, a hyphen and the id of the structure or potential; it stays as long as that is
    there. `values` holds JSON values, and a name that is missing is not public. Of both kinds:
    `name`, `kind` (German word), `texts` (list of {language, title, text}, by the order of Language).
    Of an offer: `what`, `for_whom`, `carrier`, `opening` (texts), `tasks` (list of {field, task}: a
    Handlungsfeld's slug and a task's name, in catalogue order), `target_groups` (list of names),
    `reach` ({district_wide, municipalities: list of AGS}),
    `address` ({street, postal_code, town, latitude, longitude}, those that are known), `contact` ({function,
    phone, mailbox, website}, those that are known), `end` ({until: ISO day} or {open_ended: true}), `places`
    (number), `confirmed` (ISO day).
    Of a potential: `description`, `evidence`, `idea`, `next_step` (texts), `indicator` ({name, source}),
    `field` (slug), `area` ({name, municipalities: list of AGS, district_wide}).
    """

    key: str
    values: Values

    @property
    def is_offer(self) -> bool:
        return self.key.startswith(f"{OFFER}-")

    @property
    def name(self) -> str:
        return str(self.values["name"])


@dataclass(frozen=True)
class SiteWords:
    """What the directory says of itself; texts of several paragraphs have a blank line between them."""

    name: str = ""
    introduction: str = ""
    address: str = ""
    mailbox: str = ""
    licence: str = DataLicence.UNDECIDED.value
    imprint: str = ""
    privacy: str = ""
    accessibility: str = ""


@dataclass(frozen=True)
class PublicDirectory:
    """Everything that is public.

    `places`: the inhabited municipalities of the Landkreis as (AGS, name), by name. `fields`: the
    Handlungsfelder as (slug, name), in catalogue order. `entries`: offers, then potentials, each by name.
    """

    district: str
    district_key: str
    site: SiteWords = SiteWords()
    places: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    entries: tuple[PublicEntry, ...] = ()

    @property
    def offers(self) -> tuple[PublicEntry, ...]:
        return tuple(each for each in self.entries if each.is_offer)

    @property
    def potentials(self) -> tuple[PublicEntry, ...]:
        return tuple(each for each in self.entries if not each.is_offer)


@dataclass(frozen=True)
class PublicNews:
    """What a release brought: an entry that was new on a day, or said something else than before.

    `changed`: names of the values that differ; none for a new entry.
    """

    day: date
    key: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """What a publication is made of. `day`: of the release it rests on, None where nothing was released.

    `news`: the latest first, of entries that are still public.
    """

    directory: PublicDirectory
    day: date | None = None
    news: tuple[PublicNews, ...] = field(default=())


def as_text(directory: PublicDirectory) -> str:
    """The directory as JSON, always the same for the same one."""
    return json.dumps(asdict(directory), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """By which a text of a directory is known: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def from_text(text: str) -> PublicDirectory:
    """A directory as `as_text` wrote it."""
    kept = json.loads(text)
    return PublicDirectory(
        district=kept["district"],
        district_key=kept["district_key"],
        site=SiteWords(**kept["site"]),
        places=tuple((ags, name) for ags, name in kept["places"]),
        fields=tuple((slug, name) for slug, name in kept["fields"]),
        entries=tuple(PublicEntry(each["key"], each["values"]) for each in kept["entries"]),
    )
