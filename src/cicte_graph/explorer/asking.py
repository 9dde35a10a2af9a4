"""What scripts need to ask the graph, to write its values as tables do, and to speak to the reader, as one JSON text.

assets/engine.js reads it from the page.
"""

from collections.abc import Mapping

from cicte_graph.explorer.answered import LONG, MOST
from cicte_graph.explorer.here import Here
from cicte_graph.explorer.parts import ENGINE
from cicte_graph.terms import CICTE, CONCEPT, ID, PREFIXES
from cicte_graph.time_limit import LIMIT
from cicte_graph.wording import say

__all__ = ["DATA", "asking"]

DATA = "download/cicte-graph.nq"  # the graph as a file, which the reader's browser loads where no server answers


def asking(here: Here) -> Mapping[str, object]:
    """Give all of it for a page; the words are in the language spoken."""
    return {
        "id": ID,
        "concept": CONCEPT,
        "term": CICTE,
        "prefixes": PREFIXES,
        "limit": LIMIT,
        "most": MOST,
        "long": LONG,
        "engine": here.has(ENGINE),
        "data": DATA,
        "words": _words(),
    }


def _words() -> Mapping[str, str]:
    """Give the sentences; scripts fill in what stands in braces."""
    return {
        "asking": say("Asking…"),
        "stopped": say("Stopped."),
        "row": say("1 row"),
        "rows": say("{n} rows", n="{n}"),
        "some": say("{n} rows; the first {most} are shown, the file holds all", n="{n}", most="{most}"),
        "nothing": say("Nothing found. That is an answer too: nothing in the graph fits the question."),
        "yes": say("yes"),
        "no": say("no"),
        "copied": say("Copied"),
        "choose": say(
            "{name}: choose one from the list, or give an identifier such as {example}.",
            name="{name}",
            example="{example}",
        ),
        "empty": say("{name} is empty. Fill it in.", name="{name}"),
        "parts": say(
            "This copy was made without the engine that answers in the browser. "
            "Ask on the command line, or on a server: cicte-graph serve."
        ),
        "file": say(
            "Browsers answer questions only on pages that come from a server. "
            "In the folder of these pages run: python3 -m http.server"
        ),
        "data": say("The graph could not be loaded into the browser: {said}", said="{said}"),
        "time": say("No answer within {limit} seconds. Ask for less, or add a LIMIT.", limit="{limit}"),
        "update": say("Updates are not possible: the graph is only read. Use SELECT, ASK, CONSTRUCT or DESCRIBE."),
        "query": "{said}",
        "server": say("The server could not be reached: {said}", said="{said}"),
    }
