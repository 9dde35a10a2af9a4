"""A network as a file for other programs: GraphML, GEXF for Gephi, JSON for Cytoscape; the same bytes each time.

Knows graphs whose attributes are texts and numbers; knows nothing of what they stand for. The formats are written
by networkx; said here is only what must not differ from day to day, and what XML cannot hold.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from cicte_graph.errors import NotFoundError, UsageError
from cicte_graph.lines import visible

if TYPE_CHECKING:
    from cicte_graph.network.networks import Network

__all__ = ["FORMS", "written"]

# What is no character of XML 1.0, and the carriage return, of which its readers make a line end.
UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(network: "Network[str]", form: str) -> str:
    """Write a network in one of `FORMS`, with its title, choice and version.

    Raises:
        NotFoundError: There is no form of that name.
        UsageError: The form is of XML, and some text has a character that XML cannot hold.
    """
    if form not in FORMS:
        raise NotFoundError(f"no network file named {form}. There are {', '.join(FORMS)}.")
    return FORMS[form](network)


def _graphml(network: "Network[str]") -> str:
    _check(network, "GraphML")
    file = io.BytesIO()
    nx.write_graphml_xml(network, file)  # the other writer needs lxml, and indents otherwise
    return file.getvalue().decode()


def _gexf(network: "Network[str]") -> str:
    _check(network, "GEXF")
    writer = GEXFWriter(network)
    del writer.graph_element.attrib["name"]  # the schema has none
    meta = writer.xml.find("meta")
    meta.clear()  # of today's date, and of networkx and its version
    SubElement(meta, "creator").text = "cicte-graph"
    SubElement(meta, "description").text = "\n".join(f"{name}: {said}" for name, said in network.graph.items() if said)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue().decode()


def _cytoscape(network: "Network[str]") -> str:
    said = nx.cytoscape_data(network, name="label")
    said["data"] = network.graph | {"name": network.graph["title"]}  # an object, as Cytoscape itself writes it
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


FORMS: dict[str, Callable[["Network[str]"], str]] = {"graphml": _graphml, "gexf": _gexf, "cytoscape": _cytoscape}


def _check(network: "Network[str]", form: str) -> None:
    for where, text in _texts(network):
        if found := UNWRITABLE.search(text):
            raise UsageError(
                f"{form} cannot hold the character U+{ord(found[0]):04X}, which is in the {visible(where)}. "
                f"Take it out of the data, or write cytoscape."
            )


def _texts(network: "Network[str]") -> Iterator[tuple[str, str]]:
    """List every text of a network, and where it is."""
    yield from ((f"network's {name}", str(said)) for name, said in network.graph.items())
    for node, data in network.nodes(data=True):
        yield f"identifier {node}", node
        yield from ((f"{name} of {node}", str(said)) for name, said in data.items())
    for one, other, data in network.edges(data=True):
        yield from ((f"{name} of the edge from {one} to {other}", str(said)) for name, said in data.items())
