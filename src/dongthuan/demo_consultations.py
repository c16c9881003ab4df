"""Consultations in the Đức Phổ example: invented texts, opinions and numbers, labelled so.

One is open, with paragraph comments and a sheet; one has its answers, group by group. Through the
real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Population, Unit
from dongthuan.core.units.population import BANDS, population_set
from dongthuan.work.consultations.clusters import cluster_add, cluster_answer, opinions_cluster
from dongthuan.work.consultations.drafts import draft_add
from dongthuan.work.consultations.hearings import Count, tally_set
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.opinions import Given, Person, opinions_show, part_give
from dongthuan.work.consultations.paper import Sheet, sheets_add
from dongthuan.work.consultations.questions import questions_set
from dongthuan.work.consultations.services import consultation_create, villages_of

TEXT = """Điều 1. Phạm vi điều chỉnh

Phương án này quy định việc phân luồng giao thông trên đường số 2 (minh họa).

Điều 2. Phân luồng

Đường số 2 chỉ cho xe một chiều từ 6 giờ đến 8 giờ và từ 16 giờ đến 18 giờ các ngày đi học.

Xe tải trên 2,5 tấn không vào đường liên tổ dân phố trong các giờ trên.

Điều 3. Điểm dừng, đỗ

Bố trí một điểm dừng xe đưa đón học sinh trước nhà văn hóa tổ dân phố 1.

Điều 4. Thi hành

Phương án có hiệu lực sau khi được Ủy ban nhân dân phường quyết định."""
PAST_TEXT = """Điều 1. Điểm tập kết

Điểm tập kết rác của tổ dân phố 1 và tổ dân phố 2 đặt sau chợ, cách trường học và nhà ở gần nhất ít nhất 200 mét (minh họa).

Điều 2. Thu gom

Rác được thu gom ba ngày một lần, trước 6 giờ sáng.

Điều 3. Phân loại

