"""The command line as its users run it: what it prints, where, and how it ends."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import SAMPLE

DATA = ["--data", str(SAMPLE)]


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cicte_graph", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module", autouse=True)
def _built(cache: Path) -> None:  # noqa: ARG001 - the cache must be set up first
    assert run("build", *DATA).returncode == 0


COMMANDS = [
    "build",
    "check",
    "verify",
    "export",
    "questions",
    "ask",
    "query",
    "trace",
    "brief",
    "report",
    "diff",
    "show",
    "search",
    "map",
    "network",
    "plot",
    "serve",
    "site",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_a_worked_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"example: cicte-graph {command}" in " ".join(done.stdout.split())


def test_the_help_lists_every_command() -> None:
    assert all(command in run("--help").stdout for command in COMMANDS)


def test_no_command_is_a_usage_error() -> None:
    assert run().returncode == 2


ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("trace", *DATA, "nothing like this"), 2, "nothing is called 'nothing like this'"),
        (("ask", *DATA, "partner-of"), 2, "no question named partner-of. Did you mean partners-of?"),
        (("ask", *DATA, "partners-of"), 2, "partners-of needs element. Example:"),
        (("ask", *DATA, "partners-of", "elements=x"), 2, "partners-of has no parameter elements. It takes element."),
        (("ask", *DATA, "partners-of", "element"), 2, "'element' is not parameter=value."),
        (("query", *DATA, "SELECT ?s WHERE { ?s ?p }"), 2, "not a SPARQL query: error at 1:"),
        (("query", *DATA, "DELETE WHERE { ?s ?p ?o }"), 2, "updates are not possible"),
        (("query", *DATA, "SELECT ?s WHERE { ?s foo:p ?o }"), 2, "a prefix is not known. Declare it"),
        (("query", *DATA, "SELECT ?s WHERE { ?s a id:a/ }"), 2, "Write records as <program/2012/...>"),
        (
            ("query", *DATA, "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
            2,
            "SERVICE asks another server",
        ),
        (("query", *DATA, ""), 2, "the query is empty."),
        (("query", *DATA, "--time-limit", "0", "ASK {}"), 2, "0 is no number of seconds above 0"),
        (("query", *DATA, "--time-limit", "1", ENDLESS), 4, "no complete answer within 1 seconds."),
        (("ask", *DATA, "counted-as", "plan=2003", "unit=oficials"), 2, "Did you mean officials?"),
        (("trace", *DATA, "--basis", "subjekt", "port safety"), 2, "subjekt is no basis. Did you mean subject?"),
        (("trace", *DATA, "--sources", "/nowhere/at/all", "port safety"), 2, "/nowhere/at/all: no such folder."),
        (("trace", *DATA, "topic", "tortoises"), 2, "no topic is called 'tortoises'. Use one of"),
        (("trace", *DATA, "S/RES. 7, operative paragraph 9"), 2, "S/RES. 7 has no paragraph 9 in this graph. It has 4"),
        (("trace", *DATA, "coast gard ships"), 2, "The nearest:"),
        (("brief", *DATA, "region/lesser-antilles"), 2, "is a Region;"),
        (("report", *DATA, "unfundet"), 2, "no report named unfundet. Did you mean unfunded?"),
        (("diff", *DATA, "2003", "2001"), 2, "name two plans, the earlier first."),
        (("questions", "--search", "tortoise"), 2, "no question has these words."),
        (("ask", *DATA, "passages-with", "words="), 2, "words is empty. Give the words looked for."),
        (("export", *DATA, "-o", str(SAMPLE)), 2, "is a folder. Name a file in it."),
        (("query", *DATA, "gone.rq"), 3, "gone.rq: cannot be read"),
        (("questions", "partner"), 2, "no topic named partner. Topics:"),
        (("search", *DATA, "???"), 2, "nothing to search for"),
        (("search", *DATA, "qqqqqqqqqqqqq"), 2, "nothing is called anything like"),
        (("check", "--data", "/nowhere/at/all"), 2, "/nowhere/at/all: no such folder."),
        (("verify", *DATA, "--sources", "/nowhere/at/all"), 2, "/nowhere/at/all: no such folder."),
        (("export", *DATA, "--format", "pdf"), 2, "invalid choice: 'pdf'"),
        (("export", *DATA, "-o", "/proc/no/such.nq"), 2, "cannot be written"),
    ],
)
def test_a_wrong_request_gets_one_clear_line_and_the_right_code(
    arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_faulty_data_is_told_by_file_and_line_with_code_3(tmp_path: Path) -> None:
    (tmp_path / "body.yaml").write_text("id: organization/body\nkindd: x\nname: y\n", encoding="utf-8")
    done = run("check", "--data", str(tmp_path))
    assert done.returncode == 3
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        f"{tmp_path.name}/body.yaml:2",
        f"{tmp_path.name}/body.yaml:3",
    ]


def test_a_violation_is_a_finding_with_code_1_and_is_told_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "body.yaml").write_text("id: organization/body\nlabel: {en: Body}\nkind: ministry\n", encoding="utf-8")
    done = run("check", "--data", str(tmp_path))
    assert done.returncode == 1
    assert f"{tmp_path.name}/body.yaml:1: organization-country: A national body without its one country" in done.stdout


@pytest.mark.parametrize("form", ["text", "json", "turtle", "github"])
def test_findings_come_in_every_format(form: str, tmp_path: Path) -> None:
    (tmp_path / "body.yaml").write_text("id: organization/body\nlabel: {en: Body}\nkind: ministry\n", encoding="utf-8")
    out = run("check", "--data", str(tmp_path), "--format", form).stdout
    assert "organization-country" in out
    if form == "json":
        assert {finding["line"] for finding in json.loads(out)["findings"]} == {1}
    if form == "turtle":
        assert any(t.predicate.value.endswith("sourceShape") for t in ox.parse(out, format=ox.RdfFormat.TURTLE))
    if form == "github":
        assert f"::error file={tmp_path.name}/body.yaml,line=1,title=organization-country::" in out


def test_conforming_data_ends_well_and_warnings_do_not_fail() -> None:
    done = run("check", *DATA)
    assert done.returncode == 0
    assert "0 violation, 2 warning, 1 info" in done.stdout


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "markdown", "table"])
def test_an_answer_comes_in_every_format(form: str) -> None:
    done = run("ask", *DATA, "partners-of", "element=harbor protection", "--format", form)
    assert done.returncode == 0
    for name in ("Coast Guard of Barbados", "Sample Police", "Wave Institute"):
        assert name in done.stdout


def test_csv_names_the_columns_and_writes_identifiers_short() -> None:
    done = run("ask", *DATA, "partners-of", "element=harbor protection", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["organization"] for row in rows] == [
        "id:organization/coast-guard-of-barbados",
        "id:organization/sample-police",
        "id:organization/wave-institute",
    ]
    assert [row["role"] for row in rows] == ["concept:role/partner", "concept:role/partner", "concept:role/cooperating"]


def test_a_query_may_come_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    text = "SELECT (COUNT(?p) AS ?programs) WHERE { ?p a cicte:Program }"
    (tmp_path / "count.rq").write_text(text, encoding="utf-8")
    expected = "programs\n4\n"
    assert run("query", *DATA, text).stdout == expected
    assert run("query", *DATA, str(tmp_path / "count.rq")).stdout == expected
    assert run("query", *DATA, "-", stdin=text).stdout == expected


def test_asking_and_constructing_give_tables_too() -> None:
    assert run("query", *DATA, "ASK { ?p a cicte:Program }").stdout == "answer\ntrue\n"
    done = run("query", *DATA, "CONSTRUCT { ?p a cicte:Program } WHERE { ?p a cicte:Program }")
    assert len(done.stdout.splitlines()) == 5


def test_a_trace_names_mandate_basis_and_passage() -> None:
    done = run("trace", *DATA, "national", "courses")
    assert done.returncode == 0
    assert done.stdout.startswith("National courses (activity) rests on 1 paragraph")
    assert "subject · curated · high confidence" in done.stdout


def test_a_trace_downwards_lists_the_elements() -> None:
    done = run("trace", *DATA, "--invert", "S/RES. 7", "--format", "json")
    assert {link["element"]["id"] for link in json.loads(done.stdout)["links"]} >= {"id:program/2001/port-safety"}


@pytest.mark.parametrize("form", ["text", "json", "turtle"])
def test_a_record_is_shown_in_every_format(form: str) -> None:
    done = run("show", *DATA, "SAPOL", "--format", form)
    assert done.returncode == 0
    assert "Sampel Police" in done.stdout


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "jsonld"])
def test_an_export_reads_back_to_the_same_graph(form: str, tmp_path: Path) -> None:
    formats = {
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "turtle": ox.RdfFormat.TURTLE,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    target = tmp_path / "graph"
    assert run("export", *DATA, "--format", form, "-o", str(target)).returncode == 0
    whole = set(ox.parse(run("export", *DATA).stdout, format=ox.RdfFormat.N_QUADS))
    again = set(ox.parse(target.read_bytes(), format=formats[form]))
    expected = {ox.Quad(*quad.triple) for quad in whole} if form == "turtle" else whole
    assert again == expected
    assert run("export", *DATA, "--format", form).stdout.encode() == target.read_bytes()


def test_everything_works_in_an_ascii_locale() -> None:
    done = run("trace", *DATA, "national courses", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii:strict")
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_a_table_in_an_ascii_locale_has_ascii_lines() -> None:
    done = run(
        "ask", *DATA, "in-both-plans", "--format", "table", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii:strict"
    )
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m cicte_graph export --data {SAMPLE} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602 - a pipe is tested
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_data_goes_to_standard_output_and_everything_else_to_standard_error(tmp_path: Path) -> None:
    done = run("search", *DATA, "police", "--format", "json", XDG_CACHE_HOME=str(tmp_path))
    assert json.loads(done.stdout)
    assert done.stderr == "cicte-graph: building the graph, once for these files\n"


def test_no_color_is_written_where_none_is_wanted() -> None:
    assert "\x1b" not in run("ask", *DATA, "in-both-plans", "--format", "table", NO_COLOR="1").stdout


def test_words_are_found_in_spanish() -> None:
    assert "id:program/2001/port-safety" in run("search", *DATA, "seguridad portuaria", "--lang", "es").stdout


def test_reports_comparisons_and_figures_speak_spanish() -> None:
    spanish = (*DATA, "--lang", "es")
    assert run("report", "unfunded", *spanish, "--format", "markdown").stdout.startswith("# Mandatos sin fondos\n")
    assert "informe" in run("diff", "2001", "2003", *spanish, "--format", "markdown").stdout
    assert "programas" in run("plot", "overlap", *spanish, "--format", "html").stdout


def test_output_that_finds_no_room_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cicte_graph", "export", *DATA],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr == "cicte-graph: cannot write (No space left on device). Give the output room.\n"


@pytest.mark.parametrize(("stdin", "told"), [(b"\xff\xfe", "not UTF-8"), (b"{" * 60_000, "more than 2,000 brackets")])
def test_a_query_that_is_none_is_refused(stdin: bytes, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cicte_graph", "query", *DATA, "-"], input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert told in done.stderr.decode()


def test_a_query_that_would_run_forever_can_be_interrupted() -> None:
    command = [sys.executable, "-m", "cicte_graph", "query", *DATA, ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=6)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == 130


def test_what_is_exported_is_never_an_older_graph(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SAMPLE, data)
    assert run("export", "--data", str(data)).returncode == 0
    (data / "organizations" / "broken.yaml").write_text("id: organization/broken\nkindd: x\n", encoding="utf-8")
    done = run("export", "--data", str(data))
    assert (done.returncode, done.stdout) == (3, "")
    assert run("search", "--data", str(data), "SAPOL").returncode == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_missing_anchor_is_a_finding(form: str, tmp_path: Path) -> None:
    for year in ("2001", "2003"):
        (tmp_path / f"sample-doc-{year}.txt").write_text(f"SAMPLE/doc.1/{year[2:]}\n", encoding="utf-8")
    done = run("verify", *DATA, "--sources", str(tmp_path), "--format", form)
    assert done.returncode == 1
    if form == "json":
        assert [result["found"] for result in json.loads(done.stdout)] == [1, 1]
    else:
        assert "SAMPLE/doc.1/01: 1 of 14 anchors found" in done.stdout


def test_ten_million_rows_into_a_pipe_that_closes_end_at_once_and_quietly() -> None:
    many = "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f }"
    command = f"{sys.executable} -m cicte_graph query --data {SAMPLE} --format csv '{many}' | head -n 2"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=20)  # noqa: S602 - a pipe is tested
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 2


def test_a_query_given_up_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    done = run("query", *DATA, "--time-limit", "0.5", "-o", str(target), ENDLESS)
    assert done.returncode == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "turtle", "mermaid"])
def test_a_trace_comes_in_every_format_with_verdict_words_and_version(form: str) -> None:
    done = run("trace", *DATA, "national courses", "--format", form)
    assert done.returncode == 0
    digest = json.loads(run("trace", *DATA, "national courses", "--format", "json").stdout)["graph"]["digest"]
    assert digest in done.stdout
    for word in ("curated", "stated") if form == "turtle" else ("rests on", "curated", "subject"):
        assert word in done.stdout
    if form == "turtle":
        assert any(ox.parse(done.stdout, format=ox.RdfFormat.TURTLE))


def test_a_cut_trace_says_how_much_was_cut() -> None:
    done = run("trace", *DATA, "national courses", "--basis", "subject,area", "--status", "curated")
    assert "Shown: 2 of 3 links (basis subject or area; status curated); 1 cut." in done.stdout


def test_an_explained_trace_shows_its_queries_and_rules() -> None:
    out = run("trace", *DATA, "harbor protection", "--explain").stdout
    for made in ("trace/steps-up.rq", "trace/rests-on.rq", "rules/carried-over.rq"):
        assert f"made by {made}" in out
    assert "CONSTRUCT" in out


def test_a_topic_is_traced_down() -> None:
    assert "topic" in run("questions", "--search", "topic").stdout
    out = run("trace", *DATA, "topic", "maritime security").stdout
    assert out.split("\n")[0].startswith(("No element", "1 element", "2 elements"))


def test_several_matches_are_offered_with_their_place() -> None:
    done = run("trace", *DATA, "harbor")
    assert done.returncode == 2
    assert "may mean one of these" in done.stderr
    assert "Harbor Protection · in Coasts, 2003" in done.stderr


def test_a_question_is_printed_ready_for_any_endpoint() -> None:
    out = run("ask", *DATA, "partners-of", "element=harbor protection", "--sparql").stdout
    rows = list(csv.DictReader(io.StringIO(run("query", *DATA, out, "--format", "csv").stdout)))
    assert len(rows) == 3
    assert "VALUES (?element) { (<https://w3id.org/cicte-graph/id/program/2003/harbor-protection>) }" in out


def test_an_answer_in_json_says_what_was_asked_of_which_graph() -> None:
    said = json.loads(run("ask", *DATA, "partners-of", "element=harbor protection", "--format", "json").stdout)
    assert said["asked"] == {"element": "id:program/2003/harbor-protection"}
    assert set(said["graph"]) == {"digest", "built"}
    assert len(said["rows"]) == 3


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_tables_for_people_end_with_the_graphs_version(form: str) -> None:
    digest = run("build", *DATA).stdout.split()[0]
    assert (
        f"graph {digest}, built 20"
        in run("ask", *DATA, "partners-of", "element=harbor protection", "--format", form).stdout
    )


def test_questions_are_found_by_words() -> None:
    found = list(csv.DictReader(io.StringIO(run("questions", "--search", "money plan").stdout)))
    assert "money-state" in {row["name"] for row in found}
    assert "partners-of" not in {row["name"] for row in found}


def test_the_library_is_published_as_rdf() -> None:
    triples = list(ox.parse(run("questions", "--format", "turtle").stdout, format=ox.RdfFormat.TURTLE))
    assert len({t.subject for t in triples if t.predicate.value.endswith("#select")}) > 40


def test_a_briefing_is_one_html_file_without_script() -> None:
    done = run("brief", *DATA, "port safety", "--format", "html")
    assert done.returncode == 0
    assert "<script" not in done.stdout
    assert "default-src &#39;none&#39;" in done.stdout or "default-src 'none'" in done.stdout


def test_reports_are_listed() -> None:
    names = [row["report"] for row in csv.DictReader(io.StringIO(run("report").stdout))]
    assert "unfunded" in names
    assert len(names) == 12


def complete(typed: str) -> list[str]:
    """Ask for completions as the shell does."""
    script = Path(sys.executable).parent / "cicte-graph"
    environment = {**os.environ, "_ARGCOMPLETE": "1", "COMP_LINE": typed, "COMP_POINT": str(len(typed))}
    done = subprocess.run(
        ["/bin/sh", "-c", f"{script} 8>&1 9>/dev/null 1>/dev/null 2>/dev/null"],
        env={**environment, "_ARGCOMPLETE_IFS": "\n"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.strip() for line in done.stdout.splitlines()]


def test_the_shell_completes_questions_parameters_and_their_values() -> None:
    start = f"cicte-graph ask --data {SAMPLE} "
    assert "money-state" in complete(f"{start}money")
    assert complete(f"{start}partners-of e") == ["element="]
    assert complete(f"{start}counted-as unit=offici") == ["unit=officials"]
    assert complete(f"{start}ended plan=work-plan/20") == ["plan=work-plan/2001", "plan=work-plan/2003"]
    assert "program/2001/port-safety" in complete(f"cicte-graph trace --data {SAMPLE} program/2001/p")


def test_the_shell_completes_plots_and_what_a_map_opens_on() -> None:
    assert complete("cicte-graph plot cov") == ["coverage"]
    assert complete(f"cicte-graph map --data {SAMPLE} --select organization/wave") == ["organization/wave-institute"]
    assert complete(f"cicte-graph map --data {SAMPLE} --kind acad") == ["academia"]
