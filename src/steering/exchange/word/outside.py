"""What a Word file fetches from elsewhere when it is opened: taken out, so that no document of ours does."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from posixpath import basename, dirname
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx.oxml.ns import qn
from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = {
    *map(qn, ("w:drawing", "w:pict", "w:object")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}
_PICTURES = ("word/header", "word/footer")


def without(content: bytes) -> tuple[bytes, bool]:
    """The file without links to elsewhere, and whether a picture of a header or footer went with them."""
    with ZipFile(BytesIO(content)) as archive:
        relations = {name: archive.read(name) for name in archive.namelist() if name.endswith(".rels")}
        kept = {name: _kept(text) for name, text in relations.items()}
        gone = {_owner(name): keys for name, (_, keys) in kept.items() if keys}
        if not gone:
            return content, False
        file, pictures = BytesIO(), False
        with ZipFile(file, "w", ZIP_DEFLATED) as copy:
            for name in dict.fromkeys(archive.namelist()):
                part = kept[name][0] if name in kept else archive.read(name)
                if name in gone:
                    part, drawn = _without_references(part, gone[name])
                    pictures = pictures or (drawn and name.startswith(_PICTURES))
                copy.writestr(name, part)
    return file.getvalue(), pictures


def _kept(relations: bytes) -> tuple[bytes, set[str]]:
    """The relations that stay in the file, and the keys of the others."""
    root = _parsed(relations)
    outside = [each for each in root if str(each.get("TargetMode", "")).lower() == "external"]
    for each in outside:
        root.remove(each)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), {
        str(each.get("Id")) for each in outside
    }


def _owner(relations: str) -> str:
    """The part whose relations these are: word/_rels/header1.xml.rels are those of word/header1.xml."""
    folder = dirname(dirname(relations))
    name = basename(relations).removesuffix(".rels")
    return f"{folder}/{name}" if folder else name


def _without_references(part: bytes, keys: set[str]) -> tuple[bytes, bool]:
    """A part without what refers to relations that are gone, and whether that was a picture."""
    root = _parsed(part)
    drawn = False
    for element in [each for each in root.iter(etree.Element) if _refers(each.attrib, keys)]:
        frame = next((each for each in (element, *element.iterancestors()) if each.tag in _DRAWN), None)
        if frame is not None:
            drawn = True
            _remove(frame)
        elif element.tag == qn("w:hyperlink"):
            _unwrap(element)
        else:
            _remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), drawn


def _refers(attributes: Mapping[Any, Any], keys: set[str]) -> bool:
    return any(str(name).startswith(_RELATION) and value in keys for name, value in attributes.items())


def _remove(element: Any) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    """Leave the words of a link where they stand."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _parsed(text: bytes) -> Any:
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
