"""Charts as pictures for Word and the web, drawn on this machine without any request.

What draws them is a whole JavaScript engine, and where that gives up it takes its process along: so it has
one of its own (`confined`), and the server lives on whatever the data say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

from steering import confined
from steering.exchange import rendering
from steering.model import texts

_NOTHING = {"data": {"values": [{}]}, "mark": "point"}


class NotDrawn(Exception):
    """A picture that could not be drawn; its text is a German sentence with the remedy."""


def png(vega_spec: Mapping[str, Any], scale: float = 2) -> bytes:
    """A Vega-Lite specification with its data inside as PNG; `scale` is pixels of the file per pixel.

    Raises NotDrawn.
    """
    return _drawn("png", vega_spec, scale)


def svg(vega_spec: Mapping[str, Any]) -> bytes:
    """The same as SVG, in which texts stay texts. Raises NotDrawn."""
    return _drawn("svg", vega_spec)


def all_as_png(vega_specs: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, bytes]:
    """Several at once by name; one that could not be drawn is left out, and who shows them says so.

    Each is begun as soon as it is known, while `vega_specs` works out the next.
    """
    with ThreadPoolExecutor(confined.DRAWING.at_most) as side_by_side:
        begun = {name: side_by_side.submit(_or_nothing, spec) for name, spec in vega_specs}
        drawn = {name: each.result() for name, each in begun.items()}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def get_ready() -> None:
    """Have what draws started beside what comes before the first picture."""
    for _ in range(confined.DRAWING.at_most):
        Thread(target=_or_nothing, args=(_NOTHING,), daemon=True).start()


def _or_nothing(vega_spec: Mapping[str, Any]) -> bytes | None:
    try:
        return png(vega_spec)
    except NotDrawn:
        return None


def or_reason(draw: Callable[[Mapping[str, Any]], bytes], vega_spec: Mapping[str, Any]) -> bytes:
    """The picture, or one of the sentence that says why there is none: a download has no place but this."""
    try:
        return draw(vega_spec)
    except NotDrawn as problem:
        lines = textwrap.wrap(str(problem), 60)
        return draw({"data": {"values": [{}]}, "mark": {"type": "text", "text": lines, "fontSize": 14},
                     "width": 500, "height": 120, "view": {"stroke": None}})  # fmt: skip


def _drawn(form: str, vega_spec: Mapping[str, Any], scale: float = 1) -> bytes:
    try:
        picture: bytes = confined.DRAWING.run(rendering.draw, form, _possible(vega_spec), scale)
    except confined.Stopped as stopped:
        raise NotDrawn(
            "Das Bild ließ sich nicht zeichnen: Es ist zu groß oder enthält etwas, das sich nicht darstellen "
            "lässt. Bitte mit den Filtern weniger auswählen und noch einmal versuchen."
        ) from stopped
    return picture


def _possible(value: Any) -> Any:
    """The specification without characters that older data may hold and the engine does not survive."""
    match value:
        case str():
            return texts.possible(value)
        case Mapping():
            return {_possible(key): _possible(each) for key, each in value.items()}
        case list() | tuple():
            return [_possible(each) for each in value]
    return value
