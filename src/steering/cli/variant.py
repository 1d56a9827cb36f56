"""The option that says which variant of the forecasts is counted with."""

from __future__ import annotations

import argparse

from steering.model import ForecastVariant
from steering.model.vocabulary import word

_NAMED = {word(variant): variant for variant in ForecastVariant}


def add(parser: argparse.ArgumentParser) -> None:
    """Add `--zugang`, in the words of the address; the middle variant unless another is chosen."""
    parser.add_argument(
        "--zugang", type=_variant, default=word(ForecastVariant.MIDDLE), metavar="|".join(_NAMED),
        help="Variante der Prognosen für Tage nach heute, sonst mittel",
    )  # fmt: skip


def _variant(text: str) -> ForecastVariant:
    if text not in _NAMED:
        raise argparse.ArgumentTypeError(
            f"»{text}« ist keine Variante der Prognosen. Bitte {', '.join(_NAMED)} angeben."
        )
    return _NAMED[text]
