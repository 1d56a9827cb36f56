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
        "Informationen in Leichter Sprache: Das gibt es hier",
        "Diesen Text gibt es noch nicht in Leichter Sprache.",
    ),
    Tongue(
        Language.ENGLISH.value,
        "English",
        "Information in English about what there is here",
        "This text is only available in German.",
    ),
    Tongue(
        Language.FRENCH.value,
        "Français",
        "Informations en français sur ce qui existe ici",
        "Ce texte n’est disponible qu’en allemand.",
    ),
    Tongue(
        Language.ARABIC.value,
        "العربية",
        "معلومات باللغة العربية عما هو متوفر هنا",
        "هذا النص متاح باللغة الألمانية فقط.",
        right_to_left=True,
    ),
    Tongue(
        Language.PERSIAN.value,
        "فارسی",
        "اطلاعات به زبان فارسی درباره آنچه اینجا وجود دارد",
        "این متن فقط به زبان آلمانی موجود است.",
        right_to_left=True,
    ),
    Tongue(
        Language.UKRAINIAN.value,
        "Українська",
        "Інформація українською мовою про те, що тут є",
        "Цей текст доступний лише німецькою мовою.",
    ),
    Tongue(
        Language.RUSSIAN.value,
        "Русский",
        "Информация на русском языке о том, что здесь есть",
        "Этот текст доступен только на немецком языке.",
    ),
    Tongue(
        Language.TURKISH.value,
        "Türkçe",
        "Burada neler olduğuna dair Türkçe bilgiler",
        "Bu metin yalnızca Almanca olarak mevcuttur.",
    ),
    Tongue(
        Language.POLISH.value,
        "Polski",
        "Informacje w języku polskim o tym, co jest tutaj dostępne",
        "Ten tekst jest dostępny tylko w języku niemieckim.",
    ),
    Tongue(
        Language.ROMANIAN.value,
        "Română",
        "Informații în limba română despre ce există aici",
        "Acest text este disponibil numai în limba germană.",
    ),
)
TONGUES: dict[str, Tongue] = {each.tag: each for each in _ALL}
"""By tag, in the order of Language."""
