"""What a finding is known by for good: its kind, task, participants, and the reason or need where it has one.

It is stored as text with Einschätzungen, points and measures: `GAP/t3//n7`, `OVERLAP/t1/s1,s2`,
`UNKNOWN//s4/end`. Nothing but this file knows how that text is made up (docs/rules.md#findings-and-keys).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from steering.model.enums import FindingKind

_LONGEST = 300  # characters of the participants, so that a key can be stored with an Einschätzung
_STORED = re.compile(
    r"(?P<kind>[A-Z_]+)/(t(?P<task>\d+))?/(?P<members>(s\d+(,s\d+)*)?|[0-9a-f]{32})"
    r"(/(n(?P<need>\d+)|(?P<reason>[a-z]+)))?"
)


class FindingKey(NamedTuple):
    """A finding's key.

    `participants`: ids of structures, in order. Of very many only a `digest` is stored, so that a key that
    was read names none of them. `reason`: the short name of why something is not known.
    """

    kind: FindingKind
    task: int | None = None
    participants: tuple[int, ...] = ()
    reason: str = ""
    need: int | None = None
    digest: str = ""

    def __str__(self) -> str:
        named = self.digest or members(map(participant, self.participants))
        return text(self.kind, self.task, named, self.reason, self.need)

    @classmethod
    def read(cls, text: str) -> FindingKey | None:
        """The key that was stored as this text; None where it is none."""
        found = _STORED.fullmatch(text)
        if found is None or found["kind"] not in FindingKind.__members__:
            return None
        members = found["members"]
        known = members.startswith("s") or not members
        return cls(
            FindingKind(found["kind"]),
            int(found["task"]) if found["task"] else None,
            tuple(structure(each) for each in members.split(",") if each) if known else (),
            found["reason"] or "",
            int(found["need"]) if found["need"] else None,
            "" if known else members,
        )


def members(participants: Iterable[str]) -> str:
    """How a key names these participants, each called as by `participant`, in the order of their ids."""
    listed = ",".join(participants)
    return listed if len(listed) <= _LONGEST else blake2b(listed.encode(), digest_size=16).hexdigest()


def text(kind: str, task: int | None, members: str, reason: str = "", need: int | None = None) -> str:
    """A key as it is stored, its participants named by `members`."""
    detail = reason if need is None else f"n{need}"
    about = "" if task is None else f"t{task}"
    return f"{kind}/{about}/{members}/{detail}" if detail else f"{kind}/{about}/{members}"


def participant(key: int) -> str:
    """How a finding's list of participants names a structure."""
    return f"s{key}"


def structure(name: str) -> int:
    """The structure that is named so."""
    return int(name[1:])
