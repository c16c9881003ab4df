"""The opinion map as shapes of an SVG: ellipses of groups, places where five or more stand.

Every number is written with a point, because SVG knows no decimal comma. The first axis runs from
left to right; up and down is the second. Nothing here is a person.
"""

from __future__ import annotations

from typing import Any

WIDTH, HEIGHT, EDGE = 640.0, 420.0, 46.0


def drawing(data: dict[str, Any]) -> dict[str, Any]:
    """`groups`: ellipse, label, place of the label; `clouds`: circles; all in user units."""
    groups = data["groups"]
    reach = [(g["x"], g["y"], max(g["rx"], g["ry"])) for g in groups]
    low_x, high_x = min(x - r for x, _y, r in reach), max(x + r for x, _y, r in reach)
    low_y, high_y = min(y - r for _x, y, r in reach), max(y + r for _x, y, r in reach)
    scale = min(
        (WIDTH - 2 * EDGE) / max(high_x - low_x, 1e-6),
        (HEIGHT - 2 * EDGE) / max(high_y - low_y, 1e-6),
    )
    middle_x, middle_y = (low_x + high_x) / 2, (low_y + high_y) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return WIDTH / 2 + (x - middle_x) * scale, HEIGHT / 2 - (y - middle_y) * scale

    return {
        "width": f"{WIDTH:.0f}",
        "height": f"{HEIGHT:.0f}",
        "groups": [_group(g, n, place(g["x"], g["y"]), scale) for n, g in enumerate(groups)],
        "clouds": [
            _circle(cloud, place(cloud["x"], cloud["y"]), groups) for cloud in data["clouds"]
        ],
    }


def _group(group: dict[str, Any], number: int, at: tuple[float, float], scale: float) -> Any:
    x, y = at
    return {
        "name": group["name"], "size": group["size"], "number": number,
        "x": f"{x:.1f}", "y": f"{y:.1f}",
        "rx": f"{max(group['rx'] * scale, 14):.1f}", "ry": f"{max(group['ry'] * scale, 14):.1f}",
        "turn": f"rotate({-group['turn']:.1f} {x:.1f} {y:.1f})",
    }  # fmt: skip


def _circle(cloud: dict[str, Any], at: tuple[float, float], groups: list[Any]) -> Any:
    x, y = at
    return {"x": f"{x:.1f}", "y": f"{y:.1f}", "r": f"{2.2 * cloud['n'] ** 0.5:.1f}",
            "number": cloud["group"], "n": cloud["n"]}  # fmt: skip
