"""The bench: prepares its databases, measures in interleaved rounds, prints ratios.

    python -m bench [--quick] [--json FILE] [--home DIR] [--small N] [--large N] [--rounds N]

Everything lies in `<DONGTHUAN_HOME>/bench`. The small database is made anew each time; the large
one is kept, because making it takes most of the time. All servers are ended by their process.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench import load
from bench.plans import TEXT, Plan
from bench.servers import Server, cpu_seconds, postmaster, serve

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Figure:
    """One thing measured on one database: ours, its ceilings, round by round."""

    name: str
    ours: Callable[[], load.Figure]
    sql: Callable[[], load.Figure]
    roots: tuple[int, ...]
    rates: dict[str, list[float]] = field(default_factory=dict)
    halves: dict[str, list[float]] = field(default_factory=dict)
    cpu: list[float] = field(default_factory=list)

    def round(self, seconds: float) -> None:
        before, began = cpu_seconds(*self.roots), time.monotonic()
        self.keep("ours", self.ours())
        used = cpu_seconds(*self.roots) - before
        answered = self.rates["ours"][-1] * (time.monotonic() - began)
        self.cpu.append(used / max(answered, 1) * 1000)
        self.keep("sql", self.sql())

    def keep(self, name: str, found: load.Figure) -> None:
        self.rates.setdefault(name, []).append(found[0])
        self.halves.setdefault(name, []).append(found[1])

    def rate(self, name: str = "ours") -> float:
        return median(self.rates[name])


@dataclass
class Side:
    """One database with its server."""

    plan: Plan
    home: Path
    server: Server
    figures: list[Figure]


def main() -> int:
    args = _arguments()
    began, busy = time.monotonic(), os.getloadavg()[0]
    home = args.home / "bench"
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        sides = [stack.enter_context(side) for side in _sides(args, home)]
        bare = serve("bench.bare:application", {"PYTHONPATH": str(ROOT)}, health="/")
        stack.callback(bare.stop)
        floor: list[float] = []
        for number in range(args.rounds):
            print(f"round {number + 1} of {args.rounds}", file=sys.stderr, flush=True)
            floor.append(load.get(bare.port, ["/"], "a=b", args.seconds)[0])
            for place in range(len(sides[0].figures)):
                for side in sides:
                    side.figures[place].round(args.seconds)
        sides[0].plan.bulk.append(_prepared(sides[0].home, "--import-rows", args.rows))
        report = _report(sides, median(floor), busy, time.monotonic() - began)
    print(_table(report))
    if args.json:
        args.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="5,000 and 20,000 matters, short")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument(
        "--home", type=Path, default=Path(os.environ.get("DONGTHUAN_HOME", "var")).resolve()
    )
    parser.add_argument("--small", type=int, metavar="MATTERS")
    parser.add_argument("--large", type=int, metavar="MATTERS")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each measurement")
    args = parser.parse_args()
    quick = {"small": 5_000, "large": 20_000, "rounds": 2, "seconds": 1.0, "rows": 2_000}
    full = {"small": 20_000, "large": 1_000_000, "rounds": 3, "seconds": 3.0, "rows": 10_000}
    for name, value in (quick if args.quick else full).items():
        if getattr(args, name, None) is None:
            setattr(args, name, value)
    return args


# -- databases and servers ------------------------------------------------------------------------


def _sides(args: argparse.Namespace, home: Path) -> Iterator[Any]:
    small = home / f"small-{args.small}"
    if small.exists():
        _database(small, "stop")
        shutil.rmtree(small)
    yield _side(small, args.small, args)
    large = "large" if args.large == 1_000_000 else f"large-{args.large}"
    yield _side(home / large, args.large, args)


@contextmanager
def _side(home: Path, matters: int, args: argparse.Namespace) -> Iterator[Side]:
    home.mkdir(parents=True, exist_ok=True)
    print(f"database of {matters:,} matters in {home}", file=sys.stderr, flush=True)
    try:
        plan: Plan = _prepared(home, "--matters", matters)
        server = serve("dongthuan.wsgi:application", _env(home), health="/healthz")
        try:
            roots = (server.process.pid, postmaster(plan.data))
            yield Side(plan, home, server, list(_figures(plan, server, roots, args.seconds)))
        finally:
            server.stop()
    finally:
        _database(home, "stop")


def _prepared(home: Path, what: str, number: int) -> Any:
    """What `bench.prepare` found out in a process of its own."""
    out = home / "prepared.pickle"
    command = [sys.executable, "-m", "bench.prepare", "--out", str(out), what, str(number)]
    subprocess.run(command, env=_env(home), check=True)
    return pickle.loads(out.read_bytes())


def _env(home: Path) -> dict[str, str]:
    return os.environ | {
        "DONGTHUAN_HOME": str(home),
        "DONGTHUAN_OFFICIALS_MFA": "false",
        "PYTHONPATH": str(ROOT),
    }


def _database(home: Path, action: str) -> None:
    command = [sys.executable, "-m", "dongthuan.cli", "db", action]
    subprocess.run(command, env=_env(home), check=False, capture_output=True)


def _figures(
    plan: Plan, server: Server, roots: tuple[int, ...], seconds: float
) -> Iterator[Figure]:
    def ceiling() -> load.Figure:
        return load.insert(plan.conninfo, plan.inserts, plan.known, seconds)

    for name, post in (("submit (API)", load.post_json), ("submit (form)", load.post_form)):
        yield Figure(
            name,
            lambda post=post: post(server.port, plan.place, TEXT, seconds),  # type: ignore[misc]
            ceiling,
            roots,
        )
    for page in plan.pages:
        yield Figure(
            page.name,
            lambda page=page: load.get(server.port, page.paths, plan.cookie, seconds),  # type: ignore[misc]
            lambda page=page: load.replay(plan.conninfo, page.statements, seconds),  # type: ignore[misc]
            roots,
        )


# -- what is printed ------------------------------------------------------------------------------


def _report(sides: list[Side], floor: float, busy: float, seconds: float) -> dict[str, Any]:
    rows = []
    small, large = sides
    for ours, theirs in zip(small.figures, large.figures, strict=True):
        rows.append(
            {"name": ours.name, "small": _numbers(ours, floor), "large": _numbers(theirs, floor),
             "growth": round(ours.rate() / theirs.rate(), 2)}
        )  # fmt: skip
    return {
        "machine": _machine() | {"load_before": round(busy, 2)},
        "load_generator": "wrk (GET), http.client (POST)" if load.WRK else "http.client",
        "connections": load.CONNECTIONS,
        "matters": {"small": small.plan.matters, "large": large.plan.matters},
        "bare_django_per_second": round(floor, 1),
        "pages": rows,
        "bulk": [one for side in sides for one in side.plan.bulk],
        "seconds": round(seconds),
    }


def _numbers(figure: Figure, floor: float) -> dict[str, float]:
    ours, sql = figure.rate(), figure.rate("sql")
    return {
        "per_second": round(ours, 1),
        "median_ms": round(median(figure.halves["ours"]), 1),
        "cpu_ms": round(median(figure.cpu), 2),
        "bare_sql_per_second": round(sql, 1),
        "bare_sql_median_ms": round(median(figure.halves["sql"]), 2),
        "ratio_to_bare_sql": round(ours / sql, 3),
        "ratio_to_bare_django": round(ours / floor, 3),
        "ratio_to_both": round(ours * (1 / sql + 1 / floor), 3),
    }


def _machine() -> dict[str, Any]:
    model = ""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _table(report: dict[str, Any]) -> str:
    machine, matters = report["machine"], report["matters"]
    lines = [
        f"{machine['cpu']}, {machine['cores']} cores, Python {machine['python']}, "
        f"load before {machine['load_before']:.1f}; {report['load_generator']}, "
        f"{report['connections']} connections; medians of interleaved rounds",
        f"bare Django view: {report['bare_django_per_second']:,.0f}/s",
        "",
        f"{'':20}{'matters':>10}{'per s':>9}{'p50 ms':>8}{'CPU ms':>8}{'bare SQL/s':>12}"
        f"{'/SQL':>7}{'/Django':>9}{'/both':>7}{'growth':>8}",
    ]
    for row in report["pages"]:
        for side in ("small", "large"):
            n = row[side]
            growth = f"{row['growth']:.2f}×" if side == "large" else ""
            name = row["name"] if side == "small" else ""
            lines.append(
                f"{name:20}{matters[side]:>10,}{n['per_second']:>9,.1f}{n['median_ms']:>8,.1f}"
                f"{n['cpu_ms']:>8,.1f}{n['bare_sql_per_second']:>12,.0f}"
                f"{n['ratio_to_bare_sql']:>7.2f}{n['ratio_to_bare_django']:>9.2f}"
                f"{n['ratio_to_both']:>7.2f}{growth:>8}"
            )
    lines.append("")
    for one in report["bulk"]:
        lines.append(
            f"{one['name']}: {one['seconds']:.1f} s, {one['rows_per_second']:,} rows/s; "
            f"bare COPY {one['bare_copy_rows_per_second']:,} rows/s; ratio {one['ratio']:.2f}"
        )
    lines.append(f"whole bench: {report['seconds']} s")
    return "\n".join(lines)
