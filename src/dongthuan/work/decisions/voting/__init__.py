"""The vote of the households: rolls, voices, ballots, figures, the count.

A kind of this room prepares a vote of its matter (`vote_prepare`), freezes the roll, opens it,
lets voices come in by hand, paper or online, closes it and reads the `Result`.
"""

from dongthuan.work.decisions.voting.ballots import Booth, ballot_cast, booth_for
from dongthuan.work.decisions.voting.closing import (
    Result,
    Turnout,
    VillageResult,
    turnout,
    vote_close,
    vote_result,
    vote_void,
)
from dongthuan.work.decisions.voting.rights import conduct_check, may_conduct
from dongthuan.work.decisions.voting.rolls import (
    YES_NO,
    YES_NO_OTHER,
    code_reissue,
    codes_issue,
    roll_freeze,
    roll_hash,
    roll_text,
    vote_open,
    vote_prepare,
)
from dongthuan.work.decisions.voting.stations import (
    Entered,
    Figures,
    differences,
    method_fix,
    station_add,
    station_change,
    tally_enter,
    voice_return,
    voices_take,
)
from dongthuan.work.decisions.voting.thresholds import carries, least, share, villages_carry

__all__ = [
    "YES_NO",
    "YES_NO_OTHER",
    "Booth",
    "Entered",
    "Figures",
    "Result",
    "Turnout",
    "VillageResult",
    "ballot_cast",
    "booth_for",
    "carries",
    "code_reissue",
    "codes_issue",
    "conduct_check",
    "differences",
    "least",
    "may_conduct",
    "method_fix",
    "roll_freeze",
    "roll_hash",
    "roll_text",
    "share",
    "station_add",
    "station_change",
    "tally_enter",
    "turnout",
    "villages_carry",
    "voice_return",
    "voices_take",
    "vote_close",
    "vote_open",
    "vote_prepare",
    "vote_result",
    "vote_void",
]
