"""Dialogues in the Đức Phổ example: invented heads' meetings with the people; labelled so.

Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position, Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.dialogues.models import Dialogue, Question
from dongthuan.work.dialogues.questions import (
    Asker,
    End,
    question_add,
    question_ask,
    question_merge,
    question_read,
    question_settle,
)
from dongthuan.work.dialogues.services import (
    dialogue_create,
    invitations_add,
    invitations_send,
    yearly_open,
)

WARD = "21439"
HALL = "Hội trường phường Đức Phổ (minh họa)"
MARKET = (
    "Bao giờ khu chợ mới có mái che cho dãy hàng rau? (minh họa)",
    "Phí vệ sinh chợ thu theo mức nào, thu ngày nào? (minh họa)",
    "Đề nghị mở thêm bãi giữ xe phía cổng sau chợ. (minh họa)",
    "Đường dây điện trong chợ cũ, ai thay? (minh họa)",
)


def demo_dialogues_load(*, head: Actor, party: Actor, handler: Actor) -> int:
    """One concluded, one to be concluded, one to come, the yearly one. How many dialogues."""
    _traders(head, handler)
    _secretary(party)
    _yearly(head, handler)
    _youth(handler)
    return Dialogue.objects.filter(is_demo=True).count()


def _moment(days_ago: int, hour: int = 9) -> dt.datetime:
    day = clock.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _act(actor: Actor, dialogue: Dialogue, name: str, **data: Any) -> None:
    matter_act(acting=actor, matter_id=dialogue.pk, step_name=name, data=data)


def _planned(actor: Actor, seat: str, on: dt.date, **fields: Any) -> Dialogue:
    host = Position.objects.select_related("unit__parent").get(code=f"{WARD}-{seat}")
    front = Unit.objects.get(code=f"{WARD}-mttq")
    return dialogue_create(
        acting=actor, host=host, on=on, venue=HALL, partners=[front], is_demo=True,
        **({"sort": "group", "time": "8:00"} | fields),
    )  # fmt: skip


def _traders(head: Actor, handler: Actor) -> None:
    """Held two months ago; one promise was kept, another is late."""
    day = _moment(60)
    with clock.at(_moment(75)):
        made = _planned(
            handler, "head", day.date(), groups="Tiểu thương chợ Đức Phổ",
            theme="Đối thoại với tiểu thương chợ Đức Phổ (minh họa)",
            agenda="Sắp xếp quầy hàng, phí chợ, an toàn điện, bãi giữ xe (minh họa).",
        )  # fmt: skip
        rows = invitations_add(
            acting=handler, dialogue=made, whom=["Ban quản lý chợ", "Tiểu thương các dãy hàng"]
        )
        invitations_send(
            acting=handler, dialogue=made, invitations=[row.pk for row in rows], means="paper"
        )
        _act(handler, made, "announce", means="both", document="98/TB-UBND (minh họa)")
    with clock.at(day + dt.timedelta(hours=1)):
        asked = [
            question_add(acting=handler, dialogue=made, text=text, channel="spoken")
            for text in MARKET
        ]
        _market_ends(handler, asked)
        _act(head, made, "hold", chair="self", present=86, minutes="Biên bản minh họa.")
    with clock.at(_moment(54)):
        _act(head, made, "conclude", document="103/TB-UBND (minh họa)",
             conclusion="Giao các phòng thực hiện đúng hạn đã hứa (minh họa).")  # fmt: skip
    promise = Matter.objects.filter(parent=made, kind="promise").order_by("id")[0]
    with clock.at(_moment(20)):
        matter_act(acting=head, matter_id=promise.pk, step_name="keep",
                   data={"report": "Đã lợp mái che dãy hàng rau (minh họa)."})  # fmt: skip


def _market_ends(handler: Actor, asked: list[Question]) -> None:
    roof, fee, parking, wires = asked
    today = clock.today()
    for question, end in (
        (roof, End(outcome="promised", answer="Lợp mái che dãy hàng rau (minh họa).",
                   due_on=today + dt.timedelta(days=45))),
        (fee, End(outcome="answered",
                  answer="Thu ngày 05 hằng tháng, mức niêm yết tại cổng chợ (minh họa).")),
        (parking, End(outcome="promised", answer="Mở bãi giữ xe cổng sau chợ (minh họa).",
                      due_on=today + dt.timedelta(days=50))),
        (wires, End(outcome="outside",
                    answer="Thuộc ngành điện lực; phường đã có văn bản đề nghị (minh họa).")),
    ):  # fmt: skip
        question_settle(acting=handler, question=question, end=end)


def _secretary(party: Actor) -> None:
    """The Party secretary's, held last week; its conclusion is owed."""
    day = _moment(5).date()
    with clock.at(_moment(20)):
        made = _planned(
            party, "party", day,
            sort="regular", groups="Đảng viên, Nhân dân các tổ dân phố",
            theme="Bí thư Đảng ủy đối thoại với Nhân dân (minh họa)",
            agenda="Xây dựng Đảng, đời sống, hạ tầng (minh họa).",
        )  # fmt: skip
        _act(party, made, "announce", means="villages", document="12-TB/ĐU (minh họa)")
    assert made.held_at is not None
    with clock.at(made.held_at + dt.timedelta(hours=3)):
        first = question_add(
            acting=party, dialogue=made, channel="spoken",
            text="Khi nào có sân chơi cho trẻ em ở tổ dân phố 2? (minh họa)",
        )  # fmt: skip
        question_settle(
            acting=party, question=first,
            end=End(outcome="answered", answer="Đã đưa vào nghị quyết năm sau (minh họa)."),
        )  # fmt: skip
        question_add(
            acting=party, dialogue=made, channel="paper",
            text="Đề nghị công khai tiến độ đường tránh. (minh họa)",
        )  # fmt: skip
        _act(party, made, "hold", chair="self", present=140, minutes="Biên bản minh họa.")


