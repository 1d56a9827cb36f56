"""Flat CSV tables as the Statistische Ämter write them, in both generations of the header."""

from __future__ import annotations

from collections.abc import Sequence

AHORN, RODACH, LAUTERTAL, GRUB = "09473112", "09473158", "09473141", "09473132"
ARS = {AHORN: "094730112112", RODACH: "094730158158", LAUTERTAL: "094735308141"}
NEW_HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
    "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;"
    "value_variable_label"
)
OLD_HEAD = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;"
    "1_Auspraegung_Code;1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;"
    "2_Auspraegung_Label;BEVSTD__Bevölkerungsstand__Anzahl"
)
Line = tuple[str, str, str, str]
"""Key of the area, time, attribute of the second classification, value."""


def new(lines: Sequence[Line], *, unit: str = "Personen", label: str = "Bevölkerungsstand") -> bytes:
    """The current generation: UTF-8 with a mark, texts in quotation marks, one value in a row."""
    rows = [
        f'12411;"Fortschreibung; des Bevölkerungsstandes";STAG;Stichtag;{time};GEMEIN;Gemeinden;{key};'
        f'"Ort {key}";NAT;Nationalität;{said[:4].upper()};"{said}";{value};{unit};BEVSTD;"{label}"'
        for key, time, said, value in lines
    ]
    return "\r\n".join([NEW_HEAD, *rows, ""]).encode("utf-8-sig")


def old(lines: Sequence[Line], *, more: str = "", encoding: str = "latin-1") -> bytes:
    """The older generation in Latin-1; `more` heads a second figure, whose values follow a bar."""
    rows = [
        f"12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;{time};GEMEIN;Gemeinden;{key};Ort {key};"
        f"NAT;Nationalität;{said[:4].upper()};{said};{value.replace('|', ';')}"
        for key, time, said, value in lines
    ]
    head = f"{OLD_HEAD};{more}" if more else OLD_HEAD
    return "\r\n".join([head, *rows, ""]).encode(encoding)
