"""At the portal: rating, “closed but not solved”, and “I have the same problem”."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter, Submission
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.work.petitions.joining import matters_join
from dongthuan.work.petitions.models import Rating
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps

OWN = "/tra-cuu/cua-toi/"
RATING = {"score": "4", "solved": "yes", "reason": "Nhanh."}


def opened(client: Client, submission: Submission, code: str = "") -> Client:
    secret = receipt_secret(submission)
    code = code or Matter.objects.get(pk=submission.matter_id).code
    answer = client.post("/tra-cuu/", {"code": code, "secret": secret})
    assert answer.status_code == 302
    return client


@pytest.fixture
def closed(people: Any, submit: Any) -> Matter:
    return matter_in(people, submit, "feedback", "closed")


def test_the_petitioner_rates_and_sees_it(closed: Matter, client: Client) -> None:
    opened(client, closed.submissions.get())
    assert f"{OWN}danh-gia/" in client.get(OWN).content.decode()
    assert client.post(f"{OWN}danh-gia/", {"score": "4"}).status_code == 422
    assert client.post(f"{OWN}danh-gia/", RATING).status_code == 302
    rating = Rating.objects.get()
    assert (rating.score, rating.solved, rating.channel) == (4, True, "web")
    assert client.post(f"{OWN}danh-gia/", RATING | {"solved": "no"}).status_code == 302
    assert Rating.objects.get().solved is False


def test_not_solved_is_said_with_a_reason(closed: Matter, client: Client) -> None:
    opened(client, closed.submissions.get())
    assert client.post(f"{OWN}mo-lai/", {"reason": "Chưa."}).status_code == 422
    said = {"reason": "Nắp cống mới lại vỡ sau ba ngày."}
    assert client.post(f"{OWN}mo-lai/", said).status_code == 302
    assert Matter.objects.get(pk=closed.pk).state == "contested"
    page = client.get(OWN).content.decode()
    assert said["reason"] in page
    assert f"{OWN}mo-lai/" not in page


@pytest.mark.parametrize("path", ["danh-gia", "mo-lai"])
def test_without_code_and_secret_nothing_is_said(closed: Matter, client: Client, path: str) -> None:
    answer = client.post(f"{OWN}{path}/", RATING)
    assert answer.status_code == 302
    assert not Rating.objects.exists()
    assert Matter.objects.get(pk=closed.pk).state == "closed"


def test_an_open_matter_offers_neither(submit: Any, client: Client) -> None:
    opened(client, submit().submission)
    page = client.get(OWN).content.decode()
    for path in ("danh-gia", "mo-lai"):
        assert f"{OWN}{path}/" not in page
        assert client.get(f"{OWN}{path}/").status_code == 302


def test_another_voice_gets_a_receipt_and_stays_unseen(
    people: Any, submit: Any, client: Client
) -> None:
    matter = matter_in(people, submit, "feedback", "published")
    address = f"/tra-cuu/{matter.code}/them-tieng-noi/"
    assert address in client.get(f"/tra-cuu/{matter.code}/").content.decode()
    data = {
        "text": "Trước nhà tôi nắp cống cũng vỡ như vậy.", "name": "Lê Văn Riêng",
        "form_token": "a-form-token-of-the-tests",
    }  # fmt: skip
    assert client.post(address, data | {"text": "Ngắn"}).status_code == 422
    assert client.post(address, data | {"website": "x"}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302
    assert matter.submissions.count() == 2
    first = opened(Client(), matter.submissions.earliest("id"))
    page = first.get(OWN).content.decode()
    assert "Lê Văn Riêng" not in page
    assert "nắp cống cũng vỡ" not in page


@pytest.mark.parametrize("state", ["accepted", "closed"])
def test_what_cannot_be_joined_has_no_such_page(
    people: Any, submit: Any, client: Client, state: str
) -> None:
    matter = matter_in(people, submit, "feedback", state)
    assert client.get(f"/tra-cuu/{matter.code}/them-tieng-noi/").status_code == 404


def test_a_joined_petitioner_reads_the_main_matter_and_the_own_beginning(
    people: Any, submit: Any, client: Client
) -> None:
    main, other = submit("Nội dung của người thứ nhất về nắp cống."), submit()
    matters_join(
        acting=people.head, main_id=main.matter.pk, other_ids=[other.matter.pk], reason="Trùng."
    )
    opened(client, other.submission, code=other.code)
    page = client.get(OWN).content.decode()
    assert main.code in page
    assert "Nội dung của người thứ nhất" not in page
    public = client.get(f"/tra-cuu/{other.code}/").content.decode()
    assert f"/tra-cuu/{main.code}/" in public


def test_after_a_refused_request_the_page_says_so_and_how_often_one_may_still_ask(
    people: Any, closed: Matter, client: Client
) -> None:
    opened(client, closed.submissions.get())
    client.cookies["ngon-ngu"] = "en"
    assert "ask until" in client.get(OWN).content.decode()
    for left in ("You can ask 1 more time.", "It cannot be asked for again"):
        said = {"reason": "Nắp cống mới lại vỡ sau ba ngày."}
        assert client.post(f"{OWN}mo-lai/", said).status_code == 302
        walk_steps(people, Matter.objects.get(pk=closed.pk), ("keep_closed",), {})
        page = client.get(OWN).content.decode()
        assert "left it closed" in page
        assert left in page
        assert "within a year" not in page
    assert f"{OWN}mo-lai/" not in page
