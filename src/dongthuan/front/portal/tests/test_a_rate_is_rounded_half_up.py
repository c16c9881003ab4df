"""A rate on a public page: rounded as everybody rounds, never to a whole that is not true."""

from __future__ import annotations

import pytest

from dongthuan.front.portal.templatetags.portal import percent


@pytest.mark.parametrize(
    ("rate", "text"),
    [(None, "–"), (2 / 3, "66,7 %"), (0.96449, "96,4 %"), (0.9645, "96,5 %"), (0.99996, "99,9 %"),
     (1.0, "100 %"), (0.0001, "0,1 %"), (0.0, "0 %")],
)  # fmt: skip
def test_a_rate_is_rounded_half_up(rate: float | None, text: str) -> None:
    assert percent(rate) == text
