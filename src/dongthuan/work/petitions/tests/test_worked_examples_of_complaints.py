"""Each procedure of a complaint as a worked example that a jurist can read: tests/golden/*.md.

The files are what the real services say on a frozen clock. After a change of the law delete them:
the tests fail once and write them anew; then read every changed line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.complaints import complaints_overdue_tell
from dongthuan.work.petitions.tests.stories import Story, moment

GOLDEN = Path(__file__).parent / "golden"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def first_before(story: Story) -> None:
    story.receive("2026-05-11", known_on=day("2026-04-20"))
    story.act("accept", "2026-05-20", "Thụ lý giải quyết lần đầu")
    story.act("report", "2026-06-08", "Báo cáo kết quả xác minh: khiếu nại đúng")
    story.act("decide", "2026-06-15", "Quyết định giải quyết khiếu nại lần đầu")
    story.act("send", "2026-06-17", "Gửi quyết định", received_on=None)
    story.act("take_effect", "2026-07-16", "Ghi nhận quyết định có hiệu lực pháp luật")
    story.act("close", "2026-07-17", "Kết thúc hồ sơ")


def crossing(story: Story) -> None:
    story.receive("2026-06-15", known_on=day("2026-06-01"))
    story.act("accept", "2026-06-23", "Thụ lý giải quyết lần đầu")
    story.act("suspend", "2026-07-06", "Tạm đình chỉ: chờ kết quả vụ việc liên quan",
              ground="related_decision", document="27/QĐ-UBND",
              reason="chờ kết luận về ranh giới thửa đất")  # fmt: skip
    story.act("suspend_notice", "2026-07-08", "Gửi quyết định tạm đình chỉ")
    story.act("resume", "2026-07-27", "Tiếp tục giải quyết")
    story.act("suspend_notice", "2026-07-29", "Gửi quyết định tiếp tục giải quyết")
    story.act("report", "2026-07-30", "Báo cáo kết quả xác minh: khiếu nại đúng một phần",
              finding="partly")  # fmt: skip
    story.act("dialogue_call", "2026-07-31", "Ấn định ngày đối thoại 06/08/2026",
              day=day("2026-08-06"))  # fmt: skip
    story.act("dialogue_notice", "2026-07-31", "Gửi thông báo đối thoại")
    story.act("dialogue_hold", "2026-08-06", "Đối thoại; người khiếu nại vắng không có lý do",
              presence="absent_unexcused")  # fmt: skip
    story.act("decide", "2026-08-12", "Quyết định giải quyết khiếu nại lần đầu",
              finding="partly", measure="amend")  # fmt: skip
    story.act("send", "2026-08-13", "Gửi quyết định", received_on=None)


def received_before_accepted_after(story: Story) -> None:
    story.receive("2026-06-25", known_on=day("2026-05-20"))
    story.act("accept", "2026-07-03", "Thụ lý giải quyết lần đầu")
    story.act("recheck", "2026-07-08", "Kiểm tra lại: khiếu nại đúng", result="right")
    story.act("decide", "2026-07-10", "Quyết định giải quyết ngay")
    story.act("send", "2026-07-13", "Gửi quyết định", received_on=None)


def remote_and_complex(story: Story) -> None:
    story.receive("2026-07-06", known_on=day("2026-06-22"), conditions=["remote"])
    story.act("accept", "2026-07-14", "Thụ lý; vùng sâu, vùng xa đi lại khó khăn")
    story.act("designate", "2026-07-15", "Giao xác minh, báo cáo chậm nhất 14/08/2026",
              until=day("2026-08-14"))  # fmt: skip
    story.act("extend", "2026-08-03", "Xác định vụ việc phức tạp",
              criteria=["places", "contents"])  # fmt: skip
    story.act("report", "2026-08-14", "Báo cáo kết quả xác minh: khiếu nại đúng")
    story.act("decide", "2026-09-08", "Quyết định giải quyết khiếu nại lần đầu", measure="annul")
    story.act("send", "2026-09-10", "Gửi quyết định", received_on=None)
    story.act("delivered", "2026-09-14", "Người khiếu nại nhận quyết định ngày 12/09/2026",
              received_on=day("2026-09-12"))  # fmt: skip
    story.act("take_effect", "2026-10-26", "Ghi nhận quyết định có hiệu lực pháp luật")
    story.act("execute", "2026-10-27", "Lập kế hoạch thi hành", until=day("2026-11-20"))
    story.act("recovery_add", "2026-10-28", "Trả lại cá nhân 85.000.000 đồng và 120,5 m² đất",
              to="individual", money=85_000_000, land=Decimal("120.50"))  # fmt: skip
    story.act("recovery_collect", "2026-11-10", "Đã trả 85.000.000 đồng và 120,5 m² đất",
              number=1, money=85_000_000, land=Decimal("120.50"))  # fmt: skip
    story.act("complete", "2026-11-18", "Hoàn thành thi hành")
    story.act("close", "2026-11-20", "Kết thúc hồ sơ")


def second_level(story: Story) -> None:
    story.receive("2026-07-01", known_on=day("2026-06-22"))
    story.act("accept", "2026-07-09", "Thụ lý giải quyết lần đầu")
    story.act("report", "2026-07-20", "Báo cáo kết quả xác minh: khiếu nại sai", finding="wrong")
    story.act("dialogue_call", "2026-07-20", "Ấn định ngày đối thoại 28/07/2026",
              day=day("2026-07-28"))  # fmt: skip
    story.act("dialogue_notice", "2026-07-21", "Gửi thông báo đối thoại")
    story.act("dialogue_hold", "2026-07-28", "Đối thoại")
    story.act("decide", "2026-08-05", "Quyết định giải quyết khiếu nại lần đầu",
              finding="wrong", measure="keep")  # fmt: skip
    story.act("send", "2026-08-07", "Gửi quyết định", received_on=None)
    story.act("delivered", "2026-08-11", "Người khiếu nại nhận quyết định ngày 10/08/2026",
              received_on=day("2026-08-10"))  # fmt: skip
    story.go_up("2026-08-20", "Khiếu nại lần hai đến Chủ tịch UBND tỉnh", "decision", province())
    story.act("examine", "2026-08-21", "Xem xét đơn khiếu nại lần hai", known_on=None)
    story.act("accept", "2026-08-25", "Thụ lý giải quyết lần hai",
              handler=story.people.accounts["province"])  # fmt: skip
    story.act("report", "2026-09-15", "Báo cáo kết quả xác minh: khiếu nại đúng một phần",
              finding="partly")  # fmt: skip
    story.act("dialogue_call", "2026-09-15", "Ấn định ngày đối thoại 24/09/2026",
              day=day("2026-09-24"))  # fmt: skip
    story.act("dialogue_notice", "2026-09-16", "Gửi thông báo đối thoại")
    story.act("dialogue_hold", "2026-09-24", "Đối thoại lần hai")
    story.act("decide", "2026-10-06", "Quyết định giải quyết khiếu nại lần hai",
              finding="partly", measure="amend")  # fmt: skip
    story.act("send", "2026-10-12", "Gửi quyết định", received_on=None)
    story.act("post", "2026-10-13", "Niêm yết quyết định tại trụ sở")
    story.act("post_end", "2026-10-29", "Kết thúc niêm yết")
    story.act("take_effect", "2026-11-06", "Ghi nhận quyết định có hiệu lực pháp luật")


def no_decision(story: Story) -> None:
    story.receive("2026-07-06", known_on=day("2026-06-22"))
    story.act("accept", "2026-07-14", "Thụ lý giải quyết lần đầu")
    with clock.at(moment("2026-08-14")):
        assert complaints_overdue_tell() == 1
    story.told("2026-08-14", "Báo người khiếu nại và cấp trên: quá hạn, được khiếu nại lần hai",
               "Điều 7, khoản 1 Điều 33 Luật Khiếu nại 2011")  # fmt: skip
    story.go_up("2026-08-24", "Khiếu nại lần hai vì quá hạn", "no_decision", province())
    story.act("examine", "2026-08-25", "Xem xét đơn khiếu nại lần hai", known_on=None)
    story.act("accept", "2026-08-28", "Thụ lý giải quyết lần hai",
              handler=story.people.accounts["province"])  # fmt: skip


def discipline(story: Story) -> None:
    story.receive("2026-07-13", known_on=day("2026-07-06"), subject="dismissal")
    story.act("accept", "2026-07-21", "Thụ lý khiếu nại quyết định buộc thôi việc")
    story.act("report", "2026-07-31", "Báo cáo kết quả xác minh: khiếu nại sai", finding="wrong")
    story.act("dialogue_call", "2026-07-31", "Ấn định ngày đối thoại 10/08/2026",
              day=day("2026-08-10"))  # fmt: skip
    story.act("dialogue_notice", "2026-08-03", "Gửi thông báo đối thoại")
    story.act("dialogue_hold", "2026-08-10", "Đối thoại (bắt buộc ngay lần đầu)")
    story.act("decide", "2026-08-18", "Quyết định giải quyết khiếu nại lần đầu",
              finding="wrong", measure="keep")  # fmt: skip
    story.act("send", "2026-08-19", "Gửi quyết định", received_on=None)
    story.act("delivered", "2026-08-21", "Người khiếu nại nhận quyết định ngày 20/08/2026",
              received_on=day("2026-08-20"))  # fmt: skip
    story.go_up("2026-09-14", "Khiếu nại lần hai (30 ngày vì buộc thôi việc)", "decision",
                province())  # fmt: skip
    story.act("examine", "2026-09-15", "Xem xét đơn khiếu nại lần hai", known_on=None)
    story.act("accept", "2026-09-21", "Thụ lý giải quyết lần hai",
              handler=story.people.accounts["province"])  # fmt: skip


def too_late(story: Story) -> None:
    story.receive("2026-08-20", known_on=day("2026-04-01"), obstacle_from=day("2026-04-20"),
                  obstacle_to=day("2026-05-04"))  # fmt: skip
    story.act("refuse", "2026-08-27", "Thông báo không thụ lý (khoản 6 Điều 11)",
              ground="time_barred")  # fmt: skip


def withdrawn(story: Story) -> None:
    story.receive("2026-08-03", known_on=day("2026-07-20"))
    story.act("accept", "2026-08-10", "Thụ lý giải quyết lần đầu")
    story.act("withdraw_part", "2026-08-17", "Rút một phần nội dung")
    story.act("terminate", "2026-08-24", "Đình chỉ: rút toàn bộ khiếu nại")
    story.act("termination_sent", "2026-08-26", "Gửi quyết định đình chỉ")


def stayed(story: Story) -> None:
    story.receive("2026-09-07", known_on=day("2026-08-31"))
    story.act("accept", "2026-09-14", "Thụ lý giải quyết lần đầu")
    story.act("stay", "2026-09-15", "Tạm đình chỉ thi hành quyết định bị khiếu nại",
              until=day("2026-10-09"))  # fmt: skip
    story.act("stay_lift", "2026-10-02", "Hủy bỏ quyết định tạm đình chỉ thi hành")


def province() -> Unit:
    return Unit.objects.get(code="51-ubnd")


EXAMPLES: dict[str, tuple[Callable[[Story], None], str, str]] = {
    "01-lan-dau-truoc-01-07-2026": (
        first_before, "Khiếu nại lần đầu, nhận và thụ lý trước 01/07/2026",
        "Thụ lý trong 10 ngày (Điều 27), giải quyết trong 30 ngày (Điều 28).",
    ),
    "02-qua-moc-01-07-2026": (
        crossing, "Khiếu nại thụ lý trước, giải quyết sau 01/07/2026",
        "Thụ lý theo thời hạn cũ 10 ngày; tạm đình chỉ và đối thoại theo quy định mới ngay từ "
        "01/07/2026 (khoản 1 Điều 22 Nghị định 155/2026/NĐ-CP).",
    ),
    "03-nhan-truoc-thu-ly-sau": (
        received_before_accepted_after, "Đơn nhận trước, thụ lý sau 01/07/2026",
        "Thời hạn thụ lý tính từ ngày nhận đơn nên vẫn là 10 ngày; khiếu nại đúng được giải quyết "
        "ngay sau khi kiểm tra lại (điểm a khoản 1 Điều 29).",
    ),
    "04-vung-xa-phuc-tap-thi-hanh": (
        remote_and_complex, "Khiếu nại ở vùng sâu, vùng xa, vụ việc phức tạp, đến khi thi hành",
        "45 ngày, kéo dài đến 60 ngày kể từ ngày thụ lý; có hiệu lực sau 45 ngày; thi hành có "
        "khoản phải trả.",
    ),
    "05-lan-hai": (
        second_level, "Khiếu nại lần hai đến Chủ tịch Ủy ban nhân dân tỉnh",
        "Đối thoại bắt buộc (Điều 39); giải quyết trong 45 ngày; gửi trong 7 ngày; công khai trong "
        "15 ngày, niêm yết ít nhất 15 ngày.",
    ),
    "06-qua-han-khong-giai-quyet": (
        no_decision, "Quá hạn không giải quyết lần đầu",
        "Người khiếu nại được khiếu nại lần hai kể từ ngày hết thời hạn (khoản 1 Điều 33).",
    ),
    "07-ky-luat-buoc-thoi-viec": (
        discipline, "Khiếu nại quyết định kỷ luật buộc thôi việc",
        "Thời hiệu 15 ngày; giải quyết 30 ngày; đối thoại bắt buộc (Điều 53); khiếu nại lần hai "
        "trong 30 ngày (Điều 48).",
    ),
    "08-het-thoi-hieu": (
        too_late, "Khiếu nại hết thời hiệu",
        "90 ngày kể từ ngày biết được quyết định, trừ thời gian có trở ngại khách quan (Điều 9).",
    ),
    "09-rut-khieu-nai": (
        withdrawn, "Rút một phần rồi rút toàn bộ khiếu nại",
        "Quyết định đình chỉ được gửi trong 3 ngày làm việc (Điều 28b).",
    ),
    "10-tam-dinh-chi-thi-hanh": (
        stayed, "Tạm đình chỉ thi hành quyết định bị khiếu nại",
        "Không vượt quá thời gian còn lại của thời hạn giải quyết (Điều 35).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_worked_example_reads_as_the_jurist_approved_it(
    people: Any, submit: Any, name: str
) -> None:
    tell, title, about = EXAMPLES[name]
    story = Story(people, submit, title, about)
    tell(story)
    file = GOLDEN / f"{name}.md"
    if not file.exists():
        file.write_text(story.text(), encoding="utf-8")
        pytest.fail(f"{file.name} was missing and has been written: read it")
    assert story.text() == file.read_text(encoding="utf-8")


def test_no_example_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.md")} == set(EXAMPLES)
