import sys

if sys.argv[1:2] == ["opinion-map"]:
    from bench.opinion_map import main

    raise SystemExit(main(sys.argv[2:]))

from bench import opinion_map
from bench.run import main as pages

status = pages()
print()
raise SystemExit(status or opinion_map.main(["--quick"] if "--quick" in sys.argv else []))
