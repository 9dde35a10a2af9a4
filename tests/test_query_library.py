"""A question's header is read whole or refused with what to mend."""

from pathlib import Path

import pytest

from cicte_graph.errors import NotFoundError, QueryHeaderError
from cicte_graph.query_library import Parameter, find_queries, pick_query, read_query

HEADER = """\
# title: Programs of a plan
# question: Which programs does a plan have?
# why: "Someone asks: how many?"
# returns:
#   plan: the plan
#   program: the program
"""
SELECT = "\nSELECT ?plan ?program\nWHERE { ?program <https://example.org/in> ?plan }\n"


def write(folder: Path, header: str, name: str = "programs") -> Path:
    path = folder / f"{name}.rq"
    path.write_text(header + SELECT, encoding="utf-8")
    return path


def test_query_is_read_whole(tmp_path: Path) -> None:
    params = "# params:\n#   plan: {type: record, of: WorkPlan, example: work-plan/2012, means: the plan}\n"
    path = write(tmp_path, HEADER + params)
    query = read_query(path)
    assert (query.name, query.topic, query.sparql) == ("programs", tmp_path.name, path.read_text(encoding="utf-8"))
    assert (query.title, query.question) == ("Programs of a plan", "Which programs does a plan have?")
    assert query.why == "Someone asks: how many?"
    assert query.returns == {"plan": "the plan", "program": "the program"}
    assert query.params == {"plan": Parameter("plan", "record", "the plan", "work-plan/2012", "WorkPlan")}
    assert (query.fix, query.severity) == ("", "")


def test_example_that_reads_as_a_number_or_a_day_stays_text(tmp_path: Path) -> None:
    params = (
        "# params:\n"
        "#   year: {type: string, example: 2012, means: the year}\n"
        "#   day: {type: string, example: 2012-03-07, means: the day}\n"
    )
    query = read_query(write(tmp_path, HEADER + params))
    assert [param.example for param in query.params.values()] == ["2012", "2012-03-07"]


def test_comments_after_the_header_are_no_part_of_it(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "\n# fix: not said here\n")
    assert read_query(path).fix == ""


@pytest.mark.parametrize("key", ["title", "question", "why"])
def test_missing_key_is_named(tmp_path: Path, key: str) -> None:
    header = "".join(row for row in HEADER.splitlines(keepends=True) if not row.startswith(f"# {key}:"))
    path = write(tmp_path, header)
    with pytest.raises(QueryHeaderError) as caught:
        read_query(path)
    assert str(caught.value) == f"{path}: header lacks {key}. Add them."


@pytest.mark.parametrize("header", ["", "# only words\n", "# - a list\n"])
def test_file_without_a_header_lacks_every_key(tmp_path: Path, header: str) -> None:
    with pytest.raises(QueryHeaderError, match="header lacks question, returns, title, why"):
        read_query(write(tmp_path, header))


def test_unknown_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryHeaderError, match=r"programs\.rq: header has unknown keys parmas\. Mistyped\?"):
        read_query(write(tmp_path, HEADER + "# parmas: {}\n"))


@pytest.mark.parametrize("row", ["# why: someone asks: how many?\n", "# why: [\n", "# why: {a: b\n"])
def test_header_that_is_no_yaml_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(QueryHeaderError, match=r"header is not YAML\. Quote the odd value\."):
        read_query(write(tmp_path, row + HEADER))


def test_parameter_of_unknown_type_is_refused_with_the_types(tmp_path: Path) -> None:
    params = "# params:\n#   plan: {type: plan, example: a, means: b}\n"
    with pytest.raises(QueryHeaderError) as caught:
        read_query(write(tmp_path, HEADER + params))
    assert str(caught.value).endswith("parameter plan has type plan. Use one of concept, record, string.")


@pytest.mark.parametrize(
    "said",
    [
        "{type: record, example: a}",
        "{type: record, means: b}",
        "{example: a, means: b}",
        "{type: record, example: a, means: b, default: c}",
        "{name: a, type: record, example: a, means: b}",
        "record",
        "[record]",
        "",
    ],
)
def test_parameter_that_lacks_or_adds_a_key_is_refused(tmp_path: Path, said: str) -> None:
    with pytest.raises(QueryHeaderError, match=r"parameter plan is not \{type, of, means, example\}\. Mend it\."):
        read_query(write(tmp_path, f"{HEADER}# params:\n#   plan: {said}\n"))


def test_queries_are_found_by_path(tmp_path: Path) -> None:
    for folder, name in [("money", "b"), ("people", "a"), ("money", "a")]:
        (tmp_path / folder).mkdir(exist_ok=True)
        write(tmp_path / folder, HEADER, name)
    (tmp_path / "money" / "notes.txt").write_text("no query", encoding="utf-8")
    assert [(query.topic, query.name) for query in find_queries(tmp_path)] == [
        ("money", "a"),
        ("money", "b"),
        ("people", "a"),
    ]


def test_query_is_picked_by_name_or_the_nearest_is_offered(tmp_path: Path) -> None:
    write(tmp_path, HEADER)
    assert pick_query(tmp_path, "programs").title == "Programs of a plan"
    with pytest.raises(NotFoundError, match=r"no question named program\. Did you mean programs\?"):
        pick_query(tmp_path, "program")
    with pytest.raises(NotFoundError, match=r"no question named people\. List them: cicte-graph questions\."):
        pick_query(tmp_path, "people")
