"""The living style guide: every component in every state, on one page that the tests walk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dongthuan.core.ui.templatetags.ui import ICONS

# The page shows dates relative to this day, so that it looks the same on every day.
TODAY = dt.date(2026, 11, 23)


class SampleForm(forms.Form):
    """One question of every type."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        help_text=gettext_lazy("We send the code of your matter to this number."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"),
        choices=[("", "–"), ("road", "Đường, cầu, cống"), ("land", "Đất đai"), ("water", "Nước")],
        widget=forms.Select(attrs={"data-filter": ""}),
    )
    content = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("Say where, when and what you ask for."),
        max_length=2000,
        widget=forms.Textarea(attrs={"data-count": "", "rows": 5}),
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("How shall we answer"),
        choices=[
            ("paper", "Bằng giấy, gửi bưu điện"),
            ("sms", "Tin nhắn"),
            ("mail", "Thư điện tử"),
        ],
        widget=forms.RadioSelect,
    )
    seen = forms.MultipleChoiceField(
        label=gettext_lazy("Who else has seen it"),
        required=False,
        choices=[("neighbour", "Hàng xóm"), ("board", "Ban giám sát đầu tư của cộng đồng")],
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    papers = forms.FileField(
        label=gettext_lazy("Pictures or papers"),
        required=False,
        help_text=gettext_lazy("Each file up to 20 MB."),
    )
    agree = forms.BooleanField(label=gettext_lazy("I am responsible for what I wrote"))


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/guide.html", _components())


def _components() -> dict[str, Any]:
    return {
        "title": _("Style guide"),
        "today": TODAY,
        "days": [TODAY + dt.timedelta(days=n) for n in (12, 3, 1, 0, -2, -41)],
        "icons": sorted(ICONS),
        "form": SampleForm(auto_id="a_%s"),
        "bad_form": SampleForm({"phone": "0905", "topic": "sea"}, auto_id="b_%s"),
        "filter_form": FilterForm(auto_id="f_%s"),
        "tones": [
            ("kept", _("Kept")),
            ("due", _("Due soon")),
            ("late", _("Overdue")),
            ("active", _("In progress")),
            ("waiting", _("Paused")),
            ("sealed", _("Sealed")),
            ("neutral", _("New")),
        ],
        "chart": [
            {"label": "Phường Đức Phổ", "kept": 128, "open": 21, "late": 9},
            {"label": "Phường Trà Câu", "kept": 96, "open": 14, "late": 3},
            {"label": "Xã Khánh Cường", "kept": 41, "open": 6, "late": 0},
            {"label": "Phường Sa Huỳnh", "kept": 77, "open": None, "late": 12},
        ],
        **_matter(),
    }


class FilterForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", "Tất cả"), ("late", "Quá hạn")], required=False
    )


def _matter() -> dict[str, Any]:
    nine = timezone.make_aware(dt.datetime(2026, 11, 9, 9, 30))
    return {
        "timeline": [
            {
                "when": nine,
                "title": "Tiếp nhận phản ánh",
                "by": "Bộ phận tiếp công dân",
                "tone": "kept",
            },
            {
                "when": nine + dt.timedelta(days=3),
                "title": "Kiểm tra thực địa",
                "text": "Cống thoát nước bị bồi lấp 12 m.\n\nĐã lập biên bản.",
                "tone": "active",
                "papers": [{"name": "Biên bản kiểm tra.pdf", "url": "#files", "size": 482_133}],
            },
            {"when": nine + dt.timedelta(days=14), "title": "Quá hạn trả lời", "tone": "late"},
        ],
        "facts": [
            ("Mã vụ việc", "DP-2026-000123"),
            ("Nơi xảy ra", "Thôn Vĩnh Bình, xã Phổ Phong"),
            ("Cơ quan giải quyết", "Ủy ban nhân dân phường Đức Phổ"),
        ],
        "duty": {
            "title": "Trả lời phản ánh về đường liên thôn",
            "due": TODAY + dt.timedelta(days=3),
            "owner": "Phòng Kinh tế, Hạ tầng và Đô thị",
            "basis": "Luật Tiếp công dân, Điều 28",
            "url": "#duty",
            "explanation": [
                "Bắt đầu: 09/11/2026, ngày tiếp nhận",
                "Thời hạn: 10 ngày làm việc",
                "Bỏ qua: thứ bảy, chủ nhật",
            ],
        },
        "late_duty": {
            "title": "Công khai quyết định thu hồi đất",
            "due": TODAY - dt.timedelta(days=2),
            "owner": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
            "basis": "Luật Thực hiện dân chủ ở cơ sở, Điều 11",
        },
        "files": [
            {"name": "Đơn phản ánh có chữ ký.pdf", "url": "#files", "size": 182_044},
            {"name": "Ảnh hiện trường.jpg", "url": "#files", "size": 3_412_000, "note": "đã che"},
        ],
        "head": ["Mã", "Tiêu đề", "Trạng thái"],
        "rows": [
            ("DP-2026-000123", "Cống thoát nước bị tắc ở Phổ Phong", "Đang xử lý"),
            ("DP-2026-000124", "Đèn đường hỏng ở tổ dân phố Vĩnh Hiển", "Đã trả lời"),
        ],
        "tabs": [
            {"url": "#tabs", "label": "Cần làm", "count": 12, "current": True},
            {"url": "#tabs", "label": "Sắp đến hạn", "count": 3},
            {"url": "#tabs", "label": "Tất cả", "count": 1_234},
        ],
        "steps": ["Nội dung", "Người gửi", "Xem lại"],
        "crumbs": [("Bàn làm việc", "#crumbs"), ("Vụ việc", "#crumbs"), ("DP-2026-000123", "")],
        "page": {"newer": "abc", "older": "xyz"},
    }
