"""The address of a SPARQL endpoint, and who may ask there.

Credentials come from the environment or from netrc, never with the address: a command line can be seen by others.
"""

import netrc
import os
from pathlib import Path
from urllib.parse import urlsplit

from cicte_graph.errors import UsageError

__all__ = ["checked", "credentials"]

USER, PASSWORD = "CICTE_GRAPH_USER", "CICTE_GRAPH_PASSWORD"


def checked(url: str) -> str:
    """Take an address of HTTP as it is.

    Raises:
        UsageError: It is none, or has credentials in it.
    """
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and not parts.fragment
    except ValueError:
        whole = False
    if not whole or any(char.isspace() or not char.isprintable() for char in url):
        raise UsageError(f"{url!r} is no address of a SPARQL endpoint. Write it as in http://localhost:7878/query.")
    if parts.username is not None:
        raise UsageError(
            f"the address has credentials in it. Leave them out and set {USER} and {PASSWORD}, or use netrc."
        )
    return url


def credentials(url: str) -> tuple[str, str] | None:
    """Give the name and password for an address, or nothing: of the environment, else of netrc for its host.

    Raises:
        UsageError: Only half of them is set, or netrc cannot be read.
    """
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if user and password:
        return user, password
    if user or password:
        raise UsageError(f"only one of {USER} and {PASSWORD} is set. Set both or none.")
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return None
    try:
        found = netrc.netrc(path).authenticators(urlsplit(url).hostname or "")
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}). Mend it, or set {USER} and {PASSWORD}.") from error
    return (found[0], found[2]) if found else None
