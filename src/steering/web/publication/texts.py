"""Title and short text of an entry in further languages: added, changed, removed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import Language, PublicText
from steering.model.vocabulary import word
from steering.storage import archiving
from steering.web import current
from steering.web.editing import attempts, record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import Input

OF_OFFER, OF_POTENTIAL = "offer_id", "potential_id"
_NEW = "Neuer Text"


def show(owner: str, key: int, name: str) -> None:
    """The texts of one entry. `owner`: OF_OFFER or OF_POTENTIAL; `key`: its id; `name`: what it is called."""
    known = current.of(_known, owner, key)
    # Always the same words: with a number among them it would close whenever a text is saved.
    with st.expander("In weiteren Sprachen", icon=":material/translate:"):
        st.caption("Wo ein Text fehlt, zeigt das Verzeichnis den deutschen und sagt es dazu.")
        chosen = record_forms.which(
            "Welcher Text?",
            {text: word(Language(language)) for text, language in known.items()},
            PublicText,
            key=f"public text of {owner} {key}",
            new=_NEW,
        )
        if chosen is record_forms.GONE:
            return
        taken = {language for text, language in known.items() if text != chosen}
        form = record_forms.show(
            f"public text {chosen or f'new of {owner} {key}'}", PublicText, _inputs(taken),
            record_id=chosen, fixed={} if chosen else {owner: key}, what=f"Text zu »{name}«",
            label="Text speichern", gone="Diesen Text gibt es nicht mehr. Bitte einen anderen wählen.",
        )  # fmt: skip
        if form and chosen:
            st.button("Text entfernen", on_click=_remove, args=(form, name), type="tertiary")


def _inputs(taken: set[str]) -> tuple[Input, ...]:
    return (
        Input("language", "Sprache des Textes", "choice", partial(_languages, frozenset(taken))),
        Input("title", "Titel in dieser Sprache"),
        Input("text", "Kurzer Text in dieser Sprache", "long"),
    )


def _languages(taken: frozenset[str]) -> Mapping[str, str]:
    """The languages in which nothing is said yet: one text for each."""
    return {each.value: word(each) for each in Language if each.value not in taken}


def _known(portfolio: Portfolio, owner: str, key: int) -> dict[int, str]:
    """The texts of an entry: id → language, in the order of the languages."""
    rows = portfolio.frame("public_text")
    rows = rows[rows[owner] == key]
    order = [each.value for each in Language]
    found = zip(rows["id"].tolist(), rows["language"].tolist(), strict=True)
    return dict(sorted(found, key=lambda pair: order.index(pair[1])))


def _remove(form: Form, name: str) -> None:
    record_forms.store(
        form,
        lambda: archiving.delete(
            current.engine(form.origin), PublicText, form.record_id, form.version or 0,
            actor=attempts.actor(), now=current.now(),
        ),
        what=f"Entfernen eines Textes zu »{name}«",
    )  # fmt: skip
