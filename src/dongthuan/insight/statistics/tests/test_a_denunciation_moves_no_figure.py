"""A figure that moved by one would tell everybody that somebody denounced."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.insight.statistics.selectors import scoreboard


def test_public_figures_do_not_move_by_a_denunciation(
    denounce: Any, submit: Any, place: Any
) -> None:
    today = clock.today()
    since, until = today - dt.timedelta(days=30), today + dt.timedelta(days=60)
    before = scoreboard(unit=place, since=since, until=until).as_json()
    denounce("Tố cáo một việc sai quy định tại phường.")
    assert scoreboard(unit=place, since=since, until=until).as_json() == before
    submit("Đường vào xóm ngập nước mỗi khi mưa lớn.")
    assert scoreboard(unit=place, since=since, until=until).as_json() != before
