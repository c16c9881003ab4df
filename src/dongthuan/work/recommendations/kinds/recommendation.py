"""A recommendation of a body: sent, answered with reasons, done, confirmed by its source."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.recommendations import effects
from dongthuan.work.recommendations.kinds.asks import DOCUMENT, PAPER, REASON
from dongthuan.work.recommendations.models import Answer
from dongthuan.work.recommendations.rules import OFFICE, SIDE

SENDING = (
    "Điều 25–36 Luật Mặt trận Tổ quốc Việt Nam 2015; kế hoạch phối hợp; quy chế hoạt động của HĐND"
)
ANSWERING = "Văn bản kiến nghị; thời hạn trả lời theo nơi kiến nghị"
CONFIRMING = "Kế hoạch phối hợp; quy chế phối hợp của địa phương"
PUBLIC = Audience.PUBLIC
TAKEN_UP = ("accepted", "partly", "doing")
# The term goes by the source: boards by law, the Front by its plan, voters by their session.
ANSWERS = (
    Opens("dc.reply_supervision", when="by_board"),
    Opens("rec.answer_front", when="by_front"),
    Opens("rec.answer_partner", when="by_partner"),
    Opens("rec.answer_session", anchor="session_on", when="by_session"),
)
ANSWER_RULES = tuple(opens.rule for opens in ANSWERS)
SESSION = Ask(
    "session_on",
    "future",
    _("Day of the next session"),
    required=False,
    when="by_session",
    help=_("The answer is due by that day."),
)

SEND = Step(
    name="send",
    label=_("Send to the authority"),
    source=("drafted",),
    target="sent",
    roles=SIDE,
    by=("body",),
    basis=SENDING,
    asks=(DOCUMENT, SESSION, PAPER),
    opens=ANSWERS,
    audience=PUBLIC,
    effect=effects.send,
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Withdraw"),
    source=("drafted", "sent"),
    target="withdrawn",
    roles=SIDE,
    by=("body",),
    basis=SENDING,
    asks=(REASON,),
    waives=("*",),
    effect=effects.withdraw,
    grave=True,
)
ANSWER = Step(
    name="answer",
    label=_("Answer the recommendation"),
    source=("sent",),
    target="accepted",
    roles=OFFICE,
    by=("unit",),
    basis=ANSWERING,
    asks=(
        Ask("answer", "choice", _("Answer"), choices=tuple(Answer.choices)),
        Ask("reply", "lines", _("The answer, as everybody will read it")),
        Ask(
            "reason", "lines", _("What is not accepted, and why"), required=False, max_length=2000,
            help=_("Needed unless all of it is accepted."),
        ),
        Ask(
            "until", "future", _("It will be done by"), required=False,
            help=_("Needed unless it is not accepted; the day becomes a promise."),
        ),
        DOCUMENT,
        PAPER,
    ),
    opens=(
        Opens("rec.do", anchor="until", when="is_taken_up"),
        Opens("rec.confirm", when="is_refused", owner="body_now"),
    ),
    closes=ANSWER_RULES,
    audience=PUBLIC,
    effect=effects.answer,
)  # fmt: skip
PASS_ON = Step(
    name="pass_on",
    label=_("Pass on to the competent authority"),
    source=("sent",),
    target="",
    roles=OFFICE,
    by=("unit",),
    basis=ANSWERING,
    asks=(Ask("to", "unit", _("To which authority")), REASON, DOCUMENT),
    audience=PUBLIC,
    effect=effects.pass_on,
)
BEGIN = Step(
    name="begin",
    label=_("Begin to carry it out"),
    source=("accepted", "partly"),
    target="doing",
    roles=OFFICE,
    by=("unit",),
    basis=ANSWERING,
    asks=(Ask("plan", "lines", _("Which office does what"), max_length=2000), PAPER),
    audience=PUBLIC,
    effect=effects.says("plan"),
)
PROGRESS = Step(
    name="progress",
    label=_("Report progress"),
    source=("doing",),
    target="",
    roles=OFFICE,
    by=("unit",),
    basis=ANSWERING,
    asks=(Ask("report", "lines", _("What has been done so far"), max_length=2000), PAPER),
    audience=PUBLIC,
    effect=effects.says("report"),
)
FINISH = Step(
    name="finish",
    label=_("Record that it was carried out"),
    source=TAKEN_UP,
    target="done",
    roles=OFFICE,
    by=("unit",),
    basis=ANSWERING,
    asks=(Ask("report", "lines", _("What was done, where it can be seen")), PAPER),
    closes=("rec.do", "rec.redo"),
    opens=(Opens("rec.confirm", owner="body_now"),),
    audience=PUBLIC,
    effect=effects.finish,
)
POSTPONE = Step(
    name="postpone",
    label=_("Set a new day with a reason"),
    source=TAKEN_UP,
    target="",
    roles=(Role.HEAD,),
    by=("unit",),
    basis=ANSWERING,
    asks=(Ask("until", "future", _("New day")), REASON, DOCUMENT),
    may_close=("rec.do", "rec.redo"),
    audience=PUBLIC,
    effect=effects.postpone,
)
CONFIRM = Step(
    name="confirm",
    label=_("Confirm that it was done"),
    source=("done",),
    target="confirmed",
    roles=SIDE,
    by=("body",),
    basis=CONFIRMING,
    asks=(
        Ask("verdict", "lines", pgettext_lazy("recommendation", "What was seen"), max_length=2000),
        PAPER,
    ),
    closes=("rec.confirm",),
    audience=PUBLIC,
    effect=effects.confirm,
)
OBJECT = Step(
    name="object",
    label=_("Not confirmed: back with a reason"),
    source=("done",),
    target="doing",
    roles=SIDE,
    by=("body",),
    basis=CONFIRMING,
    asks=(REASON, PAPER),
    closes=("rec.confirm",),
    opens=(Opens("rec.redo"),),
    audience=PUBLIC,
    effect=effects.object_to,
)
INSIST = Step(
    name="insist",
    label=_("Recommend once more"),
    source=("refused",),
    target="sent",
    roles=SIDE,
    by=("body",),
    basis=SENDING,
    asks=(REASON, DOCUMENT, SESSION, PAPER),
    closes=("rec.confirm",),
    opens=ANSWERS,
    audience=PUBLIC,
    effect=effects.insist,
)
NOTE = Step(
    name="take_note",
    label=_("Take note of the refusal, close"),
    source=("refused",),
    target="closed",
    roles=SIDE,
    by=("body",),
    basis=CONFIRMING,
    asks=(Ask("verdict", "lines", _("What the source says to it"), max_length=2000),),
    closes=("rec.confirm",),
    audience=PUBLIC,
    effect=effects.take_note,
)
URGE = Step(
    name="urge",
    label=_("Urge"),
    source=("sent", *TAKEN_UP),
    target="",
    roles=SIDE,
    by=("body",),
    basis=SENDING,
    asks=(DOCUMENT,),
    audience=PUBLIC,
)

RECOMMENDATION = Kind(
    "body_recommendation",
    _("recommendation of a body"),
    (
        State("drafted", _("draft of the source"), _("being prepared"), "neutral"),
        State("sent", _("sent, waits for the answer"), _("waits for the answer"), "waiting"),
        State("accepted", _("accepted"), _("accepted"), "active"),
        State("partly", _("accepted in part"), _("accepted in part"), "active"),
        State("doing", _("recommendation being carried out"),
              _("recommendation being carried out"), "active"),
        State("refused", _("not taken up"), _("not taken up"), "bad"),
        State("done", _("carried out, to be confirmed"), _("carried out, being checked"),
              "waiting"),
        State("confirmed", _("confirmed by its source"), _("confirmed by its source"), "good",
              final=True),
        State("closed", _("not taken up, closed"), _("not taken up, closed"), "bad", final=True),
        State("withdrawn", _("withdrawn by its source"), _("withdrawn by its source"), final=True),
    ),
    (
        SEND, ANSWER, BEGIN, PROGRESS, FINISH, CONFIRM, OBJECT, INSIST, NOTE, POSTPONE, PASS_ON,
        URGE, WITHDRAW,
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
