"""The public directory as a static site: every page, the search, and what they are drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from steering.analysis.publication.content import Published
from steering.exchange.publication.outlines import outlined
from steering.exchange.publication.pages import Structured, pages
from steering.exchange.publication.rendering import rendered
from steering.exchange.publication.search import search_index

ASSETS = Path(__file__).parent / "assets"
SEARCH_INDEX = "assets/suche-index.js"
NOTHING: Mapping[str, bytes] = MappingProxyType({})


def files(
    published: Published,
    boundaries: pd.DataFrame,
    extra: Mapping[str, bytes] = NOTHING,
    structured: Structured | None = None,
) -> dict[str, bytes]:
    """Each file by its path below the folder, with `/`; the same bytes for the same input.

    `boundaries`: as `storage.reading.boundaries` gives them; read are key (AGS), role, name, geometry and
    attribution. `extra`: files of open data that stand beside the pages, by path; the page »Offene Daten«
    links to those it knows. `structured`: what the page of an offer says to machines (JSON-LD).
    """
    directory = published.directory
    found = dict(extra)
    found |= {f"assets/{name}": content for name, content in _assets().items()}
    if directory.entries:
        found[SEARCH_INDEX] = search_index(directory)
    drawing = outlined(directory, boundaries)
    for page in pages(published, drawing, frozenset(extra), structured):
        found[page.path] = rendered(page)
    return found


def _assets() -> dict[str, bytes]:
    there = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    return {path.relative_to(ASSETS).as_posix(): path.read_bytes() for path in there}