def _yearly(head: Actor, handler: Actor) -> None:
    """The year's dialogue of the commune: announced, questions come in."""
    commune = Unit.objects.get(code=WARD)
    with clock.at(_moment(30)):
        made = yearly_open(acting=head, commune=commune, year=clock.today().year, is_demo=True)
    if made is None:
        return
    day = min(clock.today() + dt.timedelta(days=19), dt.date(made.year, 12, 31))
    if (day - clock.today()).days < 8:
        return  # too late in the year for its notice: it stays owed, as it would
    _act(handler, made, "plan", on=day, time="8:00", venue=HALL,
         agenda="Hoạt động của Ủy ban nhân dân; đất đai; hạ tầng (minh họa).")  # fmt: skip
    invitations_add(acting=handler, dialogue=made, units=list(villages_of(commune, clock.today())))
    _act(handler, made, "announce", means="both", document="128/TB-UBND (minh họa)")
    _ahead(handler, made)


def _ahead(handler: Actor, made: Dialogue) -> None:
    texts = ("Bao giờ đường tránh chợ làm xong? (minh họa)",
             "Đường tránh chợ còn chậm đến khi nào? (minh họa)",
             "Đề nghị thêm đèn đường ngõ 12. (minh họa)")  # fmt: skip
    first, second, _third = (
        question_ask(dialogue=made, text=text, channel="web", asker=Asker()) for text in texts
    )
    question_read(acting=handler, question=first, words=texts[0])
    question_merge(acting=handler, question=second, into=first.number)


def _youth(handler: Actor) -> None:
    """Planned for next month, not announced yet."""
    day = load_calendar().roll_forward(clock.today() + dt.timedelta(days=26))
    _planned(handler, "head", day, theme="Đối thoại với thanh niên (minh họa)",
             groups="Đoàn viên, thanh niên", time="14:00",
             agenda="Việc làm, chuyển đổi số, sân chơi (minh họa).")  # fmt: skip
