"""What is to be measured on a database: written by `prepare`, read by `run`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Statement = tuple[str, Any]
TEXT = (
    "Kính gửi Ủy ban nhân dân phường. Đường bê tông vào thôn bị nứt gãy, ổ gà sâu cả gang tay. "
    "Trời mưa nước ngập đến nửa bánh xe, các cháu đi học rất nguy hiểm. Tuần qua đã có hai vụ ngã "
    "xe. Đề nghị sửa chữa trước khi vào mùa mưa và thông báo kết quả cho bà con được biết. "
)


@dataclass
class Page:
    """A page to be fetched: its addresses in turn, and the SQL that each of them runs."""

    name: str
    paths: list[str]
    statements: list[list[Statement]] = field(default_factory=list)


@dataclass
class Plan:
    """All that the measuring process has to know of a database; it needs no Django.

    `inserts`: those of one submission; `known`: the values in them that must be new each time.
    """

    conninfo: str
    data: str
    matters: int
    cookie: str
    place: str
    pages: list[Page]
    inserts: list[Statement]
    known: dict[str, Any]
    bulk: list[dict[str, Any]]
