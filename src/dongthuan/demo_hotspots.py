"""Two hot spots of the source, worked as examples: the market's move, the MD waste plant.

That there were steering committees and working groups for both, and that the province was asked
where it was too complex, is told by the article of 17 April 2024 on the portal of Đức Phổ town.
Days, numbers, concerns and answers are invented, and say so. Through the real services.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.hotspots.asking import request_answer, request_send
from dongthuan.work.hotspots.contact import (
    Given,
    Raised,
    contact_plan,
    incident_record,
    measure_decide,
    talk_record,
    visit_record,
)
from dongthuan.work.hotspots.models import Group, Hotspot
from dongthuan.work.hotspots.notices import (
    notice_publish,
    notice_write,
    part_publish,
    part_write,
)
from dongthuan.work.hotspots.services import Named, group_create, hotspot_create, seats_decide

LABEL = "(dữ liệu minh họa)"
SOURCE = (
    "Nguồn: bài ngày 17/4/2024 trên Cổng thông tin điện tử thị xã Đức Phổ nêu việc lập Ban Chỉ"
    " đạo và các tổ công tác do Ủy viên Ban Thường vụ làm tổ trưởng, xuống từng địa bàn vận động;"
    " ngày, con số và nội dung trao đổi trong hồ sơ này là dữ liệu minh họa."
)
CRITERIA = {"criteria": ["crowd", "people", "services"], "reason": f"Ảnh hưởng dịch vụ {LABEL}."}


def demo_hotspots_load(
    *, office: Actor, head: Actor, mobilisation: Actor, elsewhere: Actor, province: Actor
) -> int:
    """The market (closed, waits for its review) and the plant (hot). How many hot spots."""
    _market(office, head, mobilisation)
    _plant(elsewhere, province)
    return 2


def _moment(days_ago: int, hour: int = 9) -> dt.datetime:
    day = clock.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _act(actor: Actor, spot: Hotspot, step: str, **data: Any) -> None:
    matter_act(acting=actor, matter_id=spot.pk, step_name=step, data=data)


def _report(actor: Actor, spot: Hotspot, days_ago: int, situation: str, hour: int = 10) -> None:
    with clock.at(_moment(days_ago, hour)):
        _act(
            actor, spot, "report", situation=f"{situation} {LABEL}", done="Tổ công tác đã xuống"
            " địa bàn, nghe và trả lời.", next="Tiếp tục tiếp xúc, thực hiện cam kết.",
        )  # fmt: skip


def _seat(code: str, part: str, group: Group | None = None) -> Named:
    return Named(position=Position.objects.get(code=code), part=part, group=group)


def _organised(head: Actor, spot: Hotspot, ward: str, groups: tuple[str, ...]) -> list[Group]:
    """Steering committee and one working group for each area, by decision."""
    today, made = clock.today(), []
    seats_decide(
        acting=head, hotspot=spot, document="01/QĐ-BCĐ (minh họa)", decided_on=today,
        named=[_seat(f"{ward}-party", "steering_head"), _seat(f"{ward}-head", "steering_deputy"),
               _seat(f"{ward}-xdd-head", "steering"), _seat(f"{ward}-mttq-head", "steering")],
    )  # fmt: skip
    for number, area in enumerate(groups, start=1):
        group = group_create(
            acting=head, hotspot=spot, name=f"Tổ công tác số {number}", decided_on=today,
            areas=[Unit.objects.get(code=f"{ward}-{area}")], document="02/QĐ-BCĐ (minh họa)",
            tasks="Nghe bà con, trả lời, ghi lại cam kết có thời hạn (minh họa).",
        )  # fmt: skip
        made.append(group)
    seats_decide(
        acting=head, hotspot=spot, document="02/QĐ-BCĐ (minh họa)", decided_on=today,
        named=[_seat(f"{ward}-mass-mobilisation", "group_head", made[0]),
               _seat(f"{ward}-front", "group_head", made[-1]),
               _seat(f"{ward}-t01-head", "group", made[0])],
    )  # fmt: skip
    return made


def _market(office: Actor, head: Actor, mobilisation: Actor) -> None:
    ward = Unit.objects.get(code="21439")
    with clock.at(_moment(120)):
        spot = hotspot_create(
            acting=office, place=ward, title=f"Di dời chợ Đức Phổ cũ sang chợ mới {LABEL}",
            about=f"Tiểu thương lo về vị trí sạp, giá thuê, lối vào và bến xe hàng. {SOURCE}",
            topic="economy", is_demo=True,
        )  # fmt: skip
    _report(office, spot, 119, "Nhiều tiểu thương hỏi về cách bố trí sạp.")
    with clock.at(_moment(110, 8)):
        _act(head, spot, "declare_hot", **CRITERIA, document="01/TB (minh họa)")
        first, second = _organised(head, spot, "21439", ("t01", "t02"))
        for group, area in ((first, "t01"), (second, "t02")):
            contact_plan(
                acting=head, hotspot=spot, group=group, area=ward.children.get(
                    code=f"21439-{area}"), since=clock.today(), turns=30,
                until=clock.today() + dt.timedelta(days=20), purpose="Nghe ý kiến tiểu thương",
            )  # fmt: skip
    _report(head, spot, 110, "Chợ cũ ngừng bán buổi sáng; có tập trung ở cổng chợ.", 9)
    _visits(head, mobilisation, spot, first, second)
    with clock.at(_moment(100)):
        talk_record(
            acting=head, hotspot=spot, on=clock.today(), area=ward, people=85,
            venue="Nhà văn hóa phường", document="03/BB-ĐT (minh họa)",
            bodies="Ban Chỉ đạo, Ban quản lý chợ, đại diện tiểu thương từng ngành hàng",
            text="Thống nhất bốc thăm công khai theo ngành hàng (minh họa).",
            agreed=[_given("Bốc thăm sạp công khai theo ngành hàng", "21439-ubnd", 20)],
        )  # fmt: skip
    _report(head, spot, 95, "Đã bốc thăm sạp, chợ mới bắt đầu bán.")
    _keep_promises(head, spot)
    with clock.at(_moment(85)):
        _act(head, spot, "stabilise", reason=f"Chợ mới họp bình thường {LABEL}.")
    _report(head, spot, 60, "Chợ mới họp ổn định.")
    _told(head, spot)
    with clock.at(_moment(45)):
        _act(
            head, spot, "close", criteria=["answered", "kept", "calm", "told"],
            reason=f"Các cam kết đã thực hiện {LABEL}.", document="09/TB (minh họa)",
        )  # fmt: skip


def _given(what: str, unit: str, days: int) -> Given:
    return Given(
        what=f"{what} {LABEL}", unit=Unit.objects.get(code=unit),
        due_on=clock.today() + dt.timedelta(days=days),
    )  # fmt: skip


def _visits(head: Actor, mobilisation: Actor, spot: Hotspot, first: Group, second: Group) -> None:
    with clock.at(_moment(106, 15)):
        visit_record(
            acting=mobilisation, hotspot=spot, group=first, area=first.areas.get(),
            on=clock.today(), turns=32, document="01/BB-TCT (minh họa)",
            concerns=[
                Raised(topic="economy", text="Giá thuê sạp ở chợ mới có cao hơn chợ cũ không?",
                       answer="Giữ như chợ cũ trong sáu tháng đầu (minh họa)."),
                Raised(topic="construction", text="Lối vào dãy hàng cá có đủ rộng cho xe ba gác?",
                       answer="Mở thêm một lối phía đông (minh họa)."),
            ],
            promises=[_given("Mở lối phía đông vào dãy hàng cá", "21439-ubnd", 14)],
        )  # fmt: skip
    with clock.at(_moment(104, 15)):
        visit_record(
            acting=head, hotspot=spot, group=second, area=second.areas.get(), on=clock.today(),
            turns=18,
            concerns=[Raised(topic="order", text="Xe hàng đậu ở đâu buổi sáng sớm?",
                             answer="Bến xe hàng ở bãi sau chợ (minh họa).")],
        )  # fmt: skip


def _keep_promises(head: Actor, spot: Hotspot) -> None:
    with clock.at(_moment(93)):
        for promise in spot.children.filter(kind="promise"):
            matter_act(
                acting=head, matter_id=promise.pk, step_name="keep",
                data={"report": f"Đã thực hiện, xem tại chợ mới {LABEL}."},
            )  # fmt: skip


def _told(head: Actor, spot: Hotspot) -> None:
    """What everybody may read of the move."""
    with clock.at(_moment(80)):
        notice = notice_write(
            acting=head, hotspot=spot, title=f"Chuyển chợ Đức Phổ sang chợ mới {LABEL}",
            place=spot.place,
            body="Chợ mới họp từ tuần này. Sạp được bốc thăm công khai theo ngành hàng. Giá thuê"
                 " giữ như chợ cũ trong sáu tháng đầu (minh họa).",
        )  # fmt: skip
        parts = [
            part_write(acting=head, notice=notice, sort="question",
                       question="Xe hàng vào chợ bằng lối nào?",
                       text="Lối phía đông, từ 2 giờ đến 6 giờ sáng (minh họa)."),
            part_write(acting=head, notice=notice, sort="update",
                       text="Đã mở thêm lối phía đông vào dãy hàng cá (minh họa)."),
        ]  # fmt: skip
        notice_publish(acting=head, notice=notice)
        for part in parts:
            part_publish(acting=head, part=part)


def _plant(head: Actor, province: Actor) -> None:
    """The plant at Phổ Thạnh, which is of phường Sa Huỳnh since 1 July 2025."""
    ward = Unit.objects.get(code="21478")
    with clock.at(_moment(12)):
        spot = hotspot_create(
            acting=head, place=ward, topic="environment", is_demo=True,
            title=f"Nhà máy xử lý chất thải rắn MD, Phổ Thạnh {LABEL}",
            about=f"Người dân lo về mùi, nước rỉ rác và đường xe chở rác. {SOURCE}",
        )  # fmt: skip
        _act(head, spot, "declare_complex", criteria=["people", "repeated"],
             reason=f"Nhiều người phản ánh nhiều lần {LABEL}.")  # fmt: skip
    _report(head, spot, 12, "Người dân ba khu dân cư phản ánh mùi và nước rỉ rác.", 15)
    with clock.at(_moment(8, 7)):
        incident_record(
            acting=head, hotspot=spot, at=clock.now(), area=ward, people=60, grave=True,
            text=f"Tập trung ở đường vào nhà máy, xe rác dừng {LABEL}.",
            response="Lãnh đạo phường xuống ngay, mời đại diện vào trao đổi (minh họa).",
        )  # fmt: skip
        _act(head, spot, "declare_hot", **CRITERIA)
    _report(head, spot, 8, "Xe rác dừng một buổi, đã đi lại.", 8)
    with clock.at(_moment(8, 10)):
        first, _second = _organised(head, spot, "21478", ("t01", "t02"))
        contact_plan(
            acting=head, hotspot=spot, group=first, area=first.areas.get(), turns=40,
            since=clock.today(), until=clock.today() + dt.timedelta(days=25),
            purpose="Nghe và trả lời về mùi, nước rỉ rác (minh họa)",
        )  # fmt: skip
        measure_decide(
            acting=head, hotspot=spot, document="05/TB-BCĐ (minh họa)",
            measure=_given("Lấy mẫu nước, không khí và công khai kết quả", "21478-ubnd", 20),
        )  # fmt: skip
    _asked(head, province, spot)
    for days_ago in range(7, 2, -1):
        _report(head, spot, days_ago, "Xe rác đi lại, chưa yên.", 7)
    with clock.at(_moment(3, 16)):
        visit_record(
            acting=head, hotspot=spot, group=first, area=first.areas.get(), on=clock.today(),
            turns=22, document="02/BB-TCT (minh họa)",
            concerns=[
                Raised(topic="environment", text="Mùi nặng vào buổi chiều, có đo không?",
                       answer="Đo ba lần mỗi tuần, niêm yết ở nhà văn hóa (minh họa)."),
                Raised(topic="construction", text="Xe rác đi đường nào để không qua trường học?"),
            ],
        )  # fmt: skip
    for days_ago in range(2, 0, -1):
        _report(head, spot, days_ago, "Xe rác đi lại bình thường, không tập trung.", 16)


def _asked(head: Actor, province: Actor, spot: Hotspot) -> None:
    with clock.at(_moment(7)):
        sent = request_send(
            acting=head, hotspot=spot, document="06/TTr (minh họa)",
            positions=[Position.objects.get(code="51-head")],
            question="Xin ý kiến về lộ trình cải tạo hệ thống xử lý nước rỉ rác (minh họa).",
        )  # fmt: skip
    with clock.at(_moment(4)):
        request_answer(
            acting=province, request=sent, document="07/UBND (minh họa)",
            opinion="Nhất trí chủ trương; cơ quan chuyên môn kiểm tra trong tháng (minh họa).",
        )  # fmt: skip
