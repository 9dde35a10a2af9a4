"""Tell whether a text is in the lexical space of the XML Schema datatype its key asks for.

Source of the spaces: XML Schema 1.1 part 2, narrowed to the forms the data uses (no time zones).
"""

import re
from collections.abc import Callable
from datetime import date

__all__ = ["fault_in"]


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


SPACES: dict[str, tuple[Callable[[str], bool], str]] = {
    "xsd:string": (lambda text: bool(text.strip()), "some text"),
    "xsd:date": (_is_date, "a day that exists, as in 2012-03-07"),
    "xsd:gYear": (_matches(r"[0-9]{4}"), "a year, as in 2012"),
    "xsd:integer": (_matches(r"0|[1-9][0-9]*"), "a whole number in digits, as in 150"),
    "xsd:boolean": (_matches("true|false"), "true or false"),
    "xsd:language": (_matches(r"[a-z]{2,3}(-[A-Za-z0-9]+)*"), "a language tag, as in es"),
    "xsd:anyURI": (_matches(r"https?://[^\s<>\"{}|\\^`]+"), "an address that starts with https://"),
}


def fault_in(text: str, datatype: str) -> str | None:
    """Tell what a text should have been, or nothing if it fits the datatype."""
    fits, wanted = SPACES[datatype]
    return None if fits(text) else wanted
