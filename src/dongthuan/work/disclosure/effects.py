"""What the steps change beyond the state; called by the engine inside its transaction."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Audience, Paper, Projection
from dongthuan.core.units.models import Role
from dongthuan.work.disclosure import contents, rules
from dongthuan.work.disclosure.models import Disclosure, DisclosurePlan, Evidence, Place, Posting
from dongthuan.work.disclosure.owing import promises_open, publication_promises, relay_promises
from dongthuan.work.disclosure.register import register_rows
from dongthuan.work.disclosure.services import disclosure_create, disclosure_plan_row


def decide(context: StepContext) -> None:
    """The document is there: the time of disclosure begins (khoản 3 Điều 12)."""
    matter = cast(Disclosure, context.matter)
    matter.symbol, matter.decided_on = context.data["symbol"], context.data["decided_on"]
    owe_publication(context, matter)


def owe_publication(context: StepContext, matter: Disclosure) -> None:
    assert matter.decided_on is not None
    promises = publication_promises(matter, noon(matter.decided_on))
    context.duties += promises_open(matter, promises, context.now)


def publish(context: StepContext) -> None:
    """Fix what everybody reads, forget what was personal, and put it on the page (Điều 13)."""
    matter = cast(Disclosure, context.matter)
    if matter.item == rules.REGISTER:
        matter.content_type, matter.rows = "register", register_rows(matter)
    elif not (matter.summary or matter.rows or _files(matter)):
        raise MatterError(
            _("Nothing is written yet: add a text, a table or a file before publishing.")
        )
    table = contents.public_table(matter)
    _check_personal(context, matter, contents.warnings(matter, table))
    if table:
        context.facts |= {"rows": len(table.rows), "digest": table.digest()}
        matter.public_rows = table.rows
    # Data that nobody needs any more are not kept (what the public reads has been fixed).
    matter.rows = []
    matter.published_at = context.now
    context.facts["item"] = matter.item
    _put_on_the_page(context, matter)
    context.duties += promises_open(matter, relay_promises(matter, context.now), context.now)
    # The files of the content, never those of an inner note on the same file.
    written = Paper.objects.filter(matter=matter, entry__act="disclosure.content")
    written.update(audience=Audience.PUBLIC)
    text = f"{matter.code}\n{matter.title}\n{matter.summary}"[:20_000]
    Projection.objects.filter(pk=matter.pk).update(
        title=matter.title, body=matter.summary, listed=True, search_text=text
    )


def _files(matter: Disclosure) -> bool:
    return Paper.objects.filter(matter=matter, entry__act="disclosure.content").exists()


def _check_personal(context: StepContext, matter: Disclosure, found: list[str]) -> None:
    ground = str(context.data.get("ground") or "")
    names = matter.full_names and bool(matter.rows)
    if not found and not names:
        return
    if not ground:
        shown = ", ".join(found[:5]) or _("full names")
        raise MatterError(
            _("This looks like personal data: %(found)s. Take it out, or the head states the law"
              " that orders it to be public.") % {"found": shown},
            field="ground",
        )  # fmt: skip
    if not context.acting.is_system and not context.acting.scopes_of(Role.HEAD):
        raise NotAllowed(_("Only the head may publish what looks like personal data."))
    matter.ground = ground


def _put_on_the_page(context: StepContext, matter: Disclosure) -> None:
    """The page of this system is the commune's own page: it stands there from this moment on."""
    portal = Place.objects.filter(unit=matter.unit, sort="portal", ended_on=None).first()
    if portal is None:
        return
    today = clock.today()
    posting = Posting.objects.create(
        disclosure=matter, place=portal, channel="b", started_on=today, recorded_at=context.now,
        recorded_by_id=context.acting.account_id,
        recorded_as=context.acting.label_for(matter.path)[:160],
    )  # fmt: skip
    Evidence.objects.create(
        posting=posting, sort="link", said_on=today, text=f"/cong-khai/tin/{matter.code}/"
    )
    for duty in context.duties:
        if duty.is_running and duty.rule == matter.rule and duty.subject == portal.name:
            duty_close(duty=duty, now=context.now)


def correct(context: StepContext) -> None:
    """The changed content is disclosed anew, by the same forms; the old one stays, marked."""
    old = cast(Disclosure, context.matter)
    made = disclosure_create(
        acting=context.acting, unit=old.unit, item=old.item, title=old.title, rule=rules.DEFAULT,
        symbol=context.data["symbol"], decided_on=context.data["decided_on"],
        summary=old.summary, parent=old, supersedes=old, is_demo=old.is_demo,
    )  # fmt: skip
    context.facts["correction"] = made.code
    # What hangs of the old one is taken down when the new one is put up: its days end today.
    old.postings.filter(ended_on=None).exclude(channel="b").update(ended_on=clock.today())


def cancel(context: StepContext) -> None:
    """Nothing is disclosed: what was imported for it is kept no longer."""
    cast(Disclosure, context.matter).rows = []


def adopt(context: StepContext) -> None:
    """Each line of the plan becomes a disclosure with the day that the plan sets."""
    plan = cast(DisclosurePlan, context.matter)
    rows = list(plan.rows.order_by("expected_on", "id"))
    if not rows:
        raise MatterError(_("The plan has no line yet."))
    plan.symbol = context.data["symbol"]
    made: list[Any] = [disclosure_plan_row(context.acting, plan, row) for row in rows]
    context.facts["lines"] = len(made)


def session(context: StepContext) -> None:
    """The report is owed at the nearest regular session (khoản 3 Điều 14)."""
    plan = cast(DisclosurePlan, context.matter)
    plan.session_on = context.data["session_on"]
    context.opens.append(("dc.report_council", "event", noon(plan.session_on)))


def report(context: StepContext) -> None:
    cast(DisclosurePlan, context.matter).report = context.data["document"]
