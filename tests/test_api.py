"""From Python the graph answers with typed results that print, show in a notebook and go on to pandas."""

import html
import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import pytest

import cicte_graph
from cicte_graph import OpenGraph, open_graph
from cicte_graph.errors import CicteGraphError, EngineError, NotFoundError, UsageError
from cicte_graph.house import open_house
from cicte_graph.page import Page
from cicte_graph.reports.report import Report
from cicte_graph.show import Record
from cicte_graph.table import Table
from cicte_graph.trace import Trace
from tests.conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

CARRIED_UP = "program/2003/harbor-protection"


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    """The sample, as its users open it."""
    return open_graph(SAMPLE)


@pytest.fixture(scope="module")
def spanish() -> OpenGraph:
    """The sample in Spanish."""
    return open_graph(SAMPLE, language="es")


def test_a_question_gives_a_table_of_values(graph: OpenGraph) -> None:
    table = graph.ask("partners-of", element="harbor protection")
    assert isinstance(table, Table)
    assert [(row["label"], row["role"], row["written"]) for row in table] == [
        ("Coast Guard of Barbados", "concept:role/partner", "Barbados Coast Guard"),
        ("Sample Police", "concept:role/partner", "Sampel Police"),
        ("Wave Institute", "concept:role/cooperating", "Wave Institute"),
    ]
    assert table.asked == {"element": "id:program/2003/harbor-protection"}
    assert table.version == graph.version
    assert "Coast Guard of Barbados" in str(table)


def test_a_query_of_ones_own_gives_a_table(graph: OpenGraph) -> None:
    table = graph.query("SELECT ?area WHERE { <program/2003/web-safety> cicte:partOf ?area }")
    assert (table.columns, table.rows) == (["area"], [["id:work-area/2003/coasts"]])
    assert graph.query("ASK { ?any a cicte:Program }").rows == [[True]]


def test_a_trace_may_go_up_or_down(graph: OpenGraph) -> None:
    up = graph.trace("port safety")
    assert isinstance(up, Trace)
    assert not up.downward
    assert [link.mandate.id.removeprefix("id:provision/sample-res-7/") for link in up.links] == ["4/a", "4", "5"]
    assert str(up).startswith("Port Safety (program) rests on 1 paragraph of 1 instrument")
    down = graph.trace("S/RES. 7, 4(a)")
    assert down.downward
    assert [link.element.id for link in down.links] == ["id:program/2001/port-safety", f"id:{CARRIED_UP}"]
    assert graph.trace("topic maritime security").downward


