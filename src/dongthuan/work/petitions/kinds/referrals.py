"""The referral (phiếu chuyển): what a unit keeps and still owes of a petition it has sent on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.work.petitions import transfers
from dongthuan.work.petitions.kinds.common import DOCUMENT, INNER_NOTE, NOTE, OFFICE, PAPER

STATES = (
    State("outside", _("sent to a body outside"), _("sent"), "waiting"),
    # What becomes of it inside this system is told by the receiver's own steps.
    State("waiting", _("sent, not yet taken over"), _("sent"), "waiting"),
    State("taken", _("taken over by the receiver"), _("sent"), "active"),
    State("answered", _("answered, to be relayed"), _("answered"), "active"),
    State("relayed", _("result relayed"), _("result relayed"), "good", final=True),
    State("sent_back", _("sent back by the receiver"), _("sent back"), final=True),
)

URGE_RECEIVER = Step(
    name="urge",
    label=_("Urge the receiver"),
    source=("outside",),
    target="",
    roles=OFFICE,
    basis="Điều 27 Luật Tiếp công dân 2013",
    asks=(DOCUMENT, INNER_NOTE, PAPER),
    effect=transfers.followed_up,
    audience=Audience.OFFICIAL,
)
RECORD_ANSWER = Step(
    name="record",
    label=_("Record the answer of the other body"),
    source=("outside",),
    target="answered",
    roles=OFFICE,
    basis="Điều 27 Luật Tiếp công dân 2013",
    asks=(
        Ask("answer", "lines", _("What the other body answered"), personal=True),
        Ask("answered_on", "date", _("Received on")),
        DOCUMENT,
        PAPER,
    ),
    closes=("xld.transfer_followup",),
    opens=(Opens("xld.reply_to_sender", "answered_on"),),
    audience=Audience.OFFICIAL,
)
RELAY = Step(
    name="relay",
    label=_("Relay the result to the petitioner"),
    source=("answered",),
    target="relayed",
    roles=OFFICE,
    basis="Khoản 2 Điều 28 Luật Tiếp công dân 2013",
    asks=(NOTE, PAPER),
    closes=("xld.reply_to_sender",),
    effect=transfers.relay,
    audience=Audience.OFFICIAL,
)

REFERRAL_KIND = Kind(
    "referral",
    _("transferred petition, followed up"),
    STATES,
    (RELAY, RECORD_ANSWER, URGE_RECEIVER),
    Level.UNIT,
    counts_as_case=False,
)
