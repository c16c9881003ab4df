"""Papers of the movement as PDF: the registration, the board's minutes, the certificate.

They are drafts to sign: number and symbol are those that the body has given. No law sets forms for
them; they follow the form of the body that issues them.
"""

from __future__ import annotations

from django.utils import translation

from dongthuan.core import clock
from dongthuan.core.papers.letterhead import head_title
from dongthuan.core.papers.paper import SEAL, SIGN, Paper, Signer, paper_pdf
from dongthuan.work.emulation import scoring
from dongthuan.work.emulation.models import (
    Award,
    Band,
    EmulationModel,
    EmulationYear,
    Field,
    Sheet,
    Sort,
)
from dongthuan.work.emulation.selectors import jurors_of

LABELS = (
    ("situation", "Thực trạng, lý do"), ("goal", "Mục tiêu, tiêu chí"),
    ("content", "Nội dung, cách làm"), ("beneficiaries", "Phạm vi, đối tượng thụ hưởng"),
    ("forces", "Lực lượng tham gia, phân công"), ("resources", "Nguồn lực"),
    ("timeline", "Thời gian, tiến độ"), ("replication", "Tính bền vững, khả năng nhân rộng"),
)  # fmt: skip


def _label(choices: type[Field] | type[Sort] | type[Band] | type[Award], value: str) -> str:
    with translation.override("vi"):  # the paper speaks Vietnamese whatever the screen speaks
        return str(choices(value).label)


def registration_pdf(model: EmulationModel) -> bytes:
    """Phiếu đăng ký mô hình “Dân vận khéo”."""
    body = [
        f"Tên mô hình: {model.title}.",
        f"Lĩnh vực: {_label(Field, model.field)}; mô hình {_label(Sort, model.sort)}.",
        *(f"{label}: {getattr(model, name)}" for name, label in LABELS),
    ]
    return paper_pdf(
        Paper(
            unit=model.registrant, title="Phiếu đăng ký",
            subtitle=f"Mô hình “Dân vận khéo” năm {model.cycle.year}", on=clock.today(),
            addressee=model.unit.name, body=[*body, f"Mã đăng ký: {model.code}."],
            head=("Kết quả đầu ra", "Đơn vị tính", "Đăng ký"), widths=(6, 2, 2),
            rows=[(one.what, one.measure, str(one.target)) for one in model.outputs.order_by("id")],
            signers=[Signer(how=""), Signer("ĐẠI DIỆN ĐƠN VỊ ĐĂNG KÝ", SIGN)],
        )
    )  # fmt: skip


def minutes_pdf(cycle: EmulationYear) -> bytes:
    """Biên bản họp hội đồng: seats, and for each model how many scored, stood aside, the result."""
    jurors = list(jurors_of(cycle))
    models = list(cycle.models.exclude(points=None).select_related("registrant").order_by("id"))
    apart: dict[int, list[str]] = {}
    for sheet in Sheet.objects.filter(model__in=models, conflict=True).select_related(
        "juror__position"
    ):
        apart.setdefault(sheet.model_id, []).append(sheet.juror.position.title)
    rows = [
        (
            str(n), f"{model.title} ({model.registrant.short_name})", str(model.scorers),
            "; ".join(apart.get(model.pk, [])) or "không", scoring.average_text(model),
            _label(Band, model.band),
        )
        for n, model in enumerate(models, start=1)
    ]  # fmt: skip
    with translation.override("vi"):
        seats = [f"{juror.position.title}: {juror.get_seat_display()}" for juror in jurors]
    return paper_pdf(
        Paper(
            unit=cycle.unit, title="Biên bản",
            subtitle=f"Họp hội đồng đánh giá mô hình “Dân vận khéo” năm {cycle.year}",
            on=clock.today(), symbol=cycle.document, body=[
                f"Căn cứ văn bản {cycle.board_document} về việc thành lập hội đồng.",
                "Thành viên hội đồng:", *seats,
                "Điểm chấm cho việc làm và kết quả của mô hình, không chấm con người. Thành viên"
                " thuộc đơn vị đăng ký không chấm mô hình của đơn vị mình.",
            ],
            head=("TT", "Mô hình", "Số người chấm", "Không chấm do xung đột lợi ích",
                  "Điểm bình quân", "Mức"),
            widths=(1, 6, 2, 4, 2, 2), rows=rows, wide=True,
            closing=cycle.minutes.splitlines(),
            signers=[Signer("THƯ KÝ", SIGN), Signer("CHỦ TỊCH HỘI ĐỒNG", SEAL)],
        )
    )  # fmt: skip


def certificate_pdf(model: EmulationModel) -> bytes:
    """Giấy công nhận mô hình; the person's name stands on it only while that person consents."""
    person = f" của {model.person_name}" if model.person_name else ""
    award = _label(Award, model.award)
    return paper_pdf(
        Paper(
            unit=model.unit, title="Giấy công nhận",
            subtitle=f"Mô hình “Dân vận khéo” {award} năm {model.cycle.year}",
            on=model.awarded_on or clock.today(), symbol=model.award_document, body=[
                f"Công nhận mô hình: {model.title}{person}.",
                f"Đơn vị thực hiện: {model.registrant.name}.",
                f"Lĩnh vực: {_label(Field, model.field)}.",
                f"Kết quả: {model.results}",
                f"(Theo văn bản số {model.award_document}.)",
            ],
            signers=[Signer(how=""), Signer(head_title(model.unit), SEAL)],
        )
    )  # fmt: skip
