"""A Word document as PDF, made by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

TOO_LONG = 120  # seconds
NOT_INSTALLED = (
    "Ein PDF entsteht nur, wo LibreOffice installiert ist. Auf diesem Server ist es das nicht; "
    "bitte die Word-Datei öffnen und dort als PDF speichern."
)
FAILED = "LibreOffice hat kein PDF erzeugt. Bitte die Word-Datei öffnen und dort als PDF speichern."
_COMMANDS = ("soffice", "libreoffice")


class NoPdf(Exception):
    """There is no PDF; its text is a German sentence with the reason and what to do instead."""


def available() -> bool:
    return _command() is not None


def _command() -> str | None:
    return next((path for name in _COMMANDS if (path := shutil.which(name))), None)


def convert(docx: bytes, *, seconds: float = TOO_LONG) -> bytes:
    """The document as PDF; raises NoPdf.

    Each conversion has a profile of its own: two at a time would else wait for each other or fail.
    """
    command = _command()
    if command is None:
        raise NoPdf(NOT_INSTALLED)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "dokument.docx")
        source.write_bytes(docx)
        profile = f"-env:UserInstallation={Path(folder, 'profil').as_uri()}"
        wanted = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run([command, profile, *wanted], capture_output=True, timeout=seconds, check=True)
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError):
            raise NoPdf(FAILED) from None


def has_widths_of(font: str) -> bool:
    """Whether LibreOffice lays out this typeface as wide as Word does: by itself or by its metric twin."""
    command = shutil.which("fc-match")
    if command is None:
        return False
    wanted = [command, "--format", "%{family}", font]
    try:
        found = subprocess.run(wanted, capture_output=True, timeout=10, check=True, text=True).stdout
    except (subprocess.SubprocessError, OSError):
        return False
    return any(name in found for name in (font, *_TWINS.get(font, ())))


_TWINS = {
    "Arial": ("Liberation Sans", "Arimo"),
    "Calibri": ("Carlito",),
    "Cambria": ("Caladea",),
    "Times New Roman": ("Liberation Serif", "Tinos"),
}
