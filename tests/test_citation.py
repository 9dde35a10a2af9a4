"""A mandate is found however it is cited, in English or Spanish; for a paragraph not there those there are are told."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cicte_graph.citation import Instruments, plain
from cicte_graph.errors import NotFoundError
from cicte_graph.find import find_one, search
from cicte_graph.graph import Graph, local
from cicte_graph.terms import shorten

PAR_4B = "id:provision/ag-res-2619-xli-o-11/4/b"
PAR_4 = "id:provision/ag-res-2619-xli-o-11/4"
RES_2619 = "id:instrument/ag-res-2619-xli-o-11"
RES_1540 = "id:instrument/s-res-1540-2004"
PANAMA_11 = "id:provision/cicte-dec-1-07/11"
TOURISM = "id:instrument/cicte-doc-12-08"


@pytest.mark.parametrize(
    "words",
    [
        "AG/RES. 2619 (XLI-O/11) 4(b)",
        "AG/RES. 2619 (XLI-O/11), operative paragraph 4(b)",
        "ag/res 2619 4(b)",
        "AG/RES.2619(XLI-O/11),4(b)",
        "2619 4 b",
        "2619 4(b)",
        "2619, 4.b",
        "2619 para 4 b",
        "Res. 2619, OP 4(b)",
        "OP 4(b) of AG/RES 2619",
        "operative paragraph 4(b) of resolution 2619",
        "paragraph 4(b) of AG/RES. 2619 (XLI-O/11)",
        "4(b) AG/RES. 2619",
        "4 b 2619",
        "párrafo 4(b) de AG/RES. 2619",
        "Párrafo resolutivo 4 b) de la resolución AG/RES. 2619 (XLI-O/11)",
        "el párrafo 4.b de la resolución 2619",
        "parrafo resolutivo 4(B) de AG RES 2619",
        "numeral 4(b), resolución 2619",
        "AG/RES. 2619 (XLI-O/11), párrafo resolutivo 4(b)",
        "provision/ag-res-2619-xli-o-11/4/b",
    ],
)
def test_a_lettered_paragraph_is_found_in_any_spelling(real_graph: Graph, words: str) -> None:
    assert shorten(find_one(real_graph, words)) == PAR_4B


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("AG/RES. 2619 (XLI-O/11)", RES_2619),
        ("AG/RES 2619", RES_2619),
        ("ag/res.2619", RES_2619),
        ("res. 2619", RES_2619),
        ("resolution 2619", RES_2619),
        ("la resolución 2619", RES_2619),
        ("Resolution No. 2619", RES_2619),
        ("resolution AG/RES. 2619 (XLI-O/11)", RES_2619),
        ("resolución AG/RES. 2619, párrafo 4", PAR_4),
        ("2619", RES_2619),
        ("AG/RES. 2619 (XLI-O/11) 4", PAR_4),
        ("párrafo 4 de la resolución 2619", PAR_4),
        ("UNSCR 1540", RES_1540),
        ("unscr1540", RES_1540),
        ("UNSC Res. 1540", RES_1540),
        ("SCR 1540", RES_1540),
        ("S/RES/1540(2004)", RES_1540),
        ("S/RES/1540 (2004)", RES_1540),
        ("s/res/1540", RES_1540),
        ("resolución 1540", RES_1540),
        ("Resolution 1540", RES_1540),
        ("resolution 1540 (2004)", RES_1540),
        ("United Nations Security Council resolution 1540", RES_1540),
        ("1540", RES_1540),
        ("UNSCR 1267", "id:instrument/s-res-1267-1999"),
        ("S/RES/2325", "id:instrument/s-res-2325-2016"),
        ("Declaration of Panama 11", PANAMA_11),
        ("Declaration of Panama, paragraph 11", PANAMA_11),
        ("paragraph 11 of the Declaration of Panama", PANAMA_11),
        ("Declaración de Panamá, párrafo 11", PANAMA_11),
        ("CICTE/DEC. 1/07, 11", PANAMA_11),
        ("CICTE/DEC.1/07 (11)", PANAMA_11),
        ("cicte dec 1/07 operative paragraph 11", PANAMA_11),
        ("CICTE/DEC. 1/11 10", "id:provision/cicte-dec-1-11/10"),
        ("CICTE/DEC.1/11, 5", "id:provision/cicte-dec-1-11/5"),
        ("CICTE/DEC. 1/11", "id:instrument/cicte-dec-1-11"),
        ("CICTE/DEC. 1/07", "id:instrument/cicte-dec-1-07"),
        ("CICTE/doc.12/08", TOURISM),
        ("CICTE/doc.12./08", TOURISM),
        ("cicte doc 12 08", TOURISM),
        ("CICTE/doc.12/08, decision", "id:provision/cicte-doc-12-08/decision"),
        ("CICTE/doc.12/08 decisión", "id:provision/cicte-doc-12-08/decision"),
        ("AG/RES. 2397 (XXXVIII-O/08) 6(c)", "id:provision/ag-res-2397-xxxviii-o-08/6/c"),
        ("2397 6 c", "id:provision/ag-res-2397-xxxviii-o-08/6/c"),
        ("AG/RES. 2004, 7", "id:provision/ag-res-2004-xxxiv-o-04/7"),
        ("AG/DEC. 66 (XLI-O/11), 15", "id:provision/ag-dec-66-xli-o-11/15"),
        ("AG/DEC. 66 15", "id:provision/ag-dec-66-xli-o-11/15"),
        ("Declaration of San Salvador 15", "id:provision/ag-dec-66-xli-o-11/15"),
        ("Declaración de San Salvador, párrafo 15", "id:provision/ag-dec-66-xli-o-11/15"),
    ],
)
def test_a_mandate_is_found_as_it_is_usually_cited(real_graph: Graph, words: str, expected: str) -> None:
    assert shorten(find_one(real_graph, words, "Mandate")) == expected
    assert shorten(search(real_graph, words)[0].iri) == expected


@pytest.mark.parametrize(
    ("words", "symbol", "paragraph", "there"),
    [
        ("AG/RES. 2619 99", "AG/RES. 2619 (XLI-O/11)", "99", ["4", "4(a)", "4(b)", "4(i)"]),
        ("AG/RES. 2619 4(z)", "AG/RES. 2619 (XLI-O/11)", "4", ["4(a)", "4(b)"]),
        ("párrafo 5 de AG/RES. 2619", "AG/RES. 2619 (XLI-O/11)", "5", ["4(a)"]),
        ("CICTE/DEC. 1/07, 12", "CICTE/DEC. 1/07", "12", ["11"]),
        ("CICTE/DEC. 1/11 7", "CICTE/DEC. 1/11", "7", ["5", "10"]),
        ("Declaration of Panama 3", "CICTE/DEC. 1/07", "3", ["11"]),
    ],
)
def test_a_paragraph_that_is_not_there_is_told_with_those_there_are(
    real_graph: Graph, words: str, symbol: str, paragraph: str, there: list[str]
) -> None:
    with pytest.raises(NotFoundError) as raised:
        find_one(real_graph, words, "Mandate")
    first, _, listed = str(raised.value).partition(" in this graph. It has ")
    assert first.startswith(f"{symbol} has no paragraph {paragraph}")
    told = listed.rpartition(":")[0].rpartition(":")[0].split(", ")
    assert set(there) <= set(told)


@pytest.mark.parametrize("words", ["AG/RES. 2619 4(z)", "2619 4 z", "párrafo 4(z) de AG/RES. 2619"])
def test_a_paragraph_that_is_not_there_is_written_as_paragraphs_are(real_graph: Graph, words: str) -> None:
    with pytest.raises(NotFoundError, match=r"has no paragraph 4\(z\) in this graph"):
        find_one(real_graph, words)


def test_an_instrument_without_paragraphs_here_says_so(real_graph: Graph) -> None:
    with pytest.raises(
        NotFoundError, match=r"S/RES/1540 \(2004\) has no paragraph 4 .* It has none, only the instrument"
    ):
        find_one(real_graph, "UNSCR 1540 4", "Mandate")


@pytest.mark.parametrize("words", ["AG/RES. 9999", "UNSCR 9999", "resolución 4711", "CICTE/DEC. 9/99, 3"])
def test_an_instrument_that_is_not_there_is_no_other(real_graph: Graph, words: str) -> None:
    with pytest.raises(NotFoundError):
        find_one(real_graph, words, "Mandate")


@pytest.mark.parametrize("words", ["Declaration", "resolution", "AG/RES.", "operative paragraph", "4(b) of", "párrafo"])
def test_part_of_a_citation_means_no_one_mandate(real_graph: Graph, words: str) -> None:
    with pytest.raises(NotFoundError):
        find_one(real_graph, words, "Instrument")


def test_a_citation_is_no_program(real_graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        find_one(real_graph, "AG/RES. 2619 4(b)", "Program")


# every provision, as carelessly as one likes


@pytest.fixture(scope="module")
def citations(real_graph: Graph) -> list[tuple[str, str]]:
    """Each citation of each provision, with the provision, in every language."""
    rows = real_graph.rows("records/names")
    return [
        (row["name"].value, row["record"].value)
        for row in rows
        if local(row["class"].value) == "Provision" and local(row["property"].value) == "label"
    ]


def test_every_provision_is_found_by_its_own_citation(real_graph: Graph, citations: list[tuple[str, str]]) -> None:
    assert len({provision for _, provision in citations}) == 30
    assert len(citations) == 60
    for citation, provision in citations:
        assert find_one(real_graph, citation) == provision


BETWEEN = [
    "",
    " ",
    "  ",
    ".",
    ". ",
    "/",
    "-",
    " (",
    ") ",
    ", ",
    "; ",
    "\t",
    "\N{NO-BREAK SPACE}",
    "\N{EN DASH}",
    " \N{SECTION SIGN} ",
]


def careless(citation: str, draw: st.DataObject) -> str:
    """Write a citation with other punctuation, case and spacing; words stay apart, and so do numbers."""
    tokens = plain(citation).split()
    out = ""
    for token in tokens:
        between = draw.draw(st.sampled_from(BETWEEN)) if out else ""
        if not between and out and out[-1].isalpha() == token[0].isalpha():
            between = " "
        written = "".join(draw.draw(st.sampled_from([char, char.upper()])) for char in token)
        out += between + written
    return draw.draw(st.sampled_from(["", " ", "“", "("])) + out + draw.draw(st.sampled_from(["", " ", ".", "”)"]))


@given(data=st.data())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_citation_written_carelessly_finds_its_provision(
    real_graph: Graph, citations: list[tuple[str, str]], data: st.DataObject
) -> None:
    citation, provision = data.draw(st.sampled_from(citations))
    words = careless(citation, data)
    assert find_one(real_graph, words) == provision, words


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_citation_may_begin_with_its_paragraph(
    real_graph: Graph, citations: list[tuple[str, str]], data: st.DataObject
) -> None:
    citation, provision = data.draw(st.sampled_from([one for one in citations if "operative paragraph" in one[0]]))
    instrument, _, paragraph = citation.partition(", operative paragraph ")
    before = data.draw(
        st.sampled_from(["paragraph {} of {}", "OP {} of {}", "párrafo {} de {}", "{} {}", "para. {}, {}"])
    )
    words = before.format(paragraph, instrument)
    assert find_one(real_graph, data.draw(st.sampled_from([words, words.lower(), words.upper()]))) == provision, words


# what the reader of citations does with names alone


NAMES = [
    ("a", "X/RES. 1234 (IV-O/01)"),
    ("a", "Safety of ports"),
    ("b", "X/RES. 1235 (IV-O/01)"),
    ("b", "Safety of airports"),
    ("c", "C/DEC. 1/07"),
]
PARAGRAPHS = [("a/4", "X/RES. 1234 (IV-O/01), operative paragraph 4"), ("a/4/b", "X/RES. 1234 (IV-O/01), párrafo 4(b)")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("X/RES. 1234", ("a", "", "a")),
        ("1234", ("a", "", "a")),
        ("1234 4 b", ("a", "4 b", "a/4/b")),
        ("safety of ports 4", ("a", "4", "a/4")),
        ("1234 9", ("a", "9", None)),
        ("x res 1235 4", ("b", "4", None)),
        ("c dec 1 07", ("c", "", "c")),
    ],
)
def test_names_are_read(words: str, found: tuple[str, str, str | None]) -> None:
    read = Instruments(NAMES, PARAGRAPHS).read(words)
    assert read
    assert (read.instrument, read.paragraph, read.record) == found


@pytest.mark.parametrize("words", ["", "IV-O/01", "safety of", "safety", "hello", "1236", "1234 and so on", "the 4 of"])
def test_what_is_no_citation_is_not_read_as_one(words: str) -> None:
    assert Instruments(NAMES, PARAGRAPHS).read(words) is None


def test_paragraphs_are_listed_as_they_are_written() -> None:
    instruments = Instruments(NAMES, PARAGRAPHS)
    assert instruments.paragraphs_of("a") == ["4", "4(b)"]
    assert instruments.paragraphs_of("b") == []


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_no_text_breaks_the_reader(text: str) -> None:
    read = Instruments(NAMES, PARAGRAPHS).read(text)
    assert read is None or (read.instrument in {"a", "b", "c"} and not re.search(r"[A-Z]", read.paragraph))
