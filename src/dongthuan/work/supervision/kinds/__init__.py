"""The declared kinds of the room: boards, inspections, findings, conferences, dialogues."""

from dongthuan.work.supervision.kinds.boards import BOARD, INSPECTION
from dongthuan.work.supervision.kinds.findings import FINDING
from dongthuan.work.supervision.kinds.gatherings import CONFERENCE, DIALOGUE

__all__ = ["BOARD", "CONFERENCE", "DIALOGUE", "FINDING", "INSPECTION"]
