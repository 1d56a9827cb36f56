"""A day to apply by that is past, or an application that is in, says so on every page, in the same words."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from steering.model import Extension, Funding
from steering.storage import reading
from steering.storage.writing import Edit, write
from tests.pages.conftest import Screen
from tests.planted import WHO

APPLY, STRUCTURE = "Antrag bis", "Integrationslotsen"


def told(rows: pd.DataFrame) -> str:
    rows = rows.replace(r"\\", "", regex=True)
    return str(rows.loc[rows["Struktur"] == STRUCTURE, APPLY].iloc[0])


@pytest.mark.parametrize(
    ("extension", "words"), [(Extension.UNCLEAR, "15.11.2026 (vorbei)"), (Extension.APPLIED, "beantragt")]
)
def test_lagebild_zeitachse_and_detail_mark_it_alike(
    screen: Callable[..., Screen], extension: Extension, words: str
) -> None:
    shown = screen()
    rows = reading.portfolio(shown.engine).fundings
    own = rows[(rows["structure_id"] == shown.id_of(STRUCTURE)) & (rows["end"] == "2026-12-31")]
    (money,) = own[own["part"] == "carrying"].to_dict("records")
    edit = Edit(Funding, {"extension": extension}, id=money["id"], version=money["version"])
    write(shown.engine, [edit], **WHO)
    lagebild = screen()
    (ends, *_) = lagebild.app.main.table
    assert told(ends.value) == words
    assert (f"{APPLY} {words}" in lagebild.texts) is (extension == Extension.UNCLEAR)
    (listed,) = [each.value for each in screen("Zeitachse").app.main.dataframe if APPLY in each.value.columns]
    assert told(listed) == words
    detail = screen("Strukturen")
    detail.edit(STRUCTURE)
    assert f"{APPLY}: **{words}**" in detail.texts
