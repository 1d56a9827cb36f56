"""The public directory as a whole: its site, with open data, feed and calendar beside it."""

from __future__ import annotations

import pandas as pd

from steering.analysis.publication.content import Published
from steering.exchange.publication import jsonld, open_data, site


def files(published: Published, boundaries: pd.DataFrame) -> dict[str, bytes]:
    """Paths within the published folder and what stands there; the same bytes for the same arguments.

    `boundaries`: the outlines, as `storage.reading.boundaries` gives them.
    """
    return site.files(published, boundaries, open_data.files(published), jsonld.of)
