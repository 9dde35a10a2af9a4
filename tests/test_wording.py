"""Every sentence of the code has its Spanish and nothing else has, and what is said in Spanish is Spanish."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter

import polib
import pytest
from jinja2 import nodes

import cicte_graph
from cicte_graph.brief import brief
from cicte_graph.cli import main
from cicte_graph.graph import Graph
from cicte_graph.link import Link, basis_told, confidence_told, kind_told, status_told
from cicte_graph.page import Facts, Grid, Page, Section
from cicte_graph.page_html import as_html, environment
from cicte_graph.page_markdown import as_markdown
from cicte_graph.targets import term
from cicte_graph.terms import CICTE, expand
from cicte_graph.trace import Trace, trace_down, trace_up
from cicte_graph.trace_mermaid import as_mermaid
from cicte_graph.trace_page import trace_page
from cicte_graph.trace_text import as_text
from cicte_graph.verdict import verdict_down, verdict_up
from cicte_graph.wording import LOCALE, say, say_parts, speaking
from cicte_graph.words import how_many, listed, number_of
from tests.conftest import SAMPLE, TESTED

PACKAGE = Path(cicte_graph.__file__).parent
Call = tuple[str, list[object]]
SAID = {"say": 1, "say_parts": 1, "say_number": 2, "say_as": 2}  # with how many literals


# the catalog


@cache
def calls() -> dict[str, list[Call]]:
    """Give what each module and template says: the function and its first arguments, None for what is no literal."""
    modules = {path: list(said_in_python(path)) for path in sorted(PACKAGE.rglob("*.py"))}
    templates = {path: list(said_in_template(path)) for path in sorted((PACKAGE / "templates").rglob("*.html"))}
    return {str(path.relative_to(PACKAGE)): said for path, said in (modules | templates).items()}


def said_in_python(path: Path) -> Iterator[Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    known = {name.name for node in imports if node.module == "cicte_graph.wording" for name in node.names} & SAID.keys()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
            given: list[object] = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            yield node.func.id, given[: SAID[node.func.id]]


def said_in_template(path: Path) -> Iterator[Call]:
    for node in environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name in SAID:
            given = [arg.value if isinstance(arg, nodes.Const) else None for arg in node.args]
            yield node.node.name, given[: SAID[node.node.name]]


def messages() -> dict[tuple[str, str], list[str]]:
    """Give each sentence of the code, and its plural if it depends on a number, by its context and its English."""
    found = {}
    for said in calls().values():
        for function, given in said:
            context, *forms = map(str, given) if function == "say_as" else ("", *map(str, given))
            found[context, forms[0]] = forms
    return found


def places(text: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(text) if place is not None}


@cache
def catalog() -> Mapping[tuple[str, str], polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(LOCALE / "es.po"))}


def test_every_sentence_is_a_literal() -> None:
    wrong = {
        (name, function)
        for name, said in calls().items()
        for function, given in said
        if len(given) < SAID[function] or not all(isinstance(text, str) and text for text in given)
    }
    assert wrong == set()
    assert sum(map(len, calls().values())) > 300


def test_every_sentence_has_its_spanish() -> None:
    assert sorted(messages().keys() - catalog().keys()) == []
    assert [entry.msgid for entry in catalog().values() if not entry.translated()] == []


def test_the_catalog_has_no_sentence_that_is_said_nowhere() -> None:
    assert sorted(catalog().keys() - messages().keys()) == []


def test_a_sentence_that_depends_on_a_number_has_both_forms_in_spanish() -> None:
    for key, english in messages().items():
        assert len(catalog()[key].msgstr_plural) == (len(english) if len(english) > 1 else 0), key
        assert catalog()[key].msgid_plural == "".join(english[1:]), key


def test_spanish_has_the_same_places_as_english() -> None:
    for key, english in messages().items():
        spanish = list(catalog()[key].msgstr_plural.values()) or [catalog()[key].msgstr]
        assert [*map(places, spanish)] == [*map(places, english)], key


def test_values_of_closed_lists_and_kinds_are_called_as_in_the_ontology(real_graph: Graph) -> None:
    graph = Graph(real_graph.house, real_graph.store, TESTED, "es")
    with speaking("es"):
        for told, scheme in ((basis_told, "basis"), (status_told, "status")):
            for concept in graph.concepts(scheme):
                assert told(concept.rpartition("/")[2]) == term(graph, concept)
        for concept in graph.concepts("confidence"):
            assert confidence_told(concept.rpartition("/")[2]) == f"confianza {term(graph, concept)}"
        for kind in ("WorkPlan", "WorkArea", "Program", "Project", "Activity", "Outcome", "Instrument", "Provision"):
            words = re.sub("(?<=.)([A-Z])", r" \1", kind).lower()
            assert kind_told(words) == term(graph, CICTE + kind)


# words


def test_numbers_are_written_with_their_nouns() -> None:
    with speaking("es"):
        assert [how_many("activity", number) for number in (0, 1, 2)] == [
            "ninguna actividad",
            "1 actividad",
            "2 actividades",
        ]
        assert how_many("body", 1200) == "1,200 organismos"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "c"], "a, b y c"),
        (["OACI", "INTERPOL"], "OACI e INTERPOL"),
        (["agua", "hielo"], "agua y hielo"),
        (["padres", "hijos"], "padres e hijos"),
    ],
)
def test_a_list_ends_as_its_last_word_wants(parts: list[str], told: str) -> None:
    with speaking("es"):
        assert listed(parts) == told


def test_alternatives_end_as_their_last_word_wants() -> None:
    with speaking("es"):
        assert listed(["siete", "ocho"], "or") == "siete u ocho"
        assert listed(["uno", "dos"], "or") == "uno o dos"
    assert listed(["seven", "eight"], "or") == "seven or eight"


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("talleres", "taller"),
        ("evaluaciones", "evaluación"),
        ("informes", "informe"),
        ("planes", "plan"),
        ("redes", "red"),
        ("países", "país"),
        ("jóvenes", "joven"),
        ("mesas redondas", "mesa redonda"),
        ("puestos de control", "puesto de control"),
        ("análisis jurídicos", "análisis jurídico"),
        ("CSIRT", "CSIRT"),
    ],
)
def test_one_of_a_unit_is_in_the_singular(plural: str, single: str) -> None:
    assert number_of(1, plural, "es") == f"1 {single}"
    assert number_of(2, plural, "es") == f"2 {plural}"


def test_a_language_without_sentences_is_spoken_to_in_english() -> None:
    with speaking("fr"):
        assert say("Mandates") == "Mandates"


def test_names_stand_where_the_sentence_wants_them() -> None:
    assert say_parts("{instrument} recalls it", instrument="X") == ["X", " recalls it"]
    with speaking("es"):
        assert say_parts("{instrument} recalls it", instrument=["X", "Y"]) == ["Lo recuerda: ", "X", "Y"]


# verdicts, by hand


@pytest.fixture(scope="module")
def spanish(sample_graph: Graph) -> Graph:
    """The sample in Spanish."""
    return Graph(sample_graph.house, sample_graph.store, TESTED, "es")


def up(graph: Graph, identifier: str) -> Trace:
    return trace_up(graph, expand(identifier))


PORTS = "S/RES. 7, párrafo resolutivo 4(a)"


def test_a_verdict_on_one_mandate(spanish: Graph) -> None:
    assert up(spanish, "program/2001/port-safety").verdict == (
        "Seguridad Portuaria (programa) se apoya en 1 párrafo de 1 instrumento que nombra su tema: "
        f"{PORTS}; la base más firme es «por tema», con confianza alta. "
        "Vínculos de este tipo: 1 (1 curado; 1 paso es una lectura nuestra). "
        "Falta: un texto que declare el vínculo en este programa. "
        "Además, 1 por área de trabajo y 1 solo incluido en la lista del plan."
    )


def other(link: Link, mandate: str) -> Link:
    """Give a link to another mandate."""
    return replace(link, mandate=replace(link.mandate, id=mandate, label="S/RES. 8"), status="stated", basis="stated")


def test_a_verdict_on_several_mandates(spanish: Graph) -> None:
    first = up(spanish, "program/2001/port-safety").links[0]
    links = [other(first, "id:instrument/sample-res-8"), first]
    with speaking("es"):
        assert verdict_up("Boyas", "activity", "", links, []) == (
            "Boyas (actividad) se apoya en 1 párrafo de 1 instrumento y 1 instrumento en su conjunto que nombran "
            f"su tema: S/RES. 8 y {PORTS}; la base más firme es «expresa», con confianza alta. "
            "Vínculos de este tipo: 2 (1 declarado, 1 curado; 1 paso es una lectura nuestra)."
        )


def test_a_verdict_on_what_stands_two_steps_up(spanish: Graph) -> None:
    found = up(spanish, "activity/2001/port-safety/courses/national-courses")
    assert "la base más firme es «por tema» en Seguridad Portuaria, 2 niveles más arriba, con" in found.verdict
    assert (
        "Falta: un texto que declare el vínculo en esta actividad y un párrafo vinculado directamente a esta actividad."
    ) in found.verdict


def test_a_verdict_on_no_mandate(spanish: Graph) -> None:
    assert up(spanish, "program/2003/web-safety").verdict == (
        "Seguridad en la Red (programa) no se apoya en ningún mandato de este grafo, ni tampoco nada de lo que está "
        "por encima, de Costas hacia arriba."
    )


def test_a_verdict_on_what_is_carried_over(spanish: Graph) -> None:
    assert up(spanish, "program/2003/harbor-protection").verdict == (
        "Protección de Puertos (programa): ningún párrafo nombra directamente su tema. "
        "Protección de Puertos da continuidad a Seguridad Portuaria (confianza media), "
        "y con ello se presume vigente 1 párrafo de 1 instrumento. "
        "Vínculos de este tipo: 1 (1 derivado; 2 pasos son lecturas nuestras). "
        "Falta: un mandato que su propio plan nombre o incluya en su lista. "
        "Además, 1 por un área de trabajo de un plan anterior."
    )


def test_verdicts_on_a_mandate(spanish: Graph) -> None:
    found = trace_down(spanish, expand("provision/sample-res-7/4/a"))
    assert found.verdict.startswith(
        f"1 elemento de los planes se apoya en {PORTS} por nombre o tema, "
        "1 más solo por aquello a lo que da continuidad. "
    )
    carried = [link for link in found.links if link.carried_from and link.specific]
    with speaking("es"):
        assert verdict_down("X", carried, concerns=True).startswith(
            "Ningún elemento de los planes se apoya directamente en X por nombre o tema; 1 lo hace solo por aquello "
            "a lo que da continuidad. "
        )
        assert verdict_down("X", [], concerns=False) == (
            "X no concierne a la Secretaría: el plan que incluye su instrumento en la lista lo deja fuera."
        )
    assert trace_down(spanish, expand("provision/sample-res-7/5")).verdict == (
        "Ningún elemento responde a S/RES. 7, párrafo resolutivo 5 por su tema; la base de los vínculos es solo: "
        "incluida en la lista."
    )


# whole pages


def heads(page: Page) -> Iterator[str]:
    """Give what stands above and before the words of a page: kind, headings, names of facts, heads of columns."""
    yield page.kind
    sections: list[Section] = list(page.sections)
    for section in sections:
        yield section.title
        sections += section.sections
        for block in section.blocks:
            yield from block.columns if isinstance(block, Grid) else ()
            yield from (name for name, _ in block.pairs) if isinstance(block, Facts) else ()


ENGLISH = re.compile(
    r"\b(?:rests? on|carries on|carried over|adopted by|printed:|Because:|Opening words|Numbers by unit|as a whole"
    r"|stated|curated|derived|confidence|names? its subject|Missing|Besides|paragraphs? of|instruments?|part of"
    r"|program|project|activity|outcome|work area|left open|The plan|the plans|No mandate|Where it stands|built)\b"
)


def own_words(text: str) -> str:
    """Give a page in Markdown without its notes, identifiers and the names of bodies as they are printed."""
    return re.sub(r"^\d+\. .*$|`.*?`|\(impreso como: .*?\) ", "", text, flags=re.MULTILINE)


def test_briefings_and_traces_of_programs_are_spanish_from_head_to_foot(real_graph: Graph) -> None:
    graph = Graph(real_graph.house, real_graph.store, TESTED, "es")
    unlike = {key[1] for key, entry in catalog().items() if entry.msgstr != entry.msgid}
    programs = [
        row["record"].value for row in graph.rows("records/every-record") if row["class"].value.endswith("#Program")
    ]
    assert len(programs) > 20
    for program in programs:
        found = trace_up(graph, program)
        for page in (brief(graph, program), trace_page(found)):
            assert unlike.intersection(heads(page)) == set()
            assert ENGLISH.findall(own_words(as_markdown(page))) == [], page.id
        assert ENGLISH.findall(as_mermaid(found)) == []
        assert " razón: " in as_text(found)


def test_the_status_of_a_link_keeps_its_look_in_spanish(spanish: Graph) -> None:
    html = as_html(brief(spanish, expand("program/2003/harbor-protection")))
    assert '<span class="status derived">derivado</span>' in html
    assert '<span class="basis carried-over">trasladada</span>' in html
    assert '<dt><span class="status stated">declarado</span></dt><dd>el propio texto establece el vínculo</dd>' in html
    assert ">Dónde consta</h2>" in html
    assert 'aria-label="nota 1"' in html


def test_the_command_line_speaks_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "web safety", "--lang", "es", "--data", str(SAMPLE)]) == 0
    assert "## Países y regiones beneficiarios" in capsys.readouterr().out
    assert main(["trace", "web safety", "--lang", "es", "--data", str(SAMPLE)]) == 0
    assert "no se apoya en ningún mandato" in capsys.readouterr().out
    assert main(["trace", "web safety", "--data", str(SAMPLE)]) == 0
    assert "rests on no mandate" in capsys.readouterr().out
