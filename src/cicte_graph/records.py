"""Turn the YAML records of one file into JSON-LD, minting identifiers from keys and keeping every line.

Knows the shape of records from the context alone; knows no class, no property and no SPARQL.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from cicte_graph.context import Context, Kind, Term
from cicte_graph.literals import fault_in
from cicte_graph.terms import CICTE, ID, class_iri
from cicte_graph.yaml_files import Faults, documents, line, pairs

__all__ = ["FileRecords", "Reference", "read_records"]

IDENTIFIER = re.compile(r"[a-z]+(-[a-z]+)*(/[A-Za-z0-9]+([.-][A-Za-z0-9]+)*)+")
KEY = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
LANGUAGES = {"en", "es", "fr", "pt"}

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a record or of a value of a closed list."""

    target: str  # IRI
    key: str
    line: int


@dataclass(slots=True)
class FileRecords:
    """What one file says: nodes for the JSON-LD parser, and where each thing stands in the file."""

    path: Path
    faults: Faults
    nodes: list[JsonObject] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # record IRI -> line
    shared: set[str] = field(default_factory=set)  # IRIs named after their content, so two files may hold them
    references: list[Reference] = field(default_factory=list)


def read_records(path: Path, name: str, context: Context) -> FileRecords:
    """Read one file; its faults are gathered in the result, not raised."""
    records = FileRecords(path, Faults(name))
    roots = documents(path, records.faults)
    for root in roots:
        _Reader(records, context).root(root)
    return records


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


