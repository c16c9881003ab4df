from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.db import transaction
from django.utils import timezone

from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import (
    attachment_remove,
    attachments_sweep,
    orphans_sweep,
)
from dongthuan.core.papers.tests.conftest import on_disk
from dongthuan.core.papers.tokens import (
    attachment_from_token,
    attachment_token,
    attachments_from_tokens,
)


def test_the_stored_name_tells_nothing_of_the_sender(store, disk):
    kept = store("đơn của bà Minh Họa.txt", b"x")
    (path,) = on_disk(disk)
    assert str(path.relative_to(disk)) == kept.file.name
    assert path.parent == disk / f"{kept.created_at:%Y}" / f"{kept.created_at:%m}"
    assert len(path.name) == 32
    assert kept.uuid.hex != path.name


def test_a_token_leads_back_to_its_file(store):
    kept = store("a.txt", b"x")
    assert attachment_from_token(attachment_token(kept)) == kept


def test_tokens_keep_their_order_and_count_once(store):
    one, two = store("a.txt", b"1"), store("b.txt", b"2")
    tokens = [attachment_token(two), attachment_token(one), attachment_token(two)]
    assert attachments_from_tokens(tokens) == [two, one]
    assert attachments_from_tokens([]) == []


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_forged_token_is_refused(db, token):
    with pytest.raises(UploadError) as refused:
        attachment_from_token(token)
    assert refused.value.code == "expired"


def test_a_token_of_another_kind_is_refused(store):
    other = signing.dumps(store("a.txt", b"x").uuid.hex, salt="something else")
    with pytest.raises(UploadError):
        attachment_from_token(other)


def test_a_token_grows_old(store, monkeypatch):
    token = attachment_token(store("a.txt", b"x"))
    later = timezone.now().timestamp() + 24 * 3600 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(UploadError):
        attachment_from_token(token)


def test_a_token_of_a_file_that_was_handed_in_opens_nothing(store):
    kept = store("a.txt", b"x")
    token = attachment_token(kept)
    Attachment.objects.update(state="attached")
    with pytest.raises(UploadError):
        attachment_from_token(token)


def test_what_was_never_handed_in_is_deleted_after_a_day(
    store, disk, django_capture_on_commit_callbacks
):
    store("quên.txt", b"x")
    attached = store("nộp.txt", b"y")
    Attachment.objects.filter(pk=attached.pk).update(state="attached")
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments_sweep() == 0
        assert attachments_sweep(now=timezone.now() + dt.timedelta(hours=26)) == 1
    assert list(Attachment.objects.all()) == [attached]
    assert len(on_disk(disk)) == 1


def test_a_file_of_a_rolled_back_transaction_is_deleted(store, disk):
    store("nộp.txt", b"y")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store("mất.txt", b"x")
        raise ZeroDivisionError
    assert len(on_disk(disk)) == 2
    assert orphans_sweep() == 0
    assert orphans_sweep(now=timezone.now() + dt.timedelta(hours=26)) == 1
    (left,) = on_disk(disk)
    assert left.read_bytes() == b"y"


def test_nothing_is_kept_when_the_disk_is_full(store, disk, monkeypatch):
    disk.mkdir()
    (disk / f"{timezone.now():%Y}").write_text("a file where a folder must be")
    with pytest.raises(OSError):
        store("a.txt", b"x")
    assert not Attachment.objects.exists()


def test_a_removed_file_leaves_its_trace(store, disk, django_capture_on_commit_callbacks):
    kept = store("a.txt", b"x")
    with django_capture_on_commit_callbacks(execute=True):
        removed = attachment_remove(attachment=kept, reason="Lộ thông tin người khác.")
    assert (removed.state, removed.file.name, removed.sha256) == ("refused", "", kept.sha256)
    assert on_disk(disk) == []
