"""A map of communes as tiles in rows, drawn as SVG on the server: no tiles of anybody else's.

It is a scheme, not a map of territory: one square a commune in the order of the dictionary, so it
draws no border and leaves out no island; the table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dongthuan.core.units.models import Unit

SIDE, GAP, COLUMNS = 52, 4, 12


def tiles(units: Sequence[Unit], counts: Mapping[str, int]) -> dict[str, Any]:
    """`counts` by the path of a unit. Gives width, height and tiles with step 0 (none) to 3."""
    most = max(counts.values(), default=0)
    drawn = []
    for n, unit in enumerate(units):
        row, column = divmod(n, COLUMNS)
        count = counts.get(unit.path, 0)
        drawn.append(
            {
                "x": column * (SIDE + GAP), "y": row * (SIDE + GAP), "side": SIDE,
                "tx": column * (SIDE + GAP) + SIDE // 2, "ty": row * (SIDE + GAP) + SIDE // 2 + 7,
                "count": count, "name": unit.name, "step": _step(count, most),
            }
        )  # fmt: skip
    rows = -(-len(units) // COLUMNS)
    return {
        "tiles": drawn,
        "width": min(len(units), COLUMNS) * (SIDE + GAP),
        "height": rows * (SIDE + GAP),
    }


def _step(count: int, most: int) -> int:
    """0 for none, else the third of the greatest count in which it lies; integers alone."""
    return 0 if count == 0 else -(-3 * count // most)
