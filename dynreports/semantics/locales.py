"""How numbers are written in a language: separators, percent signs and the words for large ones.

It is about numbers only. What the product says, and how it says dates, is English; so is what people type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dynreports.errors import unknown_name

LocaleTag = Literal["en", "fr", "nl", "de"]


@dataclass(frozen=True)
class Locale:
    """How one language writes numbers, as the Unicode CLDR has it (tests hold the two against each other).

    Attributes
    ----------
    tag, name
        Its language as the browser and as people call it.
    decimal, group
        What stands before decimals, and between thousands.
    percent
        What stands behind percentages, with the space before it where there is one.
    powers
        The short words for large figures, each with its size. German has none for thousands.
    """

    tag: LocaleTag
    name: str
    decimal: str
    group: str
    percent: str
    powers: tuple[tuple[int, str], ...]

    def written(self, plain: str) -> str:
        """Return a number that is written as in English (``1,234.5``) as this language writes it.

        Examples
        --------
        >>> LOCALES["de"].written("1,234.5"), LOCALES["en"].written("1,234.5")
        ('1.234,5', '1,234.5')
        """
        return plain.translate({ord(","): self.group, ord("."): self.decimal})

    def count(self, number: int) -> str:
        """Return a whole number, its thousands apart."""
        return self.written(f"{number:,}")


_THIN, _FIXED = "\u202f", "\xa0"

ENGLISH = Locale(
    # Thousands are a small k here, as on axes of charts everywhere.
    "en", "English", ".", ",", "%", ((10**3, "k"), (10**6, "M"), (10**9, "B"), (10**12, "T")),
)  # fmt: skip
LOCALES: dict[str, Locale] = {
    each.tag: each
    for each in (
        ENGLISH,
        Locale(
            "fr", "French", ",", _THIN, f"{_FIXED}%",
            ((10**3, f"{_FIXED}k"), (10**6, f"{_FIXED}M"), (10**9, f"{_FIXED}Md"), (10**12, f"{_FIXED}Bn")),
        ),
        Locale(
            "nl", "Dutch", ",", ".", "%",
            ((10**3, "K"), (10**6, f"{_FIXED}mln."), (10**9, f"{_FIXED}mld."), (10**12, f"{_FIXED}bln.")),
        ),
        Locale(
            "de", "German", ",", ".", f"{_FIXED}%",
            ((10**6, f"{_FIXED}Mio."), (10**9, f"{_FIXED}Mrd."), (10**12, f"{_FIXED}Bio.")),
        ),
    )
}  # fmt: skip


def locale_of(tag: str) -> Locale:
    """Return a locale by its tag; a region (``fr-BE``) is that of its language.

    Raises
    ------
    UnknownNameError
        If numbers can't be written in this language.
    """
    language = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
    if language not in LOCALES:
        raise unknown_name("locale", tag, LOCALES)
    return LOCALES[language]
