"""Charts as pictures for Word and the web, drawn on this machine without any request.

What draws them is a whole JavaScript engine, and where that gives up it takes its process along: so it has
one of its own (`confined`), and the server lives on whatever the data say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steering import confined
from steering.model import texts

# No address may be asked: a specification that names one gets an error instead of an answer.
_NO_ADDRESS: list[str] = []


class NotDrawn(Exception):
    """A picture that could not be drawn; its text is a German sentence with the remedy."""


def png(vega_spec: Mapping[str, Any], scale: float = 2) -> bytes:
    """A Vega-Lite specification with its data inside as PNG; `scale` is pixels of the file per pixel.

    Raises NotDrawn.
    """
    return _drawn("png", vega_spec, scale=scale)


def svg(vega_spec: Mapping[str, Any]) -> bytes:
    """The same as SVG, in which texts stay texts. Raises NotDrawn."""
    return _drawn("svg", vega_spec)


def _drawn(form: str, vega_spec: Mapping[str, Any], **options: float) -> bytes:
    try:
        picture: bytes = confined.DRAWING.run(draw, form, _possible(vega_spec), options)
    except confined.Stopped as stopped:
        raise NotDrawn(
            "Das Bild ließ sich nicht zeichnen: Es ist zu groß oder enthält etwas, das sich nicht darstellen "
            "lässt. Bitte mit den Filtern weniger auswählen und noch einmal versuchen."
        ) from stopped
    return picture


def draw(form: str, spec: dict[str, Any], options: dict[str, float]) -> bytes:
    """A picture, in whatever process this is called."""
    import vl_convert  # Only the child needs the engine.

    convert = vl_convert.vegalite_to_png if form == "png" else vl_convert.vegalite_to_svg
    picture: bytes | str = convert(
        spec,
        allowed_base_urls=_NO_ADDRESS,
        format_locale="de-DE",
        time_format_locale="de-DE",
        **options,
    )
    return picture.encode() if isinstance(picture, str) else picture


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
