"""Read by the board and its Front alone, answered by code and secret, never published."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.supervision.hints import hint_answer, hint_create, hint_find, hint_secret
from dongthuan.work.supervision.models import Hint

MARK, CONTACT = "vếtbáotin", "0905777999"
TEXT = f"Ngõ 12 {MARK}: bê tông mới đổ đã nứt, xin Ban xem lại."
D = "/ban-lam-viec/giam-sat/"


def tell(browser: Any, board: Any, **fields: Any) -> Any:
    return browser.post(
        f"/giam-sat/ban/{board.code}/bao-tin/",
        {"text": TEXT, "place": "Ngõ 12", "contact": CONTACT, **fields},
    )


def test_told_on_the_portal_and_answered(people: Any, board: Any, browser_of: Any) -> None:
    anyone = browser_of()
    assert anyone.get(f"/giam-sat/ban/{board.code}/bao-tin/").status_code == 200
    shown = tell(anyone, board).content.decode()
    hint = Hint.objects.get()
    assert hint.code in shown
    assert hint_secret(hint) in shown
    member = browser_of("board")
    assert MARK in member.get(f"{D}ban/{board.code}/thong-tin/").content.decode()
    assert CONTACT in member.get(f"{D}thong-tin/{hint.pk}/").content.decode()
    assert member.post(f"{D}thong-tin/{hint.pk}/", {"reply": ""}).status_code == 302
    assert Hint.objects.get().state == "taken"
    member.post(f"{D}thong-tin/{hint.pk}/", {"reply": "Ban đã kiểm tra, sẽ kiến nghị."})
    answer = anyone.post(
        "/giam-sat/thong-tin/", {"code": hint.code.lower(), "secret": hint_secret(hint)}
    )
    assert "Ban đã kiểm tra" in answer.content.decode()
    assert CONTACT not in answer.content.decode()
    with pytest.raises(MatterError):
        hint_answer(acting=people.board, hint=hint, reply="Lần nữa")


def test_its_words_and_contact_are_nowhere_public(people: Any, board: Any, browser_of: Any) -> None:
    tell(browser_of(), board)
    for address in ("/giam-sat/", "/giam-sat/theo-doi.xml", f"/giam-sat/ban/{board.code}/",
                    f"/tra-cuu/{board.code}/", "/tra-cuu/?q=vetbaotin",
                    "/don-vi/21439/"):  # fmt: skip
        answer = browser_of().get(address)
        assert answer.status_code == 200
        for mark in (MARK, CONTACT):
            assert mark not in answer.content.decode(), address


@pytest.mark.parametrize("name", ["head", "handler", "intake", "village_head", "other_head",
                                  "dvan", "inspector", "admin"])  # fmt: skip
def test_the_office_that_is_watched_reads_none(board: Any, browser_of: Any, name: str) -> None:
    tell(browser_of(), board)
    page = browser_of(name)
    assert page.get(f"{D}ban/{board.code}/thong-tin/").status_code == 404
    assert page.get(f"{D}thong-tin/{Hint.objects.get().pk}/").status_code == 404


def test_the_front_reads_and_only_the_board_answers(
    people: Any, board: Any, browser_of: Any
) -> None:
    tell(browser_of(), board)
    assert browser_of("front").get(f"{D}ban/{board.code}/thong-tin/").status_code == 200
    with pytest.raises(NotAllowed):
        hint_answer(acting=people.front, hint=Hint.objects.get(), reply="Đã xem")


@pytest.mark.parametrize("bad", [{"text": "ngắn"}, {"text": "x" * 5001}, {"place": "x" * 201},
                                 {"contact": "x" * 201}])  # fmt: skip
def test_a_bad_form_keeps_nothing(board: Any, browser_of: Any, bad: Any) -> None:
    assert tell(browser_of(), board, **bad).status_code == 422
    assert not Hint.objects.exists()


def test_code_and_secret_open_it_only_together(board: Any, browser_of: Any) -> None:
    hint = hint_create(board=board, text=TEXT)
    assert re.fullmatch(r"GS-[A-Z2-9]{7}", hint.code)
    assert hint_find(code=hint.code, secret="AAAA-BBBB-CCCC") is None
    assert hint_find(code="GS-AAAAAAA", secret=hint_secret(hint)) is None
    answer = browser_of().post("/giam-sat/thong-tin/", {"code": hint.code, "secret": "AAAA"})
    assert answer.status_code == 422
    assert MARK not in answer.content.decode()


def test_a_flood_from_one_connection_is_stopped(board: Any, browser_of: Any) -> None:
    anyone = browser_of()
    answers = [tell(anyone, board).status_code for _n in range(21)]
    assert answers[-1] == 429
    assert Hint.objects.count() == 20


def test_a_board_that_is_being_formed_is_told_nothing(forming: Any, browser_of: Any) -> None:
    assert tell(browser_of(), forming).status_code == 404
