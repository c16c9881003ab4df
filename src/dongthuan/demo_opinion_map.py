"""An opinion map in the Đức Phổ example: invented statements, simulated voices, labelled so.

The consultation goes through the real services. Its votes are simulated in bulk, with the counters
that the service would keep, because two thousand single votes would make everybody wait.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.drafts import draft_add
from dongthuan.work.consultations.models import (
    Consultation,
    Participation,
    Proof,
    Statement,
    StatementVote,
)
from dongthuan.work.consultations.opinions import new_code
from dongthuan.work.consultations.services import consultation_create, villages_of
from dongthuan.work.consultations.statements.maps import map_compute
from dongthuan.work.consultations.statements.services import statement_add
from dongthuan.work.consultations.voices import pseudonym

TITLE = "Phương án sắp xếp chợ và vỉa hè trung tâm phường (minh họa)"
PURPOSE = (
    "Xin ý kiến Nhân dân về việc sắp xếp chợ, chỗ bán hàng và vỉa hè ở trung tâm phường trước khi"
    " Ủy ban nhân dân phường quyết định. Nội dung là minh họa."
)
TEXT = """Điều 1. Chợ

Hàng rong được bố trí vào khu bán hàng trong chợ, có mái che.

Điều 2. Vỉa hè

Vỉa hè đường trung tâm dành cho người đi bộ từ 6 giờ đến 18 giờ."""
# The side of each of the two minds: 1 agrees, -1 disagrees.
STATEMENTS = (
    ("Chợ cần có nhà vệ sinh công cộng sạch sẽ.", 1, 1),
    ("Lối đi trong chợ phải đủ rộng cho xe chữa cháy.", 1, 1),
    ("Rác ở chợ phải được thu gom ít nhất hai lần mỗi ngày.", 1, 1),
    ("Tiền thuê chỗ bán hàng phải được niêm yết công khai.", 1, 1),
    ("Nên cấm hẳn hàng rong trên vỉa hè đường trung tâm.", 1, -1),
    ("Vỉa hè trước hết là chỗ cho người đi bộ.", 1, -1),
    ("Người bán hàng nhỏ nên được bán trên vỉa hè vào buổi sáng.", -1, 1),
    ("Phạt người lấn chiếm vỉa hè ngay từ lần đầu.", 1, -1),
    ("Chỉ nhắc nhở, chưa phạt, trong sáu tháng đầu.", -1, 1),
    ("Nên dời chợ ra khỏi khu trung tâm.", 1, -1),
    ("Chợ ở chỗ cũ thuận tiện cho người già.", -1, 1),
    ("Nên thu phí gửi xe quanh chợ.", 1, -1),
    ("Gửi xe ở chợ phải miễn phí.", -1, 1),
    ("Xe tải chỉ được vào chợ trước 5 giờ sáng.", 1, -1),
    ("Nên miễn tiền thuê chỗ năm đầu cho hàng rong vào chợ.", -1, 1),
    ("Đèn đường quanh chợ cần sáng hơn.", 1, 1),
    ("Nên có ngày chợ phiên bán nông sản của bà con.", 1, 1),
    ("Bãi đỗ xe quan trọng hơn thêm chỗ bán hàng.", 1, -1),
    ("Ban quản lý chợ nên có đại diện người bán hàng.", -1, 1),
    ("Phường nên họp với người bán hàng trước khi quyết định.", 1, 1),
)
PEOPLE = 60


def demo_opinion_map_load(*, office: Actor, ward: str = "21439") -> Consultation:
    """One open consultation with twenty statements, sixty voices and their map."""
    unit = Unit.objects.get(code=f"{ward}-ubnd")
    with clock.at(clock.now() - dt.timedelta(days=8)):
        matter = consultation_create(
            acting=office, unit=unit, item="5", title=TITLE, purpose=PURPOSE,
            forms=["b", "e"], is_demo=True,
        )  # fmt: skip
        draft_add(acting=office, consultation_id=matter.pk, title="Dự thảo phương án", text=TEXT)
        today = clock.today()
        _step(office, matter, "send_plan", document="18/KH-UBND (minh họa)", sent_on=today)
        _step(office, matter, "publish", closes_on=today + dt.timedelta(days=30))
    matter = Consultation.objects.select_related("unit").get(pk=matter.pk)
    statements = [
        statement_add(acting=office, consultation_id=matter.pk, text=text)
        for text, *_sides in STATEMENTS
    ]
    _votes(matter, statements)
    map_compute(matter)
    return matter


def _step(actor: Actor, matter: Consultation, name: str, **data: object) -> None:
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)


def _votes(matter: Consultation, statements: list[Statement]) -> None:
    random = np.random.RandomState(25)
    at, villages = clock.now() - dt.timedelta(hours=1), villages_of(matter)
    parts, votes = [], []
    for person in range(PEOPLE):
        voice = pseudonym(matter, Proof.CODE, f"minh-hoa-{person}")
        mind = 0 if person < 34 else 1
        parts.append(Participation(
            consultation=matter, code=new_code(), voice=voice, proof=Proof.CODE, created_at=at,
            village=villages[person % len(villages)] if villages else None,
            band=("18-29", "30-44", "45-59", "60-")[person // 2 % 4], sex="fm"[person % 2],
        ))  # fmt: skip
        for statement, (_text, *sides) in zip(statements, STATEMENTS, strict=True):
            if random.random_sample() < 0.15:
                continue
            value = sides[mind] if random.random_sample() < 0.82 else int(random.choice([-1, 0, 1]))
            votes.append(StatementVote(consultation=matter, statement=statement, voice=voice,
                                       value=value, given_at=at))  # fmt: skip
            name = {1: "agreed", 0: "passed", -1: "disagreed"}[value]
            setattr(statement, name, getattr(statement, name) + 1)
    Participation.objects.bulk_create(parts)
    StatementVote.objects.bulk_create(votes)
    Statement.objects.bulk_update(statements, ["agreed", "passed", "disagreed"])
