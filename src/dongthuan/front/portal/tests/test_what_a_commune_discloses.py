"""The pages of /cong-khai/: what must be public, was it, where; a feed; not seen; asking."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import contents
from dongthuan.work.disclosure.models import Check, Disclosure, InfoRequest
from dongthuan.work.disclosure.public import disclosure_state
from dongthuan.work.disclosure.services import content_set
from dongthuan.work.disclosure.tests.conftest import (  # noqa: F401
    _first_day,
    at,
    disclose,
    office,
    places,
    post,
    published,
    spreadsheet,
)

ATOM = "{http://www.w3.org/2005/Atom}"
HEADS = ["Họ và tên", "Ngày sinh", "Địa chỉ", "Số định danh", "Mức hỗ trợ"]
ROWS = [HEADS, ["Nguyễn Thị Thử", "12/03/1961", "tổ dân phố 3", "051161000001", 1250000]]


@pytest.fixture
def relief(people: Any, disclose: Any) -> Disclosure:  # noqa: F811
    """Published with a reduced list."""
    found = disclose(item="8", title="Hỗ trợ khắc phục thiên tai")
    content_set(
        acting=people.handler, disclosure_id=found.pk, title=found.title, summary="Danh sách.",
        content_type="relief", sheet=spreadsheet(ROWS),
    )  # fmt: skip
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    return Disclosure.objects.get(pk=found.pk)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "path",
    ["/cong-khai/", "/cong-khai/21439/", "/cong-khai/21439/8/", "/cong-khai/21439/4/",
     "/cong-khai/21439/yeu-cau/", "/cong-khai/21478/", "/cong-khai/21439/yeu-cau/?muc=8",
     "/cong-khai/21439-ubnd/"],
)  # fmt: skip
def test_the_pages_answer_in_both_languages(
    client: Client, relief: Disclosure, path: str, language: str
) -> None:
    client.cookies["django_language"] = language
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


def test_one_disclosure_shows_the_reduced_table_only(client: Client, relief: Disclosure) -> None:
    page = client.get(f"/cong-khai/tin/{relief.code}/").content.decode()
    table = client.get(f"/cong-khai/tin/{relief.code}/bang.csv").content
    shown = contents.public_table(relief)
    assert shown and table == shown.csv()
    assert "N.T.T." in page and "1.250.000" in page
    for secret in ("Nguyễn Thị Thử", "051161000001", "12/03/1961"):
        assert secret not in page and secret.encode() not in table
    assert client.get(f"/cong-khai/tin/{relief.code}/bang.xlsx").content[:2] == b"PK"
    assert client.get(f"/cong-khai/tin/{relief.code}/bang.exe").status_code == 404


def test_before_its_publication_nobody_reads_it(client: Client, disclose: Any) -> None:  # noqa: F811
    found = disclose(summary="Chưa ai được đọc")
    assert client.get(f"/cong-khai/tin/{found.code}/").status_code == 404
    item = client.get("/cong-khai/21439/5/").content.decode()
    assert found.title in item  # that it is owed is public
    assert "Chưa ai được đọc" not in item


def test_the_map_is_green_and_red_in_words(
    client: Client, relief: Disclosure, disclose: Any, office: Any  # noqa: F811
) -> None:  # fmt: skip
    disclose(item="5")
    with at(dt.date(2026, 11, 20)):
        (state,) = disclosure_state(within=office)
        cells = {cell.item.code: cell for cell in state.cells}
        # Published, but not hung anywhere in time: red; never disclosed though permanent: red.
        assert cells["8"].state == "bad" and cells["8"].overdue
        assert cells["5"].state == "bad" and cells["4"].missing
        assert cells["1"].state == "none"
        rows = client.get("/cong-khai/ban-do.csv").content.decode().splitlines()
    assert len(rows) == 1 + 14 * len(disclosure_state(within=Unit.objects.get(code="51")))


def test_an_item_that_hangs_everywhere_is_green(
    relief: Disclosure, places: Any, post: Any, office: Any  # noqa: F811
) -> None:  # fmt: skip
    day = clock.today()
    boards = [p for p in places.values() if p.sort in ("hq", "village")]
    post(relief, list(dict.fromkeys(boards)), day)
    villages = [p for p in places.values() if p.sort == "village"]
    post(relief, villages, day, channel="d", reference="BB 1")
    (state,) = disclosure_state(within=office)
    assert next(c for c in state.cells if c.item.code == "8").state == "good"
    Duty.objects.filter(matter=relief, rule="dc.publish_default", state="open").get()  # loudspeaker


@pytest.mark.parametrize("many", [10, 100])
def test_lists_cost_the_same_at_ten_and_a_hundred(
    client: Client, people: Any, disclose: Any, many: int, django_assert_max_num_queries: Any  # noqa: F811
) -> None:  # fmt: skip
    first = disclose(item="14")
    matter_act(acting=people.head, matter_id=first.pk, step_name="publish")
    _copies(Disclosure.objects.get(pk=first.pk), many)
    for path, most in (
        ("/cong-khai/", 9), ("/cong-khai/21439/", 7), ("/cong-khai/21439/14/", 8),
        ("/cong-khai/21439/tin.atom", 3),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def _copies(first: Disclosure, many: int) -> None:
    for number in range(many):
        first.pk = first.id = None
        first.matter_ptr_id = None  # type: ignore[assignment]
        first._state.adding = True
        first.code = f"21439-26-9{number:05d}"
        first.save(force_insert=True)


def test_the_feed_is_valid_atom(client: Client, relief: Disclosure) -> None:
    answer = client.get("/cong-khai/21439/tin.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    (entry,) = feed.findall(f"{ATOM}entry")
    for name in ("id", "title", "updated", "link"):
        assert entry.find(f"{ATOM}{name}") is not None
    assert entry.findtext(f"{ATOM}id", "").endswith(f"/cong-khai/tin/{relief.code}/")


def test_not_seen_is_reported_without_a_name(
    client: Client, relief: Disclosure, places: Any, post: Any  # noqa: F811
) -> None:  # fmt: skip
    post(relief, [places["hq"]], dt.date(2026, 11, 2))
    path = f"/cong-khai/tin/{relief.code}/khong-thay/"
    with at(dt.date(2026, 11, 12)):
        bad = client.post(path, {"place": places["hq"].pk, "on": "2027-01-01"})
        assert bad.status_code == 422 and not Check.objects.exists()
        sent = {"place": places["hq"].pk, "on": "2026-11-10"}
        assert client.post(path, sent).status_code == 302
    check = Check.objects.get()
    assert (check.state, check.by_citizen, check.seen) == ("reported", True, False)


def test_too_many_reports_are_held_up(
    client: Client, relief: Disclosure, places: Any, post: Any  # noqa: F811
) -> None:  # fmt: skip
    post(relief, [places["hq"]], dt.date(2026, 11, 2))
    path = f"/cong-khai/tin/{relief.code}/khong-thay/"
    sent = {"place": places["hq"].pk, "on": "2026-11-02"}
    answers = [client.post(path, sent).status_code for _n in range(21)]
    assert answers[-1] == 429
    assert Check.objects.count() == 1


def test_an_outdated_version_stays_and_leads_to_the_correction(
    client: Client, people: Any, relief: Disclosure
) -> None:
    data = {"reason": "Sai số tiền", "symbol": "13/BC-UBND", "decided_on": clock.today()}
    matter_act(acting=people.head, matter_id=relief.pk, step_name="correct", data=data)
    new = Disclosure.objects.get(supersedes=relief)
    matter_act(acting=people.head, matter_id=new.pk, step_name="publish")
    page = client.get(f"/cong-khai/tin/{relief.code}/").content.decode()
    assert f"/cong-khai/tin/{new.code}/" in page and "N.T.T." in page
    assert (
        f"/cong-khai/tin/{relief.code}/"
        in client.get(f"/cong-khai/tin/{new.code}/").content.decode()
    )


def test_a_citizen_asks_and_looks_it_up_with_the_secret(client: Client, relief: Disclosure) -> None:
    sent = {"text": "Xin bản sao quyết định hỗ trợ.", "item": "8", "by": "online",
            "name": "Nguyễn Thị Hỏi", "address": "tổ dân phố 1", "phone": "0905123456"}  # fmt: skip
    answer = client.post(f"/cong-khai/21439/yeu-cau/?tin={relief.code}", sent)
    assert answer.status_code == 200 and answer["Cache-Control"].find("no-") >= 0
    made = InfoRequest.objects.get()
    assert (made.about_id, made.item, made.by) == (relief.pk, "8", "online")
    own = client.get("/tra-cuu/cua-toi/")
    assert own.status_code == 200 and made.code in own.content.decode()
    public = client.get(f"/tra-cuu/{made.code}/").content.decode()
    assert "Nguyễn Thị Hỏi" not in public and "quyết định hỗ trợ" not in public


@pytest.mark.parametrize("missing", ["text", "by", "name", "address"])
def test_what_the_law_asks_for_is_missing(client: Client, people: Any, missing: str) -> None:
    sent = {"text": "Xin bản sao quyết định hỗ trợ.", "by": "online", "name": "A B",
            "address": "tổ dân phố 1"}  # fmt: skip
    del sent[missing]
    answer = client.post("/cong-khai/21439/yeu-cau/", sent)
    assert answer.status_code == 422 and not InfoRequest.objects.exists()


@pytest.mark.parametrize(
    "path", ["/cong-khai/99999/", "/cong-khai/21439/15/", "/cong-khai/tin/x/", "/cong-khai/51/"]
)
def test_what_does_not_exist_is_not_found(client: Client, people: Any, path: str) -> None:
    assert client.get(path).status_code == 404
