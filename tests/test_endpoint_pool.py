"""Questions are answered by processes that can be ended: within limits, across graphs, and with nothing left behind."""

import asyncio
import csv
import io
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cicte_graph.endpoint.cache import ENTRY, Cache
from cicte_graph.endpoint.formats import TABLES, TRIPLES, accepted
from cicte_graph.endpoint.lane import Lane
from cicte_graph.endpoint.messages import Limits, Question
from cicte_graph.endpoint.pool import Answer, Pool
from cicte_graph.errors import EngineError, RequestError
from tests.served_endpoint import living, processes, served

Result = TypeVar("Result")
Run = Callable[[Coroutine[Any, Any, Result]], Result]

E = "http://example.org/"
TRICKY = 'a, "b"\r\nc\td },{},{ <result>'  # what might be taken for more rows or columns


def numbers(most: int) -> bytes:
    """A graph of so many triples."""
    rows = [f'<{E}{number}> <{E}is> "{number}" <{E}g> .' for number in range(most - 1)]
    tricky = TRICKY.replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\\r\\n").replace("\t", "\\t")
    return "\n".join([*rows, f'<{E}tricky> <{E}is> "{tricky}" <{E}g> .', ""]).encode()


THOUSAND = numbers(1000)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"  # a thousand to the fourth
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (STRLEN(CONCAT(?c, ?f)) > 1 ) }"  # a second or so
SPACIOUS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"
DEEP = f"SELECT (1{'+1' * 200_000} AS ?n) {{}}"


def question(query: str, accept: str = "") -> Question:
    return Question(query, (), (), accepted(accept))


async def status(asked: Awaitable[Answer]) -> tuple[int, str]:
    """Tell how a question is refused."""
    with pytest.raises(RequestError) as refused:
        await asked
    return refused.value.status, str(refused.value)


def number(answer: Answer) -> int:
    """Read the one number of an answer in JSON."""
    [row] = json.loads(answer.content)["results"]["bindings"]
    return int(row["n"]["value"])


@asynccontextmanager
async def opened(limits: Limits | None = None, content: bytes = THOUSAND) -> AsyncIterator[Pool]:
    pool = Pool(limits)
    await pool.open(content, "first")
    try:
        yield pool
    finally:
        await pool.close()


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """One loop, so that pools can be shared."""
    with asyncio.Runner() as runner:
        yield runner


def shared(runner: asyncio.Runner, limits: Limits) -> Iterator[Pool]:
    pool = Pool(limits)
    runner.run(pool.open(THOUSAND, "first"))
    yield pool
    runner.run(pool.close())


@pytest.fixture(scope="module")
def pool(runner: asyncio.Runner) -> Iterator[Pool]:
    """A pool that gives up soon."""
    yield from shared(runner, Limits(seconds=2))


@pytest.fixture(scope="module")
def narrow(runner: asyncio.Runner) -> Iterator[Pool]:
    """A pool that gives short answers."""
    yield from shared(runner, Limits(rows=10, size=3000))


# answers


STAR = f"SELECT * {{ <{E}tricky> ?second ?third . BIND ('x' AS ?first) }}"
COLUMNS = ["second", "third", "first"]


@pytest.mark.parametrize("media_type", TABLES)
def test_the_columns_of_everything_stand_in_the_order_of_the_query(
    runner: asyncio.Runner, pool: Pool, media_type: str
) -> None:
    answer = runner.run(pool.ask(question(STAR, media_type)))
    text = bytes(answer.content).decode()
    names = {"": "http://www.w3.org/2005/sparql-results#"}
    match media_type.rpartition("/")[2]:
        case "csv":
            assert list(csv.reader(io.StringIO(text, newline=""))) == [COLUMNS, [f"{E}is", TRICKY, "x"]]
        case "tab-separated-values":
            tricky = '"a, \\"b\\"\\r\\nc\\td },{},{ <result>"'
            assert text == f'?second\t?third\t?first\n<{E}is>\t{tricky}\t"x"\n'
        case "sparql-results+json":
            read = json.loads(text)
            assert read["head"]["vars"] == COLUMNS
            assert read["results"]["bindings"][0]["third"]["value"] == TRICKY
        case _:
            tree = ET.fromstring(text)  # noqa: S314 - of our own
            assert [one.get("name") for one in tree.iterfind("head/variable", names)] == COLUMNS


def test_columns_that_are_named_stay_as_they_are_named(runner: asyncio.Runner, pool: Pool) -> None:
    query = "SELECT (STR(?p) AS ?z) ?o ?a { { SELECT * { ?a ?p ?o } LIMIT 1 } }"
    answer = runner.run(pool.ask(question(query, "text/csv")))
    assert answer.content.startswith(b"z,o,a\r\n")


