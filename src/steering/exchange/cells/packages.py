"""The parts of an Excel workbook, whatever the program that packed it has called them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape

from steering.exchange.incoming_files import IncomingFile, check_zip

MAIN, MAIN_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PACKAGE, _TYPES = "_rels/.rels", "[Content_Types].xml"
# What readers look for under one name only.
_FIXED = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml"}
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_TARGET = re.compile(rb"(\bTarget\s*=\s*)([\"'])(.*?)\2")
_PART_NAME = re.compile(rb"(\bPartName\s*=\s*)([\"'])(.*?)\2")


@dataclass(frozen=True)
class _Relation:
    key: str
    kind: str
    part: str


def usual(file: IncomingFile) -> IncomingFile:
    """The same workbook with its parts where Excel puts them: some programs write `xl\\workbook.xml`, put
    all parts into the root, or number them (`xl/workbook2.xml`). What is no workbook stays as it is.

    Raises FileRefused for a zip that is damaged or unpacks to too much.
    """
    check_zip(file)
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        parts = {plain(name): name for name in archive.namelist()}
        moved = _moved(archive, parts)
        if all(moved.get(name, name) == said for name, said in parts.items()):
            return file
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            for name, said in parts.items():
                content = archive.read(said)
                if name.endswith(".rels"):
                    content = _pointed(content, _owner_folder(name), moved)
                elif name == _TYPES:
                    content = _pointed(content, "", moved, _PART_NAME)
                made.writestr(moved.get(name, name), content)
    return replace(file, content=packed.getvalue())


def plain(name: str) -> str:
    """A part's name with the strokes that are meant."""
    return name.replace("\\", "/").lstrip("/")


def sheet_parts(workbook: bytes, relations: bytes) -> Iterator[tuple[str, str]]:
    """The name of each sheet with its part, in the order of the workbook."""
    known = {each.key: each.part for each in _relations(relations, "xl")}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", workbook):
        key = re.search(rb"\w+:id\s*=\s*[\"'](.*?)[\"']", tag)
        if key and (part := known.get(key[1].decode("utf-8", "replace"))):
            yield _attribute(tag, "name"), part


def _moved(archive: zipfile.ZipFile, parts: Mapping[str, str]) -> dict[str, str]:
    """Where parts belong that lie elsewhere."""
    main = _main(archive, parts)
    if main is None:
        return {}
    folder = posixpath.dirname(main)
    beside = posixpath.join(folder, "_rels", f"{posixpath.basename(main)}.rels")
    moved = {main: MAIN, beside: MAIN_RELATIONS}
    if beside in parts:
        for each in _relations(archive.read(parts[beside]), folder):
            if each.kind in _FIXED and each.part in parts:
                moved[each.part] = _FIXED[each.kind]
    if folder != "xl":
        inner = f"{folder}/" if folder else ""
        for name in parts:
            apart = name in (_PACKAGE, _TYPES) or name.startswith("docProps/")
            if name.startswith(inner) and not apart:
                moved.setdefault(name, f"xl/{name.removeprefix(inner)}")
    return moved


def _main(archive: zipfile.ZipFile, parts: Mapping[str, str]) -> str | None:
    """The part that lists the sheets, as the package itself says."""
    for each in _relations(archive.read(parts[_PACKAGE]), "") if _PACKAGE in parts else ():
        if each.kind == "officeDocument" and each.part in parts:
            content = archive.read(parts[each.part])
            return each.part if re.search(rb"<(?:\w+:)?workbook\b", content[:2_000]) else None
    return None


def _relations(content: bytes, folder: str) -> Iterator[_Relation]:
    for tag in _RELATION.findall(content):
        target = _attribute(tag, "Target")
        if target and _attribute(tag, "TargetMode") != "External":
            kind = _attribute(tag, "Type").rsplit("/", 1)[-1]
            yield _Relation(_attribute(tag, "Id"), kind, _resolved(target, folder))


def _owner_folder(relations: str) -> str:
    """The folder from which the targets of a part with relations are counted."""
    return posixpath.dirname(posixpath.dirname(relations))


def _resolved(target: str, folder: str) -> str:
    target = target.replace("\\", "/")
    found = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(found)


def _pointed(
    content: bytes, folder: str, moved: Mapping[str, str], names: re.Pattern[bytes] = _TARGET
) -> bytes:
    """Relations, or types of content, with the parts called as they are called now."""

    def renamed(match: re.Match[bytes]) -> bytes:
        if b":" in match[3]:
            return match[0]
        part = _resolved(match[3].decode("utf-8", "replace"), folder)
        return match[1] + b'"/' + moved.get(part, part).encode() + b'"'

    return names.sub(renamed, content)


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*([\"'])(.*?)\1".encode(), tag)
    return unescape(found[2].decode("utf-8", "replace")) if found else ""
