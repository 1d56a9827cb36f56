"""One input of a form: from a record's value to what stands in the input, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import streamlit as st

from steering.model import german
from steering.model.vocabulary import WORDS
from steering.web import held_choice
from steering.web.text import plain

NOTHING_CHOSEN = "bitte wählen"


@dataclass(frozen=True)
class Input:
    """An input for one field of a record.

    `options` gives the choices as value → words, at the time of drawing. `more`: drawn behind
    "Weitere Angaben". `fresh`: choosing reruns the form, because other inputs depend on it.
    `empty`: what it means to choose nothing from a list. `height` of a long text, in pixels. `when`:
    whether it means anything beside what stands in the other inputs; else it is drawn only to be emptied.
    `below`: what is said under it of all that stands in the form, "" where nothing is; `told_after`: the
    inputs with a change of which it is told once more when they are saved. `locked`: why nothing
    can be changed here, empty where it can. `other`: the choice for what the list lacks; a button below
    makes it too, which typing in the box does not filter away.
    """

    name: str
    label: str
    kind: str = "text"
    options: Callable[[], Mapping[Any, str]] | None = None
    help: str | None = None
    placeholder: str | None = None
    more: bool = False
    fresh: bool = False
    empty: Callable[[], list[int]] | None = None
    height: int = 80
    when: Callable[[Mapping[str, Any]], bool] | None = None
    below: Callable[[Mapping[str, Any]], str] | None = None
    told_after: tuple[str, ...] = ()
    locked: str = ""
    other: str = ""

    def has_place(self, drafts: Mapping[str, Any]) -> bool:
        """Whether it is drawn beside what stands in the other inputs."""
        return self.when is None or self.when(drafts) or bool(drafts.get(self.name))

    def shown(self, value: Any) -> Any:
        """What stands in the input for a value of the record."""
        match self.kind:
            case "day":
                return german.day(value, "")
            case "number" | "signed":
                return german.number(value, 4, "")
            case "euro":
                return german.euro(value, "").removesuffix(" €")
            case "many":
                return list(value or [])
            case "lines":
                return (value or "").splitlines()
            case "flag":
                return bool(value)
            case "choice":
                return value.value if isinstance(value, StrEnum) else value
            case _:
                return "" if value is None else str(value)

    def read(self, shown: Any) -> Any:
        """The record's value from what stands in the input; ValueError with a German sentence."""
        match self.kind:
            case "day":
                return german.read_day(shown)
            case "number":
                return german.read_number(shown)
            case "signed":
                return german.read_signed(shown)
            case "whole":
                return german.read_whole(shown)
            case "euro":
                return german.read_euro(shown)
            case "lines":
                return "\n".join(shown)
            case "many":
                return shown or (self.empty() if self.empty else [])
            case "optional":
                return shown.strip() or None
            case _:
                return shown

    def words(self, shown: Any) -> str:
        """What stands in the input, in words."""
        options = self._words()
        if isinstance(shown, list):
            return ", ".join(options.get(value, str(value)) for value in shown) or "–"
        if isinstance(shown, bool):
            return "ja" if shown else "nein"
        return str(options.get(shown, shown) or "–")

    def draw(self, key: str) -> None:
        """The widget; its value lives in the session under `key`."""
        settled: Any = "rerun" if self.fresh else "ignore"
        told: Any = {"help": self.locked or self.help, "disabled": bool(self.locked), "on_change": settled}
        match self.kind:
            case "flag":
                st.checkbox(self.label, key=key, **told)
            case "many" | "lines":
                words = held_choice.hold(key, self._words())
                st.multiselect(
                    self.label, list(words), key=key, format_func=words.__getitem__,
                    placeholder=self.placeholder or NOTHING_CHOSEN, select_all=False, **told,
                )  # fmt: skip
            case "choice":
                words = held_choice.hold(key, self._words())
                st.selectbox(
                    self.label, list(words), key=key, format_func=lambda value: words.get(value, str(value)),
                    placeholder=self.placeholder or NOTHING_CHOSEN, **told,
                )  # fmt: skip
            case "long":
                st.text_area(self.label, key=key, height=self.height, placeholder=self.placeholder, **told)
            case _:
                hint = {"day": "TT.MM.JJJJ", "number": "z. B. 1,5", "euro": "z. B. 13.000"}.get(self.kind)
                st.text_input(
                    self.label, key=key, placeholder=self.placeholder or hint, autocomplete="off", **told
                )  # fmt: skip

    def _words(self) -> Mapping[Any, str]:
        return self.options() if self.options else {}


def enumeration(enum: type[StrEnum]) -> Callable[[], Mapping[str, str]]:
    """The choices of an enumeration: stored value → German word."""
    words = {member.value: text for member, text in WORDS[enum].items()}  # type: ignore[attr-defined]
    return lambda: words


def tell(problem: str) -> None:
    """Say below an input what is wrong with what stands in it."""
    st.caption(f":red[:material/error: {plain(problem)}]")
