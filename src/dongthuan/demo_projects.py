"""Projects in the Đức Phổ example: three named in the published experience of the locality.

The names of the projects are facts of that account; every number, day, firm and obstacle here is
invented and says so. Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.projects.models import Obstacle, Project
from dongthuan.work.projects.money import contract_add, cost_add, payment_add
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.record import document_add, land_add, photo_add
from dongthuan.work.projects.services import Fund, notice_acknowledge, project_create
from dongthuan.work.projects.tasks import task_create

NOTE = (
    "Tên dự án theo bài viết về dân vận khéo ở Đức Phổ; mọi số liệu, ngày, đơn vị tại đây là"
    " minh họa."
)
# The total that the account names; shown as reference, added into nothing.
REFERENCE = (
    "Tham khảo: theo bài viết, Nhân dân Đức Phổ đã đóng góp ngày công, đất và tiền trị giá trên"
    " 240 tỷ đồng xây dựng hạ tầng nông thôn. Con số này không cộng vào các bảng ở đây."
)


@dataclass(frozen=True)
class Partners:
    """The bodies that are informed, and who answers for those that have answered."""

    actors: dict[str, Actor]
    units: list[Unit]

    def acknowledge(self, project: Project) -> None:
        for unit in self.units:
            if unit.code in self.actors:
                notice_acknowledge(acting=self.actors[unit.code], project=project, unit=unit)


def demo_projects_load(
    *, head: Actor, handler: Actor, front: Actor, mobilisation: Actor, ward: str = "21439"
) -> int:
    """A bypass with land clearance, a market that moves, a concrete road. Returns how many."""
    unit = Unit.objects.get(code=f"{ward}-ubnd")
    villages = list(Unit.objects.filter(code__startswith=f"{ward}-t").order_by("code")[:3])
    partners = Partners(
        {f"{ward}-mttq": front, f"{ward}-xdd": mobilisation},
        list(Unit.objects.filter(code__in=[f"{ward}-mttq", f"{ward}-xdd", f"{ward}-ttnd"])),
    )
    _bypass(head, handler, partners, unit, villages)
    _market(head, handler, partners, unit, villages[1])
    _road(head, handler, partners, unit, villages[0])
    return 3


def _day(ago: int) -> dt.date:
    return min(load_calendar().roll_forward(clock.today() - dt.timedelta(days=ago)), clock.today())


def _later(days: int) -> dt.date:
    """So many days after the day at which the clock stands."""
    return clock.today() + dt.timedelta(days=days)


def _at(day: dt.date, hour: int = 9) -> Any:
    moment = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
    return clock.at(min(moment, clock.now()))


def _step(actor: Actor, matter: Any, name: str, **data: Any) -> Any:
    return matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)


def _project(handler: Actor, unit: Unit, **fields: Any) -> Project:
    return project_create(
        acting=handler, unit=unit, source_note=f"{NOTE} {REFERENCE}"[:300], is_demo=True, **fields
    )


def _bypass(
    head: Actor, handler: Actor, partners: Partners, unit: Unit, villages: list[Unit]
) -> None:
    first = _day(200)
    with _at(first):
        project = _project(
            handler, unit, title="Đường tránh Quốc lộ 1, đoạn qua địa bàn (minh họa)",
            purpose="Đưa xe tải ra khỏi khu dân cư, giảm tai nạn, mở quỹ đất phía tây.",
            villages=villages, partners=partners.units,
            location="Từ nút giao phía bắc đến nút giao phía nam",
            planned_from=first, planned_to=_later(440),
            design_document="08/TKKT-MH", funds=[Fund(source="state", planned=96_400_000_000)],
        )  # fmt: skip
        _step(
            handler, project, "inform", document="31/TB-UBND",
            text="Tuyến, diện tích thu hồi, chính sách bồi thường, phân công từng đơn vị.",
        )  # fmt: skip
    with _at(_day(196)):
        partners.acknowledge(project)
    with _at(_day(180)):
        _step(head, project, "prepare", document="112/QĐ-UBND", approved_on=clock.today())
        for what, code in (("Họp dân từng tổ, ghi ý kiến về bồi thường", "mttq"),
                           ("Đo đạc, kiểm đếm, niêm yết phương án", "kt")):  # fmt: skip
            task_create(
                acting=handler, project=project, what=what, document="113/TB-UBND",
                responsible=Unit.objects.get(code=f"{unit.code[:5]}-{code}"),
                due_on=_later(200 if code == "mttq" else 120),
            )  # fmt: skip
    with _at(_day(150)):
        _step(head, project, "start", document="120/LKC", started_on=clock.today())
    for ago, agreed, paid, handed, metres in ((140, 18, 9, 4, 5200), (80, 41, 30, 22, 21400),
                                              (20, 57, 49, 44, 38900)):  # fmt: skip
        with _at(_day(ago)):
            land_add(
                acting=handler, project=project, on=clock.today(), households=64, agreed=agreed,
                paid=paid, handed_over=handed, area=Decimal(46_300), area_handed=Decimal(metres),
                amount=28_000_000_000, amount_paid=paid * 430_000_000, note="minh họa",
            )  # fmt: skip
    _bypass_money(handler, project)
    _obstacles(head, handler, project)
    with _at(_day(18)):
        _step(
            handler, project, "report", percent=46,
            summary="Xong nền đoạn phía bắc; chờ mặt bằng 7 hộ đoạn giữa. (minh họa)",
        )  # fmt: skip
        _photo(handler, project, "Nền đường đoạn phía bắc đã lu lèn", (0x8C, 0x74, 0x4E))


def _bypass_money(handler: Actor, project: Project) -> None:
    with _at(_day(148)):
        contract_add(
            acting=handler, project=project, contractor="Công ty Cầu đường Minh Họa",
            what="Thi công nền, mặt đường", value=58_200_000_000, signed_on=clock.today(),
            document="05/HĐ-MH", ends_on=_later(380),
        )  # fmt: skip
        road = cost_add(
            acting=handler, project=project, name="Nền, mặt đường", source="state", measure="m",
            quantity=Decimal(3_900), planned=60_000_000_000, contracted=58_200_000_000,
        )  # fmt: skip
        land = cost_add(
            acting=handler, project=project, name="Bồi thường, hỗ trợ", source="state",
            planned=28_000_000_000,
        )  # fmt: skip
    firm, fund = "Công ty Cầu đường Minh Họa", "Trung tâm Phát triển quỹ đất"
    paid = (
        (130, road, 11_640_000_000, firm),
        (79, land, 12_900_000_000, fund),
        (30, road, 15_300_000_000, firm),
    )
    for ago, line, amount, payee in paid:
        with _at(_day(ago)):
            payment_add(
                acting=handler, project=project, line=line, paid_on=clock.today(), amount=amount,
                payee=payee, document=f"UNC {ago}/MH",
            )  # fmt: skip


def _obstacles(head: Actor, handler: Actor, project: Project) -> None:
    def named(ago: int, what: str, where: str) -> Obstacle:
        with _at(_day(ago)):
            return obstacle_create(
                acting=handler, project=project, what=what, where=where, raised_by=project.unit
            )

    works = f"{project.unit.code[:5]}-kt"
    first = named(120, "Mồ mả trong hành lang tuyến chưa có nơi cải táng.", "Km 1+200")
    with _at(_day(118)):
        _step(head, first, "assign", owner=works, until=_later(48))
    with _at(_day(110)):
        _step(
            head, first, "agree", met_on=clock.today(), present="UBND, Mặt trận, tổ dân phố",
            solution="Bố trí khu cải táng 1.200 m² tại nghĩa trang hiện có.",
        )  # fmt: skip
    with _at(_day(75)):
        _step(head, first, "solve", report="Đã di dời xong, có biên bản của các bên.")
    with _at(_day(72)):
        _step(head, first, "verify")
    second = named(40, "Đường điện trung thế cắt ngang tuyến chưa di dời.", "Km 2+050")
    with _at(_day(38)):
        _step(head, second, "assign", owner=works, until=_later(32))
    third = named(9, "Bảy hộ chưa thống nhất đơn giá cây trồng.", "Km 2+400")
    with _at(_day(8)):
        _step(head, third, "assign", owner=works, until=_later(20))


def _market(head: Actor, handler: Actor, partners: Partners, unit: Unit, village: Unit) -> None:
    first = _day(150)
    with _at(first):
        project = _project(
            handler, unit, title="Di dời chợ cũ sang chợ mới Đức Phổ (minh họa)",
            purpose="Chấm dứt họp chợ lấn đường; tiểu thương có chỗ bán ổn định, sạch hơn.",
            villages=[village], partners=partners.units, sector="economy",
            work_type="replacement", planned_from=first,
            planned_to=_later(120), funds=[Fund(source="state", planned=7_800_000_000),
                                        Fund(source="sponsor", planned=600_000_000)],
        )  # fmt: skip
        _step(
            handler, project, "inform", document="40/TB-UBND",
            text="Phương án sắp xếp ngành hàng, lịch bốc thăm chỗ bán, hỗ trợ di chuyển.",
        )  # fmt: skip
    with _at(_day(146)):
        partners.acknowledge(project)
    with _at(_day(140)):
        _step(head, project, "prepare", document="98/QĐ-UBND", approved_on=clock.today())
        _step(head, project, "start", document="99/LKC", started_on=clock.today())
        line = cost_add(
            acting=handler, project=project, name="Nhà lồng chợ", source="state", measure="m²",
            quantity=Decimal(1_450), planned=6_200_000_000,
        )  # fmt: skip
    with _at(_day(60)):
        payment_add(
            acting=handler, project=project, line=line, paid_on=clock.today(),
            amount=6_350_000_000, payee="Công ty Xây lắp Minh Họa", document="UNC 60/MH",
            over=True,
        )  # fmt: skip
        _step(handler, project, "report", percent=85, summary="Xong nhà lồng, chờ đấu điện.")


def _road(head: Actor, handler: Actor, partners: Partners, unit: Unit, village: Unit) -> None:
    first = _day(170)
    with _at(first):
        project = _project(
            handler, unit, title="Đường bê tông tổ dân phố (minh họa)",
            purpose="Cứng hóa 420 m đường vào nhà văn hóa, hết lầy lội mùa mưa.",
            villages=[village], partners=partners.units, planned_from=first, planned_to=_later(110),
            funds=[Fund(source="state", planned=380_000_000)],
        )  # fmt: skip
        _step(
            handler, project, "inform", document="22/TB-UBND",
            text="Thiết kế mẫu, nguồn vốn, ai giám sát, ai nghiệm thu.",
        )  # fmt: skip
    with _at(_day(166)):
        partners.acknowledge(project)
    with _at(_day(160)):
        _step(head, project, "prepare", document="61/QĐ-UBND", approved_on=clock.today())
        _step(head, project, "start", document="62/LKC", started_on=clock.today())
        _photo(handler, project, "Đường đất trước khi làm", (0x9A, 0x6B, 0x3C))
        line = cost_add(
            acting=handler, project=project, name="Mặt đường bê tông", source="state", measure="m",
            quantity=Decimal(420), planned=380_000_000,
        )  # fmt: skip
    with _at(_day(75)):
        payment_add(
            acting=handler, project=project, line=line, paid_on=clock.today(), amount=372_000_000,
            payee="Hợp tác xã Xây dựng Minh Họa", document="UNC 75/MH",
        )  # fmt: skip
        _photo(handler, project, "Mặt đường bê tông đã hoàn thành", (0xB5, 0xB5, 0xAE))
        document_add(
            acting=handler, project=project, type="completionCertificate", number="14/BB-MH",
            title="Biên bản nghiệm thu (minh họa)", issued_on=clock.today(),
        )  # fmt: skip
        _step(head, project, "complete", document="14/BB-MH", ended_on=clock.today())
    with _at(_day(68)):
        _step(handler, project, "hand_over", document="15/BB-MH", keeper=village.name)
    with _at(_day(40)):
        _step(head, project, "settle", document="77/QĐ-UBND", amount=372_000_000)


def _photo(handler: Actor, project: Project, alt: str, colour: tuple[int, int, int]) -> None:
    """A drawn picture, no photograph of a place: sky, a strip of road."""
    image = Image.new("RGB", (640, 400), (0xCF, 0xE3, 0xF2))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 210, 640, 400), fill=(0x7F, 0xA6, 0x5A))
    draw.polygon(((250, 210), (390, 210), (560, 400), (80, 400)), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    file = attachment_store(upload=SimpleUploadedFile("minh-hoa.jpg", out.getvalue()))
    photo_add(
        acting=handler, project=project, file=file, taken_on=clock.today(),
        alt=f"{alt} (hình vẽ minh họa)",
    )  # fmt: skip
