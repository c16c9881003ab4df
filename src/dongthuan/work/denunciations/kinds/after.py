"""After the conclusion: sending, handling, publication, figures, closing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask, Opens, Step
from dongthuan.core.matters.models import Audience
from dongthuan.work.denunciations import effects, terms
from dongthuan.work.denunciations.effects import after
from dongthuan.work.denunciations.kinds.asks import (
    D31,
    D156,
    DOCUMENT,
    HEAD,
    INNER_NOTE,
    LAW,
    OFFICE,
    PASSPHRASE,
    SENT_ON,
    WORK,
    some,
)

SEND = Step(
    name="send",
    label=_("Record that the conclusion was sent"),
    source=("concluded",),
    target="",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 35 {LAW}",
    asks=(some("to", _("Sent to"), terms.SENT_TO), SENT_ON),
    closes=("tc.send_conclusion",),
    when="owes_sending",
    effect=after.send,
)
HANDLE = Step(
    name="handle",
    label=_("Act on the conclusion"),
    source=("concluded",),
    target="",
    roles=HEAD,
    basis=f"Khoản 1, khoản 2 Điều 36 {LAW}; Điều 18 {D31} (sửa bởi {D156})",
    asks=(
        some("measures", _("What was done"), terms.HANDLING),
        DOCUMENT,
        Ask("plan", "lines", _("In detail (sealed)"), personal=True),
    ),
    closes=("tc.handle",),
    when="owes_handling",
    effect=after.handle,
    audience=Audience.OFFICIAL,
)
RESULT = Step(
    name="result",
    label=_("The competent body has dealt with it"),
    source=("concluded",),
    target="",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 36 {LAW}",
    asks=(Ask("resulted", "date", _("Day of the result")), INNER_NOTE),
    opens=(Opens("tc.handle_notice", "resulted"),),
    when="recommended",
    effect=after.result,
    audience=Audience.OFFICIAL,
)
RESULT_NOTICE = Step(
    name="result_notice",
    label=_("Its written notice has come"),
    source=("concluded",),
    target="",
    roles=OFFICE,
    basis=f"Khoản 3 Điều 36 {LAW}",
    asks=(DOCUMENT, Ask("came_on", "date", _("Came on"))),
    closes=("tc.handle_notice",),
    when="owes_result_notice",
    audience=Audience.OFFICIAL,
)
DRAFT = Step(
    name="draft",
    label=_("Write the text to be made public"),
    source=("concluded",),
    target="",
    roles=WORK,
    basis=f"Khoản 3 Điều 40 {LAW}; khoản 1 Điều 6 {D31}",
    asks=(
        # Read again before it is posted: what leaves the seal is checked first, and shown.
        Ask("public_text", "lines", _("The conclusion for the public"), max_length=20_000,
            personal=True,
            help=_("Nothing of the denouncer, no state secret. It is compared with the vault.")),
        PASSPHRASE,
    ),
    when="owes_publication",
    effect=after.draft,
    audience=Audience.OFFICIAL,
)  # fmt: skip
PUBLISH = Step(
    name="publish",
    label=_("Record the publication"),
    source=("concluded",),
    target="",
    roles=HEAD,
    basis=f"Khoản 1, khoản 2 Điều 40 {LAW}; khoản 2 Điều 6 {D31}",
    asks=(
        some("forms", _("How"), terms.POSTING),
        Ask("posted_on", "date", _("Since")),
        Ask("where", "text", _("Where"), max_length=200),
    ),
    closes=("tc.publish",),
    opens=(Opens("tc.post_min", "posted_on", when="posted_long"),),
    when="drafted",
    effect=after.publish,
)
UNPOST = Step(
    name="unpost",
    label=_("Record the end of the posting"),
    source=("concluded",),
    target="",
    roles=OFFICE,
    basis=f"Điểm b, c khoản 2 Điều 6 {D31}",
    asks=(
        Ask("down_on", "date", _("Taken down on")),
        Ask("evidence", "text", _("Minutes or picture: number, where kept"), max_length=200),
    ),
    closes=("tc.post_min",),
    when="owes_posting",
    effect=after.unpost,
    audience=Audience.OFFICIAL,
)
FIGURES = Step(
    name="figures",
    label=_("Figures for the reports on settlement and execution"),
    source=("concluded", "closed"),
    target="",
    roles=OFFICE,
    basis="Thông tư 06/2025/TT-TTCP, biểu 04/GQTC, 05/KQTH",
    asks=(
        Ask("sort", "choice", _("These are"), choices=(
            ("due", _("what the conclusion orders (04/GQTC)")),
            ("done", _("what has been carried out (05/KQTH)")),
        )),
        *(Ask(name, "number", label, required=False) for name, label in terms.FIGURES.items()),
    ),
    when="settled_by_conclusion",
    effect=after.figures,
    audience=Audience.OFFICIAL,
)  # fmt: skip
CLOSE = Step(
    name="close",
    label=_("Close the file"),
    source=tuple(name for name in terms.OUTCOMES if name != "inspecting"),
    target="closed",
    roles=WORK,
    basis=f"Điều 39 {LAW}",
    asks=(INNER_NOTE,),
    effect=effects.close,
)
REOPEN = Step(
    name="reopen",
    label=_("Reopen"),
    source=("closed",),
    target="examined",
    roles=HEAD,
    basis=f"Điều 24 {LAW}",
    asks=(Ask("reason", "lines", _("Reason (sealed)"), max_length=1000, personal=True),),
    opens=(Opens("tc.initial"),),
    when="reopenable",
    effect=effects.reopen,
)

STEPS = (
    SEND, HANDLE, DRAFT, PUBLISH, UNPOST, RESULT, RESULT_NOTICE, FIGURES, CLOSE, REOPEN,
)  # fmt: skip
