"""Where what stands in a flat CSV, in both generations of its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steering.analysis.incoming.lists.grids import text

# The names of both generations, in lower case.
_STATISTIC_CODE = ("statistics_code", "statistik_code")
_STATISTIC_LABEL = ("statistics_label", "statistik_label")
_TIME = ("time", "zeit")
_GROUP = re.compile(
    r"(\d+)_(?:(variable_attribute|auspraegung|ausprägung)|(variable|merkmal))_(code|label)", re.I
)
_FIGURE = re.compile(r"([^_\s]+)__(.+?)__(.*)", re.S)
_VALUE, _UNIT, _CODE, _LABEL = "value", "value_unit", "value_variable_code", "value_variable_label"
_QUALITY = "value_q"


@dataclass(frozen=True)
class Group:
    """The four columns of a classification: the variable and its attribute, each as code and label."""

    variable_code: int
    variable_label: int
    attribute_code: int
    attribute_label: int


@dataclass(frozen=True)
class CountedValue:
    """A value of a row as it stands there, and what is counted; `quality` is a sign beside it or ""."""

    column: str
    said: Any
    unit: str
    code: str
    label: str
    quality: str = ""


@dataclass(frozen=True)
class Layout:
    """The columns of a file. `figures` are those of the older generation: position, code, label, unit."""

    headings: tuple[str, ...]
    at: Mapping[str, int]
    groups: tuple[Group, ...]
    figures: tuple[tuple[int, str, str, str], ...]

    @property
    def time(self) -> int:
        return self._position(_TIME)

    @property
    def last(self) -> int:
        """The last column that a row has to reach."""
        return max(self.at[_VALUE], self.time) if _VALUE in self.at else max(at for at, *_ in self.figures)

    def statistic(self, cells: Sequence[Any]) -> tuple[str, str]:
        """Code and label of the statistic that a row is from."""
        code, label = (self._position(names) for names in (_STATISTIC_CODE, _STATISTIC_LABEL))
        return said(cells, code), said(cells, label)

    def values(self, cells: Sequence[Any]) -> list[CountedValue]:
        """What a row counts: one value, or in the older generation one or more side by side."""
        if _VALUE not in self.at:
            return [
                CountedValue(self.headings[at], cells[at] if at < len(cells) else "", unit, code, label)
                for at, code, label, unit in self.figures
            ]
        at = self.at[_VALUE]
        unit, code, label, quality = (
            said(cells, self.at.get(name, -1)) for name in (_UNIT, _CODE, _LABEL, _QUALITY)
        )
        value = cells[at] if at < len(cells) else ""
        return [CountedValue(self.headings[at], value, unit, code, label or code, quality)]

    def _position(self, names: Sequence[str]) -> int:
        return next((self.at[name] for name in names if name in self.at), -1)


def said(cells: Sequence[Any], at: int) -> str:
    """A cell as text, "" where there is none."""
    return text(cells[at]) if 0 <= at < len(cells) else ""


def layout_of(cells: Sequence[Any]) -> Layout | None:
    """The layout that a header gives; None where it is no header of a flat CSV."""
    headings = tuple(text(cell) for cell in cells)
    at = {heading.lower(): number for number, heading in reversed(list(enumerate(headings)))}
    figures = tuple(
        (number, match[1], match[2].replace("_", " ").strip(), match[3].strip())
        for number, heading in enumerate(headings)
        if (match := _FIGURE.fullmatch(heading))
    )
    groups = _groups(headings)
    has_value = all(name in at for name in (_VALUE, _UNIT, _LABEL))
    found = Layout(headings, at, groups, () if has_value else figures)
    return found if groups and found.time >= 0 and (has_value or figures) else None


def _groups(headings: Sequence[str]) -> tuple[Group, ...]:
    found: dict[int, dict[str, int]] = {}
    for number, heading in enumerate(headings):
        if match := _GROUP.fullmatch(heading):
            part = f"{'attribute' if match[2] else 'variable'}_{match[4].lower()}"
            found.setdefault(int(match[1][:4]), {}).setdefault(part, number)
    return tuple(Group(**parts) for _, parts in sorted(found.items()) if len(parts) == 4)