def test_a_trace_may_be_cut_to_some_links_and_counts_the_others(graph: OpenGraph) -> None:
    whole = graph.trace("port safety")
    cut = graph.trace("port safety", basis=["subject"])
    assert [link.basis for link in cut.links] == ["subject"]
    assert (cut.cut, cut.cut_to) == (2, "basis subject")
    assert cut.verdict == whole.verdict
    assert "Shown: 1 of 3 links (basis subject); 2 cut." in " ".join(str(cut).split())
    both = graph.trace("port safety", basis=["subject", "area"], status=["curated"], confidence=["high"])
    assert ([link.basis for link in both.links], both.cut) == (["subject"], 2)
    assert graph.trace("port safety", confidence=["low"]).links == []
    assert whole.cut == 0


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"basis": ["subjct"]}, r"^subjct is no basis\. Did you mean subject\? Use one of .*area, .*subject\.$"),
        ({"status": ["curate"]}, r"^curate is no status\. Did you mean curated\?"),
        ({"confidence": ["hihg"]}, r"^hihg is no confidence\. Did you mean high\?"),
        ({"confidence": ["zzz"]}, r"^zzz is no confidence\. Use one of high, low, medium\.$"),
    ],
)
def test_a_value_no_list_has_is_refused_with_the_nearest(
    graph: OpenGraph, wanted: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        graph.trace("port safety", **wanted)


def test_a_search_lists_records_best_first(graph: OpenGraph) -> None:
    table = graph.search("sapol")
    assert table.columns == ["record", "class", "label", "place", "found by"]
    assert table.rows[0][:3] == ["id:organization/sample-police", "Organization", "Sample Police"]


def test_a_record_is_shown_with_what_names_it(graph: OpenGraph) -> None:
    record = graph.show("wave institute")
    assert isinstance(record, Record)
    assert (record.id, record.label, record.passages) == ("id:organization/wave-institute", "Wave Institute", [])
    elements = {said.id for said in record.named_by if said.property == "partner"}
    assert elements == {
        "id:program/2003/web-safety",
        "id:activity/2003/harbor-protection/harbor-training/harbor-courses",
    }
    assert str(record).startswith("Wave Institute  [id:organization/wave-institute]\n")


def test_a_briefing_is_a_page(graph: OpenGraph, spanish: OpenGraph) -> None:
    page = graph.brief("SAPOL")
    assert isinstance(page, Page)
    assert str(page).startswith("# Sample Police\n\nbriefing on an organization · `id:organization/sample-police`\n")
    assert spanish.brief("web safety").title == "Seguridad en la Red"


def test_a_report_and_a_comparison_are_reports(graph: OpenGraph) -> None:
    report = graph.report("unanswered")
    assert isinstance(report, Report)
    assert report.table.column("provision") == ["id:provision/sample-res-7/5"]
    assert str(report).startswith("Paragraphs nobody answers\n\n1 of 3 paragraphs that concern the Secretariat ")
    compared = graph.diff("Work Plan of 2001", "work-plan/2003")
    assert compared.title == "From the 2001 work plan to the 2003-2004 draft"
    assert len(compared.table) == 15


def test_questions_are_listed_and_found_by_words(graph: OpenGraph) -> None:
    every = graph.questions()
    assert every.columns == ["topic", "name", "question", "parameters"]
    assert len(every) == len(list(open_house().queries.rglob("*.rq")))
    found = graph.questions("country bodies")
    assert 0 < len(found) < len(every)
    assert "bodies-of-country" in found.column("name")
    assert graph.questions("countries bodies").rows == found.rows
    assert graph.questions("zzzz").rows == []


def test_questions_that_speak_of_most_of_the_words_are_found_where_none_speaks_of_all(graph: OpenGraph) -> None:
    of_all = graph.questions("bodies of country")
    assert graph.questions("bodies of country zzzz").rows == of_all.rows
    assert len(of_all) < len(graph.questions("country")) < len(graph.questions())
    assert graph.questions(" ").rows == graph.questions().rows


def test_a_column_that_is_not_there_is_told_with_those_there_are(graph: OpenGraph) -> None:
    table = graph.query("SELECT ?area ?name WHERE { ?area a cicte:WorkArea ; rdfs:label ?name }")
    with pytest.raises(UsageError, match=r"^no column named aera\. There are area, name\.$"):
        table.column("aera")


@runtime_checkable
class Shown(Protocol):
    """What a notebook asks a result for."""

    def _repr_html_(self) -> str: ...


HOSTILE = "<b onmouseover='alert(1)'>&amp; \"x\""


@pytest.mark.parametrize("what", ["table", "trace", "record", "page", "report"])
def test_every_result_shows_itself_in_a_notebook(graph: OpenGraph, what: str) -> None:
    makers: dict[str, Callable[[], object]] = {
        "table": lambda: graph.ask("plans"),
        "trace": lambda: graph.trace("port safety"),
        "record": lambda: graph.show("port safety"),
        "page": lambda: graph.brief("port safety"),
        "report": lambda: graph.report("money"),
    }
    result = makers[what]()
    assert isinstance(result, Shown), type(result)
    shown = result._repr_html_()
    assert "<!doctype" not in shown.lower()
    assert not re.search(r"<(html|body|script|style|h1)\b", shown)
    for tag in ("table", "ul", "ol", "dl", "section", "div"):
        assert shown.count(f"<{tag}") == shown.count(f"</{tag}>")


def test_what_a_notebook_shows_is_escaped(graph: OpenGraph) -> None:
    literal = HOSTILE.replace('"', r"\"")
    table = graph.query(f'SELECT ?cell WHERE {{ VALUES ?cell {{ "{literal}" }} }}')
    assert table.rows == [[HOSTILE]]
    shown = table._repr_html_()
    assert "<b" not in shown.replace("<body", "")
    assert "&lt;b onmouseover=&#39;alert(1)&#39;&gt;&amp;amp; &#34;x&#34;" in shown
    record = replace(graph.show("port safety"), label=HOSTILE)
    assert record._repr_html_().startswith("<pre>&lt;b onmouseover='alert(1)'&gt;&amp;amp; \"x\"  [id:program/2001/")


def test_a_record_in_a_notebook_is_its_text(graph: OpenGraph) -> None:
    record = graph.show("wave institute")
    shown = record._repr_html_()
    assert html.unescape(shown.removeprefix("<pre>").removesuffix("</pre>\n")) == str(record)


def test_a_table_goes_on_to_pandas(graph: OpenGraph) -> None:
    table = graph.ask("targets", plan="work-plan/2003")
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    assert len(frame) == len(table) == 2
    assert frame["quantity"].sum() == 40
    assert frame["quantity"].isna().sum() == 1
    assert frame.attrs == {
        "title": table.title,
        "asked": {"plan": "id:work-plan/2003"},
        "graph": str(graph.version),
    }
    assert len(graph.report("partners").table.to_pandas()) == 3


def test_a_column_with_gaps_keeps_its_kind_in_pandas(graph: OpenGraph) -> None:
    frame = graph.ask("targets", plan="work-plan/2003").to_pandas()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert (kinds["quantity"], kinds["places"], kinds["label"]) == ("Int64", "Int64", "string")
    assert sorted(frame["quantity"].dropna()) == [40]
    true = graph.query("SELECT ?true WHERE { VALUES ?true { true UNDEF } }").to_pandas()
    assert str(true.dtypes["true"]) == "boolean"
    assert true["true"].isna().sum() == 1
    assert graph.query("SELECT ?x WHERE { ?x a cicte:Nothing }").to_pandas().empty


def test_a_wrong_name_is_told_as_what_it_is(graph: OpenGraph) -> None:
    with pytest.raises(NotFoundError, match=r"no question named partners-off\. Did you mean partners-of\?"):
        graph.ask("partners-off")
    with pytest.raises(UsageError, match=r"^partners-of needs element\."):
        graph.ask("partners-of")
    with pytest.raises(UsageError, match=r"^partners-of has no parameter elment\. It takes element\.$"):
        graph.ask("partners-of", elment="web safety")
    with pytest.raises(NotFoundError, match="nothing is called 'xyzzyplugh'"):
        graph.trace("xyzzyplugh")
    with pytest.raises(NotFoundError, match="is a Region"):
        graph.brief("region/lesser-antilles")
    with pytest.raises(NotFoundError, match="organization/sample-police is an Organization"):
        graph.trace("organization/sample-police")
    with pytest.raises(NotFoundError, match="nothing is called"):
        graph.show("xyzzyplugh")
    with pytest.raises(NotFoundError, match=r"no report named mony\. Did you mean money\?"):
        graph.report("mony")
    with pytest.raises(UsageError, match="the earlier first"):
        graph.diff("2003", "2001")
    with pytest.raises(UsageError, match="the earlier first"):
        graph.diff("2001", "2001")
    with pytest.raises(NotFoundError):
        graph.diff("2001", "port safety 2001")
    with pytest.raises(UsageError, match="not a SPARQL query"):
        graph.query("SELECT nothing")
    with pytest.raises(UsageError, match="nothing to search for"):
        graph.search(" ")
    with pytest.raises(NotFoundError, match="no topic is called 'gardening'"):
        graph.trace("topic gardening")


def test_a_query_without_end_is_given_up(graph: OpenGraph) -> None:
    with pytest.raises(EngineError, match=r"^no complete answer within 0\.3 seconds\."):
        graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", time_limit=0.3)


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(CicteGraphError, match="nowhere"):
        open_graph(tmp_path / "nowhere")
    with pytest.raises(CicteGraphError, match="nowhere"):
        open_graph(str(tmp_path / "nowhere"))


def test_one_value_need_not_be_in_a_list(graph: OpenGraph) -> None:
    alone = graph.trace("port safety", basis="subject", status="curated", confidence="high")
    assert [link.mandate.id for link in alone.links] == ["id:provision/sample-res-7/4/a"]
    assert alone.links == graph.trace("port safety", basis=["subject"]).links
    with pytest.raises(UsageError, match=r"^subjct is no basis\. Did you mean subject\?"):
        graph.trace("port safety", basis="subjct")


def test_the_graph_names_itself_by_its_version(graph: OpenGraph) -> None:
    assert repr(graph) == f"<cicte-graph {graph.version}>"
    assert re.fullmatch(r"[0-9a-f]{32}", graph.version.digest)


def test_all_that_is_public_is_documented_and_typed() -> None:
    assert set(cicte_graph.__all__) == {"OpenGraph", "open_graph", "__version__"}
    for name, method in inspect.getmembers(OpenGraph, inspect.isfunction):
        if not name.startswith("_"):
            assert method.__doc__
            assert inspect.signature(method).return_annotation is not inspect.Signature.empty
