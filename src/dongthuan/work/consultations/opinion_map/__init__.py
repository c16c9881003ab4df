"""The opinion map: from agree, disagree and pass to groups of opinion and their common ground.

Pure Python with numpy and scipy: no database, no clock, no chance. The definition is written down
in docs/opinion-map.md under its version; it changes only under a new one.
"""

from dongthuan.work.consultations.opinion_map.computing import VERSION, OpinionMap, opinion_map
from dongthuan.work.consultations.opinion_map.votes import Votes, VotesError, votes_make

__all__ = ["VERSION", "OpinionMap", "Votes", "VotesError", "opinion_map", "votes_make"]
