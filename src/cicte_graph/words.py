"""Words of a sentence made from numbers and lists, in the language spoken."""

import re
from collections.abc import Sequence

from cicte_graph.wording import say, say_number

__all__ = ["conjoined", "count", "how_many", "how_often", "listed", "number_of", "with_article"]

# endings of plurals and of their singulars, the first that fits
SINGULARS = {
    "en": (("yses", "ysis"), ("ies", "y"), ("s", "")),
    "es": (
        *(("iones", "ión"), ("óvenes", "oven"), ("íses", "ís"), ("isis", "isis"), ("ces", "z")),
        *(("des", "d"), ("les", "l"), ("nes", "n"), ("res", "r"), ("s", "")),
    ),
}
# what Spanish writes for y and o before the same sound
BEFORE = {
    "y": ("e", re.compile(r"\W*h?[ií](?!e)", re.IGNORECASE)),
    "o": ("u", re.compile(r"\W*h?[oó]", re.IGNORECASE)),
}


def how_many(kind: str, number: int) -> str:
    """Write a number of records of a kind: 1 paragraph, 2 paragraphs, no paragraphs."""
    some, none = {
        "program": (say_number("{number} program", "{number} programs", number), say("no programs")),
        "project": (say_number("{number} project", "{number} projects", number), say("no projects")),
        "activity": (say_number("{number} activity", "{number} activities", number), say("no activities")),
        "outcome": (say_number("{number} outcome", "{number} outcomes", number), say("no outcomes")),
        "element": (say_number("{number} element", "{number} elements", number), say("no elements")),
        "instrument": (say_number("{number} instrument", "{number} instruments", number), say("no instruments")),
        "paragraph": (say_number("{number} paragraph", "{number} paragraphs", number), say("no paragraphs")),
        "body": (say_number("{number} body", "{number} bodies", number), say("no bodies")),
    }[kind]
    return some if number else none


def how_often(duration: str) -> str:
    """Write an ISO 8601 duration between two times as in a sentence; one we have no words for stays as it is."""
    often = {
        "P1M": say("every month"),
        "P3M": say("four times a year"),
        "P6M": say("twice a year"),
        "P1Y": say("once a year"),
    }
    return often.get(duration, duration)


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun, in English: 1 paragraph, 2 paragraphs, no paragraphs."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {plural or noun + 's'}" if number else f"no {plural or noun + 's'}"


def listed(parts: Sequence[str], conjunction: str = "and") -> str:
    """Join parts of a sentence: a, b and c; a, b or c; nothing for no part."""
    if len(parts) < 2:  # noqa: PLR2004 - one part is joined to none
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjoined(conjunction, parts[-1])} {parts[-1]}"


def conjoined(conjunction: str, before: str) -> str:
    """Give `and` or `or` as it stands before a word."""
    word = {"and": say("and"), "or": say("or")}[conjunction]
    other, sound = BEFORE.get(word, (word, None))
    return other if sound and sound.match(before) else word


def with_article(noun: str) -> str:
    """Write a noun with its article, in English: a program, an activity."""
    return f"{'an' if noun[0] in 'aeiouAEIO' else 'a'} {noun}"


def number_of(number: int, plural: str, language: str = "en") -> str:
    """Write a number with a noun given in the plural: 1 study, 2 studies; a language without rules keeps the plural."""
    if number != 1:
        return f"{number:,} {plural}"
    words = plural.split(" ") if language == "es" else [plural]
    return f"1 {' '.join(_singular(word, language) for word in words)}"


def _singular(plural: str, language: str) -> str:
    endings = SINGULARS.get(language, ())
    ending, single = next((pair for pair in endings if plural.endswith(pair[0])), ("", ""))
    return plural.removesuffix(ending) + single
