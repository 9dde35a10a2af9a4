"""Colors of the figures: ink and paper, Okabe and Ito's palette, and one sequential scale of one hue."""

__all__ = [
    "ALERT",
    "BAND",
    "BLUE",
    "FAINT",
    "GREEN",
    "INK",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "QUIET",
    "RULE",
    "SKY",
    "VERMILION",
    "YELLOW",
    "on",
    "shade",
    "tint",
]

BLACK = "#000000"
INK, QUIET, FAINT, RULE, BAND, PAPER = "#1b2330", "#55606f", "#6b7685", "#d5dbe3", "#f3f5f8", "#ffffff"
# Okabe and Ito's palette, told apart by color-blind readers
BLUE, ORANGE, GREEN, VERMILION = "#0072b2", "#e69f00", "#009e73", "#d55e00"
PURPLE, SKY, YELLOW = "#cc79a7", "#56b4e9", "#f0e442"
ALERT = "#b04600"  # vermilion, dark enough for words
SCALE = ("#dbecf8", BLUE, "#063052")  # pale, middle, deep
MIDDLE = 0.5


def _parts(color: str) -> list[int]:
    return [int(color[n : n + 2], 16) for n in (1, 3, 5)]


def _mixed(one: str, other: str, share: float) -> str:
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def shade(part: float) -> str:
    """Give a color of the sequential scale, from pale for 0 to deep for 1."""
    pale, middle, deep = SCALE
    return _mixed(middle, deep, part * 2 - 1) if part > MIDDLE else _mixed(pale, middle, part * 2)


def tint(color: str, depth: float) -> str:
    """Thin a color: 1 leaves it, 0 is paper."""
    return _mixed(PAPER, color, depth)


def on(fill: str) -> str:
    """Choose black or paper for words on a color, whichever stands out more: one of them always does enough.

    Source: relative luminance and contrast ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    return max((BLACK, PAPER), key=lambda color: _contrast(color, fill))


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = (part / 255 for part in _parts(color))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - from there
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
