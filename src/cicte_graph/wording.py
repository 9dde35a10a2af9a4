"""Put our sentences into the reader's language: English as the code has them, Spanish from locale/es.po.

Knows sentences, not what they are about. Names and texts of records come from the graph in its own languages.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cicte_graph.page import Part

__all__ = ["LOCALE", "say", "say_as", "say_number", "say_parts", "speaking"]

LOCALE = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything within in a language; one that has no sentences here is spoken to in English."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def say(english: str, /, **values: object) -> str:
    """Give a sentence in the language spoken, its `{places}` filled with values."""
    return _sentences(_language.get()).gettext(english).format(**values)


def say_as(context: str, english: str, /) -> str:
    """Give a word that alone does not tell which word it is in another language, by what it is a word of."""
    return _sentences(_language.get()).pgettext(context, english)


def say_parts(english: str, /, **values: "Part | list[Part]") -> "list[Part]":
    """Give a sentence as the parts of a line, its `{places}` filled with text, names and marks, or lists of them."""
    parts: list[Part] = []
    for text, place, _, _ in Formatter().parse(_sentences(_language.get()).gettext(english)):
        parts += [text] if text else []
        if place:
            value = values[place]
            parts += value if isinstance(value, list) else [value]
    return parts


def say_number(one: str, many: str, number: int, /, **values: object) -> str:
    """Give a sentence that depends on a number, which stands at `{number}`, with the language's own plural."""
    return _sentences(_language.get()).ngettext(one, many, number).format(number=f"{number:,}", **values)


@cache
def _sentences(language: str) -> gettext.NullTranslations:
    path = LOCALE / f"{language}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    import polib

    return gettext.GNUTranslations(BytesIO(polib.pofile(str(path)).to_binary()))
