"""All writes: desks and their slips, answers, and the rounds of a quarter."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.satisfaction import criteria
from dongthuan.work.satisfaction.figures import quarter_before, quarter_span
from dongthuan.work.satisfaction.models import Answer, Desk, Round, RoundTaken, Slip, Source

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
MOST_SLIPS = 480
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another


def office_check(acting: Actor, unit: Unit) -> None:
    """Only who works in the office keeps its desks and enters its paper forms."""
    if acting.is_system:
        return
    if not any(unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)):
        raise NotAllowed(_("You keep only the desks of your own unit."))


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _n in range(count))


@transaction.atomic
def desk_add(*, acting: Actor, unit: Unit, name: str, is_demo: bool = False) -> Desk:
    """A desk that people may rate from today; its token stands in the code on the wall."""
    office_check(acting, unit)
    name = clean(name)[:120]
    if not name:
        raise MatterError(_("Give the desk a name, as it stands above it."), field="name")
    try:
        with transaction.atomic():
            return Desk.objects.create(
                unit=unit, path=unit.path, name=name, token=_letters(10),
                valid_from=clock.today(), is_demo=is_demo,
            )  # fmt: skip
    except IntegrityError:
        raise MatterError(_("There is a desk of this name already."), field="name") from None


@transaction.atomic
def desk_end(*, acting: Actor, desk: Desk) -> Desk:
    """Nobody rates the desk any more; what was said of it stays in the figures."""
    office_check(acting, desk.unit)
    desk = Desk.objects.select_for_update(of=("self",)).get(pk=desk.pk)
    if desk.valid_to is None:
        desk.valid_to = clock.today()
        desk.save(update_fields=["valid_to"])
    return desk


def slip_digest(code: str) -> str:
    """What is kept of a slip's code: worthless to whoever reads the database."""
    key = hashlib.sha256(b"satisfaction.slip:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, clean(code).lower().replace("-", "").encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def slips_print(*, acting: Actor, desk: Desk, count: int) -> list[str]:
    """New codes of slips, each good for one answer; they are shown now and never again."""
    office_check(acting, desk.unit)
    if not 1 <= count <= MOST_SLIPS:
        raise MatterError(_("Between 1 and 480 slips can be printed at once."), field="count")
    if desk.valid_to:
        raise MatterError(_("This desk has ended."))
    codes = [_letters(12) for _n in range(count)]
    Slip.objects.bulk_create(
        Slip(desk=desk, digest=slip_digest(code), printed_on=clock.today()) for code in codes
    )
    return codes


@transaction.atomic
def answer_give(
    *,
    acting: Actor,
    subject: str,
    unit: Unit,
    points: Mapping[str, int],
    desk: Desk | None = None,
    slip: str = "",
    remark: str = "",
    paper: bool = False,
) -> Answer:
    """Keep one filled-in form. Nothing of who gave it is known, so nothing can be kept.

    `points`: {code: 2 | 1 | 0} of the questions answered, at least one. A `slip` is used up by it.
    `paper`: an official enters a form from the box. Raises MatterError with its field, NotAllowed.
    """
    if paper:
        office_check(acting, unit)
    if desk is not None and (desk.unit_id != unit.pk or desk.valid_to):
        raise MatterError(_("This desk can no longer be rated."))
    known = criteria.asked(subject)
    given = {code: value for code, value in points.items() if value is not None}
    if not given:
        raise MatterError(_("Answer at least one question."))
    if set(given) - set(known) or set(given.values()) - {0, 1, 2}:
        raise MatterError(_("Choose one of the answers shown."))
    remark = clean(remark)
    if len(remark) > 500:
        raise MatterError(_("The remark is longer than 500 letters."), field="remark")
    source = Source.PAPER if paper else Source.OPEN
    if slip:
        _use(slip, desk)
        source = Source.SLIP
    return Answer.objects.create(
        subject=subject, unit=unit, path=unit.path, desk=desk, on=clock.today(), source=source,
        points=given, remark=remark,
    )  # fmt: skip


def _use(code: str, desk: Desk | None) -> None:
    """One slip, one voice: the update of its row decides between two at once."""
    used = Slip.objects.filter(digest=slip_digest(code), desk=desk, used=False).update(used=True)
    if not used:
        raise MatterError(_("This slip has been used, or it is not of this desk."), field="slip")


def rounds_open(*, now: dt.datetime) -> int:
    """Open the round of the quarter that has ended for every office with desks; idempotent."""
    quarter = quarter_before(timezone.localdate(now))
    _first, last = quarter_span(quarter)
    units = Unit.objects.filter(
        pk__in=Desk.objects.filter(valid_from__lte=last).values("unit")
    ).exclude(pk__in=RoundTaken.objects.filter(quarter=quarter).values("unit"))
    return sum(_open(unit, quarter, last, now) for unit in units.filter(valid_to=None))


def _open(unit: Unit, quarter: str, last: dt.date, now: dt.datetime) -> bool:
    noon = dt.datetime.combine(last, dt.time(12), timezone.get_default_timezone())
    title = f"Kết quả đánh giá mức độ hài lòng quý {quarter[5:]} năm {quarter[:4]}"
    try:
        with transaction.atomic():
            made = matter_create(
                acting=SYSTEM, model=Round, kind="rating_round", unit=unit, title=title,
                act="rating_round.opened", facts={"quarter": quarter}, quarter=quarter,
                rules=[("mc.rating_publish", "period_end", noon)], now=now,
                is_demo=Desk.objects.filter(unit=unit, is_demo=True).exists(),
            )  # fmt: skip
            RoundTaken.objects.create(unit=unit, quarter=quarter, round=made)
    except IntegrityError:
        return False  # another worker was faster
    return True
