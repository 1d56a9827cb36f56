"""Names of a list that resemble recorded ones: the same, or something new?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.grids import ListTable, text
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.meanings import MEANING_WORDS, Meaning
from steering.analysis.portfolio import Portfolio
from steering.web.text import plain

_ASKED = (Meaning.ORGANISATION, Meaning.PROGRAMME, Meaning.TASK)
_MOST = 60
_HIGH = 6
_OTHER = "ist etwas anderes"


@dataclass(frozen=True)
class NameQuestion:
    """A name of the list, the recorded ones that it resembles, and which of them it abbreviates."""

    meaning: Meaning
    said: str
    near: tuple[str, ...]
    meant: str | None


def decided(
    tables: Sequence[ListTable], mappings: Sequence[Assignment], portfolio: Portfolio
) -> tuple[Assignment, ...]:
    """The mappings with what the user says about carriers, programmes and tasks of similar names."""
    known = KnownNames(portfolio, {})
    asked = {
        (question.meaning, question.said): question
        for table, mapping in zip(tables, mappings, strict=True)
        for question in _questions(table, mapping, known)
    }
    if not asked:
        return tuple(mappings)
    before = {said: name for mapping in mappings for said, name in mapping.names.items()}
    chosen = _asked(list(asked.values()), before)
    return tuple(replace(mapping, names={**mapping.names, **chosen}) for mapping in mappings)


def _questions(table: ListTable, mapping: Assignment, known: KnownNames) -> list[NameQuestion]:
    found: list[NameQuestion] = []
    for meaning, names in zip(_ASKED, (known.organisations, known.programmes, known.tasks), strict=True):
        heading = mapping.heading(meaning)
        if heading is None:
            continue
        for said in dict.fromkeys(text(value) for value in table.column(heading) if text(value)):
            if names.find(said) is not None:
                continue
            meant = names.abbreviated(said)
            near = tuple(dict.fromkeys(filter(None, (meant, *names.near(said)))))
            if near:
                found.append(NameQuestion(meaning, said, near, meant))
    return found


def _asked(questions: Sequence[NameQuestion], before: dict[str, str]) -> dict[str, str]:
    """A choice for each name, "" for something else; proposed is the one chosen before, or abbreviated."""
    chosen: dict[str, str] = {}
    with st.expander(f"Ähnliche Namen – {len(questions)} zu prüfen", expanded=True):
        with st.container(height=420 if len(questions) > _HIGH else "content", border=False):
            for asked in questions[:_MOST]:
                names = ["", *asked.near]
                meant = before.get(asked.said, asked.meant or "")
                chosen[asked.said] = st.selectbox(
                    plain(f"{MEANING_WORDS[asked.meaning]} »{asked.said}«"),
                    names,
                    index=names.index(meant) if meant in names else 0,
                    format_func=lambda each: f"ist »{each}«" if each else _OTHER,
                    key=f"name {asked.meaning} {asked.said}",
                    persist_state="session",
                    placeholder=_OTHER,
                )
        if len(questions) > _MOST:
            st.caption(f"{len(questions) - _MOST} weitere stehen als Hinweis in der Vorschau.")
    return chosen
