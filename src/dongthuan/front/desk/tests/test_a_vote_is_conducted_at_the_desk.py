"""A vote from the proposal to the paper that is signed, through the pages of the desk alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.people.models import Household
from dongthuan.core.tables import table_xlsx
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.tests.conftest import sentences
from dongthuan.work.decisions.models import AccessCode, Cast, Decision, Station, Vote
from dongthuan.work.decisions.tests.conftest import moment

D = "/ban-lam-viec/"
Q = f"{D}quyet-dinh/"
BEGIN, MEETING = moment("2026-10-05 08:00"), moment("2026-10-10 19:30")


@pytest.fixture
def village(people: Any) -> Unit:
    village = Unit.objects.get(code="21439-t01")
    households_add(
        acting=SYSTEM, village=village, on=dt.date(2026, 1, 1),
        lines=[Line(f"{n:03}", f"Nguyễn Thị Hộ {n}", f"số {n}") for n in range(1, 7)],
    )  # fmt: skip
    return village


@pytest.fixture
def head(desk_of: Callable[[str], Client]) -> Client:
    return desk_of("village_head")


def proposed(head: Client, village: Unit, item: str = "1") -> Decision:
    answer = head.post(
        f"{Q}de-xuat/",
        {"place": village.pk, "item": item, "title": "Góp tiền làm đường",
         "proposal": "Mỗi hộ góp 500.000 đồng làm đường bê tông."},
    )  # fmt: skip
    assert answer.status_code == 302, sentences(answer)
    return Decision.objects.latest("pk")


def step(client: Client, decision: Decision, name: str, **data: Any) -> None:
    decision.refresh_from_db()
    answer = client.post(
        f"{D}vu-viec/{decision.code}/{name}/", {"version": decision.version, **data}
    )
    assert answer.status_code == 302, sentences(answer)


def convened(head: Client, front: Client, village: Unit) -> Decision:
    with clock.at(BEGIN):
        decision = proposed(head, village)
        step(front, decision, "agree")
        step(head, decision, "convene", meeting_on="2026-10-10", meeting_time="19:30",
             venue="Nhà văn hóa", manner="hands")  # fmt: skip
    return decision


def figures(client: Client, station: Station, **changed: Any) -> Any:
    data = {"issued": 6, "blank": 1, "for_yes": 5, "for_no": 0,
            "papers": SimpleUploadedFile("bien-ban.txt", b"bien ban")}  # fmt: skip
    path = f"{Q}bieu-quyet/{station.roll.vote.uuid}/diem/{station.pk}/kiem-phieu/"
    return client.post(path, data | changed, follow=True)


def test_from_proposal_to_the_paper(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    front = desk_of("village_front")
    decision = convened(head, front, village)
    vote = Vote.objects.get()
    console = f"{Q}bieu-quyet/{vote.uuid}/"
    with clock.at(MEETING):
        head.post(f"{console}lam/chot/")
        head.post(f"{console}lam/mo/")
        roll = vote.rolls.get()
        station = Station.objects.select_related("roll__vote").get()
        lines = list(roll.lines.values_list("pk", flat=True))
        head.post(f"{console}diem/{station.pk}/danh-dau/", {"lines": lines})
        assert Cast.objects.count() == 6
        page = head.get(f"{console}danh-sach/{roll.pk}/").content.decode()
        assert "Nguyễn Thị Hộ 6" in page
        figures(head, station)
        second = front.get(f"{console}diem/{station.pk}/kiem-phieu/").content.decode()
        assert 'value="5"' not in second, "the second person does not see the first one's figures"
        figures(front, station)
        step(head, decision, "count")
        page = head.get(console).content.decode()
        assert "5 / 6" in page
        step(head, decision, "record", form="resolution", document="01/NQ-TDP",
             text="Mỗi hộ góp 500.000 đồng.", signer_one="Hộ Một", signer_two="Hộ Hai")  # fmt: skip
    answer = head.get(f"{Q}viec/{decision.code}/van-ban.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    decision.refresh_from_db()
    assert (decision.state, decision.signers) == ("recorded", ["Hộ Một", "Hộ Hai"])


def test_unlike_figures_are_named_and_counted_again(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    front = desk_of("village_front")
    convened(head, front, village)
    vote = Vote.objects.get()
    console = f"{Q}bieu-quyet/{vote.uuid}/"
    with clock.at(MEETING):
        for act in ("chot", "mo"):
            head.post(f"{console}lam/{act}/")
        station = Station.objects.select_related("roll__vote").get()
        figures(head, station)
        page = figures(front, station, for_yes=4, for_no=1).content.decode()
    station.refresh_from_db()
    assert (station.agreed_id, station.attempt) == (None, 2)
    assert "Đồng ý" in page


def asked_online(head: Client, front: Client, village: Unit, *, since: str) -> tuple[Vote, str]:
    """Whether to vote online is asked online until 9 October, the roll is final; the console."""
    decision = proposed(head, village, item="6")
    step(front, decision, "agree")
    step(head, decision, "poll_method", document="01/BC", manner="online",
         opens_on=since, closes_on="2026-10-09")  # fmt: skip
    vote = Vote.objects.get()
    console = f"{Q}bieu-quyet/{vote.uuid}/"
    head.post(f"{console}lam/chot/")
    return vote, console


def test_an_online_vote_is_not_closed_before_its_time(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    with clock.at(BEGIN):
        _vote, console = asked_online(head, desk_of("village_front"), village, since="2026-10-05")
        head.post(f"{console}lam/mo/")
        assert f"{console}lam/dong/" not in head.get(console).content.decode()
    with clock.at(moment("2026-10-09 17:00")):
        assert f"{console}lam/dong/" in head.get(console).content.decode()


def test_codes_are_printed_and_a_new_one_ends_the_old(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    with clock.at(BEGIN):
        vote, console = asked_online(head, desk_of("village_front"), village, since="2026-10-08")
        roll = vote.rolls.get()
        answer = head.post(f"{console}danh-sach/{roll.pk}/ma/")
        assert answer.content.startswith(b"%PDF")
        before = set(AccessCode.objects.values_list("digest", flat=True))
        head.post(f"{console}danh-sach/{roll.pk}/ma/", {"line": roll.lines.first().pk})
        after = set(AccessCode.objects.values_list("digest", flat=True))
        assert (
            head.post(f"{console}danh-sach/{roll.pk}/ma/", {"line": "9" * 5000}).status_code == 404
        )
        assert (len(before), len(after), len(before & after)) == (6, 6, 5)
        # pressed once more by mistake: nothing that was handed over becomes worthless
        assert head.post(f"{console}danh-sach/{roll.pk}/ma/").status_code == 302
        assert set(AccessCode.objects.values_list("digest", flat=True)) == after
        assert 'name="renew"' in head.get(console).content.decode()
        answer = head.post(f"{console}danh-sach/{roll.pk}/ma/", {"renew": "on"})
        assert answer.content.startswith(b"%PDF")
        assert not set(AccessCode.objects.values_list("digest", flat=True)) & after


@pytest.mark.parametrize(
    "name", ["other_village_head", "other_head", "front", "board", "inspector", "dvan"]
)
def test_who_does_not_conduct_it_opens_no_page_of_it(
    head: Client, desk_of: Callable[[str], Client], village: Unit, name: str
) -> None:
    convened(head, desk_of("village_front"), village)
    vote, station = Vote.objects.get(), Station.objects.get()
    stranger, console = desk_of(name), f"{Q}bieu-quyet/{vote.uuid}/"
    for path in ("", f"danh-sach/{station.roll_id}/", f"diem/{station.pk}/", "cach-thuc/",
                 f"diem/{station.pk}/kiem-phieu/",
                 f"danh-sach/{station.roll_id}/cum/"):  # fmt: skip
        assert stranger.get(console + path).status_code == 404, path
    assert stranger.post(f"{console}lam/chot/").status_code == 404
    assert stranger.post(f"{console}danh-sach/{station.roll_id}/ma/").status_code == 404
    vote.refresh_from_db()
    assert vote.state == "prepared"


# -- households -----------------------------------------------------------------------------------


def test_a_register_is_imported_changed_and_ended(head: Client, people: Any) -> None:
    H = f"{D}ho-gia-dinh/"
    sheet = table_xlsx(["Số", "Đại diện", "Địa chỉ"], [[1, "Trần Văn Một", "số 1"],
                                                       ["2A", "Lê Thị Hai", ""]])  # fmt: skip
    answer = head.post(f"{H}21439-t01/nhap/", {"file": ContentFile(sheet, name="ho.xlsx")})
    assert answer.status_code == 302
    assert list(Household.objects.values_list("number", "representative")) == [
        ("1", "Trần Văn Một"), ("2A", "Lê Thị Hai"),
    ]  # fmt: skip
    first, second = Household.objects.all()
    head.post(f"{H}ho/{first.pk}/", {"representative": "Trần Thị Mới", "address": "số 1"})
    head.post(f"{H}ho/{second.pk}/ket-thuc/")
    page = head.get(f"{H}21439-t01/").content.decode()
    assert "Trần Thị Mới" in page
    assert head.get(f"{H}21439-t01/?tim=khongco").status_code == 200


def test_a_sheet_that_is_wrong_enters_nobody(head: Client, people: Any) -> None:
    H = f"{D}ho-gia-dinh/21439-t01/nhap/"
    twice = table_xlsx(["Số", "Tên"], [[1, "Trần Văn Một"], [1, "Lê Thị Hai"]])
    for content in (twice, b"khong phai bang tinh", io.BytesIO().getvalue()):
        answer = head.post(H, {"file": ContentFile(content, name="ho.xlsx")})
        assert answer.status_code == 422
        assert len(sentences(answer)) == 1
    assert not Household.objects.exists()


def test_the_neighbour_keeps_another_register(
    people: Any, village: Unit, desk_of: Callable[[str], Client]
) -> None:
    stranger, pk = desk_of("other_village_head"), Household.objects.first().pk
    assert stranger.get(f"{D}ho-gia-dinh/21439-t01/").status_code == 404
    assert stranger.post(f"{D}ho-gia-dinh/ho/{pk}/ket-thuc/").status_code == 404


def test_a_wrong_witness_is_named_at_its_field(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    convened(head, desk_of("village_front"), village)
    vote = Vote.objects.get()
    with clock.at(MEETING):
        head.post(f"{Q}bieu-quyet/{vote.uuid}/lam/chot/")
        path = f"{Q}bieu-quyet/{vote.uuid}/diem/{Station.objects.get().pk}/"
        answer = head.post(path, {"witness_one": "001", "witness_two": "999"})
        assert answer.status_code == 422 and list(answer.context["form"].errors) == ["witness_two"]
        assert "999" in " ".join(sentences(answer))
        assert head.post(path, {"witness_one": "001"}).status_code == 422
        assert head.post(path, {"witness_one": "001", "witness_two": "002"}).status_code == 302


def test_more_idle_hands_than_people_are_refused_at_their_field(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    convened(head, desk_of("village_front"), village)
    console = f"{Q}bieu-quyet/{Vote.objects.get().uuid}/"
    with clock.at(MEETING):
        for act in ("chot", "mo"):
            head.post(f"{console}lam/{act}/")
        station = Station.objects.select_related("roll__vote").get()
        answer = figures(head, station, issued=2, blank=5)
        assert list(answer.context["form"].errors) == ["blank"]
        page = figures(head, station).content.decode()
    assert f"{console}diem/{station.pk}/kiem-phieu/" not in page, "entered once; another is awaited"


def test_a_step_leads_back_to_the_page_of_its_room(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    decision = convened(head, desk_of("village_front"), village)
    page = head.get(f"{D}vu-viec/{decision.code}/withdraw/").content.decode()
    assert page.count(f'href="{Q}viec/{decision.code}/"') == 2
    with clock.at(MEETING):
        page = head.get(f"{Q}viec/{decision.code}/").content.decode()
    first = page.index('class="button"')
    assert f"/bieu-quyet/{Vote.objects.get().uuid}/" in page[first : first + 200]


def test_what_was_not_carried_is_no_decision_to_sign(
    head: Client, desk_of: Callable[[str], Client], village: Unit
) -> None:
    decision = convened(head, desk_of("village_front"), village)
    Decision.objects.filter(pk=decision.pk).update(state="rejected", voted_on=MEETING.date())
    assert head.get(f"{Q}viec/{decision.code}/van-ban.pdf").status_code == 404
    assert "van-ban.pdf" not in head.get(f"{Q}viec/{decision.code}/").content.decode()