Mỗi hộ tự phân loại tại nhà; thùng chung đặt tại điểm tập kết."""  # noqa: E501
QUESTIONS: list[dict[str, Any]] = [
    {"type": "single", "text": "Ông/bà có đồng ý cho xe một chiều trên đường số 2 không?",
     "choices": ["Đồng ý", "Không đồng ý", "Ý kiến khác"], "required": True},
    {"type": "text", "text": "Vì sao không đồng ý, hoặc ý kiến khác là gì?",
     "show_if": {"question": "q1", "in": [1, 2]}},
    {"type": "multi", "text": "Gia đình đi lại bằng gì trên đường này?",
     "choices": ["Xe máy", "Ô tô", "Xe đạp", "Đi bộ"]},
    {"type": "scale", "text": "Mức hài lòng với giao thông hiện nay"},
]  # fmt: skip
OPINIONS = (
    "Giờ cấm nên bắt đầu từ 6 giờ 30, học sinh vào lớp lúc 7 giờ (minh họa).",
    "Nên sơn vạch qua đường trước cổng trường (minh họa).",
    "Cho xe tải chở vật liệu vào ban đêm (minh họa).",
)
PAST_OPINIONS = (
    ("Đặt điểm tập kết xa trường học (minh họa).", 0),
    ("Điểm tập kết cách trường ít nhất 200 mét (minh họa).", 0),
    ("Thu gom rác hai ngày một lần (minh họa).", 1),
    ("Nên có thùng phân loại tại mỗi tổ (minh họa).", 2),
)
PAST_GROUPS = (
    ("Dời điểm tập kết xa trường học", "taken",
     "Đã dời điểm tập kết ra sau chợ, cách trường 350 mét (minh họa)."),
    ("Thu gom hai ngày một lần", "partly",
     "Thu gom hai ngày một lần vào mùa mưa; mùa khô giữ ba ngày vì kinh phí (minh họa)."),
    ("Đặt thùng phân loại ở mỗi tổ", "not",
     "Chưa có kinh phí năm nay; sẽ đưa vào dự toán năm sau (minh họa)."),
)  # fmt: skip


def demo_consultations_load(*, handler: Actor, head: Actor, ward: str = "21439") -> int:
    """Two consultations of a ward; returns how many."""
    office = Unit.objects.get(code=f"{ward}-ubnd")
    today = clock.today()
    _residents(ward)
    with clock.at(_moment(today - dt.timedelta(days=70))):
        past = _prepared(
            handler, office, "Dự thảo phương án đặt điểm tập kết rác (minh họa)", "5",
            "Phường xin ý kiến về nơi đặt điểm tập kết rác và số lần thu gom.", False,
        )  # fmt: skip
    _answered(handler, head, past, today)
    with clock.at(_moment(today - dt.timedelta(days=12))):
        matter = _prepared(
            handler, office, "Dự thảo phương án phân luồng giao thông đường số 2 (minh họa)", "5",
            "Trường học đông xe vào giờ cao điểm. Phường xin ý kiến trước khi quyết định.",
            True,
        )  # fmt: skip
    with clock.at(_moment(today - dt.timedelta(days=3))):
        _opinions(handler, matter)
    return 2


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), timezone.get_default_timezone())


def _residents(ward: str) -> None:
    """Invented numbers of residents, where none are on record."""
    villages = Unit.objects.filter(code__startswith=f"{ward}-t", tier="village").order_by("code")
    if Population.objects.filter(village__in=villages).exists():
        return
    for number, village in enumerate(villages):
        cells = [
            (band, sex, 40 + 7 * (number % 4) + 5 * BANDS.index(band) + (sex == "f"))
            for band in BANDS
            for sex in "mf"
        ]
        population_set(
            village=village, on=dt.date(2026, 6, 30), cells=cells, source="số liệu minh họa",
            is_demo=True,
        )  # fmt: skip


def _prepared(
    handler: Actor, office: Unit, title: str, item: str, purpose: str, sheet: bool
) -> Consultation:
    made = consultation_create(
        acting=handler, unit=office, item=item, title=title, purpose=purpose,
        forms=["b", "d", "e"], is_demo=True,
    )  # fmt: skip
    given: dict[str, Any] = {"acting": handler, "consultation_id": made.pk}
    draft_add(**given, title="Dự thảo phương án (minh họa)", text=TEXT if sheet else PAST_TEXT)
    if sheet:
        questions_set(**given, questions=QUESTIONS)
    today = clock.today()
    plan = {"document": f"{today:%d%m}/KH-UBND (minh họa)", "sent_on": today}
    matter_act(acting=handler, matter_id=made.pk, step_name="send_plan", data=plan)
    closes = {"closes_on": today + dt.timedelta(days=22)}
    matter_act(acting=handler, matter_id=made.pk, step_name="publish", data=closes)
    return Consultation.objects.select_related("unit").get(pk=made.pk)


def _opinions(handler: Actor, matter: Consultation) -> None:
    """Comments on paragraphs, and sixty paper sheets of the villages with a little of chance."""
    draft = matter.drafts.get()
    paragraphs = list(draft.paragraphs.filter(heading=False).order_by("number"))
    texts = [
        (paragraph.pk, text) for paragraph, text in zip(paragraphs[1:], OPINIONS, strict=False)
    ]
    part = part_give(consultation_id=matter.pk, given=Given(opinions=texts))
    ids = list(part.opinions.values_list("pk", flat=True))
    opinions_show(acting=handler, consultation_id=matter.pk, opinion_ids=ids)
    chance, villages = random.Random(25), villages_of(matter)  # noqa: S311 - an example, no secret
    sheets = []
    for number in range(60):
        band = chance.choice(BANDS)
        yes = 0.8 if band in ("30-44", "45-59") else 0.5
        answers = {"q1": 0 if chance.random() < yes else 1, "q3": [chance.randrange(4)],
                   "q4": chance.randint(2, 5)}  # fmt: skip
        sheets.append(
            Sheet(
                form="d",
                taken_on=clock.today(),
                source="Hòm thư góp ý nhà văn hóa (minh họa)",
                number=f"{number + 1:03d}",
                answers=answers,
                person=Person(village=chance.choice(villages), band=band, sex=chance.choice("mf")),
            )
        )
    sheets_add(acting=handler, consultation_id=matter.pk, sheets=sheets)


def _answered(handler: Actor, head: Actor, matter: Consultation, today: dt.date) -> None:
    given: dict[str, Any] = {"acting": handler, "consultation_id": matter.pk}
    with clock.at(_moment(today - dt.timedelta(days=60))):
        texts = [(None, text) for text, _group in PAST_OPINIONS]
        part = part_give(consultation_id=matter.pk, given=Given(opinions=texts))
        tally_set(
            **given, form="b", village=villages_of(matter)[0], held_on=clock.today(),
            count=Count(invited=120, present=84, agree=61, disagree=15, other=8),
            source="Biên bản họp tổ dân phố (minh họa)",
        )  # fmt: skip
    with clock.at(_moment(today - dt.timedelta(days=45))):
        matter_act(acting=handler, matter_id=matter.pk, step_name="close")
        rows = list(part.opinions.order_by("id"))
        opinions_show(**given, opinion_ids=[row.pk for row in rows])
        for number, (title, answer, reason) in enumerate(PAST_GROUPS):
            group = cluster_add(**given, title=f"{title} (minh họa)")
            mine = [row.pk for row, (_text, of) in zip(rows, PAST_OPINIONS, strict=True)
                    if of == number]  # fmt: skip
            opinions_cluster(**given, opinion_ids=mine, cluster_id=group.pk)
            cluster_answer(**given, cluster_id=group.pk, answer=answer, reason=reason)
        words = {"synthesis": "Bốn ý kiến bằng lời, một cuộc họp tổ dân phố: đa số tán thành đặt"
                 " điểm tập kết, đề nghị dời xa trường học (minh họa)."}  # fmt: skip
        matter_act(acting=handler, matter_id=matter.pk, step_name="synthesise", data=words)
        document = {"document": f"{clock.today():%d%m}/BC-UBND (minh họa)"}
        matter_act(acting=head, matter_id=matter.pk, step_name="answer", data=document)
