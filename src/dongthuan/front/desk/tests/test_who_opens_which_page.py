"""The table of the desk: every address, every person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.law import shipped_rulebook
from dongthuan.core.matters.models import Duty, Paper
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.tests.conftest import rows_kept
from dongthuan.front.desk.urls import urlpatterns
from dongthuan.work.projects.money import cost_add, payment_add
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.services import project_create
from dongthuan.work.receptions.services import regular_open
from dongthuan.work.receptions.visits import visit_arrive
from dongthuan.work.rulebook.models import RuleDraft
from dongthuan.work.rulebook.services import draft_create
from dongthuan.work.rulebook.tables import typed_of
from dongthuan.work.satisfaction.services import desk_add

OWN = {"intake", "handler", "handler2", "head", "sealed"}
OFFICIALS = OWN | {
    "front", "dvan", "admin", "other_intake", "other_head", "inspector", "province", "board",
    "village_head", "village_front", "other_village_head",
}  # fmt: skip
EVERYBODY = sorted(OFFICIALS | {"account", "nobody"})
REGISTERING = OWN | {"other_intake", "other_head", "province"}
INNER = OWN | {"inspector"}
HEADS = {"head", "other_head"}
KEEPING = {"handler", "handler2", "head", "sealed"}  # of the ledger of contributions

D = "/ban-lam-viec/"
R = f"{D}tiep-dan/"
C = f"{D}dong-gop/"
# What GET answers to officials: those named get 200, the others the second value.
PAGES: dict[str, tuple[str, set[str], int]] = {
    "list": (D, OFFICIALS, 0),
    "export": (f"{D}xuat/", OFFICIALS, 0),
    "register": (f"{D}vao-so/", REGISTERING, 302),
    "matter": (D + "vu-viec/{code}/", INNER, 404),
    "clock": (D + "vu-viec/{code}/thoi-han/{duty}/", INNER, 404),
    "paper": (D + "vu-viec/{code}/giay-to/{paper}/", INNER, 404),
    "step": (D + "vu-viec/{code}/register/", OWN, 404),
    "denunciation": (f"{D}to-cao/", REGISTERING, 302),
    "vault_keys": (f"{D}kho-kin/", OFFICIALS, 0),
    "vault_openings": (f"{D}kho-kin/so-mo/", {"head", "other_head", "inspector"}, 404),
    "vault": (D + "kho-kin/{code}/", set(), 404),  # of a matter that is not sealed
    "counter_receipt": (D + "vao-so/bien-nhan/{code}/", {"handler"}, 404),
    "alike": (D + "vu-viec/{code}/giong-nhau/", INNER, 404),
    "separate": (D + "vu-viec/{code}/tach-ra/", INNER, 404),
    "signers": (D + "vu-viec/{code}/nguoi-ky/", INNER, 404),
    "rate": (D + "vu-viec/{code}/danh-gia/{letter}/", OWN, 404),
    "reopen_ask": (D + "vu-viec/{code}/chua-xong/{letter}/", OWN, 404),
    "transfers": (f"{D}chuyen-don/", OFFICIALS, 0),
    "hand_over": (f"{D}ban-giao/", HEADS, 403),
    "hand_over_minutes": (f"{D}ban-giao/bien-ban.pdf?tu=1&so=1", set(), 404),
    "levels": (f"{D}muc-phuc-vu/", HEADS, 403),
    "decision": (D + "vu-viec/{code}/quyet-dinh.pdf", set(), 404),  # of what is no complaint
    "receptions": (R, OFFICIALS, 0),
    "reception_plan": (f"{R}ke-hoach/", OFFICIALS, 0),
    "reception_new": (f"{R}them/", OFFICIALS, 0),
    "reception_ledger": (f"{R}so/", OFFICIALS, 0),
    "reception_heads": (f"{R}tuan-thu/", OFFICIALS, 0),
    "reception_schedule": (f"{R}lich.pdf", REGISTERING, 404),
    "reception": (R + "{reception}/", INNER | {"front", "dvan"}, 404),
    "reception_conclude": (R + "{reception}/ket-luan/", OWN, 404),
    "reception_promise": (R + "{reception}/cam-ket/", OWN, 404),
    "reception_paper": (R + "{reception}/bien-ban.pdf", OWN, 404),
    "visit": (R + "luot/{visit}/", OWN, 404),
    "visit_refuse": (R + "luot/{visit}/tu-choi/", OWN, 404),
    "visit_receipt": (R + "luot/{visit}/bien-nhan.pdf", set(), 404),  # nothing was handed over
    "refusal_notice": (R + "tu-choi/{code}/thong-bao.pdf", set(), 404),  # of no refusal
    "rules": (D + "quy-dinh/", OFFICIALS, 0),
    "rule": (D + "quy-dinh/kn.accept/", OFFICIALS, 0),
    "rule_drafts": (D + "quy-dinh/du-thao/", OFFICIALS, 0),
    "rule_draft": (D + "quy-dinh/du-thao/{draft}/", OFFICIALS - {"admin"}, 404),
    "rule_draft_new": (D + "quy-dinh/kn.accept/phien-ban-moi/", {"inspector"}, 403),
    "rule_draft_edit": (D + "quy-dinh/du-thao/{draft}/sua/", {"inspector"}, 403),
    # contributions: `campaign` is open, `voucher` is its first receipt
    "campaigns": (C, OFFICIALS, 0),
    "campaign_new": (f"{C}them/", KEEPING | {"other_head", "province"}, 404),
    "labour_rates": (f"{C}ngay-cong/", OFFICIALS, 0),
    "voucher": (C + "chung-tu/{voucher}/", INNER | {"front", "dvan"}, 404),
    "voucher_reverse": (C + "chung-tu/{voucher}/dao/", KEEPING, 404),
    "voucher_paper": (C + "chung-tu/{voucher}/bien-nhan.pdf", OWN, 404),
    "campaign": (C + "{campaign}/", INNER | {"front", "dvan"}, 404),
    "campaign_flags": (C + "{campaign}/kiem-tra/", INNER | {"front", "dvan"}, 404),
    "campaign_receipt": (C + "{campaign}/thu/", KEEPING, 404),
    "campaign_many": (C + "{campaign}/thu-nhieu/", KEEPING, 404),
    "campaign_sheet": (C + "{campaign}/nhap/", KEEPING, 404),
    "campaign_blank": (C + "{campaign}/mau.xlsx", KEEPING, 404),
    "campaign_paper": (C + "{campaign}/danh-sach.pdf", KEEPING, 404),
    "campaign_expense": (C + "{campaign}/chi/", KEEPING, 404),
    "campaign_move": (C + "{campaign}/chuyen-quy/", KEEPING, 404),
    "campaign_exempt": (C + "{campaign}/mien/", KEEPING, 404),
    "satisfaction": (D + "hai-long/", OFFICIALS, 0),
    "satisfaction_poster": (D + "hai-long/{counter}/ma.pdf", OWN, 404),
    "satisfaction_paper": (D + "hai-long/{counter}/nhap-giay/", OWN, 404),
    # projects
    "projects": (f"{D}du-an/", OFFICIALS, 0),
    "project_new": (f"{D}du-an/them/", OFFICIALS, 0),
    "project": (D + "du-an/{project}/", INNER | {"front", "dvan"}, 404),
    "project_edit": (D + "du-an/{project}/sua/", OWN - {"intake"}, 404),
    "project_add": (D + "du-an/{project}/vuong-mac/", OWN | {"front", "dvan"}, 404),
    "project_reverse": (D + "du-an/{project}/dao/{payment}/", OWN - {"intake"}, 404),
    "obstacle_assign": (D + "du-an/vuong-mac/{obstacle}/giao/", OWN - {"intake"}, 404),
}
POSTED = {
    "assign_many", "filter_save", "filter_remove", "assign", "note", "renew", "vault_message",
    "vault_add_files", "vault_file", "vault_readers", "level_end", "rule_draft_act",
    "reception_regular", "visit_absent", "reception_arrive", "reception_call",
    "campaign_exempt_end",
    "satisfaction_end", "satisfaction_slips",
    "project_acknowledge",
}  # fmt: skip


def answer_for(page: str, name: str) -> int:
    _address, allowed, otherwise = PAGES[page]
    if name == "nobody":
        return 302
    if name == "account":
        return 403
    if page == "step" and name == "inspector":
        return 302  # sees the matter, may not act on it, and is told so there
    if page in ("reception_conclude", "reception_promise") and name in OWN:
        return 302  # it is not over yet, and the session's page says so
    if page == "rule_draft_edit" and name == "admin":
        return 404  # to whom no draft exists
    return 200 if name in allowed else otherwise


@pytest.fixture
def matter(people: Any, submit: Any) -> Any:
    """Registered by `handler` at the counter, with a scan."""
    from dongthuan.core.papers.services import attachment_store

    paper = attachment_store(upload=SimpleUploadedFile("don.jpg", picture()))
    return submit(acting=people.handler, channel="counter", attachments=[paper]).matter


def draft_made(people: Any) -> RuleDraft:
    """A draft of the inspector of the province."""
    entry = shipped_rulebook().entry("kn.accept")
    typed = typed_of(entry) | {"valid_from": clock.today() + dt.timedelta(days=9)}
    return draft_create(acting=people.inspector, key="kn.accept", typed=typed, reason="thử")


def counter_made(people: Any) -> int:
    """A desk that people rate, of the ward."""
    unit = Unit.objects.get(code="21439-ubnd")
    return desk_add(acting=people.intake, unit=unit, name="Quầy 1").pk


def received(people: Any) -> dict[str, Any]:
    """Today's regular session of the ward, somebody at the window."""
    unit = Unit.objects.get(code="21439-ubnd")
    session = regular_open(acting=people.intake, unit=unit, venue="Trụ sở UBND")
    visit = visit_arrive(acting=people.intake, reception_id=session.pk)
    return {"reception": session.code, "visit": visit.pk}


