"""The movement “Dân vận khéo” in the Đức Phổ example: invented models, labelled so.

Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position, Unit
from dongthuan.demo_pictures import drawn
from dongthuan.work.emulation.appraising import sheet_score
from dongthuan.work.emulation.models import EmulationModel, EmulationYear
from dongthuan.work.emulation.scoring import criteria
from dongthuan.work.emulation.services import (
    Promised,
    Registration,
    cycle_open,
    juror_add,
    model_register,
    outputs_record,
    picture_add,
)

WARD = "21439"
ROAD = Registration(
    name="Tuyến đường không rác (minh họa)", field="culture", sort="collective",
    situation="Rác để ngoài giờ ở sáu điểm dọc tuyến đường của tổ.",
    goal="Xóa cả sáu điểm rác tự phát, giữ sạch ít nhất sáu tháng.",
    content="Mỗi ngõ tự quản một đoạn; để rác đúng giờ; trồng hoa ở điểm đã xóa.",
    beneficiaries="Các hộ của tổ dân phố 1.",
    forces="Chi bộ lãnh đạo; ban công tác Mặt trận và các chi hội mỗi bên nhận một đoạn.",
    resources="Người dân góp 120 ngày công; phường cho mượn hai xe đẩy.",
    timeline="Bắt đầu tháng 2, kiểm tra tháng 7, đánh giá cuối năm.",
    replication="Không cần kinh phí lớn; tổ nào có điểm rác tự phát đều làm được.",
    outputs=(
        Promised(what="Điểm rác tự phát đã xóa", measure="điểm", target=6),
        Promised(what="Hộ tham gia tự quản", measure="hộ", target=80),
    ),
)  # fmt: skip
LAMPS = Registration(
    name="Ngõ sáng an toàn (minh họa)", field="security", sort="collective",
    situation="Bảy ngõ không có đèn, người dân ngại đi lại buổi tối.",
    goal="Thắp sáng cả bảy ngõ.", content="Vận động mỗi ngõ góp đèn năng lượng mặt trời.",
    beneficiaries="Hộ dân và công nhân tan ca tối.",
    forces="Mặt trận phường chủ trì, công an khu vực phối hợp.",
    resources="Người dân và nhà hảo tâm góp đèn.", timeline="Từ tháng 3 đến tháng 10.",
    replication="Có bản vẽ và danh mục đèn để nơi khác dùng lại.",
    outputs=(Promised(what="Đèn đã lắp", measure="bóng", target=42),),
)  # fmt: skip


def demo_emulation_load(
    *, lead: Actor, lead_head: Actor, front: Actor, front_head: Actor, council: Actor,
    village: Actor,
) -> int:  # fmt: skip
    """A year with three models, one of them recognised and copied. How many models."""
    with clock.at(_moment(300)):
        cycle = _year(lead)
        road = _register(village, cycle, f"{WARD}-t01", ROAD)
        lamps = _register(front, cycle, f"{WARD}-mttq", LAMPS)
    _work(lead, village, road)
    with clock.at(_moment(290)):
        _act(lead, lamps, "guide", guidance="Ghi rõ số đèn từng ngõ (minh họa).")
    with clock.at(_moment(280)):
        _act(front, lamps, "begin", on=clock.today())
    _recognise(lead, lead_head, front_head, council, cycle, road)
    with clock.at(_moment(14)):
        following = _year(lead, year=clock.today().year + 1)
        copied = EmulationModel.objects.get(pk=road.pk)
        words = {**ROAD.__dict__, "name": "Tuyến phố không rác do Mặt trận phát động (minh họa)"}
        # The front officer registers for the ward's Front, which spreads the model further.
        _register(front, following, f"{WARD}-mttq", Registration(**words), copied)
    return EmulationModel.objects.count()


def _moment(days_ago: int, hour: int = 9) -> dt.datetime:
    day = clock.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _act(actor: Actor, matter: Any, name: str, **data: Any) -> None:
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)


def _year(lead: Actor, year: int = 0) -> EmulationYear:
    today = clock.today()
    year = year or today.year
    first = max(today, dt.date(year, 1, 1))
    last = min(first + dt.timedelta(days=300), dt.date(year + 1, 3, 31))
    return cycle_open(
        acting=lead, lead=Unit.objects.get(code=f"{WARD}-xdd"), year=year, is_demo=True,
        register_until=first + (last - first) / 8,
        midyear_until=first + (last - first) / 2,
        appraise_until=last,
    )  # fmt: skip


def _register(
    actor: Actor, cycle: EmulationYear, body: str, words: Registration,
    copies: EmulationModel | None = None,
) -> EmulationModel:  # fmt: skip
    return model_register(
        acting=actor, cycle=cycle, registrant=Unit.objects.get(code=body), registration=words,
        copies=copies, is_demo=True,
    )  # fmt: skip


def _work(lead: Actor, village: Actor, model: EmulationModel) -> None:
    with clock.at(_moment(295)):
        _act(lead, model, "guide", guidance="Đếm số điểm rác trước và sau (minh họa).")
    with clock.at(_moment(285)):
        _act(village, model, "begin", on=clock.today())
    with clock.at(_moment(150)):
        _act(lead, model, "check", finding="Đã xóa bốn điểm, đúng tiến độ (minh họa).")
    with clock.at(_moment(40)):
        figures = dict(zip(model.outputs.order_by("id"), (6, 94), strict=True))
        outputs_record(
            acting=village, model=model, achieved={row.pk: n for row, n in figures.items()}
        )
        picture_add(
            acting=village, model=model, attachment=drawn("#2f6b4f"),
            alt="Hình vẽ minh họa: bồn hoa ở nơi từng là điểm rác",
        )  # fmt: skip
        _act(village, model, "submit",
             results="Xóa cả sáu điểm rác tự phát; 94 hộ tham gia tự quản (minh họa).")  # fmt: skip


def _recognise(
    lead: Actor, lead_head: Actor, front_head: Actor, council: Actor, cycle: EmulationYear,
    model: EmulationModel,
) -> None:  # fmt: skip
    seats = (("xdd-head", "chair"), ("mttq-head", "secretary"), ("council", "member"))
    with clock.at(_moment(265)):
        _act(lead, cycle, "close", document="02/KH-BXDD (minh họa)")
    with clock.at(_moment(149)):
        _act(lead, cycle, "midyear", report="Hai mô hình đúng tiến độ (minh họa).")
        for short, seat in seats:
            position = Position.objects.get(code=f"{WARD}-{short}")
            juror_add(acting=lead, cycle=cycle, position=position, seat=seat)
    with clock.at(_moment(30)):
        _act(lead_head, cycle, "convene", document="05/QĐ-BXDD (minh họa)")
        full = {one.key: one.most for one in criteria(cycle.year)}
        for less, member in enumerate((lead_head, front_head, council)):
            sheet_score(acting=member, model=model, points={**full, "4": full["4"] - 2 * less})
        _act(lead, model, "appraise")
    with clock.at(_moment(25)):
        _act(lead_head, model, "recognise", level="commune", document="12/QĐ (minh họa)",
             on=clock.today())  # fmt: skip
