"""Vault, receptions, rulebook: the corpus against forms of rows that exist and are the sender's.

`test_nothing_that_is_sent_breaks_a_page` meets most of these addresses with rows that do not
exist; here each form is open to whoever sends, and has nothing good in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.receptions.services import regular_open
from dongthuan.work.receptions.visits import visit_arrive
from dongthuan.work.rulebook.services import draft_create
from tests.corpus import VALUES, some_of, turn_of
from tests.test_nothing_that_is_sent_breaks_a_page import FORM, check, kept

NOW = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)  # a Wednesday, 9 o'clock in Viet Nam

# who, address, fields; a wrong passphrase with a reason is rightly written down, so none is given
DOORS = (
    ("sealed", "/ban-lam-viec/kho-kin/{sealed}/", "passphrase"),
    ("sealed", "/ban-lam-viec/kho-kin/{sealed}/nhan/", "once"),
    ("sealed", "/ban-lam-viec/kho-kin/{sealed}/tep/", "handle"),
    ("sealed", "/ban-lam-viec/kho-kin/{sealed}/quyen/", "account passphrase go"),
    ("sealed", "/ban-lam-viec/kho-kin/", "passphrase again new fresh go"),
    ("sealed", "/ban-lam-viec/vu-viec/{sealed}/register/",
     "respondents accounts denounced_unit head passphrase version"),
    ("intake", "/ban-lam-viec/to-cao/", "unit whom when where evidence name address phone email "
     "id_number channel received_on forwarded_by form_token head_denounced"),
    ("intake", "/ban-lam-viec/tiep-dan/luot/{visit}/", "type outcome people_count representatives "
     "case_count name address id_number phone settled_by guided_to place title topic"),
    ("intake", "/ban-lam-viec/tiep-dan/luot/{visit}/tu-choi/", "ground explained name content"),
    ("intake", "/ban-lam-viec/tiep-dan/{session}/den/", "booking"),
    ("intake", "/ban-lam-viec/tiep-dan/{session}/goi/", "visit"),
    ("intake", "/ban-lam-viec/tiep-dan/{session}/ket-luan/", "document conclusion version what-1 "
     "due-1 unit-1"),
    ("intake", "/ban-lam-viec/tiep-dan/them/", "form held_on starts_at ends_at venue capacity unit "
     "position ground agenda attendees"),
    ("intake", "/ban-lam-viec/tiep-dan/ke-hoach/", "position month months days weekdays venue "
     "starts_at ends_at capacity"),
    ("head", "/ban-lam-viec/muc-phuc-vu/", "rule topic amount counted document valid_from unit"),
    ("head", "/ban-lam-viec/ban-giao/", "document codes tu so"),
    ("inspector", "/ban-lam-viec/quy-dinh/du-thao/{draft}/sua/", "valid_from transition term "
     "basis_vi basis_en document evidence note_vi reason revision"),
    ("inspector", "/ban-lam-viec/quy-dinh/kn.accept/phien-ban-moi/", "valid_from transition term "
     "basis_vi document evidence reason when items"),
    ("inspector", "/ban-lam-viec/quy-dinh/du-thao/{draft}/phe-duyet/", "note"),
    ("", "/to-cao/", "unit whom text when where evidence name email phone form_token website"),
    ("", "/to-cao/tro-lai/", "digits handle once sort"),
    ("", "/tiep-cong-dan/lich-hen/", "code secret"),
)  # fmt: skip


@pytest.fixture
def rooms(vault_keys: Any, denounce: Any, settings: Any, tmp_path: Any) -> Iterator[dict[str, Any]]:
    settings.OFFICIALS_NEED_MFA = False
    settings.MEDIA_ROOT = tmp_path / "files"
    people = vault_keys
    with clock.at(NOW):
        office = Unit.objects.get(code="21439-ubnd")
        session = regular_open(acting=people.intake, unit=office, venue="Trụ sở")
        visit = visit_arrive(acting=people.intake, reception_id=session.pk)
        typed = {
            "valid_from": dt.date(2026, 12, 1), "term": "5 wd", "basis_vi": "Điều 1",
            "basis_en": "Art. 1", "document": "1/2027/NĐ-CP", "evidence": "S",
            "transition": "anchored", "note_vi": "", "note_en": "", "when": [],
        }  # fmt: skip
        draft = draft_create(
            acting=people.inspector, key="xld.process", typed=typed, reason="Luật mới."
        )
        clients = {"": Client(raise_request_exception=False)}
        for who in ("sealed", "intake", "head", "inspector"):
            clients[who] = Client(raise_request_exception=False)
            clients[who].force_login(
                people.accounts[who],
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
        yield {
            "clients": clients, "sealed": denounce().code, "session": session.code,
            "visit": visit.pk, "draft": draft.pk,
        }  # fmt: skip


def test_every_door_is_open(rooms: dict[str, Any]) -> None:
    """Else the corpus would prove nothing."""
    for who, address, _fields in DOORS:
        answer = rooms["clients"][who].get(address.format(**rooms))
        assert answer.status_code in (200, 302, 405), address


@pytest.mark.parametrize("name", VALUES)
def test_nothing_good_is_in_it(rooms: dict[str, Any], name: str) -> None:
    before = kept()
    for who, address, fields in some_of(DOORS, turn_of(name), of=3):
        body = "&".join(f"{field}={VALUES[name]}" for field in fields.split())
        answer = rooms["clients"][who].post(address.format(**rooms), body, content_type=FORM)
        check(answer, f"{address} {name}")
        assert answer.status_code != 404, address
    assert {table: rows for table, rows in kept().items() if rows != before[table]} == {}


@pytest.mark.parametrize("value", ["", "x" * 20_001, "x" * 1_000_000], ids=["0", "20001", "10^6"])
def test_nothing_or_far_too_much(rooms: dict[str, Any], value: str) -> None:
    """One field alone is far too long: with the first of each form it is told."""
    before = kept()
    for who, address, fields in DOORS:
        if not value and address.endswith(("/goi/", "/den/")):
            continue  # nobody named: the next one is called, somebody comes without a booking
        body = f"{fields.split()[0]}={value}"
        answer = rooms["clients"][who].post(address.format(**rooms), body, content_type=FORM)
        check(answer, address)
    assert {table: rows for table, rows in kept().items() if rows != before[table]} == {}
