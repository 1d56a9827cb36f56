"""What the search finds: one document per entry, in a script that any page can load, from a file too."""

from __future__ import annotations

import json

from steering.analysis.publication.content import PublicDirectory
from steering.exchange.publication.entries import Catalogue, ShownEntry

_GLOBAL = "window.VERZEICHNIS = "


def search_index(directory: PublicDirectory) -> bytes:
    """A classic script, since browsers fetch nothing from a file. `assets/suche.js` names the fields."""
    catalogue = Catalogue(directory)
    names = dict(directory.places)
    documents = [_document(each, names) for each in catalogue.entries]
    text = json.dumps(documents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{_GLOBAL}{text};\n".encode()


def _document(shown: ShownEntry, names: dict[str, str]) -> dict[str, str]:
    values = shown.values
    where = "ganzer Landkreis" if shown.district_wide else ", ".join(each.name for each in shown.places)
    more = [
        *(values.get(name, "") for name in ("for_whom", "carrier", "idea", "next_step", "evidence")),
        *(task for task, _ in shown.tasks),
        *(each.name for each in (*shown.fields, *shown.groups)),
        *(values.get("address", {}).get(name, "") for name in ("street", "postal_code", "town")),
        *(text[name] for text in values.get("texts", []) for name in ("title", "text")),
    ]
    if shown.district_wide:
        # Who looks for what there is in a municipality means what is for all of them, too.
        more += names.values()
    document = {
        "adresse": shown.path,
        "art": values.get("kind", "") if shown.is_offer else "Potenzial",
        "name": shown.name,
        "was": values.get("what", "") or values.get("description", ""),
        "wo": where,
        "mehr": " ".join(filter(None, more)),
    }
    return {name: text for name, text in document.items() if text}
