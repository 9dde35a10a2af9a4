"""Write a page as Markdown (CommonMark with pipe tables): nothing in data can become markup."""

import re
from collections.abc import Iterator, Mapping, Sequence

from cicte_graph.graph import Passage
from cicte_graph.lines import visible
from cicte_graph.page import Block, Cite, Code, Facts, Grid, Items, Line, Mark, Name, Page, Part, Section, notes, runs
from cicte_graph.wording import say, speaking

__all__ = ["as_markdown", "escaped"]

SPECIAL = re.compile(r"([\\`*\[\]<>|#~!])|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w]+;)")
ADDRESS = re.compile(r"https?://[^\s<>|]+")
STARTS = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)|^(\s*)(---+|===+)$")


def as_markdown(page: Page) -> str:
    """Write a page, its notes at the end, in the page's language."""
    with speaking(page.language):
        return _written(page)


def _written(page: Page) -> str:
    numbered = notes(page)
    out = [f"# {escaped(page.title)}", "", f"{escaped(page.kind)} · `{page.id}`"]
    for one in page.lead:
        out += ["", _line(one, numbered)]
    for section in page.sections:
        out += _section(section, numbered, 2)
    if numbered:
        out += ["", f"## {say('Where it stands')}", ""]
        for passage, number in numbered.items():
            out.append(f"{number}. {escaped(str(passage))}")
            if read := page.read.get(passage):
                out += ["", f"   > {escaped(read)}", ""]
    out += ["", say("graph {digest}, built {day}", digest=page.version.digest, day=page.version.built)]
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """Write text so that Markdown takes it as it is: no emphasis, link, heading, list, HTML or table cell."""
    return STARTS.sub(_started, SPECIAL.sub(r"\\\g<0>", visible(text)))


def _started(match: re.Match[str]) -> str:
    mark = match[2] or match[4]
    lead = match[1] or match[3] or ""
    return f"{lead}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{lead}\\{mark}"


def _section(section: Section, numbered: Mapping[Passage, int], level: int) -> Iterator[str]:
    yield from ("", f"{'#' * min(level, 6)} {escaped(section.title)}")
    for block in section.blocks:
        yield ""
        yield from _block(block, numbered)
    for below in section.sections:
        yield from _section(below, numbered, level + 1)


def _block(block: Block, numbered: Mapping[Passage, int]) -> Iterator[str]:
    match block:
        case Line():
            yield _line(block, numbered)
        case Items():
            yield from (f"- {_line(one, numbered)}" for one in block.lines)
        case Facts():
            yield from (f"- **{escaped(name)}:** {_line(said, numbered)}" for name, said in block.pairs)
        case Grid():
            yield _row([escaped(column) for column in block.columns])
            yield _row(["---"] * len(block.columns))
            yield from (_row([_line(cell, numbered) for cell in row]) for row in block.rows)
        case Code():
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.text)), default=0))
            yield from (f"{fence}sparql", block.text.rstrip("\n"), fence)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _line(one: Line, numbered: Mapping[Passage, int]) -> str:
    text = "".join(_part(part, numbered) for part in one.parts).strip()
    marks = _marks(one.passages, numbered)
    return f"{text} {marks}" if marks else text


def _marks(passages: Sequence[Passage], numbered: Mapping[Passage, int]) -> str:
    found = runs(numbered[passage] for passage in passages)
    return "".join(f"\\[{first}\\]" if first == last else f"\\[{first}-{last}\\]" for first, last in found)


def _part(part: Part, numbered: Mapping[Passage, int]) -> str:
    match part:
        case str():
            return escaped(part)
        case Cite():
            return f" {_marks(part.passages, numbered)}" if part.passages else ""
        case Name(strong=True) | Mark(kind="strong"):
            return f"**{escaped(part.text.strip())}**"
        case Mark(kind="id"):
            return f"`{visible(part.text).replace('`', '')}`"
        case Mark(kind="link") if part.text.isprintable() and ADDRESS.fullmatch(part.text):
            return f"<{part.text}>"
        case _:
            return escaped(part.text)
