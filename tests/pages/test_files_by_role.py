"""No file that somebody who only reads gets from any page holds what is for the administration only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection
from typing import Any

import pytest

from steering.model import PersonRole, PersonScope
from steering.storage import persons
from steering.storage.rights.acting import SignedIn, Who
from steering.storage.rights.house import House
from steering.web import current, identity, panels
from tests.pages.conftest import PAGES, Screen
from tests.pages.pressed import outside_a_run
from tests.pages.test_discretion import CHOICES
from tests.planted import NOW, SECRET, WHO, Planted

ISSUER = "https://anmeldung.example"
# What a page is asked for beside itself.
PARTS: dict[str, dict[str, list[Any]]] = {
    **CHOICES,
    "Koordinierungsrunde": {"meeting_part": ["Rahmen und Teilnahme", "Vereinbart", "Abschluss"]},
    "Daten und Einstellungen": {"data section": ["Export"]},
    "Strukturen": {"edit_structure": [1, 2]},
}
Files = dict[str, bytes]
PICTURES = (".png", ".svg", ".pdf")


@pytest.fixture
def gathered(screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Files]:
    """Every file that a role gets from every page, part and round, by page and name."""
    found: Files = {}
    place: list[str] = []

    def press(_label: str, make: Any, file: str = "", *_: Any, **__: Any) -> bool:
        # A picture says what the page was sent to draw it, see test_discretion.
        if not file.endswith(PICTURES):
            found[f"{place[0]}: {file}"] = outside_a_run(make)
        return False

    engine = screen().engine
    secrets = Planted(engine)
    for role in (PersonRole.READ, PersonRole.ADMINISTER):
        persons.grant(engine, ISSUER, role, role, scope=PersonScope.ALL, name=SECRET, **WHO)
    key = persons.everyone(engine).set_index("subject")["id"].to_dict()[PersonRole.READ]
    persons.change(engine, {"mailbox": f"{SECRET}@lra.example"}, key=int(key), version=1, **WHO)
    monkeypatch.setattr(identity, "settings", lambda: House(services=("",)))
    monkeypatch.setattr(current, "now", lambda: NOW)
    monkeypatch.setattr(panels.st, "download_button", press)

    def gather(role: str, pages: Collection[str] = PAGES) -> Files:
        who: Who = SignedIn(ISSUER, role, NOW)
        monkeypatch.setattr(identity, "who", lambda _now: who)
        addresses: list[tuple[str, dict[str, str]]] = [(page, {}) for page in PAGES]
        addresses += [
            ("Koordinierungsrunde", {"runde": str(each)}) for each in (secrets.closed, secrets.coming)
        ]
        for page, address in addresses:
            if page not in pages:
                continue
            place[:] = [page + "".join(address.values())]
            shown = screen(page, **address)
            # As if the switch had been turned by somebody who has none.
            shown.app.session_state[current.DISCREET] = False
            shown.app.run()
            for name, values in PARTS.get(page, {}).items():
                for value in values:
                    shown.app.session_state[name] = value
                    shown.app.run()
                    assert not shown.app.exception, (page, name, value)
        return dict(found)

    return gather


def unpacked(content: bytes) -> bytes:
    """A file with what is packed in it, packed files in it too."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(unpacked(packed.read(name)) for name in packed.namelist())


def holding_a_secret(files: Files) -> set[str]:
    return {name for name, content in files.items() if SECRET.encode() in unpacked(content)}


def test_who_only_reads_gets_files_of_many_pages_and_no_secret_in_any(
    gathered: Callable[..., Files],
) -> None:
    files = gathered(PersonRole.READ)
    assert holding_a_secret(files) == set()
    kinds = {name.rpartition(".")[2] for name in files}
    assert kinds >= {"xlsx", "ics", "zip", "geojson"}, "else it would prove little"
    assert len({name.partition(":")[0] for name in files}) >= 6


def test_the_administration_gets_files_with_secrets_so_that_the_search_can_find_them(
    gathered: Callable[..., Files],
) -> None:
    found = holding_a_secret(gathered(PersonRole.ADMINISTER, ["Daten und Einstellungen"]))
    assert any(name.endswith(".xlsx") for name in found)
    assert not [name for name in found if name.endswith((".ics", ".geojson"))], "those are for everybody"
