"""Words of a sentence made from numbers and lists."""

from collections.abc import Sequence

__all__ = ["count", "how_often", "listed", "number_of", "with_article"]


OFTEN = {"P1M": "every month", "P3M": "four times a year", "P6M": "twice a year", "P1Y": "once a year"}


def how_often(duration: str) -> str:
    """Write an ISO 8601 duration between two times as in a sentence; one we have no words for stays as it is."""
    return OFTEN.get(duration, duration)


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: 1 paragraph, 2 paragraphs, no paragraphs."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {plural or noun + 's'}" if number else f"no {plural or noun + 's'}"


def listed(parts: Sequence[str], conjunction: str = "and") -> str:
    """Join parts of a sentence: a, b and c; nothing for no part."""
    return f" {conjunction} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def with_article(noun: str) -> str:
    """Write a noun with its article: a program, an activity."""
    return f"{'an' if noun[0] in 'aeiouAEIO' else 'a'} {noun}"


def number_of(number: int, plural: str, language: str = "en") -> str:
    """Write a number with a noun given in the plural: 1 study, 2 studies; only English has its singulars here."""
    if number != 1 or language != "en":
        return f"{number:,} {plural}"
    for ending, single in (("yses", "ysis"), ("ies", "y"), ("s", "")):
        if plural.endswith(ending):
            return f"1 {plural.removesuffix(ending)}{single}"
    return f"1 {plural}"
