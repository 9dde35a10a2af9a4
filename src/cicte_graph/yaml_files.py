"""Compose a YAML file into nodes that remember their lines, refusing what an editor cannot have meant.

Knows YAML and nothing of RDF: keys and values are strings, whatever they look like.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import yaml

from cicte_graph.errors import Fault

__all__ = ["Faults", "documents", "line", "pairs"]

LARGEST = 1_000_000  # bytes; the longest file we keep is a twentieth of it
DEEPEST = 40  # levels; the C parser recurses, and the deepest record we keep has nine

type_names = {"MappingNode": "keys and values", "SequenceNode": "a list", "ScalarNode": "text"}


class Faults:
    """The faults of one file, gathered so that all are told at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Fault] = []

    def add(self, line: int, problem: str, remedy: str) -> None:
        """Note one fault at a line counted from 1."""
        self.found.append(Fault(self.name, line, problem, remedy))


def line(node: yaml.Node) -> int:
    """Tell the line a node starts on, counted from 1."""
    return int(node.start_mark.line) + 1


def documents(path: Path, faults: Faults) -> list[yaml.MappingNode]:
    """Compose every YAML document of a file; none if the file as a whole cannot be read."""
    text = _text(path, faults)
    if text is None:
        return []
    try:
        # compose makes no Python objects from tags, so the loader class carries no risk
        roots = list(yaml.compose_all(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        faults.add(mark.line + 1 if mark else 1, f"not YAML: {what}", "Mend the punctuation or quote the text.")
        return []
    except yaml.YAMLError as error:
        faults.add(1, f"not YAML: {str(error).splitlines()[0]}", "Remove what is not text.")
        return []
    seen: set[int] = set()
    whole = []
    for root in roots:
        if not isinstance(root, yaml.MappingNode):
            faults.add(line(root), f"holds {type_names[type(root).__name__]}", "Start with `id: ...`.")
        elif _sound(root, seen, faults):
            whole.append(root)
    if not roots:
        faults.add(1, "the file is empty", "Write a record that starts with `id: ...`, or delete the file.")
    return whole


def pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield (key, key's node, value's node) in the order written."""
    for key, value in node.value:
        yield key.value, key, value


def _text(path: Path, faults: Faults) -> str | None:
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        faults.add(1, f"cannot be read ({error.strerror})", "Make it readable.")
        return None
    if content is None:
        faults.add(1, f"larger than {LARGEST:,} bytes", "Split it: one record a file.")
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(content.count(b"\n", 0, error.start) + 1, "not UTF-8", "Save the file as UTF-8.")
        return None
    tabs = [n for n, row in enumerate(text.splitlines(), 1) if "\t" in row]
    for number in tabs:
        faults.add(number, "a tab", "Use blanks.")
    if tabs:
        return None
    level = deepest = 0
    with contextlib.suppress(yaml.YAMLError):  # told where the file is composed
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            deepest = max(deepest, level)
            if deepest > DEEPEST:
                faults.add(
                    event.start_mark.line + 1 if event.start_mark else 1,
                    f"nested more than {DEEPEST} deep",
                    "Write it flat.",
                )
                return None
    return text


def _sound(node: yaml.Node, seen: set[int], faults: Faults, depth: int = 0) -> bool:
    """Refuse duplicate keys, keys that are not text, aliases and abysses below a node."""
    if id(node) in seen:
        faults.add(line(node), "an alias", "Write the value out: a reader should not have to look elsewhere.")
        return False
    seen.add(id(node))
    if depth > DEEPEST:
        faults.add(line(node), f"nested more than {DEEPEST} deep", "Write it flat.")
        return False
    if isinstance(node, yaml.SequenceNode):
        sound_items = [_sound(item, seen, faults, depth + 1) for item in node.value]  # every item is looked at
        return all(sound_items)
    if not isinstance(node, yaml.MappingNode):
        return True
    sound = True
    first: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            faults.add(line(key), "a key that is not text", "Write a plain key.")
            sound = False
        elif key.value in first:
            faults.add(line(key), f"`{key.value}` again (first on line {first[key.value]})", "Keep one of them.")
            sound = False
        else:
            first[key.value] = line(key)
        sound = _sound(value, seen, faults, depth + 1) and sound
    return sound
