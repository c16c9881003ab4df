"""Found to be a denunciation: the code stays, everything personal leaves for the vault."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from dongthuan.core.matters.models import (
    Duty,
    Entry,
    EntryPayload,
    Level,
    Paper,
    Projection,
    Submission,
)
from dongthuan.core.matters.policies import may_see
from dongthuan.core.matters.services import matter_act, matter_note
from dongthuan.core.outbox.models import Message
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.models import Citizen
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.tests.paths import PASSPHRASE, take
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.services import submission_find

TEXT = "Ông trưởng phòng MOCDAU nhận tiền của dân khi làm hồ sơ."


@pytest.fixture
def taken(vault_keys: Any, submit: Any, upload: Any) -> dict[str, Any]:
    people = vault_keys
    file = attachment_store(upload=upload("anh-MOCDAU.txt", b"MOCDAU: bang chung"))
    receipt = submit(TEXT, attachments=[file], place_text="nhà bà MOCDAU")
    matter = act(people, receipt.matter, "register", title="Đơn về MOCDAU", topic="service")
    matter_note(acting=people.head, matter_id=matter.pk, text="Ghi chú về MOCDAU.")
    matter = act(people, matter, "classify", kind="denunciation", remark="Có MOCDAU.")
    return {"people": people, "matter": matter, "secret": receipt.secret, "file": file}


@pytest.fixture
def upload() -> Any:
    from django.core.files.base import ContentFile

    return lambda name, data: ContentFile(data, name=name)


def act(people: Any, matter: Any, step: str, **data: Any) -> Any:
    return matter_act(acting=people.intake, matter_id=matter.pk, step_name=step, data=data)


def tables_with(marker: str) -> list[str]:
    """Every table outside the vault in which a row holds the marker somewhere."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
            " FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema', 'vault')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text ILIKE %s)",
                [f"%{marker}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_the_row_becomes_one_of_the_sealed_room(taken: dict[str, Any]) -> None:
    matter = taken["matter"]
    row = Denunciation.objects.get(pk=matter.pk)
    assert (row.kind, row.state, row.title) == ("denunciation", "received", "Đơn tố cáo")
    assert row.is_sealed and row.search_text == "" and row.topic == ""
    assert not Petition.objects.filter(pk=matter.pk).exists()
    assert row.designated == [taken["people"].accounts["sealed"].pk]
    assert not may_see(taken["people"].intake, row)


def test_nothing_of_it_stays_outside_the_vault(taken: dict[str, Any]) -> None:
    pk = taken["matter"].pk
    assert not EntryPayload.objects.filter(entry__matter=pk).exists()
    assert not Paper.objects.filter(matter=pk).exists()
    assert not Attachment.objects.filter(pk=taken["file"].pk).exists()
    assert not Projection.objects.filter(pk=pk).exists()
    assert not Citizen.objects.exists()
    assert set(Message.objects.values_list("recipient", "body")) <= {("", "")}
    letter = Submission.objects.get(matter=pk)
    assert (letter.text, letter.place_text, letter.citizen, letter.fingerprints) == (
        "",
        "",
        None,
        [],
    )
    for marker in ("mocdau", "Thị Thử", "thu@vidu.vn"):
        assert tables_with(marker) == []


def test_the_designated_person_reads_all_of_it(taken: dict[str, Any]) -> None:
    view = vault.vault_read(
        acting=taken["people"].sealed, matter=taken["matter"], passphrase=PASSPHRASE,
        reason="xem đơn vừa chuyển",
    )  # fmt: skip
    assert view.letters[0].text == TEXT
    assert view.identity["name"] == "Nguyễn Thị Thử"
    assert view.files[0].content["name"].startswith("anh-MOCDAU")
    assert "Ghi chú về MOCDAU." in str([item.content for item in view.items])
    assert "Có MOCDAU." in str([item.content for item in view.items])


def test_the_earlier_secret_opens_the_thread_and_no_longer_the_old_page(
    taken: dict[str, Any],
) -> None:
    assert submission_find(code=taken["matter"].code, secret=taken["secret"]) is None
    thread = vault.vault_thread(receipt=taken["secret"])
    assert thread and thread.matter_id == taken["matter"].pk


def test_its_duties_are_those_of_a_denunciation_from_the_day_of_receipt(
    taken: dict[str, Any],
) -> None:
    duties = Duty.objects.filter(matter=taken["matter"].pk)
    assert set(duties.filter(state="open").values_list("rule", "anchor")) == {
        ("tc.initial", "received")
    }
    assert set(duties.exclude(state="open").values_list("rule", "state")) == {
        ("xld.process", "waived")
    }
    last = Entry.objects.filter(matter=taken["matter"].pk).latest("id")
    assert (last.act, last.before, last.after) == (
        "denunciation.classify",
        "registered",
        "received",
    )


def test_it_goes_on_along_the_steps_of_its_room(taken: dict[str, Any]) -> None:
    done = take(taken["people"], taken["matter"], "register")
    assert done.state == "registered"


def test_a_letter_with_a_sealed_part_is_taken_whole_and_its_open_parts_lead_nowhere(
    vault_keys: Any, submit: Any
) -> None:
    people = vault_keys
    receipt = submit("Đèn đường tắt, và ông MOCDAU nhận tiền sai quy định.")
    matter = act(people, receipt.matter, "register", title="Hai việc", topic="other")
    parts = "PA: đèn đường trước trường tắt đã lâu\nTC: ông MOCDAU nhận tiền sai quy định"
    whole = act(people, matter, "split", parts=parts)
    assert (whole.kind, whole.state) == ("denunciation", "received")
    part = Petition.objects.get()
    assert (part.kind, part.parent_id) == ("feedback", None)
    facts = str(list(Entry.objects.filter(matter=whole.pk).values_list("facts", flat=True)))
    assert part.code not in facts
    thread = vault.vault_thread(receipt=receipt.secret)
    assert thread is not None
    told = thread.items[-1].text
    assert part.code in told
    secret = told.rstrip(".").rsplit(" ", 1)[-1]
    assert submission_find(code=part.code, secret=secret) is not None


def test_what_is_no_denunciation_stays_sealed_and_only_a_new_text_is_opened(
    people: Any, denounce: Any
) -> None:
    receipt = denounce("Bà Nguyễn Thị Kín kể về MOCDAU và một cái cống hỏng.")
    take(people, receipt.matter, "register")
    done = take(
        people, receipt.matter, "reclassify",
        kind="feedback", wish=True, text="Cống trước chợ bị hỏng, đề nghị sửa.",
        passphrase=PASSPHRASE,
    )  # fmt: skip
    assert (done.state, done.level) == ("closed", Level.SEALED)
    opened = Petition.objects.get()
    assert (opened.kind, opened.parent_id, opened.person_count) == ("feedback", None, 1)
    assert opened.submissions.get().citizen is None
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread and opened.code in thread.items[-1].text


def test_a_new_text_that_names_the_sender_is_refused(people: Any, denounce: Any) -> None:
    from dongthuan.core.matters.errors import MatterError

    matter = denounce().matter
    take(people, matter, "register")
    with pytest.raises(MatterError) as refused:
        take(
            people, matter, "reclassify", kind="feedback", wish=True, passphrase=PASSPHRASE,
            text="Bà Nguyễn Thị Kín đề nghị sửa cống trước chợ.",
        )  # fmt: skip
    assert refused.value.field == "text"
    assert not Petition.objects.exists()
