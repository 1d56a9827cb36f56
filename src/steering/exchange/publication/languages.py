"""The further languages of the directory: what they call themselves, and the few sentences in them."""

from __future__ import annotations

from dataclasses import dataclass

from steering.model import Language


@dataclass(frozen=True)
class Tongue:
    """A language. `tag`: BCP 47; `name`: what it calls itself; `heading`: of its page; `only_german`: a note.

    `right_to_left` says how it is written; German stands in it as it is written itself.
    """

    tag: str
    name: str
    heading: str
    only_german: str
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        """As HTML says it."""
        return "rtl" if self.right_to_left else "ltr"


_ALL = (
    Tongue(
        Language.EASY.value,
        "Leichte Sprache",
        "Angebote in Leichter Sprache",
        "Diesen Text gibt es noch nicht in Leichter Sprache.",
    ),
    Tongue(Language.ENGLISH.value, "English", "Offers in English", "This text is only available in German."),
    Tongue(
        Language.FRENCH.value,
        "Français",
        "Offres en français",
        "Ce texte n’est disponible qu’en allemand.",
    ),
    Tongue(
        Language.ARABIC.value,
        "العربية",
        "العروض باللغة العربية",
        "هذا النص متاح باللغة الألمانية فقط.",
        right_to_left=True,
    ),
    Tongue(
        Language.PERSIAN.value,
        "فارسی",
        "خدمات به زبان فارسی",
        "این متن فقط به زبان آلمانی موجود است.",
        right_to_left=True,
    ),
    Tongue(
        Language.UKRAINIAN.value,
        "Українська",
        "Пропозиції українською мовою",
        "Цей текст доступний лише німецькою мовою.",
    ),
    Tongue(
        Language.RUSSIAN.value,
        "Русский",
        "Предложения на русском языке",
        "Этот текст доступен только на немецком языке.",
    ),
    Tongue(
        Language.TURKISH.value,
        "Türkçe",
        "Türkçe hizmetler",
        "Bu metin yalnızca Almanca olarak mevcuttur.",
    ),
    Tongue(
        Language.POLISH.value,
        "Polski",
        "Oferty w języku polskim",
        "Ten tekst jest dostępny tylko w języku niemieckim.",
    ),
    Tongue(
        Language.ROMANIAN.value,
        "Română",
        "Oferte în limba română",
        "Acest text este disponibil numai în limba germană.",
    ),
)
TONGUES: dict[str, Tongue] = {each.tag: each for each in _ALL}
"""By tag, in the order of Language."""
