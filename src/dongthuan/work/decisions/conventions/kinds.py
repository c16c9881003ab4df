"""The declared kind `convention` (Decree 61/2023/NĐ-CP)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step
from dongthuan.core.matters.models import Audience, Level
from dongthuan.core.units.models import Role
from dongthuan.work.decisions.conventions import effects, following
from dongthuan.work.decisions.conventions.models import AnnulGround, Ground
from dongthuan.work.decisions.counting import HOURS, WAYS
from dongthuan.work.decisions.hours import CLOSES_HELP

D = "Nghị định 61/2023/NĐ-CP"
HEAD = (Role.VILLAGE_HEAD,)
COMMITTEE = (Role.HEAD,)
OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
PUBLIC = Audience.PUBLIC
PAPER = Ask("papers", "paper", _("Document"), required=False)
DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
REASON = Ask("reason", "lines", _("Reason, with the article; everybody reads it"), max_length=1000)
# What the households have adopted is filed: nobody gives it up in their stead.
BEFORE_ADOPTION = (
    "proposed", "agreed", "drafting", "posted", "revised", "convened", "failed", "balloting",
    "not_passed", "refused",
)  # fmt: skip

AGREE = Step(
    name="agree",
    label=_("Agree in the name of the Front committee"),
    source=("proposed",), target="agreed", roles=(Role.VILLAGE_FRONT,), by=("village",),
    basis=f"Khoản 1 Điều 7 {D}", audience=PUBLIC, when="needs_front",
)  # fmt: skip
TAKE_UP = Step(
    name="take_up",
    label=_("Take up the proposal of a resident"),
    source=("proposed",), target="agreed", roles=HEAD, by=("village",),
    basis=f"Khoản 3 Điều 7 {D}", audience=PUBLIC, when="not needs_front",
)  # fmt: skip
TEAM = Step(
    name="team",
    label=_("Form the drafting team"),
    source=("agreed",), target="drafting", roles=HEAD, by=("village",),
    basis=f"Điều 8 {D}",
    asks=(
        Ask("members", "lines", _("Members and whom they stand for"), personal=True,
            max_length=2000),
        DOCUMENT,
        PAPER,
    ),
    audience=PUBLIC,
)  # fmt: skip
POST = Step(
    name="post",
    label=_("Post the draft"),
    source=("drafting",), target="posted", roles=HEAD, by=("village",),
    basis=f"Khoản 1 Điều 9 {D}",
    asks=(
        Ask("posted", "date", _("Day of posting")),
        Ask("places", "lines", _("Where it hangs"), max_length=1000),
        Ask("ways", "lines", _("How households are asked for their opinion"), max_length=1000),
        PAPER,
    ),
    opens=(Opens("dc.convention.post_min", anchor="posted", owner="village"),),
    audience=PUBLIC, ready="is_drafted", effect=effects.post,
)  # fmt: skip
REVISE = Step(
    name="revise",
    label=_("End the posting and answer the opinions"),
    source=("posted",), target="revised", roles=HEAD, by=("village",),
    basis=f"Khoản 1, khoản 4 Điều 9 {D}",
    asks=(
        Ask("answered", "lines", _("What was taken up, what was not, and why"), max_length=5000),
        PAPER,
    ),
    closes=("dc.convention.post_min",), audience=PUBLIC, effect=effects.revise,
)  # fmt: skip
CONVENE = Step(
    name="convene",
    label=_("Convene the meeting"),
    source=("revised", "not_passed"), target="convened", roles=HEAD, by=("village",),
    basis=f"Khoản 1 Điều 10 {D}; khoản 1, 3, 4 Điều 3 Nghị định 59/2023/NĐ-CP",
    asks=(
        Ask("day", "future", _("Day of the meeting")),
        Ask("hour", "choice", _("Hour"), choices=HOURS),
        Ask("venue", "text", _("Where"), max_length=300),
    ),
    opens=(
        Opens("dc.meeting_notice", anchor="day", owner="village"),
        Opens("dc.meeting_documents", anchor="day", owner="village"),
    ),
    audience=PUBLIC, effect=effects.convene,
)  # fmt: skip
TELL = Step(
    name="tell",
    label=_("Record that notice and draft reached the households"),
    source=("convened",), target="", roles=(*HEAD, Role.VILLAGE_FRONT), by=("village",),
    basis="Khoản 3, khoản 4 Điều 3 Nghị định 59/2023/NĐ-CP",
    asks=(Ask("how", "lines", _("By which ways"), max_length=1000), PAPER),
    closes=("dc.meeting_notice", "dc.meeting_documents"), audience=PUBLIC, when="owes_notice",
)  # fmt: skip
SET_VOTE = Step(
    name="set_vote",
    label=_("Set how the meeting votes"),
    source=("convened",), target="", roles=(*HEAD, Role.VILLAGE_FRONT), by=("village",),
    basis="Điểm b khoản 5 Điều 3 Nghị định 59/2023/NĐ-CP",
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
    source=("convened",), target="passed", roles=HEAD, by=("village",),
    basis=f"Khoản 1 Điều 10 {D}",
    asks=(PAPER,),
    opens=(Opens("dc.convention.submit", anchor="voted", when="is_passed", owner="village"),),
    audience=PUBLIC, ready="has_count", effect=effects.hold,
)  # fmt: skip
FAIL = Step(
    name="fail",
    label=_("Record that too few households came"),
    source=("convened",), target="failed", roles=HEAD, by=("village",),
    basis=f"Điểm a khoản 1, điểm a khoản 2 Điều 10 {D}",
    asks=(
        Ask("attended", "number", _("Households that came"), required=False,
            help=_("Leave empty if nobody came.")),
        PAPER,
    ),
    waives=("dc.meeting_notice", "dc.meeting_documents"), audience=PUBLIC, ready="may_fail",
    effect=effects.fail,
)  # fmt: skip
POSTPONE = Step(
    name="postpone",
    label=_("Call the meeting off"),
    source=("convened",), target="revised", roles=HEAD, by=("village",),
    basis="Khoản 2 Điều 3 Nghị định 59/2023/NĐ-CP",
    asks=(REASON,),
    waives=("dc.meeting_notice", "dc.meeting_documents"), audience=PUBLIC, effect=effects.postpone,
)  # fmt: skip
BALLOT = Step(
    name="ballot",
    label=_("Order a ballot of the households"),
    source=("failed", "balloting"), target="balloting", roles=HEAD, by=("village",),
    basis=f"Khoản 2 Điều 10 {D}; Điều 19 Luật Thực hiện dân chủ ở cơ sở 2022",
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
    source=("balloting",), target="", roles=HEAD, by=("village",),
    basis="Khoản 2 Điều 4 Nghị định 59/2023/NĐ-CP",
    closes=("dc.ballot_plan",), audience=PUBLIC, when="owes_ballot_plan",
)  # fmt: skip
POST_BALLOT = Step(
    name="post_ballot",
    label=_("Record that the ballot was announced"),
    source=("balloting",), target="", roles=HEAD, by=("village",),
    basis="Khoản 4 Điều 4 Nghị định 59/2023/NĐ-CP",
    asks=(Ask("how", "lines", _("By which ways"), max_length=1000), PAPER),
    closes=("dc.ballot_notice",), audience=PUBLIC, when="owes_ballot_notice",
)  # fmt: skip
COUNT = Step(
    name="count",
    label=_("Write down the result of the ballot"),
    source=("balloting",), target="passed", roles=HEAD, by=("village",),
    basis=f"Khoản 2 Điều 10 {D}",
    asks=(PAPER,),
    opens=(Opens("dc.convention.submit", anchor="voted", when="is_passed", owner="village"),),
    audience=PUBLIC, ready="has_count", effect=effects.count,
)  # fmt: skip
FILE = Step(
    name="file",
    label=_("File it for recognition"),
    source=("passed",), target="filed", roles=HEAD, by=("village",),
    basis=f"Điểm a khoản 3, khoản 4 Điều 11 {D}",
    asks=(
        DOCUMENT,
        Ask("signers", "lines", _("Who signed: head, Front head, two households"), personal=True,
            max_length=500),
        PAPER,
    ),
    closes=("dc.convention.submit",),
    opens=(Opens("dc.convention.recognise"),),
    audience=PUBLIC, effect=effects.file,
)  # fmt: skip
RECOGNISE = Step(
    name="recognise",
    label=_("Recognise the convention"),
    source=("filed",), target="in_force", roles=COMMITTEE,
    basis=f"Điều 11 {D}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.convention.recognise",),
    opens=(
        Opens("dc.convention.send"),
        Opens("dc.convention.review", anchor="review_on", owner="village"),
        Opens("dc.convention.report", anchor="report_on", owner="village"),
    ),
    audience=PUBLIC, effect=following.recognise,
)  # fmt: skip
REFUSE = Step(
    name="refuse",
    label=_("Refuse recognition in writing"),
    source=("filed",), target="refused", roles=COMMITTEE,
    basis=f"Điểm b khoản 3 Điều 11 {D}",
    asks=(DOCUMENT, REASON, PAPER),
    closes=("dc.convention.recognise",), audience=PUBLIC, effect=following.refuse, grave=True,
)  # fmt: skip
REDO = Step(
    name="redo",
    label=_("Go back to the draft"),
    source=("not_passed", "refused"), target="drafting", roles=HEAD, by=("village",),
    basis="Khoản 3 Điều 22 Luật Thực hiện dân chủ ở cơ sở 2022",
    audience=PUBLIC, effect=effects.redo,
)  # fmt: skip
SEND = Step(
    name="send",
    label=_("Record that it was sent to village and Front"),
    source=("in_force",), target="", roles=OFFICE,
    basis=f"Điểm a khoản 1 Điều 18 {D}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.convention.send",), audience=PUBLIC, when="owes_send",
)  # fmt: skip
REVIEW = Step(
    name="review",
    label=_("Record the yearly review"),
    source=("in_force",), target="", roles=HEAD, by=("village",),
    basis=f"Khoản 4 Điều 15 {D}",
    asks=(
        Ask("reviewed_on", "date", _("Day of the review")),
        Ask("found", "lines", _("What was found, without names"), max_length=3000),
        PAPER,
    ),
    closes=("dc.convention.review",),
    opens=(Opens("dc.convention.review", anchor="review_on", owner="village"),),
    audience=PUBLIC, effect=following.review,
)  # fmt: skip
REPORT = Step(
    name="report",
    label=_("Record the yearly report"),
    source=("in_force",), target="", roles=HEAD, by=("village",),
    basis=f"Điểm e khoản 1 Điều 19 {D}",
    asks=(DOCUMENT, PAPER),
    closes=("dc.convention.report",),
    opens=(Opens("dc.convention.report", anchor="report_on", owner="village"),),
    audience=PUBLIC, effect=following.report,
)  # fmt: skip
FLAW = Step(
    name="flaw",
    label=_("Enter a report of a flaw"),
    source=("in_force", "suspended"), target="", roles=OFFICE,
    basis=f"Khoản 2 Điều 12, khoản 3 Điều 14 {D}",
    asks=(
        Ask("asks_for", "choice", _("What the report is about"), choices=following.FLAWS),
        Ask("reported_on", "date", _("Day it came in")),
        Ask("flaw", "lines", _("What it says"), personal=True, max_length=5000),
        PAPER,
    ),
    audience=Audience.OFFICIAL, effect=following.flaw,
)  # fmt: skip
NO_FLAW = Step(
    name="no_flaw",
    label=_("Answer in writing that the report has no ground"),
    source=("in_force", "suspended"), target="", roles=COMMITTEE,
    basis=f"Điểm a khoản 2 Điều 12, điểm a khoản 3 Điều 14 {D}",
    asks=(DOCUMENT, Ask("answer", "lines", _("Answer"), max_length=3000), PAPER),
    closes=("dc.convention.suspend", "dc.convention.annul"),
    audience=Audience.OFFICIAL, when="has_flaw",
)  # fmt: skip
SUSPEND = Step(
    name="suspend",
    label=_("Suspend it"),
    source=("in_force",), target="suspended", roles=COMMITTEE,
    basis=f"Điều 12 {D}",
    asks=(
        Ask("ground", "choice", _("Ground"), choices=tuple(Ground.choices)),
        Ask("part", "text", _("Which part (grounds b and c)"), required=False, max_length=500),
        REASON,
        Ask("until", "future", _("To be mended until")),
        DOCUMENT,
        PAPER,
    ),
    closes=("dc.convention.suspend",),
    opens=(Opens("dc.convention.redo", anchor="until", owner="village"),),
    audience=PUBLIC, effect=following.suspend, grave=True,
)  # fmt: skip
AMEND = Step(
    name="amend",
    label=_("Open an amended version"),
    source=("in_force", "suspended"), target="", roles=HEAD, by=("village",),
    basis=f"Điều 13 {D}",
    asks=(Ask("why", "lines", _("Why it is amended"), max_length=1000),),
    audience=PUBLIC, effect=following.amend,
)  # fmt: skip
FOLLOW = Step(
    name="follow",
    label=_("Give way to the version that was recognised"),
    source=("in_force", "suspended"), target="replaced", roles=COMMITTEE,
    basis=f"Khoản 5 Điều 12, khoản 4 Điều 13 {D}",
    closes=("dc.convention.redo",), audience=PUBLIC, when="is_followed",
    effect=following.follow,
)  # fmt: skip
ANNUL = Step(
    name="annul",
    label=_("Annul it"),
    source=("in_force", "suspended"), target="annulled", roles=COMMITTEE,
    basis=f"Điều 14 {D}",
    asks=(
        Ask("ground", "choice", _("Ground"), choices=tuple(AnnulGround.choices)),
        Ask("part", "text", _("Only this part (ground b, suspended in part)"), required=False,
            max_length=500),
        REASON,
        DOCUMENT,
        PAPER,
    ),
    closes=("dc.convention.annul", "dc.convention.redo"),
    audience=PUBLIC, effect=following.annul, grave=True,
)  # fmt: skip
DROP = Step(
    name="drop",
    label=_("Give the draft up"),
    source=BEFORE_ADOPTION, target="dropped", roles=HEAD, by=("village",),
    basis="Khoản 2 Điều 16 Luật Thực hiện dân chủ ở cơ sở 2022",
    asks=(REASON,),
    waives=("*",), audience=PUBLIC, effect=effects.drop, grave=True,
)  # fmt: skip

# Decree 61 says “tạm ngừng thực hiện”, not the word for a suspended petition.
IN_FORCE = pgettext_lazy("decision", "in force")
SUSPENDED = pgettext_lazy("convention", "suspended")

CONVENTION = Kind(
    "convention",
    _("village convention (hương ước, quy ước)"),
    (
        State("proposed", _("proposed"), _("proposed"), "waiting"),
        State("agreed", _("agreed, team to be formed"), _("being prepared"), "waiting"),
        State("drafting", _("being drafted"), _("being drafted"), "active"),
        State("posted", _("draft posted"), _("draft open for opinions"), "active"),
        State("revised", _("draft revised"), _("draft revised, meeting to be convened"), "waiting"),
        State("convened", _("meeting convened"), _("meeting convened"), "active"),
        State("failed", _("too few came"), _("too few came to the meeting"), "waiting"),
        State("balloting", _("ballot of the households"), _("ballot of the households"), "active"),
        State("passed", _("adopted, to be filed"), _("adopted by the households"), "good"),
        State("not_passed", _("not adopted"), _("not adopted"), "bad"),
        State("filed", _("filed for recognition"), _("waits for recognition"), "waiting"),
        State("in_force", IN_FORCE, IN_FORCE, "good"),
        State("refused", _("recognition refused"), _("recognition refused"), "bad"),
        State("suspended", SUSPENDED, SUSPENDED, "bad"),
        State("replaced", _("replaced by a later version"), _("replaced by a later version"),
              final=True),
        State("annulled", _("annulled"), _("annulled"), "bad", final=True),
        State("dropped", _("given up"), _("given up"), final=True),
    ),
    (
        AGREE, TAKE_UP, TEAM, POST, REVISE, CONVENE, TELL, SET_VOTE, HOLD, FAIL, POSTPONE, BALLOT,
        SEND_PLAN, POST_BALLOT, COUNT, FILE, RECOGNISE, REFUSE, REDO, SEND, REVIEW, REPORT, AMEND,
        FLAW, NO_FLAW, SUSPEND, FOLLOW, ANNUL, DROP,
    ),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip
