"""Sixteen digits open the thread: no account, no address, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, EntryPayload
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.tests.matters import PASSPHRASE, sealed_matter


def test_the_digits_open_the_thread_however_they_are_typed(people: Any) -> None:
    matter, receipt = sealed_matter(people, "sealed")
    for typed in (receipt.digits, receipt.grouped, receipt.grouped.replace(" ", "-")):
        thread = vault.vault_thread(receipt=typed)
        assert thread is not None and thread.matter_id == matter.pk


@pytest.mark.parametrize("typed", ["", "1", "0000000000000000", "x" * 500])
def test_anything_else_opens_nothing(people: Any, typed: str) -> None:
    sealed_matter(people, "sealed")
    assert vault.vault_thread(receipt=typed) is None


def test_messages_and_answers_go_to_and_fro(people: Any) -> None:
    matter, receipt = sealed_matter(people, "sealed")
    vault.vault_message(acting=people.sealed, matter=matter, text="Ông A nhận tiền ngày nào?")
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread and [item.text for item in thread.items] == ["Ông A nhận tiền ngày nào?"]
    photo = SimpleUploadedFile("anh.txt", "ngày 3 tháng 5".encode())
    vault.vault_reply(thread=thread, text="Ngày 3 tháng 5.", files=[photo])
    view = vault.vault_read(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, reason="đọc trả lời"
    )
    assert [item.sort for item in view.items] == ["message", "reply", "file"]
    assert view.thread[1].text == "Ngày 3 tháng 5."


def test_letter_and_identity_are_not_shown_to_who_has_the_digits(people: Any) -> None:
    matter, receipt = sealed_matter(people, "sealed")
    vault.vault_seal(matter=matter, sort="identity", content={"name": "Trần Thị Mật"})
    vault.vault_seal(matter=matter, sort="letter", content={"text": "Nội dung"})
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread and thread.items == []


def test_an_answer_sent_twice_is_kept_once(people: Any) -> None:
    _matter, receipt = sealed_matter(people, "sealed")
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread
    for _time in range(2):
        vault.vault_reply(thread=thread, text="Trả lời", once="form-1")
    again = vault.vault_thread(receipt=receipt.digits)
    assert again and len(again.items) == 1


def test_the_record_says_that_something_was_written_and_not_what(people: Any) -> None:
    matter, receipt = sealed_matter(people, "sealed")
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread
    vault.vault_reply(thread=thread, text="Tôi xin rút một phần.", sort="withdrawal")
    entry = Entry.objects.get(matter=matter)
    assert (entry.act, entry.facts, entry.actor_id) == ("denouncer.withdrawal", {}, None)
    assert not EntryPayload.objects.filter(entry=entry).exists()
    matter.refresh_from_db()
    assert matter.replied_at is not None


def test_the_handle_of_a_page_reads_the_thread_anew(people: Any) -> None:
    matter, receipt = sealed_matter(people, "sealed")
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread
    handle = vault.thread_handle(thread)
    assert receipt.digits not in handle
    vault.vault_message(acting=people.sealed, matter=matter, text="Tin mới")
    again = vault.vault_thread_again(handle=handle)
    assert again and again.items[0].text == "Tin mới"
    assert vault.vault_thread_again(handle=handle[:-4] + "AAAA") is None


def test_an_earlier_secret_goes_on_opening(people: Any) -> None:
    from dongthuan.core.matters.models import Matter

    matter, _receipt = sealed_matter(people, "sealed")
    other = Matter.objects.get(pk=matter.pk)
    other.pk += 1000
    vault.vault_open_matter(matter=other, recipients=matter.designated, secrets=["KM4T-QR7A-9XYZ"])
    thread = vault.vault_thread(receipt="km4t qr7a 9xyz")
    assert thread and thread.matter_id == other.pk


def test_a_damaged_form_is_refused_in_words() -> None:
    with pytest.raises(MatterError):
        vault.form_digits("short")
    token = vault.form_token()
    assert vault.form_digits(token) == vault.form_digits(token)
