"""Write lines for a terminal: wrapped, and with nothing in them that could steer it."""

import textwrap
import unicodedata

__all__ = ["WIDTH", "visible", "wrapped"]

WIDTH = 110
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # Unicode categories: controls, direction marks, half characters, line ends


def visible(text: str, *, lines: bool = False) -> str:
    """Show what steers a terminal or hides text (escapes, direction marks, line ends) as its code point.

    Args:
        text: What to show.
        lines: Whether line ends are our own and stay.
    """
    if text.isprintable():
        return text
    if lines:
        return "\n".join(map(visible, text.split("\n")))
    shown = text.replace("\n", " ").replace("\t", " ")
    return "".join(f"<U+{ord(char):04X}>" if unicodedata.category(char) in STEERING else char for char in shown)


def wrapped(text: str, lead: str = "", *, indent: str | None = None) -> list[str]:
    """Wrap a text behind a lead; nothing for no text.

    Args:
        text: What to say.
        lead: What the first line begins with.
        indent: What further lines begin with; as wide as the lead unless said.
    """
    if not text:
        return []
    further = " " * (len(lead) or 2) if indent is None else indent
    shown = visible(text)
    return textwrap.wrap(shown, WIDTH, initial_indent=lead, subsequent_indent=further, break_on_hyphens=False)