def test_a_question_is_answered_once_for_a_graph(runner: asyncio.Runner, pool: Pool) -> None:
    one, other = runner.run(pool.ask(question(COUNT))), runner.run(pool.ask(question(COUNT)))
    assert one is other
    assert number(one) == 1000
    assert one.name == pool.name(question(COUNT))
    for different in (
        question(f"{COUNT} "),
        question(COUNT, "text/csv"),
        Question(COUNT, (f"{E}g",), (), accepted("")),
    ):
        assert pool.name(different) != one.name


def test_prefixes_and_identifiers_are_known_as_everywhere(runner: asyncio.Runner, pool: Pool) -> None:
    answer = runner.run(pool.ask(question("ASK { BIND (id:program/2012/x AS ?x) FILTER (?x = <program/2012/x>) }")))
    assert json.loads(answer.content)["boolean"] is True


# limits


TEN = " LIMIT 10"
ELEVEN = " LIMIT 11"
LONG = "SELECT ?o { ?s ?p ?o } LIMIT 11"


@pytest.mark.parametrize("media_type", [*TABLES, *TRIPLES])
def test_a_row_limit_is_an_error_and_never_half_a_document(
    runner: asyncio.Runner, narrow: Pool, media_type: str
) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }" if media_type in TRIPLES else "SELECT ?o { ?s ?p ?o }"
    assert runner.run(narrow.ask(question(query + TEN, media_type))).media_type == media_type
    refused, said = runner.run(status(narrow.ask(question(query + ELEVEN, media_type))))
    assert refused == 422
    assert said.startswith("the answer has more than 10 ")


@pytest.mark.parametrize("media_type", TABLES)
def test_what_only_looks_like_rows_is_not_counted(runner: asyncio.Runner, narrow: Pool, media_type: str) -> None:
    values = " ".join("'''},{\\r\\n},{\r\n<result>'''" for _ in range(9))
    query = f"SELECT ?o {{ VALUES ?o {{ {values} }} }}"
    assert runner.run(narrow.ask(question(query, media_type))).media_type == media_type


@pytest.mark.parametrize("media_type", [*TABLES, *TRIPLES])
def test_a_limit_of_bytes_is_an_error_and_never_half_a_document(
    runner: asyncio.Runner, narrow: Pool, media_type: str
) -> None:
    head = f"CONSTRUCT {{ <{E}s> <{E}p> ?o }}" if media_type in TRIPLES else "SELECT ?o"
    for length, fits in ((1000, True), (4000, False)):
        asked = narrow.ask(question(f"{head} {{ BIND ('{'x' * length}' AS ?o) }}", media_type))
        if fits:
            assert runner.run(asked).content.count(b"x") >= 1000
        else:
            assert runner.run(status(asked)) == (422, "the answer has more than 3,000 bytes. Ask for less.")


def test_a_question_that_takes_too_long_is_given_up(runner: asyncio.Runner, pool: Pool) -> None:
    start = time.monotonic()
    said = (504, "no complete answer within 2 seconds. Ask for less.")
    assert runner.run(status(pool.ask(question(ENDLESS)))) == said
    assert 2 <= time.monotonic() - start < 5
    assert number(runner.run(pool.ask(question(f"{COUNT} # after")))) == 1000


def test_a_question_gets_more_than_at_first_but_not_without_end(runner: asyncio.Runner) -> None:
    some = 'SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f FILTER (?c < "3") } ORDER BY DESC(?a)'  # some 70 MiB

    async def all_at_once() -> None:
        async with opened(Limits(seconds=30, memory=250 << 20)) as pool:
            answer = await pool.ask(question(some, "text/csv"))
            assert answer.content.count(b"\n") == (1 + 2 * 111) * 1000 + 1
            said = (422, "the query needs more than 250 MiB of memory. Ask for less.")
            assert await status(pool.ask(question(SPACIOUS))) == said
            deep = (422, "the query is nested deeper than the engine can follow. Give a simpler one.")
            assert await status(pool.ask(question(DEEP))) == deep
            assert number(await pool.ask(question(COUNT))) == 1000

    runner.run(all_at_once())


def test_nobody_works_for_one_who_has_left(runner: asyncio.Runner, pool: Pool) -> None:
    async def leave() -> None:
        before = processes(os.getpid())
        asked = asyncio.create_task(pool.ask(question(f"{ENDLESS} # left")))
        await asyncio.sleep(0.5)
        assert processes(os.getpid()) - before or not asked.done()
        asked.cancel()
        await asyncio.wait([asked])
        for _ in range(50):
            if busy(processes(os.getpid())) == set():
                return
            await asyncio.sleep(0.1)
        raise AssertionError

    runner.run(leave())


