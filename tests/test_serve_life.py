"""How the server goes on: slow pages, new graphs under load, broken data, the ends of it and of its processes."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cicte_graph.build import open_store
from cicte_graph.errors import EngineError
from cicte_graph.house import House
from cicte_graph.serve.made import Made
from cicte_graph.serve.workers import Graphs, Workers
from cicte_graph.store import n_quads
from tests.conftest import SAMPLE
from tests.serving import Served, children, command, serving, until

RECORD = "/id/program/2003/harbor-protection.html"
POLICE = Path("organizations/sample-police.yaml")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLE, tmp_path / "data")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@contextmanager
def held(workers: list[int]) -> Iterator[None]:
    """Hold processes up, as a page that takes for ever would."""
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in workers:
            if command(worker):
                os.kill(worker, signal.SIGCONT)


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that allows a request four seconds."""
    with serving(SAMPLE, tmp_path_factory.mktemp("hurried") / "log", "--time-limit", "4") as served:
        yield served


def test_a_page_that_takes_for_ever_holds_up_no_other_and_its_process_is_replaced(hurried: Served) -> None:
    workers = hurried.workers()
    with held(workers), ThreadPoolExecutor(1) as threads:
        asked = threads.submit(hurried.client.get, "/api/search?q=harbor")
        while not asked.done():
            begun = time.monotonic()
            assert hurried.client.get("/").status_code == 200
            assert time.monotonic() - begun < 2
        late = asked.result()
        assert late.status_code == 503
        assert "4 seconds" in late.json()["detail"]
        assert int(late.headers["retry-after"]) > 0
    assert all(hurried.client.get("/api/search?q=harbor").status_code == 200 for _ in range(2 * len(workers)))
    assert len(hurried.workers()) == len(workers)
    assert len({*hurried.workers()} - {*workers}) == 1


def test_a_crowd_that_fills_in_fields_does_not_hold_up_a_page(log: Path) -> None:
    with serving(SAMPLE, log) as served:
        crowd = [f"{RECORD}?n={number}" for number in range(40)]
        with ThreadPoolExecutor(len(crowd)) as threads:
            asked = [threads.submit(served.client.get, one) for one in crowd]
            pages = ("/id/work-plan/2001.html", "/id/work-plan/2003.html", "/id/country/BRB.html")
            assert [served.client.get(page).status_code for page in pages] == [200, 200, 200]
            assert {one.result().status_code for one in asked} <= {200, 503}


def test_a_process_that_ends_by_itself_costs_one_answer_and_is_replaced(hurried: Served) -> None:
    workers = hurried.workers()
    os.kill(workers[0], signal.SIGKILL)
    until(lambda: workers[0] not in hurried.workers())
    answers = [hurried.client.get("/api/search?q=harbor").status_code for _ in range(2 * len(workers))]
    assert answers.count(503) <= 1
    assert answers[-len(workers) :] == [200] * len(workers)
    assert len(hurried.workers()) == len(workers)


def test_whoever_finds_too_long_a_queue_is_told_to_come_back_at_once(hurried: Served) -> None:
    asked, queue = 60, 32

    def ask(number: int) -> tuple[httpx.Response, float]:
        begun = time.monotonic()
        return hurried.client.get(f"/api/search?q=word{number}"), time.monotonic() - begun

    workers = hurried.workers()
    with held(workers), ThreadPoolExecutor(asked) as threads:
        answers = list(threads.map(ask, range(asked)))
    assert {answer.status_code for answer, _ in answers} <= {200, 503}
    refused = [answer for answer, seconds in answers if answer.status_code == 503 and seconds < 4]
    assert len(refused) >= asked - queue - len(workers)
    assert all("too many" in answer.json()["detail"] for answer in refused)
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    until(lambda: hurried.client.get("/api/search?q=harbor").status_code == 200)


def test_a_new_graph_takes_the_place_of_the_old_without_losing_a_request(data: Path, log: Path) -> None:
    with serving(data, log) as served:
        before = served.client.get("/health").json()["graph"]
        failed: list[object] = []
        done = threading.Event()

        def read(address: str) -> int:
            count = 0
            with httpx.Client(base_url=served.url, timeout=30) as client:
                while not done.is_set():
                    answer = client.get(f"{address}?n={count}" if address == RECORD else address)
                    count += 1
                    time.sleep(0.02)
                    if answer.status_code != 200:
                        failed.append((address, answer.status_code, answer.text))
            return count

        with ThreadPoolExecutor(4) as threads:
            counts = [threads.submit(read, one) for one in ("/", RECORD, "/api/search?q=police", "/sparql?query=ASK{}")]
            try:
                told = (data / POLICE).read_text(encoding="utf-8")
                (data / POLICE).write_text(told.replace("Sample Police", "Sampled Police"), encoding="utf-8")
                served.process.send_signal(signal.SIGHUP)
                until(lambda: served.client.get("/health").json()["graph"] != before, 60)
            finally:
                done.set()
        assert failed == []
        assert all(count.result() > 10 for count in counts)
        assert "Sampled Police" in served.client.get("/id/organization/sample-police.html").text
        asked = 'ASK { <organization/sample-police> rdfs:label "Sampled Police"@en }'
        assert served.client.get("/sparql", params={"query": asked}).json()["boolean"] is True
        number = len(served.workers())
        until(lambda: len(served.workers()) <= number)
        assert 'cicte_swaps_total{result="swapped"} 1' in served.client.get("/metrics").text


