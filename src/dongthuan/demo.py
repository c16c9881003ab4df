"""The Đức Phổ example: invented people and matters, labelled so, through the real services.

Nothing here is written past the services: history is told by letting the clock stand at each day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act, matter_assign, matter_note
from dongthuan.core.people.actors import ANONYMOUS, Actor, actor_for
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.demo import demo_units_load
from dongthuan.core.units.models import Position, Unit
from dongthuan.demo_consultations import demo_consultations_load
from dongthuan.demo_contributions import demo_contributions_load
from dongthuan.demo_coordination import demo_coordination_load
from dongthuan.demo_decisions import demo_decisions_load
from dongthuan.demo_dialogues import demo_dialogues_load
from dongthuan.demo_directives import demo_directives_load
from dongthuan.demo_disclosure import demo_disclosure_load
from dongthuan.demo_elections import demo_elections_load
from dongthuan.demo_emulation import demo_emulation_load
from dongthuan.demo_hotspots import demo_hotspots_load
from dongthuan.demo_news import demo_news_load
from dongthuan.demo_opinion_map import demo_opinion_map_load
from dongthuan.demo_projects import demo_projects_load
from dongthuan.demo_receptions import demo_receptions_load
from dongthuan.demo_recommendations import demo_recommendations_load
from dongthuan.demo_reviews import demo_reviews_load
from dongthuan.demo_satisfaction import demo_satisfaction_load
from dongthuan.demo_supervision import demo_supervision_load
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.services import denunciation_create
from dongthuan.work.petitions.services import Sender, submission_create

PASSWORD = "dong-thuan-2026"  # noqa: S105 - printed on the screen, for the demonstration only

# name to show, e-mail, positions
OFFICIALS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Lê Thị Mai (minh họa)", "tiepnhan@demo.vn", ("21439-intake",)),
    ("Trần Văn Hòa (minh họa)", "xuly1@demo.vn", ("21439-handler-1",)),
    ("Phạm Thị Cúc (minh họa)", "xuly2@demo.vn", ("21439-handler-2",)),
    ("Nguyễn Thị Lan (minh họa)", "chutich@demo.vn", ("21439-head",)),
    ("Võ Văn Sơn (minh họa)", "danvan@demo.vn", ("21439-mass-mobilisation",)),
    ("Trương Thị Vân (minh họa)", "truongban.danvan@demo.vn", ("21439-xdd-head",)),
    ("Đặng Thị Thu (minh họa)", "mattran@demo.vn", ("21439-front",)),
    ("Phan Văn Minh (minh họa)", "chutich.mattran@demo.vn", ("21439-mttq-head",)),
    ("Huỳnh Văn Bình (minh họa)", "bithu@demo.vn", ("21439-party",)),
    ("Tạ Thị Hạnh (minh họa)", "hdnd@demo.vn", ("21439-council",)),
    ("Nguyễn Văn An (minh họa)", "giamsat@demo.vn", ("21439-ttnd-1",)),
    ("Bùi Văn Kín (minh họa)", "tocao@demo.vn", ("21439-sealed",)),
    ("Hồ Thị Thanh (minh họa)", "thanhtra@demo.vn", ("51-inspector",)),
    ("Quản trị hệ thống (minh họa)", "quantri@demo.vn", ("21439-admin",)),
    ("Lý Văn Biển (minh họa)", "sahuynh@demo.vn", ("21478-intake", "21478-handler-1")),
    ("Cao Thị Trà (minh họa)", "tracau@demo.vn", ("21451-intake", "21451-handler-1")),
    ("Ngô Văn Núi (minh họa)", "nguyennghiem@demo.vn", ("21457-intake", "21457-handler-1")),
    ("Đỗ Thị Cường (minh họa)", "khanhcuong@demo.vn", ("21472-intake", "21472-handler-1")),
    ("Tổ trưởng tổ dân phố 1 (minh họa)", "totruong@demo.vn", ("21439-t01-head",)),
    ("Trưởng ban Mặt trận tổ dân phố 1 (minh họa)", "mattran.to1@demo.vn", ("21439-t01-front",)),
    ("Chủ tịch Sa Huỳnh (minh họa)", "chutich.sahuynh@demo.vn", ("21478-head",)),
    ("Tiếp nhận tỉnh (minh họa)", "tinh@demo.vn", ("51-intake", "51-handler", "51-head")),
)

OFFICE = {"21439": "tiepnhan", "21478": "sahuynh", "21451": "tracau", "21457": "nguyennghiem",
          "21472": "khanhcuong"}  # fmt: skip
WORKER = {**OFFICE, "21439": "xuly1"}


@dataclass(frozen=True)
class Story:
    """One matter of the example: where, what, how long ago, and how far it got.

    `end`: received, registered, examined, accepted, overdue, extended, suspended, answered,
    answered_late, published, closed, guided, stored.
    """

    place: str
    kind: str
    topic: str
    days_ago: int
    end: str
    text: str
    title: str
    answer: str = ""
    channel: str = "web"
    people: int = 1
    sender: str = "Người dân (minh họa)"
    extra: dict[str, Any] = field(default_factory=dict)


STORIES: tuple[Story, ...] = (
    Story("21439-t01", "feedback", "construction", 64, "closed",
          "Đoạn đường từ nhà văn hóa tổ dân phố ra tỉnh lộ có ba ổ gà lớn, trời mưa nước đọng, "
          "học sinh đi xe đạp hay ngã. Đề nghị phường cho vá lại trước mùa mưa.",
          "Ổ gà trên đường ra tỉnh lộ",
          "Phường đã vá ba vị trí hư hỏng bằng bê tông nhựa nguội và dọn cửa thu nước."),
    Story("21439-t02", "feedback", "environment", 51, "closed",
          "Điểm tập kết rác cạnh chợ mới để qua hai ngày không ai lấy, mùi hôi vào tận trường mầm "
          "non. Mong phường nhắc đơn vị thu gom đúng giờ.",
          "Rác cạnh chợ mới để quá hai ngày",
          "Đã làm việc với đơn vị thu gom: lấy rác trước 6 giờ sáng hằng ngày, kể cả chủ nhật."),
    Story("21439-t03", "recommendation", "welfare", 45, "published",
          "Tổ dân phố có bốn hộ vừa bị thiệt hại sau bão nhưng chưa có trong danh sách hỗ trợ. Kiến "
          "nghị phường rà soát lại và niêm yết danh sách ở nhà văn hóa.",
          "Rà soát danh sách hỗ trợ sau bão",
          "Đã rà soát, bổ sung ba hộ đủ điều kiện; danh sách niêm yết 30 ngày tại nhà văn hóa."),
    Story("21439-t01", "complaint", "land", 38, "extended",
          "Tôi khiếu nại quyết định thu hồi 120 mét vuông đất vườn để mở rộng đường tránh vì diện "
          "tích đo không đúng với giấy tờ gia đình đang giữ, đề nghị đo lại.",
          "Diện tích đất thu hồi đo chưa đúng", channel="counter"),
    Story("21439-t02", "complaint", "land", 12, "accepted",
          "Tôi khiếu nại mức bồi thường cây lâu năm trong đợt giải phóng mặt bằng vì bảng kê thiếu "
          "mười hai cây dừa đã có trái.",
          "Bảng kê bồi thường thiếu cây trồng"),
    Story("21439-t03", "feedback", "service", 30, "answered_late",
          "Tôi đến bộ phận một cửa nộp hồ sơ hai lần đều được hẹn lại mà không có giấy hẹn, đề nghị "
          "giải thích rõ cần bổ sung giấy tờ gì.",
          "Hẹn lại hồ sơ nhiều lần",
          "Phường xin lỗi; đã hướng dẫn một lần đầy đủ bằng văn bản và trả kết quả cho ông bà."),
    Story("21439-t04", "feedback", "order", 20, "overdue",
          "Quán hát đầu hẻm mở loa đến gần nửa đêm các ngày cuối tuần, người già và trẻ nhỏ không "
          "ngủ được, đã nhắc nhiều lần không được.",
          "Tiếng ồn ban đêm cuối tuần"),
    Story("21439-t05", "recommendation", "economy", 9, "accepted",
          "Kiến nghị phường bố trí chỗ bán hàng cho bà con chuyển từ chợ cũ sang chợ mới gần lối vào "
          "hơn vì các sạp phía sau ít người qua.",
          "Sắp xếp chỗ bán ở chợ mới", people=17),
    Story("21439-t06", "feedback", "construction", 6, "examined",
          "Đèn đường từ ngã ba đến trạm y tế tắt đã hơn một tuần, đoạn này có nhiều công nhân tan ca "
          "tối, rất nguy hiểm.",
          "Đèn đường tắt gần trạm y tế"),
    Story("21439-t01", "petition", "environment", 2, "registered",
          "Nước giếng ở xóm có mùi lạ sau khi xưởng phía trên hoạt động, đề nghị cho lấy mẫu kiểm "
          "tra và báo kết quả cho dân biết.",
          "Nước giếng có mùi lạ"),
    Story("21439-t02", "petition", "construction", 1, "received",
          "Cống thoát nước trước nhà văn hóa bị vỡ nắp, đã có người sụp chân. Đề nghị thay nắp cống "
          "và đặt biển báo tạm.",
          "Cống vỡ nắp trước nhà văn hóa"),
    Story("21439-t02", "petition", "construction", 0, "received",
          "Kính gửi Ủy ban phường. Cống thoát nước trước nhà văn hóa bị vỡ nắp, đã có người sụp "
          "chân, đề nghị thay nắp cống và đặt biển báo tạm. Xin cảm ơn.",
          "Cống vỡ nắp trước nhà văn hóa"),
    Story("21439-t03", "complaint", "land", 24, "guided",
          "Tôi khiếu nại bản án chia thừa kế của tòa án vì cho rằng việc chia đất giữa các anh em là "
          "chưa đúng với di chúc.",
          "Không đồng ý với bản án của tòa"),
    Story("21439-t04", "recommendation", "other", 18, "stored",
          "Đơn gửi cùng lúc nhiều nơi, trong đó có cơ quan đã thụ lý; nội dung trùng với đơn trước.",
          "Đơn gửi nhiều nơi"),
    Story("21478-t01", "feedback", "environment", 33, "closed",
          "Bãi biển sau đợt gió mùa dạt nhiều rác nhựa, đề nghị tổ chức ra quân dọn và đặt thêm "
          "thùng rác ở lối xuống bãi.",
          "Rác nhựa dạt vào bãi biển",
          "Đã ra quân dọn với thanh niên và hội phụ nữ, đặt thêm tám thùng rác."),
    Story("21478-t02", "recommendation", "economy", 15, "accepted",
          "Ngư dân kiến nghị nạo vét luồng vào cảng cá vì tàu trên mười lăm mét phải chờ nước lên "
          "mới vào được.",
          "Nạo vét luồng vào cảng cá", people=42),
    Story("21478-t03", "complaint", "land", 70, "suspended",
          "Khiếu nại việc xác định ranh giới đất làm muối khi lập hồ sơ dự án nhà máy xử lý chất "
          "thải rắn.",
          "Ranh giới đất làm muối"),
    Story("21451-t01", "feedback", "education", 27, "published",
          "Nhà vệ sinh trường tiểu học hư cửa và thiếu nước, các cháu phải nhịn đến hết buổi.",
          "Nhà vệ sinh trường tiểu học hư hỏng",
          "Đã sửa cửa, lắp bồn nước 2.000 lít; nhà trường cử người kiểm tra hằng ngày."),
    Story("21451-t02", "feedback", "construction", 8, "accepted",
          "Kênh dẫn nước nội đồng bị sạt một đoạn dài mười mét, vụ đông xuân sắp xuống giống mà nước "
          "không về tới ruộng.",
          "Kênh nội đồng bị sạt"),
    Story("21457-t01", "recommendation", "construction", 40, "closed",
          "Kiến nghị làm lan can cầu tràn vì mỗi mùa lũ xe máy qua lại rất nguy hiểm.",
          "Lan can cầu tràn",
          "Đã lắp cọc tiêu phản quang và lan can tạm; phần kiên cố đưa vào kế hoạch đầu tư 2027."),
    Story("21457-t02", "feedback", "order", 16, "overdue",
          "Xe tải chở keo chạy qua thôn lúc tan học với tốc độ cao, đề nghị cắm biển hạn chế giờ.",
          "Xe tải chạy qua thôn giờ tan học"),
    Story("21472-t01", "feedback", "environment", 22, "answered",
          "Trại heo đầu thôn xả nước thải ra mương vào ban đêm, ruộng phía dưới lúa bị vàng lá.",
          "Nước thải trại heo ra mương",
          "Đã kiểm tra, lập biên bản, yêu cầu ngừng xả và xây hầm trước ngày 15 tháng sau."),
    Story("21472-t02", "recommendation", "welfare", 3, "examined",
          "Kiến nghị hướng dẫn thủ tục cho người già từ bảy mươi lăm tuổi nhận trợ cấp mới vì nhiều "
          "cụ không đi xa được.",
          "Hướng dẫn trợ cấp cho người cao tuổi"),
    # A quiet year before, so that what is usual is known.
    Story("21439-t03", "feedback", "construction", 330, "closed",
          "Mương thoát nước trước chợ nhỏ bị đất cát lấp, mưa là ngập.",
          "Nạo vét mương trước chợ nhỏ", "Đã nạo vét 60 mét mương."),
    Story("21439-t01", "feedback", "order", 301, "closed",
          "Đề nghị nhắc các hộ buôn bán không lấn vỉa hè trước trường học.",
          "Lấn vỉa hè trước trường học", "Đã nhắc nhở, kẻ vạch phần đi bộ."),
    Story("21439-t06", "feedback", "environment", 284, "closed",
          "Thùng rác công cộng cuối xóm bị bể, rác tràn ra đường.",
          "Thùng rác công cộng bị bể", "Đã thay thùng rác mới."),
    Story("21439-t04", "feedback", "welfare", 259, "closed",
          "Xin hướng dẫn hồ sơ vay vốn sửa nhà cho hộ cận nghèo.",
          "Hướng dẫn vay vốn sửa nhà", "Đã hướng dẫn hồ sơ tại nhà văn hóa."),
    Story("21439-t02", "feedback", "service", 231, "closed",
          "Bảng giờ làm việc của bộ phận một cửa ghi khác giờ thực tế.",
          "Bảng giờ làm việc chưa đúng", "Đã sửa bảng giờ làm việc."),
    Story("21439-t06", "feedback", "construction", 214, "closed",
          "Nắp hố ga đầu hẻm kêu to mỗi khi xe qua.",
          "Nắp hố ga kêu to", "Đã chèn lại nắp hố ga."),
    Story("21439-t01", "feedback", "education", 188, "closed",
          "Sân chơi trẻ em thiếu đèn buổi tối.",
          "Đèn sân chơi trẻ em", "Đã lắp hai bóng đèn."),
    Story("21439-t03", "feedback", "economy", 163, "closed",
          "Đề nghị công khai lịch cấp nước tưới vụ hè thu.",
          "Lịch cấp nước tưới", "Đã niêm yết lịch tưới tại nhà văn hóa."),
    Story("21439-t04", "feedback", "environment", 140, "closed",
          "Kênh sau xóm có nhiều bèo, nước đứng, muỗi nhiều.",
          "Bèo và nước đứng ở kênh", "Đã vớt bèo, khơi dòng."),
    Story("21439-t02", "feedback", "order", 122, "closed",
          "Bãi đậu xe tải trên đường nội bộ che khuất tầm nhìn.",
          "Xe tải đậu che tầm nhìn", "Đã cắm biển cấm đậu xe tải."),
    Story("21439-t06", "feedback", "land", 104, "closed",
          "Hỏi thủ tục tách thửa cho con xây nhà, cần giấy tờ gì.",
          "Thủ tục tách thửa", "Đã hướng dẫn bằng văn bản."),
    Story("21439-t05", "feedback", "construction", 88, "closed",
          "Đường bê tông liên xóm nứt một đoạn gần cầu bản.",
          "Đường bê tông nứt gần cầu bản", "Đã trám vết nứt, theo dõi tiếp."),
    # Seven letters of a week on one thing in one place: what the early warning is for.
    Story("21439-t05", "feedback", "environment", 6, "examined",
          "Bãi rác tự phát cuối đường bê tông bị đốt mỗi chiều, khói vào nhà, trẻ nhỏ ho nhiều. Đề "
          "nghị phường cho dọn và cấm đốt.",
          "Đốt rác ở bãi tự phát", sender="Người dân 1 (minh họa)"),
    Story("21439-t05", "feedback", "environment", 5, "accepted",
          "Khói đốt rác cuối xóm bay sang trường mẫu giáo, cô giáo phải đóng cửa sổ cả buổi.",
          "Khói đốt rác bay sang trường mẫu giáo", sender="Người dân 2 (minh họa)"),
    Story("21439-t05", "petition", "environment", 4, "registered",
          "Xe ba gác chở rác nơi khác đến đổ ở bãi đất trống vào sáng sớm, đề nghị đặt biển cấm và "
          "cử người trông.",
          "Đổ trộm rác sáng sớm", sender="Người dân 3 (minh họa)"),
    Story("21439-t05", "recommendation", "environment", 3, "examined",
          "Kiến nghị đặt thêm hai thùng rác và tăng chuyến xe lấy rác vì bãi tự phát ngày càng lớn.",
          "Thêm thùng rác và chuyến xe", sender="Người dân 4 (minh họa)"),
    Story("21439-t05", "feedback", "environment", 2, "registered",
          "Nước từ bãi rác chảy xuống mương tưới, mùi hôi từ tối đến sáng, cả xóm không mở cửa được.",
          "Nước bãi rác chảy xuống mương", sender="Người dân 5 (minh họa)"),
    Story("21439-t05", "feedback", "environment", 2, "registered",
          "Chó hoang tụ về bãi rác cuối xóm, trẻ con đi học ngang không dám qua.",
          "Chó hoang tụ về bãi rác", sender="Người dân 6 (minh họa)"),
    Story("21439-t05", "petition", "environment", 1, "registered",
          "Đêm qua lại có người đốt rác ở bãi cuối xóm, lửa cháy lan sang hàng rào.",
          "Đốt rác cháy lan hàng rào", sender="Người dân 7 (minh họa)"),
)  # fmt: skip


# Who opens the vault in the example; the passphrase is the common password.
KEYS = ("tocao", "tinh", "chutich.sahuynh")
_CHECKED = {
    "identity": "known", "met": ["form", "capacity", "basis"], "competence": "in",
}  # fmt: skip
# days ago, receipt, text, who, then (days later, step, answers)
SEALED: tuple[tuple[int, str, str, dict[str, str], tuple[tuple[int, str, dict[str, Any]], ...]], ...] = (
    (3, "2026000000000001",
     "Đơn tố cáo minh họa: nội dung này chỉ người được giao mới mở được.", {}, ()),
    (24, "2026000000000002",
     "Tố cáo minh họa: cán bộ nhận tiền của dân khi làm hồ sơ, có giấy biên nhận kèm theo.",
     {"name": "Người tố cáo (minh họa)", "address": "địa chỉ minh họa"},
     ((1, "register", {"respondents": "Một cán bộ (minh họa)"}),
      (2, "examine", _CHECKED),
      (1, "accept", {"document": "45/QĐ-UBND"}),
      (3, "notify", {"to": ["denouncer", "denounced"], "sent_on": None}),
      (1, "verify", {"mode": "team", "members": 3, "document": "46/QĐ-UBND", "no_kin": True,
                     "until": None, "plan": "Đối chiếu biên nhận với sổ thu (minh họa)."}))),
)  # fmt: skip


def demo_load(*, say: Callable[[str], None] = print) -> bool:
    """Load the example once; False when it is already there."""
    if Account.objects.filter(email=OFFICIALS[0][1]).exists():
        return False
    say("Loading units of the whole country and the Đức Phổ example …")
    demo_units_load()
    with transaction.atomic(), translation.override("vi"):
        officials_load()
        for story in sorted(STORIES, key=lambda one: -one.days_ago):
            _tell(story)
        demo_receptions_load(office=_actor("tiepnhan"), head=_actor("chutich"))
        demo_decisions_load(head=_actor("totruong"), front=_actor("mattran.to1"))
        demo_elections_load(
            head=_actor("totruong"), front=_actor("mattran.to1"), chair=_actor("chutich")
        )
        demo_satisfaction_load(intake=_actor("tiepnhan"), head=_actor("chutich"))
        demo_disclosure_load(
            office=_actor("tiepnhan"), head=_actor("chutich"), elsewhere=_actor("sahuynh")
        )
        demo_consultations_load(handler=_actor("xuly1"), head=_actor("chutich"))
        demo_opinion_map_load(office=_actor("xuly1"))
        demo_supervision_load(
            head=_actor("chutich"), front=_actor("mattran"), board=_actor("giamsat")
        )
        demo_projects_load(
            head=_actor("chutich"), handler=_actor("xuly1"), front=_actor("mattran"),
            mobilisation=_actor("danvan"),
        )  # fmt: skip
        demo_contributions_load(head=_actor("chutich"))
        demo_dialogues_load(head=_actor("chutich"), party=_actor("bithu"), handler=_actor("xuly1"))
        demo_hotspots_load(
            office=_actor("xuly1"), head=_actor("chutich"), mobilisation=_actor("danvan"),
            elsewhere=_actor("chutich.sahuynh"), province=_actor("tinh"),
        )  # fmt: skip
        demo_recommendations_load(
            head=_actor("chutich"), front=_actor("mattran"), mobilisation=_actor("danvan"),
            council=_actor("hdnd"), board=_actor("giamsat"),
        )  # fmt: skip
        demo_directives_load(
            head=_actor("chutich"), handler=_actor("xuly1"), village=_actor("totruong"),
            front=_actor("mattran"), mobilisation=_actor("danvan"),
            party_head=_actor("truongban.danvan"),
        )  # fmt: skip
        demo_coordination_load(
            officer=_actor("danvan"), partner_head=_actor("truongban.danvan"),
            handler=_actor("xuly1"), head=_actor("chutich"), front=_actor("mattran"),
        )  # fmt: skip
        demo_emulation_load(
            lead=_actor("danvan"), lead_head=_actor("truongban.danvan"), front=_actor("mattran"),
            front_head=_actor("chutich.mattran"), council=_actor("hdnd"),
            village=_actor("totruong"),
        )  # fmt: skip
        demo_news_load(writer=_actor("xuly1"), head=_actor("chutich"))
        denunciations_load()
        demo_reviews_load(head=_actor("chutich"))
    say(f"{len(STORIES) + len(SEALED)} matters of the example loaded.")
    return True


def officials_load() -> None:
    for name, email, positions in OFFICIALS:
        account = account_create(email=email, name=name, password=PASSWORD)
        for code in positions:
            appointment_create(
                account=account,
                position=Position.objects.get(code=code),
                valid_from=dt.date(2025, 7, 1),
                document="dữ liệu minh họa",
            )


def denunciations_load() -> None:
    """Keys of the vault for those who open it, and denunciations as far as they have come."""
    for short in KEYS:
        account = Account.objects.get(email=f"{short}@demo.vn")
        vault.vault_key_create(account=account, passphrase=PASSWORD)
    for days_ago, digits, text, identity, steps in SEALED:
        day = _workday(clock.today() - dt.timedelta(days=days_ago))
        with clock.at(_moment(day, 8)):
            matter: Matter = denunciation_create(
                acting=ANONYMOUS,
                place=Unit.objects.get(code="21439"),
                letter={"text": text, "whom": "một cán bộ (minh họa)"},
                identity=identity,
                channel="web",
                digits=digits,
                is_demo=True,
            ).matter
        for after, name, data in steps:
            day = min(_workday(day + dt.timedelta(days=after)), clock.today())
            with clock.at(_moment(day, 9)):
                # An open day in the answers is the day of the step itself.
                given = {ask: day if answer is None else answer for ask, answer in data.items()}
                matter = matter_act(
                    acting=_actor("tocao"), matter_id=matter.pk, step_name=name, data=given
                )


def _actor(short: str) -> Actor:
    return actor_for(Account.objects.get(email=f"{short}@demo.vn"))


def _tell(story: Story) -> None:
    area = story.place[:5]
    day = _workday(clock.today() - dt.timedelta(days=story.days_ago))
    office, worker = _actor(OFFICE[area]), _actor(WORKER[area])
    with clock.at(_moment(day, 8)):
        receipt = submission_create(
            acting=office if story.channel == "counter" else ANONYMOUS,
            place=Unit.objects.get(code=story.place),
            text=story.text,
            channel=story.channel,
            sender=Sender(
                name=story.sender,
                address="địa chỉ minh họa" if story.sender else "",
            ),
            people_count=story.people,
            is_demo=True,
        )
    if story.end == "received":
        return
    _Teller(story, receipt.matter, office, worker, day).run()


class _Teller:
    """Takes the steps of a story, one after the other, on working days."""

    def __init__(
        self, story: Story, matter: Matter, office: Actor, worker: Actor, day: dt.date
    ) -> None:
        self.story, self.matter, self.office, self.worker = story, matter, office, worker
        self.day = day

    def act(self, actor: Actor, step: str, after: int = 0, **data: Any) -> None:
        self.day = min(_workday(self.day + dt.timedelta(days=after)), clock.today())
        with clock.at(_moment(self.day, 9 + after % 7)):
            self.matter = matter_act(
                acting=actor, matter_id=self.matter.pk, step_name=step, data=data
            )

    def run(self) -> None:
        story = self.story
        self.act(self.office, "register", 0, title=story.title, topic=story.topic)
        if story.end == "registered":
            return
        self.act(self.office, "classify", 0, kind=story.kind)
        if story.end == "stored":
            self.act(
                self.office, "store", 1, defects=["many_bodies"],
                note="Đơn gửi nhiều cơ quan, trong đó có cơ quan đã thụ lý; đơn được lưu một năm.",
            )  # fmt: skip
            return
        out = story.end == "guided"
        given = {}
        if story.kind == "complaint":
            given = {"subject": "decision", "known_on": self.day - dt.timedelta(days=20)}
        self.act(
            self.office, "examine", 1, eligible="yes", competence="out" if out else "in", **given
        )
        if out:
            self.act(
                self.office, "guide", 1, body="Tòa án nhân dân có thẩm quyền",
                note="Việc không đồng ý với bản án được giải quyết theo thủ tục tố tụng.",
            )  # fmt: skip
        elif story.end != "examined":
            self._settle()

    def _settle(self) -> None:
        story = self.story
        self.act(self.office, "accept", 1)
        head = "chutich" if story.place.startswith("21439") else None
        with clock.at(_moment(self.day, 15)):
            account = Account.objects.get(email__startswith=WORKER[story.place[:5]] + "@")
            matter_assign(
                acting=_actor(head) if head else self.office,
                matter_id=self.matter.pk,
                account=account,
            )
            if story.end in ("accepted", "overdue"):
                matter_note(
                    acting=self.worker,
                    matter_id=self.matter.pk,
                    text="Cán bộ đã đến xem tại chỗ, sẽ trả lời đúng hẹn.",
                    to_petitioner=True,
                )
        if story.end == "extended":
            self.act(
                self.worker, "extend", 8, document="31/QĐ-UBND", criteria=["places"],
                reason="Phải đo đạc lại thực địa và đối chiếu hồ sơ qua nhiều thời kỳ.",
            )  # fmt: skip
        elif story.end == "suspended":
            self.act(
                self.worker, "suspend", 6, ground="related_decision", document="27/QĐ-UBND",
                evidence="Giấy hẹn trích đo địa chính của cơ quan chuyên môn.",
                reason="Chờ kết quả trích đo địa chính của cơ quan chuyên môn.",
            )  # fmt: skip
        elif story.answer:
            self._answer()

    def _answer(self) -> None:
        story = self.story
        late = story.end == "answered_late"
        self.act(self.worker, "answer", 16 if late else 5, answer=story.answer)
        if story.end in ("published", "closed"):
            self.act(
                self.worker, "publish", 1, public_title=story.title,
                public_body=story.text, public_answer=story.answer,
            )  # fmt: skip
        if story.end == "closed":
            self.act(self.worker, "close", 2)


def _workday(day: dt.date) -> dt.date:
    calendar = load_calendar()
    while not calendar.is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def _moment(day: dt.date, hour: int) -> dt.datetime:
    moment = dt.datetime.combine(day, dt.time(hour, 15), timezone.get_default_timezone())
    return min(moment, timezone.now())


def accounts_text(*, base: str, seconds: float) -> str:
    """What `make demo` prints when everything is up."""
    lines = [
        "",
        f"  Đồng Thuận: {base}   (ready after {seconds:.0f} s; Ctrl-C stops everything)",
        f"  Bàn làm việc: {base}/ban-lam-viec/   mật khẩu chung: {PASSWORD}",
        "",
    ]
    titles = dict(Position.objects.values_list("code", "title"))
    for name, email, positions in OFFICIALS:
        lines.append(f"    {email:<26} {titles.get(positions[0], '')} – {name}")
    keepers = ", ".join(f"{short}@demo.vn" for short in KEYS)
    lines += ["", f"  Cụm mật khẩu kho kín của {keepers}: cũng là mật khẩu chung"]
    digits = ", ".join(" ".join(code[i : i + 4] for i in (0, 4, 8, 12)) for _d, code, *_r in SEALED)
    lines += [f"  Biên nhận tố cáo minh họa ({base}/to-cao/tro-lai/): {digits}"]
    lines += ["", "  Mọi người và vụ việc ở đây là dữ liệu minh họa.", ""]
    return "\n".join(lines)
