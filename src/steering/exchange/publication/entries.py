"""Entries of the directory as its pages name and link them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry, Values
from steering.exchange.publication.names import file_name, file_names
from steering.exchange.publication.naming import page


@dataclass(frozen=True)
class Topic:
    """What offers are listed by: a municipality, a Handlungsfeld or a Zielgruppe. `path`: of its page."""

    name: str
    path: str


@dataclass(frozen=True)
class ShownEntry:
    """An entry with its page and the topics under which it stands.

    `places`: the municipalities of the Landkreis that it is for; none where it is `district_wide`.
    `tasks`: of an offer, each with its field where the directory knows that.
    """

    path: str
    entry: PublicEntry
    district_wide: bool
    places: tuple[Topic, ...]
    fields: tuple[Topic, ...]
    groups: tuple[Topic, ...]
    tasks: tuple[tuple[str, Topic | None], ...]

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def values(self) -> Values:
        return self.entry.values

    @property
    def is_offer(self) -> bool:
        return self.entry.is_offer

    def text(self, language: str) -> dict[str, str] | None:
        """Its title and text in a language, None where there are none."""
        said: list[dict[str, str]] = self.values.get("texts", [])
        return next((each for each in said if each["language"] == language), None)


class Catalogue:
    """All entries of a directory, and what stands under each of its topics.

    `places`: all municipalities; `fields`, `groups`: those with entries; `wide`: what is for the whole
    Landkreis; `unplaced`: what does not say for where it is; `languages`: tags of those in which
    something is written.
    """

    def __init__(self, directory: PublicDirectory) -> None:
        self._places = {
            ags: Topic(name, f"gemeinden/{file_name(ags)}.html") for ags, name in directory.places
        }
        files = file_names(slug for slug, _ in directory.fields)
        self._fields = {
            slug: Topic(name, f"handlungsfelder/{files[slug]}.html") for slug, name in directory.fields
        }
        named = {name for each in directory.entries for name in each.values.get("target_groups", [])}
        ordered = sorted(named, key=lambda name: (name.casefold(), name))
        files = file_names(ordered)
        self._groups = {name: Topic(name, f"zielgruppen/{files[name]}.html") for name in ordered}
        self.entries = tuple(map(self._shown, directory.entries))
        self.by_key = {each.entry.key: each for each in self.entries}
        self.offers = tuple(each for each in self.entries if each.is_offer)
        self.potentials = tuple(each for each in self.entries if not each.is_offer)
        self.wide = tuple(each for each in self.entries if each.district_wide)
        self.unplaced = tuple(each for each in self.entries if not _area(each.values))
        self._under: dict[Topic, list[ShownEntry]] = {}
        for each in self.entries:
            for topic in (*each.places, *each.fields, *each.groups):
                self._under.setdefault(topic, []).append(each)
        self.languages = tuple(dict.fromkeys(_languages(directory.entries)))
        self.places = tuple(self._places.values())
        self.fields = tuple(each for each in self._fields.values() if self.under(each))
        self.groups = tuple(each for each in self._groups.values() if self.under(each))

    def under(self, topic: Topic) -> tuple[ShownEntry, ...]:
        """What stands under a topic; under a municipality, what is for it and not for the whole Landkreis."""
        return tuple(self._under.get(topic, ()))

    def place(self, ags: str) -> Topic:
        """A municipality of the directory by its AGS."""
        return self._places[ags]

    def _shown(self, entry: PublicEntry) -> ShownEntry:
        values = entry.values
        area = _area(values)
        wide = bool(area.get("district_wide"))
        meant = set() if wide else set(area.get("municipalities", []))
        tasks = tuple((each["task"], self._fields.get(each["field"])) for each in values.get("tasks", []))
        fields = [field for _, field in tasks if field]
        if values.get("field") in self._fields:
            fields.append(self._fields[values["field"]])
        return ShownEntry(
            path=page(entry.key),
            entry=entry,
            district_wide=wide,
            places=tuple(topic for ags, topic in self._places.items() if ags in meant),
            fields=tuple(dict.fromkeys(fields)),
            groups=tuple(self._groups[name] for name in values.get("target_groups", [])),
            tasks=tasks,
        )


def _area(values: Values) -> dict[str, Any]:
    """Where it is for; nothing where it does not say."""
    area: dict[str, Any] = values.get("reach") or values.get("area") or {}
    return area if area.get("district_wide") or area.get("municipalities") else {}


def _languages(entries: Iterable[PublicEntry]) -> list[str]:
    return [text["language"] for each in entries for text in each.values.get("texts", [])]
