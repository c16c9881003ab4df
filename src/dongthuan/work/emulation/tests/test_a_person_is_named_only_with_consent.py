"""An individual's model holds a name only while the person consents, and nothing else of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, EntryPayload
from dongthuan.work.emulation.models import EmulationModel, Sheet
from dongthuan.work.emulation.services import consent_withdraw, model_edit
from dongthuan.work.emulation.tests.conftest import recognised, registration

NAME = "Nguyễn Thị Kiên"


def test_without_consent_no_name(register: Any) -> None:
    with pytest.raises(MatterError) as refusal:
        register(sort="individual", person_name=NAME)
    assert refusal.value.field == "consents"
    assert not EmulationModel.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"content": f"Bà {NAME} vận động từng ngõ."}, {"forces": "Gọi 0905 123 456."}],
)
def test_the_words_name_nobody(register: Any, said: dict[str, str]) -> None:
    with pytest.raises(MatterError) as refusal:
        register(sort="individual", person_name=NAME, consents=True, **said)
    assert refusal.value.field in said


def test_the_name_goes_with_the_consent(people: Any, register: Any) -> None:
    model = register(sort="individual", person_name=NAME, consents=True)
    assert NAME in Client().get(f"/dan-van-kheo/{model.code}/").content.decode()
    consent_withdraw(acting=people.village_head, model=model)
    assert NAME not in Client().get(f"/dan-van-kheo/{model.code}/").content.decode()
    kept = [*Entry.objects.values_list("facts", flat=True),
            *EntryPayload.objects.values_list("body", flat=True)]  # fmt: skip
    assert not any(NAME in str(one) for one in kept)


def test_no_points_of_anybody_are_public(people: Any, register: Any) -> None:
    model = recognised(people, register(sort="individual", person_name=NAME, consents=True))
    page = Client().get(f"/dan-van-kheo/{model.code}/").content.decode()
    assert NAME in page
    assert "90,0" not in page
    assert "xuất sắc" not in page and "excellent" not in page
    fields = {field.name for field in Sheet._meta.get_fields()}
    assert fields == {"id", "model", "juror", "points", "conflict", "ground", "at"}


def test_a_registration_is_written_anew_until_the_work_begins(people: Any, register: Any) -> None:
    model = register()
    changed = registration(name="Tuyến phố xanh")
    assert (
        model_edit(acting=people.village_head, model=model, registration=changed).title
        == "Tuyến phố xanh"
    )
    done = recognised(people, model)
    with pytest.raises(MatterError):
        model_edit(acting=people.village_head, model=done, registration=changed)
