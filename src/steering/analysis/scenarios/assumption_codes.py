"""Assumptions of a what-if as they stand in the address: short, readable, and checked like a stored effect.

`programm-endet~4~2026-06-30`: what is assumed, and the answers in their order. The sign between them is one
that addresses carry as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from steering.analysis.changes import ScenarioChange
from steering.analysis.scenarios import stored_changes
from steering.analysis.scenarios.stored_changes import KINDS, UnreadableEffect

# So many assumptions stand in an address at most: longer ones some programs cut off.
MOST = 20
_SIGN, _LONGEST = "~", 100


@dataclass(frozen=True)
class _Code:
    """The kind of a change, the fields that its code names, and those that are always the same."""

    kind: str
    named: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...] = ()


_CODES = {
    "programm-verlaengert": _Code("extend_programme", ("programme_id", "until")),
    "programm-endet": _Code("end_programme", ("programme_id", "on")),
    "programm-entfaellt": _Code("drop_programme", ("programme_id",)),
    "foerderung-verlaengert": _Code("extend_funding", ("funding_id", "until")),
    "foerderung-endet": _Code("end_funding", ("funding_id", "on")),
    "foerderung-entfaellt": _Code("drop_funding", ("funding_id",)),
    "zustaendigkeit-neu": _Code(
        "add_responsibility", ("structure_id", "task_id", "area_id", "role", "valid_from")
    ),
    "zustaendigkeit-endet": _Code("end_responsibility", ("responsibility_id", "on")),
    "zustaendigkeit-geht-ueber": _Code("move_responsibility", ("responsibility_id", "structure_id", "on")),
    "zustaendigkeiten-zusammen": _Code(
        "merge_responsibilities", ("responsibility_id", "into_responsibility_id", "on")
    ),
    "eigenmittel": _Code("set_on_loss", ("structure_id", "fte_after"), (("on_loss", "continues"),)),
    "eigenmittel-bis": _Code(
        "set_on_loss", ("structure_id", "fte_after", "until"), (("on_loss", "continues"),)
    ),
}
# How many full-time equivalents go on may be unknown.
_NOT_KNOWN = "offen"


def code(change: ScenarioChange) -> str:
    """The assumption as it stands in the address; KeyError for a change that no form assumes."""
    name = _name(change)
    told = (getattr(change, field) for field in _CODES[name].named)
    return _SIGN.join([name, *(_NOT_KNOWN if each is None else str(each) for each in told)])


def change_of(text: str) -> ScenarioChange:
    """The assumption that a code names; ValueError where it is none."""
    name, *answers = text[:_LONGEST].split(_SIGN)
    if len(text) > _LONGEST or name not in _CODES or len(answers) != len(_CODES[name].named):
        raise ValueError(text)
    known = _CODES[name]
    told = {field: _value(field, answer) for field, answer in zip(known.named, answers, strict=True)}
    (found,) = stored_changes.read(json.dumps([{"kind": known.kind, **told, **dict(known.fixed)}]))
    if isinstance(found, UnreadableEffect) or any(
        getattr(found, field) is None for field in known.named if field != "fte_after"
    ):
        raise ValueError(text)
    return found


def _name(change: Any) -> str:
    """The name of the change's code: of those of its kind the one that names all it says."""
    found = [name for name, code in _CODES.items() if KINDS[code.kind] is type(change)]
    if not found:
        raise KeyError(type(change))
    return found[-1] if getattr(change, "until", None) is not None else found[0]


def _value(field: str, answer: str) -> Any:
    if field.endswith("_id"):
        if not (answer.isascii() and answer.isdecimal()):
            raise ValueError(answer)
        return int(answer)
    if field == "fte_after":
        return None if answer == _NOT_KNOWN else float(answer)
    return answer
