"""Load: requests over HTTP and statements over a bare driver, as many as go in a few seconds.

GET pages are fetched by wrk where it is installed, else by threads of http.client with
keep-alive; POSTs always by http.client, for each must be new. Statements are replayed by two
processes with a connection each: as many as the web server has workers.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import multiprocessing as mp
import re
import shutil
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import psycopg

from bench.servers import WORKERS

CONNECTIONS = 4
WRK = shutil.which("wrk")
POSTS_PER_SOURCE = 25  # below the limits that count by address

Figure = tuple[float, float]  # per second, median latency in ms


def get(port: int, paths: list[str], cookie: str, seconds: float) -> Figure:
    return (_wrk if WRK else _threads)(port, paths, cookie, seconds)


def _wrk(port: int, paths: list[str], cookie: str, seconds: float) -> Figure:
    script = "local paths = {%s}\nlocal i = 0\n" % ",".join(json.dumps(p) for p in paths)  # noqa: UP031
    script += "request = function() i = i % #paths + 1 return wrk.format('GET', paths[i]) end\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        out = subprocess.run(
            [str(WRK), "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--latency", "--timeout", "30",
             "-s", file.name, "-H", f"Cookie: {cookie}", f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    if found := re.search(r"Non-2xx or 3xx responses: (\d+)", out):
        raise SystemExit(f"{found[1]} answers were errors: {paths[0]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    half = re.search(r"50%\s+([\d.]+)(us|ms|s)", out)
    if not rate or not half:
        raise SystemExit(f"wrk said: {out}")
    return float(rate[1]), float(half[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[half[2]]


def _threads(port: int, paths: list[str], cookie: str, seconds: float) -> Figure:
    def ask(number: int) -> Iterator[Callable[[], None]]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for path in itertools.cycle(paths[number:] + paths[:number]):
            yield lambda path=path: _fetch(connection, "GET", path, None, {"Cookie": cookie}, 200)

    return _closed_loop(ask, seconds)


def _fetch(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None,
    headers: dict[str, str], wanted: int,
) -> None:  # fmt: skip
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != wanted:
        raise SystemExit(f"{method} {path} answered {answer.status}: {data[:300]!r}")


def post_json(port: int, place: str, text: str, seconds: float) -> Figure:
    """New submissions at `/api/v1/submissions`, each with its own key and text."""

    def body() -> tuple[bytes, dict[str, str]]:
        fresh = uuid.uuid4().hex
        value = {"place": place, "text": text + fresh, "sender": {"name": "Trần Văn Ổi"}}
        headers = {"Content-Type": "application/json", "Idempotency-Key": fresh}
        return json.dumps(value).encode(), headers

    return _posts(port, "/api/v1/submissions", body, 201, seconds)


def post_form(port: int, place: str, text: str, seconds: float) -> Figure:
    """The last page of the form that people fill in: all three steps checked and received."""
    from urllib.parse import urlencode

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/gui/")
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if not token:
        raise SystemExit("the form carries no token against forgery")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{port}",
    }

    def body() -> tuple[bytes, dict[str, str]]:
        fresh = uuid.uuid4().hex
        values = {
            "csrfmiddlewaretoken": token[1], "step": "who", "go": "send", "form_token": fresh,
            "text": text + fresh, "declared": "feedback", "commune": place, "village": "",
            "place_text": "", "name": "Trần Văn Ổi", "address": "", "phone": "", "email": "",
        }  # fmt: skip
        return urlencode(values).encode(), headers

    return _posts(port, "/gui/", body, 302, seconds)


_sources = itertools.count(1)


def _posts(
    port: int, path: str, body: Callable[[], tuple[bytes, dict[str, str]]], wanted: int,
    seconds: float,
) -> Figure:  # fmt: skip
    def ask(number: int) -> Iterator[Callable[[], None]]:
        while True:
            source = next(_sources)
            address = f"127.{1 + source // 62500}.{source // 250 % 250}.{1 + source % 250}"
            connection = http.client.HTTPConnection(
                "127.0.0.1", port, timeout=30, source_address=(address, 0)
            )
            for _one in range(POSTS_PER_SOURCE):
                data, headers = body()
                yield lambda d=data, h=headers, c=connection: _fetch(c, "POST", path, d, h, wanted)
            connection.close()

    return _closed_loop(ask, seconds)


def _closed_loop(ask: Callable[[int], Iterator[Callable[[], None]]], seconds: float) -> Figure:
    """Each of CONNECTIONS threads sends its next request when the last is answered."""
    times: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    failures: list[BaseException] = []
    end = time.monotonic() + seconds

    def run(number: int) -> None:
        try:
            for request in ask(number):
                began = time.monotonic()
                if began >= end:
                    return
                request()
                times[number].append(time.monotonic() - began)
        except BaseException as error:
            failures.append(error)

    began = time.monotonic()
    threads = [threading.Thread(target=run, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    every = [one for list_ in times for one in list_]
    return len(every) / (time.monotonic() - began), median(every) * 1000


# -- ceilings: the same SQL without us ------------------------------------------------------------


def replay(conninfo: str, variants: list[list[tuple[str, Any]]], seconds: float) -> Figure:
    """The statements of a page, all of them, answers fetched; rate of whole pages."""
    return _processes(_replay_some, (conninfo, variants, seconds))


def _replay_some(conninfo: str, variants: list[list[tuple[str, Any]]], seconds: float) -> Any:
    with psycopg.connect(conninfo, autocommit=True, cursor_factory=psycopg.ClientCursor) as db:
        cursor = db.cursor()
        for statements in itertools.cycle(variants):
            began = time.monotonic()
            for query, params in statements:
                cursor.execute(query, params).fetchall()
            yield began


def insert(
    conninfo: str, statements: list[tuple[str, Any]], known: dict[str, Any], seconds: float
) -> Figure:
    """The INSERTs of a submission in one transaction, with fresh values."""
    return _processes(_insert_some, (conninfo, statements, known, seconds))


def _insert_some(
    conninfo: str, statements: list[tuple[str, Any]], known: dict[str, Any], seconds: float
) -> Any:
    tables = re.compile(r'INSERT INTO "?(\w+)')
    prepared = [(query, params, tables.search(query)[1]) for query, params in statements]  # type: ignore[index]
    prefix = known["code"].rpartition("-")[0]
    with psycopg.connect(conninfo, autocommit=True, cursor_factory=psycopg.ClientCursor) as db:
        cursor = db.cursor()
        while True:
            fresh = {"uuid": uuid.uuid4(), "key": f"bench-{uuid.uuid4().hex}"}
            began = time.monotonic()
            with db.transaction():
                for query, params, table in prepared:
                    cursor.execute(query, [_fresh(p, known, fresh) for p in params or ()])
                    if cursor.description:
                        number = cursor.fetchone()[0]  # type: ignore[index]
                        fresh[table] = number
                        if table == "matters_codesequence":
                            fresh["code"] = f"{prefix}-{number:06d}"
            yield began


def _fresh(value: Any, known: dict[str, Any], fresh: dict[str, Any]) -> Any:
    """The value, or what stands for it this time."""
    for name, old in known.items():
        if name in fresh:
            if type(value) is type(old) and value == old:
                return fresh[name]
            if isinstance(value, str) and isinstance(old, str) and old in value:
                return value.replace(old, fresh[name])
    return value


def _processes(work: Callable[..., Any], args: tuple[Any, ...]) -> Figure:
    """Run it in as many processes as the server has workers; together they are the ceiling."""
    context = mp.get_context("spawn")
    answers: Any = context.Queue()
    start = context.Barrier(WORKERS)
    running = [
        context.Process(target=_timed, args=(work, args, start, answers)) for _ in range(WORKERS)
    ]
    for process in running:
        process.start()
    found = []
    with contextlib.suppress(KeyboardInterrupt):
        found = [answers.get(timeout=120 + args[-1]) for _ in running]
    for process in running:
        process.join(10)
        if process.is_alive():
            process.kill()
    for figure in found:
        if isinstance(figure, str):
            raise SystemExit(figure)
    return sum(rate for rate, _half in found), median(half for _rate, half in found)


def _timed(work: Callable[..., Any], args: tuple[Any, ...], start: Any, answers: Any) -> None:
    try:
        rounds, seconds = work(*args), args[-1]
        next(rounds)  # connected, plans cached
        start.wait(60)
        times, began = [], time.monotonic()
        for at in rounds:
            now = time.monotonic()
            times.append(now - at)
            if now - began >= seconds:
                break
        answers.put((len(times) / (time.monotonic() - began), median(times) * 1000))
    except BaseException as error:
        answers.put(f"{type(error).__name__}: {error}")