def busy(those: set[int]) -> set[int]:
    """Tell which processes use a processor, by looking twice."""

    def used() -> dict[int, float]:
        found = {}
        for one in those & living().keys():
            try:
                found[one] = time.clock_gettime(~one << 3 | 2)
            except OSError:
                continue
        return found

    before = used()
    time.sleep(0.1)
    return {one for one, seconds in used().items() if seconds - before[one] > 0.01}


# processes that end


def nurseries() -> set[int]:
    """The processes of this one that workers are made from."""
    return {one for one, parent in living().items() if parent == os.getpid() and "nursery" in command(one)}


def command(process: int) -> str:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    return ""


def gone(those: set[int]) -> bool:
    """Wait a little for processes to end, and tell whether they did."""
    for _ in range(100):
        if not those & living().keys():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("who", ["workers", "nursery"])
def test_a_question_outlives_the_processes_that_work_on_it(runner: asyncio.Runner, who: str) -> None:
    async def killed() -> None:
        before = nurseries()
        async with opened() as pool:
            [nursery] = nurseries() - before
            asked = asyncio.create_task(pool.ask(question(SLOW)))
            await asyncio.sleep(0.1)
            victims = processes(nursery) if who == "workers" else {nursery}
            assert victims
            for one in victims:
                os.kill(one, signal.SIGKILL)
            assert number(await asked) == 1_000_000
            assert number(await pool.ask(question(COUNT))) == 1000

    before = nurseries()
    runner.run(killed())
    assert nurseries() == before


def test_free_processes_that_end_are_not_missed(runner: asyncio.Runner) -> None:
    async def killed() -> None:
        before = nurseries()
        async with opened() as pool:
            [nursery] = nurseries() - before
            await asyncio.gather(*(pool.ask(question(f"{COUNT} # {one}")) for one in range(8)))
            free = processes(nursery)
            assert len(free) > 1
            for one in free:
                os.kill(one, signal.SIGKILL)
            await asyncio.sleep(0.2)
            answers = await asyncio.gather(*(pool.ask(question(f"{COUNT} # again {one}")) for one in range(8)))
            assert [number(answer) for answer in answers] == [1000] * 8

    runner.run(killed())


def test_nothing_is_left_behind_by_a_server_that_is_killed() -> None:
    async def asked(address: str, server: int) -> set[int]:
        async with httpx.AsyncClient(timeout=20) as client:
            assert (await client.get(address, params={"query": COUNT})).status_code == 200
            asking = asyncio.create_task(client.get(address, params={"query": ENDLESS}))
            await asyncio.sleep(0.5)
            begun = processes(server)
            os.kill(server, signal.SIGKILL)
            with pytest.raises(httpx.TransportError):
                await asking
            return begun

    with served(THOUSAND) as (address, server):
        begun = asyncio.run(asked(address, server.pid))
        assert len(begun) > 1
        assert gone(begun)


def test_a_question_ends_with_the_connection_it_came_by() -> None:
    with served(THOUSAND, seconds=60) as (address, server):
        with httpx.Client(timeout=1) as client, pytest.raises(httpx.TimeoutException):
            client.get(address, params={"query": ENDLESS})
        until = time.monotonic() + 20
        while busy(processes(server.pid)):
            assert time.monotonic() < until


def test_nothing_is_left_behind_by_a_nursery_that_is_killed(runner: asyncio.Runner) -> None:
    async def killed() -> set[int]:
        before = nurseries()
        async with opened(Limits(seconds=2)) as pool:
            [nursery] = nurseries() - before
            asked = asyncio.create_task(pool.ask(question(ENDLESS)))
            await asyncio.sleep(0.3)
            workers = processes(nursery)
            os.kill(nursery, signal.SIGKILL)
            assert await asyncio.to_thread(gone, workers)
            assert (await status(asked))[0] == 504  # asked anew
            return workers

    assert runner.run(killed())


def test_a_server_that_is_told_to_stop_answers_first() -> None:
    async def asked(address: str, server: int) -> tuple[str, set[int]]:
        async with httpx.AsyncClient(timeout=20) as client:
            assert (await client.get(address, params={"query": COUNT})).status_code == 200
            asking = asyncio.create_task(client.get(address, params={"query": SLOW}))
            await asyncio.sleep(0.1)
            everyone = processes(server)
            for one in (server, *everyone):  # as a service manager does
                os.kill(one, signal.SIGTERM)
            return json.loads((await asking).text)["results"]["bindings"][0]["n"]["value"], everyone

    with served(THOUSAND) as (address, server):
        value, everyone = asyncio.run(asked(address, server.pid))
        assert value == "1000000"
        assert gone(everyone)
        server.wait(10)


