"""Consultations at the portal: read, comment, answer the sheet with one voice, see the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.models import Opinion, Paragraph, Participation
from dongthuan.work.consultations.opinions import Given, part_give
from dongthuan.work.consultations.statements.services import statement_add
from dongthuan.work.consultations.tests.conftest import (  # noqa: F401
    AFTER,
    TODAY,
    closed,
    draft,
    group,
    office,
    opened,
    planned,
    step,
)
from dongthuan.work.consultations.voices import codes_print

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def secret_in(page: str) -> tuple[str, str]:
    code, secret = re.findall(r'<strong class="code">([^<]+)</strong>', page)
    return code, secret


def voiced(client: Client, people: Any, matter: Any) -> Client:
    """A browser that has shown a one-time code."""
    village = Unit.objects.get(code="21439-t01")
    code = codes_print(acting=people.handler, consultation_id=matter.pk, village=village, count=1)[
        0
    ]
    answer = client.post(
        f"/lay-y-kien/{matter.code}/tieng-noi/", {"go": "code", "code": code.lower()}
    )
    assert answer["Location"] == f"/lay-y-kien/{matter.code}/phieu/"
    return client


def test_what_is_open_stands_first_with_its_days(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    page = text_of(client.get("/lay-y-kien/"))
    assert matter.title in page
    assert "còn 20 ngày" in page or "20 ngày" in page


def test_a_plan_is_not_public_before_its_publication(client: Client, planned: Any) -> None:  # noqa: F811
    matter = planned()
    assert matter.title not in text_of(client.get("/lay-y-kien/"))
    for path in ("", "gop-y/", "phieu/", "tieng-noi/", "y-kien/", "so-lieu/", "to-dan/"):
        assert client.get(f"/lay-y-kien/{matter.code}/{path}").status_code == 404


def test_a_paragraph_is_commented_without_account_or_name(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    paragraph = Paragraph.objects.get(draft__consultation=matter, number=3)
    page = client.get(f"/lay-y-kien/{matter.code}/")
    assert f"gop-y/?doan={paragraph.pk}" in page.content.decode()
    answer = client.post(
        f"/lay-y-kien/{matter.code}/gop-y/?doan={paragraph.pk}",
        {"text": "Nên đặt xa sân vận động vì trẻ em chơi ở đó."},
    )
    assert answer.status_code == 200
    code, secret = secret_in(answer.content.decode())
    opinion = Opinion.objects.get()
    assert (opinion.paragraph, opinion.state) == (paragraph, "new")
    own = client.post("/lay-y-kien/cua-toi/", {"code": code, "secret": secret})
    assert "trẻ em chơi" in text_of(own)
    assert "trẻ em chơi" not in text_of(client.get(f"/lay-y-kien/{matter.code}/y-kien/"))


def test_a_form_sent_twice_makes_one(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/gop-y/"
    page = client.get(address).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    for _time in range(2):
        client.post(address, {"text": "Nên làm sớm hơn dự kiến.", "form_token": token[1]})
    assert Opinion.objects.count() == 1


def test_a_bad_opinion_is_told_and_nothing_is_kept(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    for data in ({"text": ""}, {"text": "ừ"}, {"text": "Nên làm sớm.", "email": "sai"},
                 {"text": "Nên làm sớm.", "village": "999999"}):  # fmt: skip
        assert client.post(f"/lay-y-kien/{matter.code}/gop-y/", data).status_code == 422
    assert not Participation.objects.exists()


def test_the_sheet_asks_for_a_voice_first(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    answer = client.get(f"/lay-y-kien/{matter.code}/phieu/")
    assert answer["Location"] == f"/lay-y-kien/{matter.code}/tieng-noi/"
    wrong = client.post(
        f"/lay-y-kien/{matter.code}/tieng-noi/", {"go": "code", "code": "AAAAA-AAAAA"}
    )
    assert wrong.status_code == 422


def test_a_sheet_is_answered_and_the_last_one_stands(
    client: Client, people: Any, opened: Any  # noqa: F811
) -> None:  # fmt: skip
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/phieu/"
    voiced(client, people, matter)
    page = text_of(client.get(address))
    assert "Chỉ trả lời nếu" in page or "Only if" in page
    assert client.post(address, {"q1": ""}).status_code == 422
    answer = client.post(address, {"q1": "1", "q2": "Đường hẹp quá.", "q3": ["0", "2"], "q4": "4"})
    assert answer.status_code == 200
    part = Participation.objects.get()
    assert part.answers == {"q1": 1, "q3": [0, 2], "q4": 4}
    assert (part.proof, part.village.code) == ("code", "21439-t01")
    assert Opinion.objects.get().question.key == "q2"
    # The condition no longer holds: the words of the earlier sheet go with it.
    client.post(address, {"q1": "0", "q2": "Đường hẹp quá."})
    part.refresh_from_db()
    assert part.answers == {"q1": 0}
    assert not Opinion.objects.exists()


def test_a_telephone_is_confirmed_by_a_message(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/tieng-noi/"
    page = client.post(address, {"go": "phone", "phone": "0905 123 456"}).content.decode()
    handle = re.search(r'name="handle" value="([^"]+)"', page)
    digits = re.search(r"\d{6}", Message.objects.get(channel="sms").body)
    assert handle and digits
    wrong = client.post(address, {"go": "digits", "handle": handle[1], "digits": "x"})
    assert wrong.status_code == 422
    right = client.post(address, {"go": "digits", "handle": handle[1], "digits": digits[0]})
    assert right.status_code == 302
    assert client.get(f"/lay-y-kien/{matter.code}/phieu/").status_code == 200


def test_the_cookie_of_a_voice_holds_for_one_consultation(
    client: Client, people: Any, opened: Any  # noqa: F811
) -> None:  # fmt: skip
    first, second = opened(), opened()
    voiced(client, people, first)
    cookie = client.cookies["tieng-noi"]
    assert cookie["path"] == f"/lay-y-kien/{first.code}/"
    assert client.get(f"/lay-y-kien/{second.code}/phieu/").status_code == 302


def test_after_the_last_day_nothing_is_taken(client: Client, opened: Any) -> None:  # noqa: F811
    matter = opened()
    with clock.at(AFTER):
        for path in ("gop-y/", "phieu/", "tieng-noi/"):
            answer = client.post(f"/lay-y-kien/{matter.code}/{path}", {"text": "Ý kiến muộn."})
            assert answer.status_code == 302
    assert not Participation.objects.exists()


def test_the_answers_are_public_only_when_they_are_published(
    client: Client, people: Any, closed: Any  # noqa: F811
) -> None:  # fmt: skip
    matter = closed()
    address = f"/lay-y-kien/{matter.code}/"
    with clock.at(AFTER):
        matter = step(people.handler, matter, "synthesise", synthesis="Hai ý kiến về vạch sơn.")
        assert "Làm rõ biển báo" not in text_of(client.get(address))
        step(people.head, matter, "answer", document="20/BC-UBND")
        page = text_of(client.get(address))
    assert "Làm rõ biển báo" in page and "Bổ sung vạch sơn và đèn" in page


def test_the_list_costs_the_same_at_ten_and_at_a_hundred(
    client: Client, people: Any, opened: Any  # noqa: F811
) -> None:  # fmt: skip
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/y-kien/"

    def given(count: int) -> None:
        texts = [(None, f"Ý kiến số {n} về vạch sơn.") for n in range(count)]
        part_give(consultation_id=matter.pk, given=Given(opinions=texts))
        Opinion.objects.update(state="shown")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    given(10)
    client.get(address)
    few = queries()
    given(90)
    assert queries() == few <= 8


def test_no_page_tells_who_said_what(client: Client, people: Any, opened: Any) -> None:  # noqa: F811
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/"
    client.post(
        f"{address}gop-y/",
        {"text": "Nên làm sớm hơn.", "email": "rieng@vidu.vn", "band": "30-44", "sex": "f",
         "village": Unit.objects.get(code="21439-t01").pk},
    )  # fmt: skip
    Opinion.objects.update(state="shown")
    for path in ("", "y-kien/", "so-lieu/", "to-dan/"):
        page = text_of(client.get(address + path))
        assert "rieng@vidu.vn" not in page and "30–44</span>" not in page


def test_figures_are_published_when_no_sheet_comes_in_any_more(
    client: Client, people: Any, closed: Any  # noqa: F811
) -> None:  # fmt: skip
    matter = closed()
    address = f"/lay-y-kien/{matter.code}/so-lieu/"
    assert 'id="cau-hoi"' not in text_of(client.get(address))
    with clock.at(AFTER):
        step(people.handler, matter, "synthesise", synthesis="Tổng hợp ý kiến về phương án.")
        assert 'id="cau-hoi"' in text_of(client.get(address))


def test_the_map_is_offered_once_there_are_statements(
    client: Client, people: Any, opened: Any  # noqa: F811
) -> None:  # fmt: skip
    matter = opened()
    address = f"/lay-y-kien/{matter.code}/"
    before = client.get(address).content.decode()
    assert f"{address}y-kien-ngan/" in before  # one may propose the first
    assert f"{address}ban-do/" not in before
    statement_add(acting=people.handler, consultation_id=matter.pk, text="Nên làm vỉa hè trước.")
    assert f"{address}ban-do/" in client.get(address).content.decode()
