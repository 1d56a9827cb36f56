"""The VZÄ of what may run are shown as they are recorded, and counted nowhere."""

from __future__ import annotations

from collections.abc import Callable

from steering.model import Structure
from steering.storage import reading
from steering.storage.writing import Edit, write
from tests.pages.conftest import Screen
from tests.planted import WHO


def test_vze_of_an_uncertain_structure_are_not_shown_as_unknown(screen: Callable[..., Screen]) -> None:
    shown = screen("Strukturen")
    before = shown.app.main.dataframe[0].value
    name = str(before.loc[before["VZÄ"] == "?", "Struktur"][before["Ende"] == "nicht bekannt"].iloc[0])
    rows = reading.portfolio(shown.engine).structures
    (own,) = rows[rows["name"] == name].to_dict("records")
    write(shown.engine, [Edit(Structure, {"fte": 0.25}, id=own["id"], version=own["version"])], **WHO)
    shown = screen("Strukturen")
    listed = shown.app.main.dataframe[0].value.set_index("Struktur")
    assert listed.loc[name, "VZÄ"] == "0,25 (ungewiss)"
    shown.edit(name)
    assert "0,25 VZÄ (ungewiss) · Ende:" in shown.texts
    assert next(each.value for each in screen("Lagebild").app.metric if "VZÄ" in each.label) == "5"
