"""Write again what the documentation shows of real output: the README's examples and the page of questions."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from cicte_graph.house import open_house
from cicte_graph.query_library import find_queries

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"<!-- run: (?P<command>[^|]+)\| head (?P<rows>\d+) -->\n```\n(?P<shown>.*?)```\n", re.DOTALL)


def example(match: re.Match[str]) -> str:
    """Run the command of one example and show the first rows it prints."""
    command = [sys.executable, "-m", "cicte_graph", *shlex.split(match["command"])]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()  # noqa: S603
    rows = "\n".join(out[: int(match["rows"])])
    return f"<!-- run: {match['command']}| head {match['rows']} -->\n```\n{rows}\n```\n"


def questions() -> str:
    """Write the query library as a page, from the headers of its files."""
    out = [
        "# Questions",
        "",
        "Made from the headers in `queries/` by `make docs`. Ask one: `cicte-graph ask NAME parameter=value`.",
    ]
    topic = ""
    for query in find_queries(open_house().queries):
        if query.topic != topic:
            topic = query.topic
            out += ["", f"## {topic}"]
        out += ["", f"### {query.name}", "", f"**{query.question}** {query.why}", ""]
        out += [f"- `{param.name}={param.example}`: {param.means}" for param in query.params.values()]
        out.append("- gives " + "; ".join(f"`{name}` {meaning}" for name, meaning in query.returns.items()))
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(EXAMPLE.sub(example, readme.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "docs" / "questions.md").write_text(questions(), encoding="utf-8")
