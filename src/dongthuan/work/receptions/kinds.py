"""The declared kinds: a reception session and a refusal that is owed in writing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.receptions import effects
from dongthuan.work.receptions.models import Receiver

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
LEAD = (Role.INTAKE, Role.HEAD)
COMING = ("planned", "posted", "postponed")
POSTING = "Khoản 4 Điều 24 Luật Tiếp công dân 2013"
ONLINE = "Khoản 1 Điều 23 Nghị định 154/2026/NĐ-CP"
REASON = Ask("reason", "lines", _("Reason"), max_length=1000)
PAPER = Ask("papers", "paper", _("Document"), required=False)

POST = Step(
    name="post",
    label=_("Post the schedule"),
    source=("planned", "postponed"),
    target="posted",
    roles=OFFICE,
    basis=POSTING,
    asks=(PAPER,),
    closes=("tcd.schedule_post",),
    audience=Audience.PUBLIC,
    effect=effects.post,
)
OPEN = Step(
    name="open",
    label=_("Open the session"),
    source=("planned", "posted"),
    target="open",
    roles=OFFICE,
    basis="Điều 25 Luật Tiếp công dân 2013",
    audience=Audience.PUBLIC,
    when="is_today",
    effect=effects.open_session,
)
HOLD = Step(
    name="hold",
    label=_("Record how it was held"),
    source=("open",),
    target="held",
    roles=OFFICE,
    basis="Điều 25, điểm b khoản 1 Điều 26 Nghị định 154/2026/NĐ-CP",
    asks=(
        Ask("receiver", "choice", _("Who received"), choices=tuple(Receiver.choices)),
        Ask("delegate", "text", _("Position of the deputy"), required=False, max_length=160),
        Ask(
            "recording", "text", _("Reference of the recording"), required=False, max_length=200,
            help=_("Where the audio-video recording of an online session is kept (Art. 24)."),
        ),
        Ask("minutes", "lines", _("Minutes"), personal=True, max_length=20_000),
        PAPER,
    ),
    opens=(Opens("tcd.conclusion", when="by_head"),),
    audience=Audience.OFFICIAL,
    effect=effects.hold,
)  # fmt: skip
CONCLUDE = Step(
    name="conclude",
    label=_("Issue the notice of conclusion"),
    source=("held",),
    target="concluded",
    roles=LEAD,
    basis="Khoản 2 Điều 25 Nghị định 154/2026/NĐ-CP",
    asks=(
        Ask("document", "text", _("Number and symbol of the notice"), max_length=80),
        Ask(
            "conclusion", "lines", _("Conclusion, as the public may read it"), max_length=10_000,
            help=_("Take out names, addresses and numbers of persons."),
        ),
        PAPER,
    ),
    closes=("tcd.conclusion",),
    audience=Audience.PUBLIC,
    when="by_head",
    effect=effects.conclude,
)  # fmt: skip
FINISH = Step(
    name="finish",
    label=_("Close the session"),
    source=("held",),
    target="concluded",
    roles=OFFICE,
    basis="Điều 27 Nghị định 154/2026/NĐ-CP",
    audience=Audience.OFFICIAL,
    when="not by_head",
)
POSTPONE = Step(
    name="postpone",
    label=_("Postpone to another day"),
    source=("planned", "posted"),
    target="postponed",
    roles=LEAD,
    basis=POSTING,
    asks=(Ask("new_day", "future", _("New day")), REASON, PAPER),
    audience=Audience.PUBLIC,
    effect=effects.postpone,
)
NOTIFY = Step(
    name="notify",
    label=_("Record that the parties were told"),
    source=COMING,
    target="",
    roles=OFFICE,
    basis=ONLINE,
    asks=(Ask("document", "text", _("Number and symbol of the notice"), max_length=80), PAPER),
    closes=("tcd.online.notice",),
    audience=Audience.OFFICIAL,
    when="owes_notice",
)
TEST = Step(
    name="test",
    label=_("Record the successful test connection"),
    source=COMING,
    target="",
    roles=OFFICE,
    basis=ONLINE,
    asks=(Ask("link", "text", _("Reference of the test connection"), max_length=200),),
    closes=("tcd.online.test",),
    audience=Audience.OFFICIAL,
    when="owes_test",
)
CONNECT = Step(
    name="connect",
    label=_("Record that all points are connected"),
    source=("posted", "open"),
    target="",
    roles=OFFICE,
    basis=ONLINE,
    closes=("tcd.online.connect",),
    audience=Audience.OFFICIAL,
    when="owes_connection",
)
NOT_HOLD = Step(
    name="not_hold",
    label=_("Record that it was not held"),
    source=("posted", "postponed", "open"),
    target="not_held",
    roles=LEAD,
    basis="Điều 25, Điều 27 Nghị định 154/2026/NĐ-CP",
    asks=(REASON, PAPER),
    audience=Audience.PUBLIC,
    effect=effects.not_hold,
    grave=True,
)
CANCEL = Step(
    name="cancel",
    label=_("Take it off the plan"),
    source=("planned",),
    target="cancelled",
    roles=LEAD,
    basis=POSTING,
    asks=(REASON,),
    audience=Audience.OFFICIAL,
    effect=effects.cancel,
    grave=True,
)

RECEPTION = Kind(
    "reception",
    _("citizen reception (tiếp công dân)"),
    (
        State("planned", _("planned"), _("planned"), "waiting"),
        State("posted", _("posted"), _("posted"), "active"),
        State("postponed", _("postponed, not posted again"), _("postponed"), "waiting"),
        State("open", _("session open"), _("open now"), "active"),
        State("held", _("held"), _("held"), "good"),
        State("concluded", _("concluded"), _("concluded"), "good", final=True),
        State("not_held", _("not held"), _("not held"), "bad", final=True),
        State("cancelled", _("taken off the plan"), _("taken off the plan"), final=True),
    ),
    (POST, OPEN, HOLD, CONCLUDE, FINISH, NOTIFY, TEST, CONNECT, POSTPONE, NOT_HOLD, CANCEL),
    Level.PARTNER,
    counts_as_case=False,
)

ISSUE = Step(
    name="issue",
    label=_("Issue the notice of refusal"),
    source=("owed",),
    target="issued",
    roles=LEAD,
    basis="Khoản 3 Điều 4 Nghị định 154/2026/NĐ-CP",
    asks=(Ask("document", "text", _("Number and symbol of the notice"), max_length=80), PAPER),
    closes=("tcd.refusal_notice",),
    effect=effects.issue,
    announce=_("%(unit)s has issued the notice of refusal %(code)s."),
)
LIFT = Step(
    name="lift",
    label=_("Receive after all"),
    source=("owed",),
    target="lifted",
    roles=(Role.HEAD,),
    basis="Khoản 4 Điều 4 Nghị định 154/2026/NĐ-CP",
    asks=(REASON,),
    effect=effects.lift,
    announce=_("%(unit)s has taken back the refusal %(code)s; come again to be received."),
    grave=True,
)
REFUSAL = Kind(
    "refusal",
    _("refusal to receive (từ chối tiếp)"),
    (
        State("owed", _("notice owed"), _("notice owed"), "waiting"),
        State("issued", _("notice issued"), _("notice issued"), "neutral", final=True),
        State("lifted", _("taken back"), _("taken back"), "good", final=True),
    ),
    (ISSUE, LIFT),
    Level.UNIT,
    counts_as_case=False,
)
