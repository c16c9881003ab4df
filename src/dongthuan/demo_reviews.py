"""Reviews of long-running matters in the Đức Phổ example: invented, labelled so."""

from __future__ import annotations

import datetime as dt

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Unit
from dongthuan.work.reviews.models import CaseReview
from dongthuan.work.reviews.services import reviews_open

HOLD_UP = "Chưa có trích đo ranh giới; hai lần mời đối thoại đều hoãn vì mưa lũ (minh họa)."
MISSING = "Trích đo địa chính; văn bản trả lời của chủ đầu tư (minh họa)."
PROMISE = "Tổ chức đối thoại tại nhà văn hóa tổ dân phố và công bố kết quả đo lại (minh họa)."


def demo_reviews_load(*, head: Actor, ward: str = "21439") -> int:
    """What the rules put under review; the first is assigned, looked into, with a promise."""
    office = Unit.objects.get(code=f"{ward}-ubnd")
    made = reviews_open(path=office.path, limit=6)
    first = CaseReview.objects.filter(unit=office).order_by("pk").first()
    if first is None:
        return made
    reviewer = Account.objects.get(email="xuly1@demo.vn")
    matter_act(acting=head, matter_id=first.pk, step_name="assign", data={"reviewer": reviewer})
    matter_act(
        acting=head, matter_id=first.pk, step_name="find",
        data={"causes": ["file", "coordination"], "hold_up": HOLD_UP, "missing": MISSING},
    )  # fmt: skip
    matter_act(
        acting=head, matter_id=first.pk, step_name="promise",
        data={"what": PROMISE, "until": clock.today() + dt.timedelta(days=21),
              "document": "31/TB-UBND (minh họa)"},
    )  # fmt: skip
    return made
