"""What `secrets.toml` says of the sign-in, for pages and command line alike.

A file that cannot be read is no file without a sign-in: who took it for one would let everybody in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from steering.storage.rights.house import HouseRefused

_SECTION, _OF_SIGN_IN_ONLY = "auth", "cookie_secret"
_LINE = re.compile(r"at line (\d+)")
_MARK = "\ufeff"


def section(files: Iterable[Path]) -> dict[str, Any]:
    """The section [auth], of the last of these files that has one; empty where none is there.

    Raises HouseRefused with file, line and remedy.
    """
    found: dict[str, Any] = {}
    for file in files:
        sections = _sections(file)
        if _SECTION not in sections and _is_misplaced(sections):
            raise HouseRefused(
                f"In »{file}« steht {_OF_SIGN_IN_ONLY} nicht im Abschnitt [{_SECTION}]. Bitte die Zeile "
                f"[{_SECTION}] vor die Angaben der Anmeldung setzen."
            )
        if not isinstance(sections.get(_SECTION, {}), dict):
            raise HouseRefused(
                f"In »{file}« ist {_SECTION} kein Abschnitt. Bitte [{_SECTION}] in eine eigene Zeile "
                "schreiben."
            )
        found = sections.get(_SECTION, found)
    return found


def _sections(file: Path) -> dict[str, Any]:
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return {}
    except IsADirectoryError as error:
        raise HouseRefused(
            f"»{file}« ist ein Ordner. Bitte die Datei mit den Angaben der Anmeldung an seine Stelle legen "
            "oder, wo keine Anmeldung sein soll, den Ordner entfernen."
        ) from error
    except OSError as error:
        raise HouseRefused(
            f"»{file}« lässt sich nicht lesen ({error.strerror}). Bitte dem Konto, unter dem das Programm "
            "läuft, das Lesen erlauben."
        ) from error
    try:
        text = raw.decode()
        if text.startswith(_MARK):
            raise UnicodeDecodeError("utf-8", raw, 0, 1, "byte order mark")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise HouseRefused(
            f"»{file}« ist in Zeile {line} nicht lesbar. Bitte die Datei als UTF-8 ohne BOM speichern."
        ) from error
    except tomllib.TOMLDecodeError as error:
        # What else it says may quote what is secret.
        line_found = _LINE.search(str(error))
        where = f"in Zeile {line_found[1]}" if line_found else "am Ende"
        raise HouseRefused(
            f"»{file}« ist {where} nicht lesbar. Bitte dort und in der Zeile davor Anführungszeichen und "
            "Klammern prüfen."
        ) from error


def _is_misplaced(sections: Mapping[str, Any]) -> bool:
    """Whether what only a sign-in has stands under another name."""
    parts = (part for part in sections.values() if isinstance(part, Mapping))
    return any(_OF_SIGN_IN_ONLY in part for part in (sections, *parts))
