"""Lists are imported, reduced by declaration, previewed as published; the detector warns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Projection
from dongthuan.core.matters.services import matter_act, matter_note
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.text import personal_data
from dongthuan.work.disclosure import contents
from dongthuan.work.disclosure.models import Disclosure
from dongthuan.work.disclosure.services import content_set
from dongthuan.work.disclosure.tests.conftest import spreadsheet

HEADS = ["STT", "Họ và tên", "Ngày sinh", "Địa chỉ", "Số định danh", "Điện thoại", "Thiệt hại",
         "Mức hỗ trợ", "Ngày cấp phát", "Ghi chú"]  # fmt: skip
LIST = [
    HEADS,
    [1, "Nguyễn Thị Thử", "12/03/1961", "12 Lê Lợi, tổ dân phố 3, phường Đức Phổ",
     "051161000001", "0905123456", "Tốc mái", "1.250.000", "05/11/2026", ""],
    [2, "Trần Văn Mẫu", dt.date(1975, 5, 1), "thôn Vĩnh Bình", "051175000002", "", "Ngập nhà",
     750000, "05/11/2026", "đã nhận"],
]  # fmt: skip


@pytest.fixture
def relief(people: Any, disclose: Callable[..., Disclosure]) -> Callable[..., Disclosure]:
    def relief(rows: Any = LIST, **fields: Any) -> Disclosure:
        found = disclose(item="8", title="Hỗ trợ khắc phục thiên tai")
        values = {"title": found.title, "summary": "Danh sách hỗ trợ.", "content_type": "relief"}
        return content_set(
            acting=people.handler, disclosure_id=found.pk, sheet=spreadsheet(rows),
            **(values | fields),
        )  # fmt: skip

    return relief


def test_a_list_is_reduced_by_its_columns(relief: Any) -> None:
    table = contents.public_table(relief())
    assert table is not None
    assert table.heads == ["Họ và tên", "Ngày sinh", "Địa chỉ", "Thiệt hại", "Mức hỗ trợ",
                           "Ngày cấp phát", "Ghi chú"]  # fmt: skip
    assert table.rows[0] == ["N.T.T.", "1961", "tổ dân phố 3", "Tốc mái", 1250000, "2026-11-05", ""]
    assert table.rows[1][:3] == ["T.V.M.", "1975", "thôn Vĩnh Bình"]
    assert table.totals[4] == 2_000_000


def test_the_preview_is_what_becomes_public_to_the_byte(people: Any, relief: Any) -> None:
    found = relief()
    before = contents.public_table(found)
    assert before
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    after = Disclosure.objects.get(pk=found.pk)
    shown = contents.public_table(after)
    assert shown and shown.csv() == before.csv()
    assert after.rows == []  # what was personal is kept no longer
    entry = after.entries.get(act="disclosure.publish")
    assert entry.facts["digest"] == before.digest()
    everything = str(Projection.objects.filter(pk=found.pk).values().get()) + str(entry.facts)
    for secret in ("Nguyễn Thị Thử", "051161000001", "0905123456", "12 Lê Lợi"):
        assert secret not in everything and secret.encode() not in shown.csv()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([3, "", "", "", "", "", "", 5, "", ""], "Họ và tên"),
        ([3, "Lê A", "", "", "", "", "", "năm trăm", "", ""], "Mức hỗ trợ"),
        ([3, "Lê A", "31/02/2000", "", "", "", "", 5, "", ""], "Ngày sinh"),
        ([3, "Lê A", "", "", "", "", "", 1.5, "", ""], "Mức hỗ trợ"),
    ],
)
def test_one_bad_row_refuses_all_and_is_named(relief: Any, row: list[Any], said: str) -> None:
    with pytest.raises(MatterError) as refused:
        relief([*LIST, row])
    assert refused.value.field == "sheet"
    assert "4" in str(refused.value) and said in str(refused.value)
    assert Disclosure.objects.get().rows == []


@pytest.mark.parametrize(
    "rows",
    [[], [["Họ và tên", "Cột lạ", "Mức hỗ trợ"], ["A", "b", 1]], [["Họ và tên"], ["A"]], [HEADS]],
    ids=["empty", "unknown-column", "column-missing", "no-rows"],
)
def test_a_table_of_another_shape_is_refused(relief: Any, rows: Any) -> None:
    with pytest.raises(MatterError):
        relief(rows)


def test_what_looks_personal_holds_it_back_until_the_head_names_the_law(
    people: Any, relief: Any
) -> None:
    rows = [[*row] for row in LIST]
    rows[1][9] = "gọi 0905 111 222"
    found = relief(rows)
    with pytest.raises(MatterError, match="0905 111 222"):
        matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    ground = {"ground": "Khoản 2 Điều 1 Quyết định 24/2021/QĐ-TTg"}
    with pytest.raises(NotAllowed):
        matter_act(acting=people.handler, matter_id=found.pk, step_name="publish", data=ground)
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish", data=ground)
    assert Disclosure.objects.get(pk=found.pk).ground == ground["ground"]


def test_full_names_need_a_law_too(people: Any, relief: Any) -> None:
    found = relief(full_names=True)
    with pytest.raises(MatterError):
        matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    data = {"ground": "Điều 5 Quyết định 24/2021/QĐ-TTg"}
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish", data=data)
    table = contents.public_table(Disclosure.objects.get(pk=found.pk))
    assert table and table.rows[0][0] == "Nguyễn Thị Thử" and "051161000001" not in str(table.rows)


@pytest.mark.parametrize(
    "text",
    ["CCCD 051 161 000 001", "số 051161000001", "ĐT 0905.123.456", "stk 1234567890", "a@b.vn",
     "sinh ngày 12/03/1961", "sinh 1-2-1975", "Ngày sinh: 02.09.1945", "CMND 212345678"],
)  # fmt: skip
def test_the_detector_finds(text: str) -> None:
    assert personal_data(f"Danh sách: {text}.")


@pytest.mark.parametrize(
    "text",
    ["sinh hoạt ngày 12/03/2026", "Quyết định ngày 12/03/2026", "học sinh: 12/30 lớp",
     "1.250.000 đồng", "từ 01/01/2026 đến 31/12/2026", "sinh viên nhập học 05/09/2026"],
)  # fmt: skip
def test_the_detector_leaves_plain_days_and_amounts_alone(text: str) -> None:
    assert personal_data(text) == []


@pytest.mark.parametrize("cell", ["051161000001", "212345678", "0905 123 456"])
def test_a_bare_number_in_a_cell_is_suspicious(people: Any, relief: Any, cell: str) -> None:
    rows = [[*row] for row in LIST]
    rows[1][6] = cell
    found = relief(rows)
    assert contents.warnings(found, contents.public_table(found))


def test_after_publication_only_a_correction_changes_it(
    people: Any, published: Callable[..., Disclosure]
) -> None:
    found = published()
    with pytest.raises(MatterError):
        content_set(acting=people.handler, disclosure_id=found.pk, title="Khác", summary="Khác đi")
    data = {"reason": "Sai số liệu", "symbol": "13/BC-UBND", "decided_on": dt.date(2026, 11, 2)}
    matter_act(acting=people.head, matter_id=found.pk, step_name="correct", data=data)
    new = Disclosure.objects.get(supersedes=found)
    assert (new.state, new.parent_id, new.item) == ("due", found.pk, found.item)
    assert Disclosure.objects.get(pk=found.pk).state == "corrected"
    assert not found.duties.filter(state="open").exists()


def test_a_file_of_an_inner_note_does_not_become_public(
    people: Any, disclose: Callable[..., Disclosure], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    found = disclose()
    inner, public = (
        attachment_store(upload=SimpleUploadedFile(name, b"Noi dung tep van ban."))
        for name in ("noi-bo.txt", "cong-khai.txt")
    )
    matter_note(acting=people.handler, matter_id=found.pk, text="Trao đổi nội bộ.", papers=[inner])
    content_set(acting=people.handler, disclosure_id=found.pk, title=found.title,
                summary="Quỹ thu được trong quý.", papers=[public])  # fmt: skip
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    shown = dict(found.papers.values_list("attachment__name", "audience"))
    assert shown == {"noi-bo.txt": Audience.OFFICIAL, "cong-khai.txt": Audience.PUBLIC}


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("thôn An Hải Bắc nhà ông Nguyễn Văn A", "thôn An Hải Bắc"),
        ("tổ dân phố 3 số 12 Lê Lợi", "tổ dân phố 3"),
        ("tổ dân phố 3 - hẻm 5", "tổ dân phố 3"),
        ("12 Lê Lợi, TDP 3, phường Đức Phổ", "TDP 3"),
    ],
)
def test_of_an_address_only_the_village_is_left(address: str, village: str) -> None:
    assert contents.village_of(address) == village


def test_a_list_that_is_taken_off_is_forgotten(people: Any, relief: Any) -> None:
    found = relief()
    data = {"reason": "Lập nhầm, không có đợt hỗ trợ này."}
    matter_act(acting=people.head, matter_id=found.pk, step_name="cancel", data=data)
    assert Disclosure.objects.get(pk=found.pk).rows == []


def test_the_name_of_a_file_is_looked_at_too(people: Any, disclose: Any) -> None:
    found = disclose()
    upload = SimpleUploadedFile("don_chi_Ha_0905123456.txt", "Nội dung công khai.".encode())
    paper = attachment_store(upload=upload, uploaded_by=people.accounts["handler"])
    content_set(
        acting=people.handler, disclosure_id=found.pk, title=found.title, summary="Kèm tệp.",
        papers=[paper],
    )  # fmt: skip
    with pytest.raises(MatterError) as refused:
        matter_act(acting=people.handler, matter_id=found.pk, step_name="publish")
    assert "0905123456" in refused.value.message
