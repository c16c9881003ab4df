"""Voices: a pseudonym of one consultation, from a code or telephone; the last sheet stands."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.outbox.models import Message
from dongthuan.work.consultations.models import Participation, VoiceCode
from dongthuan.work.consultations.opinions import Given, Person, part_find, part_give, part_secret
from dongthuan.work.consultations.tests.conftest import AFTER, TODAY
from dongthuan.work.consultations.voices import (
    SMS_SECONDS,
    codes_print,
    pseudonym,
    sms_send,
    voice_by_code,
    voice_by_sms,
)


def codes(people: Any, matter: Any, count: int = 1) -> list[str]:
    return codes_print(acting=people.handler, consultation_id=matter.pk, village=None, count=count)


def test_a_code_is_kept_nowhere(people: Any, opened: Any) -> None:
    matter = opened()
    (code,) = codes(people, matter)
    assert re.fullmatch(r"[A-Z2-9]{5}-[A-Z2-9]{5}", code)
    kept = VoiceCode.objects.get(consultation=matter)
    assert code.replace("-", "") not in kept.digest
    assert voice_by_code(matter=matter, code=code.lower().replace("-", " ")).proof == "code"


def test_the_same_telephone_is_another_voice_in_another_consultation(opened: Any) -> None:
    first, second = opened(), opened()
    assert pseudonym(first, "phone", "+84905123456") != pseudonym(second, "phone", "+84905123456")


def test_two_sheets_of_one_voice_count_once_and_the_last_stands(people: Any, opened: Any) -> None:
    matter = opened()
    (code,) = codes(people, matter)
    for answer in ("0", "1"):
        voice = voice_by_code(matter=matter, code=code)
        part_give(consultation_id=matter.pk, given=Given(answers={"q1": answer}), voice=voice)
    assert Participation.objects.get().answers == {"q1": 1}


def test_a_sheet_without_a_voice_is_refused(opened: Any) -> None:
    matter = opened()
    with pytest.raises(MatterError):
        part_give(consultation_id=matter.pk, given=Given(answers={"q1": "0"}))
    assert not Participation.objects.exists()


def test_the_digits_hold_for_a_quarter_of_an_hour_and_one_consultation(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter, other = opened(), opened()
    handle = sms_send(matter=matter, phone="0905 123 456")
    digits = re.search(r"\d{6}", Message.objects.get(channel="sms").body)
    assert digits
    with pytest.raises(MatterError):
        voice_by_sms(
            matter=matter, handle=handle, digits="000000" if digits[0] != "000000" else "1"
        )
    with pytest.raises(MatterError):
        voice_by_sms(matter=other, handle=handle, digits=digits[0])
    with pytest.raises(MatterError):
        voice_by_sms(matter=matter, handle=handle[:-2] + "xx", digits=digits[0])
    assert voice_by_sms(matter=matter, handle=handle, digits=digits[0]).proof == "phone"
    import time

    later = time.time() + SMS_SECONDS + 5
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(MatterError):
        voice_by_sms(matter=matter, handle=handle, digits=digits[0])


def test_the_handle_tells_neither_number_nor_digits(opened: Any) -> None:
    handle = sms_send(matter=opened(), phone="0905 123 456")
    body = Message.objects.get(channel="sms").body
    digits = re.search(r"\d{6}", body)
    assert digits and digits[0] not in handle and "905123456" not in handle


def test_when_the_key_is_gone_no_voice_can_be_made(people: Any, opened: Any) -> None:
    matter = opened()
    matter.voice_key = b""
    with pytest.raises(MatterError):
        pseudonym(matter, "phone", "+84905123456")


def test_a_code_that_was_never_handed_out_is_refused(opened: Any) -> None:
    with pytest.raises(MatterError) as error:
        voice_by_code(matter=opened(), code="AAAAA-AAAAA")
    assert error.value.field == "code"


@pytest.mark.parametrize("name", ["front", "village_head", "other_head"])
def test_only_the_office_prints_codes(people: Any, opened: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        codes_print(acting=people.actors[name], consultation_id=opened().pk, village=None, count=1)
    assert not VoiceCode.objects.exists()


def test_receipt_and_secret_open_ones_own_part_only(opened: Any) -> None:
    matter = opened()
    mine, other = (
        part_give(consultation_id=matter.pk, given=Given(opinions=[(None, "Nên làm sớm.")]))
        for _n in range(2)
    )
    assert part_find(code=mine.code.lower(), secret=part_secret(mine)) == mine
    assert part_find(code=mine.code, secret=part_secret(other)) is None


def test_after_the_last_day_nothing_is_taken(opened: Any) -> None:
    matter = opened()
    with clock.at(AFTER), pytest.raises(MatterError):
        part_give(consultation_id=matter.pk, given=Given(opinions=[(None, "Nên làm sớm.")]))
    with clock.at(TODAY), pytest.raises(MatterError):
        given = Given(opinions=[(None, "Nên làm sớm.")], person=Person(band="0-99"))
        part_give(consultation_id=matter.pk, given=given)
    assert not Participation.objects.exists()


def test_the_digits_of_a_message_cannot_be_guessed(opened: Any) -> None:
    matter = opened()
    handle = sms_send(matter=matter, phone="0905123456")
    right = re.search(r"\d{6}", Message.objects.get(channel="sms").body)
    assert right
    for _try in range(10):
        with pytest.raises(MatterError):
            voice_by_sms(matter=matter, handle=handle, digits="x")
    with pytest.raises(MatterError):
        voice_by_sms(matter=matter, handle=handle, digits=right[0])


def test_a_number_gets_five_messages_an_hour(opened: Any) -> None:
    matter, other = opened(), opened()
    for one in (matter, matter, matter, other, other):
        sms_send(matter=one, phone="0905123456")
    with pytest.raises(MatterError):
        sms_send(matter=matter, phone="0905 123 456")