def test_broken_data_is_refused_by_file_and_line_and_the_old_graph_stays(data: Path, log: Path) -> None:
    with serving(data, log) as served:
        before = served.client.get("/health").json()
        good = (data / POLICE).read_text(encoding="utf-8")
        (data / POLICE).write_text(good + "invented key: x\n", encoding="utf-8")
        served.process.send_signal(signal.SIGHUP)
        until(lambda: "the new graph is refused" in served.said(), 60)
        line = good.count("\n") + 1
        assert f"data/{POLICE}:{line}: " in served.said()
        assert served.client.get("/health").json() == before
        assert served.client.get(RECORD).status_code == 200
        assert 'cicte_swaps_total{result="refused"} 1' in served.client.get("/metrics").text


def test_a_server_does_not_begin_with_broken_data(data: Path) -> None:
    (data / POLICE).write_text("no record", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cicte_graph", "serve", "--data", str(data), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert f"data/{POLICE}:1: " in done.stderr


def test_a_port_that_is_taken_is_told_before_the_graph_is_read(log: Path) -> None:
    with serving(SAMPLE, log) as served:
        port = str(served.address[1])
        done = subprocess.run(
            [sys.executable, "-m", "cicte_graph", "serve", "--port", port],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"cannot listen at 127.0.0.1, port {port}" in done.stderr


@pytest.mark.parametrize("lacking", ["starlette", "uvicorn"])
def test_a_missing_library_is_told_with_how_to_install_it(lacking: str) -> None:
    code = f"import sys; sys.modules['{lacking}'] = None; from cicte_graph.cli import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    told = f"cicte-graph: serve needs {lacking}. Install it: pip install 'cicte-graph[serve]'\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "1e3", "", "٣"])
def test_what_is_no_port_is_a_usage_error(port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cicte_graph", "serve", f"--port={port}"], capture_output=True, check=False
    )
    assert done.returncode == 2


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_the_running_answer_finish_and_leaves_no_process(log: Path, signal_: signal.Signals) -> None:
    with serving(SAMPLE, log) as served:
        begun = children(served.process.pid)
        with ThreadPoolExecutor(1) as threads:
            with held(served.workers()):
                running = threads.submit(httpx.get, f"{served.url}/api/search?q=harbor", timeout=30)
                until(lambda: "cicte_requests_running 2" in served.client.get("/metrics").text)
                served.process.send_signal(signal_)
                until(lambda: served.client.get("/health").status_code == 503)
                assert served.client.get("/health").json()["status"] == "stopping"
                refused = served.client.get("/")
                assert (refused.status_code, "stopping" in refused.json()["detail"]) == (503, True)
            assert running.result().status_code == 200
        assert served.process.wait(10) == 0
        until(lambda: not any(map(command, begun)))
        assert not any(word in served.said() for word in ("Traceback", "never retrieved", "leaked"))


def test_workers_ended_at_work_say_so_and_do_not_come_back(sample_house: House) -> None:
    store, version = open_store(sample_house)
    graphs = Graphs(sample_house, n_quads(store), version)

    async def ended() -> list[Made | BaseException]:
        before = set(children(os.getpid()))
        workers = Workers(graphs)
        begun = sorted(set(children(os.getpid())) - before)
        with held([pid for pid in begun if "spawn_main" in command(pid)]):
            making = [asyncio.create_task(workers.make("page", "", limit=30)) for _ in range(workers.number)]
            await asyncio.sleep(0.05)
            workers.kill()  # their threads see the end at the same moment
        return await asyncio.gather(*making, return_exceptions=True)

    with ThreadPoolExecutor(1) as elsewhere:  # the browser's tests leave a loop in this thread
        for _ in range(20):
            said = elsewhere.submit(lambda: asyncio.run(ended())).result()
            assert all(isinstance(one, EngineError) and "ended" in str(one) for one in said)


def test_a_stop_waits_for_nobody_who_only_keeps_a_connection(log: Path) -> None:
    with serving(SAMPLE, log) as served:
        served.client.get("/")
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(5) == 0


def test_no_process_is_left_when_the_server_is_killed(log: Path) -> None:
    with serving(SAMPLE, log) as served:
        begun = children(served.process.pid)
        assert begun
        served.process.kill()
        until(lambda: not any(map(command, begun)))