def collected(giving: Any) -> dict[str, Any]:
    """A campaign of the first residential group that is collecting, with one receipt."""
    campaign = giving.opened()
    return {"campaign": campaign.code, "voucher": giving.receive(campaign, giving.cash(0))[0].pk}


def projected(people: Any) -> dict[str, Any]:
    """A project of the ward with a payment and an obstacle."""
    unit = Unit.objects.get(code="21439-ubnd")
    made = project_create(acting=people.handler, unit=unit, title="Chợ mới", purpose="Dời chợ")
    line = cost_add(acting=people.handler, project=made, name="Nhà", source="state", planned=9)
    paid = payment_add(
        acting=people.handler, project=made, line=line, paid_on=clock.today(), amount=5,
        payee="Công ty", document="1",
    )  # fmt: skip
    obstacle = obstacle_create(acting=people.handler, project=made, what="Cọc", raised_by=unit)
    return {"project": made.code, "payment": paid.pk, "obstacle": obstacle.code}


def test_the_table_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(PAGES) | POSTED


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", EVERYBODY)
def test_a_page_opens_for_its_people_only(
    people: Any, matter: Any, desk_of: Callable[[str], Client], name: str, page: str,
    request: Any,
) -> None:  # fmt: skip
    ledger: dict[str, Any] = {"campaign": "", "voucher": 0}
    if PAGES[page][0].startswith(C):
        ledger = collected(request.getfixturevalue("giving"))
    address = PAGES[page][0].format(
        code=matter.code,
        duty=Duty.objects.get(matter=matter).pk,
        paper=Paper.objects.get(matter=matter).attachment.uuid,
        letter=matter.submissions.get().uuid,
        draft=draft_made(people).pk if "{draft}" in PAGES[page][0] else 0,
        counter=counter_made(people) if "{counter}" in PAGES[page][0] else 0,
        **(received(people) if PAGES[page][0].startswith(R) else {"reception": "", "visit": 0}),
        **ledger,
        **(projected(people) if "du-an/" in PAGES[page][0] else {}),
    )
    answer = desk_of(name).get(address)
    assert answer.status_code == answer_for(page, name)
    if name == "nobody":
        assert answer["Location"].startswith("/tai-khoan/login/?next=/ban-lam-viec/")
    if answer.status_code in (403, 404):
        assert matter.title not in answer.content.decode()


