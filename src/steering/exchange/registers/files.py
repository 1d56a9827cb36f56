"""Official register files as they are uploaded: why one cannot be used, and zips looked into with care."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from steering.exchange.incoming_files import BROKEN_ZIP, HIGHEST_RATIO, MEGABYTE, FileRefused

# All of Germany at full resolution is about 300 MB; what unpacks to more is no register.
MOST_BYTES = 1_000_000_000
_MOST_MEMBERS = 2_000


def _of_a_mac(name: str) -> bool:
    """Whether a member is none of the data: `__MACOSX/._x.shp` lies beside every `x.shp` packed on a Mac."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


class Archive:
    """The members of a zip by name; raises FileRefused where it is broken, locked or a bomb."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN_ZIP as error:
            raise self._broken() from error
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        bearable = min(MOST_BYTES, max(HIGHEST_RATIO * len(content), 10 * MEGABYTE))
        if len(members) > _MOST_MEMBERS or unpacked > bearable:
            raise FileRefused(
                f"»{name}« wird entpackt zu groß. Bitte die Originaldatei des Bundesamts verwenden."
            )
        if any(member.flag_bits & 1 for member in members):
            raise FileRefused(f"»{name}« ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")

    def names(self, *endings: str) -> list[str]:
        """The members with one of these endings, in the order of the archive, without what a Mac adds."""
        return [
            name for name in self._zip.namelist() if name.lower().endswith(endings) and not _of_a_mac(name)
        ]

    def beside(self, member: str, endings: Iterable[str]) -> dict[str, str]:
        """Members that share a member's name up to the ending, by ending in lower case."""
        stem = member.rpartition(".")[0].lower()
        by_lower = {name.lower(): name for name in self._zip.namelist()}
        return {ending: by_lower[stem + ending] for ending in endings if stem + ending in by_lower}

    def read(self, member: str) -> bytes:
        """The content of a member, never more than MOST_BYTES, whatever the archive claims."""
        try:
            with self._zip.open(member) as opened:
                content = opened.read(MOST_BYTES + 1)
        except BROKEN_ZIP as error:
            raise self._broken() from error
        if len(content) > MOST_BYTES:
            raise FileRefused(
                f"»{self._name}« wird entpackt zu groß. Bitte die Originaldatei des Bundesamts verwenden."
            )
        return content

    def _broken(self) -> FileRefused:
        return FileRefused(
            f"»{self._name}« ist beschädigt oder nicht vollständig. Bitte noch einmal herunterladen."
        )
