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

__all__ = ["LOCALE", "say", "say_number", "speaking"]

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