@pytest.mark.parametrize("name", sorted(OFFICIALS - INNER))
def test_outside_the_unit_nothing_is_written(
    matter: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    before = rows_kept()
    answer = desk_of(name).post(f"{D}vu-viec/{matter.code}/ghi-chu/", {"text": "Một ghi chú."})
    assert answer.status_code == 404
    assert rows_kept() == before


def test_the_inspectorate_writes_on_the_files_of_its_area(
    matter: Any, desk_of: Callable[[str], Client]
) -> None:
    path = f"{D}vu-viec/{matter.code}/ghi-chu/"
    assert desk_of("inspector").post(path, {"text": "Đã xem hồ sơ."}).status_code == 302


@pytest.mark.parametrize("name", sorted(OFFICIALS - OWN))
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("vu-viec/{code}/giao/", {"account": "{handler}"}),
        ("vu-viec/{code}/register/", {"version": "1", "title": "Cống", "topic": "order"}),
        ("giao-viec/", {"matter": "{pk}", "account": "{handler}"}),
    ],
)
def test_outside_the_unit_nothing_can_be_done(
    people: Any,
    matter: Any,
    desk_of: Callable[[str], Client],
    name: str,
    path: str,
    data: dict[str, str],
) -> None:
    names = {"code": matter.code, "pk": matter.pk, "handler": people.accounts["handler"].pk}
    before = rows_kept()
    written = {key: value.format(**names) for key, value in data.items()}
    answer = desk_of(name).post(D + path.format(**names), written)
    assert answer.status_code in (302, 404, 422)
    assert rows_kept() == before
    matter.refresh_from_db()
    assert (matter.state, matter.version, matter.handler_id) == ("received", 1, None)


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_the_office_gives_a_new_secret(
    matter: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    submission = matter.submissions.get()
    before = receipt_secret(submission)
    path = f"{D}vu-viec/{matter.code}/bien-nhan/{submission.uuid}/"
    answer = desk_of(name).post(path)
    submission.refresh_from_db()
    now = receipt_secret(submission)
    if name in OWN:
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert now != before
        assert now in answer.content.decode()
        return
    others = {"nobody": 302, "account": 403, "inspector": 302}
    assert answer.status_code == others.get(name, 404)
    assert now == before


@pytest.mark.parametrize("name", ["nobody", "account"])
@pytest.mark.parametrize(
    "path",
    [
        "vao-so/",
        "giao-viec/",
        "luu-bo-loc/",
        "bo-loc/1/xoa/",
        "vu-viec/x/ghi-chu/",
        "muc-phuc-vu/",
        "ban-giao/",
        "muc-phuc-vu/1/het-hieu-luc/",
        "vu-viec/x/giong-nhau/",
    ],
)
def test_who_is_no_official_posts_nothing(
    matter: Any, desk_of: Callable[[str], Client], name: str, path: str
) -> None:
    before = rows_kept()
    answer = desk_of(name).post(D + path, {"text": "x" * 20, "name": "x"})
    assert answer.status_code == (302 if name == "nobody" else 403)
    assert rows_kept() == before


@pytest.mark.parametrize("path", ["giao-viec/", "luu-bo-loc/", "vu-viec/{code}/ghi-chu/"])
def test_what_changes_something_is_never_a_link(
    matter: Any, desk_of: Callable[[str], Client], path: str
) -> None:
    assert desk_of("intake").get(D + path.format(code=matter.code)).status_code == 405
