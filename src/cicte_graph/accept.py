"""What a client takes and has: the form it likes best, gzip, a version it knows (RFC 9110, 12.4, 12.5 and 13.1)."""

import re
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["best", "has", "takes_gzip"]

QUOTED = re.compile(r'"[^"]*"')
WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def best(accept: str, offered: Sequence[str]) -> str | None:
    """Choose the media type a client likes best, the first of those it likes as well, or none if it takes none.

    Args:
        accept: The value of `Accept`; empty takes anything.
        offered: Media types there are.

    Source:
        RFC 9110, 12.5.1: the most specific range that fits a type gives its weight.
    """
    ranges = dict(_weighted(accept)) or {"*/*": 1.0}

    def weight(media_type: str) -> float:
        whole = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((ranges[one] for one in whole if one in ranges), 0.0)

    liked = max(offered, key=weight)  # of equals the first
    return liked if weight(liked) else None


def takes_gzip(accept_encoding: str) -> bool:
    """Tell whether a client reads gzip (RFC 9110, 12.5.3)."""
    codings = dict(_weighted(accept_encoding))
    return codings.get("gzip", codings.get("*", 0.0)) > 0


def has(given: Iterable[str], tag: str) -> bool:
    """Tell whether a client has this already (RFC 9110, 13.1.2: compared weakly).

    Args:
        given: The values of `If-None-Match`.
        tag: Of what there is, as in `ETag`.
    """
    tags = [one.strip().removeprefix("W/") for value in given for one in value.split(",")]
    return tag in tags


def _weighted(value: str) -> Iterator[tuple[str, float]]:
    """Read a list of values with weights; a weight that cannot be read is the full one."""
    for element in QUOTED.sub("", value.lower()).split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        if name:
            yield name, _weight(parameters)


def _weight(parameters: Iterable[str]) -> float:
    found = (WEIGHT.fullmatch(one) for one in parameters)
    return next((float(one[1]) for one in found if one), 1.0)
