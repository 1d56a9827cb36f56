"""The changes of a scenario as JSON, so that a measure can keep them as its effects, and back.

A list of objects, in the order in which they apply. `kind` says which change it is, the other names are the
fields of that change; days are ISO, choices their stored values. What cannot be read is kept as it stands,
can be shown, and is applied to nothing: a newer program may have written it, or somebody by hand.
"""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from steering.analysis import changes
from steering.analysis.changes import ScenarioChange
from steering.model.base import EARLIEST, LATEST, NAME_LENGTH
from steering.model.labels import usual_word

KINDS: dict[str, type] = {
    "extend_funding": changes.ExtendFunding,
    "end_funding": changes.EndFunding,
    "drop_funding": changes.DropFunding,
    "extend_programme": changes.ExtendProgramme,
    "end_programme": changes.EndProgramme,
    "drop_programme": changes.DropProgramme,
    "add_responsibility": changes.AddResponsibility,
    "end_responsibility": changes.EndResponsibility,
    "move_responsibility": changes.MoveResponsibility,
    "merge_responsibilities": changes.MergeResponsibilities,
    "add_structure": changes.AddStructure,
    "set_on_loss": changes.SetOnLoss,
}
_KIND_OF = {kind: name for name, kind in KINDS.items()}
_LARGEST_KEY = 2**63 - 1
_LARGEST = {"places": 1_000_000, "amount_cents": 10**13, "fte": 10_000, "fte_after": 10_000}


@dataclass(frozen=True)
class UnreadableEffect:
    """A stored effect that is no change this program knows: as it stands, and what is wrong with it."""

    text: str
    reason: str


Stored = ScenarioChange | UnreadableEffect


class _Broken(ValueError):
    """Why a stored effect cannot be read."""


def as_text(effects: Iterable[Stored]) -> str:
    """The effects as they are stored; what could not be read is written as it was found."""
    return json.dumps([_plain(effect) for effect in effects], ensure_ascii=False)


def read(text: str) -> tuple[Stored, ...]:
    """The effects that are stored, in their order; never raises."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return (UnreadableEffect(text, "Der gespeicherte Text ist nicht lesbar"),)
    if not isinstance(found, list):
        return (UnreadableEffect(text, "Gespeichert ist keine Liste"),)
    return tuple(_effect(item) for item in found)


def readable(effects: Iterable[Stored]) -> tuple[ScenarioChange, ...]:
    """Those of the effects that are changes."""
    return tuple(effect for effect in effects if not isinstance(effect, UnreadableEffect))


def _plain(value: Any) -> Any:
    if isinstance(value, UnreadableEffect):
        try:
            return json.loads(value.text)
        except (ValueError, RecursionError):
            return value.text
    if is_dataclass(value):
        kind = {"kind": _KIND_OF[type(value)]} if type(value) in _KIND_OF else {}
        return _kind_first(kind, {field.name: _plain(getattr(value, field.name)) for field in fields(value)})
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _kind_first(kind: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    """The object of an effect. A new structure has a kind of its own, which is then `structure_kind`."""
    if kind and "kind" in values:
        values = {"structure_kind" if name == "kind" else name: value for name, value in values.items()}
    return kind | values


def _effect(item: Any) -> Stored:
    try:
        if not isinstance(item, dict):
            raise _Broken("Es ist keine Angabe mit Namen und Werten")
        told = dict(item)
        name = told.pop("kind", None)
        if not isinstance(name, str) or name not in KINDS:
            raise _Broken(f"Eine Wirkung der Art »{str(name)[:40]}« kennt das Programm nicht")
        if "structure_kind" in told:
            told["kind"] = told.pop("structure_kind")
        return typing.cast("ScenarioChange", _sound(_made(KINDS[name], told)))
    except _Broken as broken:
        return UnreadableEffect(json.dumps(item, ensure_ascii=False), str(broken))


def _sound(change: Any) -> Any:
    """A new structure's co-financing follows a carrying funding of the same structure, another one."""
    for position, funding in enumerate(getattr(change, "fundings", ())):
        follows = funding.accompanies
        if follows is not None and not (0 <= follows < len(change.fundings) and follows != position):
            raise _Broken("Eine Kofinanzierung begleitet eine Förderung, die es nicht gibt")
    return change


def _made(kind: type, told: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    for name in told:
        if name not in hints:
            raise _Broken(f"Die Angabe »{name[:40]}« kennt das Programm nicht")
    values = {}
    for field in fields(kind):
        if field.name in told:
            values[field.name] = _value(field.name, hints[field.name], told[field.name])
        elif field.default is MISSING:
            raise _Broken(f"Die Angabe »{_word(field.name)}« fehlt")
    return kind(**values)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(name: str, hint: Any, value: Any) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if value is None and type(None) in options:
        return None
    (kind,) = (option for option in options if option is not type(None))
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise _unfit(name)
        return tuple(_value(name, typing.get_args(kind)[0], part) for part in value)
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise _unfit(name)
        return _made(typing.cast("type", kind), value)
    return _scalar(name, kind, value)


def _scalar(name: str, kind: type, value: Any) -> Any:
    if issubclass(kind, StrEnum):
        if value not in [member.value for member in kind]:
            raise _unfit(name)
        return kind(value)
    reading = _READERS[kind](name, value)
    if reading is None:
        raise _unfit(name)
    return reading


def _day(_name: str, value: Any) -> date | None:
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if EARLIEST <= found <= LATEST else None


def _text(_name: str, value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) <= NAME_LENGTH else None


def _whole(name: str, value: Any) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    if name in _LARGEST:
        return value if 0 <= value <= _LARGEST[name] else None
    return value if abs(value) <= _LARGEST_KEY else None


def _decimal(name: str, value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return float(value) if 0 <= value <= _LARGEST[name] else None


def _flag(_name: str, value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


_READERS: dict[type, Callable[[str, Any], Any]] = {
    date: _day,
    str: _text,
    int: _whole,
    float: _decimal,
    bool: _flag,
}


def _unfit(name: str) -> _Broken:
    return _Broken(f"Die Angabe »{_word(name)}« passt nicht")


def _word(name: str) -> str:
    return usual_word(name)
