"""The timeline of the petitioner: what was said to them, not how officials file it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


def test_of_a_transfer_the_petitioner_reads_the_receiver_but_not_the_inner_file(
    people: Any, submit: Any, client: Client
) -> None:
    matter = matter_in(people, submit, "feedback", "examined")
    given = {"to": Unit.objects.get(code="21478-ubnd"), "again": True}
    walk_steps(people, matter, ("EXAMINE_OUT", "transfer"), {"transfer": given})
    referral = Matter.objects.get(kind="referral", parent=matter.pk)
    secret = receipt_secret(matter.submissions.get())
    assert client.post("/tra-cuu/", {"code": matter.code, "secret": secret}).status_code == 302
    page = client.get("/tra-cuu/cua-toi/").content.decode()
    told = client.get(f"/api/v1/submissions/{matter.code}", headers={"X-Receipt-Secret": secret})
    for text in (page, told.content.decode()):
        assert "Sa Huỳnh" in text
        assert referral.code not in text
        assert "although the same text" not in text
