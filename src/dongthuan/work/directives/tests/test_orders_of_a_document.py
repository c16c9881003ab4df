"""From the signature to the last confirmation: numbers, duties, what moves a day."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pypdf import PdfReader

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Level, Matter, Paper, Projection
from dongthuan.core.units.models import Unit
from dongthuan.work.directives import figures
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.directives.rules import listed
from dongthuan.work.directives.selectors import (
    Wanted,
    directive_list,
    directive_view,
    order_list,
)
from dongthuan.work.directives.services import Ordered, Written, directive_edit, directive_serve
from dongthuan.work.directives.tests.conftest import DAY, LINE, TODAY, act


def test_numbers_run_by_type_and_year_and_a_paper_one_keeps_its_own(
    people: Any, draft: Any
) -> None:
    first = act(people.head, draft(), "issue")
    other_type = act(people.head, draft(type="TB"), "issue")
    keyed = draft(symbol="07/KH-UBND", signed_on=TODAY - 3 * DAY)
    after = act(people.head, draft(), "issue")
    assert [first.symbol, other_type.symbol, keyed.symbol, after.symbol] == [
        "01/KH-UBND", "01/TB-UBND", "07/KH-UBND", "08/KH-UBND",
    ]  # fmt: skip
    assert keyed.on_paper and keyed.state == "issued" and not first.on_paper
    assert Paper.objects.get(matter=first).document == first.document
    with pytest.raises(MatterError) as refused:
        draft(symbol="07/KH-UBND", signed_on=TODAY)
    assert refused.value.field == "symbol"
    assert Directive.objects.count() == 4


def test_a_draft_without_a_signer_says_so_when_it_is_to_be_issued(people: Any, draft: Any) -> None:
    with pytest.raises(MatterError) as refused, translation.override("en"):
        act(people.head, draft(signer_name=""), "issue")
    assert "signer's title and name" in str(refused.value.message)


def test_every_addressee_of_a_list_owes_every_line_in_few_statements(
    people: Any, draft: Any, office: Any
) -> None:
    villages = listed(office, "villages")
    lines = [
        Ordered(what="Niêm yết lịch tiếp công dân.", due_on=TODAY + 9 * DAY, lists=["villages"]),
        Ordered(what="Báo cáo kết quả.", days=10, lists=["villages", "organs"]),
    ]
    made = draft(lines=lines)
    assert not Order.objects.exists()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act(people.head, made, "issue")
    orders = Order.objects.filter(parent=made)
    organs = listed(office, "organs")
    assert orders.count() == 2 * len(villages) + len(organs) > 12
    assert len(queries) < 80
    assert set(orders.values_list("due_on", flat=True)) == {
        TODAY + 9 * DAY, dt.date(2026, 12, 1),
    }  # fmt: skip
    assert len(set(orders.values_list("code", flat=True))) == orders.count()
    order = orders.filter(unit=villages[0]).order_by("due_on").first()
    assert order is not None and order.next_rule == "dir.acknowledge"
    duties = Duty.objects.filter(matter=order)
    assert set(duties.values_list("rule", "unit")) == {
        ("dir.acknowledge", villages[0].pk), ("dir.order", villages[0].pk),
    }  # fmt: skip


def test_more_time_leaves_the_old_day_in_the_record(people: Any, order_in: Any) -> None:
    order = order_in("sent")
    until = LINE.due_on + 7 * DAY if LINE.due_on else TODAY
    act(people.village_head, order, "ask_time", until=until, reason="Mưa lũ.")
    asked = order_list(actor=people.head, view="time").rows
    assert [row.pk for row in asked] == [order.pk]
    moved = act(people.head, order, "grant_time", until=until, document="5/CV-UBND")
    assert moved.due_on == until
    days = Duty.objects.filter(matter=order, rule="dir.order").order_by("id")
    assert [(duty.state, duty.due_on) for duty in days] == [
        ("waived", LINE.due_on), ("open", until),
    ]  # fmt: skip


def test_a_day_already_missed_stays_missed_when_time_is_given(people: Any, order_in: Any) -> None:
    order = order_in("acknowledged")
    later = dt.datetime.combine(TODAY + 30 * DAY, dt.time(3), dt.UTC)
    with clock.at(later):
        until = TODAY + 40 * DAY
        act(people.village_head, order, "ask_time", until=until, reason="Mưa lũ.")
        act(people.head, order, "grant_time", until=until, document="5/CV-UBND")
    assert Duty.objects.get(matter=order, rule="dir.order", due_on=LINE.due_on).state == "late"


def test_a_missed_order_is_late_on_every_page_whatever_is_granted_or_claimed(
    people: Any, order_in: Any
) -> None:
    """A later day given afterwards, or an earlier day claimed in the report, mends nothing."""
    order = order_in("acknowledged")
    until = TODAY + 40 * DAY
    with clock.at(dt.datetime.combine(TODAY + 30 * DAY, dt.time(3), dt.UTC)):
        act(people.village_head, order, "ask_time", until=until, reason="Mưa lũ.")
        act(people.head, order, "grant_time", until=until, document="5/CV-UBND")
        act(people.village_head, order, "report", done_on=TODAY, report="Đã niêm yết lịch.")
        act(people.head, order, "confirm")
        view = directive_view(actor=people.head, code=order.parent.code)
        kept = figures.orders_on_time("vn.51.21439.", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert view is not None and (view.progress.done, view.progress.late) == (1, 1)
    (cell,) = view.matrix.rows[0][1]
    assert cell is not None and cell.words == "xong trễ hạn"
    assert (kept.numerator, kept.denominator) == (0, 1)


def test_a_newer_document_ends_what_the_older_one_ordered(people: Any, draft: Any) -> None:
    old = act(people.head, draft(), "issue")
    newer = act(people.head, draft(), "issue")
    ended = act(people.head, old, "replace", newer=newer.symbol)
    assert ended.replaced_by == newer and ended.ended_by == newer.symbol
    order = Order.objects.get(parent=old)
    assert order.state == "withdrawn" and order.closed_at and order.next_due_on is None
    assert set(Duty.objects.filter(matter=order).values_list("state", flat=True)) == {"waived"}
    with pytest.raises(MatterError):
        act(people.head, newer, "replace", newer=newer.code)


def test_an_inner_document_is_for_its_addressees_alone(people: Any, draft: Any) -> None:
    inner = act(people.head, draft(is_public=False), "issue")
    order = Order.objects.get(parent=inner)
    assert inner.level == Level.UNIT and not Projection.objects.filter(
        pk__in=[inner.pk, order.pk]
    ).exists()  # fmt: skip
    seen = {
        name: [row.pk for row in directive_list(actor=people.actors[name], wanted=Wanted()).rows]
        for name in ("handler", "village_head", "front", "other_village_head", "other_head")
    }
    assert seen["handler"] == seen["village_head"] == [inner.pk]
    assert not seen["front"] and not seen["other_village_head"] and not seen["other_head"]


def test_a_draft_is_seen_inside_alone_and_written_anew_until_it_is_signed(
    people: Any, draft: Any, village: Any
) -> None:
    made = draft()
    assert not Projection.objects.filter(pk=made.pk).exists()
    assert not directive_list(actor=people.front, wanted=Wanted(view="drafts")).rows
    line = Ordered(what="Việc khác", days=3, units=[village])
    again = Written(type="TB", abstract="Thông báo", signer_title="CHỦ TỊCH",
                    signer_name="A B", lines=[line])  # fmt: skip
    directive_edit(acting=people.handler, directive=made, written=again)
    signed = act(people.head, made, "issue")
    assert signed.symbol == "01/TB-UBND" and Order.objects.get(parent=made).due_on == dt.date(
        2026, 11, 19
    )  # fmt: skip
    with pytest.raises(MatterError):
        directive_edit(acting=people.handler, directive=made, written=again)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"abstract": ""}, "abstract"),
        ({"signer_title": " "}, "signer_title"),
        ({"type": "XX"}, "type"),
        ({"abstract": "Gọi 0905 123 456 để hỏi"}, "abstract"),
        ({"text": "Độ Mật: tài liệu"}, "text"),
        ({"symbol": "1/KH", "signed_on": None}, "signed_on"),
        ({"symbol": "1/KH", "signed_on": TODAY + DAY}, "signed_on"),
        ({"lines": [Ordered(what="Việc", days=3)]}, "lines-0-units"),
        ({"lines": [Ordered(what="", days=3, lists=["villages"])]}, "lines-0-what"),
        ({"lines": [Ordered(what="Việc", lists=["villages"])]}, "lines-0-due_on"),
        ({"lines": [Ordered(what="V", days=3, due_on=TODAY)]}, "lines-0-due_on"),
        ({"lines": [Ordered(what="V", due_on=TODAY - DAY, lists=["villages"])]}, "lines-0-due_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_ordered_is_said_in_one_sentence(
    draft: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(MatterError) as refused:
        draft(**changes)
    assert refused.value.field == field
    assert not Matter.objects.exists()


def test_nobody_directs_the_party_committee_or_the_council(people: Any, draft: Any) -> None:
    for code in ("21439-du", "21439-hdnd"):
        above = Unit.objects.get(code=code)
        with pytest.raises(MatterError) as refused:
            draft(lines=[Ordered(what="Việc", days=3, units=[above])])
        assert refused.value.field == "lines-0-units"
    party = Unit.objects.get(code="21439-du")
    assert {"people_committee", "front"} <= {unit.kind for unit in listed(party, "organs")}


def test_a_province_addresses_the_committee_of_every_commune(people: Any) -> None:
    province = Unit.objects.get(code="51-ubnd")
    below = listed(province, "below")
    assert {unit.kind for unit in below} == {"people_committee"} and len(below) == 5
    assert not listed(province, "villages")


def test_what_a_dissolved_town_ordered_is_followed_up_by_its_successor(
    people: Any, order_in: Any
) -> None:
    order = order_in("reported")
    town = Unit.objects.get(code="534-ubnd")
    Matter.objects.filter(pk=order.parent_id).update(unit=town, path=town.path)
    order = Order.objects.get(pk=order.pk)
    assert order.follower.valid_to is None and order.follower != town
    assert act(people.head, order, "confirm").state == "confirmed"


def test_nobody_addresses_bodies_of_another_area(people: Any, draft: Any) -> None:
    stranger = Unit.objects.get(code="21478-ubnd")
    with pytest.raises(MatterError) as refused:
        draft(lines=[Ordered(what="Việc", days=3, units=[stranger])])
    assert refused.value.field == "lines-0-units"


@pytest.mark.parametrize("name", ["front", "village_head", "admin", "other_head", "province"])
def test_others_draft_nothing_for_the_ward(people: Any, office: Any, name: str) -> None:
    from dongthuan.work.directives.services import directive_create

    written = Written(type="KH", abstract="Kế hoạch", signer_title="CHỦ TỊCH")
    with pytest.raises(NotAllowed):
        directive_create(acting=people.actors[name], issuer=office, written=written)


def test_a_party_body_keys_its_papers_in_with_their_own_number(people: Any) -> None:
    from dongthuan.work.directives.services import directive_create

    organ = Unit.objects.get(code="21439-xdd")
    written = {"type": "KL", "abstract": "Kết luận hội nghị", "signer_title": "TRƯỞNG BAN"}
    made = directive_create(acting=people.dvan, issuer=organ, written=Written(**written))
    with pytest.raises(MatterError):
        act(people.dvan_head, made, "issue")
    keyed = directive_create(
        acting=people.dvan, issuer=organ,
        written=Written(**written, symbol="12-KL/BXDĐ", signed_on=TODAY),
    )  # fmt: skip
    assert keyed.number == 12 and keyed.state == "issued"


def test_what_a_document_serves_is_linked_by_its_people_alone(people: Any, draft: Any) -> None:
    plan = act(people.head, draft(), "issue")
    made = draft()
    with pytest.raises(NotAllowed):
        directive_serve(acting=people.front, directive=plan, code=made.code)
    link = directive_serve(acting=people.handler, directive=made, code=plan.code)
    assert (link.role, link.other_id) == ("serves", plan.pk)


def test_the_figures_count_what_was_signed_and_done_in_time(people: Any, order_in: Any) -> None:
    order = order_in("confirmed")
    year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    signed = figures.issued("vn.51.21439.", *year)
    kept = figures.orders_on_time("vn.51.21439.", *year)
    assert signed.value == 1 and kept.value == 100.0
    assert kept.met is not None and [row.pk for row in kept.met] == [order.pk]
    assert figures.issued("vn.51.21478.", *year).value == 0


@pytest.mark.parametrize("many", [10, 100])
def test_lists_ask_as_many_questions_for_ten_rows_as_for_a_hundred(
    people: Any, draft: Any, many: int, django_assert_num_queries: Any
) -> None:
    villages = list(Unit.objects.filter(path__startswith="vn.51.21439.t", tier="village"))
    lines = [Ordered(what=f"Việc {n}", days=5, units=villages[:1]) for n in range(20)]
    for n in range(many // 20 + 1):
        draft(symbol=f"{n + 1}/KH-UBND", signed_on=TODAY, lines=lines[: min(many, 20)])
    with django_assert_num_queries(2):
        directive_list(actor=people.head, wanted=Wanted())
    with django_assert_num_queries(1):
        rows = order_list(actor=people.village_head, size=many).rows
        assert len({row.parent.code + row.unit.name for row in rows}) and len(rows) == many


def test_a_document_issued_here_says_who_signs_by_when_and_keeps_one_copy(
    people: Any, draft: Any
) -> None:
    shown = act(people.head, draft(), "issue")
    with shown.document.pdf.file.open("rb") as paper:
        pages = PdfReader(io.BytesIO(paper.read())).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text
    assert "Hoàn thành chậm nhất ngày 30/11/2026." in text
    assert text.count("Lưu: VT") == 1
