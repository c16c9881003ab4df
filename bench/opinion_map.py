"""The opinion map: time, memory and agreement, beside red-dwarf in the same run.

    python -m bench opinion-map [--quick] [--polis DIR] [--json FILE]

Three sizes of votes with planted groups, each in a process of its own (so that its peak memory is
its own), then the real conversations of Polis in DIR (default ../shared/data/polis beside the
checkout, left out when absent). `map` is the computation, `with reading` adds the votes.csv it came
from; the limits are those of `with reading`. red-dwarf runs where its full matrix fits.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dongthuan.work.consultations.opinion_map import OpinionMap, Votes, opinion_map
from dongthuan.work.consultations.opinion_map.reading import votes_read
from dongthuan.work.consultations.opinion_map.stability import rand_index

SIZES = [
    (2_000, 900, 225_000, 0.5),
    (10_000, 1_000, 1_000_000, 1.0),
    (100_000, 2_000, 5_000_000, 6.0),
]
MEMORY = 500
PATIENCE = 240.0
BEARABLE = 11_000_000  # cells of the full matrix that red-dwarf makes
POLIS = Path(__file__).resolve().parents[2] / "shared/data/polis"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="bench opinion-map", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--quick", action="store_true", help="the smallest size and what is real")
    parser.add_argument("--polis", type=Path, default=POLIS, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args(argv)
    report = run(quick=args.quick, polis=args.polis)
    print(table(report))
    if args.json:
        args.json.write_text(json.dumps(report, indent=2) + "\n")
    return 0


def run(*, quick: bool, polis: Path = POLIS) -> dict[str, Any]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for people, statements, votes, limit in SIZES[:1] if quick else SIZES:
            file = Path(folder) / f"{people}.csv"
            _apart(_write, file, people, statements, votes)
            row = _measured(f"{people:,} x {statements:,}", file, None)
            row |= {"limit": limit, "ratio": round(row["with_reading"] / limit, 2)}
            if people * statements < BEARABLE:
                row |= _beside(file, None)
            rows.append(row)
            file.unlink()
            file.with_suffix(".truth").unlink()
    for place in sorted(polis.glob("*/votes.csv")):
        comments = place.with_name("comments.csv")
        row = _measured(place.parent.name, place, comments) | _beside(place, comments)
        rows.append(row)
    return {"rows": rows, "memory_limit_mb": MEMORY}


# -- one conversation in a process of its own -----------------------------------------------------


def _apart(work: Callable[..., Any], *args: Any) -> Any:
    """The answer of `work` from a new process; None when it takes longer than is bearable."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(there, work, args))
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(PATIENCE) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def _send(pipe: Any, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    warnings.simplefilter("ignore")
    pipe.send(work(*args))


def _write(file: Path, people: int, statements: int, count: int) -> bool:
    """votes.csv of three planted groups, as Polis orders it: by statement, then by person."""
    random = np.random.RandomState(1)
    each = count // people
    of, opinion = random.randint(3, size=people), random.choice([-1, 1], size=(3, statements))
    who = np.repeat(np.arange(people), each)
    steps = random.randint(1, max(2, 2 * statements // each), size=(people, each))
    what = (
        (random.randint(statements, size=people)[:, None] + steps.cumsum(1)) % statements
    ).ravel()
    by_chance = random.random_sample(len(who)) < 0.4
    vote = np.where(by_chance, random.choice([-1, 0, 1], size=len(who)), opinion[of[who], what])
    order = np.lexsort((who, what))
    with file.open("w") as out:
        out.write("timestamp,datetime,comment-id,voter-id,vote\n")
        for begin in range(0, len(order), 100_000):
            part = order[begin : begin + 100_000]
            columns = (what[part].tolist(), who[part].tolist(), vote[part].tolist())
            out.writelines(
                f"{1_624_995_106_039 + n},Tue Jun 29 12:31:46 PDT 2021,{s},{p},{v}\n"
                for n, (s, p, v) in enumerate(zip(*columns, strict=True), begin)
            )
    np.save(file.with_suffix(".npy"), of)
    file.with_suffix(".npy").rename(file.with_suffix(".truth"))
    return True


def _measured(name: str, file: Path, comments: Path | None) -> dict[str, Any]:
    found = [_apart(_measure, file, comments) for _ in range(3)]
    best = min(found, key=lambda row: row["with_reading"])
    return {"name": name} | best


def _measure(file: Path, comments: Path | None) -> dict[str, Any]:
    began = time.perf_counter()
    votes = votes_read(file, comments=comments)
    found = opinion_map(votes)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "votes": votes.count,
        "map": round(found.seconds, 3),
        "with_reading": round(seconds, 3),
        "mb": round(peak),
        "groups": found.sizes,
        "stability": round(found.stability, 2),
        "ari": round(_agreement(found, file), 3),
    }


def _agreement(found: OpinionMap, file: Path) -> float:
    """Adjusted Rand index to the groups planted, or to those that Polis showed."""
    if (truth := file.with_suffix(".truth")).exists():
        shown = dict(enumerate(np.load(truth).tolist()))
    else:
        with file.with_name("participants-votes.csv").open() as rows:
            shown = {
                int(row["participant"]): int(row["group-id"])
                for row in csv.DictReader(rows) if row["group-id"]
            }  # fmt: skip
    both = [i for i in found.clustered.tolist() if int(found.votes.participants[i]) in shown]
    theirs = [shown[int(found.votes.participants[i])] for i in both]
    return rand_index(found.labels[both], np.array(theirs))


# -- beside red-dwarf -----------------------------------------------------------------------------


def _beside(file: Path, comments: Path | None) -> dict[str, Any]:
    found = _apart(_red_dwarf, file, comments)
    return found or {"red_dwarf": None}


def _red_dwarf(file: Path, comments: Path | None) -> dict[str, Any]:
    from reddwarf.implementations.polis import run_pipeline

    votes = votes_read(file, comments=comments)
    coo = votes.matrix.tocoo()
    people, statements = votes.participants, votes.statements
    rows = [
        {"participant_id": people[i], "statement_id": statements[j], "vote": v, "modified": n}
        for n, (i, j, v) in enumerate(
            zip(coo.coords[0].tolist(), coo.coords[1].tolist(), coo.data.tolist(), strict=True)
        )
    ]
    out = [s for s, gone in zip(statements, votes.withdrawn, strict=True) if gone]
    began = time.perf_counter()
    theirs = run_pipeline(votes=rows, mod_out_statement_ids=out, random_state=1)
    seconds = time.perf_counter() - began
    found = opinion_map(votes)
    theirs_of = theirs.participants_df["cluster_id"]
    labels = np.array([int(theirs_of.loc[people[i]]) for i in found.clustered])
    other = _relabelled(found, labels)
    return {
        "red_dwarf": round(seconds, 2),
        "times_faster": round(seconds / found.seconds, 1),
        "red_dwarf_ari": round(_agreement(other, file), 3),
        "difference": _difference(votes, found),
    }


def _relabelled(found: OpinionMap, labels: Any) -> OpinionMap:
    from dataclasses import replace

    all_labels = np.full(len(found.labels), -1)
    all_labels[found.clustered] = labels
    return replace(found, labels=all_labels)


def _difference(votes: Votes, found: OpinionMap) -> float:
    """The greatest difference of any statistic to red-dwarf's for the same groups."""
    import pandas as pd
    from reddwarf.utils.stats import calculate_comment_statistics_dataframes

    if found.grouping is None or found.statistics is None:
        return 0.0
    full = np.full(votes.matrix.shape, np.nan, np.float32)
    rows = np.repeat(np.arange(full.shape[0]), np.diff(votes.matrix.indptr))
    full[rows, votes.matrix.indices] = votes.matrix.data
    frame = pd.DataFrame(full[found.clustered], columns=pd.Index(votes.statements))
    theirs, consensus = calculate_comment_statistics_dataframes(frame, found.grouping.labels)
    ours = found.statistics
    columns = {
        "pa": ours.agree.share, "pd": ours.disagree.share, "pat": ours.agree.share_z,
        "pdt": ours.disagree.share_z, "ra": ours.agree.ratio, "rd": ours.disagree.ratio,
        "rat": ours.agree.ratio_z, "rdt": ours.disagree.ratio_z,
    }  # fmt: skip
    apart = [
        float(np.abs(value[group] - theirs.loc[group][key].to_numpy(float)).max())
        for key, value in columns.items() for group in range(found.grouping.count)
    ]  # fmt: skip
    apart.append(float(np.abs(ours.consensus - consensus["group-aware-consensus"]).max()))
    return max(apart)


# -- what is printed ------------------------------------------------------------------------------


def table(report: dict[str, Any]) -> str:
    lines = [
        f"{'opinion map':36}{'votes':>11}{'map s':>8}{'+read':>8}{'limit':>7}{'/limit':>8}{'MB':>6}"
        f"{'ARI':>7}{'stable':>8}{'red-dwarf s':>13}{'faster':>8}{'its ARI':>9}{'diff':>9}"
    ]
    for row in report["rows"]:
        theirs = row.get("red_dwarf")
        lines.append(
            f"{row['name'][:35]:36}{row['votes']:>11,}{row['map']:>8.2f}{row['with_reading']:>8.2f}"
            f"{row.get('limit', '-'):>7}{row.get('ratio', '-'):>8}{row['mb']:>6}{row['ari']:>7.3f}"
            f"{row['stability']:>8.2f}"
            + (
                f"{theirs:>13.2f}{row['times_faster']:>7.0f}x{row['red_dwarf_ari']:>9.3f}"
                f"{row['difference']:>9.0e}" if theirs else f"{'not borne':>13}"
            )
        )  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