# from one graph to another


def test_the_graph_is_exchanged_without_losing_a_question(runner: asyncio.Runner) -> None:
    async def exchanged() -> None:
        before = nurseries()
        async with opened() as pool:
            found: list[tuple[str, int]] = []
            over = asyncio.Event()

            async def keep_asking(who: int) -> None:
                for turn in range(10_000):
                    asked = question(f"{COUNT} # {who} {turn}")
                    answer = await pool.ask(asked)
                    found.append((answer.name, number(answer)))
                    names = {asked.key("first"): 1000, asked.key("second"): 500}
                    assert names[answer.name] == number(answer)
                    if over.is_set():
                        return

            asking = [asyncio.create_task(keep_asking(who)) for who in range(4)]
            long = asyncio.create_task(pool.ask(question(SLOW)))
            await asyncio.sleep(0.3)
            await pool.open(numbers(500), "second")
            assert long.done()  # what was asked of the first was seen through
            assert number(long.result()) == 1_000_000
            assert number(await pool.ask(question(f"{COUNT} # after"))) == 500
            over.set()
            await asyncio.gather(*asking)
            assert {rows for _, rows in found} == {1000, 500}
            assert len(nurseries() - before) == 1

    runner.run(exchanged())


def test_a_graph_that_cannot_be_read_leaves_the_one_before(runner: asyncio.Runner, pool: Pool) -> None:
    with pytest.raises(EngineError, match=r"^the endpoint cannot read the graph\."):
        runner.run(pool.open(b"<no N-Quads", "broken"))
    assert number(runner.run(pool.ask(question(f"{COUNT} # still")))) == 1000


def test_a_closed_pool_asks_to_come_back(runner: asyncio.Runner) -> None:
    async def closed() -> None:
        async with opened() as pool:
            pass
        assert (await status(pool.ask(question(COUNT))))[0] == 503

    runner.run(closed())


# places and lines


def test_a_line_moves_at_both_ends_in_turn(runner: asyncio.Runner) -> None:
    async def line() -> list[int]:
        lane, order = Lane(1, 5, 10), list[int]()

        async def one(number: int) -> None:
            async with lane.place():
                order.append(number)
                await asyncio.sleep(0.01)

        await asyncio.gather(*map(one, range(6)))
        return order

    assert runner.run(line()) == [0, 5, 1, 4, 2, 3]


def test_who_finds_no_place_is_told_when_to_come_back(runner: asyncio.Runner) -> None:
    async def line() -> None:
        lane = Lane(1, 1, 0.2)
        async with lane.place() as leave:
            waiting = asyncio.create_task(lane.place().__aenter__())
            await asyncio.sleep(0)
            with pytest.raises(RequestError) as refused:  # the line is full
                await lane.place().__aenter__()
            assert (refused.value.status, refused.value.fields) == (503, {"Retry-After": "1"})
            with pytest.raises(RequestError):  # it did not move
                await waiting
            assert lane.full
            leave()
            assert not lane.full
        async with lane.place():  # leaving twice makes no second place
            assert lane.full
        await lane.drained()

    runner.run(line())


def test_who_leaves_the_line_takes_no_place_along(runner: asyncio.Runner) -> None:
    async def line() -> None:
        lane = Lane(2, 9, 10)

        async def one(seconds: float) -> None:
            async with lane.place():
                await asyncio.sleep(seconds)

        for round_ in range(40):
            those = [asyncio.create_task(one(0.001)) for _ in range(8)]
            await asyncio.sleep(0.0005 * (round_ % 7))
            for place, task in enumerate(those):
                if place % 2:
                    task.cancel()
            await asyncio.gather(*those, return_exceptions=True)
        async with asyncio.timeout(1):
            await lane.drained()
            async with lane.place():
                assert not lane.full
                async with lane.place():
                    assert lane.full

    runner.run(line())


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 900))), st.integers(0, 8000))
def test_what_is_kept_stays_within_its_bytes(those: list[tuple[str, int]], most: int) -> None:
    cache: Cache[bytes] = Cache(most, 500)
    for name, size in those:
        content = name.encode() * size
        cache.put(name, content)
        kept = cache.get(name)
        assert kept is None or set(kept) <= set(name.encode())
        assert size > 500 or size + ENTRY > most or kept is not None
        assert 0 <= cache.size <= most
