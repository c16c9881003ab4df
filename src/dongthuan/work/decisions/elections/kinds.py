"""The declared kind `election`: heads of villages and members of the two boards.

Luật Thực hiện dân chủ ở cơ sở 2022 (Điều 17, 18, 21, 36, 41), Decree 59/2023/NĐ-CP (Điều 3, 6–9,
13, 17), Decree 185/2026/NĐ-CP (Điều 4).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.decisions.counting import WAYS
from dongthuan.work.decisions.elections import effects, office
from dongthuan.work.decisions.hours import CLOSES_HELP

D = "Nghị định 59/2023/NĐ-CP"
LAW = "Luật Thực hiện dân chủ ở cơ sở 2022"
VILLAGE = (Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)
FRONT_HEAD = (Role.VILLAGE_FRONT,)
COMMITTEE = (Role.HEAD,)
OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
PUBLIC = Audience.PUBLIC
PAPER = Ask("papers", "paper", _("Document"), required=False)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
REASON = Ask("reason", "lines", _("Reason, with the article; everybody reads it"), max_length=1000)
HEAD_RULES = (
    "dc.village_head.plan", "dc.village_head.candidates", "dc.village_head.team",
    "dc.village_head.notice",
)  # fmt: skip

PLAN = Step(
    name="plan",
    label=_("Issue the plan of the election"),
    source=("preparing",), target="", roles=COMMITTEE,
    basis=f"Điểm a khoản 1 Điều 6 {D}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.village_head.plan",), audience=PUBLIC, when="owes_plan",
)  # fmt: skip
LIST = Step(
    name="list",
    label=_("Fix the list of those who stand"),
    source=("preparing",), target="", roles=FRONT_HEAD, by=("village",),
    basis=f"Khoản 2 Điều 6, điểm b khoản 5 Điều 3 {D}",
    asks=(Ask("minutes", "text", _("Number and day of the minutes (form 05)"), max_length=80),
          PAPER),
    closes=("dc.village_head.candidates",), audience=PUBLIC, when="lacks_list",
    effect=effects.list_fixed,
)  # fmt: skip
TEAM = Step(
    name="team",
    label=_("Form the election team"),
    source=("preparing",), target="", roles=COMMITTEE,
    basis=f"Điểm b khoản 1 Điều 6 {D}",
    asks=(
        DOCUMENT,
        Ask("members", "lines", _("Members; the leader is of the village's Front committee"),
            personal=True, max_length=2000),
        PAPER,
    ),
    closes=("dc.village_head.team",), audience=PUBLIC, when="owes_team", effect=effects.team,
)  # fmt: skip
POST = Step(
    name="post",
    label=_("Record that plan, team and list were posted"),
    source=("preparing",), target="", roles=(*OFFICE, *VILLAGE), by=("unit", "village"),
    basis=f"Điểm b khoản 1 Điều 6 {D}",
    asks=(Ask("places", "lines", _("Where, and by which other ways"), max_length=1000), PAPER),
    closes=("dc.village_head.notice",), audience=PUBLIC, when="owes_posting",
    effect=effects.post,
)  # fmt: skip
TELL = Step(
    name="tell",
    label=_("Record that the households were told of the meeting"),
    source=("preparing",), target="", roles=VILLAGE, by=("village",),
    basis=f"Khoản 3 Điều 3 {D}",
    asks=(Ask("how", "lines", _("By which ways"), max_length=1000), PAPER),
    closes=("dc.meeting_notice",), audience=PUBLIC, when="owes_notice", effect=effects.tell,
)  # fmt: skip
SET_VOTE = Step(
    name="set_vote",
    label=_("Set how the meeting votes"),
    source=("preparing",), target="", roles=VILLAGE, by=("village",),
    basis=f"Điểm b, điểm c khoản 5 Điều 3 {D}",
    asks=(
        Ask("attending", "number", _("Household representatives attending")),
        Ask("way", "choice", _("Way of voting"), choices=WAYS),
        Ask("agreed", "number", _("Of them agreed to this way")),
    ),
    audience=PUBLIC, ready="votes_now", effect=effects.set_vote,
)  # fmt: skip
HOLD = Step(
    name="hold",
    label=_("Write down the result of the meeting"),
    source=("preparing",), target="elected", roles=VILLAGE, by=("village",),
    basis=f"Khoản 1 Điều 21 {LAW}; điểm d khoản 5 Điều 3 {D}",
    asks=(PAPER,),
    opens=(Opens("dc.send_decision", anchor="voted", when="has_outcome", owner="village"),),
    audience=PUBLIC, ready="has_count", effect=effects.hold,
)  # fmt: skip
FAIL = Step(
    name="fail",
    label=_("Record that too few households came"),
    source=("preparing",), target="failed", roles=VILLAGE, by=("village",),
    basis=f"Điểm b khoản 1 Điều 19 {LAW}; điểm b khoản 1 Điều 4 {D}",
    asks=(
        Ask("attended", "number", _("Households that came"), required=False,
            help=_("Leave empty if nobody came.")),
        PAPER,
    ),
    waives=(*HEAD_RULES, "dc.meeting_notice"), audience=PUBLIC, ready="may_fail",
    effect=effects.fail,
)  # fmt: skip
BALLOT = Step(
    name="ballot",
    label=_("Order a ballot of the households"),
    source=("failed", "balloting"), target="balloting", roles=VILLAGE, by=("village",),
    basis=f"Điểm b khoản 1 Điều 19 {LAW}; Điều 4 {D}",
    asks=(
        Ask("plan", "text", _("Number of the plan"), max_length=80),
        Ask("since", "future", _("Ballots are brought from")),
        Ask("until", "future", _("and collected until"), help=CLOSES_HELP),
        Ask("ballot_team", "lines", _("Who brings and collects them (3 to 5)"), personal=True,
            max_length=1000),
        PAPER,
    ),
    opens=(
        Opens("dc.ballot_plan", owner="village"),
        Opens("dc.ballot_notice", anchor="since", owner="village"),
    ),
    audience=PUBLIC, when="may_ballot", effect=effects.ballot,
)  # fmt: skip
SEND_PLAN = Step(
    name="send_plan",
    label=_("Record that the plan was sent to committee and Front"),
    source=("balloting",), target="", roles=VILLAGE, by=("village",),
    basis=f"Khoản 2 Điều 4 {D}",
    closes=("dc.ballot_plan",), audience=PUBLIC, when="owes_ballot_plan",
)  # fmt: skip
POST_BALLOT = Step(
    name="post_ballot",
    label=_("Record that the ballot was announced"),
    source=("balloting",), target="", roles=VILLAGE, by=("village",),
    basis=f"Khoản 4 Điều 4 {D}",
    asks=(Ask("how", "lines", _("By which ways"), max_length=1000), PAPER),
    closes=("dc.ballot_notice",), audience=PUBLIC, when="owes_ballot_notice",
)  # fmt: skip
COUNT = Step(
    name="count",
    label=_("Write down the result of the ballot"),
    source=("balloting",), target="elected", roles=VILLAGE, by=("village",),
    basis=f"Khoản 1 Điều 21 {LAW}; điểm b khoản 6 Điều 4 {D}",
    asks=(PAPER,),
    opens=(Opens("dc.send_decision", anchor="voted", when="has_outcome", owner="village"),),
    audience=PUBLIC, ready="has_count", effect=effects.count,
)  # fmt: skip
SEND = Step(
    name="send",
    label=_("Send the decision to committee and Front"),
    source=("elected",), target="sent", roles=VILLAGE, by=("village",),
    basis=f"Khoản 3 Điều 20 {LAW}; điểm d khoản 5 Điều 3 {D}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.send_decision",),
    opens=(Opens("dc.recognise", owner="recogniser"),),
    audience=PUBLIC,
)  # fmt: skip
RECOGNISE = Step(
    name="recognise",
    label=_("Recognise the result"),
    source=("sent",), target="recognised", roles=COMMITTEE,
    basis=f"Khoản 2 Điều 21 {LAW}; Điều 8, khoản 3 Điều 9 {D}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.recognise",),
    opens=(Opens("dc.village_head.by_election", when="dismisses_head"),),
    audience=PUBLIC, when="of_head", effect=office.recognise,
)  # fmt: skip
FRONT_RECOGNISE = Step(
    name="front_recognise",
    label=_("Recognise the result in the name of the Front"),
    source=("sent",), target="recognised", roles=(Role.FRONT,), by=("front",),
    basis=f"Khoản 2 Điều 21 {LAW}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.recognise",), audience=PUBLIC, when="of_board", effect=office.recognise,
)  # fmt: skip
REFUSE = Step(
    name="refuse",
    label=_("Refuse recognition in writing"),
    source=("sent",), target="refused", roles=COMMITTEE,
    basis=f"Khoản 2 Điều 21 {LAW}; Điều 8, khoản 3 Điều 9 {D}",
    asks=(DOCUMENT, REASON, PAPER),
    closes=("dc.recognise",), audience=PUBLIC, when="of_head", effect=office.refuse, grave=True,
)  # fmt: skip
FRONT_REFUSE = Step(
    name="front_refuse",
    label=_("Refuse recognition in the name of the Front"),
    source=("sent",), target="refused", roles=(Role.FRONT,), by=("front",),
    basis=f"Khoản 2 Điều 21 {LAW}",
    asks=(DOCUMENT, REASON, PAPER),
    closes=("dc.recognise",), audience=PUBLIC, when="of_board", effect=office.refuse, grave=True,
)  # fmt: skip
SETTLE = Step(
    name="settle",
    label=_("Decide, agreed with the Front, on a dismissal that the meeting did not carry"),
    source=("not_elected",), target="recognised", roles=COMMITTEE,
    basis=f"Khoản 3 Điều 9 {D}",
    asks=(
        Ask("settled", "choice", _("Decision"), choices=office.SETTLED),
        DOCUMENT, REASON, PAPER,
    ),
    opens=(Opens("dc.village_head.by_election", when="is_dismissed"),),
    audience=PUBLIC, when="dismisses_head", effect=office.settle, grave=True,
)  # fmt: skip
AGAIN = Step(
    name="again",
    label=_("Order that it is held again"),
    source=("not_elected", "sent", "refused"), target="redone", roles=COMMITTEE,
    basis=f"Điểm d khoản 5 Điều 3, Điều 8 {D}",
    asks=(DOCUMENT, Ask("day", "future", _("Day of the meeting")), REASON, PAPER),
    closes=("dc.recognise",), audience=PUBLIC, when="of_head", effect=office.again, grave=True,
)  # fmt: skip
FRONT_AGAIN = Step(
    name="front_again",
    label=_("Order, for the Front, that it is held again"),
    source=("not_elected", "refused"), target="redone", roles=(Role.FRONT,), by=("front",),
    basis=f"Điều 13, Điều 17 {D}",
    asks=(DOCUMENT, Ask("day", "future", _("Day of the meeting")), REASON, PAPER),
    audience=PUBLIC, when="of_board", effect=office.again, grave=True,
)  # fmt: skip
APPOINT = Step(
    name="appoint",
    label=_("Appoint whoever was elected to the position"),
    source=("recognised",), target="", roles=COMMITTEE,
    basis=f"Điều 8 {D}; khoản 3 Điều 4 Nghị định 185/2026/NĐ-CP",
    asks=(
        Ask("candidate", "number", _("Number in the list")),
        Ask("email", "text", _("E-mail of the account"), personal=True, max_length=254),
        Ask("seat", "text", _("Code of the position (boards only)"), required=False,
            max_length=80, when="of_board"),
        DOCUMENT,
    ),
    audience=Audience.OFFICIAL, when="is_election", effect=office.appoint,
)  # fmt: skip
END_OFFICE = Step(
    name="end_office",
    label=_("End the appointment of whoever was dismissed"),
    source=("recognised",), target="", roles=COMMITTEE,
    basis=f"Khoản 3 Điều 9 {D}",
    asks=(
        Ask("email", "text", _("E-mail of the account"), personal=True, max_length=254),
        Ask("seat", "text", _("Code of the position (boards only)"), required=False,
            max_length=80, when="of_board"),
        DOCUMENT,
    ),
    audience=Audience.OFFICIAL, when="not is_election", effect=office.end_office,
)  # fmt: skip
ACTING = Step(
    name="acting",
    label=_("Appoint an acting head, six months at the most"),
    source=("recognised",), target="", roles=COMMITTEE,
    basis=f"Khoản 2 Điều 4 Nghị định 185/2026/NĐ-CP; khoản 3 Điều 9 {D}",
    asks=(
        Ask("email", "text", _("E-mail of the account"), personal=True, max_length=254),
        Ask("last_day", "future", _("Last day")),
        DOCUMENT,
    ),
    audience=Audience.OFFICIAL, when="dismisses_head", effect=office.acting_head,
)  # fmt: skip
SHIFT = Step(
    name="shift",
    label=_("Shorten or prolong the term, six months at the most"),
    source=("recognised", "done"), target="", roles=COMMITTEE,
    basis="Khoản 3 Điều 4 Nghị định 185/2026/NĐ-CP",
    asks=(Ask("last_day", "future", _("New last day of the term")), DOCUMENT, REASON, PAPER),
    audience=PUBLIC, when="has_term", effect=office.shift,
)  # fmt: skip
NEXT = Step(
    name="next",
    label=_("Decide on the election of a new head"),
    source=("recognised",), target="done", roles=COMMITTEE,
    basis=f"Khoản 3 Điều 9 {D}",
    asks=(DOCUMENT, Ask("day", "future", _("Day of the meeting")), PAPER),
    closes=("dc.village_head.by_election",), audience=PUBLIC, when="dismisses_head",
    effect=office.next_election,
)  # fmt: skip
FINISH = Step(
    name="finish",
    label=_("Close the file"),
    source=("recognised",), target="done", roles=COMMITTEE,
    basis=f"Khoản 2 Điều 21 {LAW}",
    audience=PUBLIC, when="may_be_finished",
)  # fmt: skip
POSTPONE = Step(
    name="postpone",
    label=_("Move the meeting to a later day"),
    source=("preparing", "failed"), target="preparing", roles=(*COMMITTEE, *VILLAGE),
    by=("convenor",),
    basis=f"Khoản 2 Điều 3 {D}",
    asks=(Ask("day", "future", _("New day")), REASON, PAPER),
    audience=PUBLIC, effect=effects.postpone,
)  # fmt: skip
CANCEL = Step(
    name="cancel",
    label=_("Call it off"),
    source=("preparing", "failed", "not_elected", "refused"), target="cancelled",
    roles=(*COMMITTEE, Role.FRONT), by=("recogniser",),
    basis=f"Điểm a khoản 1 Điều 6 {D}",
    asks=(DOCUMENT, REASON, PAPER),
    waives=("*",), audience=PUBLIC, effect=effects.cancel, grave=True,
)  # fmt: skip

ELECTION = Kind(
    "election",
    _("election or dismissal (bầu, cho thôi làm nhiệm vụ)"),
    (
        State("preparing", _("being prepared"), _("being prepared"), "active"),
        State("failed", _("too few came"), _("too few came to the meeting"), "waiting"),
        State("balloting", _("ballot of the households"), _("ballot of the households"), "active"),
        State("elected", _("carried, to be sent"), _("carried by the households"), "good"),
        State("not_elected", _("not carried"), _("not carried"), "bad"),
        State("sent", _("sent for recognition"), _("waits for recognition"), "waiting"),
        State("recognised", _("recognised"), _("recognised"), "good"),
        State("refused", _("recognition refused"), _("recognition refused"), "bad"),
        State("done", _("recognised and closed"), _("recognised"), "good", final=True),
        State("redone", _("held again in another file"), _("held again"), final=True),
        State("kept", _("not dismissed"), _("not dismissed"), final=True),
        State("cancelled", _("called off"), _("called off"), final=True),
    ),
    (
        PLAN, LIST, TEAM, POST, TELL, SET_VOTE, HOLD, FAIL, BALLOT, SEND_PLAN, POST_BALLOT, COUNT,
        SEND, RECOGNISE, FRONT_RECOGNISE, REFUSE, FRONT_REFUSE, SETTLE, AGAIN, FRONT_AGAIN, APPOINT,
        END_OFFICE, ACTING, SHIFT, NEXT, FINISH, POSTPONE, CANCEL,
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
