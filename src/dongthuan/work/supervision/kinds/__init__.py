"""The declared kinds of the room: boards, inspections, findings, conferences."""

from dongthuan.work.supervision.kinds.boards import BOARD, INSPECTION
from dongthuan.work.supervision.kinds.findings import FINDING
from dongthuan.work.supervision.kinds.gatherings import CONFERENCE

__all__ = ["BOARD", "CONFERENCE", "FINDING", "INSPECTION"]