class _Reader:
    """Reads one YAML document of a file."""

    def __init__(self, records: FileRecords, context: Context) -> None:
        self.records = records
        self.faults = records.faults
        self.context = context
        self.source: str | None = None  # what evidence in this document rests on unless it says otherwise

    def root(self, node: yaml.MappingNode) -> None:
        """Read a document that starts with `id` (a record) or `about` (more on a record kept elsewhere)."""
        values = {key: value for key, _, value in pairs(node)}
        names = [key for key in ("id", "about") if key in values]
        if len(names) != 1:
            self.faults.add(line(node), "needs `id` or `about`, and not both", "Start with `id: <class>/<key>`.")
            return
        identifier = self._identifier(values[names[0]])
        if identifier is None:
            return
        if isinstance(source := values.get("source"), yaml.ScalarNode):
            self.source = source.value
        rest = [(key, at, value) for key, at, value in pairs(node) if key not in ("id", "about")]
        if names == ["about"]:
            self._about(identifier, values["about"], rest)
        else:
            if identifier.rpartition("/")[2] != self.records.path.stem:
                last = identifier.rpartition("/")[2]
                self.faults.add(
                    line(values["id"]), f"`{identifier}` is not named after its file", f"Rename to {last}.yaml."
                )
            self.records.nodes.append(self._record(identifier, node, rest))

    def _about(self, identifier: str, at: yaml.Node, rest: list[tuple[str, yaml.Node, yaml.Node]]) -> None:
        self.records.references.append(Reference(ID + identifier, "about", line(at)))
        keyed = []
        for key, key_node, value in rest:
            term = self.context.terms.get(key)
            if term is not None and term.kind is Kind.KEYED:
                keyed.append((key, key_node, value))
            elif key != "source":
                self.faults.add(line(key_node), f"`{key}` in a file `about` a record", "Write it in its own file.")
        self.records.nodes.append(self._statements(identifier, keyed) | {"@id": ID + identifier})

    def _identifier(self, node: yaml.Node) -> str | None:
        if isinstance(node, yaml.ScalarNode) and IDENTIFIER.fullmatch(node.value):
            return str(node.value)
        written = node.value if isinstance(node, yaml.ScalarNode) else "this"
        self.faults.add(line(node), f"`{written}` is no identifier", "Write <class>/<key>, as in program/2012/x.")
        return None

    def _record(
        self, identifier: str, node: yaml.Node, rest: list[tuple[str, yaml.Node, yaml.Node]], *, shared: bool = False
    ) -> JsonObject:
        iri = ID + identifier
        if iri in self.records.lines and not shared:
            first = self.records.lines[iri]
            self.faults.add(line(node), f"`{identifier}` again (first on line {first})", "Use another key.")
        self.records.lines.setdefault(iri, line(node))
        if shared:
            self.records.shared.add(iri)
        said = self._statements(identifier, rest)
        return said | {"@id": iri, "@type": [class_iri(identifier), *said.get("@type", [])]}

    def _statements(self, identifier: str, rest: list[tuple[str, yaml.Node, yaml.Node]]) -> JsonObject:
        said: JsonObject = {}
        for key, key_node, value in rest:
            term = self.context.terms.get(key)
            if term is None:
                near = get_close_matches(key, self.context.terms, n=1)
                remedy = f"Did you mean `{near[0]}`?" if near else "See data/README.md for the keys there are."
                self.faults.add(line(key_node), f"unknown key `{key}`", remedy)
                continue
            match term.kind:
                case Kind.KEYED:
                    said[key] = dict(self._keyed(identifier, term, value))
                case Kind.LISTED:
                    said[key] = list(self._listed(term, value))
                case Kind.LANGUAGES:
                    said[key] = dict(self._languages(key, value))
                case Kind.CLASS:
                    said["@type"] = [self._reference(term, name, CICTE) for name in self._texts(key, value)]
                case Kind.REFERENCE | Kind.CONCEPT:
                    said[key] = [self._reference(term, name, term.base) for name in self._texts(key, value)]
                case Kind.LITERAL:
                    said[key] = [self._literal(term, text) for text in self._texts(key, value)]
        return said

    def _keyed(self, owner: str, term: Term, value: yaml.Node) -> Iterator[tuple[str, JsonObject]]:
        if not isinstance(value, yaml.MappingNode):
            self.faults.add(line(value), f"`{term.key}` takes {term.kind.value}", "Write one key for each record.")
            return
        for position, (key, key_node, child) in enumerate(pairs(value), 1):
            if not KEY.fullmatch(key):
                self.faults.add(line(key_node), f"`{key}` is no key", "Use letters, digits and hyphens.")
            elif not isinstance(child, yaml.MappingNode):
                self.faults.add(line(key_node), f"`{key}` holds no record", "Write its keys below it.")
            else:
                path = owner.partition("/")[2]
                record = self._record(f"{term.segment}/{path}/{key}", key_node, list(pairs(child)))
                named_by = self.context.keyed_by.get(term.key)
                if named_by and named_by not in record:
                    by = self.context.terms[named_by]
                    record[named_by] = [self._reference(by, yaml.ScalarNode("", key, key_node.start_mark), by.base)]
                yield key, {"position": [str(position)]} | record

    def _listed(self, term: Term, value: yaml.Node) -> Iterator[JsonObject]:
        """Read records without a key: each is named after its own content, so the same words are one node."""
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for item in items:
            if not isinstance(item, yaml.MappingNode):
                self.faults.add(line(item), f"`{term.key}` takes {term.kind.value}", "Write its keys and values.")
                continue
            rest = list(pairs(item))
            if self.source and not any(key == "source" for key, _, _ in rest):
                rest.insert(0, ("source", item, yaml.ScalarNode("", self.source, item.start_mark)))
            rest.sort(key=lambda pair: list(self.context.terms).index(pair[0]) if pair[0] in self.context.terms else 0)
            content = [str(part.value) for _, _, part in rest if isinstance(part, yaml.ScalarNode)]
            digest = blake2b("\n".join(content).encode(), digest_size=4).hexdigest()
            path = [*filter(None, map(_slug, content[:-1])), digest]
            yield self._record("/".join([term.segment, *path]), item, rest, shared=True)

    def _languages(self, key: str, value: yaml.Node) -> Iterator[tuple[str, list[str]]]:
        if not isinstance(value, yaml.MappingNode):
            self.faults.add(line(value), f"`{key}` takes {Kind.LANGUAGES.value}", "Say which language it is in.")
            return
        for language, at, text in pairs(value):
            if language not in LANGUAGES:
                known = ", ".join(sorted(LANGUAGES))
                self.faults.add(line(at), f"`{language}` is not one of our languages", f"Use one of {known}.")
                continue
            texts = [node.value for node in self._texts(key, text)]
            if not all(map(str.strip, texts)):
                self.faults.add(line(text), f"`{key}` has an empty text", "Write it or remove the language.")
            yield language, texts

    def _texts(self, key: str, value: yaml.Node) -> list[yaml.ScalarNode]:
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for item in items:
            if not isinstance(item, yaml.ScalarNode):
                self.faults.add(line(item), f"`{key}` takes plain text or a list of it", "Write it on one line.")
        return [item for item in items if isinstance(item, yaml.ScalarNode)]

    def _reference(self, term: Term, node: yaml.ScalarNode, base: str) -> str:
        iri = f"{base}{node.value}"
        if not re.fullmatch(r"[A-Za-z0-9./-]+", node.value):
            self.faults.add(line(node), f"`{term.key}: {node.value}` is no identifier", "Write the key of a record.")
            return base
        self.records.references.append(Reference(iri, term.key, line(node)))
        return iri  # written out: a short value that is also a key would be read as that key

    def _literal(self, term: Term, node: yaml.ScalarNode) -> str:
        text = str(node.value)
        if wanted := fault_in(text, term.datatype):
            self.faults.add(line(node), f"`{term.key}: {text}` is not what it should be", f"Write {wanted}.")
        return text
