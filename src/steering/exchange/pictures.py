"""Charts as pictures for Word and the web, drawn on this machine without any request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import vl_convert

# No address may be asked: a specification that names one gets an error instead of an answer.
_NO_ADDRESS: list[str] = []


def png(vega_spec: Mapping[str, Any], scale: float = 2) -> bytes:
    """A Vega-Lite specification with its data inside as PNG; `scale` is pixels of the file per pixel."""
    return vl_convert.vegalite_to_png(
        dict(vega_spec),
        scale=scale,
        allowed_base_urls=_NO_ADDRESS,
        format_locale="de-DE",
        time_format_locale="de-DE",
    )


def svg(vega_spec: Mapping[str, Any]) -> bytes:
    """The same as SVG, in which texts stay texts."""
    picture = vl_convert.vegalite_to_svg(
        dict(vega_spec),
        allowed_base_urls=_NO_ADDRESS,
        format_locale="de-DE",
        time_format_locale="de-DE",
    )
    return picture.encode()
