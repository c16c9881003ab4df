import sys

from bench import opinion_map, radar

ALONE = {"opinion-map": opinion_map.main, "radar": radar.main}


def main(argv: list[str]) -> int:
    """One bench by its name, or all of them."""
    if argv and argv[0] in ALONE:
        return ALONE[argv[0]](argv[1:])
    from bench.run import main as pages  # starts servers; not needed by the others

    quick = ["--quick"] if "--quick" in argv else []
    status = pages()
    for bench in ALONE.values():
        print()
        status = bench(quick) or status
    return status


raise SystemExit(main(sys.argv[1:]))
