"""A request for information: its terms by the way it is asked, its secret, what stays inside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.models import Message
from dongthuan.work.disclosure.requests import Asker, inforequest_create
from dongthuan.work.disclosure.tests.conftest import at
from dongthuan.work.petitions.services import submission_find

ASKER = Asker(name="Nguyễn Thị Hỏi", address="tổ dân phố 1", phone="0905123456")
TEXT = "Xin bản sao danh sách hộ được hỗ trợ sau bão số 12."


@pytest.fixture
def ask(people: Any, place: Any) -> Any:
    def ask(**fields: Any) -> Any:
        values: dict[str, Any] = {"acting": people.citizen, "place": place, "text": TEXT,
                                  "asker": ASKER, "by": "online", "item": "8"}  # fmt: skip
        return inforequest_create(**(values | fields))

    return ask


def running(matter: Any) -> dict[str, dt.date]:
    rows = Duty.objects.filter(matter=matter, state="open")
    return dict(rows.values_list("rule", "due_on"))


@pytest.mark.parametrize(
    ("by", "first", "simple", "complex_"),
    [
        ("online", {"tctt.complex_notice": dt.date(2026, 11, 5)},
         {"tctt.online_simple": dt.date(2026, 11, 5)}, {"tctt.complex": dt.date(2026, 11, 23)}),
        ("post", {"tctt.complex_notice": dt.date(2026, 11, 5)},
         {"tctt.post_simple": dt.date(2026, 11, 9)}, {"tctt.complex": dt.date(2026, 11, 23)}),
        ("counter", {"tctt.counter": dt.date(2026, 11, 16)},
         {"tctt.counter_simple": dt.date(2026, 11, 2)}, {"tctt.counter": dt.date(2026, 11, 16)}),
    ],
)  # fmt: skip
def test_the_term_follows_the_way_and_the_difficulty(
    people: Any, ask: Any, by: str, first: Any, simple: Any, complex_: Any
) -> None:
    easy, hard = ask(by=by).matter, ask(by=by).matter
    assert running(easy) == first
    matter_act(acting=people.handler, matter_id=easy.pk, step_name="simple")
    assert running(easy) == simple
    matter_act(acting=people.handler, matter_id=hard.pk, step_name="complex",
               data={"document": "5/TB-UBND"})  # fmt: skip
    assert running(hard) == complex_


def test_a_request_that_was_unclear_counts_from_the_day_it_is_complete(
    people: Any, ask: Any
) -> None:
    matter = ask().matter
    data = {"wanted": "Ghi rõ tên văn bản"}
    matter_act(acting=people.handler, matter_id=matter.pk, step_name="clarify", data=data)
    assert running(matter) == {}
    with at(dt.date(2026, 11, 16)):
        matter_act(acting=people.handler, matter_id=matter.pk, step_name="complete")
        matter_act(acting=people.handler, matter_id=matter.pk, step_name="simple")
    assert running(matter) == {"tctt.online_simple": dt.date(2026, 11, 19)}


def test_code_and_secret_open_it(people: Any, ask: Any) -> None:
    receipt = ask()
    found = submission_find(code=receipt.matter.code, secret=receipt.secret)
    assert found == receipt.submission
    assert submission_find(code=receipt.matter.code, secret="SAI-SAI-SAI") is None


def test_who_asks_and_what_for_is_in_no_public_row(people: Any, ask: Any) -> None:
    receipt = ask(purpose="Để khiếu nại về danh sách")
    row = Projection.objects.filter(pk=receipt.matter.pk).values().get()
    facts = [e.facts for e in Entry.objects.filter(matter=receipt.matter)]
    for secret in ("Nguyễn Thị Hỏi", "0905123456", "khiếu nại về", "hộ được hỗ trợ"):
        assert secret not in f"{row} {receipt.matter.search_text} {facts}"
    assert Message.objects.filter(about=receipt.matter.code).count() == 1
    assert not row["listed"]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""}, {"by": "fax-lạ"}, {"item": "99"}, {"asker": Asker("", "")},
        {"received_at": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)},
    ],
)  # fmt: skip
def test_what_the_law_asks_for_must_be_there(people: Any, ask: Any, fields: Any) -> None:
    with pytest.raises(MatterError):
        ask(**fields)


def test_another_office_does_not_register_it(people: Any, ask: Any) -> None:
    with pytest.raises(NotAllowed):
        ask(acting=people.other_intake, by="counter")
    made = ask(acting=people.intake, by="counter").matter
    assert made.channel == "counter"


def test_who_asked_is_told_that_a_withdrawal_was_recorded(people: Any, ask: Any) -> None:
    matter = ask().matter
    before = Message.objects.filter(about=matter.code).count()
    data = {"reason": "Người yêu cầu đề nghị rút."}
    matter_act(acting=people.handler, matter_id=matter.pk, step_name="withdraw", data=data)
    assert Message.objects.filter(about=matter.code).count() == before + 1
