"""A Vorlage once handed in keeps its wording: the guard that every way into the tables passes."""

from collections.abc import Collection

from steering.model import PaperFile, Record, Submission
from steering.storage.problems import Invalid, Problem

# What was handed in, and about what; its number, its address and its day may be corrected.
_STAYS = frozenset({"about", "subject_key", "ends", "file_name", "digest", "wording"})
# What the file is called comes from its title: contact data leave it as they leave every other name.
_ERASABLE = frozenset({"file_name"})


def check_change(record: type[Record], fields: Collection[str], *, erasing: bool = False) -> None:
    """Refuse to change `fields` of what was handed in; `erasing`: in order to take contact data out.

    Raises Invalid.
    """
    stays = _STAYS - _ERASABLE if erasing else _STAYS
    if record is Submission and stays & set(fields):
        raise Invalid(
            Problem(
                0,
                "",
                "Eine abgegebene Vorlage behält ihren Wortlaut. Bitte die neue Fassung als weitere Vorlage "
                "abgeben.",
            )
        )


def check_presence(record: type[Record]) -> None:
    """Refuse to add or remove a file but with the Vorlage that is handed in. Raises Invalid."""
    if record is PaperFile:
        raise Invalid(Problem(0, "", "Die Datei einer abgegebenen Vorlage bleibt, wie sie ist."))
