"""News in the Đức Phổ example: invented articles, labelled so.

Through the real services, with the clock standing at each day. The article of 17 April 2024 from
which the idea of this system came is named as a source alone; none of its text is here.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.demo_pictures import drawn
from dongthuan.work.news.models import Article
from dongthuan.work.news.services import (
    article_draft,
    article_read,
    articles_publish,
    picture_add,
)

WARD = "21439"
ARTICLES = (
    (34, "Phường Đức Phổ mở đợt tiếp nhận ý kiến về chợ mới (minh họa)", "economy",
     "Người dân góp ý cách sắp xếp chỗ bán đến hết tháng.",
     "Ủy ban nhân dân phường lấy ý kiến về cách sắp xếp chỗ bán ở chợ mới.\n\n"
     "## Góp ý ở đâu\n\n- tại nhà văn hóa các tổ dân phố\n- trên cổng này, mục Lấy ý kiến\n\n"
     "Ý kiến được tổng hợp và trả lời từng nhóm."),
    (21, "Tổ dân phố 1 xóa xong điểm rác tự phát (minh họa)", "environment",
     "Mô hình “Tuyến đường không rác” được công nhận cấp xã.",
     "Sau chín tháng, sáu điểm rác tự phát đã được thay bằng bồn hoa.\n\n"
     "Cách làm và số liệu có ở mục [Dân vận khéo](/dan-van-kheo/)."),
    (12, "Lịch tiếp công dân của lãnh đạo phường (minh họa)", "service",
     "Lãnh đạo phường tiếp dân định kỳ; có thể đặt lịch trước.",
     "Lịch và cách đặt chỗ có ở mục [Tiếp công dân](/tiep-cong-dan/).\n\n"
     "1. Chọn buổi tiếp\n2. Đặt chỗ\n3. Mang theo giấy tờ khi đến"),
    (5, "Chuẩn bị Ngày hội Đại đoàn kết ở các tổ dân phố (minh họa)", "education",
     "Các tổ dân phố cùng dọn vệ sinh, sửa nhà văn hóa.",
     "Mỗi tổ dân phố chọn một việc làm thiết thực cho cộng đồng và công khai kết quả."),
    (2, "Về bài viết gợi ý cho hệ thống này", "other",
     "Nguồn tham khảo, không phải tin của phường.",
     "Ý tưởng của hệ thống đến từ một bài viết ngày 17/04/2024 trên trang thông tin điện tử thị xã"
     " Đức Phổ về công tác phối hợp giữa cơ quan dân vận và chính quyền. Thị xã đã kết thúc hoạt"
     " động ngày 01/07/2025; bài viết chỉ được nêu ở đây làm nguồn."),
)  # fmt: skip


def demo_news_load(*, writer: Actor, head: Actor) -> int:
    """Five articles, read more or less often; one has a picture. How many."""
    unit = Unit.objects.get(code=f"{WARD}-ubnd")
    for n, (days_ago, title, topic, lead, body) in enumerate(ARTICLES):
        with clock.at(_moment(days_ago, 8)):
            article = article_draft(
                acting=writer, unit=unit, title=title, lead=lead, body=body, topic=topic,
                is_demo=True,
            )  # fmt: skip
            if n == 1:
                picture_add(
                    acting=writer, article=article, attachment=drawn("#a33b2a"),
                    alt="Hình vẽ minh họa: bồn hoa dọc tuyến đường",
                )  # fmt: skip
            matter_act(acting=head, matter_id=article.pk, step_name="approve", data={})
            articles_publish()
        for _time in range(12 - 2 * n):
            article_read(article=article)
    return Article.objects.count()


def _moment(days_ago: int, hour: int = 9) -> dt.datetime:
    day = clock.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
