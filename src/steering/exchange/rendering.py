"""The engine that draws pictures, for a child of its own: it imports nothing else, and so begins at once."""

from __future__ import annotations

from typing import Any

# No address may be asked: a specification that names one gets an error instead of an answer.
_NO_ADDRESS: list[str] = []


def draw(form: str, spec: dict[str, Any], scale: float) -> bytes:
    """A Vega-Lite specification with its data inside as "png" or "svg"."""
    import vl_convert  # Only the child needs the engine.

    common: dict[str, Any] = {
        "allowed_base_urls": _NO_ADDRESS, "format_locale": "de-DE", "time_format_locale": "de-DE",
    }  # fmt: skip
    if form == "svg":
        return vl_convert.vegalite_to_svg(spec, **common).encode()
    return vl_convert.vegalite_to_png(spec, scale=scale, **common)
