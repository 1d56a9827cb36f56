"""The files of a site in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# Of the earliest day that the format knows: the same files make the same bytes on any day.
_DAY = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by path, in the order of their paths; always the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, _READABLE
            archive.writestr(entry, files[path])
    return made.getvalue()
