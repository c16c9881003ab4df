"""The declared kinds of the room: recommendations of bodies, social criticism, hearings."""

from dongthuan.work.recommendations.kinds.criticism import CRITICISM
from dongthuan.work.recommendations.kinds.hearing import HEARING
from dongthuan.work.recommendations.kinds.recommendation import RECOMMENDATION

__all__ = ["CRITICISM", "HEARING", "RECOMMENDATION"]
